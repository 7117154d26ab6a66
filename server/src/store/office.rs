//! The one row about the office itself.

use dossier::moment::Moment;
use sqlx::{Result, SqliteExecutor};

use crate::epoch::Epoch;

/// What the database says about itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OfficeRow {
    /// Which life of the database this is.
    pub epoch: Epoch,
    /// The highest log number any commit has used.
    pub log_high: u64,
    /// The invented commune is inside.
    pub demo: bool,
}

/// The row; `None` in a database that has just been made.
pub async fn find(db: impl SqliteExecutor<'_>) -> Result<Option<OfficeRow>> {
    let row: Option<(u32, Vec<u8>, i64, bool)> =
        sqlx::query_as("select generation, dice, log_high, demo from office where id = 1")
            .fetch_optional(db)
            .await?;
    row.map(|(generation, dice, log_high, demo)| {
        let dice = dice.try_into().map_err(|_| sqlx::Error::Decode("dice are eight bytes".into()))?;
        Ok(OfficeRow { epoch: Epoch { generation, dice }, log_high: log_high.max(0) as u64, demo })
    })
    .transpose()
}

/// Writes the first epoch.
pub async fn insert(db: impl SqliteExecutor<'_>, epoch: Epoch, now: Moment) -> Result<()> {
    sqlx::query("insert into office (id, generation, dice, created_at) values (1, ?, ?, ?)")
        .bind(epoch.generation)
        .bind(&epoch.dice[..])
        .bind(now.0)
        .execute(db)
        .await?;
    Ok(())
}

/// Begins a new epoch.
pub async fn set_epoch(db: impl SqliteExecutor<'_>, epoch: Epoch) -> Result<()> {
    sqlx::query("update office set generation = ?, dice = ? where id = 1")
        .bind(epoch.generation)
        .bind(&epoch.dice[..])
        .execute(db)
        .await?;
    Ok(())
}

/// Writes the highest log number; part of every transaction that uses one.
pub async fn set_log_high(db: impl SqliteExecutor<'_>, log_high: u64) -> Result<()> {
    sqlx::query("update office set log_high = max(log_high, ?) where id = 1")
        .bind(log_high.min(i64::MAX as u64) as i64)
        .execute(db)
        .await?;
    Ok(())
}

/// Remembers that the invented commune is inside.
pub async fn set_demo(db: impl SqliteExecutor<'_>) -> Result<()> {
    sqlx::query("update office set demo = 1 where id = 1").execute(db).await?;
    Ok(())
}

/// Writes the row as it is: proof that the database takes a write.
pub async fn touch(db: impl SqliteExecutor<'_>) -> Result<()> {
    sqlx::query("update office set log_high = log_high where id = 1").execute(db).await?;
    Ok(())
}
