//! The people of a dossier: a list, and a page for each.

use dossier::filing::FilingField;
use dossier::filing::draft::PersonDraft;
use leptos::prelude::*;
use leptos_router::components::A;
use leptos_router::hooks::use_navigate;

use super::field::FieldInput;
use super::{Section, Sheet};
use crate::live::{Memo, act, live};
use crate::parts::field::Blocked;
use crate::parts::icon::{Icon, Pictogram};

/// The list.
#[component]
pub fn PeoplePage() -> impl IntoView {
    let sheet = Sheet::here();
    let navigate = use_navigate();
    let one =
        sheet.procedure.with_value(|procedure| procedure.people.as_ref().map(|people| people.one.clone()));
    let add = move |_| {
        let place = sheet.draft.with_untracked(|draft| draft.people.len());
        sheet.edit(|draft| draft.people.push(PersonDraft::default()));
        navigate(&sheet.address(Section::Person(place)), Default::default());
    };
    let rows = move || {
        let people = sheet.draft.with(|draft| draft.people.clone());
        let present = people.into_iter().enumerate().filter(|(_, person)| !person.removed);
        present
            .map(|(place, person)| {
                let name = person.answers.get("name").cloned().unwrap_or_default();
                let name = if name.is_empty() { format!("Người {}", place + 1) } else { name };
                view! {
                    <li>
                        <A href=sheet.address(Section::Person(place)) attr:class="task">
                            <span class="grow caps">{name}</span>
                            <Pictogram icon=Icon::Next class="i-s"/>
                        </A>
                    </li>
                }
            })
            .collect_view()
    };
    let some =
        Memo::new(move |_| sheet.draft.with(|draft| draft.people.iter().any(|person| !person.removed)));
    view! {
        <div id="nguoi" tabindex="-1" class="form">
            {live(move || some.get().then(|| view! { <ul class="card flush list tasks">{live(rows)}</ul> }))}
            {live(move || (!some.get()).then(|| view! { <p class="mute">"Không có ai khác thì bấm Tiếp tục."</p> }))}
            <Blocked id="nguoi-loi" fault=sheet.fault(FilingField::People)/>
            <button type="button" class="btn wide" on:click=act(add)>
                <Pictogram icon=Icon::Add/>
                {format!("Thêm {}", one.unwrap_or_default())}
            </button>
        </div>
    }
    .into_any()
}

/// One person.
#[component]
pub fn PersonPage(
    /// Their place in the draft.
    place: usize,
) -> impl IntoView {
    let sheet = Sheet::here();
    let navigate = use_navigate();
    let columns = sheet.procedure.with_value(|procedure| {
        procedure.people.as_ref().map(|people| people.columns.clone()).unwrap_or_default()
    });
    let remove = move |_| {
        sheet.edit(|draft| match draft.people.get_mut(place) {
            Some(person) if person.person.is_some() => person.removed = true,
            Some(_) => drop(draft.people.remove(place)),
            None => {}
        });
        navigate(&sheet.address(Section::People), Default::default());
    };
    view! {
        <div class="form">
            {columns.into_iter().map(|field| view! { <FieldInput person=Some(place) field/> }).collect_view()}
            <button type="button" class="btn wide" on:click=act(remove)>"Bỏ người này khỏi hồ sơ"</button>
        </div>
    }
    .into_any()
}
