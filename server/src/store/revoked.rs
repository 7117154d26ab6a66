//! Giữ riêng: what revoked devices bring, whole frames in quarantine, until somebody has looked at each.

use dossier::id::{AccountId, DeviceHandle};
use dossier::moment::Moment;
use sqlx::{Result, SqliteConnection, SqliteExecutor};

/// Frames of one device that wait to be looked at, of those it sent itself and of those that were carried for it: an
/// evening of a full tablet is a handful. A thief with the device's key must not fill the disk, and copies that anybody
/// carries must not take the room of what the device itself hands over before it is wiped.
pub const MOST: u32 = 256;

/// A frame to keep.
#[derive(Clone, Copy)]
pub struct NewAside<'a> {
    /// Whose.
    pub device: DeviceHandle,
    /// Its digest: the same one lies here once.
    pub frame: &'a [u8; 32],
    /// It was a sealed copy.
    pub carried: bool,
    /// When it was made, by the device's own clock.
    pub claimed_at: Moment,
    /// How many dossiers it speaks of.
    pub notices: u32,
    /// The frame, sealed under the office's own key.
    pub sealed: &'a [u8],
}

/// A frame that waits, as a list shows it.
#[derive(Clone, sqlx::FromRow)]
pub struct AsideRow {
    /// The office's number.
    pub id: u32,
    /// Whose.
    pub device: Vec<u8>,
    /// What the device calls itself.
    pub name: String,
    /// The person behind it.
    pub account: u32,
    /// Their name.
    pub person: String,
    /// When it came.
    pub at: i64,
    /// When it was made, by the device's own clock.
    pub claimed_at: Option<i64>,
    /// Since when the device is out.
    pub status_at: Option<i64>,
    /// How many dossiers it speaks of.
    pub notices: u32,
    /// It was a sealed copy.
    pub carried: bool,
    /// Whether there is no room for more of its kind from this device.
    pub full: bool,
    /// Its bytes, sealed; only [`find`] reads them.
    #[sqlx(default)]
    pub sealed: Vec<u8>,
}

/// Keeps a frame; `false` when there is no room for another of its kind from this device. One that is here already, or was
/// decided, is kept.
pub async fn keep(db: &mut SqliteConnection, new: &NewAside<'_>, now: Moment) -> Result<bool> {
    sqlx::query(
        "insert into quarantine (dossier, device, at, why, sealed, frame, carried, claimed_at, notices)
         select x'', ?1, ?2, 'Revoked', ?3, ?4, ?6, ?7, ?8
         where (select count(*) from quarantine where device = ?1 and frame is not null and decided is null
            and carried = ?6) < ?5
         on conflict do nothing",
    )
    .bind(&new.device.0[..])
    .bind(now.0)
    .bind(new.sealed)
    .bind(&new.frame[..])
    .bind(MOST)
    .bind(new.carried)
    .bind(new.claimed_at.0)
    .bind(new.notices)
    .execute(&mut *db)
    .await?;
    sqlx::query_scalar("select exists (select 1 from quarantine where frame = ?)")
        .bind(&new.frame[..])
        .fetch_one(db)
        .await
}

/// What waits, oldest first, without its bytes.
pub async fn waiting(db: impl SqliteExecutor<'_>) -> Result<Vec<AsideRow>> {
    sqlx::query_as(
        "select kept.id, kept.device, device.name, device.account, account.name as person, kept.at, kept.claimed_at,
            device.status_at, kept.notices, kept.carried,
            (select count(*) from quarantine other where other.device = kept.device and other.frame is not null
                and other.decided is null and other.carried = kept.carried) >= ? as full
         from quarantine kept join device on device.handle = kept.device join account on account.id = device.account
         where kept.frame is not null and kept.decided is null order by kept.id",
    )
    .bind(MOST)
    .fetch_all(db)
    .await
}

/// One that waits, with its bytes.
pub async fn find(db: impl SqliteExecutor<'_>, id: u32) -> Result<Option<AsideRow>> {
    sqlx::query_as(
        "select kept.id, kept.device, device.name, device.account, account.name as person, kept.at, kept.claimed_at,
            device.status_at, kept.notices, kept.carried, 0 as full, kept.sealed
         from quarantine kept join device on device.handle = kept.device join account on account.id = device.account
         where kept.id = ? and kept.frame is not null and kept.decided is null",
    )
    .bind(id)
    .fetch_optional(db)
    .await
}

/// Writes down what became of it and drops its content; `false` when that was decided already.
pub async fn decide(
    db: impl SqliteExecutor<'_>,
    id: u32,
    taken: bool,
    reason: &str,
    by: AccountId,
    at: Moment,
) -> Result<bool> {
    let done = sqlx::query(
        "update quarantine set decided = ?, reason = ?, decided_by = ?, decided_at = ?, sealed = x''
         where id = ? and frame is not null and decided is null",
    )
    .bind(if taken { "accepted" } else { "dropped" })
    .bind(reason)
    .bind(by.0)
    .bind(at.0)
    .bind(id)
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}
