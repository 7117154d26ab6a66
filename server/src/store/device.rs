//! Enrolled devices, and who stands behind one.

use dossier::access::{DeviceStatus, Principal, Role};
use dossier::id::{AccountId, CommuneCode, DeviceHandle, EstablishmentId};
use dossier::moment::{Day, Moment};
use dossier::view::{House, Standing};
use sqlx::{AssertSqlSafe, Result, SqliteExecutor};
use sync::copied::Seen;
use sync::frame::down::Seat;
use sync::office::Caller;

use super::account::status_of;
use super::commune::{agency_of, standing_of};
use super::grant;
use crate::hex;

/// A device that may speak, the person behind it, and what the device shows of their house and commune: one row, because
/// it is read for every exchange.
#[derive(Clone)]
pub struct KnownDevice {
    /// Who speaks.
    pub principal: Principal,
    /// Their name.
    pub name: String,
    /// Owners: their house.
    pub house: Option<House>,
    /// Số trực ban of the commune.
    pub duty_phone: String,
    /// What a receipt stands for there; `None`: as the office says for all.
    pub standing: Option<Standing>,
    /// Where the person belongs.
    pub seat: Seat,
    /// The Ed25519 verifying key its frames are signed with.
    pub public_key: [u8; 32],
    /// When it was last heard, as far as that was written down.
    pub heard: Option<Moment>,
    /// How far it had read then.
    pub seen: Option<Seen>,
    /// The other handles of the person.
    pub others: Vec<DeviceHandle>,
}

impl KnownDevice {
    /// The person, as an exchange knows them.
    pub fn caller(&self) -> Caller {
        Caller {
            principal: self.principal.clone(),
            name: self.name.clone(),
            others: self.others.clone(),
            holds: None,
            desk: self.seat.agency.clone(),
        }
    }
}

#[derive(sqlx::FromRow)]
struct SpeakerRow {
    id: u32,
    name: String,
    commune: u32,
    account_status: String,
    expires_on: Option<i32>,
    grants: String,
    device_status: String,
    last_contact_at: Option<i64>,
    seen_log: Option<Vec<u8>>,
    seen_low: Option<i64>,
    seen_at: Option<i64>,
    others: Option<String>,
    public_key: Vec<u8>,
    duty_phone: String,
    standing: Option<String>,
    commune_name: String,
    province: String,
    agency: String,
    house: Option<String>,
    village: Option<String>,
    remote: Option<bool>,
}

impl SpeakerRow {
    fn principal(&self, today: Day) -> Principal {
        Principal {
            account: AccountId(self.id),
            status: status_of(&self.account_status, self.expires_on, today),
            device: device_status_of(&self.device_status),
            commune: CommuneCode(self.commune),
            grants: grant::from_json(&self.grants),
        }
    }

    fn seen(&self) -> Option<Seen> {
        let low = u64::try_from(self.seen_low?).ok()?;
        Seen::kept(self.seen_log.as_deref()?, low, Moment(self.seen_at?))
    }

    fn others(&self) -> Vec<DeviceHandle> {
        let told = self.others.as_deref().unwrap_or_default();
        told.split(',').filter_map(|handle| handle.parse().ok()).collect()
    }

    fn house(&self, id: Option<EstablishmentId>) -> Option<House> {
        Some(House {
            id: id?,
            name: self.house.clone()?,
            village: self.village.clone()?,
            remote: self.remote?,
        })
    }
}

impl DeviceRow {
    /// Its handle.
    pub fn handle(&self) -> Option<DeviceHandle> {
        self.handle.as_slice().try_into().ok().map(DeviceHandle)
    }

    /// Where it stands.
    pub fn standing(&self) -> DeviceStatus {
        device_status_of(&self.status)
    }
}

fn device_status_of(text: &str) -> DeviceStatus {
    match text {
        "ok" => DeviceStatus::Ok,
        "cloned" => DeviceStatus::Cloned,
        _ => DeviceStatus::Revoked,
    }
}

