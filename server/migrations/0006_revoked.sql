-- What a revoked device brings is kept whole, as the frame it signed: its digest, so that the same one lies here once.
alter table quarantine add column frame blob check (frame is null or length(frame) = 32);

create unique index quarantine_frame on quarantine (frame) where frame is not null;
