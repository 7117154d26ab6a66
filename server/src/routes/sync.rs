//! `POST /sync`: one exchange. The frame's own signature says who is there; no cookie, no token.

use axum::body::Bytes;
use axum::extract::State;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use ed25519_dalek::VerifyingKey;
use sync::frame::up::Up;
use sync::frame::{self, sender};

use crate::access::Gate;
use crate::error::Error;
use crate::exchange;
use crate::metrics::Metrics;
use crate::office::Office;
use crate::store::device::KnownDevice;

/// Answers a frame with a frame.
pub async fn exchange(State(office): State<Office>, gate: Gate, body: Bytes) -> Result<Response, Error> {
    let (device, up) = admit(&office, &gate, &body).await?;
    let form = up.form;
    let down = exchange::exchange(&office, device, up).await?;
    Metrics::count(&office.metrics.exchanges);
    let headers = [(CONTENT_TYPE, frame::CONTENT_TYPE), (CACHE_CONTROL, "no-store")];
    Ok((headers, down.encode(form)).into_response())
}

/// Who sent this frame: its device is enrolled, its signature fits, its person may exchange.
pub async fn admit(office: &Office, gate: &Gate, body: &[u8]) -> Result<(KnownDevice, Up), Error> {
    let (handle, _) = sender(body).map_err(|_| Error::Unauthenticated)?;
    let mut read = None;
    let device = gate
        .admit(office, handle, |key| {
            let Ok(key) = VerifyingKey::from_bytes(key) else { return false };
            read = Up::decode(body, &key).ok();
            read.is_some()
        })
        .await?;
    let up = read.ok_or(Error::Unauthenticated)?;
    Ok((device, up))
}
