//! What must be known before a form is gone on with: what the agency asks to be added, each with the way to its place,
//! what has changed in the form since it was begun, and what did not come with it from another device.

use dossier::filing::hand::Came;
use dossier::filing::migrate::Change;
use dossier::filing::step::{Anchor, Item};
use dossier::filing::{FilingField, draft::Kept};
use dossier::procedure::PaperKey;
use leptos::prelude::*;
use leptos_router::components::A;

use super::{Section, Sheet};
use crate::clock::Clock;
use crate::live::live;
use crate::parts::icon::{Icon, Pictogram};
use crate::text::{filing as words, time};

/// What the agency asks for, and what the form asks otherwise than before.
#[component]
pub fn Told(
    /// The items of an open supplement request.
    asked: Vec<Item>,
    /// What has changed since the form was begun.
    changes: Vec<Change>,
    /// Where it was begun, if that was on another device.
    came: Option<Came>,
) -> impl IntoView {
    let sheet = Sheet::here();
    let came = came.map(|came| view! { <FromElsewhere came/> });
    let asked = (!asked.is_empty()).then(|| view! { <Asked asked/> });
    let changes = (!changes.is_empty()).then(|| {
        let lines = sheet.procedure.with_value(|procedure| {
            changes.iter().map(|change| words::change(procedure, change)).collect::<Vec<_>>()
        });
        let lines = lines.into_iter().map(|line| view! { <li>{line}</li> });
        view! {
            <section class="card tight" aria-label="Mẫu tờ khai có thay đổi">
                <p><b>"Mẫu tờ khai có thay đổi"</b></p>
                <ul class="says">{lines.collect_view()}</ul>
                <p class="sm mute">"Những gì đã ghi vẫn còn."</p>
            </section>
        }
    });
    let kept = move || sheet.draft.with(|draft| draft.kept.clone());
    view! {
        {came}
        {asked}
        {changes}
        {live(move || {
            let kept = kept();
            (!kept.is_empty()).then(|| view! { <Aside kept/> })
        })}
    }
    .into_any()
}

/// When it came, by which slip, and which papers are to be photographed again here.
#[component]
fn FromElsewhere(came: Came) -> impl IntoView {
    let (sheet, today) = (Sheet::here(), Clock::here().today_once());
    let Came { slip, at, again } = came;
    let lacking = move || -> Vec<String> {
        let here = |key: &PaperKey| {
            sheet.draft.with(|draft| {
                draft.originals.contains(key) || draft.papers.values().any(|page| page.paper == *key)
            })
        };
        let lacking = again.iter().filter(|key| !here(key));
        sheet.procedure.with_value(|procedure| {
            lacking.filter_map(|key| procedure.paper(key).map(|paper| paper.label.clone())).collect()
        })
    };
    view! {
        <section class="card tight" aria-label="Tờ khai nhận từ máy khác">
            <p><b>{format!("Nhận từ máy khác lúc {}", time::moment(at, today))}</b></p>
            <p class="sm mute">{format!("Máy kia hỏi số thì gõ {slip}.")}</p>
            {live(move || {
                let lacking = lacking();
                (!lacking.is_empty()).then(|| view! {
                    <p class="sm">"Ảnh không đi theo. Chụp lại, hoặc mang bản chính: "<A href=sheet.address(Section::Papers)>{lacking.join("; ")}</A></p>
                })
            })}
        </section>
    }
    .into_any()
}

/// The items of the request.
#[component]
fn Asked(asked: Vec<Item>) -> impl IntoView {
    let sheet = Sheet::here();
    let lines = asked.into_iter().map(|item| {
        let what = item.what.to_string();
        match item.at.and_then(|at| section(sheet, &at)) {
            Some(place) => view! { <li><A href=sheet.address(place)>{what}</A></li> }.into_any(),
            None => view! { <li>{what}</li> }.into_any(),
        }
    });
    view! {
        <section class="check xem" aria-label="Cần bổ sung">
            <Pictogram icon=Icon::Review/>
            <div class="grow">
                <p><b>"Cơ quan yêu cầu bổ sung"</b></p>
                <ul>{lines.collect_view()}</ul>
            </div>
        </section>
    }
    .into_any()
}

/// What was typed where nothing is asked any more.
#[component]
fn Aside(kept: Vec<Kept>) -> impl IntoView {
    let lines = kept.into_iter().map(|kept| view! { <div><dt>{kept.label}</dt><dd>{kept.value}</dd></div> });
    view! {
        <section class="card tight" aria-label="Mẫu mới không hỏi nữa">
            <p><b>"Mẫu mới không hỏi nữa"</b></p>
            <dl class="ans plain">{lines.collect_view()}</dl>
        </section>
    }
    .into_any()
}

/// The section in which an item is put right.
fn section(sheet: Sheet, at: &Anchor) -> Option<Section> {
    let field = match at {
        Anchor::Answer(key) => FilingField::Answer(key.clone()),
        Anchor::Person(id, key) => {
            let place = sheet
                .draft
                .with_untracked(|draft| draft.people.iter().position(|person| person.person == Some(*id)))?;
            FilingField::Person(place, key.clone())
        }
        Anchor::People => FilingField::People,
        Anchor::Consent(kind) => FilingField::Consent(*kind),
        Anchor::Paper(key) => FilingField::Paper(key.clone()),
    };
    Some(sheet.section_of(&field))
}
