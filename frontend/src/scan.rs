//! Reading codes with the camera: the browser's own `BarcodeDetector`, which web-sys has only behind a compiler flag. A
//! decoder brought along would cost more than the page may weigh; where the browser has none, codes are typed.

use std::cell::Cell;
use std::rc::Rc;

use js_sys::{Array, Function, Object, Promise, Reflect};
use leptos::prelude::{document, request_animation_frame, window};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{HtmlElement, VisibilityState};

/// The pause between two looks, in milliseconds.
const PAUSE: i32 = 200;
/// What reads codes.
const DETECTOR: &str = "BarcodeDetector";

fn get(of: &JsValue, name: &str) -> Result<JsValue, JsValue> {
    Reflect::get(of, &name.into())
}

/// Calls a method.
fn call(of: &JsValue, name: &str, with: &Array) -> Result<JsValue, JsValue> {
    get(of, name)?.dyn_into::<Function>()?.apply(of, with)
}

async fn done(promise: JsValue) -> Result<JsValue, JsValue> {
    JsFuture::from(promise.dyn_into::<Promise>()?).await
}

/// Whether this browser has both a camera to ask for and something that reads codes.
pub fn is_there() -> bool {
    let devices = get(&window().navigator(), "mediaDevices");
    devices.is_ok_and(|devices| devices.is_object())
        && get(&window(), DETECTOR).is_ok_and(|it| it.is_function())
}

/// Begins; what is returned gives the camera back.
pub fn begin(video: String, then: Box<dyn Fn(Option<String>) -> bool>) -> Box<dyn FnOnce()> {
    let over = Rc::new(Cell::new(false));
    let watched = over.clone();
    // The element may only come with the drawing that is under way.
    request_animation_frame(move || {
        spawn_local(async move {
            if look(&video, &watched, &then).await.is_err() {
                then(None);
            }
        });
    });
    Box::new(move || over.set(true))
}

/// Looks until it is enough. The camera is given back whichever way it ends.
async fn look(video: &str, over: &Cell<bool>, then: &dyn Fn(Option<String>) -> bool) -> Result<(), JsValue> {
    let [wish, camera, kinds] = [(); 3].map(|()| Object::new());
    Reflect::set(&camera, &"facingMode".into(), &"environment".into())?;
    Reflect::set(&wish, &"video".into(), &camera)?;
    Reflect::set(&kinds, &"formats".into(), &Array::of1(&"qr_code".into()))?;
    let detector: Function = get(&window(), DETECTOR)?.dyn_into()?;
    let detector = Reflect::construct(&detector, &Array::of1(&kinds))?;
    let devices = get(&window().navigator(), "mediaDevices")?;
    let stream = done(call(&devices, "getUserMedia", &Array::of1(&wish))?).await?;
    let looked = watch(video, &stream, &detector, over, then).await;
    for track in call(&stream, "getTracks", &Array::new())?.dyn_into::<Array>()?.iter() {
        let _ = call(&track, "stop", &Array::new());
    }
    looked
}

async fn watch(
    video: &str,
    stream: &JsValue,
    detector: &JsValue,
    over: &Cell<bool>,
    then: &dyn Fn(Option<String>) -> bool,
) -> Result<(), JsValue> {
    let Some(video) = document().get_element_by_id(video) else { return Ok(()) };
    let video: HtmlElement = video.dyn_into()?;
    Reflect::set(&video, &"srcObject".into(), stream)?;
    done(call(&video, "play", &Array::new())?).await?;
    // A page out of sight, or one that is gone, looks no more.
    while !over.get() && video.is_connected() {
        if document().visibility_state() == VisibilityState::Hidden {
            return Err(JsValue::UNDEFINED);
        }
        // A picture that is not there yet is no fault.
        let seen = done(call(detector, "detect", &Array::of1(&video))?).await;
        for code in seen.ok().and_then(|seen| seen.dyn_into::<Array>().ok()).iter().flat_map(Array::iter) {
            let text = get(&code, "rawValue")?.as_string().unwrap_or_default();
            if !over.get() && then(Some(text)) {
                return Ok(());
            }
        }
        let pause = Promise::new(&mut |resolve, _| {
            let _ = window().set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, PAUSE);
        });
        let _ = JsFuture::from(pause).await;
    }
    Ok(())
}
