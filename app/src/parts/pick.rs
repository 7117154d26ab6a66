//! A list of choices: one of them, each with its own large target.

use crate::live::{Signal, act, flag};
use leptos::prelude::*;

/// One choice of a group.
#[component]
pub fn Pick(
    /// The group it belongs to.
    #[prop(into)]
    group: String,
    /// Whether it is the one.
    #[prop(into)]
    chosen: Signal<bool>,
    /// Chooses it.
    #[prop(into)]
    choose: Callback<()>,
    /// More classes.
    #[prop(optional)]
    class: &'static str,
    /// What it says.
    children: Children,
) -> impl IntoView {
    view! {
        <label class=format!("pick {class}")>
            <input type="radio" name=group prop:checked=flag(move || chosen.get()) checked=chosen.get_untracked() on:change=act(move |_| choose.run(()))/>
            <span class="rb" aria-hidden="true"></span>
            <span class="grow">{children()}</span>
        </label>
    }
    .into_any()
}
