//! Bước 1: one guest a page.

use dossier::draft::Field;
use dossier::nationality::Nationality;
use dossier::sex::Sex;
use leptos::prelude::*;

use super::birth::Birth;
use super::nationality::{Country, VietnameseOrNot};
use super::number::{KindOfPaper, Number};
use super::summary::{self, Spot};
use super::{Form, Step, StepsHead, go, present};
use crate::browser::Browser;
use crate::live::{Memo, RwSignal, Signal, act, live};
use crate::parts::field::{Blocked, Kind, TextField};
use crate::parts::icon::{Icon, Pictogram};
use crate::parts::pick::Pick;
use crate::text::fault;

/// The fields of one guest.
#[component]
pub fn GuestStep(
    /// The guest.
    place: usize,
) -> impl IntoView {
    let form = Form::here();
    let typed = form.draft.with_untracked(|draft| draft.guests.get(place).cloned().unwrap_or_default());
    let no_country = form.no_country.with_untracked(|of| *of == Some(place));
    let foreign = RwSignal::new(typed.nationality != Nationality::VNM || no_country);
    view! {
        <div class="form">
            <StepsHead step=1 name="Người lưu trú"/>
            <VietnameseOrNot place foreign/>
            {live(move || foreign.get().then(|| view! { <Country place/> }))}
            <KindOfPaper place foreign/>
            <Number place/>
            <Name place/>
            <Birth place/>
            <SexOf place/>
            {live(move || foreign.get().then(|| view! { <Permit place/> }))}
            <More place/>
            <TakeOut place/>
        </div>
    }
    .into_any()
}

#[component]
fn Name(place: usize) -> impl IntoView {
    let form = Form::here();
    view! {
        <TextField
            id="ho-ten"
            label="Họ, chữ đệm và tên khai sinh"
            hint="Như in trên giấy tờ"
            kind=Kind::NAME
            value=form.guest_text(place, |guest| guest.name.clone())
            on_input=move |text| form.edit_guest(place, |guest| guest.name = text)
            on_leave=Callback::new(move |()| form.leave(Field::Name(place)))
            fault=form.fault(Field::Name(place))
        />
    }
    .into_any()
}

#[component]
fn SexOf(place: usize) -> impl IntoView {
    let form = Form::here();
    let picks = Sex::ALL
        .into_iter()
        .map(|sex| {
            let chosen = Signal::derive(move || form.guest(place).sex == Some(sex));
            view! {
                <Pick group="gioi-tinh" chosen choose=move |()| form.edit_guest(place, |guest| guest.sex = Some(sex))>
                    {sex.label()}
                </Pick>
            }
        })
        .collect_view();
    view! {
        <fieldset class="q" id="gioi-tinh" tabindex="-1">
            <legend class="lab">"Giới tính"</legend>
            <div class="picks half">{picks}</div>
            <Blocked id="gioi-tinh-loi" fault=form.fault(Field::Sex(place))/>
        </fieldset>
    }
    .into_any()
}

#[component]
fn Permit(place: usize) -> impl IntoView {
    let form = Form::here();
    view! {
        <TextField
            id="thoi-han"
            label="Thời hạn tạm trú"
            hint="Ngày cuối được ở, xem dấu nhập cảnh hoặc thị thực"
            kind=Kind::DAY
            value=form.guest_text(place, |guest| guest.permitted_until.clone())
            on_input=move |text| form.edit_guest(place, |guest| guest.permitted_until = text)
            on_leave=Callback::new(move |()| form.leave(Field::PermittedUntil(place)))
            fault=form.fault(Field::PermittedUntil(place))
        />
    }
    .into_any()
}

#[component]
fn More(place: usize) -> impl IntoView {
    let form = Form::here();
    view! {
        <details>
            <summary><Pictogram icon=Icon::Next class="i-s"/>"Thêm thông tin (không bắt buộc)"</summary>
            <div class="stack">
                <TextField
                    id="dien-thoai"
                    label="Số điện thoại (không bắt buộc)"
                    kind=Kind { keys: "tel", ..Kind::TEXT }
                    value=form.guest_text(place, |guest| guest.phone.clone())
                    on_input=move |text| form.edit_guest(place, |guest| guest.phone = text)
                />
                <TextField
                    id="noi-o"
                    label="Nơi cư trú (không bắt buộc)"
                    value=form.guest_text(place, |guest| guest.home.clone())
                    on_input=move |text| form.edit_guest(place, |guest| guest.home = text)
                />
            </div>
        </details>
    }
    .into_any()
}

/// Takes a guest out again, while another one is left.
#[component]
fn TakeOut(place: usize) -> impl IntoView {
    let form = Form::here();
    let go = go(form);
    let more = Memo::new(move |_| form.draft.with(|draft| present(draft).count() > 1));
    let take_out = move |_| {
        go(Step::Check);
        form.edit(|draft| match draft.guests.get_mut(place) {
            Some(known) if known.guest.is_some() => known.removed = true,
            Some(_) => {
                draft.guests.remove(place);
            }
            None => {}
        });
    };
    view! {
        <Show when=move || more.get()>
            <button type="button" class="btn plain wide" on:click=act(take_out.clone())>"Bỏ khách này"</button>
        </Show>
    }
}

/// "Tiếp tục": on to what is not known yet.
#[component]
pub fn Next(
    /// The guest.
    place: usize,
    /// The places to look at.
    faults: RwSignal<Vec<Spot>>,
) -> impl IntoView {
    let (form, browser) = (Form::here(), Browser::here());
    let go = go(form);
    let on = move |_| {
        let mut spots: Vec<Spot> = form
            .look_at(Step::Guest(place))
            .iter()
            .map(|found| Spot { step: None, anchor: fault::anchor(found.at), words: fault::words(found) })
            .collect();
        if form.no_country.get_untracked() == Some(place) {
            spots.insert(
                0,
                Spot { step: None, anchor: "nuoc", words: "Chưa chọn nước của khách.".to_owned() },
            );
        }
        if !spots.is_empty() {
            summary::show(browser, faults, spots);
            return;
        }
        faults.set(Vec::new());
        go(if form.knows_the_stay() { Step::Check } else { Step::Stay });
    };
    view! { <button type="button" class="btn main-act wide" on:click=act(on)>"Tiếp tục"</button> }
}
