-- What is counted of a dossier is a projection of its log. A decision used to be early or late by the ordinary term alone, and
-- on a day off by the working day before: all are counted again when somebody looks.
delete from filing_figure;
