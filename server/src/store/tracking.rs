//! Mã theo dõi, by the marks that stand for them.

use dossier::id::DossierId;
use sqlx::{Result, SqliteExecutor};

/// Remembers which dossier a mark leads to. A mark that is there already keeps its first.
pub async fn insert(db: impl SqliteExecutor<'_>, mark: [u8; 16], dossier: DossierId) -> Result<()> {
    sqlx::query("insert into tracking (mark, dossier) values (?, ?) on conflict (mark) do nothing")
        .bind(&mark[..])
        .bind(&dossier.0[..])
        .execute(db)
        .await?;
    Ok(())
}

/// The dossier of a mark.
pub async fn find(db: impl SqliteExecutor<'_>, mark: [u8; 16]) -> Result<Option<DossierId>> {
    let id: Option<Vec<u8>> = sqlx::query_scalar("select dossier from tracking where mark = ?")
        .bind(&mark[..])
        .fetch_optional(db)
        .await?;
    Ok(id.and_then(|id| id.try_into().ok()).map(DossierId))
}
