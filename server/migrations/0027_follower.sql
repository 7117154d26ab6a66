-- Who follows a dossier besides the one who files it now: a member of the team who was shown its slip and goes on with it on
-- another tablet, and who filed it before. Both are told of it by their account.
create table follower (
    dossier blob not null references dossier (id) deferrable initially deferred,
    account integer not null references account (id),
    primary key (account, dossier)
) strict, without rowid;

create index follower_dossier on follower (dossier);
