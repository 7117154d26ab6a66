//! Roles: giving one, ending one. Nobody gives more than their own role gives, nor beyond their own area.

use axum::Json;
use axum::extract::Path;
use dossier::access::{Action, Grant, Locality};
use dossier::id::CommuneCode;
use dossier::manage::{NewRole, Objection, Told};
use dossier::moment::Day;

use super::person::seen;
use super::{Reply, objection};
use crate::asked::{Asked, Work};
use crate::atlas::Atlas;
use crate::error::Error;
use crate::store::grant;

/// The role as it would be held, and the whole of its area, if the asker may give it.
pub(super) fn judge(asked: &Asked, atlas: &Atlas, new: &NewRole) -> Result<(Grant, Locality), Error> {
    let place = asked.must(Action::ManagePeople, atlas.place(new.area))?;
    let from = new.from.unwrap_or(asked.today);
    if !new.role.fits(new.area) || new.until.is_some_and(|last| last < from) {
        return Err(objection(Objection::Unfit));
    }
    if !asked.person.gives(new.role, &place, asked.today) {
        return Err(objection(Objection::NotYours));
    }
    Ok((Grant { role: new.role, area: new.area, from, until: new.until }, place))
}

/// Objects when a change took the last administrator away.
pub(super) async fn keep_somebody(asked: &Asked, work: &mut Work, before: u32) -> Result<(), Error> {
    let after = grant::administrators(&mut *work.transaction, asked.today).await?;
    if before > 0 && after == 0 { Err(objection(Objection::LastAdministrator)) } else { Ok(()) }
}

/// `POST /api/v1/people/{id}/roles`.
pub async fn give(Path(id): Path<u32>, asked: Asked) -> Reply {
    let new: NewRole = asked.read()?;
    let mut work = asked.begin().await?;
    let (row, _) = seen(&asked, &mut work, id).await?;
    let (grant, _) = judge(&asked, &work.atlas, &new)?;
    grant::insert(&mut *work.transaction, row.id(), &grant, Some(asked.person.account), asked.now).await?;
    work.done(&asked.office, CommuneCode(row.commune), Told::Done).await.map(Json)
}

/// `POST /api/v1/roles/{number}`.
pub async fn end(Path(number): Path<u32>, asked: Asked) -> Reply {
    let last: Day = asked.read()?;
    let mut work = asked.begin().await?;
    let found = grant::find(&mut *work.transaction, number).await?;
    let found = found.ok_or(objection(Objection::Unknown))?;
    let (row, _) = seen(&asked, &mut work, found.account).await?;
    let held = found.grant().ok_or(objection(Objection::Unknown))?;
    let place = work.atlas.place(held.area).ok_or(objection(Objection::Unknown))?;
    if !asked.person.gives(held.role, &place, asked.today) {
        return Err(objection(Objection::NotYours));
    }
    // What was done under it yesterday stays done under it.
    if last < asked.today.plus(-1) {
        return Err(objection(Objection::Unfit));
    }
    let before = grant::administrators(&mut *work.transaction, asked.today).await?;
    grant::end(&mut *work.transaction, number, last).await?;
    if held.role == dossier::access::Role::Administrator && last.0 < i32::MAX {
        keep_somebody(&asked, &mut work, before).await?;
    }
    tracing::info!(account = asked.office.keys.log_mark("account", found.account), "a role was ended");
    work.done(&asked.office, CommuneCode(row.commune), Told::Done).await.map(Json)
}
