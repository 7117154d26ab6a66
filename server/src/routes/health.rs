//! Whether the office lives, whether it takes filings, and its figures.

use std::time::{Duration, Instant};

use axum::extract::State;
use axum::http::header::CONTENT_TYPE;
use axum::response::IntoResponse;

use crate::error::Error;
use crate::office::Office;
use crate::store::Store;

/// `GET /healthz`: the process answers.
pub async fn alive() -> &'static str {
    "ok\n"
}

/// `GET /readyz`: the database takes a write.
pub async fn ready(State(office): State<Office>) -> Result<&'static str, Error> {
    if office.pulse.beats(&office.store).await { Ok("ok\n") } else { Err(Error::Busy) }
}

/// `GET /metrics`: figures that name nobody.
pub async fn metrics(State(office): State<Office>) -> impl IntoResponse {
    ([(CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")], office.metrics.text())
}

/// Whether the database took a write a moment ago. Anybody may ask, so asking often must not cost a write each time.
#[derive(Default)]
pub struct Pulse(tokio::sync::Mutex<Option<(Instant, bool)>>);

impl Pulse {
    const FRESH: Duration = Duration::from_secs(1);

    async fn beats(&self, store: &Store) -> bool {
        let mut last = self.0.lock().await;
        if let Some((at, beat)) = *last
            && at.elapsed() < Pulse::FRESH
        {
            return beat;
        }
        let beat = match store.writable().await {
            Ok(()) => true,
            Err(cause) => {
                tracing::error!(%cause, "the database takes no write");
                false
            }
        };
        *last = Some((Instant::now(), beat));
        beat
    }
}
