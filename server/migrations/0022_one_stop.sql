-- Taken in at the commune's one-stop desk, whoever decides it: the receiving agency need not be the competent one
-- (Decree 118/2025/NĐ-CP). The desk that received it follows it.
alter table dossier add column one_stop integer not null default 0 check (one_stop in (0, 1));
-- What the police of a province decides is few among all that lies in its communes.
create index dossier_of_province on dossier (establishment) where agency = 2;
