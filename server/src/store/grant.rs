//! Roles people hold: for an area, from a day to a day.

use dossier::access::{Area, Grant, Role};
use dossier::id::{AccountId, CommuneCode, EstablishmentId, VillageId};
use dossier::moment::{Day, Moment};
use sqlx::{Result, SqliteExecutor};

/// How the tables write a role.
const ROLES: [(Role, &str); 14] = [
    (Role::Owner, "owner"),
    (Role::Officer, "officer"),
    (Role::Administrator, "administrator"),
    (Role::Household, "household"),
    (Role::Tenant, "tenant"),
    (Role::Citizen, "citizen"),
    (Role::TeamMember, "team_member"),
    (Role::TeamLeader, "team_leader"),
    (Role::Head, "head"),
    (Role::JusticeOfficer, "justice_officer"),
    (Role::OneStopClerk, "one_stop_clerk"),
    (Role::ProvincialSupervisor, "provincial_supervisor"),
    (Role::Integration, "integration"),
    (Role::ProvinceOfficer, "province_officer"),
];

/// The word of a role, in tables and in the addresses of the interface.
pub fn role_text(role: Role) -> &'static str {
    ROLES.iter().find(|(known, _)| *known == role).map_or("citizen", |(_, text)| text)
}

/// The role of a word.
pub fn role_of(text: &str) -> Option<Role> {
    ROLES.iter().find(|(_, known)| *known == text).map(|(role, _)| *role)
}

fn area_text(area: Area) -> (&'static str, u32) {
    match area {
        Area::Establishment(id) => ("establishment", id.0),
        Area::Village(id) => ("village", id.0),
        Area::Commune(code) => ("commune", code.0),
        Area::Province(code) => ("province", code.into()),
        Area::Everywhere => ("everywhere", 0),
    }
}

fn area_of(kind: &str, number: u32) -> Option<Area> {
    Some(match kind {
        "establishment" => Area::Establishment(EstablishmentId(number)),
        "village" => Area::Village(VillageId(number)),
        "commune" => Area::Commune(CommuneCode(number)),
        "province" => Area::Province(u8::try_from(number).ok()?),
        "everywhere" => Area::Everywhere,
        _ => return None,
    })
}

/// The roles of one account as one value: a subquery of whatever asks for a person.
pub(super) const AS_JSON: &str =
    "(select json_group_array(json_array(role, area_kind, area, from_day, until_day) order by id)
        from role_grant where role_grant.account = account.id)";

/// Reads [`AS_JSON`]. A word this program does not know gives no right.
pub(super) fn from_json(text: &str) -> Vec<Grant> {
    let rows: Vec<(String, String, u32, i32, Option<i32>)> = serde_json::from_str(text).unwrap_or_default();
    let grants = rows.into_iter().filter_map(|(role, kind, area, from, until)| {
        let (role, area) = (role_of(&role)?, area_of(&kind, area)?);
        Some(Grant { role, area, from: Day(from), until: until.map(Day) })
    });
    grants.collect()
}

/// A role somebody holds, as a list shows it.
#[derive(Clone, sqlx::FromRow)]
pub struct GrantRow {
    /// The office's number.
    pub id: u32,
    /// Who holds it.
    pub account: u32,
    role: String,
    area_kind: String,
    area: u32,
    from_day: i32,
    until_day: Option<i32>,
}

impl GrantRow {
    /// The right itself.
    pub fn grant(&self) -> Option<Grant> {
        let (role, area) = (role_of(&self.role)?, area_of(&self.area_kind, self.area)?);
        Some(Grant { role, area, from: Day(self.from_day), until: self.until_day.map(Day) })
    }
}

/// Gives a role; its number.
pub async fn insert(
    db: impl SqliteExecutor<'_>,
    account: AccountId,
    grant: &Grant,
    given_by: Option<AccountId>,
    at: Moment,
) -> Result<u32> {
    let (kind, area) = area_text(grant.area);
    sqlx::query_scalar(
        "insert into role_grant (account, role, area_kind, area, from_day, until_day, given_by, given_at)
         values (?, ?, ?, ?, ?, ?, ?, ?) returning id",
    )
    .bind(account.0)
    .bind(role_text(grant.role))
    .bind(kind)
    .bind(area)
    .bind(grant.from.0)
    .bind(grant.until.map(|day| day.0))
    .bind(given_by.map(|account| account.0))
    .bind(at.0)
    .fetch_one(db)
    .await
}

/// Sets the last day of a role; `false` when there is none of this number.
pub async fn end(db: impl SqliteExecutor<'_>, id: u32, last: Day) -> Result<bool> {
    let done = sqlx::query("update role_grant set until_day = ? where id = ?")
        .bind(last.0)
        .bind(id)
        .execute(db)
        .await?;
    Ok(done.rows_affected() == 1)
}

/// The role of this number.
pub async fn find(db: impl SqliteExecutor<'_>, id: u32) -> Result<Option<GrantRow>> {
    sqlx::query_as("select * from role_grant where id = ?").bind(id).fetch_optional(db).await
}

/// Every role of everybody, by account and age.
pub async fn all(db: impl SqliteExecutor<'_>) -> Result<Vec<GrantRow>> {
    sqlx::query_as("select * from role_grant order by account, id").fetch_all(db).await
}

/// How many people may let anybody in: accounts in use that administer everywhere, without an end.
pub async fn administrators(db: impl SqliteExecutor<'_>, today: Day) -> Result<u32> {
    sqlx::query_scalar(
        "select count(distinct account.id) from account join role_grant on role_grant.account = account.id
         where role = 'administrator' and area_kind = 'everywhere' and from_day <= ?1 and until_day is null
            and account.status = 'active' and account.expires_on is null",
    )
    .bind(today.0)
    .fetch_one(db)
    .await
}

/// All roles an account holds or held, oldest first.
pub async fn list(db: impl SqliteExecutor<'_>, account: AccountId) -> Result<Vec<GrantRow>> {
    sqlx::query_as("select * from role_grant where account = ? order by id")
        .bind(account.0)
        .fetch_all(db)
        .await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_role_and_area_reads_back_from_the_table() {
        for role in Role::ALL {
            assert_eq!(role_of(role_text(role)), Some(role));
        }
        for area in [
            Area::Establishment(EstablishmentId(7)),
            Area::Village(VillageId(7)),
            Area::Commune(CommuneCode(3394)),
            Area::Province(12),
            Area::Everywhere,
        ] {
            let (kind, number) = area_text(area);
            assert_eq!(area_of(kind, number), Some(area));
        }
        assert_eq!(role_of("king"), None);
        assert_eq!(area_of("province", 4_000), None);
    }
}
