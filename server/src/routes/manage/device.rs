//! Devices: whose there are, and shutting one out.

use axum::Json;
use axum::extract::Path;
use dossier::access::{Action, Grant, Locality, Role};
use dossier::id::{AccountId, CommuneCode, DeviceHandle};
use dossier::manage::{DeviceLine, Objection, Told};
use dossier::moment::Moment;

use super::{Reply, objection};
use crate::asked::Asked;
use crate::atlas::Atlas;
use crate::store::account::{self, AccountRow};
use crate::store::device::{self, DeviceRow};

/// `GET /api/v1/devices`.
pub async fn list(asked: Asked) -> Reply {
    let atlas = asked.atlas().await?;
    let readers = asked.office.store.readers();
    let seen: Vec<u32> = account::list(readers)
        .await?
        .iter()
        .filter(|row| is_managed(&asked, &atlas, row))
        .map(|row| row.id)
        .collect();
    let rows = device::list(readers).await?;
    let lines = rows.iter().filter(|row| seen.contains(&row.account)).filter_map(|row| shown(&asked, row));
    Ok(Json(Told::Devices(lines.collect())))
}

/// `GET /api/v1/devices/own`.
pub async fn own(asked: Asked) -> Reply {
    let rows = device::list(asked.office.store.readers()).await?;
    let mine = rows.iter().filter(|row| AccountId(row.account) == asked.person.account);
    Ok(Json(Told::Devices(mine.filter_map(|row| shown(&asked, row)).collect())))
}

/// Whether a person's devices are the asker's to manage: one of their roles lies in an area where they may.
fn is_managed(asked: &Asked, atlas: &Atlas, row: &AccountRow) -> bool {
    let grants: Vec<Grant> = row.grants().into_iter().filter(|grant| grant.holds(asked.today)).collect();
    let home = atlas.commune(CommuneCode(row.commune));
    let minded = |role: Role, place: &Locality| {
        asked.sees(Action::ManageDevices, place) && asked.person.minds(role, place, asked.today)
    };
    match grants.is_empty() {
        // Who holds no role any more is looked after where they belonged.
        true => home.is_some_and(|place| minded(Role::Citizen, &place)),
        false => {
            grants.iter().any(|grant| atlas.place(grant.area).is_some_and(|place| minded(grant.role, &place)))
        }
    }
}

fn shown(asked: &Asked, row: &DeviceRow) -> Option<DeviceLine> {
    let handle = row.handle()?;
    Some(DeviceLine {
        handle,
        account: AccountId(row.account),
        person: row.person.clone(),
        name: row.name.clone(),
        status: row.standing(),
        shared: row.shared,
        plain: row.kind == "plain",
        enrolled: Moment(row.enrolled_at),
        last_contact: row.last_contact_at.map(Moment),
        unsent: row.unsent,
        this: asked.device == Some(handle),
    })
}

/// `POST /api/v1/devices/{handle}/reinstate`: the commune knows that there are not two of it. Nobody puts their own
/// device in order: whoever holds a copy would.
pub async fn reinstate(Path(handle): Path<String>, asked: Asked) -> Reply {
    let handle: DeviceHandle = handle.parse().map_err(|_| objection(Objection::Unknown))?;
    let mut work = asked.begin().await?;
    let known = device::find(&mut *work.transaction, handle, asked.today).await?;
    let known = known.ok_or(objection(Objection::Unknown))?;
    let owner = known.principal.account;
    let row = account::find(&mut *work.transaction, owner).await?.ok_or(objection(Objection::Unknown))?;
    if owner == asked.person.account || !is_managed(&asked, &work.atlas, &row) {
        return Err(objection(Objection::Unknown));
    }
    if !device::reinstate(&mut *work.transaction, handle, asked.now).await? {
        return Err(objection(Objection::Taken));
    }
    asked.office.readings.forget(handle);
    tracing::info!(
        account = asked.office.keys.log_mark("account", owner.0),
        "a copied device was put in order"
    );
    work.done(&asked.office, known.principal.commune, Told::Done).await.map(Json)
}

/// `POST /api/v1/devices/{handle}/revoke`: one's own, or one of the area. A colleague's device may be revoked by whoever
/// manages devices there even where they could not give the colleague's role: a lost tablet does not wait.
pub async fn revoke(Path(handle): Path<String>, asked: Asked) -> Reply {
    let handle: DeviceHandle = handle.parse().map_err(|_| objection(Objection::Unknown))?;
    let mut work = asked.begin().await?;
    let known = device::find(&mut *work.transaction, handle, asked.today).await?;
    let known = known.ok_or(objection(Objection::Unknown))?;
    let owner = known.principal.account;
    let row = account::find(&mut *work.transaction, owner).await?.ok_or(objection(Objection::Unknown))?;
    if owner != asked.person.account && !is_managed(&asked, &work.atlas, &row) {
        return Err(objection(Objection::Unknown));
    }
    device::revoke(&mut *work.transaction, handle, asked.now).await?;
    tracing::info!(account = asked.office.keys.log_mark("account", owner.0), "a device was revoked");
    work.done(&asked.office, known.principal.commune, Told::Done).await.map(Json)
}
