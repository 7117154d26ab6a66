-- The office itself, the units it serves and the people and devices it knows.
-- Times are milliseconds since 1970-01-01 UTC. Nothing here is a guest: dossiers come with the next migration.

-- One row. The epoch says which life of the database this is: a restored copy gets a new one.
create table office (
    id integer primary key check (id = 1),
    generation integer not null,
    dice blob not null check (length(dice) = 8),
    -- The highest log number any commit has used; compared with the file beside the database at start.
    log_high integer not null default 0,
    -- 1 when the invented commune and its accounts are inside: such an office is never opened to a network.
    demo integer not null default 0 check (demo in (0, 1)),
    created_at integer not null
) strict;

create table commune (
    code integer primary key,
    name text not null,
    province text not null,
    agency text not null,
    duty_phone text not null,
    -- null: what the office says for all of its communes.
    standing text check (standing in ('queue', 'announced')),
    receive_at_once integer not null default 0 check (receive_at_once in (0, 1)),
    -- Vùng sâu, vùng xa: the foreigners' limit is 24 hours instead of 12.
    remote integer not null default 0 check (remote in (0, 1))
) strict;

create table establishment (
    id integer primary key autoincrement,
    commune integer not null references commune (code),
    name text not null,
    village text not null,
    kind text not null,
    remote integer not null check (remote in (0, 1)),
    phone text not null default '',
    address text not null default ''
) strict;

create index establishment_commune on establishment (commune);

create table account (
    id integer primary key autoincrement,
    login text not null unique,
    name text not null,
    role text not null check (role in ('owner', 'officer', 'administrator')),
    commune integer not null references commune (code),
    establishment integer references establishment (id),
    -- Version byte, salt, Argon2id output; null until the invitation is used.
    password_hash blob,
    status text not null check (status in ('invited', 'active', 'suspended')),
    created_at integer not null,
    check ((role = 'owner') = (establishment is not null))
) strict;

-- A one-time code, kept as its SHA-256 only.
create table invitation (
    code_hash blob primary key check (length(code_hash) = 32),
    account integer not null references account (id),
    expires_at integer not null,
    used_at integer
) strict, without rowid;

create index invitation_account on invitation (account);

create table device (
    handle blob primary key check (length(handle) = 3),
    account integer not null references account (id),
    public_key blob not null check (length(public_key) = 32),
    name text not null,
    status text not null check (status in ('ok', 'revoked')),
    enrolled_at integer not null,
    last_contact_at integer
) strict, without rowid;

create index device_account on device (account);

-- Failed tries at the door. The key is an HMAC: neither a login nor an address can be read from it.
create table attempt (
    kind text not null check (kind in ('pair', 'login', 'address')),
    key blob not null check (length(key) = 16),
    failures integer not null,
    last_at integer not null,
    primary key (kind, key)
) strict, without rowid;
