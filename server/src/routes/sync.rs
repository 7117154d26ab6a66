//! `POST /sync`: one exchange. The frame's own signature says who is there; no cookie, no token.

use axum::body::Bytes;
use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use ed25519_dalek::VerifyingKey;
use sync::frame::up::{self, Up};
use sync::frame::{self, FrameError, sender};
use sync::wipe;

use crate::access::Gate;
use crate::copied;
use crate::error::Error;
use crate::exchange;
use crate::metrics::Metrics;
use crate::office::Office;
use crate::revoked;
use crate::store::device::KnownDevice;

/// Answers a frame with a frame.
pub async fn exchange(State(office): State<Office>, gate: Gate, body: Bytes) -> Result<Response, Error> {
    let (device, up) = match admit(&office, &gate, &body).await {
        Err(Error::Unauthenticated) => return dismiss(&office, &body).await,
        admitted => admitted?,
    };
    copied::single(&office, &device, &up).await?;
    let answer = exchange::exchange(&office, device, up).await?;
    Metrics::count(&office.metrics.exchanges);
    let headers = [(CONTENT_TYPE, frame::CONTENT_TYPE), (CACHE_CONTROL, "no-store")];
    Ok((headers, answer).into_response())
}

/// A revoked device is told so once what it brings is kept, a copied one that it is; everybody else is nobody.
async fn dismiss(office: &Office, body: &[u8]) -> Result<Response, Error> {
    let order = revoked::order(office, body).await?.ok_or(Error::Unauthenticated)?;
    let headers = [(CONTENT_TYPE, wipe::CONTENT_TYPE), (CACHE_CONTROL, "no-store")];
    Ok((StatusCode::GONE, headers, order).into_response())
}

/// Who sent this frame: its device is enrolled, its signature fits, its person may exchange.
pub async fn admit(office: &Office, gate: &Gate, body: &[u8]) -> Result<(KnownDevice, Up), Error> {
    let (handle, _) = sender(body).map_err(|_| Error::Unauthenticated)?;
    let mut read = Err(FrameError::Signature);
    let mut known_key = None;
    let device = gate
        .admit(office, handle, |key| {
            let Ok(key) = VerifyingKey::from_bytes(key) else { return false };
            known_key = Some(key);
            read = Up::decode(body, &key);
            // The signature comes first: a frame that lacks nothing but a dependency is this device's.
            matches!(read, Ok(_) | Err(FrameError::Dependency))
        })
        .await?;
    let up = match (read, known_key) {
        (Err(FrameError::Dependency), Some(key)) => {
            let named = up::dossiers(body).map_err(|_| Error::Unauthenticated)?;
            let here = exchange::histories_of(office, &device, named).await?;
            Up::decode_after(body, &key, &here)
        }
        (read, _) => read,
    };
    // A frame that follows on what is not here comes again as plain chunks.
    Ok((device, up.map_err(|_| Error::Unauthenticated)?))
}
