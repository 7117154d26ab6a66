//! One-time codes, kept as their SHA-256.

use dossier::id::AccountId;
use dossier::moment::Moment;
use sqlx::{Result, SqliteExecutor};

/// Forgets the account's codes that were not used: only the newest opens the door.
pub async fn delete_unused(db: impl SqliteExecutor<'_>, account: AccountId) -> Result<()> {
    sqlx::query("delete from invitation where account = ? and used_at is null")
        .bind(account.0)
        .execute(db)
        .await?;
    Ok(())
}

/// Adds a code.
pub async fn insert(
    db: impl SqliteExecutor<'_>,
    code_hash: [u8; 32],
    account: AccountId,
    expires_at: Moment,
) -> Result<()> {
    sqlx::query("insert into invitation (code_hash, account, expires_at) values (?, ?, ?)")
        .bind(&code_hash[..])
        .bind(account.0)
        .bind(expires_at.0)
        .execute(db)
        .await?;
    Ok(())
}

/// Whose code this is, if it is unused, in time, and the account is not suspended.
pub async fn find(
    db: impl SqliteExecutor<'_>,
    code_hash: [u8; 32],
    now: Moment,
) -> Result<Option<AccountId>> {
    let id: Option<u32> = sqlx::query_scalar(
        "select account from invitation join account on account.id = invitation.account
         where code_hash = ? and used_at is null and expires_at > ? and account.status <> 'suspended'",
    )
    .bind(&code_hash[..])
    .bind(now.0)
    .fetch_optional(db)
    .await?;
    Ok(id.map(AccountId))
}

/// Uses the code up; `false` when somebody else was faster.
pub async fn take(db: impl SqliteExecutor<'_>, code_hash: [u8; 32], now: Moment) -> Result<bool> {
    let done = sqlx::query(
        "update invitation set used_at = ?1 where code_hash = ?2 and used_at is null and expires_at > ?1",
    )
    .bind(now.0)
    .bind(&code_hash[..])
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}
