//! The page in a browser: the entry, the worker behind it, what the browser can do for a page, and its rhythm.
// A page is one type as deep as its elements nest; the compiler walks all of it for the layout.
#![recursion_limit = "512"]

mod abilities;
mod answer;
mod rhythm;
mod worker;

use app::DeviceApp;
use app::browser::{Abilities, Browser, Setting, Theme};
use app::clock::Clock;
use app::device::Device;
use app::live::RwSignal;
use dossier::view::View;
use leptos::mount::mount_to_body;
use leptos::prelude::*;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::abilities::Here;
use crate::worker::Office;

/// Starts the page: the static shell is filled. Public pages come whole from the server and load no script: the code
/// that would hydrate them is a third of the artefact (measured: 437 KB against 290 KB brotli), and they have
/// nothing to wake up.
#[wasm_bindgen(start)]
pub fn start() {
    mount_to_body(device_page);
    abilities::register_service_worker();
}

fn device_page() -> impl IntoView {
    let (view, show) = signal(View::default());
    let worker = Office::open(show);
    let asked = worker.clone();
    let device = Device::new(view, Box::new(move |intent| asked.ask(intent)));
    let here = Here::new(worker.clone());
    here.wear(Theme::from_code(&here.kept(Setting::Theme)));
    let phone = RwSignal::new(rhythm::now());
    provide_context(device);
    provide_context(Browser::new(here));
    provide_context(Clock::new(phone.into(), device));
    rhythm::run(device, worker, phone);
    view! { <DeviceApp/> }
}
