-- Whether the first receipt of a notice came in time, by the rule of that day: computed when it is judged, so that figures
-- open no notice. Nothing is said of those from before.
alter table dossier add column in_time integer check (in_time in (0, 1));
