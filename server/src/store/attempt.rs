//! Failed tries at the door.

use dossier::moment::Moment;
use sqlx::{Result, SqliteExecutor};

/// How often somebody failed, and when last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Attempts {
    /// Failures since the last success or pardon.
    pub failures: u32,
    /// The last of them.
    pub last_at: Moment,
}

/// The failures under this key.
pub async fn find(db: impl SqliteExecutor<'_>, kind: &str, key: [u8; 16]) -> Result<Option<Attempts>> {
    let row: Option<(u32, i64)> =
        sqlx::query_as("select failures, last_at from attempt where kind = ? and key = ?")
            .bind(kind)
            .bind(&key[..])
            .fetch_optional(db)
            .await?;
    Ok(row.map(|(failures, last_at)| Attempts { failures, last_at: Moment(last_at) }))
}

/// Writes the failures under this key.
pub async fn put(db: impl SqliteExecutor<'_>, kind: &str, key: [u8; 16], attempts: Attempts) -> Result<()> {
    sqlx::query(
        "insert into attempt (kind, key, failures, last_at) values (?, ?, ?, ?)
         on conflict (kind, key) do update set failures = excluded.failures, last_at = excluded.last_at",
    )
    .bind(kind)
    .bind(&key[..])
    .bind(attempts.failures)
    .bind(attempts.last_at.0)
    .execute(db)
    .await?;
    Ok(())
}

/// Pardons the failures under this key.
pub async fn delete(db: impl SqliteExecutor<'_>, kind: &str, key: [u8; 16]) -> Result<()> {
    sqlx::query("delete from attempt where kind = ? and key = ?")
        .bind(kind)
        .bind(&key[..])
        .execute(db)
        .await?;
    Ok(())
}

/// Forgets all failures older than this.
pub async fn delete_before(db: impl SqliteExecutor<'_>, moment: Moment) -> Result<()> {
    sqlx::query("delete from attempt where last_at < ?").bind(moment.0).execute(db).await?;
    Ok(())
}
