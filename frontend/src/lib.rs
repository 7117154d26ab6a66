//! A page in a browser: its opening, the worker behind it, what the browser can do for it, and its rhythm. Two artefacts
//! are made of it, `phone` and `officer`.
// A page is one type as deep as its elements nest; the compiler walks all of it for the layout.
#![recursion_limit = "512"]

mod abilities;
mod answer;
mod handover;
mod photo;
mod push;
mod rhythm;
mod scan;
mod worker;

use std::cell::RefCell;
use std::panic::Location;
use std::rc::Rc;

use app::DeviceApp;
use app::browser::{Abilities, Browser, Setting, Theme};
use app::clock::Clock;
use app::device::Device;
use app::live::RwSignal;
use dossier::view::{Stage, View};
use leptos::mount::mount_to;
use leptos::prelude::*;

use crate::abilities::{Here, Leave};
use crate::handover::Left;
use crate::worker::Office;

/// Opens the device's pages in this window: the first, or in the place of the page that called this one.
pub fn open(pages: fn() -> AnyView) {
    let began = rhythm::now();
    std::panic::set_hook(Box::new(move |info| fell(info.location(), began)));
    // What stands there goes before anything of this page is made: both would answer the same events.
    let left = handover::take();
    let Some(body) = document().body() else { return };
    let owner = Owner::new();
    let standing = Rc::new(RefCell::new(None::<Box<dyn FnOnce()>>));
    let going = standing.clone();
    let handle = owner.with(move || mount_to(body, move || device_page(pages, left, going)));
    *standing.borrow_mut() = Some(Box::new(move || {
        drop(handle);
        owner.cleanup();
    }));
    abilities::register_service_worker();
}

/// Keeps the desk on this device: it opens with the desk's pages from now on, without a network too.
pub fn keep_desk() {
    abilities::keep(Setting::Desk, "1");
    abilities::keep_desk_files();
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

/// What takes a page down, once it stands.
type Standing = Rc<RefCell<Option<Box<dyn FnOnce()>>>>;

fn device_page(pages: fn() -> AnyView, left: Option<Left>, standing: Standing) -> impl IntoView {
    let (view, show) = signal(View::default());
    let first = left.is_none();
    let worker = match left {
        Some(left) => Office::take_over(left, show),
        None => Office::open(show),
    };
    let asked = worker.clone();
    let device = Device::new(view, Box::new(move |intent| asked.ask(intent)));
    let here = Here::new(worker.clone(), leaving(device, worker.clone(), standing));
    here.wear(Theme::from_code(&here.kept(Setting::Theme)));
    if first && here.kept(Setting::Joined).is_empty() {
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
    view! { <DeviceApp pages/> }
}

/// How this page goes: what is typed is kept, the worker is let go of, everything of this page ends. A page that is gone
/// has nothing to say: whatever still stops in its memory is silent, and reloads nobody's page.
fn leaving(device: Device, worker: Office, standing: Standing) -> Leave {
    Rc::new(move || {
        if let Some(draft) = device.typing().update_untracked(Option::take) {
            drop(device.ask(draft.keeping()));
        }
        let view = device.view().get_untracked();
        let worker = worker.leave();
        std::panic::set_hook(Box::new(|_| {}));
        let take_down = standing.borrow_mut().take();
        if let Some(take_down) = take_down {
            take_down();
        }
        worker.map(|(worker, seq)| Left { worker, seq, view })
    })
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
