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
