//! The book's four ways in, with their counts, and the keys. Tabs on a narrow page.

use dossier::view::Desk as Counts;
use leptos::prelude::*;

use super::bench::Bench;
use super::filters::{DayPick, Filters};
use super::manage::Ways;
use app::live::{Signal, act, flag, live};
use app::parts::icon::{Icon, Pictogram};

/// One way into the book.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    Tonight,
    Waiting,
    Late,
    Review,
}

impl Way {
    const ALL: [Way; 4] = [Way::Tonight, Way::Waiting, Way::Late, Way::Review];

    const fn label(self) -> &'static str {
        match self {
            Way::Tonight => "Sổ lưu trú",
            Way::Waiting => "Chờ tiếp nhận",
            Way::Late => "Quá hạn, trễ",
            Way::Review => "Cần xem lại",
        }
    }

    const fn icon(self) -> Icon {
        match self {
            Way::Tonight => Icon::Book,
            Way::Waiting => Icon::Receipt,
            Way::Late => Icon::Overdue,
            Way::Review => Icon::Review,
        }
    }

    /// What the count counts.
    const fn unit(self) -> &'static str {
        match self {
            Way::Tonight => " người đêm nay",
            Way::Waiting | Way::Late | Way::Review => " thông báo",
        }
    }

    const fn count(self, counts: &Counts) -> u32 {
        match self {
            Way::Tonight => counts.tonight,
            Way::Waiting => counts.waiting,
            Way::Late => counts.late,
            Way::Review => counts.review,
        }
    }

    /// Tonight is a day; what waits for a person is shown whatever its day.
    fn filters(self) -> Filters {
        let all = Filters { day: DayPick::All, ..Filters::default() };
        match self {
            Way::Tonight => Filters::default(),
            Way::Waiting => Filters { waiting: true, ..all },
            Way::Late => Filters { overdue: true, ..all },
            Way::Review => Filters { review: true, ..all },
        }
    }
}

/// The side.
#[component]
pub fn Side() -> impl IntoView {
    let role = Bench::here().device.who().with_untracked(|who| who.as_ref().map(|who| who.role));
    view! {
        <nav class="side" aria-label="Phần việc">
            <div class="weave"></div>
            <ul>
                {Way::ALL.map(|way| view! { <li><Link way=way/></li> })}
                <li><Dossiers/></li>
                {role.map(|role| view! { <Ways role=role here=Signal::derive(|| None)/> })}
            </ul>
            <p class="hints mute" aria-hidden="true">
                <kbd>"J"</kbd>" "<kbd>"K"</kbd>" lên xuống"<br/>
                <kbd>"X"</kbd>" chọn  "<kbd>"Enter"</kbd>" mở"
            </p>
            <AllKeys/>
        </nav>
    }
    .into_any()
}

#[component]
fn Link(way: Way) -> impl IntoView {
    let bench = Bench::here();
    let count = bench.device.slice(move |view| view.desk.as_ref().map_or(0, |desk| way.count(desk)));
    let here = move || {
        let filters = bench.filters.with(|filters| Filters { leaf: 0, ..filters.clone() });
        (filters == way.filters()).then_some("page")
    };
    let hot = move || way == Way::Late && count.get() > 0;
    view! {
        <a href=way.filters().to_url() aria-current=here>
            <Pictogram icon=way.icon()/>
            <span>{way.label()}</span>
            <span class="n" class:hot=flag(hot)>{live(move || count.get())}<span class="unseen">{way.unit()}</span></span>
        </a>
    }
}

/// The way to the dossiers, with those that wait; late ones make it warm.
#[component]
fn Dossiers() -> impl IntoView {
    let device = Bench::here().device;
    let waiting = device.slice(|view| view.desk.as_ref().map_or(0, |desk| desk.dossiers_waiting));
    let late = device.slice(|view| view.desk.as_ref().is_some_and(|desk| desk.dossiers_late > 0));
    view! {
        <a href=app::desk::DOSSIERS>
            <Pictogram icon=Icon::Outbox/>
            <span>"Hồ sơ"</span>
            <span class="n" class:hot=flag(move || late.get())>{live(move || waiting.get())}<span class="unseen">" hồ sơ chờ tiếp nhận"</span></span>
        </a>
    }
}

#[component]
fn AllKeys() -> impl IntoView {
    let bench = Bench::here();
    view! {
        <button class="all-keys" on:click=act(move |_| bench.help.set(true))>
            <kbd aria-hidden="true">"?"</kbd>" Mọi phím tắt"
        </button>
    }
}
