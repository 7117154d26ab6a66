//! One field of a form, by what it holds.

use dossier::filing::FilingField;
use dossier::procedure::{Field, FieldKind};
use dossier::relation::Relation;
use leptos::prelude::*;

use super::Sheet;
use crate::live::{RwSignal, Signal, act, flag, live, worded};
use crate::parts::field::{Blocked, Kind, TextField};
use crate::parts::pick::Pick;
use crate::text::paper;

/// Options up to so many are shown; more of them lie in a list to open.
const SHOWN: usize = 6;

/// A page of the form's own fields.
#[component]
pub fn FieldsPage(
    /// Which one.
    page: usize,
) -> impl IntoView {
    let sheet = Sheet::here();
    let fields = sheet.pages().get(page).cloned().unwrap_or_default();
    view! { <div class="form">{fields.into_iter().map(|field| view! { <FieldInput person=None field/> }).collect_view()}</div> }
        .into_any()
}

/// One field.
#[component]
pub fn FieldInput(
    /// Whose: a place among the people, or the form's own.
    person: Option<usize>,
    /// Which one.
    field: Field,
) -> impl IntoView {
    let sheet = Sheet::here();
    let asked = {
        let field = field.clone();
        crate::live::Memo::new(move |_| sheet.asks(person, &field))
    };
    live(move || asked.get().then(|| input(sheet, person, field.clone())))
}

fn input(sheet: Sheet, person: Option<usize>, field: Field) -> AnyView {
    let at = match person {
        Some(place) => FilingField::Person(place, field.key.clone()),
        None => FilingField::Answer(field.key.clone()),
    };
    let fault = sheet.fault(at);
    let value = sheet.text(person, &field);
    let id = format!("o-{}", field.key);
    let optional = field.need == dossier::procedure::Need::Optional;
    let label = if optional { format!("{} (không bắt buộc)", field.label) } else { field.label.clone() };
    let typed = {
        let field = field.clone();
        Callback::new(move |text: String| sheet.type_in(person, &field, text))
    };
    match &field.kind {
        FieldKind::BirthDate => view! { <Birth id label value typed fault/> }.into_any(),
        FieldKind::Sex => {
            let options = vec![("nam".to_owned(), "Nam".to_owned()), ("nu".to_owned(), "Nữ".to_owned())];
            view! { <Options id label hint=field.hint.clone() options value typed fault/> }.into_any()
        }
        FieldKind::Choice { options } => {
            let options = options.iter().map(|one| (one.key.to_string(), one.label.clone())).collect();
            view! { <Options id label hint=field.hint.clone() options value typed fault/> }.into_any()
        }
        FieldKind::Relation => {
            let options = Relation::all().map(|one| (one.key(), one.label().to_owned())).collect();
            view! { <Options id label hint=field.hint.clone() options value typed fault/> }.into_any()
        }
        FieldKind::Note { .. } => {
            view! { <Lines id label hint=field.hint.clone() value typed fault/> }.into_any()
        }
        FieldKind::PersonalNumber => {
            view! { <Number person field=field.clone() id label value typed fault/> }.into_any()
        }
        kind => {
            let kind = match kind {
                FieldKind::FullName => Kind::NAME,
                FieldKind::Phone | FieldKind::Money | FieldKind::Count { .. } => Kind::DIGITS,
                FieldKind::Day => Kind::DAY,
                _ => Kind::TEXT,
            };
            view! { <TextField id label hint=field.hint.clone() kind value on_input=typed fault/> }.into_any()
        }
    }
}

/// A personal number, grouped while it is typed; what was seen in it has two answers.
#[component]
fn Number(
    person: Option<usize>,
    field: Field,
    id: String,
    label: String,
    value: Signal<String>,
    typed: Callback<String>,
    fault: Signal<Option<String>>,
) -> impl IntoView {
    let sheet = Sheet::here();
    let grouped = move |text: String| {
        let before = value.get_untracked();
        typed.run(paper::grouped_while_typing(dossier::paper::PaperKind::IdentityCard, &before, &text));
    };
    let key = field.key.clone();
    let confirm = move |_| {
        let key = key.clone();
        sheet.edit(move |draft| match person {
            Some(place) => {
                if let Some(person) = draft.people.get_mut(place) {
                    person.confirmed.insert(key);
                }
            }
            None => {
                draft.confirmed.insert(key);
            }
        });
    };
    let at = match person {
        Some(place) => FilingField::Person(place, field.key.clone()),
        None => FilingField::Answer(field.key.clone()),
    };
    let asks = move || {
        sheet.faults.with(|faults| {
            let unanswered = |trouble: &_| matches!(trouble, dossier::filing::FilingTrouble::Unanswered(_));
            faults.iter().any(|fault| fault.at == at && unanswered(&fault.trouble))
        })
    };
    let confirm = StoredValue::new_local(confirm);
    view! {
        <TextField id label hint=field.hint.clone() kind=Kind::NUMBER value on_input=grouped fault/>
        {live(move || asks().then(|| view! {
            <button type="button" class="btn wide" on:click=act(move |event: leptos::ev::MouseEvent| confirm.with_value(|confirm| confirm(event)))>
                "Giấy tờ ghi đúng như vậy"
            </button>
        }))}
    }
    .into_any()
}

