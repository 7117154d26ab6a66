//! Tờ khai: the form of a procedure, drawn from its definition. A list of tasks, one thing a page, kept while typing.

use dossier::filing::draft::FilingDraft;
use dossier::filing::intent::{FilingAnswer, FilingIntent, FormOf};
use dossier::filing::{Answers, FilingFault, FilingField};
use dossier::id::DossierId;
use dossier::intent::{Answer, Intent};
use dossier::procedure::{ConsentKind, Facts, Field, Procedure};
use leptos::prelude::*;
use leptos_router::hooks::{use_navigate, use_params_map, use_query_map};

use crate::browser::Browser;
use crate::clock::Clock;
use crate::device::Device;
use crate::live::{Memo, RwSignal, Signal, act, live};
use crate::parts::icon::{Icon, Pictogram};
use crate::parts::shell::{Page, TITLE};
use crate::text::filing as words;

mod check;
mod consents;
pub mod detail;
mod field;
mod papers;
mod people;
pub mod procedures;
mod tasks;

/// Fields of one page: one thing at a time, three at most.
const ON_A_PAGE: usize = 3;

/// Where in the form the person is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Section {
    Tasks,
    Fields(usize),
    People,
    Person(usize),
    Consent(ConsentKind),
    Papers,
    Check,
}

impl Section {
    fn of_query(get: impl Fn(&str) -> Option<String>) -> Section {
        let number = |key: &str| get(key).and_then(|text| text.parse::<usize>().ok());
        match get("muc").as_deref() {
            Some("khai") => Section::Fields(number("trang").unwrap_or(1).saturating_sub(1)),
            Some("nguoi") => {
                number("so").map_or(Section::People, |place| Section::Person(place.saturating_sub(1)))
            }
            Some("dong-y") => {
                let kind = get("cua").and_then(|slug| ConsentKind::named(&slug));
                kind.map_or(Section::Tasks, Section::Consent)
            }
            Some("giay-to") => Section::Papers,
            Some("xem-lai") => Section::Check,
            _ => Section::Tasks,
        }
    }

    fn query(self) -> String {
        match self {
            Section::Tasks => String::new(),
            Section::Fields(page) => format!("?muc=khai&trang={}", page + 1),
            Section::People => "?muc=nguoi".to_owned(),
            Section::Person(place) => format!("?muc=nguoi&so={}", place + 1),
            Section::Consent(kind) => format!("?muc=dong-y&cua={}", kind.slug()),
            Section::Papers => "?muc=giay-to".to_owned(),
            Section::Check => "?muc=xem-lai".to_owned(),
        }
    }
}

/// The form; a handle that copies.
#[derive(Clone, Copy)]
pub(crate) struct Sheet {
    pub draft: RwSignal<FilingDraft>,
    pub procedure: StoredValue<Procedure>,
    faults: RwSignal<Vec<FilingFault>>,
    pub device: Device,
    pub clock: Clock,
}

impl Sheet {
    pub(crate) fn here() -> Sheet {
        expect_context::<Sheet>()
    }

    /// Changes what is typed. What was wrong and is not any more goes.
    pub(crate) fn edit(self, change: impl FnOnce(&mut FilingDraft)) {
        self.draft.update(change);
        let still = self.wrong();
        self.faults.update(|faults| faults.retain(|fault| still.contains(fault)));
    }

    /// Keeps what is typed.
    pub(crate) fn keep(self) {
        let draft = Box::new(self.draft.get_untracked());
        self.device.tell(Intent::Filing(FilingIntent::Keep(draft)));
    }

    /// Everything that is wrong with it now.
    pub(crate) fn wrong(self) -> Vec<FilingFault> {
        let draft = self.draft.get_untracked();
        let now = self.clock.now_once();
        self.procedure.with_value(|procedure| draft.parse(procedure, now).err().unwrap_or_default())
    }

    /// What is typed in a field of the form, or of one person.
    pub(crate) fn text(self, person: Option<usize>, field: &Field) -> Signal<String> {
        let key = field.key.clone();
        Signal::derive(move || {
            self.draft.with(|draft| answers(draft, person).get(&key).cloned().unwrap_or_default())
        })
    }

    /// Types into a field.
    pub(crate) fn type_in(self, person: Option<usize>, field: &Field, text: String) {
        let key = field.key.clone();
        self.edit(|draft| {
            let answers = match person {
                Some(place) => draft.people.get_mut(place).map(|person| &mut person.answers),
                None => Some(&mut draft.answers),
            };
            if let Some(answers) = answers {
                if text.is_empty() {
                    answers.remove(&key)
                } else {
                    answers.insert(key, text)
                };
            }
        });
    }

    /// What is wrong there, in words, once it was looked at.
    pub(crate) fn fault(self, at: FilingField) -> Signal<Option<String>> {
        Signal::derive(move || {
            self.faults.with(|faults| {
                faults.iter().find(|fault| fault.at == at).map(|fault| words::trouble(&fault.trouble))
            })
        })
    }

