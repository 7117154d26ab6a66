-- Photographed pages of papers. What lies of one lies here in pieces, sealed under its dossier's key, until it is whole;
-- then it is one object beside the database, under the same key: dropping the key drops it.
create table paper (
    dossier blob not null references dossier (id),
    -- SHA-256 of the picture.
    digest blob not null check (length(digest) = 32),
    bytes integer not null check (bytes > 0),
    begun_at integer not null,
    whole_at integer,
    primary key (dossier, digest)
) strict, without rowid;

create table paper_piece (
    dossier blob not null,
    digest blob not null,
    -- Where in the picture it begins.
    at integer not null,
    bytes integer not null check (bytes > 0),
    sealed blob not null,
    primary key (dossier, digest, at),
    foreign key (dossier, digest) references paper (dossier, digest) on delete cascade
) strict, without rowid;
