//! All keys, in a dialog of the browser's own.

use leptos::html;
use leptos::prelude::*;

use super::bench::Bench;
use super::keys;
use crate::live::{act, flag};

/// The list of keys, and the switch for the single letters among them.
#[component]
pub fn Help() -> impl IntoView {
    let bench = Bench::here();
    let dialog = NodeRef::<html::Dialog>::new();
    // A modal dialog has no attribute for being open: the browser has to be told.
    Effect::new(move |_| {
        if let (true, Some(dialog)) = (bench.help.get(), dialog.get()) {
            // It refuses only when it is open already.
            let _ = dialog.show_modal();
        }
    });
    view! {
        <dialog node_ref=dialog class="help" aria-labelledby="desk-keys" on:close=act(move |_| bench.help.set(false))>
            <h2 id="desk-keys">"Phím tắt"</h2>
            <dl>
                {keys::LIST.iter().map(|(keys, what)| view! {
                    <dt>{keys.iter().map(|key| view! { <kbd>{*key}</kbd>" " }).collect_view()}</dt>
                    <dd>{*what}</dd>
                }).collect_view()}
            </dl>
            <label class="letters">
                <input
                    type="checkbox"
                    prop:checked=flag(move || bench.letters.get())
                    on:change=act(move |event| bench.letters.set(event_target_checked(&event)))
                />
                "Dùng phím một chữ (J K X A R / ?)"
            </label>
            <form method="dialog"><button class="btn main-act">"Đóng"</button></form>
        </dialog>
    }
    .into_any()
}
