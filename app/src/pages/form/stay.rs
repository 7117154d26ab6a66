//! Bước 2: days, room, reason.

use dossier::draft::Field;
use leptos::prelude::*;

use super::reason::Reason;
use super::summary::{self, Spot};
use super::{Form, Step, StepsHead, go};
use crate::browser::{Browser, Setting};
use crate::clock::Clock;
use crate::device::Device;
use crate::live::{Memo, RwSignal, Signal, act, flag, worded};
use crate::parts::field::{Kind, TextField};
use crate::text::{fault, time};

/// The fields all guests of one check-in share.
#[component]
pub fn StayStep() -> impl IntoView {
    let form = Form::here();
    view! {
        <div class="form">
            <StepsHead step=2 name="Ngày ở, phòng, lý do"/>
            <Arrive/>
            <Leave/>
            <Room/>
            <Reason/>
            <TextField
                id="ghi-chu"
                label="Ghi chú (không bắt buộc)"
                value=Signal::derive(move || form.draft.with(|draft| draft.note.clone()))
                on_input=move |text| form.edit(|draft| draft.note = text)
            />
        </div>
    }
    .into_any()
}

#[component]
fn Arrive() -> impl IntoView {
    let (form, clock) = (Form::here(), Clock::here());
    let day = Signal::derive(move || form.draft.with(|draft| draft.arrive_day.clone()));
    let choice = move |words: &'static str, days: i32| {
        let this = move || time::input_day(clock.today_once().plus(days));
        view! {
            <button
                type="button"
                class="btn"
                class:on=flag(move || day.get() == this())
                aria-pressed=worded(move || (day.get() == this()).to_string())
                on:click=act(move |_| form.edit(|draft| draft.arrive_day = this()))
            >{words}</button>
        }
    };
    let leave = Callback::new(move |()| form.leave(Field::Arrive));
    view! {
        <fieldset class="q">
            <legend class="lab">"Khách đến lúc nào"</legend>
            <div class="chips">{choice("Hôm nay", 0)}{choice("Hôm qua", -1)}</div>
            <div class="two-up">
                <TextField
                    id="ngay-den"
                    label="Ngày đến"
                    kind=Kind::DAY
                    value=day
                    on_input=move |text| form.edit(|draft| draft.arrive_day = text)
                    on_leave=leave
                />
                <TextField
                    id="gio-den"
                    label="Giờ đến"
                    kind=Kind::TIME
                    value=Signal::derive(move || form.draft.with(|draft| draft.arrive_time.clone()))
                    on_input=move |text| form.edit(|draft| draft.arrive_time = text)
                    on_leave=leave
                />
            </div>
            <crate::parts::field::Blocked id="ngay-den-chung-loi" fault=form.fault(Field::Arrive)/>
        </fieldset>
    }
    .into_any()
}

#[component]
fn Leave() -> impl IntoView {
    let form = Form::here();
    let day = Signal::derive(move || form.draft.with(|draft| draft.leave_day.clone()));
    let nights = [1, 2, 3].map(|nights: i32| {
        let then = move || {
            let arrive = form.draft.with(|draft| time::typed_day(&draft.arrive_day))?;
            Some(time::input_day(arrive.plus(nights)))
        };
        view! {
            <button
                type="button"
                class="btn"
                class:on=flag(move || Some(day.get()) == then())
                aria-pressed=worded(move || (Some(day.get()) == then()).to_string())
                on:click=act(move |_| {
                    if let Some(then) = then() {
                        form.edit(|draft| draft.leave_day = then);
                        form.leave(Field::Leave);
                    }
                })
            >{format!("{nights} đêm")}</button>
        }
    });
    view! {
        <fieldset class="q">
            <legend class="lab">"Ở mấy đêm"</legend>
            <div class="chips">{nights}</div>
            <TextField
                id="ngay-di"
                label="Ngày đi dự kiến"
                kind=Kind::DAY
                value=day
                on_input=move |text| form.edit(|draft| draft.leave_day = text)
                on_leave=Callback::new(move |()| form.leave(Field::Leave))
                fault=form.fault(Field::Leave)
            />
        </fieldset>
    }
    .into_any()
}

#[component]
fn Room() -> impl IntoView {
    let (form, browser) = (Form::here(), Browser::here());
    let home = Device::here().home();
    let room = Signal::derive(move || form.draft.with(|draft| draft.room.clone()));
    let mut known: Vec<String> = Vec::new();
    let last = browser.with(|browser| browser.kept(Setting::Room));
    let used =
        home.with_untracked(|home| home.cards.iter().map(|card| card.room.clone()).collect::<Vec<_>>());
    for name in std::iter::once(last).chain(used) {
        if !name.is_empty() && !known.contains(&name) && known.len() < 5 {
            known.push(name);
        }
    }
    let chips = known
        .into_iter()
        .map(|name| {
            let (this, chosen) = (name.clone(), name.clone());
            let is_chosen = Memo::new(move |_| room.get() == chosen);
            view! {
                <button
                    type="button"
                    class="btn"
                    class:on=flag(move || is_chosen.get())
                    aria-label=format!("Phòng {name}")
                    aria-pressed=worded(move || is_chosen.get().to_string())
                    on:click=act(move |_| form.edit(|draft| draft.room = this.clone()))
                >{name.clone()}</button>
            }
        })
        .collect_view();
    view! {
        <div class="stack">
            <TextField
                id="so-phong"
                label="Số phòng"
                value=room
                on_input=move |text| form.edit(|draft| draft.room = text)
                on_leave=Callback::new(move |()| form.leave(Field::Room))
                fault=form.fault(Field::Room)
            />
            <div class="chips">{chips}</div>
        </div>
    }
    .into_any()
}

/// "Tiếp tục": on to the check.
#[component]
pub fn Next(
    /// The places to look at.
    faults: RwSignal<Vec<Spot>>,
) -> impl IntoView {
    let (form, browser) = (Form::here(), Browser::here());
    let go = go(form);
    let on = move |_| {
        let spots: Vec<Spot> = form
            .look_at(Step::Stay)
            .iter()
            .map(|found| Spot { step: None, anchor: fault::anchor(found.at), words: fault::words(found) })
            .collect();
        if !spots.is_empty() {
            summary::show(browser, faults, spots);
            return;
        }
        faults.set(Vec::new());
        go(Step::Check);
    };
    view! { <button type="button" class="btn main-act wide" on:click=act(on)>"Tiếp tục"</button> }
}
