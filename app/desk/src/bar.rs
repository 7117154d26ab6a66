//! The desk's bar: whose desk it is, the search, the link to the office in words.

use dossier::intent::Intent;
use dossier::view::LinkState;
use leptos::prelude::*;

use super::bench::{Bench, SEARCH_ID};
use super::words;
use app::live::{act, live, worded};
use app::parts::icon::{Icon, Pictogram};

/// The bar.
#[component]
pub fn Bar() -> impl IntoView {
    let who = Bench::here().device.who();
    let agency = move || who.with(|who| who.as_ref().map(|who| who.agency.clone()));
    let duty =
        move || who.with(|who| who.as_ref().map(|who| format!("{} · trực ban: {}", who.province, who.name)));
    view! {
        <header class="bar">
            <div class="who"><b>{agency}</b><span>{duty}</span></div>
            <Search/>
            <Office/>
            <a href="/may/may-nay" class="machine" aria-label="Máy này: khóa, giao diện, lưu trữ">
                <Pictogram icon=Icon::Menu/>
            </a>
        </header>
    }
    .into_any()
}

/// The search. Its words stay in the page.
#[component]
fn Search() -> impl IntoView {
    let bench = Bench::here();
    let search = move |event| {
        bench.search.set(event_target_value(&event));
        bench.filter(|_| {});
    };
    view! {
        <search class="find">
            <svg class="i i-s" aria-hidden="true" viewBox="0 0 24 24">
                <circle cx="11" cy="11" r="6.5"></circle>
                <path d="M16 16l4.5 4.5"></path>
            </svg>
            <input
                type="search"
                id=SEARCH_ID
                aria-label=words::SEARCH
                placeholder=words::SEARCH
                autocomplete="off"
                spellcheck="false"
                prop:value=worded(move || bench.search.get())
                on:input=act(search)
            />
            <kbd aria-hidden="true">"/"</kbd>
        </search>
    }
}

/// The link to the office; a tap sends and fetches now.
#[component]
fn Office() -> impl IntoView {
    let bench = Bench::here();
    let link = bench.device.link();
    let said = move || link.with(|link| words::link(link, bench.today.get()));
    let icon = move || match link.with(|link| link.state.clone()) {
        LinkState::Idle => Icon::Signal,
        LinkState::Down { .. } | LinkState::Captive | LinkState::Copied => Icon::Cut,
        LinkState::Busy { .. } => Icon::Sending,
    };
    view! {
        <button class="office" title="Gửi và cập nhật ngay" on:click=act(move |_| bench.device.tell(Intent::SyncNow))>
            {live(move || view! { <Pictogram icon=icon() class="i-s"/> })}
            <span>{said}</span>
            <span class="unseen">" · gửi và cập nhật ngay"</span>
        </button>
    }
}
