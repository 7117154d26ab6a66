//! Waiting for what a browser promises. Handlers are the promise's own functions: an event that comes after the
//! wait was given up finds no freed closure.

use std::future::poll_fn;
use std::pin::{Pin, pin};
use std::task::Poll;

use js_sys::{Function, Promise};
use wasm_bindgen_futures::JsFuture;

use crate::clock::Sleep;

/// Something under way that can be given up and finished elsewhere.
pub type Under<T> = Pin<Box<dyn Future<Output = T>>>;

/// Hands a promise's two functions to `start` now; the promise is kept when one of them is called.
pub fn settled(start: impl FnOnce(Function, Function)) -> JsFuture {
    let mut start = Some(start);
    let promise = Promise::new(&mut |resolve, reject| {
        if let Some(start) = start.take() {
            start(resolve, reject);
        }
    });
    JsFuture::from(promise)
}

/// Waits at most so many milliseconds; what is not finished by then is handed back, still under way.
pub async fn within<T>(milliseconds: i32, mut work: Under<T>) -> Result<T, Under<T>> {
    let mut timer = pin!(Sleep::of(milliseconds));
    let done = poll_fn(|context| match work.as_mut().poll(context) {
        Poll::Ready(value) => Poll::Ready(Some(value)),
        Poll::Pending => timer.as_mut().poll(context).map(|()| None),
    })
    .await;
    done.ok_or(work)
}
