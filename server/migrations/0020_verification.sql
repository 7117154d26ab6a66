-- Phiếu xác minh: which commune was asked about which dossier, and when. The question itself stands in the dossier, under the
-- dossier's key; this only says where to look, and can be made again from the acts.
create table verification (
    dossier blob not null references dossier (id) deferrable initially deferred,
    -- When it was asked: what an answer names.
    asked_at integer not null,
    -- The commune as the question names it, served here or not.
    commune integer not null,
    -- When it was answered, or fell away; null while it waits.
    settled_at integer,
    primary key (dossier, asked_at)
) strict, without rowid;

create index verification_commune on verification (commune, settled_at);
