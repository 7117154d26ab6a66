-- What a revoked device brought is looked at by somebody: what it claims, and what became of it. What was decided keeps a
-- row without content.
alter table quarantine add column carried integer not null default 0 check (carried in (0, 1));
alter table quarantine add column claimed_at integer;
alter table quarantine add column notices integer not null default 0;
alter table quarantine add column decided text check (decided in ('accepted', 'dropped'));
alter table quarantine add column decided_by integer references account (id);
alter table quarantine add column decided_at integer;
alter table quarantine add column reason text not null default '';

create index quarantine_open on quarantine (device) where frame is not null and decided is null;
