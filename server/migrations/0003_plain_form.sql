-- The plain form without a script: the office acts as one device of the account. Nobody holds that device's signing
-- key (it is thrown away when the row is made), so no frame can come in its name; revoking it shuts the form for the
-- account.
alter table device add column kind text not null default 'own' check (kind in ('own', 'plain'));

create unique index device_plain on device (account) where kind = 'plain';

-- A device's share of the quarantine is limited.
create index quarantine_device on quarantine (device);
