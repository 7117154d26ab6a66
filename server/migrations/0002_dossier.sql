-- Dossiers. What they say is sealed under a key of their own from the first day: erasing a dossier is dropping its
-- rows and its key. The log is both the store and what devices are told: a device asks for what follows a number.

create table dossier (
    id blob primary key check (length(id) = 8),
    establishment integer not null references establishment (id),
    commune integer not null references commune (code),
    begun_at integer not null
) strict, without rowid;

-- Apart from the dossiers, so that the backups of the keys can be kept for a shorter time than those of the rest.
create table dossier_key (
    dossier blob primary key references dossier (id),
    -- The key, sealed under the office's own.
    sealed blob not null
) strict, without rowid;

create table log (
    number integer primary key autoincrement,
    dossier blob not null references dossier (id),
    establishment integer not null,
    commune integer not null,
    -- 1 change, 2 act, 3 number, 4 receipt.
    kind integer not null check (kind between 1 and 4),
    sealed blob not null
) strict;

create index log_dossier on log (dossier, number);
create index log_establishment on log (establishment, number);
create index log_commune on log (commune, number);

-- The last serial given, per commune and epoch: a restored office counts anew under another epoch.
create table serial (
    commune integer not null references commune (code),
    epoch blob not null check (length(epoch) = 8),
    last integer not null,
    primary key (commune, epoch)
) strict, without rowid;

-- Bytes that were not taken, sealed under the office's own key, for somebody to look at.
create table quarantine (
    id integer primary key autoincrement,
    dossier blob not null,
    device blob not null,
    at integer not null,
    why text not null,
    sealed blob not null
) strict;
