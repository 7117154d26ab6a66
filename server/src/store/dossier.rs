//! Dossiers, their keys, and the log that holds everything said in them.

use dossier::id::{CommuneCode, DeviceHandle, DossierId, EstablishmentId};
use dossier::moment::Moment;
use sqlx::{Result, SqliteExecutor};
use sync::frame::Scope;
use sync::receipt::Epoch;

/// One row of the log, still sealed.
#[derive(Clone, sqlx::FromRow)]
pub struct LogRow {
    /// Its number.
    pub number: i64,
    /// The dossier.
    pub dossier: Vec<u8>,
    /// The establishment.
    pub establishment: u32,
    /// The commune.
    pub commune: u32,
    /// What it is: see [`crate::exchange::rows`].
    pub kind: u8,
    /// The content, sealed under the dossier's key.
    pub sealed: Vec<u8>,
    /// The dossier's key, sealed under the office's.
    pub key: Vec<u8>,
}

/// Begins a dossier.
pub async fn insert(
    db: impl SqliteExecutor<'_>,
    dossier: DossierId,
    establishment: EstablishmentId,
    commune: CommuneCode,
    now: Moment,
) -> Result<()> {
    sqlx::query("insert into dossier (id, establishment, commune, begun_at) values (?, ?, ?, ?)")
        .bind(&dossier.0[..])
        .bind(establishment.0)
        .bind(commune.0)
        .bind(now.0)
        .execute(db)
        .await?;
    Ok(())
}

/// Keeps the sealed key of a dossier.
pub async fn insert_key(db: impl SqliteExecutor<'_>, dossier: DossierId, sealed: &[u8]) -> Result<()> {
    sqlx::query("insert into dossier_key (dossier, sealed) values (?, ?)")
        .bind(&dossier.0[..])
        .bind(sealed)
        .execute(db)
        .await?;
    Ok(())
}

/// Appends to the log; the number it got.
pub async fn append(
    db: impl SqliteExecutor<'_>,
    dossier: DossierId,
    (establishment, commune): (EstablishmentId, CommuneCode),
    kind: u8,
    sealed: &[u8],
) -> Result<u64> {
    let done =
        sqlx::query("insert into log (dossier, establishment, commune, kind, sealed) values (?, ?, ?, ?, ?)")
            .bind(&dossier.0[..])
            .bind(establishment.0)
            .bind(commune.0)
            .bind(kind)
            .bind(sealed)
            .execute(db)
            .await?;
    Ok(done.last_insert_rowid().max(0) as u64)
}

/// Everything said in one dossier, in order.
pub async fn story(db: impl SqliteExecutor<'_>, dossier: DossierId) -> Result<Vec<LogRow>> {
    sqlx::query_as(
        "select log.number, log.dossier, log.establishment, log.commune, log.kind, log.sealed, dossier_key.sealed as key
         from log join dossier_key on dossier_key.dossier = log.dossier
         where log.dossier = ? order by log.number",
    )
    .bind(&dossier.0[..])
    .fetch_all(db)
    .await
}

/// The newest number of the log.
pub async fn top(db: impl SqliteExecutor<'_>) -> Result<u64> {
    let top: Option<i64> = sqlx::query_scalar("select max(number) from log").fetch_one(db).await?;
    Ok(top.unwrap_or(0).max(0) as u64)
}

/// A stretch of the log: which scope, after which number, up to which.
#[derive(Clone, Copy)]
pub struct Stretch {
    /// The scope.
    pub scope: Scope,
    /// Numbers after this one.
    pub after: u64,
    /// Up to this one.
    pub to: u64,
    /// At most so many, the oldest.
    pub most: u32,
}

/// The rows of a stretch, oldest first.
pub async fn rows(db: impl SqliteExecutor<'_>, stretch: Stretch) -> Result<Vec<LogRow>> {
    let (sql, scope) = match stretch.scope {
        Scope::Establishment(id) => (
            "select log.number, log.dossier, log.establishment, log.commune, log.kind, log.sealed, dossier_key.sealed as key
             from log join dossier_key on dossier_key.dossier = log.dossier
             where log.establishment = ? and log.number > ? and log.number <= ? order by log.number limit ?",
            id.0,
        ),
        Scope::Commune(code) => (
            "select log.number, log.dossier, log.establishment, log.commune, log.kind, log.sealed, dossier_key.sealed as key
             from log join dossier_key on dossier_key.dossier = log.dossier
             where log.commune = ? and log.number > ? and log.number <= ? order by log.number limit ?",
            code.0,
        ),
    };
    sqlx::query_as(sql)
        .bind(scope)
        .bind(stretch.after.min(i64::MAX as u64) as i64)
        .bind(stretch.to.min(i64::MAX as u64) as i64)
        .bind(stretch.most)
        .fetch_all(db)
        .await
}

/// The last serial of a commune in an epoch.
pub async fn serial(db: impl SqliteExecutor<'_>, commune: CommuneCode, epoch: Epoch) -> Result<u32> {
    let last: Option<u32> = sqlx::query_scalar("select last from serial where commune = ? and epoch = ?")
        .bind(commune.0)
        .bind(&epoch.0[..])
        .fetch_optional(db)
        .await?;
    Ok(last.unwrap_or(0))
}

/// Remembers the last serial.
pub async fn set_serial(
    db: impl SqliteExecutor<'_>,
    commune: CommuneCode,
    epoch: Epoch,
    last: u32,
) -> Result<()> {
    sqlx::query(
        "insert into serial (commune, epoch, last) values (?, ?, ?)
         on conflict (commune, epoch) do update set last = max(last, excluded.last)",
    )
    .bind(commune.0)
    .bind(&epoch.0[..])
    .bind(last)
    .execute(db)
    .await?;
    Ok(())
}

/// Rows of one device in quarantine; what it sends beyond them says nothing new, and must not fill the disk.
const MOST_QUARANTINED: u32 = 64;

/// Keeps bytes that were not taken, up to [`MOST_QUARANTINED`] of a device.
pub async fn quarantine(
    db: impl SqliteExecutor<'_>,
    dossier: DossierId,
    device: DeviceHandle,
    now: Moment,
    why: &str,
    sealed: &[u8],
) -> Result<()> {
    sqlx::query(
        "insert into quarantine (dossier, device, at, why, sealed) select ?1, ?2, ?3, ?4, ?5
         where (select count(*) from quarantine where device = ?2) < ?6",
    )
    .bind(&dossier.0[..])
    .bind(&device.0[..])
    .bind(now.0)
    .bind(why)
    .bind(sealed)
    .bind(MOST_QUARANTINED)
    .execute(db)
    .await?;
    Ok(())
}

/// Communes whose dated rule receives every notice at once.
pub async fn receiving_at_once(db: impl SqliteExecutor<'_>) -> Result<Vec<u32>> {
    sqlx::query_scalar("select code from commune where receive_at_once = 1").fetch_all(db).await
}
