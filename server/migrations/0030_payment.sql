-- Fees paid through a gateway. A reference is rolled, names nobody, and is all the gateway knows a payment by. What it
-- confirms is kept here first (`paid_at`) and becomes an act of the dossier afterwards (`settled`): the fee that was asked
-- for, or money that is to be given back.
create table payment (
    reference text primary key check (length(reference) = 16),
    dossier blob not null references dossier (id) deferrable initially deferred,
    dong integer not null check (dong > 0),
    begun_at integer not null,
    pay_at text,
    qr text,
    asks_at integer,
    tries integer not null default 0,
    cancelled_at integer,
    paid_at integer,
    settled text check (settled in ('fee', 'surplus')),
    check (settled is null or paid_at is not null)
) strict, without rowid;

create index payment_dossier on payment (dossier, begun_at);
create index payment_asks on payment (asks_at) where asks_at is not null;
create index payment_unsettled on payment (paid_at) where paid_at is not null and settled is null;
