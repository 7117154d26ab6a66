//! People: who there is, inviting, suspending, a new code, how to reach them.

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::Path;
use dossier::access::{Action, Grant};
use dossier::id::{AccountId, CommuneCode};
use dossier::manage::{Contact, Held, Invited, NewPerson, Objection, Person, PersonChange, Sim, Told};
use dossier::moment::Moment;
use sqlx::SqliteConnection;

use super::role::{self, judge};
use super::{Reply, objection, taken};
use crate::asked::{Asked, Work};
use crate::atlas::Atlas;
use crate::code::{Code, LIFETIME_MINUTES};
use crate::error::Error;
use crate::store::account::{self, AccountRow, NewAccount};
use crate::store::device::{self, DeviceRow};
use crate::store::grant::{self, GrantRow};
use crate::store::{invitation, token};

/// `GET /api/v1/people`.
pub async fn list(asked: Asked) -> Reply {
    let atlas = asked.atlas().await?;
    let readers = asked.office.store.readers();
    let mut roles: BTreeMap<u32, Vec<GrantRow>> = BTreeMap::new();
    for row in grant::all(readers).await? {
        roles.entry(row.account).or_default().push(row);
    }
    let mut devices: BTreeMap<u32, Vec<DeviceRow>> = BTreeMap::new();
    for row in device::list(readers).await? {
        devices.entry(row.account).or_default().push(row);
    }
    let mut people = Vec::new();
    for row in account::list(readers).await? {
        let held = roles.remove(&row.id).unwrap_or_default();
        let devices = devices.remove(&row.id).unwrap_or_default();
        if is_seen(&asked, &atlas, &row, &held) {
            people.push(shown(&asked, &atlas, &row, &held, &devices));
        }
    }
    Ok(Json(Told::People(people)))
}

/// The roles that hold, or will.
fn standing<'a>(asked: &Asked, held: &'a [GrantRow]) -> impl Iterator<Item = Grant> + use<'a> {
    let today = asked.today;
    held.iter().filter_map(GrantRow::grant).filter(move |grant| grant.until.is_none_or(|last| last >= today))
}

fn is_seen(asked: &Asked, atlas: &Atlas, row: &AccountRow, held: &[GrantRow]) -> bool {
    let grants: Vec<Grant> = standing(asked, held).collect();
    let places = atlas.places(grants.iter(), CommuneCode(row.commune));
    places.iter().any(|place| asked.sees(Action::ReadPeople, place))
}

/// Whether the asker could have given them every role they hold: then they may also stop or re-invite them.
fn is_changeable(asked: &Asked, atlas: &Atlas, row: &AccountRow, held: &[GrantRow]) -> bool {
    let grants: Vec<Grant> = standing(asked, held).collect();
    let gives = |grant: &Grant| {
        atlas.place(grant.area).is_some_and(|place| asked.person.gives(grant.role, &place, asked.today))
    };
    let home = atlas.commune(CommuneCode(row.commune));
    let at_home = || home.is_some_and(|place| asked.may(Action::ManagePeople, &place));
    if grants.is_empty() { at_home() } else { grants.iter().all(gives) }
}

fn shown(asked: &Asked, atlas: &Atlas, row: &AccountRow, held: &[GrantRow], devices: &[DeviceRow]) -> Person {
    let roles = held.iter().filter_map(|row| {
        let Grant { role, area, from, until } = row.grant()?;
        Some(Held { number: row.id, role, area, place: atlas.words(area), from, until })
    });
    let sound = devices.iter().filter(|device| device.status == "ok");
    Person {
        id: row.id(),
        login: row.login.clone(),
        name: row.name.clone(),
        commune: CommuneCode(row.commune),
        status: row.standing(asked.today),
        expires: row.expires_on.map(dossier::moment::Day),
        contact: Contact { phone: row.contact_phone.parse().ok(), sim: sim_of(&row.sim) },
        roles: roles.collect(),
        devices: sound.clone().filter(|device| device.kind == "own").count() as u32,
        last_contact: sound.filter_map(|device| device.last_contact_at).max().map(Moment),
        changeable: is_changeable(asked, atlas, row, held),
    }
}

