-- Who wants to be told by text message. Nothing is sent without a yes; the number itself stands in the dossier alone.
create table message_wish (
    dossier blob primary key references dossier (id) deferrable initially deferred,
    since integer not null
) strict, without rowid;

-- What is to be told: no number and no words. Both are read from the dossier when it is sent. `about` is the order of the
-- act it tells of, or the day a term ends; so each is told once.
create table message (
    id integer primary key autoincrement,
    dossier blob not null references dossier (id) deferrable initially deferred,
    kind text not null check (kind in ('receipt', 'supplement', 'result', 'apology', 'term')),
    about integer not null,
    due_at integer not null,
    tries integer not null default 0,
    sent_at integer,
    dropped text,
    unique (dossier, kind, about)
) strict;

create index message_due on message (due_at) where sent_at is null and dropped is null;
