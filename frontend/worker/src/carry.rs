//! `POST /sealed`: by fetch, nobody watches its bytes go. The device numbers the rounds, so a late answer to an old
//! one is told and passed over there.

use std::rc::Rc;

use js_sys::Uint8Array;
use sync::device::{Input, Reply};
use sync::sealed::CONTENT_TYPE;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{AbortController, AbortSignal, ResponseType};

use crate::door;
use crate::link::Head;
use crate::promise::within;
use crate::shell::Shell;

const PATH: &str = "/sealed";
/// So long a round may take: 256 KiB over a line of 2G.
const PATIENCE: i32 = 115_000;

/// Carries, and tells the device what came back.
pub fn post(shell: &Rc<Shell>, id: u64, body: Vec<u8>) {
    let shell = shell.clone();
    spawn_local(async move {
        let reply = match AbortController::new() {
            Ok(stop) => {
                let asked = Box::pin(ask(body, stop.signal()));
                within(PATIENCE, asked).await.unwrap_or_else(|_| {
                    stop.abort();
                    Ok(Reply::Unreachable)
                })
            }
            Err(missing) => Err(missing),
        };
        shell.tell(Input::Carried { id, reply: reply.unwrap_or(Reply::Unreachable) });
    });
}

async fn ask(body: Vec<u8>, signal: AbortSignal) -> Result<Reply, JsValue> {
    let response = door::post(PATH, CONTENT_TYPE, &Uint8Array::from(&body[..]).into(), &signal).await?;
    let header = |name: &str| response.headers().get(name).ok().flatten();
    if response.type_() == ResponseType::Opaqueredirect || response.redirected() {
        return Ok(Reply::NotOurs);
    }
    let head = Head::read(response.status(), false, CONTENT_TYPE, header);
    if let Some(reply) = head.reply() {
        return Ok(reply);
    }
    let bytes = JsFuture::from(response.array_buffer()?).await?;
    Ok(Reply::Frame(Uint8Array::new(&bytes).to_vec()))
}
