//! The form being filled in, and its sections: what the pages of a form read and do.

use dossier::filing::draft::FilingDraft;
use dossier::filing::intent::FormOf;
use dossier::filing::{Answers, FilingFault, FilingField};
use dossier::procedure::{ConsentKind, ConsentNeeded, Facts, Field, Need, Procedure, Span};
use leptos::prelude::*;

use crate::clock::Clock;
use crate::device::{Device, Typed};
use crate::live::{RwSignal, Signal};
use crate::text::filing as words;

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
    pub(super) fn of_query(get: impl Fn(&str) -> Option<String>) -> Section {
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
    pub faults: RwSignal<Vec<FilingFault>>,
    pub device: Device,
    pub clock: Clock,
}

impl Sheet {
    /// A form of this procedure with what was typed in it.
    pub(super) fn of(draft: FilingDraft, procedure: Procedure) -> Sheet {
        Sheet {
            draft: RwSignal::new(draft),
            procedure: StoredValue::new(procedure),
            faults: RwSignal::new(Vec::new()),
            device: Device::here(),
            clock: Clock::here(),
        }
    }

    pub(crate) fn here() -> Sheet {
        expect_context::<Sheet>()
    }

    /// Changes what is typed. What was wrong and is not any more goes.
    pub(crate) fn edit(self, change: impl FnOnce(&mut FilingDraft)) {
        self.draft.update(change);
        // Kept when the typing pauses, and when the page goes out of sight.
        self.device.typing().set(Some(Typed::Filing(Box::new(self.draft.get_untracked()))));
        let still = self.wrong();
        self.faults.update(|faults| faults.retain(|fault| still.contains(fault)));
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

    /// How long the agency has of what is filled in.
    pub(super) fn span(self) -> Span {
        let today = self.clock.today_once();
        self.draft.with(|draft| {
            let rows: Vec<&Answers> =
                draft.people.iter().filter(|person| !person.removed).map(|person| &person.answers).collect();
            let facts = Facts { answers: &draft.answers, people: &rows, row: None };
            self.procedure.with_value(|procedure| procedure.term_under(&facts, today).ordinary)
        })
    }

    /// Whether somebody's consent is asked for now; one that was given stays in sight.
    pub(crate) fn asks_consent(self, consent: &ConsentNeeded) -> bool {
        let today = self.clock.today_once();
        self.draft.with(|draft| {
            let rows: Vec<&Answers> =
                draft.people.iter().filter(|person| !person.removed).map(|person| &person.answers).collect();
            let facts = Facts { answers: &draft.answers, people: &rows, row: None };
            let given = draft.consents.contains_key(&consent.kind);
            given || consent.need == Need::Optional || consent.need.holds(&facts, today)
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
            let consents = procedure.consents.iter().filter(|consent| self.asks_consent(consent));
            sections.extend(consents.map(|consent| Section::Consent(consent.kind)));
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

    pub(super) fn belongs(self, at: &FilingField, section: Section) -> bool {
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
