//! Codes of a team, sealed to the devices of its leaders.

use dossier::id::DeviceHandle;
use dossier::moment::Moment;
use sqlx::{Result, SqliteExecutor};

/// A device of the team that receives what is sealed to it.
#[derive(Clone, sqlx::FromRow)]
pub struct BoxRow {
    /// Its handle.
    pub handle: Vec<u8>,
    /// Whose it is.
    pub account: u32,
    /// Its key.
    pub box_key: Vec<u8>,
    /// Which code of the asking device lies for it.
    pub generation: Option<u32>,
}

/// A code that lies for a device.
#[derive(Clone, sqlx::FromRow)]
pub struct CodeRow {
    /// The device it opens.
    pub handle: Vec<u8>,
    /// Whose it is.
    pub account: u32,
    /// Their name.
    pub person: String,
    /// What the device calls itself.
    pub name: String,
    /// Which of its codes it is.
    pub generation: u32,
    /// The ciphertext.
    pub sealed: Vec<u8>,
    /// When it came.
    pub at: i64,
}

/// Where a device receives from now on; what was sealed to another key of it is of no more use.
pub async fn put_box(
    db: &mut sqlx::SqliteConnection,
    handle: DeviceHandle,
    box_key: [u8; 32],
    at: Moment,
) -> Result<()> {
    let changed = sqlx::query(
        "insert into device_box (handle, box_key, at) values (?1, ?2, ?3)
         on conflict (handle) do update set box_key = excluded.box_key, at = excluded.at
            where box_key <> excluded.box_key",
    )
    .bind(&handle.0[..])
    .bind(&box_key[..])
    .bind(at.0)
    .execute(&mut *db)
    .await?;
    if changed.rows_affected() > 0 {
        sqlx::query("delete from leader_code where leader = ?").bind(&handle.0[..]).execute(db).await?;
    }
    Ok(())
}

/// Devices in order that receive, and which code of `member` lies for each.
pub async fn boxes(db: impl SqliteExecutor<'_>, member: DeviceHandle) -> Result<Vec<BoxRow>> {
    sqlx::query_as(
        "select device_box.handle, device.account, device_box.box_key, leader_code.generation
         from device_box join device on device.handle = device_box.handle
            left join leader_code on leader_code.leader = device_box.handle and leader_code.member = ?1
         where device.status = 'ok' and device_box.handle <> ?1 order by device_box.handle",
    )
    .bind(&member.0[..])
    .fetch_all(db)
    .await
}

/// Keeps a code for a leader's device; a later one takes the place of an earlier one.
pub async fn put(
    db: impl SqliteExecutor<'_>,
    (member, leader): (DeviceHandle, DeviceHandle),
    generation: u32,
    sealed: &[u8],
    at: Moment,
) -> Result<()> {
    sqlx::query(
        "insert into leader_code (member, leader, generation, sealed, at) values (?, ?, ?, ?, ?)
         on conflict (member, leader) do update set generation = excluded.generation, sealed = excluded.sealed,
            at = excluded.at",
    )
    .bind(&member.0[..])
    .bind(&leader.0[..])
    .bind(generation)
    .bind(sealed)
    .bind(at.0)
    .execute(db)
    .await?;
    Ok(())
}

/// The codes that lie for a device, of members' devices in order, by name.
pub async fn of_leader(db: impl SqliteExecutor<'_>, leader: DeviceHandle) -> Result<Vec<CodeRow>> {
    sqlx::query_as(
        "select leader_code.member as handle, device.account, account.name as person, device.name,
            leader_code.generation, leader_code.sealed, leader_code.at
         from leader_code join device on device.handle = leader_code.member
            join account on account.id = device.account
         where leader_code.leader = ? and device.status = 'ok' order by account.name, leader_code.at",
    )
    .bind(&leader.0[..])
    .fetch_all(db)
    .await
}
