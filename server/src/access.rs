//! Access at the door: each route is judged by [`can`] before its handler runs, and what nobody asked about is
//! refused.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use axum::extract::{FromRequestParts, Request, State};
use axum::http::request::Parts;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use dossier::access::{Action, DeviceStatus, Principal, Resource, can};
use dossier::id::DeviceHandle;
use dossier::moment::Day;

use crate::clock;
use crate::error::Error;
use crate::lane::Rate;
use crate::office::Office;
use crate::origin;
use crate::store::device::{self, KnownDevice};

/// What the guard of a route knows.
#[derive(Clone)]
pub struct Post {
    /// The office.
    pub office: Office,
    /// What the route is for.
    pub action: Action,
    /// Its lane.
    pub rate: Rate,
}

/// Handed to the handlers of routes that are not for everybody: the only way to an answer leads through
/// [`Gate::admit`].
#[derive(Clone)]
pub struct Gate {
    action: Action,
    admitted: Arc<AtomicBool>,
}

impl Gate {
    /// The device of this handle, if the office knows it, `proves` is satisfied with its verifying key, and the person
    /// behind it has the right this route is for.
    pub async fn admit(
        &self,
        office: &Office,
        handle: DeviceHandle,
        proves: impl FnOnce(&[u8; 32]) -> bool,
    ) -> Result<KnownDevice, Error> {
        let today = clock::now().day();
        let device =
            device::find(office.store.readers(), handle, today).await?.ok_or(Error::Unauthenticated)?;
        if !proves(&device.public_key) || device.principal.device != DeviceStatus::Ok {
            return Err(Error::Unauthenticated);
        }
        self.let_in(&device.principal)?;
        Ok(device)
    }

    /// Lets a person in whose identity is proven, if they have the right this route is for.
    pub fn let_in(&self, person: &Principal) -> Result<(), Error> {
        if !admits(person, self.action, clock::now().day()) {
            return Err(Error::Forbidden);
        }
        self.admitted.store(true, Ordering::Relaxed);
        Ok(())
    }
}

impl<S: Sync> FromRequestParts<S> for Gate {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Gate, Error> {
        parts.extensions.get().cloned().ok_or(Error::Broken("a route without its guard"))
    }
}

/// Whether the door opens: for an exchange at once, for what is done somewhere if it may be done anywhere at all; each
/// dossier, person and place inside is judged again.
fn admits(principal: &Principal, action: Action, today: Day) -> bool {
    can(Some(principal), action, Resource::Office, today) || principal.may_somewhere(action, today)
}

/// Whether a route is everybody's.
fn is_public(action: Action, today: Day) -> bool {
    can(None, action, Resource::Public, today) || can(None, action, Resource::Office, today)
}

/// Stands before every route.
pub async fn guard(State(post): State<Post>, mut request: Request, next: Next) -> Response {
    if origin::foreign(request.method(), request.headers()) {
        return Error::Forbidden.into_response();
    }
    let Ok(place) = post.office.lanes.enter(post.rate) else { return Error::Busy.into_response() };
    let gate = Gate { action: post.action, admitted: Arc::default() };
    request.extensions_mut().insert(gate.clone());
    let response = next.run(request).await;
    drop(place);
    if is_public(post.action, clock::now().day())
        || gate.admitted.load(Ordering::Relaxed)
        || response.status().as_u16() >= 400
    {
        response
    } else {
        // The handler answered without asking who is there.
        Error::Forbidden.into_response()
    }
}
