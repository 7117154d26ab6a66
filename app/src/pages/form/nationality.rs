//! Quốc tịch: Việt Nam with one tap; others by search, accents or not, in Vietnamese or English.

use dossier::nationality::Nationality;
use leptos::prelude::*;

use super::Form;
use super::number::usual_paper;
use crate::browser::Browser;
use crate::live::{Memo, RwSignal, Signal, act};
use crate::parts::icon::{Icon, Pictogram};
use crate::parts::pick::Pick;

/// How many countries are offered at once.
const OFFERED: usize = 8;

/// Việt Nam or another nationality.
#[component]
pub fn VietnameseOrNot(
    /// The guest.
    place: usize,
    /// A foreigner.
    foreign: RwSignal<bool>,
) -> impl IntoView {
    let form = Form::here();
    let choose = move |is_foreign: bool| {
        foreign.set(is_foreign);
        form.no_country.set(is_foreign.then_some(place));
        form.edit_guest(place, |guest| {
            // Which country is not guessed: it stays Việt Nam until one is picked, and the step waits for that.
            guest.nationality = Nationality::VNM;
            guest.paper =
                if is_foreign { dossier::paper::PaperKind::Passport } else { usual_paper(Nationality::VNM) };
        });
    };
    view! {
        <fieldset class="q">
            <legend class="lab">"Quốc tịch"</legend>
            <div class="picks half">
                <Pick group="quoc-tich" chosen=Signal::derive(move || !foreign.get()) choose=move |()| choose(false)>
                    "Việt Nam"
                </Pick>
                <Pick group="quoc-tich" chosen=foreign choose=move |()| choose(true)>"Nước ngoài"</Pick>
            </div>
        </fieldset>
    }
    .into_any()
}

/// The search among nationalities.
#[component]
pub fn Country(
    /// The guest.
    place: usize,
) -> impl IntoView {
    let (form, browser) = (Form::here(), Browser::here());
    let search = RwSignal::new(None::<String>);
    let chosen =
        Memo::new(move |_| Some(form.guest(place).nationality).filter(|chosen| *chosen != Nationality::VNM));
    let shown =
        move || search.get().or_else(|| chosen.get().map(|it| it.vi_name().to_owned())).unwrap_or_default();
    let choose = move |nationality| {
        form.edit_guest(place, |guest| guest.nationality = nationality);
        form.no_country.set(None);
        search.set(None);
        browser.with(|browser| browser.focus("loai-giay-to"));
    };
    let options = move || {
        let typed = search.get();
        if typed.is_none() && chosen.get().is_some() {
            return None;
        }
        let typed = typed.unwrap_or_default();
        let mut found =
            if typed.trim().is_empty() { Nationality::all() } else { Nationality::search(&typed) };
        found.retain(|nationality| *nationality != Nationality::VNM);
        found.truncate(OFFERED);
        let none = found.is_empty();
        let rows = found.into_iter().map(|nationality| view! {
            <button type="button" on:click=act(move |_| choose(nationality))>{nationality.vi_name()}</button>
        }).collect_view();
        Some(view! {
            <div class="options" role="group" aria-label="Chọn nước">
                {rows}
                {none.then(|| view! { <p class="check xem">"Không thấy nước này. Thử tên tiếng Anh, như Korea."</p> })}
            </div>
        })
    };
    view! {
        <div class="q">
            <label for="nuoc">"Nước nào"<span class="hint">"Gõ vài chữ rồi chọn, như Pháp"</span></label>
            <input
                class="box"
                id="nuoc"
                autocomplete="off"
                prop:value=shown
                on:input=act(move |event| search.set(Some(event_target_value(&event))))
            />
            {options}
        </div>
        <div class="check goi">
            <Pictogram icon=Icon::Call/>
            <p><b>"Phải khai ngay."</b>" Khách nước ngoài khai khi vừa đến, không chờ tới 23:00."</p>
        </div>
    }
    .into_any()
}
