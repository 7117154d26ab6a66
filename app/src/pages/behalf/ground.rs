//! Bước 2: by what right, and for how long.

use dossier::behalf::{BehalfField, Ground};
use leptos::prelude::*;

use super::Record;
use crate::clock::Clock;
use crate::live::{Signal, act, flag, live, worded};
use crate::parts::field::Blocked;
use crate::parts::pick::Pick;

const GROUNDS: [(Ground, &str, &str); 3] = [
    (Ground::Authorised, "Được ủy quyền", "Người đó nhờ mình khai, có ghi lại"),
    (Ground::Parent, "Cha, mẹ khai cho con", "Con chưa thành niên, không cần ủy quyền"),
    (Ground::Guardian, "Người giám hộ", "Theo pháp luật, không cần ủy quyền"),
];

/// For how long an authorisation is usually written.
const TERMS: [(u16, &str); 3] = [(1, "Hôm nay"), (7, "7 ngày"), (30, "30 ngày")];

/// The step.
#[component]
pub fn GroundStep() -> impl IntoView {
    let record = Record::here();
    let picks = GROUNDS.map(|(ground, name, more)| {
        view! {
            <Pick
                group="can-cu"
                chosen=Signal::derive(move || record.draft.with(|draft| draft.ground) == ground)
                choose=move |()| {
                    record.edit(|draft| draft.ground = ground);
                    record.keep();
                }
            >
                <b>{name}</b>
                <small>{more}</small>
            </Pick>
        }
    });
    view! {
        <div class="form">
            <fieldset class="q">
                <legend class="lab">"Vì sao được khai thay"</legend>
                <div class="picks">{picks}</div>
            </fieldset>
            {live(move || (record.draft.with(|draft| draft.ground) == Ground::Authorised).then(|| view! { <Term/> }))}
        </div>
    }
    .into_any()
}

#[component]
fn Term() -> impl IntoView {
    let (record, clock) = (Record::here(), Clock::here());
    let days = move || record.draft.with(|draft| draft.days);
    let terms = TERMS.map(|(term, words)| {
        view! {
            <button
                type="button"
                class="btn"
                class:on=flag(move || days() == term)
                aria-pressed=worded(move || (days() == term).to_string())
                on:click=act(move |_| {
                    record.edit(|draft| draft.days = term);
                    record.keep();
                })
            >{words}</button>
        }
    });
    let until = move || format!("Đến hết ngày {}", clock.today_once().plus(i32::from(days()) - 1));
    view! {
        <fieldset class="q" id="han-uy-quyen" tabindex="-1">
            <legend class="lab">"Ủy quyền trong bao lâu"</legend>
            <div class="chips">{terms}</div>
            <p class="sm mute">{live(until)}</p>
            <Blocked id="han-uy-quyen-loi" fault=record.fault(BehalfField::Days)/>
        </fieldset>
    }
    .into_any()
}
