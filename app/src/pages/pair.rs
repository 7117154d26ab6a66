//! Cặp cần xem: two notices that carry the same paper for the same nights. One stay, or two?

use dossier::act::PairVerdict;
use dossier::intent::{Answer, Intent};
use dossier::view::{Card, Detail};
use leptos::prelude::*;
use leptos_router::hooks::use_navigate;

use super::detail::Opened;
use crate::clock::Clock;
use crate::device::Device;
use crate::live::{RwSignal, Signal, act, flag};
use crate::parts::guest::{meta, page_of};
use crate::parts::icon::{Icon, Pictogram};
use crate::parts::pick::Pick;
use crate::parts::shell::Page;
use crate::parts::state::StateLine;
use crate::text::time;

/// What the person says they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Said {
    KeepThis,
    KeepOther,
    TwoStays,
}

/// The page.
#[component]
pub fn PairPage() -> impl IntoView {
    view! { <Opened draw=|detail| view! { <Pair detail/> }.into_any()/> }
}

/// Both notices, and the question.
#[component]
pub fn Pair(
    /// One of them.
    detail: Detail,
) -> impl IntoView {
    let back = page_of(&detail.card);
    match detail.twin {
        Some(twin) => view! { <Both this=detail.card twin back/> }.into_any(),
        None => view! {
            <Page title="Hai thông báo giống nhau" back>
                <p class="st nhan"><Pictogram icon=Icon::Tick/>"Không còn cặp nào cần xem."</p>
            </Page>
        }
        .into_any(),
    }
}

#[component]
fn Both(this: Card, twin: Card, back: String) -> impl IntoView {
    let device = Device::here();
    let navigate = use_navigate();
    let said = RwSignal::new(None::<Said>);
    let (mine, other) = (this.dossier, twin.dossier);
    let pick = move |words: &'static str, hint: &'static str, value: Said| {
        view! {
            <Pick group="cap" chosen=Signal::derive(move || said.get() == Some(value)) choose=move |()| said.set(Some(value))>
                <b>{words}</b>
                <small>{hint}</small>
            </Pick>
        }
    };
    let away = back.clone();
    let decide = move |_| {
        let Some(said) = said.get_untracked() else { return };
        let (keep, other, verdict) = match said {
            Said::KeepThis => (mine, other, PairVerdict::SameStay),
            Said::KeepOther => (other, mine, PairVerdict::SameStay),
            Said::TwoStays => (mine, other, PairVerdict::Different),
        };
        let (navigate, away) = (navigate.clone(), away.clone());
        let pending = device.ask(Intent::Settle { keep, other, verdict });
        leptos::task::spawn_local(async move {
            match pending.await {
                Answer::Refused(refusal) => device.refuse(refusal),
                _ => navigate(&away, Default::default()),
            }
        });
    };
    let words = move || match said.get() {
        Some(Said::KeepThis | Said::KeepOther) => "Ghép làm một",
        Some(Said::TwoStays) => "Giữ cả hai",
        None => "Chọn một",
    };
    let foot = move || {
        view! {
            <button type="button" class="btn main-act wide" disabled=flag(move || said.get().is_none()) on:click=act(decide.clone())>
                {words}
            </button>
        }
    };
    view! {
        <Page title="Hai thông báo giống nhau" under="Cùng giấy tờ, cùng đêm".to_owned() back foot=foot>
            <Half card=this name="Thông báo này"/>
            <Half card=twin name="Thông báo kia"/>
            <fieldset>
                <legend class="ask">"Là một lần ở hay hai?"</legend>
                {pick("Một lần ở, giữ thông báo này", "Thông báo kia đóng lại, lịch sử vẫn giữ.", Said::KeepThis)}
                {pick("Một lần ở, giữ thông báo kia", "Thông báo này đóng lại, lịch sử vẫn giữ.", Said::KeepOther)}
                {pick("Hai lần ở khác nhau", "Giữ cả hai.", Said::TwoStays)}
            </fieldset>
            <p class="sm mute">"Việc gửi không phải chờ."</p>
        </Page>
    }
}

#[component]
fn Half(card: Card, name: &'static str) -> impl IntoView {
    let today = Clock::here().today_once();
    let guests = card
        .guests
        .iter()
        .map(|guest| {
            view! {
                <p class="caps"><b>{guest.name.clone()}</b></p>
                <p class="sm mute">{meta(guest, &card.room)}</p>
            }
        })
        .collect_view();
    view! {
        <section class="card" aria-label=name>
            <p class="sm mute">{name}</p>
            {guests}
            <p class="sm">"Đến "{time::moment(card.arrive, today)}", đi "{time::near(card.leave, today)}</p>
            <StateLine state=card.state/>
        </section>
    }
}
