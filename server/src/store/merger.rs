//! Villages and communes that follow others: everything that lies in them goes along, in one transaction.
//!
//! What was said in the dossiers of a commune that changes is said again under new numbers: a device asks for what
//! follows the last number it has seen, so no cursor, of whichever commune, can hide what came over. A device that
//! knows a row already takes it for the same one.

use dossier::id::{CommuneCode, VillageId};
use sqlx::{Result, SqliteConnection};

/// Moves a village, its establishments, their people and their dossiers. Where the new commune has a village of that name
/// already, the old commune's name tells the two apart.
pub async fn move_village(db: &mut SqliteConnection, village: VillageId, to: CommuneCode) -> Result<()> {
    carry(db, village, to).await?;
    say_again(db, to).await
}

/// The same for a village of many: the log is left to [`say_again`].
async fn carry(db: &mut SqliteConnection, village: VillageId, to: CommuneCode) -> Result<()> {
    sqlx::query(
        "update village set commune = ?1, unsettled = 0,
            name = case when exists (select 1 from village as there where there.commune = ?1
                    and there.name = village.name and there.id <> village.id)
                then name || ' (' || (select commune.name from commune where code = village.commune) || ')'
                else name end
         where id = ?2",
    )
    .bind(to.0)
    .bind(village.0)
    .execute(&mut *db)
    .await?;
    sqlx::query("update establishment set commune = ? where village = ?")
        .bind(to.0)
        .bind(village.0)
        .execute(&mut *db)
        .await?;
    sqlx::query(
        "update account set commune = ?1 where id in (
            select account from role_grant where (area_kind = 'village' and area = ?2)
                or (area_kind = 'establishment' and area in (select id from establishment where village = ?2)))",
    )
    .bind(to.0)
    .bind(village.0)
    .execute(&mut *db)
    .await?;
    sqlx::query(
        "update dossier set commune = ? where establishment in (select id from establishment where village = ?)",
    )
    .bind(to.0)
    .bind(village.0)
    .execute(db)
    .await?;
    Ok(())
}

/// Says everything of a commune's dossiers again, in the old order, under this commune.
async fn say_again(db: &mut SqliteConnection, commune: CommuneCode) -> Result<()> {
    let top: i64 = sqlx::query_scalar("select coalesce(max(number), 0) from log").fetch_one(&mut *db).await?;
    sqlx::query(
        "insert into log (dossier, establishment, commune, kind, sealed)
         select log.dossier, log.establishment, dossier.commune, log.kind, log.sealed
         from log join dossier on dossier.id = log.dossier where dossier.commune = ? order by log.number",
    )
    .bind(commune.0)
    .execute(&mut *db)
    .await?;
    sqlx::query(
        "delete from log where number <= ? and dossier in (select id from dossier where commune = ?)",
    )
    .bind(top)
    .bind(commune.0)
    .execute(db)
    .await?;
    Ok(())
}
