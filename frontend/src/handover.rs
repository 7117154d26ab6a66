//! From one page to the next in the same window: the phone's page fetches the desk's, gives it the device as open as it
//! is, and is gone. Nobody types a PIN twice, and the worker, in whose memory the open vault is, goes on.
//!
//! The boot script holds the addresses of the desk's module and starts it when it is asked to; both pages find each other
//! under two names on the window.

use dossier::view::View;
use js_sys::{Array, Function, Promise, Reflect, Uint8Array};
use leptos::prelude::window;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::Worker;

/// What the boot script starts the desk with; it gives a promise.
const START: &str = "bkOpenDesk";
/// How the page that stands there is made to go; it gives what [`Left`] holds.
const LEAVE: &str = "bkLeave";

/// What a page leaves to the one that takes its place.
pub struct Left {
    /// The worker, with whatever is open in it.
    pub worker: Worker,
    /// The number of the last question: an answer that is still on its way must not be taken for another's.
    pub seq: u32,
    /// What the device showed last.
    pub view: View,
}

impl Left {
    fn to_js(&self) -> JsValue {
        let view = postcard::to_allocvec(&self.view).unwrap_or_default();
        Array::of3(&self.worker, &self.seq.into(), &Uint8Array::from(view.as_slice())).into()
    }

    fn from_js(value: JsValue) -> Option<Left> {
        let [worker, seq, view]: [JsValue; 3] = value.dyn_into::<Array>().ok()?.to_vec().try_into().ok()?;
        let view = postcard::from_bytes(&view.dyn_into::<Uint8Array>().ok()?.to_vec()).ok()?;
        Some(Left { worker: worker.dyn_into().ok()?, seq: seq.as_f64()? as u32, view })
    }
}

/// Starts the desk's page. `leave` is called by it once it stands in memory, and makes this page go; it gives nothing when
/// there is nothing to give.
///
/// # Errors
/// When the desk cannot be had: this page stays.
pub async fn open_desk(leave: impl FnOnce() -> Option<Left> + 'static) -> Result<(), JsValue> {
    let leave = Closure::once_into_js(move || leave().map_or(JsValue::NULL, |left| left.to_js()));
    Reflect::set(&window(), &LEAVE.into(), &leave)?;
    let start: Function = Reflect::get(&window(), &START.into())?.dyn_into()?;
    let started: Promise = start.call0(&JsValue::UNDEFINED)?.dyn_into()?;
    let outcome = JsFuture::from(started).await;
    if outcome.is_err() {
        Reflect::delete_property(&window(), &LEAVE.into())?;
    }
    outcome.map(drop)
}

/// Makes the page that stands there go, and gives what it left; nothing when this page is the first.
pub fn take() -> Option<Left> {
    let leave: Function = Reflect::get(&window(), &LEAVE.into()).ok()?.dyn_into().ok()?;
    // Once: what is left is left to one page.
    let _ = Reflect::delete_property(&window(), &LEAVE.into());
    Left::from_js(leave.call0(&JsValue::UNDEFINED).ok()?)
}
