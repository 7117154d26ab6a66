//! Giấy tờ kèm theo: what the procedure really needs, and nothing else.

use dossier::filing::FilingField;
use dossier::id::PaperId;
use dossier::procedure::{Facts, PaperNeeded};
use leptos::prelude::*;

use super::Sheet;
use crate::live::{act, flag, live};
use crate::parts::field::Blocked;
use crate::parts::photo::{Kept, Photo};

/// The page.
#[component]
pub fn PapersPage() -> impl IntoView {
    let sheet = Sheet::here();
    let papers = sheet.procedure.with_value(|procedure| procedure.papers.clone());
    view! {
        <div class="form">
            <p class="sm mute">"Chụp ảnh, hoặc mang bản chính đến: cán bộ xem rồi trả lại ngay. Ảnh chỉ nằm trong hồ sơ này."</p>
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
            <Pages paper=paper.clone()/>
            <label class="tick">
                <input type="checkbox" prop:checked=flag(brings) on:change=act(toggle)/>
                "Mang bản chính đến cho cán bộ xem"
            </label>
            <Blocked id=format!("giay-{}-loi", paper.key) fault=sheet.fault(FilingField::Paper(paper.key.clone()))/>
        </section>
    }
    .into_any()
}

/// The pages photographed, and room for one more.
#[component]
fn Pages(paper: PaperNeeded) -> impl IntoView {
    let sheet = Sheet::here();
    let own = paper.key.clone();
    let kept = move || -> Vec<Kept> {
        sheet.draft.with(|draft| {
            let own = draft.papers.iter().filter(|(_, page)| page.paper == own);
            own.map(|(id, page)| (*id, page.clone())).collect()
        })
    };
    let kept = StoredValue::new_local(kept);
    let most = usize::from(paper.pages);
    let places = move || (0..(kept.with_value(|kept| kept()).len() + 1).min(most)).collect::<Vec<_>>();
    let took = move |(id, page): Kept| sheet.edit(move |draft| _ = draft.papers.insert(id, page));
    let dropped = move |id: PaperId| sheet.edit(move |draft| _ = draft.papers.remove(&id));
    view! {
        <For each=places key=|place| *place let:place>
            <Photo
                paper=paper.key.clone()
                label=format!("{}, trang {}", paper.label, place + 1)
                id=format!("anh-{}-{place}", paper.key)
                kept=untrack(move || kept.with_value(|kept| kept()).get(place).cloned())
                on_kept=took
                on_dropped=dropped
            />
        </For>
    }
    .into_any()
}
