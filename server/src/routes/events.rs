//! `POST /events`: hints for an open page. Each is a log number and nothing else; a missed one costs nothing,
//! because the exchange asks for everything newer anyway.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::body::Bytes;
use axum::extract::State;
use axum::http::header::CACHE_CONTROL;
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use futures_util::{StreamExt as _, stream};
use tokio::sync::broadcast::error::RecvError;

use super::sync::admit;
use crate::access::Gate;
use crate::clock;
use crate::error::Error;
use crate::exchange::{Listener, News, is_behind};
use crate::office::Office;

/// Networks on the way cut what is silent for half a minute.
const ALIVE: Duration = Duration::from_secs(25);

/// Streams hints until the office closes.
pub async fn listen(State(office): State<Office>, gate: Gate, body: Bytes) -> Result<Response, Error> {
    let (device, up) = admit(&office, &gate, &body).await?;
    let listener = Arc::new(Listener::of(&device.principal, clock::now().day()));
    let place = office.lanes.stream(up.handle).map_err(|_| Error::Busy)?;
    let hints = office.writer.listen();
    // What was committed between the device's last exchange and this stream would be hinted to nobody.
    let behind = is_behind(&office, &device.principal, &up).await?;
    let first = behind.then(|| Ok::<_, Infallible>(Event::default().data("0")));
    let stream = stream::unfold((hints, office, place), move |(mut hints, office, mut place)| {
        let listener = listener.clone();
        async move {
            loop {
                let hint = tokio::select! {
                    hint = hints.recv() => hint,
                    () = office.closed() => return None,
                    _ = &mut place.replaced => return None,
                };
                let number = match hint {
                    // The device asks anew, as who it is now.
                    Ok(News::Territory) => return None,
                    Ok(news) => match listener.hears(news) {
                        Some(number) => number,
                        None => continue,
                    },
                    // Too far behind to be told each one: fetch anyway.
                    Err(RecvError::Lagged(_)) => 0,
                    Err(RecvError::Closed) => return None,
                };
                let event = Event::default().data(number.to_string());
                return Some((Ok::<_, Infallible>(event), (hints, office, place)));
            }
        }
    });
    let hints = Sse::new(stream::iter(first).chain(stream)).keep_alive(KeepAlive::new().interval(ALIVE));
    // By itself it would say `no-cache`, which lets somebody keep it.
    Ok(([(CACHE_CONTROL, "no-store")], hints).into_response())
}
