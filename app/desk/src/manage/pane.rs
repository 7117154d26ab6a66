//! What is open beside the list. A form is built once and keeps what is typed, whatever the office says meanwhile.

use leptos::prelude::*;

use super::hall::{Hall, Opened};
use super::part::Part;
use super::{
    agency, aside, complaint, device, person, procedure, request, several, statistics, unit, verification,
    village,
};
use app::live::{Memo, act, live};
use app::parts::icon::{Icon, Pictogram};

/// The pane; there only while something is open.
#[component]
pub fn Pane() -> impl IntoView {
    let hall = Hall::here();
    let opened = Memo::new(move |_| (hall.part.get(), hall.opened.get()));
    let draw = move || {
        let (part, opened) = opened.get();
        let opened = opened?;
        let inside = untrack(move || inside(hall, part, &opened))?;
        Some(view! {
            <aside class="pane" aria-label=part.label()>
                <div class="content">
                    <div class="title">
                        <p class="grow mute">{part.label()}</p>
                        <button class="shut" on:click=act(move |_| hall.open(None))>
                            <Pictogram icon=Icon::Back/>"Đóng"
                        </button>
                    </div>
                    {live(move || hall.said.get().map(|words| view! {
                        <p class="st xem said" role="alert"><Pictogram icon=Icon::Review/><span>{words}</span></p>
                    }))}
                    {inside}
                </div>
            </aside>
        })
    };
    live(draw)
}

fn inside(hall: Hall, part: Part, opened: &Opened) -> Option<AnyView> {
    match (part, opened) {
        (Part::People, Opened::Row(key)) => person::shown(hall, key),
        (Part::People, Opened::New) => Some(person::new(hall)),
        (Part::Requests, Opened::Row(key)) => request::shown(hall, key),
        (Part::Requests, Opened::Several) => several::shown(hall),
        (Part::Villages, Opened::Row(key)) => village::shown(hall, key),
        (Part::Villages, Opened::New) => Some(village::new(hall)),
        (Part::Devices, Opened::Row(key)) => device::shown(hall, key),
        (Part::Aside, Opened::Row(key)) => aside::shown(hall, key),
        (Part::Verifications, Opened::Row(key)) => verification::shown(hall, key),
        (Part::Complaints, Opened::Row(key)) => complaint::shown(hall, key),
        (Part::Agencies, Opened::Row(key)) => agency::shown(hall, key),
        (Part::Statistics, Opened::Row(key)) => statistics::shown(hall, key),
        (Part::Procedures, Opened::Row(key)) => procedure::shown(hall, key),
        (Part::Procedures, Opened::New) => Some(procedure::new(hall)),
        (Part::Units, Opened::New) => Some(unit::new(hall)),
        (Part::Units, Opened::Row(key)) => unit::shown(hall, key),
        (_, Opened::Several)
        | (
            Part::Figures
            | Part::Statistics
            | Part::Requests
            | Part::Devices
            | Part::Aside
            | Part::Verifications
            | Part::Complaints
            | Part::Agencies,
            _,
        ) => None,
    }
}
