-- Pictures that came before the text that names them: a page in a browser has no device that would bring them after it.
-- Since when such a picture waits; one that its dossier names waits no more, and one that nobody names in time is dropped.
alter table paper add column unnamed_since integer;
create index paper_unnamed on paper (unnamed_since) where unnamed_since is not null;
