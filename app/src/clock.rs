//! The corrected clock: the phone's now plus what the office's clock differs. Never trusted to block anything.

use dossier::moment::{Day, MinuteOfDay, Moment};
use leptos::prelude::*;

use crate::device::Device;
use crate::live::{Memo, Signal};

/// The clock of this page; a handle that copies.
#[derive(Clone, Copy)]
pub struct Clock {
    phone: Signal<i64>,
    offset: Memo<i64>,
}

impl Clock {
    /// A clock over the phone's milliseconds since 1970, which the browser's entry moves every ten seconds, and every
    /// second on a locked phone.
    pub fn new(phone: Signal<i64>, device: Device) -> Clock {
        Clock { phone, offset: device.slice(|view| view.clock_offset) }
    }

    /// The clock of this page.
    pub fn here() -> Clock {
        expect_context::<Clock>()
    }

    /// Now; a page that reads it is drawn again as time goes.
    pub fn now(self) -> Moment {
        Moment(self.phone.get().saturating_add(self.offset.get()))
    }

    /// Now, once.
    pub fn now_once(self) -> Moment {
        Moment(self.phone.get_untracked().saturating_add(self.offset.get_untracked()))
    }

    /// Today, once.
    pub fn today_once(self) -> Day {
        self.now_once().day()
    }

    /// Today and this minute, drawn again as time goes.
    pub fn minute(self) -> Memo<(Day, MinuteOfDay)> {
        Memo::new(move |_| {
            let now = self.now();
            (now.day(), now.minute())
        })
    }
}
