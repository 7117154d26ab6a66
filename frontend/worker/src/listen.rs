//! `POST /events`: the stream of hints. A hint says only that something is new; a missed one costs nothing.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::{Reflect, Uint8Array};
use sync::device::Input;
use sync::frame::CONTENT_TYPE;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{AbortController, ReadableStreamDefaultReader};

use crate::door::post;
use crate::link::is;
use crate::promise::within;
use crate::shell::Shell;

const PATH: &str = "/events";
/// The office says something, if only a comment, more often than this; a longer silence is a dead line.
const SILENCE: i32 = 90_000;
/// A longer line than any hint is dropped, so that a stranger's endless line fills no memory.
const LONGEST: usize = 4_096;

/// The one stream.
#[derive(Default)]
pub struct Ear(RefCell<Option<AbortController>>);

impl Ear {
    /// Listens until the stream ends, fails, or [`Ear::close`].
    pub fn listen(&self, shell: &Rc<Shell>, frame: Vec<u8>) {
        self.close();
        let stop = AbortController::new().ok();
        self.0.replace(stop.clone());
        let shell = shell.clone();
        spawn_local(async move {
            if let Some(stop) = &stop {
                // However it ends, it has ended: the device listens again when it next reaches the office.
                let _ = follow(&shell, &frame, stop).await;
                if stop.signal().aborted() {
                    return;
                }
                stop.abort();
            }
            shell.tell(Input::ListenEnded);
        });
    }

    /// Stops listening. The device is told nothing: it asked for it.
    pub fn close(&self) {
        if let Some(stop) = self.0.take() {
            stop.abort();
        }
    }
}

async fn follow(shell: &Rc<Shell>, frame: &[u8], stop: &AbortController) -> Result<(), JsValue> {
    let body = Uint8Array::from(frame);
    let signal = stop.signal();
    let asked = Box::pin(async move { post(PATH, CONTENT_TYPE, &body, &signal).await });
    let response = within(SILENCE, asked).await.map_err(|_| JsValue::UNDEFINED)??;
    let kind = response.headers().get("content-type")?.unwrap_or_default();
    if response.status() != 200 || !is(&kind, "text/event-stream") {
        return Ok(());
    }
    let Some(stream) = response.body() else { return Ok(()) };
    let reader = ReadableStreamDefaultReader::new(&stream)?;
    let mut lines = Lines::default();
    loop {
        let chunk = Box::pin(JsFuture::from(reader.read()));
        let chunk = within(SILENCE, chunk).await.map_err(|_| JsValue::UNDEFINED)??;
        if Reflect::get(&chunk, &"done".into())?.is_truthy() {
            return Ok(());
        }
        let bytes: Uint8Array = Reflect::get(&chunk, &"value".into())?.dyn_into()?;
        if lines.hints(&bytes.to_vec()) && !stop.signal().aborted() {
            shell.tell(Input::Nudge);
        }
    }
}

/// Cuts the stream into lines.
#[derive(Default)]
struct Lines(Vec<u8>);

impl Lines {
    /// Whether a hint has become whole. Two at once are one: they say the same.
    fn hints(&mut self, bytes: &[u8]) -> bool {
        let mut found = false;
        for byte in bytes {
            match byte {
                b'\n' | b'\r' => {
                    found |= self.0.starts_with(b"data:");
                    self.0.clear();
                }
                byte if self.0.len() < LONGEST => self.0.push(*byte),
                _ => {}
            }
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hint_cut_in_two_is_one_hint() {
        let mut lines = Lines::default();
        assert!(!lines.hints(b"da"));
        assert!(!lines.hints(b"ta: 7"));
        assert!(lines.hints(b"\n\n"));
        assert!(!lines.hints(b"\n"));
    }

    #[test]
    fn a_comment_that_keeps_the_line_alive_is_no_hint() {
        assert!(!Lines::default().hints(b":\n\n: data: x\nevent: log\n"));
    }

    #[test]
    fn an_endless_line_fills_no_memory() {
        let mut lines = Lines::default();
        for _ in 0..100 {
            lines.hints(&[b'x'; 1_000]);
        }
        assert!(lines.0.len() <= LONGEST);
    }
}
