//! Deciding who gets an account: at the desk, or by call-back.

use axum::Json;
use axum::extract::Path;
use dossier::access::{Action, Area};
use dossier::id::CommuneCode;
use dossier::manage::{Approval, NewRole, Objection, Told, Where, Words};

use super::person::reach;
use super::place::house_row;
use super::role::judge;
use super::{Reply, objection, taken};
use crate::asked::{Asked, Work};
use crate::atlas::Atlas;
use crate::error::Error;
use crate::store::account::{self, NewAccount};
use crate::store::request::{self, RequestRow};
use crate::store::{device, establishment};

/// `GET /api/v1/requests`.
pub async fn list(asked: Asked) -> Reply {
    let rows = request::waiting(asked.office.store.readers()).await?;
    let atlas = asked.atlas().await?;
    let open = |row: &&RequestRow| {
        let place = atlas.commune(CommuneCode(row.commune));
        place.is_some_and(|place| asked.sees(Action::ManagePeople, &place))
    };
    Ok(Json(Told::Requests(rows.iter().filter(open).filter_map(RequestRow::shown).collect())))
}

async fn waiting(asked: &Asked, work: &mut Work, number: u32) -> Result<RequestRow, Error> {
    let row = request::find(&mut *work.transaction, number).await?.ok_or(objection(Objection::Unknown))?;
    asked.must(Action::ManagePeople, work.atlas.commune(CommuneCode(row.commune)))?;
    if row.status == "waiting" { Ok(row) } else { Err(objection(Objection::Taken)) }
}

/// `POST /api/v1/requests/{number}/approve`.
pub async fn approve(Path(number): Path<u32>, asked: Asked) -> Reply {
    let approval: Approval = asked.read()?;
    let mut work = asked.begin().await?;
    let row = waiting(&asked, &mut work, number).await?;
    let unread = Error::Broken("a request that cannot be read");
    let (Some(said), Some((handle, key))) = (row.said(), row.device()) else { return Err(unread) };
    let house = match approval.at {
        Where::House(id) => id,
        Where::New { village, name, kind } => {
            asked.must(Action::ManagePeople, work.atlas.village(village))?;
            let new = house_row(&work.atlas, village, name.as_str(), kind.as_str())
                .ok_or(objection(Objection::Unknown))?;
            let id = establishment::insert(&mut work.transaction, &new).await?;
            work.atlas = Atlas::read(&mut work.transaction).await?;
            id
        }
    };
    let role =
        NewRole { role: approval.role, area: Area::Establishment(house), from: None, until: approval.until };
    let (grant, place) = judge(&asked, &work.atlas, &role)?;
    let (by, at) = (Some(asked.person.account), asked.now);
    let login = approval.login.as_str();
    let new = NewAccount { login, name: said.name.as_str(), commune: place.commune, grant, by, at };
    let id = account::insert(&mut work.transaction, &new).await.map_err(taken)?;
    reach(&mut work.transaction, id, &said.contact).await?;
    // The device has proven its key: nothing more is needed to begin.
    account::set_active(&mut *work.transaction, id).await?;
    let name = said.device_name.as_str();
    if !device::insert(&mut *work.transaction, handle, id, key, name, asked.now).await? {
        return Err(objection(Objection::Taken));
    }
    request::decide(&mut *work.transaction, number, Some(id), "", asked.person.account, asked.now).await?;
    tracing::info!(account = asked.office.keys.log_mark("account", id.0), "approved");
    work.done(&asked.office, place.commune, Told::Done).await.map(Json)
}

/// `POST /api/v1/requests/{number}/refuse`.
pub async fn refuse(Path(number): Path<u32>, asked: Asked) -> Reply {
    let reason: Words = asked.read()?;
    let mut work = asked.begin().await?;
    let row = waiting(&asked, &mut work, number).await?;
    let by = asked.person.account;
    request::decide(&mut *work.transaction, number, None, reason.as_str(), by, asked.now).await?;
    work.done(&asked.office, CommuneCode(row.commune), Told::Done).await.map(Json)
}
