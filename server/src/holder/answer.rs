//! The answer to a supplement request, by code: the fields it names, parsed as the form's own, and papers whose original
//! will be shown. Nothing that was written before is shown: a name stands in many of these fields.

use dossier::filing::draft::FilingDraft;
use dossier::filing::step::{Anchor, Item};
use dossier::filing::{Filing, FilingFault, FilingField, FilingTrouble, PersonId};
use dossier::moment::Moment;
use dossier::procedure::{Field, FieldKind, PaperKey};
use sync::document;
use sync::frame::ActId;
use sync::frame::up::SentAct;

use super::{Done, Matter, NO_DEVICE};
use crate::clock;
use crate::error::Error;
use crate::office::Office;
use crate::plain::typed::day;
use dossier::act::{Act, Channel};
use dossier::filing::status::Stage;

/// What a page without a script sends, by the names of its fields.
pub type Typed = Vec<(String, String)>;

/// What was typed under a name; empty when nothing was.
pub fn typed<'a>(all: &'a Typed, name: &str) -> &'a str {
    all.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value)
}

/// Where an answer goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// A field of the form.
    Answer(Field),
    /// A column of one person, by their place in the form.
    Person(PersonId, usize, Field),
    /// The original of this paper is brought and shown (Circular 116/2026/TT-BCA art. 3.6).
    Shown(PaperKey, String),
}

/// One thing that is asked for and can be answered without a script.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// What its field is called on the page.
    pub name: String,
    /// What the officer wrote.
    pub what: String,
    /// Where the answer goes.
    pub place: Place,
}

/// What a supplement request comes to on a page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Request {
    /// What can be answered here.
    pub questions: Vec<Question>,
    /// What cannot: the officer's words.
    pub elsewhere: Vec<String>,
}

/// What stands in the way: of a field by its name, of the whole under an empty one.
pub type Objections = Vec<(String, FilingTrouble)>;

impl Question {
    /// The form's own words for it.
    pub fn label(&self) -> String {
        match &self.place {
            Place::Answer(field) => field.label.clone(),
            Place::Person(_, place, field) => format!("Người {}: {}", place + 1, field.label),
            Place::Shown(_, label) => label.clone(),
        }
    }

    /// What its number is confirmed by, once its warning was read.
    pub fn confirmed(&self) -> String {
        format!("{}.dung", self.name)
    }
}

impl Matter {
    /// What the agency waits for; `None` when it waits for nothing.
    pub fn request(&self) -> Option<Request> {
        let Stage::Supplement { items, .. } = &self.status.stage else { return None };
        let mut request = Request::default();
        for item in items.iter() {
            match self.question(item) {
                Some(question) => match request.questions.iter_mut().find(|one| one.name == question.name) {
                    Some(known) => known.what = format!("{}; {}", known.what, question.what),
                    None => request.questions.push(question),
                },
                None => request.elsewhere.push(item.what.to_string()),
            }
        }
        Some(request)
    }

    fn question(&self, item: &Item) -> Option<Question> {
        let (name, place) = match item.at.as_ref()? {
            Anchor::Answer(key) => (format!("a.{key}"), Place::Answer(self.procedure.field(key)?.clone())),
            Anchor::Person(id, key) => {
                let place = self.filing.people.keys().position(|known| known == id)?;
                let field = self.procedure.column(key)?.clone();
                (format!("p.{id}.{key}"), Place::Person(*id, place, field))
            }
            Anchor::Paper(key) => {
                let label = self.procedure.paper(key)?.label.clone();
                (format!("g.{key}"), Place::Shown(key.clone(), label))
            }
            Anchor::People | Anchor::Consent(_) => return None,
        };
        Some(Question { name, what: item.what.to_string(), place })
    }

    /// What the dossier says with these answers.
    pub fn answered(&self, request: &Request, all: &Typed, now: Moment) -> Result<Filing, Objections> {
        let mut draft = FilingDraft::of(&self.filing);
        let mut objections = Objections::new();
        for question in &request.questions {
            let said = typed(all, &question.name).trim();
            if said.is_empty() {
                objections.push((question.name.clone(), FilingTrouble::Missing));
                continue;
            }
            let kept = |field: &Field| if field.kind == FieldKind::Day { day(said) } else { said.to_owned() };
            let seen = !typed(all, &question.confirmed()).is_empty();
            match &question.place {
                Place::Answer(field) => {
                    draft.answers.insert(field.key.clone(), kept(field));
                    if !seen {
                        draft.confirmed.remove(&field.key);
                    }
                }
                Place::Person(_, place, field) => {
                    let Some(person) = draft.people.get_mut(*place) else { continue };
                    person.answers.insert(field.key.clone(), kept(field));
                    if !seen {
                        person.confirmed.remove(&field.key);
                    }
                }
                Place::Shown(key, _) => {
                    draft.originals.insert(key.clone());
                }
            }
        }
        let parsed = draft.parse(&self.procedure, now);
        objections.extend(parsed.as_ref().err().into_iter().flatten().map(|fault| self.objection(fault)));
        match parsed {
            Ok((filing, _)) if objections.is_empty() => Ok(filing),
            _ => Err(objections),
        }
    }

    fn objection(&self, fault: &FilingFault) -> (String, FilingTrouble) {
        let name = match &fault.at {
            FilingField::Answer(key) => format!("a.{key}"),
            FilingField::Person(place, key) => {
                self.filing.people.keys().nth(*place).map(|id| format!("p.{id}.{key}")).unwrap_or_default()
            }
            _ => String::new(),
        };
        (name, fault.trouble.clone())
    }

    /// Hands the answer in. The same answer twice is one: the change and the act follow from what they say.
    pub async fn answer(&self, office: &Office, filing: &Filing) -> Result<Done, Error> {
        let dossier = self.story.dossier;
        let said = postcard::to_allocvec(filing).map_err(|_| Error::Broken("a filing is plain data"))?;
        let mut history = self.story.history.clone();
        let parts = [&dossier.0[..], &history.heads().0.concat(), &said].concat();
        let mut dice = [0; 5];
        dice.copy_from_slice(&office.keys.mark("answer by code", &parts)[..5]);
        let mut doc = history.open();
        doc.set_actor(document::actor(NO_DEVICE, dice));
        let change = document::filing::write(&mut doc, Some(&self.filing), filing);
        let raw = change.as_ref().map(|change| change.raw_bytes().to_vec());
        if let Some(change) = change {
            history.take_own(change);
        }
        let (heads, now) = (history.heads(), clock::now());
        let id = ActId::of_submission(&heads);
        let act = Act::Submit { heads, channel: Channel::Code, claimed_at: now, last_contact: Some(now) };
        self.send(office, raw, SentAct { dossier, id, act }).await
    }
}
