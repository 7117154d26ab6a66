//! Ý kiến đồng ý: of the household head, the owner, a parent; signed here, their own, or on a paper of its own.

use dossier::filing::FilingField;
use dossier::filing::draft::{ConsentDraft, ConsentPick};
use dossier::procedure::ConsentKind;
use leptos::prelude::*;

use super::Sheet;
use crate::live::{Signal, act, live};
use crate::parts::field::{Kind, TextField};
use crate::parts::pick::Pick;
use crate::parts::signature::SignatureField;
use crate::text::time;

const WAYS: [(ConsentPick, &str); 4] = [
    (ConsentPick::Signature, "Ký trên màn hình"),
    (ConsentPick::SamePerson, "Là người đang khai"),
    (ConsentPick::SeparatePaper, "Có giấy viết riêng"),
    (ConsentPick::AtAgency, "Tự xác nhận trên VNeID hoặc với cơ quan"),
];

/// The page of one consent.
#[component]
pub fn ConsentPage(
    /// Whose.
    kind: ConsentKind,
) -> impl IntoView {
    let sheet = Sheet::here();
    let words = sheet.procedure.with_value(|procedure| {
        procedure.consents.iter().find(|consent| consent.kind == kind).map(|consent| consent.words.clone())
    });
    let village = {
        let who = sheet.device.who();
        move || who.with_untracked(|who| who.as_ref().map(|who| who.commune.clone())).unwrap_or_default()
    };
    let today = time::input_day(sheet.clock.today_once());
    let given = move |draft: &dossier::filing::draft::FilingDraft| {
        draft.consents.get(&kind).cloned().unwrap_or_default()
    };
    let change = move |change: Box<dyn FnOnce(&mut ConsentDraft)>| {
        let (at, day) = (village(), today.clone());
        sheet.edit(move |draft| {
            let consent = draft.consents.entry(kind).or_insert_with(|| ConsentDraft {
                at,
                day,
                ..ConsentDraft::default()
            });
            change(consent);
        });
    };
    let change = StoredValue::new_local(change);
    let edit = move |set: Box<dyn FnOnce(&mut ConsentDraft)>| change.with_value(|change| change(set));
    let picks = WAYS.map(|(way, words)| {
        view! {
            <Pick
                group="cach"
                chosen=Signal::derive(move || sheet.draft.with(|draft| draft.consents.get(&kind).is_some_and(|consent| consent.way == way)))
                choose=move |()| {
                    edit(Box::new(move |consent| consent.way = way));
                }
            >{words}</Pick>
        }
    });
    let text = move |of: fn(&ConsentDraft) -> &String| {
        Signal::derive(move || sheet.draft.with(|draft| of(&given(draft)).clone()))
    };
    let none = move |_| {
        sheet.edit(|draft| drop(draft.consents.remove(&kind)));
    };
    let signs = move || {
        sheet.draft.with(|draft| {
            draft.consents.get(&kind).is_some_and(|consent| consent.way == ConsentPick::Signature)
        })
    };
    let there = move || sheet.draft.with(|draft| draft.consents.contains_key(&kind));
    view! {
        <div class="form" id=format!("dong-y-{}", kind.slug()) tabindex="-1">
            {words.map(|words| view! {
                <section class="card tight"><p class="sm mute">"Đọc cho người đó nghe"</p><p class="sm">"“"{words}"”"</p></section>
            })}
            <TextField id="nguoi-dong-y" label="Họ, chữ đệm và tên người đồng ý" kind=Kind::NAME value=text(|consent| &consent.who)
                on_input=move |typed: String| edit(Box::new(move |consent| consent.who = typed)) fault=sheet.fault(FilingField::Consent(kind))/>
            <fieldset class="q">
                <legend class="unseen">"Đồng ý bằng cách nào"</legend>
                <div class="picks third">{picks}</div>
            </fieldset>
            {live(move || signs().then(|| view! {
                <SignatureField
                    id="chu-ky"
                    strokes=Signal::derive(move || sheet.draft.with(|draft| given(draft).strokes))
                    on_stroke=move |strokes| {
                        edit(Box::new(move |consent| consent.strokes = strokes));
                    }
                />
            }))}
            <TextField id="noi-dong-y" label="Nơi đồng ý" value=text(|consent| &consent.at)
                on_input=move |typed: String| edit(Box::new(move |consent| consent.at = typed))/>
            <TextField id="ngay-dong-y" label="Ngày đồng ý" kind=Kind::DAY value=text(|consent| &consent.day)
                on_input=move |typed: String| edit(Box::new(move |consent| consent.day = typed))/>
            {live(move || there().then(|| view! {
                <button type="button" class="btn wide" on:click=act(none)>"Bỏ ý kiến này"</button>
            }))}
        </div>
    }
    .into_any()
}
