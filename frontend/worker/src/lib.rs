//! The device in a browser: the shell around `sync::device`. The state machine decides everything; this worker
//! keeps, sends, listens and tells the time as it is asked to, and tells it truthfully what came of it.

mod call;
mod carry;
mod clock;
mod door;
mod link;
mod listen;
mod lock;
mod name;
mod promise;
mod screen;
mod shell;
mod storage;
mod store;

use std::rc::Rc;

use dossier::talk::ToDevice;
use js_sys::{ArrayBuffer, Function, Reflect, Uint8Array};
use sync::device::Input;
use wasm_bindgen::prelude::*;
use web_sys::{DedicatedWorkerGlobalScope, Event, MessageEvent};

use crate::shell::Shell;

/// Starts the device. It listens to the page before anything is waited for, so that no word is lost.
#[wasm_bindgen(start)]
pub fn start() {
    std::panic::set_hook(Box::new(|_| die()));
    let shell = Rc::new(Shell::new());
    let global = global();

    let hearer = shell.clone();
    let on_message = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
        if let Some(said) = read(&event.data()) {
            hearer.hear(said);
        }
    });
    global.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
    on_message.forget();

    let hearer = shell.clone();
    let on_online = Closure::<dyn FnMut(Event)>::new(move |_| hearer.tell(Input::Nudge));
    // A browser that refuses the listener has no such event; the page's own nudges remain.
    let _ = global.add_event_listener_with_callback("online", on_online.as_ref().unchecked_ref());
    on_online.forget();

    lock::wait(&shell);
}

/// This worker's global object.
fn global() -> DedicatedWorkerGlobalScope {
    js_sys::global().unchecked_into()
}

/// What a page said; `None` for anything that is not ours.
fn read(data: &JsValue) -> Option<ToDevice> {
    let bytes = match data.dyn_ref::<Uint8Array>() {
        Some(bytes) => bytes.to_vec(),
        None => Uint8Array::new(data.dyn_ref::<ArrayBuffer>()?).to_vec(),
    };
    postcard::from_bytes(&bytes).ok()
}

/// The end of a worker whose memory can no longer be trusted. The page sees the error and starts another one;
/// nothing that was answered "saved" is in this memory alone.
fn die() {
    // No message of the panic: it could carry what a person typed.
    web_sys::console::error_1(&"The device stopped.".into());
    let global = global();
    if let Ok(close) = Reflect::get(&global, &"close".into()).and_then(|close| close.dyn_into::<Function>()) {
        // After this turn, so that the page still gets the error.
        let _ = global.set_timeout_with_callback_and_timeout_and_arguments_0(&close.bind0(&global), 0);
    }
}
