//! A guest on a list: the whole row is the target, the state is its last line.

use dossier::moment::Day;
use dossier::nationality::Nationality;
use dossier::view::{Card, CardGuest};
use leptos::prelude::*;
use leptos_router::components::A;

use super::icon::{Icon, Pictogram};
use super::state::StateLine;
use crate::text::time;

/// "sinh 14/03/1996 · phòng 2", or "Pháp · phòng 3".
pub fn meta(guest: &CardGuest, room: &str) -> String {
    let mut parts = Vec::new();
    if guest.nationality != Nationality::VNM {
        parts.push(guest.nationality.vi_name().to_owned());
    }
    if !guest.birth.is_empty() {
        parts.push(format!("sinh {}", guest.birth));
    }
    if !room.is_empty() {
        parts.push(format!("phòng {room}"));
    }
    parts.join(" · ")
}

/// The page of a notice.
pub fn page_of(card: &Card) -> String {
    format!("/may/ho-so/{}", card.dossier)
}

/// One row for each guest of a notice.
#[component]
pub fn GuestRows(
    /// The notice.
    card: Card,
) -> impl IntoView {
    let page = page_of(&card);
    let Card { guests, room, state, .. } = card;
    guests
        .into_iter()
        .map(|guest| {
            let meta = meta(&guest, &room);
            let state = state.clone();
            view! {
                <li>
                    <A href=page.clone() attr:class="guest">
                        <div class="grow">
                            <p class="name caps">{guest.name}</p>
                            <p class="meta">{meta}</p>
                            <StateLine state/>
                        </div>
                        <Pictogram icon=Icon::Next class="i-s"/>
                    </A>
                </li>
            }
        })
        .collect_view()
}

/// "Lưu trú 2 người" and the time it was for.
pub fn title(card: &Card, today: Day) -> (String, String) {
    (format!("Lưu trú {}", crate::text::people(card.guests.len())), time::moment(card.arrive, today))
}