/// A device as a list shows it.
#[derive(Clone, sqlx::FromRow)]
pub struct DeviceRow {
    /// Three bytes.
    pub handle: Vec<u8>,
    /// The login of the person behind it.
    pub login: String,
    /// Whose it is.
    pub account: u32,
    /// Their name.
    pub person: String,
    /// What it calls itself.
    pub name: String,
    /// `own`, or `plain` for the office itself behind the form without a script.
    pub kind: String,
    /// `ok`, `revoked` or `cloned`.
    pub status: String,
    /// Máy dùng chung của tổ.
    pub shared: bool,
    /// What waits there by its own last word.
    pub unsent: u32,
    /// When it was enrolled.
    pub enrolled_at: i64,
    /// When it was last heard.
    pub last_contact_at: Option<i64>,
}

/// Adds a device; `false` when the handle is taken and another must be rolled.
pub async fn insert(
    db: impl SqliteExecutor<'_>,
    handle: DeviceHandle,
    account: AccountId,
    public_key: [u8; 32],
    name: &str,
    now: Moment,
) -> Result<bool> {
    let done = sqlx::query(
        "insert into device (handle, account, public_key, name, status, enrolled_at) values (?, ?, ?, ?, 'ok', ?)
         on conflict (handle) do nothing",
    )
    .bind(&handle.0[..])
    .bind(account.0)
    .bind(&public_key[..])
    .bind(name)
    .bind(now.0)
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// The device of this handle and who stands behind it, whether they are in order or not: [`Principal::is_in`] says.
pub async fn find(
    db: impl SqliteExecutor<'_>,
    handle: DeviceHandle,
    today: Day,
) -> Result<Option<KnownDevice>> {
    let sql = AssertSqlSafe(format!(
        "select account.id, account.name, account.commune, account.status as account_status, account.expires_on,
            {} as grants, device.status as device_status, device.last_contact_at, device.public_key, commune.duty_phone, commune.standing,
            commune.name as commune_name, commune.province, commune.agency,
            device.seen_log, device.seen_low, device.seen_at,
            (select group_concat(lower(hex(handle))) from device other where other.account = account.id
                and other.handle <> device.handle) as others,
            establishment.name as house, village.name as village, establishment.remote
         from device join account on account.id = device.account join commune on commune.code = account.commune
            left join establishment on establishment.id = (select area from role_grant
                where role_grant.account = account.id and area_kind = 'establishment' and from_day <= ?1
                    and coalesce(until_day, ?1) >= ?1 order by id limit 1)
            left join village on village.id = establishment.village
         where device.handle = ?2",
        grant::AS_JSON
    ));
    let row: Option<SpeakerRow> =
        sqlx::query_as(sql).bind(today.0).bind(&handle.0[..]).fetch_optional(db).await?;
    row.map(|row| {
        let principal = row.principal(today);
        let (seen, others) = (row.seen(), row.others());
        let house = row.house(principal.establishment(today));
        let public_key =
            row.public_key.try_into().map_err(|_| sqlx::Error::Decode("a key is 32 bytes".into()))?;
        let standing = row.standing.as_deref().map(standing_of);
        let role = principal.leading(today).unwrap_or(Role::Citizen);
        let seat = Seat {
            commune: principal.commune,
            agency: agency_of(role, row.agency, &row.commune_name, &row.province),
            commune_name: row.commune_name,
            province: row.province,
        };
        let heard = row.last_contact_at.map(Moment);
        Ok(KnownDevice {
            principal,
            name: row.name,
            house,
            duty_phone: row.duty_phone,
            standing,
            seat,
            public_key,
            heard,
            seen,
            others,
        })
    })
    .transpose()
}

/// The device the office itself is for an account that files by the plain form.
#[derive(Clone, Copy)]
pub struct PlainDevice {
    /// Its handle.
    pub handle: DeviceHandle,
    /// The form is shut for this account.
    pub revoked: bool,
}

/// The plain form's device of this account, whatever its status.
pub async fn find_plain(db: impl SqliteExecutor<'_>, account: AccountId) -> Result<Option<PlainDevice>> {
    let row: Option<(Vec<u8>, String)> =
        sqlx::query_as("select handle, status from device where account = ? and kind = 'plain'")
            .bind(account.0)
            .fetch_optional(db)
            .await?;
    row.map(|(handle, status)| {
        let handle = handle.try_into().map_err(|_| sqlx::Error::Decode("a handle is 3 bytes".into()))?;
        Ok(PlainDevice { handle: DeviceHandle(handle), revoked: status != "ok" })
    })
    .transpose()
}

/// Makes a device the plain form's.
pub async fn set_plain(db: impl SqliteExecutor<'_>, handle: DeviceHandle) -> Result<()> {
    sqlx::query("update device set kind = 'plain' where handle = ?").bind(&handle.0[..]).execute(db).await?;
    Ok(())
}

/// Remembers when these devices were heard.
pub async fn set_last_contact(
    db: impl SqliteExecutor<'_>,
    handles: impl IntoIterator<Item = DeviceHandle>,
    now: Moment,
) -> Result<()> {
    sqlx::query(
        "update device set last_contact_at = ? where handle in (select unhex(value) from json_each(?))",
    )
    .bind(now.0)
    .bind(super::dossier::hex_list(handles.into_iter().map(|handle| handle.0)))
    .execute(db)
    .await?;
    Ok(())
}

/// Remembers how far these devices have read; less than is known changes nothing.
pub async fn set_seen(
    db: impl SqliteExecutor<'_>,
    seen: impl IntoIterator<Item = (DeviceHandle, Seen)>,
) -> Result<()> {
    let told: Vec<_> = seen
        .into_iter()
        .map(|(handle, seen)| (handle.to_string(), hex::encode(&seen.log()), seen.low, seen.at.0))
        .collect();
    if told.is_empty() {
        return Ok(());
    }
    sqlx::query(
        "update device set seen_log = told.log, seen_low = told.low, seen_at = told.at
         from (select unhex(value ->> 0) as handle, unhex(value ->> 1) as log, value ->> 2 as low, value ->> 3 as at
            from json_each(?)) as told
         where device.handle = told.handle
            and (seen_log is not told.log or (seen_low, seen_at) < (told.low, told.at))",
    )
    .bind(serde_json::to_string(&told).map_err(|cause| sqlx::Error::Encode(cause.into()))?)
    .execute(db)
    .await?;
    Ok(())
}

/// Puts a device in order of which there seemed to be two: what it said before counts no more. `false` when it is not
/// such a one.
pub async fn reinstate(db: impl SqliteExecutor<'_>, handle: DeviceHandle, now: Moment) -> Result<bool> {
    let done = sqlx::query(
        "update device set status = 'ok', status_at = ?, seen_log = null, seen_low = null, seen_at = null
         where handle = ? and status = 'cloned'",
    )
    .bind(now.0)
    .bind(&handle.0[..])
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Sets where a device stands; `false` when there is none of this handle.
pub async fn set_status(
    db: impl SqliteExecutor<'_>,
    handle: DeviceHandle,
    status: DeviceStatus,
    now: Moment,
) -> Result<bool> {
    let done = sqlx::query("update device set status = ?, status_at = ? where handle = ?")
        .bind(match status {
            DeviceStatus::Ok => "ok",
            DeviceStatus::Revoked => "revoked",
            DeviceStatus::Cloned => "cloned",
        })
        .bind(now.0)
        .bind(&handle.0[..])
        .execute(db)
        .await?;
    Ok(done.rows_affected() == 1)
}

/// Which of these are revoked.
pub async fn revoked_of(db: impl SqliteExecutor<'_>, handles: &[DeviceHandle]) -> Result<Vec<DeviceHandle>> {
    let found: Vec<Vec<u8>> = sqlx::query_scalar(
        "select handle from device where status = 'revoked' and handle in (select unhex(value) from json_each(?))",
    )
    .bind(super::dossier::hex_list(handles.iter().map(|handle| handle.0)))
    .fetch_all(db)
    .await?;
    Ok(found.into_iter().filter_map(|handle| handle.try_into().ok().map(DeviceHandle)).collect())
}

/// Shuts the device out; `false` when there is none of this handle.
pub async fn revoke(db: impl SqliteExecutor<'_>, handle: DeviceHandle, now: Moment) -> Result<bool> {
    set_status(db, handle, DeviceStatus::Revoked, now).await
}

/// All devices, by login and age.
pub async fn list(db: impl SqliteExecutor<'_>) -> Result<Vec<DeviceRow>> {
    sqlx::query_as(
        "select device.handle, account.login, device.account, account.name as person, device.name, device.kind,
            device.status, device.shared, device.unsent, device.enrolled_at, device.last_contact_at
         from device join account on account.id = device.account order by account.login, device.enrolled_at",
    )
    .fetch_all(db)
    .await
}
