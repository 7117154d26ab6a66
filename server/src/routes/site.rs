//! The built files, as they lie in the site directory.

use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::header::CACHE_CONTROL;
use axum::http::{HeaderValue, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use tower::ServiceExt;
use tower_http::services::ServeDir;

use crate::error::Error;
use crate::office::Office;

/// Named by the hash of what is inside: the same name never means anything else.
const FOR_EVER: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");
/// Asked for again each time; an unchanged file costs a 304.
const ASK_AGAIN: HeaderValue = HeaderValue::from_static("no-cache");

/// `GET /{*file}`: a file, or 404. A missing file is never answered with a page: a cached page under the name of a
/// script would break the app until the cache is cleared.
pub async fn file(State(office): State<Office>, request: Request) -> Response {
    let hashed = request.uri().path().starts_with("/pkg/");
    serve(&office, request, if hashed { FOR_EVER } else { ASK_AGAIN }).await
}

/// The file of this name whatever was asked for.
pub async fn named(office: &Office, name: &'static str, mut request: Request) -> Response {
    *request.uri_mut() = Uri::from_static(name);
    serve(office, request, ASK_AGAIN).await
}

async fn serve(office: &Office, request: Request, cache: HeaderValue) -> Response {
    let files = ServeDir::new(&office.site).precompressed_br().append_index_html_on_directories(false);
    let Ok(response) = files.oneshot(request).await;
    match response.status() {
        StatusCode::OK | StatusCode::NOT_MODIFIED | StatusCode::PARTIAL_CONTENT => {
            let mut response = response.map(Body::new);
            response.headers_mut().insert(CACHE_CONTROL, cache);
            response
        }
        StatusCode::INTERNAL_SERVER_ERROR => {
            Error::Broken("the site directory cannot be read").into_response()
        }
        // A directory, a name nobody has, a name that leads out of the directory: one answer.
        _ => Error::NotFound.into_response(),
    }
}
