//! Tokens of programs, kept as their SHA-256.

use dossier::id::AccountId;
use dossier::moment::{Day, Moment};
use sqlx::{Result, SqliteExecutor};

/// Adds a token, good until the end of a day.
pub async fn insert(
    db: impl SqliteExecutor<'_>,
    hash: [u8; 32],
    account: AccountId,
    last: Day,
    now: Moment,
) -> Result<()> {
    sqlx::query("insert into token (hash, account, expires_on, created_at) values (?, ?, ?, ?)")
        .bind(&hash[..])
        .bind(account.0)
        .bind(last.0)
        .bind(now.0)
        .execute(db)
        .await?;
    Ok(())
}

/// Whose token this is, if it is in time and was not ended.
pub async fn find(db: impl SqliteExecutor<'_>, hash: [u8; 32], today: Day) -> Result<Option<AccountId>> {
    let id: Option<u32> = sqlx::query_scalar(
        "select account from token where hash = ? and ended_at is null and expires_on >= ?",
    )
    .bind(&hash[..])
    .bind(today.0)
    .fetch_optional(db)
    .await?;
    Ok(id.map(AccountId))
}

/// Ends all tokens of an account.
pub async fn end_all(db: impl SqliteExecutor<'_>, account: AccountId, now: Moment) -> Result<()> {
    sqlx::query("update token set ended_at = ? where account = ? and ended_at is null")
        .bind(now.0)
        .bind(account.0)
        .execute(db)
        .await?;
    Ok(())
}
