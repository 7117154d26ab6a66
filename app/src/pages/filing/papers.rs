//! Giấy tờ kèm theo: what the procedure really needs, and nothing else.

use dossier::filing::FilingField;
use dossier::procedure::{Facts, PaperNeeded};
use leptos::prelude::*;

use super::Sheet;
use crate::live::{act, flag, live};
use crate::parts::field::Blocked;

/// The page.
#[component]
pub fn PapersPage() -> impl IntoView {
    let sheet = Sheet::here();
    let papers = sheet.procedure.with_value(|procedure| procedure.papers.clone());
    view! {
        <div class="form">
            <p class="sm mute">"Bản chính được xem và trả lại ngay, cơ quan không giữ."</p>
            {papers.into_iter().map(|paper| view! { <Paper paper/> }).collect_view()}
        </div>
    }
    .into_any()
}

#[component]
fn Paper(paper: PaperNeeded) -> impl IntoView {
    let sheet = Sheet::here();
    let today = sheet.clock.today_once();
    let need = paper.need;
    let needed = move || {
        sheet.draft.with(|draft| {
            let rows: Vec<_> =
                draft.people.iter().filter(|person| !person.removed).map(|person| &person.answers).collect();
            need.holds(&Facts { answers: &draft.answers, people: &rows, row: None }, today)
        })
    };
    let (key, own) = (paper.key.clone(), paper.key.clone());
    let brings = move || sheet.draft.with(|draft| draft.originals.contains(&own));
    let toggle = move |event| {
        let (key, on) = (key.clone(), event_target_checked(&event));
        sheet.edit(move |draft| {
            if on {
                draft.originals.insert(key)
            } else {
                draft.originals.remove(&key)
            };
        });
    };
    view! {
        <section class="card tight" id=format!("giay-{}", paper.key) tabindex="-1">
            <h2>{paper.label.clone()}</h2>
            <p class="sm mute">{live(move || if needed() { "Cần có" } else { "Không bắt buộc" })}</p>
            {(!paper.hint.is_empty()).then(|| view! { <p class="sm">{paper.hint.clone()}</p> })}
            <label class="tick">
                <input type="checkbox" prop:checked=flag(brings) on:change=act(toggle)/>
                "Mang bản chính đến cho cán bộ xem"
            </label>
            <Blocked id=format!("giay-{}-loi", paper.key) fault=sheet.fault(FilingField::Paper(paper.key.clone()))/>
        </section>
    }
    .into_any()
}
