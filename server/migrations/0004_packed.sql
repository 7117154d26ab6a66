-- A change lies in the log packed (kind 5): deflated behind a dictionary, its hash computed again. What was kept before
-- stays as it is. A check cannot be changed in place, so the table is made anew, and no number comes back.
create table log_packed (
    number integer primary key autoincrement,
    dossier blob not null references dossier (id),
    establishment integer not null,
    commune integer not null,
    -- 1 change as it was kept before, 2 act, 3 number, 4 receipt, 5 packed change.
    kind integer not null check (kind between 1 and 5),
    sealed blob not null
) strict;

insert into log_packed (number, dossier, establishment, commune, kind, sealed)
select number, dossier, establishment, commune, kind, sealed from log order by number;

insert into sqlite_sequence (name, seq) select 'log_packed', seq from sqlite_sequence
where name = 'log' and not exists (select 1 from sqlite_sequence where name = 'log_packed');

update sqlite_sequence set seq = (select seq from sqlite_sequence where name = 'log')
where name = 'log_packed' and exists (select 1 from sqlite_sequence where name = 'log');

drop table log;

alter table log_packed rename to log;

create index log_dossier on log (dossier, number);
create index log_establishment on log (establishment, number);
create index log_commune on log (commune, number);
