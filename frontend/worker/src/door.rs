//! At the door: JSON by fetch, one question at a time.

use std::cell::Cell;
use std::rc::Rc;

use serde::Serialize;
use serde::de::DeserializeOwned;
use sync::device::{DoorFailure, DoorReply, DoorRequest, Input};
use sync::door::DoorRefusal;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{
    AbortController, AbortSignal, RequestCache, RequestInit, RequestRedirect, Response, ResponseType,
};

use crate::global;
use crate::link::is;
use crate::promise::within;
use crate::shell::Shell;

/// So long the office may take: a password is hashed on purpose slowly, and the line may be too.
const PATIENCE: i32 = 60_000;
/// The content type of everything but frames.
pub const JSON: &str = "application/json";

/// Counts the questions: only the answer to the last one is of use, its key is the one the device remembers.
#[derive(Default)]
pub struct Door(Cell<u64>);

/// Asks, and tells the device the answer.
pub fn knock(shell: &Rc<Shell>, door: &Door, request: DoorRequest) {
    let serial = door.0.get() + 1;
    door.0.set(serial);
    let shell = shell.clone();
    spawn_local(async move {
        let reply = match request {
            DoorRequest::Enrol(request) => ask("/api/enrol", &request).await.map(DoorReply::Membership),
            DoorRequest::SignIn(request) => ask("/api/sign-in", &request).await.map(DoorReply::Membership),
            DoorRequest::Recover(request) => ask("/api/recover", &request).await.map(DoorReply::Recovered),
        };
        if shell.door().0.get() == serial {
            shell.tell(Input::Door(reply));
        }
    });
}

async fn ask<T: DeserializeOwned + 'static>(
    path: &'static str,
    request: &impl Serialize,
) -> Result<T, DoorFailure> {
    let body = serde_json::to_string(request).map_err(|_| DoorFailure::NotOurs)?;
    let stop = AbortController::new().map_err(|_| DoorFailure::Unreachable)?;
    let signal = stop.signal();
    let answered = Box::pin(async move {
        let response = post(path, JSON, &body.into(), &signal).await;
        read(response.map_err(|_| DoorFailure::Unreachable)?).await
    });
    within(PATIENCE, answered).await.unwrap_or_else(|_| {
        stop.abort();
        Err(DoorFailure::Unreachable)
    })
}

async fn read<T: DeserializeOwned>(response: Response) -> Result<T, DoorFailure> {
    // An opaque redirect is a portal's; so is everything that is not JSON.
    let kind = response.headers().get("content-type").ok().flatten().unwrap_or_default();
    let status = response.status();
    if response.type_() == ResponseType::Opaqueredirect || response.redirected() {
        return Err(DoorFailure::NotOurs);
    }
    if !is(&kind, JSON) {
        let busy = matches!(status, 429 | 500..=599);
        return Err(if busy { DoorFailure::Refused(DoorRefusal::Busy) } else { DoorFailure::NotOurs });
    }
    let text = response.text().map_err(|_| DoorFailure::Unreachable)?;
    let text = JsFuture::from(text).await.map_err(|_| DoorFailure::Unreachable)?;
    judge(status, &text.as_string().unwrap_or_default())
}

/// What a JSON answer comes to.
fn judge<T: DeserializeOwned>(status: u16, text: &str) -> Result<T, DoorFailure> {
    if (200..300).contains(&status) {
        return serde_json::from_str(text).map_err(|_| DoorFailure::NotOurs);
    }
    match serde_json::from_str(text) {
        Ok(refusal) => Err(DoorFailure::Refused(refusal)),
        Err(_) if matches!(status, 429 | 500..=599) => Err(DoorFailure::Refused(DoorRefusal::Busy)),
        Err(_) => Err(DoorFailure::NotOurs),
    }
}

/// `POST`, never cached, never following a redirect.
pub async fn post(path: &str, kind: &str, body: &JsValue, signal: &AbortSignal) -> Result<Response, JsValue> {
    let headers = web_sys::Headers::new()?;
    headers.set("content-type", kind)?;
    let init = RequestInit::new();
    init.set_method("POST");
    init.set_headers_headers(&headers);
    init.set_body(body);
    send(path, init, signal).await
}

/// Sends, never cached, never following a redirect.
pub async fn send(path: &str, init: RequestInit, signal: &AbortSignal) -> Result<Response, JsValue> {
    init.set_cache(RequestCache::NoStore);
    init.set_redirect(RequestRedirect::Manual);
    init.set_signal(Some(signal));
    JsFuture::from(global().fetch_with_str_and_init(path, &init)).await?.dyn_into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use sync::door::RecoverReply;

    #[test]
    fn a_refusal_of_the_office_is_told_apart_from_a_strange_answer() {
        let judged = |status, text: &str| judge::<RecoverReply>(status, text).map(|_| ()).unwrap_err();
        assert_eq!(judged(403, "\"BadPassword\""), DoorFailure::Refused(DoorRefusal::BadPassword));
        assert_eq!(judged(503, "{}"), DoorFailure::Refused(DoorRefusal::Busy));
        assert_eq!(judged(404, "{}"), DoorFailure::NotOurs);
        assert_eq!(judged(200, "{}"), DoorFailure::NotOurs);
    }

    #[test]
    fn an_answer_of_the_office_is_read() {
        assert!(judge::<RecoverReply>(200, "{\"data_key\":\"00\"}").is_ok());
    }
}
