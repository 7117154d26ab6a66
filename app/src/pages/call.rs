//! Gọi trực ban: a lawful way to give notice when there is no data network, and the record of the call.

use std::collections::BTreeSet;

use dossier::id::DossierId;
use dossier::intent::{Answer, Intent};
use dossier::view::{Card, Home};
use leptos::prelude::*;
use leptos_router::hooks::use_navigate;

use crate::clock::Clock;
use crate::device::Device;
use crate::live::{Memo, RwSignal, Signal, act, flag};
use crate::parts::deadline::is_open;
use crate::parts::field::TextField;
use crate::parts::guest::meta;
use crate::parts::icon::{Icon, Pictogram};
use crate::parts::shell::Page;
use crate::text::time;

/// The notices a call may be about: those the office has not taken yet.
pub fn waiting(home: &Home) -> Vec<Card> {
    home.cards.iter().filter(|card| is_open(card)).cloned().collect()
}

/// The page.
#[component]
pub fn CallPage() -> impl IntoView {
    let device = Device::here();
    let home = device.home();
    let who = device.who();
    let cards = Memo::new(move |_| home.with(waiting));
    let agency = move || who.with(|who| who.as_ref().map(|who| who.agency.clone()).unwrap_or_default());
    view! {
        <Page title="Gọi trực ban" under=Signal::derive(agency) back="/may".to_owned()>
            <Number/>
            <Show when=move || cards.with(|cards| !cards.is_empty())>
                <Record cards=cards.get_untracked()/>
            </Show>
        </Page>
    }
}

#[component]
fn Number() -> impl IntoView {
    let who = Device::here().who();
    move || {
        let phone = who.with(|who| who.as_ref().map(|who| who.duty_phone.clone()).unwrap_or_default());
        if phone.is_empty() {
            return view! { <p>"Xã chưa ghi số trực ban. Hỏi Công an xã."</p> }.into_any();
        }
        let dial: String = phone.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect();
        view! {
            <section class="card">
                <p class="sm mute">"Số trực ban"</p>
                <p class="fig">{phone.clone()}</p>
                <a class="btn main-act wide" href=format!("tel:{dial}")><Pictogram icon=Icon::Phone/>"Gọi "{phone}</a>
                <p class="sm mute">"Gọi trước 23:00 cũng đúng luật. Đọc tên, ngày sinh, số giấy tờ, số phòng."</p>
            </section>
        }
        .into_any()
    }
}

#[component]
fn Record(cards: Vec<Card>) -> impl IntoView {
    let (device, clock) = (Device::here(), Clock::here());
    let navigate = use_navigate();
    let spoken = RwSignal::new(cards.iter().map(|card| card.dossier).collect::<BTreeSet<DossierId>>());
    let answered = RwSignal::new(String::new());
    let trouble = RwSignal::new(None::<String>);
    let today = clock.today_once();
    let ticks = cards
        .into_iter()
        .map(|card| {
            let id = card.dossier;
            let names = card.guests.iter().map(|guest| guest.name.clone()).collect::<Vec<_>>().join(", ");
            let more = card.guests.first().map(|guest| meta(guest, &card.room));
            view! {
                <label class="tick">
                    <input type="checkbox" prop:checked=flag(move || spoken.with(|spoken| spoken.contains(&id))) checked=true on:change=act(move |event| {
                        let on = event_target_checked(&event);
                        spoken.update(|spoken| { if on { spoken.insert(id); } else { spoken.remove(&id); } });
                    })/>
                    <span><b class="caps">{names}</b><br/>{more}" · hạn "{time::moment(card.due.at, today)}</span>
                </label>
            }
        })
        .collect_view();
    let record = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let answered_by = answered.get_untracked().trim().to_owned();
        let dossiers: Vec<DossierId> = spoken.get_untracked().into_iter().collect();
        if answered_by.is_empty() || dossiers.is_empty() {
            trouble.set(Some("Ghi tên người nghe máy, và chọn khách đã báo.".to_owned()));
            return;
        }
        let navigate = navigate.clone();
        let pending = device.ask(Intent::RecordCall { dossiers, answered_by });
        leptos::task::spawn_local(async move {
            match pending.await {
                Answer::Refused(refusal) => device.refuse(refusal),
                _ => navigate("/may", Default::default()),
            }
        });
    };
    view! {
        <form class="card" on:submit=act(record)>
            <h2>"Gọi xong, ghi lại cuộc gọi"</h2>
            <fieldset><legend class="sm mute">"Đã báo những khách này"</legend>{ticks}</fieldset>
            <TextField
                id="nguoi-nghe"
                label="Ai nghe máy"
                hint="Tên và chức vụ, như người đó nói"
                value=answered
                on_input=move |text| answered.set(text)
                fault=trouble
            />
            <button class="btn wide">"Ghi lại cuộc gọi"</button>
            <p class="sm mute">"Máy vẫn tự gửi khi có mạng."</p>
        </form>
    }
}
