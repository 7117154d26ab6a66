//! Villages and communes that follow others: what was entered, and everything that lies in them going along.
//!
//! What was said in the dossiers of a commune that changes is said again under new numbers, in the old order: a device
//! asks for what follows the last number it has seen, so no cursor, of whichever commune, can hide what came over, and
//! an answer that was lost is merely asked for again. A device that knows a row takes it for the same one.

use dossier::id::{AccountId, CommuneCode, VillageId};
use dossier::manage::{NewMerger, Part, VillageMove};
use dossier::moment::{Day, Moment};
use sqlx::{Result, SqliteConnection, SqliteExecutor};

/// A merger as it lies in the table.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct MergerRow {
    /// The office's number.
    pub id: u32,
    /// The code of the new commune.
    pub code: u32,
    /// "xã Sin Suối Hồ".
    pub name: String,
    /// "Công an xã Sin Suối Hồ".
    pub agency: String,
    /// The first day.
    pub effective_day: i32,
    /// When it was carried out.
    pub applied_at: Option<i64>,
}

/// Keeps a merger, with the names its parts have now.
pub async fn insert(
    db: &mut SqliteConnection,
    new: &NewMerger,
    names: impl Fn(CommuneCode) -> String,
    by: AccountId,
    at: Moment,
) -> Result<()> {
    let id: u32 = sqlx::query_scalar(
        "insert into unit_change (code, name, agency, effective_day, entered_by, entered_at)
         values (?, ?, ?, ?, ?, ?) returning id",
    )
    .bind(new.code.0)
    .bind(new.name.as_str())
    .bind(new.agency.as_str())
    .bind(new.effective.0)
    .bind(by.0)
    .bind(at.0)
    .fetch_one(&mut *db)
    .await?;
    for part in &new.parts {
        sqlx::query("insert into unit_change_part (change, code, name, divided) values (?, ?, ?, ?)")
            .bind(id)
            .bind(part.code.0)
            .bind(names(part.code))
            .bind(part.divided)
            .execute(&mut *db)
            .await?;
    }
    for one in &new.villages {
        sqlx::query("insert into unit_change_village (change, village, commune) values (?, ?, ?)")
            .bind(id)
            .bind(one.village.0)
            .bind(one.to.0)
            .execute(&mut *db)
            .await?;
    }
    Ok(())
}

/// All mergers, newest first.
pub async fn list(db: impl SqliteExecutor<'_>) -> Result<Vec<MergerRow>> {
    sqlx::query_as("select * from unit_change order by effective_day desc, id desc").fetch_all(db).await
}

/// Mergers whose day has come and that were not carried out.
pub async fn due(db: impl SqliteExecutor<'_>, today: Day) -> Result<Vec<MergerRow>> {
    sqlx::query_as(
        "select * from unit_change where applied_at is null and effective_day <= ? order by effective_day, id",
    )
    .bind(today.0)
    .fetch_all(db)
    .await
}

/// The communes of before, with their names of before.
pub async fn parts(db: impl SqliteExecutor<'_>, merger: u32) -> Result<Vec<(Part, String)>> {
    let rows: Vec<(u32, String, bool)> =
        sqlx::query_as("select code, name, divided from unit_change_part where change = ? order by code")
            .bind(merger)
            .fetch_all(db)
            .await?;
    Ok(rows
        .into_iter()
        .map(|(code, name, divided)| (Part { code: CommuneCode(code), divided }, name))
        .collect())
}

/// Where villages of divided communes go.
pub async fn moves(db: impl SqliteExecutor<'_>, merger: u32) -> Result<Vec<VillageMove>> {
    let rows: Vec<(u32, u32)> =
        sqlx::query_as("select village, commune from unit_change_village where change = ?")
            .bind(merger)
            .fetch_all(db)
            .await?;
    let one = |(village, to)| VillageMove { village: VillageId(village), to: CommuneCode(to) };
    Ok(rows.into_iter().map(one).collect())
}

/// Remembers that a merger was carried out.
pub async fn set_applied(db: impl SqliteExecutor<'_>, merger: u32, now: Moment) -> Result<()> {
    sqlx::query("update unit_change set applied_at = ? where id = ?")
        .bind(now.0)
        .bind(merger)
        .execute(db)
        .await?;
    Ok(())
}

