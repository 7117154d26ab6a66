-- How far a device had read its log by its own last word, and when it said so: one that has read less later on is two.
alter table device add column seen_log blob;
alter table device add column seen_low integer;
alter table device add column seen_at integer;
