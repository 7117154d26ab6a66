//! Questions about people, devices and areas: one fetch each, several at once.

use std::rc::Rc;

use dossier::manage::Told;
use js_sys::Uint8Array;
use sync::device::Input;
use sync::request::{Call, CallFailure, read};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{AbortController, Headers, RequestInit, ResponseType};

use crate::door::{JSON, send};
use crate::link::is;
use crate::promise::within;
use crate::shell::Shell;

/// So long the office may take.
const PATIENCE: i32 = 30_000;

/// Asks, and tells the device the answer.
pub fn make(shell: &Rc<Shell>, id: u64, call: Call) {
    let shell = shell.clone();
    spawn_local(async move {
        let answer = ask(call).await;
        shell.tell(Input::Called { id, answer });
    });
}

async fn ask(call: Call) -> Result<Box<Told>, CallFailure> {
    let stop = AbortController::new().map_err(|_| CallFailure::Unreachable)?;
    let signal = stop.signal();
    let answered = Box::pin(async move {
        let init = init(&call).map_err(|_| CallFailure::NotOurs)?;
        let response = send(&call.path, init, &signal).await.map_err(|_| CallFailure::Unreachable)?;
        if response.type_() == ResponseType::Opaqueredirect || response.redirected() {
            return Err(CallFailure::NotOurs);
        }
        let kind = response.headers().get("content-type").ok().flatten().unwrap_or_default();
        let body = response.array_buffer().map_err(|_| CallFailure::Unreachable)?;
        let body = JsFuture::from(body).await.map_err(|_| CallFailure::Unreachable)?;
        read(response.status(), is(&kind, JSON), &Uint8Array::new(&body).to_vec())
    });
    within(PATIENCE, answered).await.unwrap_or_else(|_| {
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
        headers.set("content-type", JSON)?;
        init.set_body(&Uint8Array::from(&call.body[..]));
    }
    init.set_headers_headers(&headers);
    Ok(init)
}
