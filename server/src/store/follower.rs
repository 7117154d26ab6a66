//! Who follows a dossier besides the one who files it now.

use dossier::id::{AccountId, DossierId};
use sqlx::{Result, SqliteConnection, SqliteExecutor};

use super::dossier::hex_list;

/// One more. What was said in it is said again: their devices may have read beyond it, and could not see it. `false` for
/// who followed it already.
pub async fn add(db: &mut SqliteConnection, dossier: DossierId, account: AccountId) -> Result<bool> {
    let known: Option<bool> = sqlx::query_scalar("select filed_by is ? from dossier where id = ?")
        .bind(account.0)
        .bind(&dossier.0[..])
        .fetch_optional(&mut *db)
        .await?;
    if known != Some(false) || !insert(&mut *db, dossier, account).await? {
        return Ok(false);
    }
    super::dossier::say_again(db, dossier).await?;
    Ok(true)
}

/// The same for who has read it already.
pub(super) async fn insert(
    db: impl SqliteExecutor<'_>,
    dossier: DossierId,
    account: AccountId,
) -> Result<bool> {
    let done = sqlx::query("insert into follower (dossier, account) values (?, ?) on conflict do nothing")
        .bind(&dossier.0[..])
        .bind(account.0)
        .execute(db)
        .await?;
    Ok(done.rows_affected() > 0)
}

/// The followers of these dossiers.
pub async fn of(
    db: impl SqliteExecutor<'_>,
    dossiers: impl IntoIterator<Item = DossierId>,
) -> Result<Vec<(DossierId, AccountId)>> {
    let rows: Vec<(Vec<u8>, u32)> = sqlx::query_as(
        "select dossier, account from follower where dossier in (select unhex(value) from json_each(?))",
    )
    .bind(hex_list(dossiers.into_iter().map(|dossier| dossier.0)))
    .fetch_all(db)
    .await?;
    let one =
        |(dossier, account): (Vec<u8>, u32)| Some((DossierId(dossier.try_into().ok()?), AccountId(account)));
    Ok(rows.into_iter().filter_map(one).collect())
}