/// What this code named on a day, where a merger of this office has changed that since.
pub async fn name_before(db: impl SqliteExecutor<'_>, code: CommuneCode, day: Day) -> Result<Option<String>> {
    sqlx::query_scalar(
        "select unit_change_part.name from unit_change_part join unit_change on unit_change.id = change
         where unit_change_part.code = ? and effective_day > ? and applied_at is not null
         order by effective_day limit 1",
    )
    .bind(code.0)
    .bind(day.0)
    .fetch_optional(db)
    .await
}

/// Moves a village, its establishments, their people and their dossiers. Where the new commune has a village of that name
/// already, the old commune's name tells the two apart. Nothing is said again yet: see [`say_again`].
pub async fn carry(db: &mut SqliteConnection, village: VillageId, to: CommuneCode) -> Result<()> {
    sqlx::query(
        "update village set commune = ?1, unsettled = 0,
            name = case when commune <> ?1 and exists (select 1 from village as there
                    where there.commune = ?1 and there.name = village.name)
                then name || ' (' || (select commune.name from commune where code = village.commune) || ')'
                else name end
         where id = ?2",
    )
    .bind(to.0)
    .bind(village.0)
    .execute(&mut *db)
    .await?;
    for statement in [
        "update establishment set commune = ?1 where village = ?2",
        "update account set commune = ?1 where id in (
            select account from role_grant where (area_kind = 'village' and area = ?2)
                or (area_kind = 'establishment' and area in (select id from establishment where village = ?2)))",
        "update dossier set commune = ?1 where establishment in (select id from establishment where village = ?2)",
    ] {
        sqlx::query(statement).bind(to.0).bind(village.0).execute(&mut *db).await?;
    }
    Ok(())
}

/// Marks a village whose commune was divided and that nobody has assigned.
pub async fn set_unsettled(db: impl SqliteExecutor<'_>, village: VillageId) -> Result<()> {
    sqlx::query("update village set unsettled = 1 where id = ?").bind(village.0).execute(db).await?;
    Ok(())
}

/// What else belongs to a commune goes over to its successor: people, their roles, requests, what its desk received for
/// other communes.
pub async fn succeed(db: &mut SqliteConnection, old: CommuneCode, new: CommuneCode) -> Result<()> {
    for statement in [
        "update account set commune = ?1 where commune = ?2",
        "update role_grant set area = ?1 where area_kind = 'commune' and area = ?2",
        "update account_request set commune = ?1 where commune = ?2",
        "update dossier set received_at = ?1 where received_at = ?2",
        "update commune set successor = ?1 where code = ?2",
        // Who followed the old one follows the new one: nobody has to walk the whole way.
        "update commune set successor = ?1 where successor = ?2",
    ] {
        sqlx::query(statement).bind(new.0).bind(old.0).execute(&mut *db).await?;
    }
    Ok(())
}

/// Says everything of a commune's dossiers again, in the old order, under this commune, and of those its desk received for
/// others; of one of its villages alone where only that one came over.
pub async fn say_again(
    db: &mut SqliteConnection,
    commune: CommuneCode,
    village: Option<VillageId>,
) -> Result<()> {
    let top: i64 = sqlx::query_scalar("select coalesce(max(number), 0) from log").fetch_one(&mut *db).await?;
    let village = village.map(|village| village.0);
    sqlx::query(
        "insert into log (dossier, establishment, commune, kind, sealed)
         select log.dossier, log.establishment, dossier.commune, log.kind, log.sealed
         from log join dossier on dossier.id = log.dossier join establishment on establishment.id = dossier.establishment
         where (dossier.commune = ?1 and coalesce(?2, establishment.village) = establishment.village)
            or (dossier.received_at = ?1 and ?2 is null)
         order by log.number",
    )
    .bind(commune.0)
    .bind(village)
    .execute(&mut *db)
    .await?;
    sqlx::query(
        "delete from log where number <= ?3 and dossier in (
            select dossier.id from dossier join establishment on establishment.id = dossier.establishment
            where (dossier.commune = ?1 and coalesce(?2, establishment.village) = establishment.village)
                or (dossier.received_at = ?1 and ?2 is null))",
    )
    .bind(commune.0)
    .bind(village)
    .bind(top)
    .execute(db)
    .await?;
    Ok(())
}