/// Several lines.
#[component]
fn Lines(
    id: String,
    label: String,
    hint: String,
    value: Signal<String>,
    typed: Callback<String>,
    fault: Signal<Option<String>>,
) -> impl IntoView {
    let below = format!("{id}-loi");
    view! {
        <div class="q">
            <label for=id.clone()>{label}{(!hint.is_empty()).then(|| view! { <span class="hint">{hint}</span> })}</label>
            <textarea
                class="box"
                id=id
                rows="4"
                aria-describedby=below.clone()
                prop:value=worded(move || value.get())
                on:input=act(move |event| typed.run(event_target_value(&event)))
            >{value.get_untracked()}</textarea>
            <Blocked id=below fault/>
        </div>
    }
    .into_any()
}

/// One of a few, or one of many.
#[component]
fn Options(
    id: String,
    label: String,
    hint: String,
    options: Vec<(String, String)>,
    value: Signal<String>,
    typed: Callback<String>,
    fault: Signal<Option<String>>,
) -> impl IntoView {
    let below = format!("{id}-loi");
    let hint = (!hint.is_empty()).then(|| view! { <span class="hint">{hint}</span> });
    let choose = move |key: String| {
        typed.run(key);
    };
    if options.len() <= SHOWN {
        let group = id.clone();
        let picks = options.into_iter().map(|(key, words)| {
            let (own, group) = (key.clone(), group.clone());
            view! {
                <Pick
                    group
                    chosen=Signal::derive(move || value.get() == own)
                    choose=Callback::new(move |()| choose(key.clone()))
                >{words}</Pick>
            }
        });
        return view! {
            <fieldset class="q" id=id tabindex="-1">
                <legend class="lab">{label}{hint}</legend>
                <div class="picks">{picks.collect_view()}</div>
                <Blocked id=below fault/>
            </fieldset>
        }
        .into_any();
    }
    let listed = options.into_iter().map(|(key, words)| {
        let own = key.clone();
        let chosen = value.get_untracked() == key;
        view! { <option value=key selected=chosen prop:selected=flag(move || value.get() == own)>{words}</option> }
    });
    view! {
        <div class="q">
            <label for=id.clone()>{label}{hint}</label>
            <select class="box" id=id aria-describedby=below.clone() on:change=act(move |event| choose(event_target_value(&event)))>
                <option value="">"Chọn"</option>
                {listed.collect_view()}
            </select>
            <Blocked id=below fault/>
        </div>
    }
    .into_any()
}

/// Ngày, tháng, năm sinh: as much as the paper knows.
#[component]
fn Birth(
    id: String,
    label: String,
    value: Signal<String>,
    typed: Callback<String>,
    fault: Signal<Option<String>>,
) -> impl IntoView {
    let parts = move || {
        let text = value.get();
        let mut parts = text.split('-').map(str::to_owned);
        let mut part = || parts.next().unwrap_or_default();
        [part(), part(), part()]
    };
    let set = move |place: usize, text: String| {
        let mut now = untrack(parts);
        now[place] = text.trim().replace('-', "");
        let empty = now.iter().all(String::is_empty);
        typed.run(if empty { String::new() } else { now.join("-") });
    };
    let only =
        RwSignal::new(untrack(parts)[1..].iter().all(String::is_empty) && !untrack(parts)[0].is_empty());
    let boxes = [(2, "ngay", "Ngày", 2), (1, "thang", "Tháng", 2), (0, "nam", "Năm", 4)].map(
        |(place, name, words, most)| {
            let id = format!("{id}-{name}");
            view! {
                <div hidden=flag(move || place > 0 && only.get())>
                    <label for=id.clone()>{words}</label>
                    <input
                        class="box"
                        id=id
                        inputmode="numeric"
                        autocomplete="off"
                        maxlength=most.to_string()
                        prop:value=worded(move || parts()[place].clone())
                        value=untrack(parts)[place].clone()
                        on:input=act(move |event| set(place, event_target_value(&event)))
                    />
                </div>
            }
        },
    );
    view! {
        <fieldset class="q" id=id.clone() tabindex="-1">
            <legend class="lab">{label}</legend>
            <div class="date" class:year-only=flag(move || only.get())>{boxes}</div>
            <label class="tick">
                <input type="checkbox" prop:checked=flag(move || only.get()) on:change=act(move |event| {
                    let year = event_target_checked(&event);
                    only.set(year);
                    if year {
                        set(1, String::new());
                        set(2, String::new());
                    }
                })/>
                "Chỉ biết năm"
            </label>
            <Blocked id=format!("{id}-loi") fault/>
        </fieldset>
    }
    .into_any()
}
