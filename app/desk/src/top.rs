//! The bar over a table: whose desk it is, the search, the way to this device.

use app::device::Device;
use app::live::{RwSignal, act, worded};
use app::parts::icon::{Icon, Pictogram};
use leptos::prelude::*;

/// The bar.
#[component]
pub(crate) fn Top(
    /// The id of the search field: a key puts the focus there.
    id: &'static str,
    /// What is searched.
    label: &'static str,
    /// What is searched for.
    words: RwSignal<String>,
) -> impl IntoView {
    let who = Device::here().who();
    let agency = move || who.with(|who| who.as_ref().map(|who| who.agency.clone()));
    let person = move || who.with(|who| who.as_ref().map(|who| format!("{} · {}", who.province, who.name)));
    view! {
        <header class="bar">
            <div class="who"><b>{agency}</b><span>{person}</span></div>
            <search class="find">
                <input
                    type="search"
                    id=id
                    aria-label=label
                    placeholder=label
                    autocomplete="off"
                    spellcheck="false"
                    prop:value=worded(move || words.get())
                    on:input=act(move |event| words.set(event_target_value(&event)))
                />
                <kbd aria-hidden="true">"/"</kbd>
            </search>
            <a href="/may/may-nay" class="machine end" aria-label="Máy này: khóa, giao diện, lưu trữ">
                <Pictogram icon=Icon::Menu/>
            </a>
        </header>
    }
    .into_any()
}
