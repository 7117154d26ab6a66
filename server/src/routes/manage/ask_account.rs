//! Asking for an account from a device nobody knows yet. It signs with the key it will be known by; the desk decides, by
//! call-back or face to face.

use axum::Json;
use axum::body::{Bytes, to_bytes};
use axum::extract::{FromRequest, FromRequestParts, Request, State};
use axum::http::header::AUTHORIZATION;
use dossier::access::Role;
use dossier::id::{AccountId, DeviceHandle};
use dossier::manage::{NewRequest, Objection, Verdict};
use sync::asking::Taken;
use sync::door::Membership;
use sync::request::{Authorization, KEY};

use super::objection;
use crate::asked::{fresh, spoken};
use crate::client::Client;
use crate::error::Error;
use crate::office::Office;
use crate::routes::LARGEST_BODY;
use crate::store::{account, commune, request};
use crate::throttle::Knock;
use crate::{clock, dice, hex, membership};

/// Requests that may wait for one commune: beyond that somebody plays.
const MOST_WAITING: u32 = 500;

/// What an unknown device says, its key proven.
pub struct Applying {
    key: [u8; 32],
    client: Client,
    body: Bytes,
}

impl FromRequest<Office> for Applying {
    type Rejection = Error;

    async fn from_request(request: Request, office: &Office) -> Result<Applying, Error> {
        let (mut parts, body) = request.into_parts();
        let client = Client::from_request_parts(&mut parts, office).await?;
        let body = to_bytes(body, LARGEST_BODY).await.map_err(|_| objection(Objection::Malformed))?;
        let header = parts.headers.get(AUTHORIZATION).and_then(|header| header.to_str().ok());
        let header = header.and_then(Authorization::parse).filter(|header| header.scheme == KEY);
        let header = header.ok_or(Error::Unauthenticated)?;
        let key: [u8; 32] = hex::decode_exact(header.who).ok_or(Error::Unauthenticated)?;
        if !header.holds(&key, &spoken(&parts, &body)) {
            return Err(Error::Unauthenticated);
        }
        fresh(office, &header, &key, true, clock::now())?;
        Ok(Applying { key, client, body })
    }
}

/// `POST /api/ask-account`.
pub async fn ask(State(office): State<Office>, applying: Applying) -> Result<Json<Taken>, Error> {
    let said: NewRequest =
        serde_json::from_slice(&applying.body).map_err(|_| objection(Objection::Malformed))?;
    if !matches!(said.role, Role::Owner | Role::Household | Role::Tenant) || said.contact.phone.is_none() {
        return Err(objection(Objection::Unfit));
    }
    // Each request counts like a failure at the door: an address is slowed down, never shut out.
    let knock = Knock::with_code(&office.keys, applying.client.address);
    match knock.wait(&office.store, clock::now()).await? {
        0 => knock.failed(&office.store, clock::now()).await?,
        seconds => return Err(Error::Slow(seconds)),
    }
    let mut transaction = office.store.begin().await?;
    let known = commune::find(&mut *transaction, said.commune).await?.is_some_and(|row| row.stands());
    if !known {
        return Err(objection(Objection::Unknown));
    }
    if request::count(&mut *transaction, said.commune).await? >= MOST_WAITING {
        return Err(Error::Busy);
    }
    let mut handle = DeviceHandle(dice::roll());
    for _ in 0..16 {
        if !request::has_handle(&mut *transaction, handle).await? {
            break;
        }
        handle = DeviceHandle(dice::roll());
    }
    request::put(&mut *transaction, handle, applying.key, &said, clock::now()).await?;
    let row = request::by_key(&mut *transaction, applying.key).await?;
    let (handle, _) = row.and_then(|row| row.device()).ok_or(Error::Broken("a request just kept"))?;
    transaction.commit().await?;
    office.writer.announce(said.commune);
    Ok(Json(Taken { handle: handle.to_string() }))
}

/// `POST /api/ask-account/answer`.
pub async fn answer(
    State(office): State<Office>,
    applying: Applying,
) -> Result<Json<Verdict<Membership>>, Error> {
    let readers = office.store.readers();
    let row = request::by_key(readers, applying.key).await?.ok_or(objection(Objection::Unknown))?;
    let verdict = match (row.status.as_str(), row.account) {
        ("refused", _) => Verdict::Refused(row.reason.clone()),
        ("approved", Some(id)) => {
            let person = account::find(readers, AccountId(id)).await?;
            let person = person.ok_or(Error::Broken("an approved request without its account"))?;
            let (handle, _) = row.device().ok_or(Error::Broken("a request without its device"))?;
            Verdict::Approved(membership::of(&office, person, handle).await?)
        }
        _ => Verdict::Waiting,
    };
    Ok(Json(verdict))
}
