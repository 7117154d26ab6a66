//! `POST /api/sms`: the gateway brings a text message in, and is told what to answer. It proves itself by a secret of its own.

use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::HeaderMap;
use serde::{Deserialize, Serialize};
use subtle::ConstantTimeEq as _;

use crate::client::Client;
use crate::clock;
use crate::error::Error;
use crate::message::gateway::SECRET;
use crate::message::inbound;
use crate::office::Office;
use crate::throttle::Knock;

/// What the gateway brings.
#[derive(Deserialize)]
pub struct Incoming {
    /// The telephone it came from.
    from: String,
    /// What it says.
    text: String,
}

/// What it is to answer.
#[derive(Serialize)]
pub struct Answer {
    /// The words; none: it answers nothing.
    reply: Option<String>,
}

/// `POST /api/sms`.
pub async fn take(
    State(office): State<Office>,
    client: Client,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Json<Answer>, Error> {
    let line = office.messages.line().and_then(|line| line.inbound.as_ref()).ok_or(Error::NotFound)?;
    let knock = Knock::with_code(&office.keys, client.address);
    let wait = knock.wait(&office.store, clock::now()).await?;
    if wait > 0 {
        return Err(Error::Slow(wait));
    }
    let shown = headers.get(SECRET).map(|value| value.as_bytes()).unwrap_or_default();
    if !bool::from(shown.ct_eq(line.as_bytes())) {
        knock.failed(&office.store, clock::now()).await?;
        return Err(Error::Unauthenticated);
    }
    let unread = |_| Error::Door(sync::door::DoorRefusal::Malformed);
    let Incoming { from, text } = serde_json::from_slice(&body).map_err(unread)?;
    let reply = inbound::answer(&office, &from, &text).await?;
    Ok(Json(Answer { reply }))
}
