//! What the camera sees, for as long as this is drawn: whoever leaves the page leaves no camera running.

use leptos::prelude::*;

use crate::browser::Browser;

/// The picture of the camera.
const VIDEO: &str = "quet-ma";

/// The picture, and what becomes of each code in it. One a page.
#[component]
pub fn Camera(
    /// Takes what a code says and answers whether it is enough; `None` when there is no camera to be had.
    read: Box<dyn Fn(Option<String>) -> bool>,
) -> impl IntoView {
    let give_back = Browser::here().with(|browser| browser.scan(VIDEO, read));
    let camera = StoredValue::new_local(Some(give_back));
    on_cleanup(move || {
        if let Some(give_back) = camera.try_update_value(Option::take).flatten() {
            give_back();
        }
    });
    view! { <video id=VIDEO class="photo-full" muted=true playsinline=true></video> }.into_any()
}
