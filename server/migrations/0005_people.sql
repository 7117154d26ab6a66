-- no-transaction
-- People and devices: a right is a role for an area from a day to a day, no longer a column of the account. Tables whose
-- checks change are made anew; foreign keys rest meanwhile, which a transaction does not allow to be switched.
pragma foreign_keys = off;

begin immediate;

-- Bản, thôn, tổ dân phố: no national list, renamed and merged like everything else.
create table village (
    id integer primary key autoincrement,
    commune integer not null references commune (code),
    name text not null,
    unique (commune, name)
) strict;

insert into village (commune, name) select distinct commune, village from establishment order by commune, village;

create table establishment_new (
    id integer primary key autoincrement,
    -- In the units of today: a merger rewrites it on its day.
    commune integer not null references commune (code),
    name text not null,
    village integer not null references village (id),
    kind text not null,
    remote integer not null check (remote in (0, 1)),
    phone text not null default '',
    address text not null default ''
) strict;

insert into establishment_new (id, commune, name, village, kind, remote, phone, address)
select establishment.id, establishment.commune, establishment.name, village.id, kind, remote, phone, address
from establishment join village on village.commune = establishment.commune and village.name = establishment.village;

drop table establishment;

alter table establishment_new rename to establishment;

create index establishment_commune on establishment (commune);
create index establishment_village on establishment (village);

-- 0 until it is known: filled from the table of units when the office opens.
alter table commune add column province_code integer not null default 0;
alter table commune add column address text not null default '';
alter table commune add column mailbox text not null default '';
-- The channels the agency has announced (Circular 116/2026/TT-BCA art. 14.1), in its own words.
alter table commune add column channels text not null default '';

create table role_grant (
    id integer primary key autoincrement,
    account integer not null references account (id),
    role text not null,
    area_kind text not null check (area_kind in ('establishment', 'village', 'commune', 'province', 'everywhere')),
    -- The number of the area; 0 for everywhere.
    area integer not null,
    -- Days since 1970-01-01, Asia/Ho_Chi_Minh; both included.
    from_day integer not null,
    until_day integer,
    given_by integer references account (id),
    given_at integer not null
) strict;

insert into role_grant (account, role, area_kind, area, from_day, given_at)
select id, role, case role when 'owner' then 'establishment' else 'commune' end, coalesce(establishment, commune),
    (created_at + 25200000) / 86400000, created_at
from account;

create index role_grant_account on role_grant (account);
create index role_grant_area on role_grant (area_kind, area);

create table account_new (
    id integer primary key autoincrement,
    login text not null unique,
    name text not null,
    -- Whose office it belongs to, in the units of today.
    commune integer not null references commune (code),
    -- Version byte, salt, Argon2id output; null until the invitation is used.
    password_hash blob,
    status text not null check (status in ('invited', 'active', 'suspended')),
    -- The last day it may be used; null for no end.
    expires_on integer,
    contact_phone text not null default '',
    -- SIM chính chủ, không, chưa rõ.
    sim text not null default 'unknown' check (sim in ('own', 'other', 'unknown')),
    created_at integer not null
) strict;

insert into account_new (id, login, name, commune, password_hash, status, created_at)
select id, login, name, commune, password_hash, status, created_at from account;

drop table account;

alter table account_new rename to account;

create index account_commune on account (commune);

create table device_new (
    handle blob primary key check (length(handle) = 3),
    account integer not null references account (id),
    public_key blob not null check (length(public_key) = 32),
    name text not null,
    kind text not null default 'own' check (kind in ('own', 'plain')),
    -- cloned: another copy of it was heard.
    status text not null check (status in ('ok', 'revoked', 'cloned')),
    -- Máy dùng chung của tổ.
    shared integer not null default 0 check (shared in (0, 1)),
    enrolled_at integer not null,
    last_contact_at integer,
    -- Since when it is not in order, and what waits there by its own last word.
    status_at integer,
    unsent integer not null default 0
) strict, without rowid;

insert into device_new (handle, account, public_key, name, kind, status, enrolled_at, last_contact_at)
select handle, account, public_key, name, kind, status, enrolled_at, last_contact_at from device;

drop table device;

alter table device_new rename to device;

create index device_account on device (account);
create unique index device_plain on device (account) where kind = 'plain';

-- Who began it: for whom else may see it, and for what a helper may go on with.
alter table dossier add column filed_by integer references account (id);

create index dossier_filed_by on dossier (filed_by) where filed_by is not null;

commit;

pragma foreign_keys = on;
