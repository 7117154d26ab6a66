-- Residence dossiers as statistics count them: a projection of their logs, made again from them whenever one has gone on.
-- Nobody is in it, and nothing has to be opened for a figure.
create table filing_figure (
    dossier blob primary key references dossier (id) deferrable initially deferred,
    -- The number of the log it was made from.
    upto integer not null,
    -- The commune the dossier lay in then.
    commune integer not null,
    -- dossier::filing::figure::Figure; null while the dossier was never handed in.
    figure text
) strict, without rowid;
