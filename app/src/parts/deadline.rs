//! The deadline card: the nearest deadline of what is not received. One a screen; gone when all is received.

use dossier::moment::Moment;
use dossier::view::{Card, CardState};
use leptos::prelude::*;
use leptos_router::components::A;

use super::icon::{Icon, Pictogram};
use crate::clock::Clock;
use crate::device::Device;
use crate::live::Memo;
use crate::text::time;

/// How near the deadline is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Nearness {
    /// Time enough.
    Calm,
    /// Under half an hour: the call comes first.
    Near,
    /// Past.
    Over,
}

/// What presses most.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pressing {
    /// When the nearest stay notice is due.
    pub due: Moment,
    /// Minutes left; negative since.
    pub left: i64,
    /// Per cent of the time that has passed since the arrival.
    pub passed: u32,
    /// The nearest limit for a foreigner who is not declared yet.
    pub foreign_limit: Option<Moment>,
    /// All of them were spoken of in a recorded call.
    pub called: bool,
}

const NEAR_MINUTES: i64 = 30;

/// A notice whose content the office has not taken yet: what a deadline runs for.
pub fn is_open(card: &Card) -> bool {
    !card.ended
        && card.margin.is_none()
        && !matches!(card.state, CardState::Receipted { .. } | CardState::Received { .. })
}

/// The nearest deadline among these notices.
pub fn pressing(cards: &[Card], now: Moment) -> Option<Pressing> {
    let nearest = cards.iter().filter(|card| is_open(card)).min_by_key(|card| card.due.at)?;
    let whole = nearest.arrive.minutes_until(nearest.due.at).max(1);
    let passed = nearest.arrive.minutes_until(now).clamp(0, whole) * 100 / whole;
    let open = || cards.iter().filter(|card| is_open(card));
    Some(Pressing {
        due: nearest.due.at,
        // The minute that runs still counts as left: 23:00 is past only when 23:00 is there.
        left: (nearest.due.at.0.saturating_sub(now.0)).div_euclid(60_000)
            + i64::from((nearest.due.at.0 - now.0).rem_euclid(60_000) > 0),
        passed: u32::try_from(passed).unwrap_or(100),
        foreign_limit: open().filter_map(|card| card.due.foreign_limit).min(),
        called: open().all(|card| card.called),
    })
}

impl Pressing {
    /// How near it is.
    pub fn nearness(&self) -> Nearness {
        match self.left {
            ..=0 => Nearness::Over,
            1..NEAR_MINUTES => Nearness::Near,
            _ => Nearness::Calm,
        }
    }
}

/// The card.
#[component]
pub fn DeadlineCard() -> impl IntoView {
    let (device, clock) = (Device::here(), Clock::here());
    let home = device.home();
    let pressing = Memo::new(move |_| {
        let now = clock.now();
        home.with(|home| pressing(&home.cards, now))
    });
    move || {
        pressing.get().map(|pressing| match pressing.nearness() {
            Nearness::Calm => view! { <Calm pressing/> }.into_any(),
            Nearness::Near => view! { <Near pressing/> }.into_any(),
            Nearness::Over => view! { <Over pressing/> }.into_any(),
        })
    }
}

fn limit(pressing: &Pressing) -> String {
    let today = Clock::here().today_once();
    if pressing.due.day() == today {
        format!("Hạn: trước {}", pressing.due.minute())
    } else {
        format!("Hạn: trước {} {}", pressing.due.minute(), time::near(pressing.due.day(), today))
    }
}

#[component]
fn Foreign(limit: Option<Moment>) -> impl IntoView {
    let today = Clock::here().today_once();
    limit.map(|limit| view! {
        <p class="sm"><b>"Khách nước ngoài: phải khai ngay"</b>", chậm nhất "{time::moment(limit, today)}"."</p>
    })
}

#[component]
fn Called(called: bool) -> impl IntoView {
    called.then(|| view! { <p class="sm">"Đã ghi cuộc gọi trực ban."</p> })
}

#[component]
fn Calm(pressing: Pressing) -> impl IntoView {
    let left = time::span_long(pressing.left);
    view! {
        <section class="deadline" aria-label="Hạn thông báo lưu trú">
            <div class="row">
                <div class="grow">
                    <p class="cap">{limit(&pressing)}</p>
                    <p class="fig">"còn "{time::span(pressing.left)}</p>
                </div>
                <A href="/may/goi" attr:class="btn call" attr:aria-label="Gọi trực ban Công an xã">
                    <Pictogram icon=Icon::Phone/>
                    "Trực ban"
                </A>
            </div>
            <progress max="100" value=pressing.passed.to_string() aria-label=format!("Còn {left}")></progress>
            <Foreign limit=pressing.foreign_limit/>
            <p class="sm">"Có mạng là máy tự gửi."</p>
            <Called called=pressing.called/>
        </section>
    }
}

#[component]
fn Near(pressing: Pressing) -> impl IntoView {
    view! {
        <section class="deadline near" aria-label="Hạn thông báo lưu trú">
            <p class="cap">{limit(&pressing)}</p>
            <p class="fig">"còn "{time::span(pressing.left)}</p>
            <p class="sm">"Gọi trực ban cũng đúng luật."</p>
            <A href="/may/goi" attr:class="btn wide"><Pictogram icon=Icon::Phone/>"Gọi trực ban Công an xã"</A>
            <Foreign limit=pressing.foreign_limit/>
            <Called called=pressing.called/>
        </section>
    }
}

#[component]
fn Over(pressing: Pressing) -> impl IntoView {
    view! {
        <section class="deadline over" aria-label="Hạn thông báo lưu trú">
            <p class="cap">{limit(&pressing)}</p>
            <p class="fig"><Pictogram icon=Icon::Overdue class="i-l"/>"Quá hạn "{time::span(pressing.left)}</p>
            <p class="sm">"Vẫn gửi được. Gọi trực ban để báo ngay."</p>
            <A href="/may/goi" attr:class="btn wide"><Pictogram icon=Icon::Phone/>"Gọi trực ban Công an xã"</A>
            <Foreign limit=pressing.foreign_limit/>
            <Called called=pressing.called/>
        </section>
    }
}
