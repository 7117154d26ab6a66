//! Opening the form: what was half filled in, or the form of a notice, and on what ground it is filled in for others.

use dossier::behalf::BehalfDraft;
use dossier::draft::StayDraft;
use dossier::id::DossierId;
use dossier::intent::{Answer, Intent};
use dossier::view::House;
use leptos::prelude::*;
use leptos_router::components::Redirect;
use leptos_router::hooks::use_query_map;

use super::{Steps, begun};
use crate::clock::Clock;
use crate::device::{Device, Typed};
use crate::live::{RwSignal, live};

/// The page: fetches the half-filled form, or the form of the notice named by `sua`.
#[component]
pub fn FormPage() -> impl IntoView {
    let (device, clock) = (Device::here(), Clock::here());
    let query = use_query_map();
    let edited = query.read_untracked().get("sua").and_then(|id| id.parse::<DossierId>().ok());
    let loaded = RwSignal::new(None);
    leptos::task::spawn_local(async move {
        let (ground, place) = match edited {
            None => (ground(device).await, None),
            Some(id) => (None, place(device, id).await),
        };
        loaded.try_set(Some((load(device, edited).await, ground, place)));
    });
    live(move || {
        loaded.get().map(|(draft, ground, place)| {
            let unnamed = ground.as_ref().is_some_and(|(behalf, _)| behalf.giver.trim().is_empty());
            if unnamed {
                // Whoever files for others says first for whom.
                return view! { <Redirect path="/may/khai-thay"/> }.into_any();
            }
            view! { <Steps draft=begun(draft, clock.now_once()) ground place/> }.into_any()
        })
    })
}

/// On what ground a new notice is filled in, and for which house; `None` for who declares in their own duty.
async fn ground(device: Device) -> Option<(BehalfDraft, Option<House>)> {
    let own = device.who().with_untracked(|who| who.as_ref().is_none_or(|who| who.role.declares()));
    match if own { return None } else { device.ask(Intent::LoadBehalf).await } {
        Answer::Behalf(behalf, houses) => {
            let house = houses.into_iter().find(|house| Some(house.id) == behalf.house);
            Some((*behalf, house))
        }
        _ => None,
    }
}

/// The house of a notice that is changed by who has none of their own.
async fn place(device: Device, id: DossierId) -> Option<House> {
    let own = device.who().with_untracked(|who| who.as_ref().is_none_or(|who| who.role.declares()));
    match if own { return None } else { device.ask(Intent::Open(id)).await } {
        Answer::Detail(detail) => Some(detail.house),
        _ => None,
    }
}

async fn load(device: Device, edited: Option<DossierId>) -> StayDraft {
    // What is typed and could not be kept yet is newer than anything the device knows.
    if let Some(Typed::Notice(typed)) = device.typing().get_untracked()
        && typed.dossier == edited
    {
        return typed;
    }
    match device.ask(Intent::LoadDraft(edited)).await {
        Answer::Draft(draft) => *draft,
        Answer::Refused(refusal) => {
            device.refuse(refusal);
            StayDraft::default()
        }
        _ => StayDraft::default(),
    }
}
