//! Thủ tục: what can be filed here, and what each needs before it is begun.

use dossier::filing::intent::{FilingAnswer, FilingIntent, FormOf};
use dossier::intent::{Answer, Intent};
use dossier::procedure::{Filer, Procedure};
use dossier::vietnamese;
use leptos::prelude::*;
use leptos_router::components::A;
use leptos_router::hooks::use_params_map;

use super::check::Terms;
use super::form_address;
use crate::device::Device;
use crate::live::{RwSignal, live};
use crate::pages::hand::take;
use crate::parts::icon::{Icon, Pictogram};
use crate::parts::shell::Page;

fn fetched(device: Device) -> RwSignal<Option<Vec<Procedure>>> {
    let told = RwSignal::new(None);
    leptos::task::spawn_local(async move {
        if let Answer::Filing(FilingAnswer::Procedures(procedures)) =
            device.ask(Intent::Filing(FilingIntent::Procedures)).await
        {
            told.try_set(Some(procedures));
        }
    });
    told
}

/// The list.
#[component]
pub fn ProceduresPage() -> impl IntoView {
    let device = Device::here();
    let told = fetched(device);
    let team = device.who().with_untracked(|who| who.as_ref().is_some_and(|who| who.role.is_team()));
    let rows = move |procedures: Vec<Procedure>| {
        let rows = procedures.into_iter().map(|procedure| {
            view! {
                <li>
                    <A href=format!("/may/thu-tuc/{}", procedure.id) attr:class="task">
                        <span class="grow">{procedure.title}<small class="mute">{procedure.agency.label()}</small></span>
                        <Pictogram icon=Icon::Next class="i-s"/>
                    </A>
                </li>
            }
        });
        view! { <ul class="card flush list tasks">{rows.collect_view()}</ul> }
    };
    view! {
        <Page title="Thủ tục" under="Khai được cả khi mất mạng".to_owned() back="/may".to_owned()>
            {team.then(|| view! {
                <A href=take::ADDRESS attr:class="btn wide"><Pictogram icon=Icon::Here/>"Nhận tờ khai đang làm dở"</A>
            })}
            {live(move || match told.get() {
                Some(procedures) if procedures.is_empty() => {
                    view! { <p>"Máy chưa nhận danh mục thủ tục. Có mạng một lần là có."</p> }.into_any()
                }
                Some(mut procedures) => {
                    // What an owner of a place files comes first.
                    procedures.sort_by_key(|procedure| {
                        (!procedure.filers.contains(&Filer::Owner), vietnamese::fold(&procedure.title))
                    });
                    rows(procedures).into_any()
                }
                None => ().into_any(),
            })}
            <p><a href="/mau" rel="external">"Tải mẫu giấy (PDF)"</a></p>
        </Page>
    }
    .into_any()
}

/// What a procedure is and needs.
#[component]
pub fn ProcedurePage() -> impl IntoView {
    let told = fetched(Device::here());
    let id = use_params_map().read_untracked().get("id").unwrap_or_default();
    let found = move || told.get().and_then(|all| all.into_iter().find(|one| one.id.as_str() == id));
    live(move || match found() {
        Some(procedure) => view! { <Intro procedure/> }.into_any(),
        None => view! { <Page title="Thủ tục" back="/may/thu-tuc".to_owned()>""</Page> }.into_any(),
    })
}

#[component]
fn Intro(procedure: Procedure) -> impl IntoView {
    let start = form_address(&FormOf::New(procedure.id.clone()));
    let lines = |lines: &[String]| lines.iter().cloned().map(|line| view! { <li>{line}</li> }).collect_view();
    let title = procedure.title.clone();
    view! {
        <Page title=title under=procedure.agency.label().to_owned() back="/may/thu-tuc".to_owned()
            foot=move || view! { <A href=start.clone() attr:class="btn main-act wide">"Bắt đầu khai"</A> }>
            <section class="card"><ul class="says">{lines(&procedure.intro)}</ul></section>
            <section class="card">
                <h2>"Cần có sẵn"</h2>
                <ul class="says">{lines(&procedure.needed)}</ul>
            </section>
            <Terms procedure=procedure.clone() span=procedure.term.ordinary/>
            <p class="sm mute">{procedure.basis.clone()}</p>
        </Page>
    }
    .into_any()
}
