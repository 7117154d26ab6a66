-- Who wants to see what is held about them: asked for by a letter to the agency, opened once an officer has seen who they
-- are. The number asked about is sealed under the office's own key.
create table own_data (
    complaint integer primary key references complaint (id),
    number blob not null,
    identified_by integer references account (id),
    identified_at integer,
    -- Read until then.
    until_at integer,
    -- The last dossier looked into, as far as the search has come; it goes on where it stopped.
    searched blob,
    -- How many could not be read.
    unread integer not null default 0,
    finished_at integer,
    check ((identified_at is null) = (identified_by is null) and (identified_at is null) = (until_at is null))
) strict;

-- Dossiers that speak of the person.
create table own_datum (
    complaint integer not null references own_data (complaint),
    dossier blob not null check (length(dossier) = 8),
    primary key (complaint, dossier)
) strict, without rowid;
