//! All keys of a page, in a dialog of the browser's own.

use leptos::html;
use leptos::prelude::*;

use super::bench::Bench;
use super::keys;
use app::live::{RwSignal, Signal, act, flag, live};

/// Keys and what they do.
pub type Key = (&'static [&'static str], &'static str);

/// The list of keys of the book, and the switch for the single letters among them.
#[component]
pub fn Help() -> impl IntoView {
    let bench = Bench::here();
    view! { <KeyHelp open=bench.help list=Signal::derive(|| keys::LIST.to_vec()) letters=Some(bench.letters)/> }
}

/// A list of keys.
#[component]
pub fn KeyHelp(
    /// Whether it is open.
    open: RwSignal<bool>,
    /// The keys of this page.
    list: Signal<Vec<Key>>,
    /// Whether single letters are keys, where that can be switched.
    #[prop(optional_no_strip)]
    letters: Option<RwSignal<bool>>,
) -> impl IntoView {
    let dialog = NodeRef::<html::Dialog>::new();
    // A modal dialog has no attribute for being open: the browser has to be told.
    Effect::new(move |_| {
        if let (true, Some(dialog)) = (open.get(), dialog.get()) {
            // It refuses only when it is open already.
            let _ = dialog.show_modal();
        }
    });
    let rows = move || {
        let rows = list.get().into_iter().map(|(keys, what)| {
            view! {
                <dt>{keys.iter().map(|key| view! { <kbd>{*key}</kbd>" " }).collect_view()}</dt>
                <dd>{what}</dd>
            }
        });
        rows.collect_view()
    };
    let switch = letters.map(|letters| {
        view! {
            <label class="letters">
                <input
                    type="checkbox"
                    prop:checked=flag(move || letters.get())
                    on:change=act(move |event| letters.set(event_target_checked(&event)))
                />
                "Dùng phím một chữ (J K X A R N / ?)"
            </label>
        }
    });
    view! {
        <dialog node_ref=dialog class="help" aria-labelledby="desk-keys" on:close=act(move |_| open.set(false))>
            <h2 id="desk-keys">"Phím tắt"</h2>
            <dl>{live(rows)}</dl>
            {switch}
            <form method="dialog"><button class="btn main-act">"Đóng"</button></form>
        </dialog>
    }
    .into_any()
}
