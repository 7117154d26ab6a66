//! Hộp gửi: what waits, what is going, what needs a look, with bytes, per cent and seconds truly gone.

use dossier::intent::Intent;
use dossier::moment::Day;
use dossier::view::{Card, CardState, Home, LinkState, Review};
use leptos::prelude::*;
use leptos_router::components::A;

use crate::clock::Clock;
use crate::device::Device;
use crate::live::{Memo, RwSignal, Signal, act, flag, live, worded};
use crate::parts::guest::{page_of, title};
use crate::parts::icon::{Icon, Pictogram};
use crate::parts::shell::{Page, Tabs};
use crate::parts::state::StateLine;
use crate::text::{self, link, time};

/// Which of them are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pile {
    /// Tất cả.
    All,
    /// Chờ gửi.
    Waiting,
    /// Xem lại.
    Review,
    /// Có biên nhận.
    Receipted,
}

impl Pile {
    const ALL: [Pile; 4] = [Pile::All, Pile::Waiting, Pile::Review, Pile::Receipted];

    const fn label(self) -> &'static str {
        match self {
            Pile::All => "Tất cả",
            Pile::Waiting => "Chờ gửi",
            Pile::Review => "Xem lại",
            Pile::Receipted => "Đã gửi",
        }
    }

    fn holds(self, card: &Card) -> bool {
        match (&card.state, self) {
            (_, Pile::All) => true,
            (CardState::SavedHere | CardState::Sending, pile) => pile == Pile::Waiting,
            (CardState::Review(_), pile) => pile == Pile::Review,
            (CardState::Receipted { .. } | CardState::Received { .. }, pile) => pile == Pile::Receipted,
        }
    }
}

/// What the outbox shows: what needs a look, then what is going, what waits, and the last ones that arrived.
pub fn rows(home: &Home, pile: Pile) -> Vec<Card> {
    const ARRIVED_SHOWN: usize = 20;
    let order = |card: &Card| match card.state {
        CardState::Review(_) => 0,
        CardState::Sending => 1,
        CardState::SavedHere => 2,
        CardState::Receipted { .. } | CardState::Received { .. } => 3,
    };
    let mut rows: Vec<Card> =
        home.cards.iter().filter(|card| !card.ended && pile.holds(card)).cloned().collect();
    rows.sort_by_key(order);
    let pressing = rows.iter().filter(|card| order(card) < 3).count();
    rows.truncate(pressing + ARRIVED_SHOWN);
    rows
}

/// The page.
#[component]
pub fn OutboxPage() -> impl IntoView {
    let (device, clock) = (Device::here(), Clock::here());
    let home = device.home();
    let pile = RwSignal::new(Pile::All);
    let rows = Memo::new(move |_| home.with(|home| rows(home, pile.get())));
    let today = Memo::new(move |_| clock.now().day());
    let spent = device.slice(|view| view.link.bytes_today);
    let under = Signal::derive(move || format!("Hôm nay đã dùng {} dữ liệu", link::bytes(spent.get())));
    let busy = device.slice(|view| matches!(view.link.state, LinkState::Busy { .. }));
    let foot = move || {
        view! {
            <button type="button" class="btn main-act wide" disabled=flag(move || busy.get()) on:click=act(move |_| device.tell(Intent::SyncNow))>
                <Pictogram icon=Icon::Sent/>
                {live(move || if busy.get() { "Đang gửi" } else { "Gửi ngay" })}
            </button>
            <Tabs/>
        }
    };
    view! {
        <Page title="Hộp gửi" under foot=foot tabbed=true menu=true>
            <Segments pile/>
            <Show when=move || rows.with(Vec::is_empty) fallback=|| ()>
                <p>{live(move || empty(device, today.get()))}</p>
            </Show>
            <ul class="stack">
                {live(move || rows.get().into_iter().map(|card| view! { <Row card today=today.get()/> }).collect_view())}
            </ul>
            <p class="sm mute">"Mất mạng lâu? "<A href="/may/goi">"Gọi trực ban cũng đúng luật"</A>"."</p>
        </Page>
    }
}

fn empty(device: Device, today: Day) -> String {
    match device.link().get().last_contact {
        Some(at) => format!("Không còn gì ở đây. Lần liên lạc cuối {}.", time::moment(at, today)),
        None => "Không còn gì ở đây.".to_owned(),
    }
}

#[component]
fn Segments(pile: RwSignal<Pile>) -> impl IntoView {
    let home = Device::here().home();
    let buttons = Pile::ALL.map(|this| {
        let count = move || home.with(|home| home.cards.iter().filter(|card| !card.ended && this.holds(card)).count());
        view! {
            <button type="button" aria-pressed=worded(move || (pile.get() == this).to_string()) on:click=act(move |_| pile.set(this))>
                <b>{count}</b>
                {this.label()}
            </button>
        }
    });
    view! { <div class="seg" role="group" aria-label="Lọc">{buttons}</div> }
}

#[component]
fn Row(card: Card, today: Day) -> impl IntoView {
    let (name, when) = title(&card, today);
    let body = match &card.state {
        CardState::Sending => view! { <Bytes/> }.into_any(),
        CardState::Review(review) => fix(&card, review).into_any(),
        CardState::SavedHere if card.changed => {
            view! { <p class="sm mute">"Có thay đổi sau biên nhận trước."</p> }.into_any()
        }
        _ => ().into_any(),
    };
    let class = if matches!(card.state, CardState::Review(_)) { "card out xem" } else { "card out" };
    view! {
        <li class=class>
            <p class="t"><A href=page_of(&card)><b>{name}</b></A><span>{when}</span></p>
            <StateLine state=card.state/>
            {body}
        </li>
    }
}

/// One plain reason, one fixing button.
fn fix(card: &Card, review: &Review) -> impl IntoView + use<> {
    let (page, words) = match review {
        Review::Conflict => (format!("/may/chon/{}", card.dossier), "Chọn giá trị đúng"),
        Review::Twin => (format!("/may/cap/{}", card.dossier), "Xem hai thông báo"),
        Review::Returned { .. } | Review::Rejected(_) => {
            (format!("/may/khai?buoc=3&sua={}", card.dossier), "Sửa thông báo")
        }
        Review::Unreadable | Review::NotApplied { .. } => (page_of(card), "Xem thông báo"),
    };
    view! {
        <p class="sm">{text::review(review)}</p>
        <A href=page attr:class="btn main-act wide"><Pictogram icon=Icon::Edit class="i-s"/>{words}</A>
    }
}

/// Figures of the exchange under way.
#[component]
pub fn Bytes() -> impl IntoView {
    let link = Device::here().link();
    move || match link.get().state {
        LinkState::Busy { sent, total, seconds_left } => {
            let percent = link::percent(sent, total);
            let left =
                seconds_left.map(|seconds| format!(" · còn khoảng {seconds} giây")).unwrap_or_default();
            Some(view! {
                <progress max="100" value=percent.to_string() aria-label=format!("Đã gửi {percent} %")></progress>
                <p class="sm mute">{link::bytes(sent.into())}" trên "{link::bytes(total.into())}{left}</p>
            })
        }
        LinkState::Idle | LinkState::Down { .. } | LinkState::Captive | LinkState::Copied => None,
    }
}
