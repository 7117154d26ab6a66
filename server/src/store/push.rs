//! Which devices are told by push, and what they are to be told.

use dossier::id::{AccountId, DeviceHandle, DossierId};
use dossier::moment::Moment;
use sqlx::{Result, SqliteConnection, SqliteExecutor};

/// One that is due.
#[derive(Clone, sqlx::FromRow)]
pub struct PushRow {
    /// Its number.
    pub id: i64,
    device: Vec<u8>,
    dossier: Vec<u8>,
    /// What it tells of.
    pub kind: String,
    /// How often it was tried.
    pub tries: u32,
}

impl PushRow {
    /// Whom it is for; a handle nobody has when the table holds none.
    pub fn device(&self) -> DeviceHandle {
        DeviceHandle(self.device.as_slice().try_into().unwrap_or_default())
    }

    /// The dossier.
    pub fn dossier(&self) -> Option<DossierId> {
        self.dossier.as_slice().try_into().ok().map(DossierId)
    }
}

/// A subscription as it is kept.
#[derive(Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct SubscriptionRow {
    /// The address.
    pub endpoint: String,
    /// The browser's point.
    pub p256dh: Vec<u8>,
    /// Its secret.
    pub auth: Vec<u8>,
    /// The mark of the office's key it was made for.
    pub made_for: Vec<u8>,
}

/// The subscription of a device.
pub async fn subscription(
    db: impl SqliteExecutor<'_>,
    device: DeviceHandle,
) -> Result<Option<SubscriptionRow>> {
    let sql = "select endpoint, p256dh, auth, made_for from push_subscription where device = ?";
    sqlx::query_as(sql).bind(&device.0[..]).fetch_optional(db).await
}

/// This one from now on; `false` for a device several people share.
pub async fn subscribe(
    db: impl SqliteExecutor<'_>,
    device: DeviceHandle,
    row: &SubscriptionRow,
    now: Moment,
) -> Result<bool> {
    let done = sqlx::query(
        "insert into push_subscription (device, endpoint, p256dh, auth, made_for, since)
         select handle, ?, ?, ?, ?, ? from device where handle = ? and shared = 0
         on conflict (device) do update set endpoint = excluded.endpoint, p256dh = excluded.p256dh,
            auth = excluded.auth, made_for = excluded.made_for, since = excluded.since",
    )
    .bind(&row.endpoint)
    .bind(&row.p256dh)
    .bind(&row.auth)
    .bind(&row.made_for)
    .bind(now.0)
    .bind(&device.0[..])
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// None any more, and what waited for it is not sent.
pub async fn unsubscribe(db: &mut SqliteConnection, device: DeviceHandle) -> Result<()> {
    sqlx::query("delete from push_subscription where device = ?")
        .bind(&device.0[..])
        .execute(&mut *db)
        .await?;
    sqlx::query(
        "update push set dropped = 'not wished' where device = ? and sent_at is null and dropped is null",
    )
    .bind(&device.0[..])
    .execute(db)
    .await?;
    Ok(())
}

/// Remembers to tell the devices of those who file or follow this dossier of an act, once each; not who did it.
pub async fn put(
    db: impl SqliteExecutor<'_>,
    dossier: DossierId,
    (kind, about): (&str, u32),
    by: AccountId,
    due: Moment,
) -> Result<()> {
    sqlx::query(
        "insert into push (device, dossier, kind, about, due_at)
         select device.handle, ?1, ?2, ?3, ?4 from push_subscription
            join device on device.handle = push_subscription.device
         where device.account <> ?5 and device.shared = 0 and device.account in (
            select filed_by from dossier where id = ?1 union select account from follower where dossier = ?1)
         on conflict do nothing",
    )
    .bind(&dossier.0[..])
    .bind(kind)
    .bind(about)
    .bind(due.0)
    .bind(by.0)
    .execute(db)
    .await?;
    Ok(())
}

/// What is due, oldest first.
pub async fn due(db: impl SqliteExecutor<'_>, now: Moment, most: u32) -> Result<Vec<PushRow>> {
    sqlx::query_as(
        "select id, device, dossier, kind, tries from push
         where due_at <= ? and sent_at is null and dropped is null order by due_at, id limit ?",
    )
    .bind(now.0)
    .bind(most)
    .fetch_all(db)
    .await
}
