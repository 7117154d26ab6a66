//! Questions about people, devices and areas: one fetch each, several at once.

use std::rc::Rc;

use dossier::moment::Moment;
use js_sys::Uint8Array;
use sync::device::Input;
use sync::request::{Call, CallFailure, Heard, read};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{AbortController, Headers, RequestInit, ResponseType};

use crate::door::{JSON, send};
use crate::link::is;
use crate::promise::within;
use crate::shell::Shell;

/// So long the office may take, in milliseconds, besides a millisecond for each byte of the body: 2G is slow.
const PATIENCE: i32 = 30_000;

/// Asks, and tells the device the answer.
pub fn make(shell: &Rc<Shell>, id: u64, call: Call) {
    let shell = shell.clone();
    spawn_local(async move {
        let answer = fetch(call).await.and_then(|heard| read(&heard)).map(Box::new);
        shell.tell(Input::Called { id, answer });
    });
}

/// Makes a request of the device's own.
pub fn run(shell: &Rc<Shell>, id: u64, call: Call) {
    let shell = shell.clone();
    spawn_local(async move {
        let heard = fetch(call).await;
        shell.tell(Input::Errand { id, heard });
    });
}

async fn fetch(call: Call) -> Result<Heard, CallFailure> {
    let stop = AbortController::new().map_err(|_| CallFailure::Unreachable)?;
    let signal = stop.signal();
    let patience = PATIENCE.saturating_add(i32::try_from(call.body.len()).unwrap_or(i32::MAX));
    let answered = Box::pin(async move {
        let init = init(&call).map_err(|_| CallFailure::NotOurs)?;
        let response = send(&call.path, init, &signal).await.map_err(|_| CallFailure::Unreachable)?;
        if response.type_() == ResponseType::Opaqueredirect || response.redirected() {
            return Err(CallFailure::NotOurs);
        }
        let header = |name: &str| response.headers().get(name).ok().flatten();
        let kind = header("content-type").unwrap_or_default();
        let at = header("date").map(|date| js_sys::Date::parse(&date)).filter(|at| at.is_finite());
        let body = response.array_buffer().map_err(|_| CallFailure::Unreachable)?;
        let body = JsFuture::from(body).await.map_err(|_| CallFailure::Unreachable)?;
        Ok(Heard {
            status: response.status(),
            json: is(&kind, JSON),
            body: Uint8Array::new(&body).to_vec(),
            at: at.map(|at| Moment(at as i64)),
        })
    });
    within(patience, answered).await.unwrap_or_else(|_| {
        stop.abort();
        Err(CallFailure::Unreachable)
    })
}

fn init(call: &Call) -> Result<RequestInit, JsValue> {
    let headers = Headers::new()?;
    headers.set("authorization", &call.authorization)?;
    let init = RequestInit::new();
    init.set_method(call.method);
    if !call.body.is_empty() {
        headers.set("content-type", call.content_type())?;
        init.set_body(&Uint8Array::from(&call.body[..]));
    }
    init.set_headers_headers(&headers);
    Ok(init)
}
