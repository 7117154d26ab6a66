//! The rhythm of a page: its clock, keeping what is typed, trying again when a network may be there, locking when
//! nobody touches it.

use std::cell::Cell;
use std::rc::Rc;
use std::time::Duration;

use app::device::Device;
use app::live::RwSignal;
use dossier::intent::{Answer, Intent};
use dossier::moment::Moment;
use dossier::talk::ToDevice;
use dossier::view::Stage;
use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::VisibilityState;

use crate::worker::Office;

/// How often the clock of the page moves.
const TICK: Duration = Duration::from_secs(10);
/// How often it moves on a locked phone: who mistyped the PIN counts the seconds.
const SECOND: Duration = Duration::from_secs(1);
/// The pause in typing after which it is kept.
const IDLE: Duration = Duration::from_millis(300);
/// How long a phone may lie untouched before it locks itself.
const UNTOUCHED_MS: i64 = 15 * 60_000;
/// The same for a device that several people use: who lays it down must not lend their name to who picks it up.
const UNTOUCHED_SHARED_MS: i64 = 2 * 60_000;
/// What is looked at and not touched: the picture of a camera, and codes shown to one. While it is there a device of
/// several people waits as long as a phone.
const LOOKED_AT: &str = "video, .reel";

/// The phone's own clock, milliseconds since 1970.
pub fn now() -> i64 {
    js_sys::Date::now() as i64
}

/// Sets it all going.
pub fn run(device: Device, worker: Office, phone: RwSignal<i64>) {
    keep_typing(device);
    count_seconds(device, phone);
    let touched = Rc::new(Cell::new(now()));
    let by_finger = touched.clone();
    listen(ev::pointerdown, move || by_finger.set(now()));
    let by_key = touched.clone();
    listen(ev::keydown, move || by_key.set(now()));
    let beat = move || {
        phone.set(now());
        let (open, shared) = device
            .view()
            .with_untracked(|view| (matches!(view.stage, Stage::Open(_) | Stage::Asking(_)), view.shared));
        let looked_at = || document().query_selector(LOOKED_AT).is_ok_and(|found| found.is_some());
        let most = if shared && !looked_at() { UNTOUCHED_SHARED_MS } else { UNTOUCHED_MS };
        if open && now() - touched.get() > most {
            keep(device);
            device.tell(Intent::Lock);
        }
    };
    let on_tick = beat.clone();
    every(TICK, on_tick);
    let back = worker.clone();
    listen(ev::online, move || back.tell(&ToDevice::Nudge));
    document_visibility(move |visible| {
        if visible {
            beat();
            worker.tell(&ToDevice::Nudge);
        } else {
            keep(device);
        }
    });
}

fn document_visibility(of: impl Fn(bool) + 'static) {
    // `visibilitychange` bubbles from the document to the window.
    listen(ev::visibilitychange, move || of(document().visibility_state() == VisibilityState::Visible));
}

/// Listens as long as the page stands: another may take its place in the same window.
fn listen<E: ev::EventDescriptor + 'static>(event: E, then: impl Fn() + 'static)
where
    E::EventType: JsCast,
{
    let handle = window_event_listener(event, move |_| then());
    on_cleanup(move || handle.remove());
}

/// Does it again and again as long as the page, or the state it belongs to, stands.
fn every(pause: Duration, what: impl Fn() + 'static) {
    let handle = set_interval_with_handle(what, pause).ok();
    on_cleanup(move || {
        if let Some(handle) = handle {
            handle.clear();
        }
    });
}

/// Moves the clock every second while the phone is locked.
fn count_seconds(device: Device, phone: RwSignal<i64>) {
    let locked = device.slice(|view| matches!(view.stage, Stage::Locked { .. }));
    Effect::new(move |_| {
        if locked.get() {
            phone.set(now());
            every(SECOND, move || phone.set(now()));
        }
    });
}

/// Keeps what is typed whenever the typing pauses.
fn keep_typing(device: Device) {
    Effect::new(move |_| {
        let typed = device.typing().with(Option::is_some);
        let timer = typed.then(|| set_timeout_with_handle(move || keep(device), IDLE).ok()).flatten();
        on_cleanup(move || {
            if let Some(timer) = timer {
                timer.clear();
            }
        });
    });
}

/// Keeps what is typed now.
fn keep(device: Device) {
    let Some(draft) = device.typing().update_untracked(Option::take) else { return };
    let pending = device.ask(draft.clone().keeping());
    leptos::task::spawn_local(async move {
        match pending.await {
            Answer::Done => {
                let offset = device.view().with_untracked(|view| view.clock_offset);
                device.kept().set(Some(Moment(now() + offset)));
            }
            Answer::Refused(refusal) => {
                // Typed since then is newer; otherwise it waits for the next pause.
                device.typing().update_untracked(|typing| {
                    typing.get_or_insert(draft);
                });
                device.kept().set(None);
                device.refuse(refusal);
            }
            _ => {}
        }
    });
}
