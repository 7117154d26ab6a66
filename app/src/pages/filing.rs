//! Tờ khai: the form of a procedure, drawn from its definition. A list of tasks, one thing a page, kept while typing.

use dossier::filing::FilingFault;
use dossier::filing::intent::{FilingAnswer, FilingIntent, FormOf, OpenForm};
use dossier::id::DossierId;
use dossier::intent::{Answer, Intent};
use leptos::prelude::*;
use leptos_router::components::Redirect;
use leptos_router::hooks::{use_navigate, use_params_map, use_query_map};

use crate::browser::Browser;
use crate::device::{Device, Typed};
use crate::live::{Memo, RwSignal, Signal, act, flag, live};
use crate::pages::behalf::Goal;
use crate::parts::behalf::Banner;
use crate::parts::icon::{Icon, Pictogram};
use crate::parts::shell::{Page, TITLE};
use crate::text::filing as words;

mod actions;
mod check;
mod consents;
pub mod detail;
pub mod fee;
mod field;
pub mod follow;
pub mod forms;
mod ground;
mod papers;
mod people;
pub mod pictures;
pub mod procedures;
mod sheet;
pub mod shown;
mod tasks;
mod told;

use self::told::Told;
pub(crate) use ground::Ground;
pub(crate) use sheet::{Section, Sheet, form_address};

/// The page: fetches the form as it was left.
#[component]
pub fn FilingPage() -> impl IntoView {
    let device = Device::here();
    let loaded = RwSignal::new(None::<(OpenForm, Option<Ground>)>);
    let of = use_params_map().read_untracked().get("of").unwrap_or_default();
    let of = match of.parse::<DossierId>() {
        Ok(id) => Some(FormOf::Change(id)),
        Err(_) => of.parse().ok().map(FormOf::New),
    };
    // What is typed and could not be kept yet is newer than anything the device knows.
    let typed = match device.typing().get_untracked() {
        Some(Typed::Filing(typed)) if Some(typed.of_what()) == of => Some(*typed),
        _ => None,
    };
    if let Some(of) = of {
        leptos::task::spawn_local(async move {
            let ground = Ground::of(device, &of).await;
            match device.ask(Intent::Filing(FilingIntent::Load(of))).await {
                Answer::Filing(FilingAnswer::Form(open)) => {
                    let draft = typed.unwrap_or_else(|| open.draft.clone());
                    loaded.try_set(Some((OpenForm { draft, ..*open }, ground)));
                }
                Answer::Refused(refusal) => device.refuse(refusal),
                _ => {}
            }
        });
    }
    live(move || match loaded.get() {
        // Whoever files for others says first for whom.
        Some((open, Some(ground))) if ground.is_unsaid() => {
            view! { <Redirect path=Goal::Dossier(open.procedure.id).address(1)/> }.into_any()
        }
        Some((open, ground)) => view! { <Sections open ground/> }.into_any(),
        None => view! { <Page title="Tờ khai" back="/may/thu-tuc".to_owned()>""</Page> }.into_any(),
    })
}

/// The form.
#[component]
pub fn Sections(
    /// What was typed, its definition, and what must be known of both.
    open: OpenForm,
    /// On what ground it is filled in for somebody else.
    #[prop(optional_no_strip)]
    ground: Option<Ground>,
) -> impl IntoView {
    let browser = Browser::here();
    let OpenForm { draft, procedure, changes, asked, came } = open;
    let record = Goal::Dossier(procedure.id.clone()).address(1);
    let (banner, told) = (StoredValue::new(ground), StoredValue::new((asked, changes, came)));
    let sheet = Sheet::of(draft, procedure);
    provide_context(sheet);
    let query = use_query_map();
    let section = Memo::new(move |_| query.with(|query| Section::of_query(|key| query.get(key))));
    Effect::new(move |before: Option<Section>| {
        let now = section.get();
        if before.is_some_and(|before| before != now) {
            browser.with(|browser| {
                browser.to_top();
                browser.focus(TITLE);
            });
        }
        now
    });
    let name = sheet.procedure.with_value(|procedure| procedure.title.clone());
    let title = move || {
        sheet.procedure.with_value(|procedure| match section.get() {
            Section::Tasks => name.clone(),
            Section::Fields(page) => {
                format!("{} · trang {} trong {}", procedure.form, page + 1, sheet.pages().len())
            }
            Section::People => "Những người cùng trong hồ sơ".to_owned(),
            Section::Person(place) => format!("Người {}", place + 1),
            Section::Consent(kind) => kind.label().to_owned(),
            Section::Papers => "Giấy tờ kèm theo".to_owned(),
            Section::Check => "Xem lại và nộp".to_owned(),
        })
    };
    let under = sheet.procedure.with_value(|procedure| procedure.title.clone());
    let back = move || match section.get() {
        Section::Tasks => "/may".to_owned(),
        Section::Person(_) => sheet.address(Section::People),
        _ => sheet.address(Section::Tasks),
    };
    view! {
        <Page
            title=Signal::derive(title)
            window="Tờ khai"
            under=Signal::derive(move || if section.get() == Section::Tasks { "Máy tự lưu khi bạn ghi".to_owned() } else { under.clone() })
            back=Signal::derive(back)
            foot=move || view! { <Next section/> }
        >
            {banner.get_value().map(|ground| {
                let received_for = sheet.procedure.with_value(|procedure| ground.received_for(procedure.agency));
                view! { <Banner behalf=ground.behalf house=ground.house received_for record=record.clone()/> }
            })}
            <Faults/>
            {live(move || match section.get() {
                Section::Tasks => {
                    let (asked, changes, came) = told.get_value();
                    view! { <Told asked changes came/> <tasks::Tasks/> <tasks::Elsewhere/> }.into_any()
                }
                Section::Fields(page) => view! { <field::FieldsPage page/> }.into_any(),
                Section::People => view! { <people::PeoplePage/> }.into_any(),
                Section::Person(place) => view! { <people::PersonPage place/> }.into_any(),
                Section::Consent(kind) => view! { <consents::ConsentPage kind/> }.into_any(),
                Section::Papers => view! { <papers::PapersPage/> }.into_any(),
                Section::Check => view! { <check::CheckPage/> }.into_any(),
            })}
        </Page>
    }
    .into_any()
}

