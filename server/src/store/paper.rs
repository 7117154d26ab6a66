//! Pictures of papers: which are whole, and the sealed pieces of those that are not.

use dossier::id::DossierId;
use dossier::moment::Moment;
use sqlx::{Result, SqliteExecutor};
use sync::papers::PaperDigest;

use super::dossier::hex_list;

pub mod unnamed;

/// One picture of one dossier.
pub type Paper = (DossierId, PaperDigest);

/// Remembers that a picture has begun to arrive. One that is there already stays as it is.
pub async fn begin(db: impl SqliteExecutor<'_>, of: Paper, bytes: u32, now: Moment) -> Result<()> {
    sqlx::query(
        "insert into paper (dossier, digest, bytes, begun_at) values (?, ?, ?, ?)
         on conflict (dossier, digest) do nothing",
    )
    .bind(&of.0.0[..])
    .bind(&of.1[..])
    .bind(bytes)
    .bind(now.0)
    .execute(db)
    .await?;
    Ok(())
}

/// Whether a picture is whole; `None` when nothing of it has come.
pub async fn is_whole(db: impl SqliteExecutor<'_>, of: Paper) -> Result<Option<bool>> {
    sqlx::query_scalar("select whole_at is not null from paper where dossier = ? and digest = ?")
        .bind(&of.0.0[..])
        .bind(&of.1[..])
        .fetch_optional(db)
        .await
}

/// How many pictures a dossier names, or has named, have ever begun to arrive.
pub async fn count(db: impl SqliteExecutor<'_>, dossier: DossierId) -> Result<u32> {
    sqlx::query_scalar("select count(*) from paper where dossier = ? and unnamed_since is null")
        .bind(&dossier.0[..])
        .fetch_one(db)
        .await
}

/// How much of a picture lies in pieces.
pub async fn arrived(db: impl SqliteExecutor<'_>, of: Paper) -> Result<u32> {
    sqlx::query_scalar(
        "select cast(coalesce(sum(bytes), 0) as integer) from paper_piece where dossier = ? and digest = ?",
    )
    .bind(&of.0.0[..])
    .bind(&of.1[..])
    .fetch_one(db)
    .await
}

/// The sealed pieces of a picture, in order.
pub async fn pieces(db: impl SqliteExecutor<'_>, of: Paper) -> Result<Vec<Vec<u8>>> {
    sqlx::query_scalar("select sealed from paper_piece where dossier = ? and digest = ? order by at")
        .bind(&of.0.0[..])
        .bind(&of.1[..])
        .fetch_all(db)
        .await
}

/// Keeps a piece that begins here.
pub async fn put(
    db: impl SqliteExecutor<'_>,
    of: Paper,
    at: usize,
    bytes: usize,
    sealed: &[u8],
) -> Result<()> {
    sqlx::query("insert into paper_piece (dossier, digest, at, bytes, sealed) values (?, ?, ?, ?, ?)")
        .bind(&of.0.0[..])
        .bind(&of.1[..])
        .bind(at as i64)
        .bind(bytes as i64)
        .bind(sealed)
        .execute(db)
        .await?;
    Ok(())
}

/// Drops the pieces from here on.
pub async fn cut(db: impl SqliteExecutor<'_>, of: Paper, at: usize) -> Result<()> {
    sqlx::query("delete from paper_piece where dossier = ? and digest = ? and at >= ?")
        .bind(&of.0.0[..])
        .bind(&of.1[..])
        .bind(at as i64)
        .execute(db)
        .await?;
    Ok(())
}

/// Remembers that a picture is whole: it lies with the objects.
pub async fn set_whole(db: impl SqliteExecutor<'_>, of: Paper, now: Moment) -> Result<()> {
    sqlx::query(
        "update paper set whole_at = ?, unnamed_since = null
         where dossier = ? and digest = ? and whole_at is null",
    )
    .bind(now.0)
    .bind(&of.0.0[..])
    .bind(&of.1[..])
    .execute(db)
    .await?;
    Ok(())
}

/// The pictures of these dossiers that are whole.
pub async fn whole(
    db: impl SqliteExecutor<'_>,
    dossiers: impl IntoIterator<Item = DossierId>,
) -> Result<Vec<Paper>> {
    let rows: Vec<(Vec<u8>, Vec<u8>)> = sqlx::query_as(
        "select dossier, digest from paper
         where whole_at is not null and dossier in (select unhex(value) from json_each(?)) order by dossier",
    )
    .bind(hex_list(dossiers.into_iter().map(|dossier| dossier.0)))
    .fetch_all(db)
    .await?;
    let paper = |(dossier, digest): (Vec<u8>, Vec<u8>)| {
        Some((DossierId(dossier.try_into().ok()?), digest.try_into().ok()?))
    };
    Ok(rows.into_iter().filter_map(paper).collect())
}
