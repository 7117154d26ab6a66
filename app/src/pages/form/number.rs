//! Kind of paper and its number, with the warning about what was seen in it and its two answers.

use dossier::draft::{Field, Trouble};
use dossier::nationality::Nationality;
use dossier::paper::PaperKind;
use dossier::personal_number::Observation;
use leptos::prelude::*;

use super::Form;
use crate::browser::Browser;
use crate::clock::Clock;
use crate::live::{Memo, Signal, act, live, worded};
use crate::parts::field::{Blocked, Kind};
use crate::parts::icon::{Icon, Pictogram};
use crate::text::paper;

const OF_VIETNAMESE: [PaperKind; 9] = [
    PaperKind::IdentityCard,
    PaperKind::CitizenCard,
    PaperKind::BirthCertificate,
    PaperKind::PersonalNumberNotice,
    PaperKind::Passport,
    PaperKind::OldIdCard,
    PaperKind::DrivingLicence,
    PaperKind::HealthInsuranceCard,
    PaperKind::Other,
];
const OF_FOREIGNERS: [PaperKind; 3] = [PaperKind::Passport, PaperKind::GiayThongHanh, PaperKind::Other];

/// The papers a guest may show, most used first.
#[component]
pub fn KindOfPaper(
    /// The guest.
    place: usize,
    /// A foreigner.
    #[prop(into)]
    foreign: Signal<bool>,
) -> impl IntoView {
    let form = Form::here();
    let options = move || {
        let kinds: &[PaperKind] = if foreign.get() { &OF_FOREIGNERS } else { &OF_VIETNAMESE };
        let chosen = form.guest(place).paper;
        kinds
            .iter()
            .map(|kind| {
                view! {
                    <option value=kind.code().to_string() selected=*kind == chosen prop:selected=*kind == chosen>{kind.label()}</option>
                }
            })
            .collect_view()
    };
    view! {
        <div class="q">
            <label for="loai-giay-to">"Loại giấy tờ"</label>
            <select class="box" id="loai-giay-to" on:change=act(move |event| {
                let kind = event_target_value(&event).parse().ok().and_then(PaperKind::from_code);
                if let Some(kind) = kind {
                    form.edit_guest(place, |guest| guest.paper = kind);
                }
            })>{options}</select>
        </div>
    }
    .into_any()
}

/// The number.
#[component]
pub fn Number(
    /// The guest.
    place: usize,
) -> impl IntoView {
    let form = Form::here();
    let field = Field::Number(place);
    let kind = Memo::new(move |_| form.guest(place).paper);
    let value = form.guest_text(place, |guest| guest.number.clone());
    let look = move || if kind.get().carries_personal_number() { Kind::NUMBER } else { Kind::LETTERS };
    view! {
        <div class="q">
            <label for="so-giay-to">
                {live(move || paper::number_label(kind.get()))}
                <span class="hint">{live(move || paper::hint(kind.get()))}</span>
            </label>
            <input
                id="so-giay-to"
                class=worded(move || format!("box {}", look().class))
                inputmode=worded(move || look().keys)
                type="text"
                autocomplete="off"
                autocapitalize="characters"
                spellcheck="false"
                aria-describedby="so-giay-to-loi so-giay-to-xem"
                prop:value=worded(move || value.get())
                value=value.get_untracked()
                on:input=act(move |event| {
                    let typed = event_target_value(&event);
                    form.edit_guest(place, |guest| {
                        guest.number = paper::grouped_while_typing(guest.paper, &guest.number, &typed);
                    });
                })
                on:blur=act(move |_| {
                    let number = form.guest(place).number;
                    let grouped = paper::grouped(kind.get_untracked(), &number);
                    if grouped != number {
                        form.edit_guest(place, |guest| guest.number = grouped);
                    }
                    form.leave(field);
                })
            />
            <Blocked id="so-giay-to-loi" fault=form.fault(field)/>
            <LostZero place/>
            <Seen place/>
        </div>
    }
    .into_any()
}

/// Puts a lost zero back with one tap.
#[component]
fn LostZero(place: usize) -> impl IntoView {
    let form = Form::here();
    let meant = Memo::new(move |_| form.lost_zero(place).filter(|_| form.was_left(Field::Number(place))));
    live(move || {
        meant.get().map(|meant| {
            let words = format!("Đúng, ghi {meant}");
            let put = move |_| form.edit_guest(place, |guest| guest.number = meant.clone());
            view! { <button type="button" class="btn wide" on:click=act(put)>{words}</button> }
        })
    })
}

/// What was seen in the number, with its two answers; once answered, that it was.
#[component]
fn Seen(place: usize) -> impl IntoView {
    let (form, clock, browser) = (Form::here(), Clock::here(), Browser::here());
    let seen = Memo::new(move |_| {
        let guest = form.guest(place);
        let looked = paper::is_whole(&guest) || form.was_left(Field::Number(place));
        if looked { observations(&guest, clock) } else { Vec::new() }
    });
    let confirmed = Memo::new(move |_| form.guest(place).confirmed);
    let warning = move |seen: Vec<Observation>| {
        let (repair, anchor) = paper::repair(&seen);
        let lines = seen
            .iter()
            .map(paper::observation)
            .map(|(what, do_this)| {
                view! {
                    <p><b>{what}</b>" "{do_this}</p>
                }
            })
            .collect_view();
        view! {
            <div class="check xem">
                <Pictogram icon=Icon::Review/>
                <div class="grow">
                    {lines}
                    <div class="pair">
                        <button type="button" class="btn" on:click=act(move |_| browser.with(|browser| browser.focus(anchor)))>
                            {repair}
                        </button>
                        <button type="button" class="btn" on:click=act(move |_| {
                            form.edit(|draft| if let Some(guest) = draft.guests.get_mut(place) { guest.confirmed = true });
                        })>"Thẻ đúng vậy"</button>
                    </div>
                </div>
            </div>
        }
    };
    view! {
        <div id="so-giay-to-xem" role="status">
            {live(move || match (seen.get(), confirmed.get()) {
                (seen, _) if seen.is_empty() => ().into_any(),
                (_, true) => view! {
                    <div class="check nhan"><Pictogram icon=Icon::Tick/><p>"Đã nhìn lại thẻ: đúng vậy."</p></div>
                }.into_any(),
                (seen, false) => warning(seen).into_any(),
            })}
        </div>
    }
}

/// What a second look at the paper should be for.
pub fn observations(guest: &dossier::draft::GuestDraft, clock: Clock) -> Vec<Observation> {
    // The parser says it once, as the fault of an unanswered warning; an answered one is asked as if it were not.
    let asked = dossier::draft::GuestDraft { confirmed: false, ..guest.clone() };
    let faults = asked.parse(0, clock.today_once(), None).err().unwrap_or_default();
    faults
        .into_iter()
        .find_map(|fault| match fault.trouble {
            Trouble::Unanswered(seen) => Some(seen),
            _ => None,
        })
        .unwrap_or_default()
}

/// The paper a guest of this nationality most often shows.
pub fn usual_paper(nationality: Nationality) -> PaperKind {
    if nationality == Nationality::VNM { PaperKind::IdentityCard } else { PaperKind::Passport }
}
