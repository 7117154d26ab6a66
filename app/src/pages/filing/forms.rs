//! The official forms of a dossier, to be kept or printed: made by the office, kept nowhere by the device.

use dossier::filing::intent::{FilingAnswer, FilingIntent};
use dossier::filing::printed::{Printed, Trail};
use dossier::filing::view::FilingDetail;
use dossier::intent::{Answer, Intent, Refusal};
use leptos::prelude::*;

use crate::browser::Browser;
use crate::device::Device;
use crate::live::{RwSignal, act, live};
use crate::text::refusal;

/// A button that fetches a form and hands it over.
#[component]
pub fn Fetch(
    /// What is on it.
    words: String,
    /// What the file is called.
    file: &'static str,
    /// What is asked of the device, when it is pressed.
    ask: impl Fn() -> FilingIntent + Send + 'static,
) -> impl IntoView {
    let (device, browser) = (Device::here(), Browser::here());
    let said = RwSignal::new(String::new());
    let fetch = move |_| {
        said.set(String::new());
        let asking = device.ask(Intent::Filing(ask()));
        leptos::task::spawn_local(async move {
            match asking.await {
                Answer::Filing(FilingAnswer::Printed(bytes)) => {
                    browser.with(|browser| browser.hand_over(file, &bytes));
                    said.try_set(format!("Đã tải {file}."));
                }
                Answer::Refused(Refusal::NeedsNetwork) => {
                    said.try_set("Đang mất mạng. Có mạng rồi bấm lại; hồ sơ vẫn giữ nguyên.".to_owned());
                }
                Answer::Refused(Refusal::Unknown) => {
                    said.try_set("Nơi nhận chưa có giấy này.".to_owned());
                }
                Answer::Refused(Refusal::Busy) => {
                    said.try_set("Nơi nhận đang bận. Ít phút nữa bấm lại.".to_owned());
                }
                Answer::Refused(why) => said.try_set(refusal::words(&why)),
                _ => {}
            }
        });
    };
    view! {
        <button type="button" class="btn wide" on:click=act(fetch)>{words}</button>
        <p class="sm" role="status">{live(move || said.get())}</p>
    }
    .into_any()
}

/// A button for each form whose step was taken; nothing before the dossier is at the office.
#[component]
pub fn Forms(
    /// The dossier.
    detail: FilingDetail,
) -> impl IntoView {
    let dossier = detail.card.dossier;
    let trail = Trail::of(&detail.acts);
    let at_office = trail.submitted.is_some();
    let there = |form: &&Printed| at_office && trail.has(**form, &detail.procedure);
    let button = |form: &Printed| {
        let form = *form;
        let words = format!("Tải {} (PDF)", form.label());
        view! { <li><Fetch words file=form.file() ask=move || FilingIntent::Print(dossier, form)/></li> }
    };
    let buttons: Vec<_> = Printed::ALL.iter().filter(there).map(button).collect();
    (!buttons.is_empty()).then(|| {
        view! {
            <section class="card">
                <h2>"Giấy in"</h2>
                <p class="sm mute">"Cơ quan làm tệp, nên cần có mạng."</p>
                <ul class="stack">{buttons}</ul>
            </section>
        }
    })
}
