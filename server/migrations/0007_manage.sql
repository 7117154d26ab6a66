-- What is managed over the network: requests for an account, tokens of programs, mergers of communes.

-- Who asks for an account. The device has signed with the key it will be known by.
create table account_request (
    id integer primary key autoincrement,
    -- The device that waits, under the handle it may get.
    handle blob not null unique check (length(handle) = 3),
    public_key blob not null unique check (length(public_key) = 32),
    commune integer not null references commune (code),
    -- What the applicant said, as JSON.
    said text not null,
    at integer not null,
    status text not null default 'waiting' check (status in ('waiting', 'refused', 'approved')),
    reason text not null default '',
    decided_by integer references account (id),
    decided_at integer,
    account integer references account (id)
) strict;

create index account_request_commune on account_request (commune, status);

-- Tokens of connecting programs and of administrators, kept as SHA-256 only.
create table token (
    hash blob primary key check (length(hash) = 32),
    account integer not null references account (id),
    -- The last day.
    expires_on integer not null,
    ended_at integer,
    created_at integer not null
) strict, without rowid;

create index token_account on token (account);

-- Sáp nhập, chia tách: entered before, carried out on the day.
create table unit_change (
    id integer primary key autoincrement,
    code integer not null,
    name text not null,
    agency text not null,
    effective_day integer not null,
    entered_by integer references account (id),
    entered_at integer not null,
    applied_at integer
) strict;

create table unit_change_part (
    change integer not null references unit_change (id),
    code integer not null,
    -- Its name of before: what a receipt of those days says.
    name text not null,
    divided integer not null check (divided in (0, 1)),
    primary key (change, code)
) strict, without rowid;

create table unit_change_village (
    change integer not null references unit_change (id),
    village integer not null references village (id),
    commune integer not null,
    primary key (change, village)
) strict, without rowid;

-- The commune was divided and nobody has said where this village went.
alter table village add column unsettled integer not null default 0 check (unsettled in (0, 1));

-- The commune that followed this one; null while it stands. What is asked of the old code is answered from the new one.
alter table commune add column successor integer references commune (code);

-- The last notice of an establishment, without reading the log.
create index dossier_establishment on dossier (establishment, begun_at);