    /// Whether a field or column is asked now.
    pub(crate) fn asks(self, person: Option<usize>, field: &Field) -> bool {
        let today = self.clock.today_once();
        self.draft.with(|draft| {
            let row = person.and_then(|place| draft.people.get(place)).map(|person| &person.answers);
            let rows: Vec<&Answers> =
                draft.people.iter().filter(|person| !person.removed).map(|person| &person.answers).collect();
            field.is_asked(&Facts { answers: &draft.answers, people: &rows, row }, today)
        })
    }

    /// The pages of the form's own fields on which something is asked.
    pub(crate) fn pages(self) -> Vec<Vec<Field>> {
        let fields = self.procedure.with_value(|procedure| procedure.fields.clone());
        let pages = fields.chunks(ON_A_PAGE).map(<[Field]>::to_vec);
        pages.filter(|page| page.iter().any(|field| self.asks(None, field))).collect()
    }

    /// Every section in order.
    pub(crate) fn sections(self) -> Vec<Section> {
        let mut sections: Vec<Section> = (0..self.pages().len()).map(Section::Fields).collect();
        self.procedure.with_value(|procedure| {
            if procedure.people.is_some() {
                sections.push(Section::People);
            }
            sections.extend(procedure.consents.iter().map(|consent| Section::Consent(consent.kind)));
            if !procedure.papers.is_empty() {
                sections.push(Section::Papers);
            }
        });
        sections.push(Section::Check);
        sections
    }

    /// The section a fault is mended in.
    pub(crate) fn section_of(self, at: &FilingField) -> Section {
        match at {
            FilingField::Version => Section::Tasks,
            FilingField::Answer(key) => {
                let page = self.pages().iter().position(|page| page.iter().any(|field| field.key == *key));
                Section::Fields(page.unwrap_or(0))
            }
            FilingField::Person(place, _) => Section::Person(*place),
            FilingField::People => Section::People,
            FilingField::Consent(kind) => Section::Consent(*kind),
            FilingField::Paper(_) => Section::Papers,
        }
    }

    fn belongs(self, at: &FilingField, section: Section) -> bool {
        self.section_of(at) == section
    }

    /// Where a section is.
    pub(crate) fn address(self, section: Section) -> String {
        let of = self.draft.with_untracked(|draft| form_address(&draft.of_what()));
        format!("{of}{}", section.query())
    }
}

fn answers(draft: &FilingDraft, person: Option<usize>) -> &Answers {
    person.and_then(|place| draft.people.get(place)).map_or(&draft.answers, |person| &person.answers)
}

/// Where the form of this is.
pub(crate) fn form_address(of: &FormOf) -> String {
    match of {
        FormOf::New(procedure) => format!("/may/to-khai/{procedure}"),
        FormOf::Change(dossier) => format!("/may/to-khai/{dossier}"),
    }
}

/// The page: fetches the form as it was left.
#[component]
pub fn FilingPage() -> impl IntoView {
    let device = Device::here();
    let loaded = RwSignal::new(None::<(FilingDraft, Procedure)>);
    let of = use_params_map().read_untracked().get("of").unwrap_or_default();
    let of = match of.parse::<DossierId>() {
        Ok(id) => Some(FormOf::Change(id)),
        Err(_) => of.parse().ok().map(FormOf::New),
    };
    if let Some(of) = of {
        leptos::task::spawn_local(async move {
            match device.ask(Intent::Filing(FilingIntent::Load(of))).await {
                Answer::Filing(FilingAnswer::Form(draft, procedure, _)) => {
                    loaded.try_set(Some((*draft, *procedure)));
                }
                Answer::Refused(refusal) => device.refuse(refusal),
                _ => {}
            }
        });
    }
    live(move || match loaded.get() {
        Some((draft, procedure)) => view! { <Sections draft procedure/> }.into_any(),
        None => view! { <Page title="Tờ khai" back="/may/thu-tuc".to_owned()>""</Page> }.into_any(),
    })
}

/// The form.
#[component]
pub fn Sections(
    /// What was typed.
    draft: FilingDraft,
    /// Its definition.
    procedure: Procedure,
) -> impl IntoView {
    let browser = Browser::here();
    let sheet = Sheet {
        draft: RwSignal::new(draft),
        procedure: StoredValue::new(procedure),
        faults: RwSignal::new(Vec::new()),
        device: Device::here(),
        clock: Clock::here(),
    };
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
            <Faults/>
            {live(move || match section.get() {
                Section::Tasks => view! { <tasks::Tasks/> }.into_any(),
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
        sheet.keep();
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
        <button type="button" class="btn main-act wide" disabled=crate::live::flag(move || busy.get()) on:click=act(next)>
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

fn submit(
    sheet: Sheet,
    busy: RwSignal<bool>,
    navigate: impl Fn(&str, leptos_router::NavigateOptions) + 'static,
) {
    let draft = Box::new(sheet.draft.get_untracked());
    leptos::task::spawn_local(async move {
        match sheet.device.ask(Intent::Filing(FilingIntent::Submit(draft))).await {
            Answer::Saved(id) => {
                let options = leptos_router::NavigateOptions { replace: true, ..Default::default() };
                return navigate(&detail::address(id), options);
            }
            Answer::Filing(FilingAnswer::Faults(found)) => sheet.faults.try_set(found),
            Answer::Refused(refusal) => sheet.device.refuse(refusal),
            _ => {}
        }
        busy.try_set(false);
    });
}
