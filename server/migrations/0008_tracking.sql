-- What people without an account follow a matter by: a mark of the code, never the code. A code comes in the transaction
-- that begins its dossier, before it.
create table tracking (
    mark blob primary key check (length(mark) = 16),
    dossier blob not null references dossier (id) deferrable initially deferred
) strict, without rowid;

create index tracking_dossier on tracking (dossier);
