//! What revoked devices bring: whole frames in quarantine.

use dossier::id::DeviceHandle;
use dossier::moment::Moment;
use sqlx::{Result, SqliteConnection};

/// Whole frames of one device that are kept: an evening of a full tablet is a handful. A thief with the device's key
/// must not fill the disk.
const MOST: u32 = 256;

/// Keeps a frame, sealed; `false` when there is no room for another of this device. One that is here already is kept.
pub async fn keep(
    db: &mut SqliteConnection,
    device: DeviceHandle,
    frame: &[u8; 32],
    now: Moment,
    sealed: &[u8],
) -> Result<bool> {
    sqlx::query(
        "insert into quarantine (dossier, device, at, why, sealed, frame) select x'', ?1, ?2, 'Revoked', ?3, ?4
         where (select count(*) from quarantine where device = ?1 and frame is not null) < ?5
         on conflict do nothing",
    )
    .bind(&device.0[..])
    .bind(now.0)
    .bind(sealed)
    .bind(&frame[..])
    .bind(MOST)
    .execute(&mut *db)
    .await?;
    sqlx::query_scalar("select exists (select 1 from quarantine where frame = ?)")
        .bind(&frame[..])
        .fetch_one(db)
        .await
}
