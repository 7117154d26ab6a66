-- Phản ánh, kiến nghị: what somebody writes to an agency, and its answer. A mark of the code it is followed by, never the
-- code; what was written is sealed under the office's own key.
create table complaint (
    id integer primary key autoincrement,
    mark blob not null unique check (length(mark) = 16),
    commune integer not null references commune (code),
    at integer not null,
    due integer not null,
    said blob not null,
    answered_at integer,
    answered_by integer references account (id),
    answer blob,
    check ((answered_at is null) = (answer is null))
) strict;

create index complaint_commune on complaint (commune, answered_at);
