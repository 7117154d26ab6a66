//! One notice beside the table; a page of its own where there is no room beside. Never a new address: the row
//! stays where it was.

use dossier::moment::Day;
use dossier::view::Detail;
use leptos::prelude::*;

use super::bench::{Bench, NOTICE_ID};
use super::decide::Decide;
use super::facts;
use super::notice::{Differences, Evidence, Notice, Timeline};
use super::table::MarkLine;
use super::words;
use app::live::{Memo, act, live};
use app::parts::icon::{Icon, Pictogram};

/// The pane; there only while a notice is open.
#[component]
pub fn Pane() -> impl IntoView {
    let bench = Bench::here();
    let open = Memo::new(move |_| bench.marks.with(|marks| marks.opened.is_some()));
    view! {
        {live(move || open.get().then(|| view! {
            <aside class="pane" aria-label="Chi tiết thông báo">
                <div class="content">
                    {live(move || match bench.detail.get() {
                        Some(detail) => view! { <Whole detail=detail today=bench.today.get()/> }.into_any(),
                        None => view! { <Opening/> }.into_any(),
                    })}
                </div>
                <Decide/>
            </aside>
        }))}
    }
    .into_any()
}

#[component]
fn Opening() -> impl IntoView {
    view! {
        <div class="title">
            <h2 class="grow" id=NOTICE_ID tabindex="-1">"Đang mở thông báo…"</h2>
            <Shut/>
        </div>
    }
}

#[component]
fn Shut() -> impl IntoView {
    let bench = Bench::here();
    view! {
        <button class="shut" aria-keyshortcuts="Escape" on:click=act(move |_| bench.close())>
            <Pictogram icon=Icon::Back class="i-s"/>
            "Về sổ"
        </button>
    }
}

#[component]
fn Whole(detail: Detail, today: Day) -> impl IntoView {
    let number =
        facts::receipted(&detail).map_or("chưa có số".to_owned(), |(number, _)| number.to_owned());
    let (name, more) = facts::people(&detail);
    let mark = facts::chip(&detail, today);
    let late = facts::lateness(&detail, today);
    view! {
        <div class="title">
            <p class="grow mute">"Thông báo lưu trú "<span class="num nw">{number}</span></p>
            <Shut/>
        </div>
        <div class="names">
            <h2 id=NOTICE_ID tabindex="-1"><span class="caps">{name}</span>{more.map(|more| format!(" {more}"))}</h2>
            <p><MarkLine mark=mark fill=true/></p>
        </div>
        {late.map(|late| view! { <p class="fact">{late}</p> })}
        <Differences detail=detail.clone() today=today/>
        <Notice detail=detail.clone() today=today/>
        {detail.behalf.is_some().then(|| view! {
            <p><a class="btn" href=format!("/may/phieu/{}", detail.card.dossier)>"Phiếu theo dõi"</a></p>
        })}
        <Timeline detail=detail.clone() today=today/>
        <Evidence detail=detail today=today/>
        <p class="mute xs">{words::BOTH_KEPT}</p>
    }
    .into_any()
}
