-- Every village has one place for the households that are not establishments with a name here: a team member at such a
-- door, and an officer at the counter, file for it. No account declares for it, no list of establishments shows it, no
-- figure counts it.
alter table establishment add column everyone integer not null default 0 check (everyone in (0, 1));

insert into establishment (commune, name, village, kind, remote, everyone)
select commune, 'Nhà khác trong bản', id, 'hộ gia đình',
    coalesce((select min(remote) from establishment where establishment.village = village.id), 0), 1
from village;
