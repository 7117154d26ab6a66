//! The phone's clock, its dice, and one alarm.

use std::cell::RefCell;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll};

use dossier::moment::Moment;
use js_sys::Function;
use sync::device::Input;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

use crate::global;
use crate::promise::settled;
use crate::shell::Shell;

/// Now, by the phone's own clock.
pub fn now() -> Moment {
    Moment(js_sys::Date::now() as i64)
}

/// Fresh random bytes.
pub fn roll() -> [u8; 32] {
    let mut bytes = [0; 32];
    global()
        .crypto()
        .and_then(|crypto| crypto.get_random_values_with_u8_array(&mut bytes))
        .expect("every browser with modules has a random source");
    bytes
}

/// A wait. Dropped, it takes its timer back.
pub struct Sleep {
    timer: Option<i32>,
    rings: JsFuture,
}

impl Sleep {
    /// Waits so many milliseconds from now.
    pub fn of(milliseconds: i32) -> Sleep {
        let mut timer = None;
        let rings = settled(|resolve, _| timer = set(&resolve, milliseconds));
        Sleep { timer, rings }
    }
}

impl Future for Sleep {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        Pin::new(&mut self.rings).poll(context).map(|_| ())
    }
}

impl Drop for Sleep {
    fn drop(&mut self) {
        if let Some(timer) = self.timer {
            global().clear_timeout_with_handle(timer);
        }
    }
}

/// Waits.
pub async fn sleep(milliseconds: i32) {
    Sleep::of(milliseconds).await;
}

fn set(ring: &Function, milliseconds: i32) -> Option<i32> {
    global().set_timeout_with_callback_and_timeout_and_arguments_0(ring, milliseconds).ok()
}

/// The one alarm of `Effect::Wake`: a new one replaces the old.
#[derive(Default)]
pub struct Alarm(RefCell<Option<Ring>>);

/// A timer and what it calls.
struct Ring {
    timer: i32,
    call: Closure<dyn FnMut()>,
}

impl Alarm {
    /// Sets the alarm.
    pub fn set(&self, shell: &Rc<Shell>, at: Moment) {
        // The longest timer a browser has is some 24 days; one that comes early only tries early.
        let delay = at.0.saturating_sub(now().0).clamp(0, i64::from(i32::MAX)) as i32;
        let shell = shell.clone();
        let call = Closure::<dyn FnMut()>::new(move || shell.tell(Input::Wake));
        let timer = set(call.as_ref().unchecked_ref(), delay);
        let before = self.0.replace(timer.map(|timer| Ring { timer, call }));
        if let Some(before) = before {
            global().clear_timeout_with_handle(before.timer);
            // It may be the one that is ringing now: freed after this turn, not under its feet.
            wasm_bindgen_futures::spawn_local(async move { drop(before.call) });
        }
    }
}
