//! What the desk says quietly above the table: taps that were not applied, storage that is not safe.

use dossier::intent::Intent;
use leptos::prelude::*;

use super::bench::Bench;
use super::words;
use app::live::{act, live};
use app::parts::icon::{Icon, Pictogram};
use app::parts::shell::Refused;

/// Troubles, each with the way out beside it.
#[component]
pub fn Troubles() -> impl IntoView {
    view! { <div class="troubles"><Refused/><Storage/><RefusedTaps/></div> }.into_any()
}

#[component]
fn Storage() -> impl IntoView {
    let bench = Bench::here();
    let said = bench.device.slice(|view| words::storage(&view.storage));
    view! {
        <div role="alert">
            {live(move || said.get().map(|words| view! {
                <p class="check xem">
                    <Pictogram icon=Icon::Review class="i-s"/>
                    <span>{words}" "<a href="/may/may-nay">"Xem máy này"</a></span>
                </p>
            }))}
        </div>
    }
}

#[component]
fn RefusedTaps() -> impl IntoView {
    let bench = Bench::here();
    let refused =
        bench.device.slice(|view| view.desk.as_ref().map(|desk| desk.refused.clone()).unwrap_or_default());
    view! {
        {live(move || (!refused.with(Vec::is_empty)).then(|| view! {
            <section class="taps" aria-label="Việc không áp dụng">
                <ul>
                    {refused.get().into_iter().map(|(notice, why)| view! {
                        <li>
                            <Pictogram icon=Icon::Review class="i-s xem"/>
                            <span class="grow">{words::refused_tap(why)}</span>
                            <button class="btn plain" on:click=act(move |_| bench.open(notice))>"Xem thông báo"</button>
                            <button class="btn plain" on:click=act(move |_| bench.device.tell(Intent::PutAway(notice)))>
                                "Đã hiểu"
                            </button>
                        </li>
                    }).collect_view()}
                </ul>
            </section>
        }))}
    }
}
