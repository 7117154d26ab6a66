//! Danh sách việc: every part of the form with what is true of it, in any order.

use leptos::prelude::*;
use leptos_router::components::A;

use super::{Section, Sheet};
use crate::live::live;
use crate::pages::hand::give;
use crate::parts::icon::{Icon, Pictogram};

/// What is true of a part.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Done {
    Not,
    Half,
    Whole,
    Free,
}

impl Done {
    const fn words(self) -> (&'static str, Icon, &'static str) {
        match self {
            Done::Not => ("", Icon::Draft, "Chưa làm"),
            Done::Half => ("xem", Icon::Edit, "Đang làm"),
            Done::Whole => ("nhan", Icon::Tick, "Xong"),
            Done::Free => ("", Icon::Tick, "Không bắt buộc"),
        }
    }
}

/// The list.
#[component]
pub fn Tasks() -> impl IntoView {
    let sheet = Sheet::here();
    let rows = move || {
        sheet.draft.track();
        let wrong = sheet.wrong();
        let lacks = |section: Section| wrong.iter().filter(|fault| sheet.belongs(&fault.at, section)).count();
        let pages = sheet.pages();
        let form: usize = (0..pages.len()).map(|page| lacks(Section::Fields(page))).sum();
        let draft = sheet.draft.get();
        let begun = |started: bool, lacks: usize| match (started, lacks) {
            (_, 0) if started => Done::Whole,
            (true, _) => Done::Half,
            (false, 0) => Done::Free,
            (false, _) => Done::Not,
        };
        let mut rows = vec![(
            sheet.procedure.with_value(|procedure| format!("Tờ khai {}", procedure.form)),
            Section::Fields(0),
            begun(!draft.answers.is_empty(), form),
        )];
        sheet.procedure.with_value(|procedure| {
            if let Some(people) = &procedure.people {
                let each: usize = (0..draft.people.len()).map(|place| lacks(Section::Person(place))).sum();
                let lacks = each + lacks(Section::People);
                rows.push((people.title.clone(), Section::People, begun(!draft.people.is_empty(), lacks)));
            }
            for consent in procedure.consents.iter().filter(|consent| sheet.asks_consent(consent)) {
                let section = Section::Consent(consent.kind);
                let given = draft.consents.contains_key(&consent.kind);
                rows.push((consent.kind.label().to_owned(), section, begun(given, lacks(section))));
            }
            if !procedure.papers.is_empty() {
                let any = !draft.papers.is_empty() || !draft.originals.is_empty();
                rows.push((
                    "Giấy tờ kèm theo".to_owned(),
                    Section::Papers,
                    begun(any, lacks(Section::Papers)),
                ));
            }
        });
        let ready = if wrong.is_empty() { Done::Half } else { Done::Not };
        rows.push(("Xem lại và nộp".to_owned(), Section::Check, ready));
        rows.into_iter()
            .map(|(title, section, done)| {
                let (tone, icon, words) = done.words();
                view! {
                    <li>
                        <A href=sheet.address(section) attr:class="task">
                            <span class="grow">{title}</span>
                            <span class=format!("st {tone}")><Pictogram icon/>{words}</span>
                        </A>
                    </li>
                }
            })
            .collect_view()
    };
    view! { <ul class="card flush list tasks">{live(rows)}</ul> }.into_any()
}

/// The way of a new dossier's form to another tablet of the team, once something is typed in it.
#[component]
pub fn Elsewhere() -> impl IntoView {
    let sheet = Sheet::here();
    let team = sheet.device.who().with_untracked(|who| who.as_ref().is_some_and(|who| who.role.is_team()));
    let of = sheet.procedure.with_value(|procedure| procedure.id.clone());
    let typed = move || {
        sheet
            .draft
            .with(|draft| draft.dossier.is_none() && !(draft.answers.is_empty() && draft.people.is_empty()))
    };
    live(move || {
        (team && typed()).then(|| view! {
            <A href=give::address(&of) attr:class="btn wide"><Pictogram icon=Icon::Share/>"Chuyển sang máy khác"</A>
        })
    })
}
