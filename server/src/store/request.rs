//! Requests for an account.

use dossier::id::{AccountId, CommuneCode, DeviceHandle};
use dossier::manage::{AccountRequest, NewRequest};
use dossier::moment::Moment;
use sqlx::{Result, SqliteExecutor};

/// A request as it lies in the table.
#[derive(Clone, sqlx::FromRow)]
pub struct RequestRow {
    /// The office's number.
    pub id: u32,
    /// The device that waits.
    pub handle: Vec<u8>,
    /// Its verifying key.
    pub public_key: Vec<u8>,
    /// The commune it was sent to, in the units of today.
    pub commune: u32,
    said: String,
    /// When it came.
    pub at: i64,
    /// `waiting`, `refused` or `approved`.
    pub status: String,
    /// Why not.
    pub reason: String,
    /// Who it became.
    pub account: Option<u32>,
}

impl RequestRow {
    /// What the applicant said.
    pub fn said(&self) -> Option<NewRequest> {
        serde_json::from_str(&self.said).ok()
    }

    /// As a list shows it; `None` for words this program does not know.
    pub fn shown(&self) -> Option<AccountRequest> {
        Some(AccountRequest { number: self.id, at: Moment(self.at), said: self.said()? })
    }

    /// The waiting device's handle and key.
    pub fn device(&self) -> Option<(DeviceHandle, [u8; 32])> {
        let handle = self.handle.as_slice().try_into().ok()?;
        Some((DeviceHandle(handle), self.public_key.as_slice().try_into().ok()?))
    }
}

/// Keeps a request; one of the same key is asked anew unless it was approved.
pub async fn put(
    db: impl SqliteExecutor<'_>,
    handle: DeviceHandle,
    key: [u8; 32],
    said: &NewRequest,
    at: Moment,
) -> Result<()> {
    sqlx::query(
        "insert into account_request (handle, public_key, commune, said, at) values (?, ?, ?, ?, ?)
         on conflict (public_key) do update set commune = excluded.commune, said = excluded.said, at = excluded.at,
            status = 'waiting', reason = '' where status <> 'approved'",
    )
    .bind(&handle.0[..])
    .bind(&key[..])
    .bind(said.commune.0)
    .bind(serde_json::to_string(said).unwrap_or_default())
    .bind(at.0)
    .execute(db)
    .await?;
    Ok(())
}

/// Whether a handle is spoken for.
pub async fn has_handle(db: impl SqliteExecutor<'_>, handle: DeviceHandle) -> Result<bool> {
    sqlx::query_scalar(
        "select exists (select 1 from account_request where handle = ?1)
            or exists (select 1 from device where handle = ?1)",
    )
    .bind(&handle.0[..])
    .fetch_one(db)
    .await
}

/// The request of this key.
pub async fn by_key(db: impl SqliteExecutor<'_>, key: [u8; 32]) -> Result<Option<RequestRow>> {
    sqlx::query_as("select * from account_request where public_key = ?")
        .bind(&key[..])
        .fetch_optional(db)
        .await
}

/// The request of this number.
pub async fn find(db: impl SqliteExecutor<'_>, id: u32) -> Result<Option<RequestRow>> {
    sqlx::query_as("select * from account_request where id = ?").bind(id).fetch_optional(db).await
}

/// Requests that wait, oldest first.
pub async fn waiting(db: impl SqliteExecutor<'_>) -> Result<Vec<RequestRow>> {
    sqlx::query_as("select * from account_request where status = 'waiting' order by id").fetch_all(db).await
}

/// How many wait for a commune.
pub async fn count(db: impl SqliteExecutor<'_>, commune: CommuneCode) -> Result<u32> {
    sqlx::query_scalar("select count(*) from account_request where commune = ? and status = 'waiting'")
        .bind(commune.0)
        .fetch_one(db)
        .await
}

/// Decides: `account` for yes, `reason` for no; `false` when it no longer waits.
pub async fn decide(
    db: impl SqliteExecutor<'_>,
    id: u32,
    account: Option<AccountId>,
    reason: &str,
    by: AccountId,
    at: Moment,
) -> Result<bool> {
    let done = sqlx::query(
        "update account_request set status = case when ?1 is null then 'refused' else 'approved' end, account = ?1,
            reason = ?2, decided_by = ?3, decided_at = ?4 where id = ?5 and status = 'waiting'",
    )
    .bind(account.map(|account| account.0))
    .bind(reason)
    .bind(by.0)
    .bind(at.0)
    .bind(id)
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}
