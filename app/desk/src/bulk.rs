//! The foot of the table: what is chosen and what can be done with it; which rows of how many.

use leptos::prelude::*;

use super::bench::Bench;
use super::filters::ROWS;
use super::words;
use app::live::{Memo, act, flag, live};
use app::parts::icon::{Icon, Pictogram};

/// The bulk bar.
#[component]
pub fn Bulk() -> impl IntoView {
    view! { <div class="bulk"><Chosen/><Leaves/></div> }.into_any()
}

#[component]
fn Chosen() -> impl IntoView {
    let bench = Bench::here();
    let chosen = Memo::new(move |_| bench.chosen());
    let count = Memo::new(move |_| chosen.with(|chosen| chosen.0));
    let label = move || chosen.with(|(all, receive)| words::receive_chosen(*all, receive.len()));
    let receive = move |_| bench.receive(chosen.with_untracked(|chosen| chosen.1.clone()));
    let drop_all = move |_| bench.marks.update(|marks| marks.ticked.clear());
    view! {
        {live(move || (count.get() > 0).then(|| view! {
            <span><b>{format!("Đã chọn {}", count.get())}</b></span>
            {live(move || if label().is_empty() {
                view! { <span class="mute">"Không còn gì phải tiếp nhận"</span> }.into_any()
            } else {
                view! {
                    <button class="btn main-act" aria-keyshortcuts="A" on:click=act(receive)>
                        {label}<kbd aria-hidden="true">"A"</kbd>
                    </button>
                }.into_any()
            })}
            <button class="btn plain" on:click=act(drop_all)>"Bỏ chọn"</button>
        }))}
    }
}

/// "1–100 / 240", and the pages beside it when there is more than one.
#[component]
fn Leaves() -> impl IntoView {
    let bench = Bench::here();
    let size = Memo::new(move |_| bench.page(|page| (page.total, page.rows.len())));
    let first = move || bench.filters.with(|filters| filters.leaf.saturating_mul(ROWS));
    let said = move || {
        let (total, rows) = size.get();
        words::range(first(), rows, total)
    };
    let many = Memo::new(move |_| size.get().0 > ROWS);
    let last = move || first().saturating_add(ROWS) >= size.get().0;
    let turn = move |by: i32| {
        let leaf = bench.filters.with_untracked(|filters| filters.leaf).saturating_add_signed(by);
        bench.filter(|filters| filters.leaf = leaf);
    };
    view! {
        <span class="grow"></span>
        {live(move || many.get().then(|| view! {
            <button class="chip step" aria-label="Trang trước" disabled=flag(move || first() == 0) on:click=act(move |_| turn(-1))>
                <Pictogram icon=Icon::Back/>
            </button>
        }))}
        <span class="mute num">{said}</span>
        {live(move || many.get().then(|| view! {
            <button class="chip step" aria-label="Trang sau" disabled=last on:click=act(move |_| turn(1))>
                <Pictogram icon=Icon::Next/>
            </button>
        }))}
    }
}
