//! A text field: label, hint above, box, check below. Checks run when the field is left.

use leptos::prelude::*;

use super::icon::{Icon, Pictogram};
use crate::live::{Signal, act, live, worded};

/// What a keyboard and a reader should know of a field.
#[derive(Clone, Copy, Debug, Default)]
pub struct Kind {
    /// More classes of the box.
    pub class: &'static str,
    /// `inputmode`.
    pub keys: &'static str,
    /// `type`.
    pub input: &'static str,
    /// `autocomplete`.
    pub complete: &'static str,
}

impl Kind {
    /// Plain words.
    pub const TEXT: Kind = Kind { class: "", keys: "text", input: "text", complete: "off" };
    /// The name of an account. What a field is said to complete, the browser keeps in clear on its disk.
    pub const LOGIN: Kind = Kind::TEXT;
    /// A person's name, shown in capitals, kept as typed.
    pub const NAME: Kind = Kind { class: "caps", keys: "text", input: "text", complete: "off" };
    /// Digits only.
    pub const DIGITS: Kind = Kind { class: "", keys: "numeric", input: "text", complete: "off" };
    /// The number of a paper.
    pub const NUMBER: Kind = Kind { class: "id", keys: "numeric", input: "text", complete: "off" };
    /// The number of a passport.
    pub const LETTERS: Kind = Kind { class: "id caps", keys: "text", input: "text", complete: "off" };
    /// A day, by the browser's own control.
    pub const DAY: Kind = Kind { class: "", keys: "", input: "date", complete: "off" };
    /// A time, by the browser's own control.
    pub const TIME: Kind = Kind { class: "", keys: "", input: "time", complete: "off" };
    /// A password.
    pub const PASSWORD: Kind =
        Kind { class: "", keys: "text", input: "password", complete: "current-password" };
    /// A password being made.
    pub const NEW_PASSWORD: Kind =
        Kind { class: "", keys: "text", input: "password", complete: "new-password" };
    /// A PIN.
    pub const PIN: Kind = Kind { class: "id", keys: "numeric", input: "password", complete: "off" };
}

/// One field.
#[component]
pub fn TextField(
    /// Its id in the page; faults link to it.
    #[prop(into)]
    id: String,
    /// What is asked.
    #[prop(into)]
    label: String,
    /// How to answer; empty for none.
    #[prop(into, optional)]
    hint: String,
    /// What a keyboard should know.
    #[prop(default = Kind::TEXT)]
    kind: Kind,
    /// What is typed.
    #[prop(into)]
    value: Signal<String>,
    /// Takes what is typed.
    #[prop(into)]
    on_input: Callback<String>,
    /// The field was left.
    #[prop(optional, into)]
    on_leave: Option<Callback<()>>,
    /// What is wrong with it; `None` when nothing is.
    #[prop(into, default = Signal::derive(|| None))]
    fault: Signal<Option<String>>,
) -> impl IntoView {
    let below = format!("{id}-loi");
    let described = below.clone();
    view! {
        <div class="q">
            <label for=id.clone()>{label}<Hint hint/></label>
            <input
                class=format!("box {}", kind.class)
                id=id
                type=kind.input
                inputmode=kind.keys
                autocomplete=kind.complete
                autocapitalize="off"
                spellcheck="false"
                aria-describedby=described
                aria-invalid=move || fault.with(|fault| fault.is_some().then_some("true"))
                prop:value=worded(move || value.get())
                value=value.get_untracked()
                on:input=act(move |event| on_input.run(event_target_value(&event)))
                on:blur=act(move |_| {
                    if let Some(leave) = on_leave {
                        leave.run(());
                    }
                })
            />
            <Blocked id=below fault/>
        </div>
    }
    .into_any()
}

#[component]
fn Hint(hint: String) -> impl IntoView {
    (!hint.is_empty()).then(|| view! { <span class="hint">{hint}</span> })
}

/// What is wrong, under its field.
#[component]
pub fn Blocked(
    /// The id the field points to.
    #[prop(into)]
    id: String,
    /// The words.
    #[prop(into)]
    fault: Signal<Option<String>>,
) -> impl IntoView {
    view! {
        <div id=id>
            {live(move || fault.get().map(|words| view! {
                <div class="check qua"><Pictogram icon=Icon::Review/><p>{words}</p></div>
            }))}
        </div>
    }
    .into_any()
}
