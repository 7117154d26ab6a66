//! What the panes are made of: a line to type, a list to choose from, facts, a deed.

use leptos::prelude::*;

use app::live::{RwSignal, Signal, act, live, worded};

/// A line to type.
#[component]
pub fn Typed(
    /// What it is for.
    label: &'static str,
    /// What is in it.
    value: RwSignal<String>,
    /// What kind of line: text, tel, date.
    #[prop(default = "text")]
    kind: &'static str,
) -> impl IntoView {
    view! {
        <label class="line">
            <span>{label}</span>
            <input
                type=kind
                autocomplete="off"
                prop:value=worded(move || value.get())
                on:input=act(move |event| value.set(event_target_value(&event)))
            />
        </label>
    }
    .into_any()
}

/// One of a list; the first is taken until another is chosen.
#[component]
pub fn Chosen(
    /// What it is for.
    label: &'static str,
    /// Value and words of each.
    #[prop(into)]
    options: Signal<Vec<(String, String)>>,
    /// The value that is chosen.
    value: RwSignal<String>,
) -> impl IntoView {
    let rows = move || {
        let (options, value) = (options.get(), value.get());
        let rows = options.into_iter().map(|(code, words)| {
            let chosen = code == value;
            view! { <option value=code selected=chosen>{words}</option> }
        });
        rows.collect_view()
    };
    view! {
        <label class="line">
            <span>{label}</span>
            <select on:change=act(move |event| value.set(event_target_value(&event)))>{live(rows)}</select>
        </label>
    }
    .into_any()
}

/// The value of a list nobody has touched is its first.
pub fn picked(value: RwSignal<String>, options: &[(String, String)]) -> String {
    let value = value.get_untracked();
    match options.first() {
        Some((first, _)) if value.is_empty() => first.clone(),
        _ => value,
    }
}

/// One fact: what it is and what it says.
pub fn fact(name: &'static str, words: impl Into<String>) -> AnyView {
    let words: String = words.into();
    if words.is_empty() {
        return ().into_any();
    }
    view! { <dt>{name}</dt><dd>{words}</dd> }.into_any()
}

/// A deed; the main one of a pane stands out.
#[component]
pub fn Deed(
    /// What it says.
    words: &'static str,
    /// What it does.
    #[prop(into)]
    run: Callback<()>,
    /// The main one.
    #[prop(optional)]
    main: bool,
) -> impl IntoView {
    let class = if main { "btn main-act" } else { "btn" };
    view! { <button type="button" class=class on:click=act(move |_| run.run(()))>{words}</button> }.into_any()
}
