-- Codes of a team: where a device of the team receives what is sealed to it, and a member's code for each device of a
-- leader. The office keeps ciphertext only.
create table device_box (
    handle blob primary key references device (handle),
    box_key blob not null check (length(box_key) = 32),
    at integer not null
) strict, without rowid;

create table leader_code (
    member blob not null references device (handle),
    leader blob not null references device (handle),
    -- Which of the member's codes it is: each use makes another.
    generation integer not null,
    sealed blob not null check (length(sealed) <= 256),
    at integer not null,
    primary key (member, leader)
) strict, without rowid;

create index leader_code_leader on leader_code (leader);
