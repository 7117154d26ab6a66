//! Pictures that wait for the text that names them.

use dossier::id::DossierId;
use dossier::moment::Moment;
use sqlx::{Result, SqliteExecutor};
use sync::papers::PaperDigest;

use super::Paper;

/// Remembers that a picture waits, from now on. One that its dossier names stays as it is.
pub async fn begin(db: impl SqliteExecutor<'_>, of: Paper, bytes: u32, now: Moment) -> Result<()> {
    sqlx::query(
        "insert into paper (dossier, digest, bytes, begun_at, unnamed_since) values (?1, ?2, ?3, ?4, ?4)
         on conflict (dossier, digest) do update set unnamed_since = ?4 where unnamed_since is not null",
    )
    .bind(&of.0.0[..])
    .bind(&of.1[..])
    .bind(bytes)
    .bind(now.0)
    .execute(db)
    .await?;
    Ok(())
}

/// Whether a picture is there, named or not; one that waits does so anew.
pub async fn hold(db: impl SqliteExecutor<'_>, of: Paper, bytes: u32, now: Moment) -> Result<bool> {
    let held = sqlx::query(
        "update paper set unnamed_since = iif(unnamed_since is null, null, ?)
         where dossier = ? and digest = ? and bytes = ? and (unnamed_since is not null or whole_at is not null)",
    )
    .bind(now.0)
    .bind(&of.0.0[..])
    .bind(&of.1[..])
    .bind(bytes)
    .execute(db)
    .await?;
    Ok(held.rows_affected() == 1)
}

/// How many pictures of a dossier wait, this one left out.
pub async fn count_beside(db: impl SqliteExecutor<'_>, of: Paper) -> Result<u32> {
    sqlx::query_scalar(
        "select count(*) from paper where dossier = ? and digest <> ? and unnamed_since is not null",
    )
    .bind(&of.0.0[..])
    .bind(&of.1[..])
    .fetch_one(db)
    .await
}

/// The pictures of a dossier that wait, with their lengths.
pub async fn of(db: impl SqliteExecutor<'_>, dossier: DossierId) -> Result<Vec<(PaperDigest, u32)>> {
    let rows: Vec<(Vec<u8>, u32)> =
        sqlx::query_as("select digest, bytes from paper where dossier = ? and unnamed_since is not null")
            .bind(&dossier.0[..])
            .fetch_all(db)
            .await?;
    Ok(rows.into_iter().filter_map(|(digest, bytes)| Some((digest.try_into().ok()?, bytes))).collect())
}

/// The dossiers for which pictures wait.
pub async fn dossiers(db: impl SqliteExecutor<'_>) -> Result<Vec<DossierId>> {
    let rows: Vec<Vec<u8>> =
        sqlx::query_scalar("select distinct dossier from paper where unnamed_since is not null")
            .fetch_all(db)
            .await?;
    Ok(rows.into_iter().filter_map(|dossier| Some(DossierId(dossier.try_into().ok()?))).collect())
}

/// Drops a picture that has waited since before this, with its bytes.
pub async fn drop_before(db: impl SqliteExecutor<'_>, of: Paper, before: Moment) -> Result<()> {
    sqlx::query("delete from paper where dossier = ? and digest = ? and unnamed_since < ?")
        .bind(&of.0.0[..])
        .bind(&of.1[..])
        .bind(before.0)
        .execute(db)
        .await?;
    Ok(())
}
