//! Logs: JSON lines without a login, a name, a number or an address. A request is named by the pattern of its route,
//! an account by a mark that only the office's own key can make.

use std::sync::atomic::Ordering;
use std::time::Instant;

use axum::extract::{MatchedPath, Request, State};
use axum::middleware::Next;
use axum::response::Response;
use tracing_subscriber::EnvFilter;

use crate::metrics::Metrics;
use crate::office::Office;

/// Sends log lines to standard error; `RUST_LOG` says which, information and worse otherwise. Automerge makes a span for
/// every column of every change it reads: they would cost as much as reading.
pub fn start() {
    let filter =
        EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info,sqlx=warn,automerge=warn"));
    let started =
        tracing_subscriber::fmt().json().with_env_filter(filter).with_writer(std::io::stderr).try_init();
    // Somebody who embeds the office has a subscriber of their own: theirs stays.
    drop(started);
}

/// Counts and logs one request.
pub async fn request(State(office): State<Office>, request: Request, next: Next) -> Response {
    let begun = Instant::now();
    let method = request.method().clone();
    let route = request.extensions().get::<MatchedPath>().cloned();
    let response = next.run(request).await;
    let status = response.status();
    Metrics::count(&office.metrics.requests);
    if status.is_server_error() {
        office.metrics.failures.fetch_add(1, Ordering::Relaxed);
    }
    tracing::info!(
        %method,
        route = route.as_ref().map_or("-", MatchedPath::as_str),
        status = status.as_u16(),
        ms = begun.elapsed().as_millis() as u64,
        "answered"
    );
    response
}
