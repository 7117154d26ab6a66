//! Lý do lưu trú: most used first, the full legal list behind "Lý do khác".

use dossier::draft::Field;
use dossier::reason::StayReason;
use leptos::prelude::*;

use super::Form;
use crate::live::{Memo, Signal};
use crate::parts::field::{Blocked, TextField};
use crate::parts::icon::{Icon, Pictogram};
use crate::parts::pick::Pick;

/// What guests of homestays most often come for.
const FIRST: [StayReason; 4] =
    [StayReason::Tourism, StayReason::FamilyVisit, StayReason::Business, StayReason::Labour];

/// The reason of the stay.
#[component]
pub fn Reason() -> impl IntoView {
    let form = Form::here();
    let chosen = Memo::new(move |_| form.draft.with(|draft| draft.reason));
    let pick = move |reason: StayReason| {
        view! {
            <Pick
                group="ly-do"
                chosen=Signal::derive(move || chosen.get() == Some(reason))
                choose=move |()| form.edit(|draft| draft.reason = Some(reason))
            >
                {reason.label()}
            </Pick>
        }
    };
    let rest =
        StayReason::ALL.iter().copied().filter(|reason| !FIRST.contains(reason)).map(pick).collect_view();
    let open = chosen.get_untracked().is_some_and(|reason| !FIRST.contains(&reason));
    view! {
        <fieldset class="q" id="ly-do" tabindex="-1">
            <legend class="lab">"Lý do lưu trú"</legend>
            <div class="picks">{FIRST.map(pick)}</div>
            <details open=open>
                <summary><Pictogram icon=Icon::Next class="i-s"/>"Lý do khác"</summary>
                {rest}
            </details>
            <Show when=move || chosen.get() == Some(StayReason::Other)>
                <TextField
                    id="ly-do-chu"
                    label="Mục đích khác là gì"
                    value=Signal::derive(move || form.draft.with(|draft| draft.reason_text.clone()))
                    on_input=move |text| form.edit(|draft| draft.reason_text = text)
                />
            </Show>
            <Blocked id="ly-do-loi" fault=form.fault(Field::Reason)/>
        </fieldset>
    }
    .into_any()
}
