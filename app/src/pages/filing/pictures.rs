//! The pages of the papers of a dossier: fetched only when somebody wants to see one, and shown only as long as the page
//! stands.

use std::collections::BTreeMap;

use dossier::filing::intent::{FilingAnswer, FilingIntent};
use dossier::filing::view::FilingDetail;
use dossier::intent::{Answer, Intent};
use leptos::prelude::*;

use crate::browser::Browser;
use crate::device::Device;
use crate::live::{RwSignal, act, live};

/// The list, and the page that is looked at.
#[component]
pub fn Pictures(
    /// The dossier.
    detail: FilingDetail,
) -> impl IntoView {
    let (device, browser) = (Device::here(), Browser::here());
    let dossier = detail.card.dossier;
    let shown = RwSignal::new(None::<String>);
    let show = move |picture: Option<&[u8]>| {
        browser.with(|browser| {
            if let Some(before) = shown.try_with_untracked(Clone::clone).flatten() {
                browser.hide_picture(&before);
            }
            shown.try_set(picture.map(|picture| browser.show_picture(picture)));
        });
    };
    on_cleanup(move || show(None));
    let mut pages = BTreeMap::new();
    let mut buttons = Vec::new();
    for (id, page) in &detail.filing.papers {
        let id = *id;
        let place = pages.entry(page.paper.clone()).and_modify(|pages| *pages += 1).or_insert(1);
        let paper = detail.procedure.paper(&page.paper).map_or_else(String::new, |paper| paper.label.clone());
        let there = if detail.arrived.contains(&id) || detail.owns { "" } else { " · ảnh chưa tới" };
        let words = format!("Xem {paper}, trang {place}{there}");
        let look = move |_| {
            let asking = device.ask(Intent::Filing(FilingIntent::Picture(dossier, id)));
            leptos::task::spawn_local(async move {
                match asking.await {
                    Answer::Filing(FilingAnswer::Picture(picture)) => show(Some(&picture)),
                    Answer::Refused(refusal) => device.refuse(refusal),
                    _ => {}
                }
            });
        };
        buttons.push(
            view! { <li><button type="button" class="btn wide" on:click=act(look)>{words}</button></li> },
        );
    }
    (!buttons.is_empty()).then(|| {
        view! {
            <section class="card">
                <h2>"Giấy tờ kèm theo"</h2>
                <ul class="stack">{buttons}</ul>
                {live(move || shown.get().map(|address| view! {
                    <img class="photo-full" src=address alt="Trang giấy tờ đang xem"/>
                }))}
            </section>
        }
    })
}
