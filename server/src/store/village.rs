//! Bản, thôn, tổ dân phố.

use dossier::id::{CommuneCode, VillageId};
use sqlx::{Result, SqliteConnection, SqliteExecutor};

/// A village as a list shows it.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct VillageRow {
    /// The office's number.
    pub id: u32,
    /// Its commune, in the units of today.
    pub commune: u32,
    /// "bản Sin Suối Hồ".
    pub name: String,
    /// Its commune was divided, and nobody has said where it went.
    pub unsettled: bool,
}

/// The village of this name in a commune, made if it is not known yet.
pub async fn named(db: &mut SqliteConnection, commune: CommuneCode, name: &str) -> Result<VillageId> {
    let known = sqlx::query_scalar("select id from village where commune = ? and name = ?")
        .bind(commune.0)
        .bind(name)
        .fetch_optional(&mut *db)
        .await?;
    if let Some(id) = known {
        return Ok(VillageId(id));
    }
    let id = sqlx::query_scalar("insert into village (commune, name) values (?, ?) returning id")
        .bind(commune.0)
        .bind(name)
        .fetch_one(db)
        .await?;
    Ok(VillageId(id))
}

/// The village of this number.
pub async fn find(db: impl SqliteExecutor<'_>, id: VillageId) -> Result<Option<VillageRow>> {
    sqlx::query_as("select * from village where id = ?").bind(id.0).fetch_optional(db).await
}

/// All villages, by commune and name.
pub async fn all(db: impl SqliteExecutor<'_>) -> Result<Vec<VillageRow>> {
    sqlx::query_as("select * from village order by commune, name").fetch_all(db).await
}

/// Gives a village another name.
pub async fn rename(db: impl SqliteExecutor<'_>, id: VillageId, name: &str) -> Result<()> {
    sqlx::query("update village set name = ? where id = ?").bind(name).bind(id.0).execute(db).await?;
    Ok(())
}

/// The villages of a commune, by name.
pub async fn list(db: impl SqliteExecutor<'_>, commune: CommuneCode) -> Result<Vec<VillageRow>> {
    sqlx::query_as("select * from village where commune = ? order by name")
        .bind(commune.0)
        .fetch_all(db)
        .await
}
