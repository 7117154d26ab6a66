//! A question under `/api/v1`: who asks is proven by the signature of a device the office knows, or by the token of a
//! program; both come to one [`Principal`], and every place in the question is judged by [`can`].

use axum::body::{Bytes, to_bytes};
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::Method;
use axum::http::header::AUTHORIZATION;
use axum::http::request::Parts;
use dossier::access::{Action, Area, Locality, Principal, Resource, can};
use dossier::id::{CommuneCode, DeviceHandle};
use dossier::manage::{Objection, Told};
use dossier::moment::{Day, Moment};
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};
use sqlx::{Sqlite, Transaction};
use sync::request::{Authorization, DEVICE, Spoken};

use crate::access::Gate;
use crate::atlas::Atlas;
use crate::client::Client;
use crate::clock;
use crate::error::Error;
use crate::nonces::Hearing;
use crate::office::Office;
use crate::routes::LARGEST_BODY;
use crate::store::{account, token};
use crate::throttle::Knock;

/// Who asks, and what.
#[derive(Clone)]
pub struct Asked {
    /// The office.
    pub office: Office,
    /// Who asks.
    pub person: Principal,
    /// The device they speak by; a program has none.
    pub device: Option<DeviceHandle>,
    /// When.
    pub now: Moment,
    /// On which day.
    pub today: Day,
    area: Option<Area>,
    body: Bytes,
}

/// Something to be changed: the writing transaction, and what lies where.
pub struct Work {
    /// The transaction.
    pub transaction: Transaction<'static, Sqlite>,
    /// What lies where, as the transaction sees it.
    pub atlas: Atlas,
}

impl FromRequest<Office> for Asked {
    type Rejection = Error;

    async fn from_request(request: Request, office: &Office) -> Result<Asked, Error> {
        let (mut parts, body) = request.into_parts();
        let gate = Gate::from_request_parts(&mut parts, office).await?;
        let body = to_bytes(body, LARGEST_BODY).await.map_err(|_| Error::Managed(Objection::Malformed))?;
        let header = parts.headers.get(AUTHORIZATION).and_then(|header| header.to_str().ok());
        let header = header.ok_or(Error::Unauthenticated)?.to_owned();
        let now = clock::now();
        let (person, device) = match header.strip_prefix("Bearer ") {
            Some(token) => (by_token(office, &gate, &mut parts, token, now).await?, None),
            None => by_signature(office, &gate, &parts, &header, &body, now).await?,
        };
        let area = match parts.uri.query().and_then(|query| query.strip_prefix("area=")) {
            Some(text) => Some(text.parse().map_err(|_| Error::Managed(Objection::Malformed))?),
            None => None,
        };
        Ok(Asked { office: office.clone(), person, device, now, today: now.day(), area, body })
    }
}

/// What of a request was signed.
pub fn spoken<'a>(parts: &'a Parts, body: &'a [u8]) -> Spoken<'a> {
    let path = parts.uri.path_and_query().map_or("", |path| path.as_str());
    Spoken { method: parts.method.as_str(), path, body }
}

/// Refuses what was said too long ago or, where it writes, before.
pub fn fresh(
    office: &Office,
    header: &Authorization,
    key: &[u8; 32],
    writes: bool,
    now: Moment,
) -> Result<(), Error> {
    if !header.is_timely(now) {
        return Err(Error::Managed(Objection::Clock));
    }
    if writes {
        return match office.nonces.hear(key, header.nonce, now) {
            Hearing::First => Ok(()),
            Hearing::Again => Err(Error::Managed(Objection::Repeated)),
            Hearing::Full => Err(Error::Busy),
        };
    }
    Ok(())
}

/// Who signed this, if the office knows their device and the route is theirs to ask.
pub async fn by_signature(
    office: &Office,
    gate: &Gate,
    parts: &Parts,
    header: &str,
    body: &[u8],
    now: Moment,
) -> Result<(Principal, Option<DeviceHandle>), Error> {
    let header = Authorization::parse(header).filter(|header| header.scheme == DEVICE);
    let header = header.ok_or(Error::Unauthenticated)?;
    let handle: DeviceHandle = header.who.parse().map_err(|_| Error::Unauthenticated)?;
    let device = gate.admit(office, handle, |key| header.holds(key, &spoken(parts, body))).await?;
    fresh(office, &header, &device.public_key, parts.method != Method::GET, now)?;
    Ok((device.principal, Some(handle)))
}

async fn by_token(
    office: &Office,
    gate: &Gate,
    parts: &mut Parts,
    typed: &str,
    now: Moment,
) -> Result<Principal, Error> {
    let client = Client::from_request_parts(parts, office).await?;
    let knock = Knock::with_code(&office.keys, client.address);
    match knock.wait(&office.store, now).await? {
        0 => {}
        seconds => return Err(Error::Slow(seconds)),
    }
    let hash: [u8; 32] = Sha256::digest(typed.trim().as_bytes()).into();
    let readers = office.store.readers();
    let account = match token::find(readers, hash, now.day()).await? {
        Some(id) => account::find(readers, id).await?,
        None => None,
    };
    let Some(account) = account else {
        knock.failed(&office.store, now).await?;
        return Err(Error::Unauthenticated);
    };
    let person = account.principal(now.day());
    gate.let_in(&person)?;
    Ok(person)
}

impl Asked {
    /// What was sent.
    pub fn read<T: DeserializeOwned>(&self) -> Result<T, Error> {
        serde_json::from_slice(&self.body).map_err(|_| Error::Managed(Objection::Malformed))
    }

    /// Whether they may do this here.
    pub fn may(&self, action: Action, place: &Locality) -> bool {
        can(Some(&self.person), action, Resource::At(*place), self.today)
    }

    /// The same inside the area they asked for.
    pub fn sees(&self, action: Action, place: &Locality) -> bool {
        self.area.is_none_or(|area| area.covers(place)) && self.may(action, place)
    }

    /// The place, if they may do this here; what lies outside is as unknown as what is not.
    pub fn must(&self, action: Action, place: Option<Locality>) -> Result<Locality, Error> {
        place.filter(|place| self.may(action, place)).ok_or(Error::Managed(Objection::Unknown))
    }

    /// What lies where, for a question that changes nothing.
    pub async fn atlas(&self) -> Result<Atlas, Error> {
        let mut reader = self.office.store.readers().acquire().await?;
        Ok(Atlas::read(&mut reader).await?)
    }

    /// Begins to change something. Everything is judged again inside: only one writes at a time.
    pub async fn begin(&self) -> Result<Work, Error> {
        let mut transaction = self.office.store.begin().await?;
        let atlas = Atlas::read(&mut transaction).await?;
        Ok(Work { transaction, atlas })
    }
}

impl Work {
    /// Keeps what was changed, and tells the open desks of this commune that something did.
    pub async fn done(self, office: &Office, commune: CommuneCode, told: Told) -> Result<Told, Error> {
        self.transaction.commit().await?;
        office.writer.announce(commune);
        Ok(told)
    }
}
