-- Codes of consent: a mark of the code, never the code; whom it speaks for, from when to when, and the dossier that took it.
create table consent (
    mark blob primary key check (length(mark) = 16),
    establishment integer not null references establishment (id),
    made_by integer not null references account (id),
    made_at integer not null,
    until_at integer not null,
    dossier blob references dossier (id) deferrable initially deferred
) strict, without rowid;

create index consent_made on consent (made_at);

-- More is counted than tries at the door: the kinds are the code's own list.
create table attempt_new (
    kind text not null,
    key blob not null check (length(key) = 16),
    failures integer not null,
    last_at integer not null,
    primary key (kind, key)
) strict, without rowid;

insert into attempt_new (kind, key, failures, last_at) select kind, key, failures, last_at from attempt;

drop table attempt;

alter table attempt_new rename to attempt;
