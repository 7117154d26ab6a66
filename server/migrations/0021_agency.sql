-- Whose dossier it is: 0 the commune police (every notice is), 1 the commune's People's Committee, 2 the police of the province.
-- A desk is told of its own agency's alone. All from before are the police's.
alter table dossier add column agency integer not null default 0 check (agency between 0 and 2);