fn sim_of(text: &str) -> Sim {
    match text {
        "own" => Sim::Own,
        "other" => Sim::Other,
        _ => Sim::Unknown,
    }
}

/// Writes how to reach somebody.
pub(super) async fn reach(
    db: &mut SqliteConnection,
    id: AccountId,
    contact: &Contact,
) -> Result<(), sqlx::Error> {
    let sim = match contact.sim {
        Sim::Own => "own",
        Sim::Other => "other",
        Sim::Unknown => "unknown",
    };
    let phone = contact.phone.as_ref().map_or("", |phone| phone.as_str());
    account::set_contact(db, id, phone, sim).await
}

/// The person of this number and their roles, if the asker may see them.
pub(super) async fn seen(
    asked: &Asked,
    work: &mut Work,
    id: u32,
) -> Result<(AccountRow, Vec<GrantRow>), Error> {
    let id = AccountId(id);
    let row = account::find(&mut *work.transaction, id).await?;
    let held = grant::list(&mut *work.transaction, id).await?;
    let row = row.filter(|row| is_seen(asked, &work.atlas, row, &held));
    Ok((row.ok_or(objection(Objection::Unknown))?, held))
}

/// `POST /api/v1/people`.
pub async fn invite(asked: Asked) -> Reply {
    let new: NewPerson = asked.read()?;
    let mut work = asked.begin().await?;
    let (grant, place) = judge(&asked, &work.atlas, &new.role)?;
    // Whose area is wider than a commune belongs to the office of who invites.
    let commune = if place.commune.0 == 0 { asked.person.commune } else { place.commune };
    let login = new.login.as_str();
    let account = NewAccount {
        login,
        name: new.name.as_str(),
        commune,
        grant,
        by: Some(asked.person.account),
        at: asked.now,
    };
    let id = account::insert(&mut work.transaction, &account).await.map_err(taken)?;
    reach(&mut work.transaction, id, &new.contact).await?;
    let invited = code(&asked, &mut work, id, login).await?;
    tracing::info!(account = asked.office.keys.log_mark("account", id.0), "invited");
    work.done(&asked.office, commune, Told::Invited(invited)).await.map(Json)
}

/// A fresh code: the only time it is readable.
async fn code(asked: &Asked, work: &mut Work, id: AccountId, login: &str) -> Result<Invited, Error> {
    let code = Code::mint();
    let until = asked.now.plus_minutes(LIFETIME_MINUTES);
    invitation::delete_unused(&mut *work.transaction, id).await?;
    invitation::insert(&mut *work.transaction, code.hash(), id, until).await?;
    Ok(Invited { account: id, login: login.to_owned(), code: code.to_string(), until })
}

/// `POST /api/v1/people/{id}`.
pub async fn change(Path(id): Path<u32>, asked: Asked) -> Reply {
    let change: PersonChange = asked.read()?;
    let mut work = asked.begin().await?;
    let (row, held) = seen(&asked, &mut work, id).await?;
    if !is_changeable(&asked, &work.atlas, &row, &held) {
        return Err(objection(Objection::NotYours));
    }
    let before = grant::administrators(&mut *work.transaction, asked.today).await?;
    let (id, db) = (row.id(), &mut work.transaction);
    let mut told = Told::Done;
    match change {
        PersonChange::Suspend => {
            account::set_suspended(&mut **db, id, true).await?;
            token::end_all(&mut **db, id, asked.now).await?;
        }
        PersonChange::Resume => account::set_suspended(&mut **db, id, false).await?,
        PersonChange::Expire(last) => account::set_expiry(&mut **db, id, last).await?,
        PersonChange::Reach(contact) => reach(db, id, &contact).await?,
        PersonChange::NewCode => {
            told = Told::Invited(code(&asked, &mut work, id, &row.login).await?);
        }
    }
    role::keep_somebody(&asked, &mut work, before).await?;
    work.done(&asked.office, CommuneCode(row.commune), told).await.map(Json)
}
