//! The page in a browser: the entry, the worker behind it, what the browser can do for a page, and its rhythm.
// A page is one type as deep as its elements nest; the compiler walks all of it for the layout.
#![recursion_limit = "512"]

mod abilities;
mod answer;
mod photo;
mod rhythm;
mod worker;

use std::panic::Location;

use app::DeviceApp;
use app::browser::{Abilities, Browser, Setting, Theme};
use app::clock::Clock;
use app::device::Device;
use app::live::RwSignal;
use dossier::view::{Stage, View};
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
    let began = rhythm::now();
    std::panic::set_hook(Box::new(move |info| fell(info.location(), began)));
    mount_to_body(device_page);
    abilities::register_service_worker();
}

/// A page that stood shorter than this before it fell would fall again at once, milliseconds.
const STEADY: i64 = 10_000;

/// The end of a page whose memory can no longer be trusted: it is opened again, on its lock, rather than left standing
/// with dead buttons. What was typed up to the last pause is kept.
fn fell(at: Option<&Location<'_>>, began: i64) {
    // The place, never the message: that could carry what a person typed.
    let at = at.map(ToString::to_string).unwrap_or_default();
    leptos::logging::error!("The page stopped: {at}");
    if rhythm::now() - began > STEADY {
        // A browser that does not reload leaves the page as it is: nothing more can be done from here.
        let _ = window().location().reload();
    }
}

fn device_page() -> impl IntoView {
    let (view, show) = signal(View::default());
    let worker = Office::open(show);
    let asked = worker.clone();
    let device = Device::new(view, Box::new(move |intent| asked.ask(intent)));
    let here = Here::new(worker.clone());
    here.wear(Theme::from_code(&here.kept(Setting::Theme)));
    if here.kept(Setting::Joined).is_empty() {
        // The worker is more than half of what must be fetched, and a first visit has nothing for it to open: a person
        // types the invitation meanwhile. What is asked early waits for the worker.
        show.update(|view| view.stage = Stage::Fresh);
    }
    let phone = RwSignal::new(rhythm::now());
    provide_context(device);
    let browser = Browser::new(here);
    remember_joining(device, browser);
    provide_context(browser);
    provide_context(Clock::new(phone.into(), device));
    rhythm::run(device, worker, phone);
    view! { <DeviceApp/> }
}

fn remember_joining(device: Device, browser: Browser) {
    let joined = device.slice(|view| {
        !matches!(view.stage, Stage::Starting | Stage::Fresh | Stage::Elsewhere | Stage::Broken(_))
    });
    Effect::new(move |_| {
        if joined.get() {
            browser.with(|browser| browser.keep(Setting::Joined, "1"));
        }
    });
}
