//! `POST /sealed`: sealed copies of saves, carried by whoever is in contact. The carrier proves nothing and learns
//! nothing but which copies lie at the office now; every copy proves itself by the signature inside.

use axum::body::Bytes;
use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use sync::sealed;

use crate::error::Error;
use crate::handed;
use crate::office::Office;

/// Takes what can be taken.
pub async fn take(State(office): State<Office>, body: Bytes) -> Result<Response, Error> {
    let Ok(copies) = sealed::unbundle(&body) else {
        return Ok((StatusCode::BAD_REQUEST, "Không đọc được.").into_response());
    };
    let fates = handed::take(&office, &copies).await?;
    let headers = [(CONTENT_TYPE, sealed::CONTENT_TYPE), (CACHE_CONTROL, "no-store")];
    Ok((headers, sealed::answer(&fates)).into_response())
}
