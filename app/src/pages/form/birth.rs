//! Ngày, tháng, năm sinh: three boxes, as much as the paper knows. No calendar, no invented 01/01.

use dossier::draft::{Field, GuestDraft};
use leptos::prelude::*;

use super::Form;
use crate::live::{RwSignal, act, flag, worded};
use crate::parts::field::Blocked;

/// The birth date of one guest.
#[component]
pub fn Birth(
    /// The guest.
    place: usize,
) -> impl IntoView {
    let form = Form::here();
    let typed = form.draft.with_untracked(|draft| draft.guests.get(place).cloned().unwrap_or_default());
    let year_only = RwSignal::new(
        !typed.birth_year.is_empty() && typed.birth_day.is_empty() && typed.birth_month.is_empty(),
    );
    view! {
        <fieldset class="q" id="ngay-sinh" tabindex="-1">
            <legend class="lab">"Ngày, tháng, năm sinh"</legend>
            <div class="date" class:year-only=flag(move || year_only.get())>
                <div hidden=flag(move || year_only.get())>
                    <label for="sinh-ngay">"Ngày"</label>
                    <Part place id="sinh-ngay" longest=2 get=|guest| &guest.birth_day set=|guest, text| guest.birth_day = text/>
                </div>
                <div hidden=flag(move || year_only.get())>
                    <label for="sinh-thang">"Tháng"</label>
                    <Part place id="sinh-thang" longest=2 get=|guest| &guest.birth_month set=|guest, text| guest.birth_month = text/>
                </div>
                <div>
                    <label for="nam-sinh">"Năm"</label>
                    <Part place id="nam-sinh" longest=4 get=|guest| &guest.birth_year set=|guest, text| guest.birth_year = text/>
                </div>
            </div>
            <label class="tick">
                <input type="checkbox" prop:checked=flag(move || year_only.get()) on:change=act(move |event| {
                    let only = event_target_checked(&event);
                    year_only.set(only);
                    if only {
                        form.edit_guest(place, |guest| {
                            guest.birth_day.clear();
                            guest.birth_month.clear();
                        });
                    }
                })/>
                "Chỉ biết năm"
            </label>
            <Blocked id="ngay-sinh-loi" fault=form.fault(Field::Birth(place))/>
        </fieldset>
    }
    .into_any()
}

#[component]
fn Part(
    place: usize,
    id: &'static str,
    longest: u8,
    get: fn(&GuestDraft) -> &String,
    set: fn(&mut GuestDraft, String),
) -> impl IntoView {
    let form = Form::here();
    let value = form.guest_text(place, move |guest| get(guest).clone());
    // The year is the last of the three: only when it was left is the whole date looked at.
    let leave = move |_| {
        if id == "nam-sinh" {
            form.leave(Field::Birth(place));
        }
    };
    view! {
        <input
            class="box"
            id=id
            inputmode="numeric"
            autocomplete="off"
            maxlength=longest.to_string()
            aria-describedby="ngay-sinh-loi"
            prop:value=worded(move || value.get())
            value=value.get_untracked()
            on:input=act(move |event| form.edit_guest(place, |guest| set(guest, event_target_value(&event))))
            on:blur=act(leave)
        />
    }
}
