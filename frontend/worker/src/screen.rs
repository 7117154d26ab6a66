//! What goes to the page: answers at once, views at a pace a page can draw.

use std::cell::Cell;
use std::rc::Rc;

use dossier::talk::ToPage;
use js_sys::{Array, Uint8Array};
use wasm_bindgen_futures::spawn_local;

use crate::clock;
use crate::global;
use crate::shell::Shell;

/// Least milliseconds between two views that only move a bar.
const PACE: i64 = 250;

/// When the page last got a view.
#[derive(Default)]
pub struct Screen {
    last: Cell<i64>,
    waiting: Cell<bool>,
}

/// Says something to the page.
pub fn say(words: &ToPage) {
    let bytes = postcard::to_allocvec(words).expect("plain data");
    let bytes = Uint8Array::from(bytes.as_slice());
    let buffer = Array::of1(&bytes.buffer());
    // It fails only for a page that is gone.
    let _ = global().post_message_with_transfer(&bytes, &buffer);
}

impl Screen {
    /// Shows the view, or soon if only a bar has moved.
    pub fn show(&self, shell: &Rc<Shell>, only_a_bar: bool) {
        let since = clock::now().0.saturating_sub(self.last.get());
        // A clock set back makes `since` negative; then it is shown.
        if !only_a_bar || !(0..PACE).contains(&since) {
            return self.now(shell);
        }
        if !self.waiting.replace(true) {
            let shell = shell.clone();
            spawn_local(async move {
                clock::sleep((PACE - since) as i32).await;
                // Something more important may have been shown meanwhile.
                if shell.screen.waiting.get() {
                    shell.screen.now(&shell);
                }
            });
        }
    }

    fn now(&self, shell: &Rc<Shell>) {
        let now = clock::now();
        self.last.set(now.0);
        self.waiting.set(false);
        say(&ToPage::Show(Box::new(shell.device.borrow().view(now))));
    }
}
