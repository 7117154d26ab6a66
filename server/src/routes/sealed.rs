//! `POST /sealed`: sealed copies of saves, carried by whoever is in contact. The carrier proves nothing and learns
//! nothing but which copies lie at the office now, and which of the devices it names are revoked; every copy proves itself
//! by the signature inside.

use axum::body::Bytes;
use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use sync::sealed::{self, Told};

use crate::error::Error;
use crate::handed;
use crate::office::Office;
use crate::revoked;

/// Takes what can be taken.
pub async fn take(State(office): State<Office>, body: Bytes) -> Result<Response, Error> {
    let Ok((copies, question)) = sealed::unbundle(&body) else {
        return Ok((StatusCode::BAD_REQUEST, "Không đọc được.").into_response());
    };
    let fates = handed::take(&office, &copies).await?;
    let answer = match question {
        Some(question) => {
            let orders = revoked::orders(&office, &question).await?;
            sealed::answer_asked(&Told { fates, orders })
        }
        None => sealed::answer(&fates),
    };
    let headers = [(CONTENT_TYPE, sealed::CONTENT_TYPE), (CACHE_CONTROL, "no-store")];
    Ok((headers, answer).into_response())
}
