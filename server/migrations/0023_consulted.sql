-- Which agency of the commune is asked, as a dossier's own column writes it: 0 the commune police (every question so far),
-- 1 the commune's People's Committee.
alter table verification add column agency integer not null default 0 check (agency between 0 and 1);
