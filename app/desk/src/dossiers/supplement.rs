//! Yêu cầu bổ sung: everything at once, each item at its place in the form, so that the person is led there.

use dossier::filing::step::{Anchor, Item, Items};
use dossier::filing::view::FilingDetail;
use leptos::prelude::*;

use app::live::{RwSignal, act, live, worded};

/// One item as it is written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Wanted {
    /// Which of the dossier's places; `None` is the dossier as a whole.
    place: Option<usize>,
    words: String,
}

/// The places of a dossier an item may point at, in the order of its form, with their names.
fn places(detail: &FilingDetail) -> Vec<(Anchor, String)> {
    let procedure = &detail.procedure;
    let fields =
        procedure.fields.iter().map(|field| (Anchor::Answer(field.key.clone()), field.label.clone()));
    let columns = procedure.people.as_ref().map(|people| people.columns.clone()).unwrap_or_default();
    let people = detail.filing.present().enumerate().flat_map(|(place, (id, _))| {
        let (id, place) = (*id, place + 1);
        let of = move |column: &dossier::procedure::Field| {
            (Anchor::Person(id, column.key.clone()), format!("Người {place}: {}", column.label))
        };
        columns.iter().map(of).collect::<Vec<_>>()
    });
    let table = procedure.people.as_ref().map(|people| (Anchor::People, people.title.clone()));
    let consents = procedure
        .consents
        .iter()
        .map(|consent| (Anchor::Consent(consent.kind), consent.kind.label().to_owned()));
    let papers = procedure.papers.iter().map(|paper| (Anchor::Paper(paper.key.clone()), paper.label.clone()));
    fields.chain(table).chain(people).chain(consents).chain(papers).collect()
}

/// The request as it was written; `None` while nothing is asked for, or something is too long.
pub(super) fn items(written: &[Wanted], detail: &FilingDetail) -> Option<Items> {
    let places = places(detail);
    let asked = written.iter().filter(|wanted| !wanted.words.trim().is_empty());
    let items: Result<Vec<Item>, _> = asked
        .map(|wanted| {
            let at = wanted.place.and_then(|place| places.get(place)).map(|(anchor, _)| anchor.clone());
            wanted.words.parse().map(|what| Item { at, what })
        })
        .collect();
    items.ok().and_then(|items| Items::new(items).ok())
}

/// The rows: a place of the form and what is missing there.
#[component]
pub(super) fn Request(
    /// What is written.
    written: RwSignal<Vec<Wanted>>,
    /// Of which dossier.
    detail: FilingDetail,
) -> impl IntoView {
    let names: Vec<String> = places(&detail).into_iter().map(|(_, name)| name).collect();
    let names = StoredValue::new(names);
    let count = move || written.with(Vec::len);
    let row = move |row: usize| {
        let change = move |change: &dyn Fn(&mut Wanted)| {
            written.update(|written| {
                if let Some(wanted) = written.get_mut(row) {
                    change(wanted);
                }
            });
        };
        let options = names.get_value().into_iter().enumerate();
        let options = options.map(|(place, name)| view! { <option value=place.to_string()>{name}</option> });
        let pick = move |event: leptos::ev::Event| {
            let place = event_target_value(&event).parse().ok();
            change(&move |wanted| wanted.place = place);
        };
        let write = move |event: leptos::ev::Event| {
            let words = event_target_value(&event);
            change(&move |wanted| wanted.words.clone_from(&words));
        };
        let words = worded(move || {
            written.with(|written| written.get(row).map(|wanted| wanted.words.clone()).unwrap_or_default())
        });
        view! {
            <div class="q">
                <label for=format!("bo-sung-cho-{row}")>{format!("Mục {}", row + 1)}</label>
                <select class="box" id=format!("bo-sung-cho-{row}") on:change=act(pick)>
                    <option value="">"Cả hồ sơ"</option>
                    {options.collect_view()}
                </select>
                <textarea class="box" rows="2" maxlength="1000" aria-label=format!("Mục {}: cần bổ sung, sửa gì", row + 1)
                    prop:value=words on:input=act(write)></textarea>
            </div>
        }
        .into_any()
    };
    view! {
        <p class="sm mute">"Ghi đủ một lần: mỗi mục một chỗ cần bổ sung, sửa."</p>
        {live(move || (0..count()).map(row).collect_view())}
        <button type="button" class="btn" on:click=act(move |_| written.update(|written| written.push(Wanted::default())))>
            "Thêm mục"
        </button>
    }
    .into_any()
}
