//! What changed, said once and politely to who cannot see it.

use std::collections::HashMap;

use dossier::id::DossierId;
use dossier::view::CardState;
use leptos::prelude::*;

use crate::device::Device;
use crate::live::{Memo, live};
use crate::text;

/// A state as it is compared: figures that only count up are not news.
fn kind(state: &CardState) -> u8 {
    match state {
        CardState::SavedHere => 0,
        CardState::Sending => 1,
        CardState::Receipted { .. } => 2,
        CardState::Received { .. } => 3,
        CardState::Review(_) => 4,
    }
}

/// "Sùng Thị Dính: đã gửi, có biên nhận."
#[component]
pub fn Announcements() -> impl IntoView {
    let device = Device::here();
    let home = device.slice(|view| view.home.clone());
    let link = device.link();
    type Known = (Option<HashMap<DossierId, u8>>, String);
    let news = Memo::new(move |before: Option<&Known>| {
        home.with(|home| {
            // Locked: nothing of who was here is left for who comes next, and what they find is no news to them.
            let Some(home) = home else { return (None, String::new()) };
            let now: HashMap<DossierId, u8> =
                home.cards.iter().map(|card| (card.dossier, kind(&card.state))).collect();
            let Some((Some(known), said)) = before else { return (Some(now), String::new()) };
            let changed = home.cards.iter().filter(|card| {
                // Sending is only passing by; what came of it will be said.
                kind(&card.state) != 1 && known.get(&card.dossier) != now.get(&card.dossier)
            });
            let lines: Vec<String> = changed
                .take(3)
                .filter_map(|card| {
                    let name = card.guests.first()?.name.clone();
                    Some(format!(
                        "{name}: {}.",
                        link.with_untracked(|link| text::state(&card.state, link)).words
                    ))
                })
                .collect();
            (Some(now), if lines.is_empty() { said.clone() } else { lines.join(" ") })
        })
    });
    view! { <div class="unseen" role="status">{live(move || news.with(|(_, said)| said.clone()))}</div> }
}
