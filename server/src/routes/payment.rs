//! `POST /api/v1/payments/notice`: the gateway says what became of a payment. It proves itself by the key of payments.

use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use dossier::moment::Moment;
use serde::Serialize;

use crate::clock;
use crate::error::Error;
use crate::office::Office;
use crate::payment::gateway::{NOTICE, Word, signed};
use crate::payment::notice::{NotKept, keep};
use crate::payment::signature::Signed;

/// It is on the disk: the gateway need not say it again.
#[derive(Serialize)]
struct Kept {
    kept: bool,
}

/// `POST /api/v1/payments/notice`.
pub async fn notice(
    State(office): State<Office>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Error> {
    take(&office, &signed(&headers), &body, clock::now()).await
}

/// The answer to a notice that came now.
///
/// # Errors
/// There is no gateway; it is not the gateway's; it cannot be read; or the office's own.
pub async fn take(office: &Office, signed: &Signed, body: &[u8], now: Moment) -> Result<Response, Error> {
    let gateway = office.payments.gateway().ok_or(Error::NotFound)?;
    gateway.key.check(NOTICE, body, signed, now).map_err(|_| Error::Unauthenticated)?;
    let unread = |_| Error::Door(sync::door::DoorRefusal::Malformed);
    let word: Word = serde_json::from_slice(body).map_err(unread)?;
    Ok(match keep(office, &word, now).await? {
        Ok(()) => Json(Kept { kept: true }).into_response(),
        Err(NotKept::Unknown) => StatusCode::NOT_FOUND.into_response(),
        Err(NotKept::Amount) => StatusCode::UNPROCESSABLE_ENTITY.into_response(),
    })
}
