-- Which dossiers are not stay notices: figures of notices pass them over without opening any. All from before are notices.
alter table dossier add column is_filing integer not null default 0 check (is_filing in (0, 1));
