//! Codes of consent, by the marks that stand for them.

use dossier::behalf::ConsentCode;
use dossier::id::{AccountId, DossierId, EstablishmentId};
use dossier::moment::Moment;
use sqlx::{Result, SqliteExecutor};
use sync::office::CodeGiven;

use crate::keys::Keys;

/// How long a code is known, in minutes: what was typed on a tablet without a network comes late.
pub const KEPT_MINUTES: i64 = 60 * 24 * 60;

/// What is kept of a code: without the office's own key the eight digits cannot be tried out on it.
pub fn mark(keys: &Keys, code: ConsentCode) -> [u8; 16] {
    keys.mark("consent", &u32::from(code).to_le_bytes())
}

/// Remembers a code; `false` when there is one of this mark.
pub async fn insert(db: impl SqliteExecutor<'_>, mark: [u8; 16], given: &CodeGiven) -> Result<bool> {
    let done = sqlx::query(
        "insert into consent (mark, establishment, made_by, made_at, until_at) values (?, ?, ?, ?, ?)
         on conflict (mark) do nothing",
    )
    .bind(&mark[..])
    .bind(given.establishment.0)
    .bind(given.made_by.0)
    .bind(given.from.0)
    .bind(given.until.0)
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// House, maker, first and last moment, dossier.
type Row = (u32, u32, i64, i64, Option<Vec<u8>>);

/// The code of this mark.
pub async fn find(db: impl SqliteExecutor<'_>, mark: [u8; 16]) -> Result<Option<CodeGiven>> {
    let row: Option<Row> = sqlx::query_as(
        "select establishment, made_by, made_at, until_at, dossier from consent where mark = ?",
    )
    .bind(&mark[..])
    .fetch_optional(db)
    .await?;
    Ok(row.map(|(establishment, made_by, from, until, dossier)| CodeGiven {
        establishment: EstablishmentId(establishment),
        from: Moment(from),
        until: Moment(until),
        made_by: AccountId(made_by),
        used: dossier.and_then(|id| id.try_into().ok()).map(DossierId),
    }))
}

/// Remembers which dossier took a code.
pub async fn set_used(db: impl SqliteExecutor<'_>, mark: [u8; 16], by: DossierId) -> Result<()> {
    sqlx::query("update consent set dossier = ? where mark = ?")
        .bind(&by.0[..])
        .bind(&mark[..])
        .execute(db)
        .await?;
    Ok(())
}

/// Forgets what was made before this.
pub async fn forget_before(db: impl SqliteExecutor<'_>, moment: Moment) -> Result<()> {
    sqlx::query("delete from consent where made_at < ?").bind(moment.0).execute(db).await?;
    Ok(())
}
