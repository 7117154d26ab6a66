-- Received at the one-stop desk of another commune of the province than the one whose agency decides it (Decree
-- 118/2025/NĐ-CP): that desk follows it. In the units of today, as the dossier's own commune is.
alter table dossier add column received_at integer references commune (code);
create index dossier_received_at on dossier (received_at) where received_at is not null;