/// What is wrong, on top, each a link to its field.
#[component]
fn Faults() -> impl IntoView {
    let (sheet, browser) = (Sheet::here(), Browser::here());
    let navigate = use_navigate();
    view! {
        <div id="can-xem" tabindex="-1" role="alert">
            {live(move || {
                let faults = sheet.faults.get();
                let navigate = navigate.clone();
                (!faults.is_empty()).then(move || {
                    let count = faults.len();
                    let links = faults.into_iter().map(|fault| {
                        let (navigate, anchor) = (navigate.clone(), words::anchor(&fault.at));
                        let place = sheet.procedure.with_value(|procedure| words::place(procedure, &fault.at));
                        let said = words::trouble(&fault.trouble);
                        let target = anchor.clone();
                        let go = move |event: leptos::ev::MouseEvent| {
                            event.prevent_default();
                            navigate(&sheet.address(sheet.section_of(&fault.at)), Default::default());
                            browser.with(|browser| browser.focus(&target));
                        };
                        view! { <li><a href=format!("#{anchor}") on:click=act(go)>{place}": "{said}</a></li> }
                    });
                    view! {
                        <div class="check xem">
                            <Pictogram icon=Icon::Review/>
                            <div class="grow">
                                <p><b>{format!("Có {count} chỗ cần xem lại")}</b></p>
                                <ul>{links.collect_view()}</ul>
                            </div>
                        </div>
                    }
                })
            })}
        </div>
    }
    .into_any()
}

/// The one main action of the section.
#[component]
fn Next(section: Memo<Section>) -> impl IntoView {
    let (sheet, browser) = (Sheet::here(), Browser::here());
    let navigate = use_navigate();
    let busy = RwSignal::new(false);
    let next = move |_| {
        let here = section.get_untracked();
        let found = sheet.wrong();
        // The last section shows whatever is still wrong; before it, only what is asked there.
        let shown: Vec<FilingFault> = found
            .into_iter()
            .filter(|fault| here == Section::Check || sheet.belongs(&fault.at, here))
            .collect();
        let stops = !shown.is_empty();
        sheet.faults.set(shown);
        if stops && here != Section::Tasks {
            browser.with(|browser| {
                browser.to_top();
                browser.focus("can-xem");
            });
            return;
        }
        if here == Section::Check {
            if !busy.get_untracked() {
                busy.set(true);
                submit(sheet, busy, navigate.clone());
            }
            return;
        }
        let sections = sheet.sections();
        let to = match here {
            Section::Tasks => first_open(sheet, &sections),
            Section::Person(_) => Section::People,
            _ => {
                let at = sections.iter().position(|section| *section == here);
                at.and_then(|at| sections.get(at + 1)).copied().unwrap_or(Section::Tasks)
            }
        };
        navigate(&sheet.address(to), Default::default());
    };
    view! {
        <button type="button" class="btn main-act wide" disabled=flag(move || busy.get()) on:click=act(next)>
            {live(move || match section.get() {
                Section::Check => "Nộp hồ sơ",
                Section::Tasks => "Làm tiếp",
                _ => "Tiếp tục",
            })}
        </button>
    }
    .into_any()
}

/// The first section in which something is still missing.
fn first_open(sheet: Sheet, sections: &[Section]) -> Section {
    let wrong = sheet.wrong();
    let open = |section: &&Section| wrong.iter().any(|fault| sheet.belongs(&fault.at, **section));
    sections.iter().find(open).copied().unwrap_or(Section::Check)
}

/// Hands it in. From here on the device holds it: a late keeping of the form would bring a sent one back.
fn submit(
    sheet: Sheet,
    busy: RwSignal<bool>,
    navigate: impl Fn(&str, leptos_router::NavigateOptions) + 'static,
) {
    let draft = Box::new(sheet.draft.get_untracked());
    sheet.device.typing().set(None);
    leptos::task::spawn_local(async move {
        match sheet.device.ask(Intent::Filing(FilingIntent::Submit(draft))).await {
            Answer::Saved(id) => {
                let options = leptos_router::NavigateOptions { replace: true, ..Default::default() };
                return navigate(&detail::address(id), options);
            }
            Answer::Filing(FilingAnswer::Faults(found)) => sheet.faults.try_set(found),
            // The record is looked at again where it is made; it shows what is missing with its own button.
            Answer::BehalfFaults(_) => {
                let record = sheet.procedure.with_value(|procedure| Goal::Dossier(procedure.id.clone()));
                navigate(&record.address(3), Default::default());
            }
            Answer::Refused(refusal) => sheet.device.refuse(refusal),
            _ => {}
        }
        busy.try_set(false);
    });
}
