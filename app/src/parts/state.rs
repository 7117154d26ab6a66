//! The one thing a card says.

use dossier::view::CardState;
use leptos::prelude::*;

use super::icon::Pictogram;
use crate::device::Device;
use crate::live::{Memo, live};
use crate::text;

/// Icon, colour and words of a state; under `queue`, what a receipt is not.
#[component]
pub fn StateLine(
    /// The state.
    state: CardState,
) -> impl IntoView {
    let device = Device::here();
    let link = device.link();
    let standing =
        device.who().with_untracked(|who| who.as_ref().map(|who| who.standing).unwrap_or_default());
    let note = text::standing_note(standing, &state);
    let words = Memo::new(move |_| link.with(|link| text::state(&state, link)));
    let first = words.get_untracked();
    view! {
        <p class=format!("st {}", first.tone.class())>
            <Pictogram icon=first.icon/>
            <span>{live(move || words.with(|words| words.words.clone()))}</span>
        </p>
        {note.map(|note| view! { <p class="meta sm mute">{note}</p> })}
    }
    .into_any()
}
