-- Which devices are told through the push service of their browser: nothing without a yes, nothing on a shared tablet.
-- The address and the two keys are the browser's; `made_for` is the mark of the office's own key they were made for.
create table push_subscription (
    device blob primary key references device (handle),
    endpoint text not null,
    p256dh blob not null check (length(p256dh) = 65),
    auth blob not null check (length(auth) = 16),
    made_for blob not null check (length(made_for) = 16),
    since integer not null
) strict, without rowid;

-- What is to be told, and to whom: no name, no number and no words. `about` is the order of the act it tells of; so each
-- device is told of each once.
create table push (
    id integer primary key autoincrement,
    device blob not null references device (handle),
    dossier blob not null references dossier (id) deferrable initially deferred,
    kind text not null check (kind in ('received', 'asked', 'decided')),
    about integer not null,
    due_at integer not null,
    tries integer not null default 0,
    sent_at integer,
    dropped text,
    unique (device, dossier, about)
) strict;

create index push_due on push (due_at) where sent_at is null and dropped is null;
