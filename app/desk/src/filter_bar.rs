//! The filter bar: chips that say their value; every one of them in the address, none of them personal.

use dossier::id::EstablishmentId;
use dossier::moment::Day;
use dossier::view::BookChoices;
use leptos::prelude::*;

use super::bench::{Bench, Sheet};
use super::filters::{DayPick, Filters};
use super::keys::Command;
use super::words;
use app::live::{Memo, Signal, act, flag, live, worded};
use app::parts::icon::{Icon, Pictogram};
use app::text::time;

/// The filters, and "Xóa lọc" when any is on.
#[component]
pub fn FilterBar() -> impl IntoView {
    let bench = Bench::here();
    let any = move || bench.filters.with(Filters::any) || bench.search.with(|words| !words.trim().is_empty());
    let clear = move |_| {
        bench.search.set(String::new());
        bench.look(Filters::default());
        // The button goes; the hand goes to where the next question is typed.
        untrack(|| bench.obey(Command::Search));
    };
    view! {
        <div class="filters" role="group" aria-label="Lọc sổ">
            <DayChip/>
            <Choices/>
            <Toggle label="Quá hạn, trễ" on=|filters| &mut filters.overdue/>
            <Toggle label="Chờ tiếp nhận" on=|filters| &mut filters.waiting/>
            <Toggle label="Cần xem lại" on=|filters| &mut filters.review/>
            {live(move || any().then(|| view! { <button class="chip clear" on:click=act(clear)>"Xóa lọc"</button> }))}
            <button class="chip print" on:click=act(move |_| bench.print(Sheet::Book))>
                <Pictogram icon=Icon::Print/>"In sổ"
            </button>
        </div>
    }
    .into_any()
}

/// The day: one back, the day itself (a date control lies over it), one on, all days.
#[component]
fn DayChip() -> impl IntoView {
    let bench = Bench::here();
    let day = move || bench.filters.with(|filters| filters.on_day(bench.today.get()));
    let go = move |day: Day| {
        let today = bench.today.get_untracked();
        bench.filter(|filters| *filters = filters.at(day, today));
    };
    let beside = move |days: i32| {
        let today = bench.today.get_untracked();
        go(bench.filters.with_untracked(|filters| filters.on_day(today)).unwrap_or(today).plus(days));
    };
    let all = move || day().is_none();
    let flip = move |_| {
        bench.filter(|filters| {
            filters.day = if filters.day == DayPick::All { DayPick::Today } else { DayPick::All };
        });
    };
    let picked = move |event| {
        if let Some(day) = time::typed_day(&event_target_value(&event)) {
            go(day);
        }
    };
    view! {
        <button class="chip step" aria-label="Ngày trước" on:click=act(move |_| beside(-1))>
            <Pictogram icon=Icon::Back/>
        </button>
        <label class="chip dated" class:on=flag(move || !all())>
            <svg class="i" aria-hidden="true" viewBox="0 0 24 24">
                <rect x="4" y="5" width="16" height="15.5" rx="2"></rect>
                <path d="M4 10h16M8.5 3v4M15.5 3v4"></path>
            </svg>
            <span>{live(move || words::day_chip(day(), bench.today.get()))}</span>
            <input
                type="date"
                aria-label="Ngày trong sổ"
                prop:value=worded(move || day().map(time::input_day).unwrap_or_default())
                on:change=act(picked)
            />
        </label>
        <button class="chip step" aria-label="Ngày sau" on:click=act(move |_| beside(1))>
            <Pictogram icon=Icon::Next/>
        </button>
        <button class="chip" class:on=flag(all) aria-pressed=worded(move || all().to_string()) on:click=act(flip)>"Mọi ngày"</button>
    }
}

/// Village, establishment, nationality: as many as there are in the book.
#[component]
fn Choices() -> impl IntoView {
    let bench = Bench::here();
    let choices = Memo::new(move |_| bench.page(|page| page.choices.clone()));
    let villages = move || {
        choices.with(|BookChoices { villages, .. }| {
            villages.iter().map(|village| (village.clone(), village.clone())).collect::<Vec<_>>()
        })
    };
    let houses = move || {
        choices.with(|BookChoices { establishments, .. }| {
            establishments.iter().map(|(id, name)| (id.0.to_string(), name.clone())).collect::<Vec<_>>()
        })
    };
    let nationalities = move || {
        choices.with(|BookChoices { nationalities, .. }| {
            nationalities
                .iter()
                .map(|nation| (nation.code(), nation.vi_name().to_owned()))
                .collect::<Vec<_>>()
        })
    };
    let village = move || bench.filters.with(|filters| filters.village.clone().unwrap_or_default());
    let house = move || {
        bench.filters.with(|filters| filters.establishment.map(|id| id.0.to_string()).unwrap_or_default())
    };
    let nation = move || {
        bench.filters.with(|filters| filters.nationality.map(|nation| nation.code()).unwrap_or_default())
    };
    let by_village = move |value: String| bench.filter(|f| f.village = Some(value).filter(|v| !v.is_empty()));
    let by_house =
        move |value: String| bench.filter(|f| f.establishment = value.parse().ok().map(EstablishmentId));
    let by_nation = move |value: String| bench.filter(|f| f.nationality = value.parse().ok());
    view! {
        <Choice label="Bản" options=Signal::derive(villages) value=Signal::derive(village) choose=by_village/>
        <Choice label="Cơ sở" options=Signal::derive(houses) value=Signal::derive(house) choose=by_house/>
        <Choice label="Quốc tịch" options=Signal::derive(nationalities) value=Signal::derive(nation) choose=by_nation/>
    }
}

/// A chip with a list behind it. It keeps saying a value that the present rows no longer have.
#[component]
fn Choice(
    label: &'static str,
    options: Signal<Vec<(String, String)>>,
    value: Signal<String>,
    #[prop(into)] choose: Callback<String>,
) -> impl IntoView {
    let rows = move || {
        let (mut options, value) = (options.get(), value.get());
        if !value.is_empty() && options.iter().all(|(code, _)| *code != value) {
            options.push((value.clone(), value.clone()));
        }
        let options = options.into_iter().map(|(code, words)| {
            let chosen = code == value;
            view! { <option value=code selected=chosen>{words}</option> }
        });
        view! {
            <option value="" selected=value.is_empty()>{label}</option>
            {options.collect_view()}
        }
    };
    view! {
        <select
            class="chip"
            class:on=flag(move || value.with(|value| !value.is_empty()))
            aria-label=label
            on:change=act(move |event| choose.run(event_target_value(&event)))
        >
            {rows}
        </select>
    }
}

/// A chip that is on or off.
#[component]
fn Toggle(label: &'static str, on: fn(&mut Filters) -> &mut bool) -> impl IntoView {
    let bench = Bench::here();
    let is_on = move || *on(&mut bench.filters.get());
    let flip = move |_| {
        bench.filter(|filters| {
            let flag = on(filters);
            *flag = !*flag;
        });
    };
    view! {
        <button class="chip" class:on=flag(is_on) aria-pressed=worded(move || is_on().to_string()) on:click=act(flip)>{label}</button>
    }
}
