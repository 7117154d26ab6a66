//! Where the answer to an item of a supplement request goes: the place the officer named, or, where the item stands for the
//! whole dossier, those its holder picks, as on a phone. Of what was written before, nothing is told: a name stands in many
//! of these fields, and how many people are in the dossier is told by nothing here.

use dossier::filing::PersonId;
use dossier::filing::status::Stage;
use dossier::filing::step::{Anchor, Item};
use dossier::procedure::{CONSENT_PAPER, ConsentNeeded, Field, FieldKey, PaperKey, PaperNeeded, People};

use super::Matter;
use super::answer::{Objections, Typed, every};
use crate::clock;

/// The field in which places were picked before.
pub const PICKED: &str = "them";
/// The field in which one more is picked.
pub const PICK: &str = "cho";

/// Where an answer goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// A field of the form.
    Answer(Field),
    /// A column of one person, by their place in the form.
    Person(PersonId, usize, Field),
    /// A paper: pictures of its pages, or its original is brought and shown (Circular 116/2026/TT-BCA art. 3.6).
    Paper(PaperNeeded),
    /// The table of people: somebody more. Who stands there is put right by who was asked about them.
    People(People),
    /// A consent, and the paper it may stand on where the procedure takes pictures of that.
    Consent(ConsentNeeded, Option<PaperNeeded>),
}

/// One thing that is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// What its field is called on the page, or what its fields begin with.
    pub name: String,
    /// What the officer wrote; nothing where the holder picked the place.
    pub what: Option<String>,
    /// Where the answer goes.
    pub place: Place,
}

/// What a supplement request comes to on a page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Request {
    /// What is answered, each at its place.
    pub questions: Vec<Question>,
    /// What stands for the whole dossier: the officer's words.
    pub whole: Vec<String>,
    /// Which places may be picked for that, by the names of their fields, with the form's words; none where nothing stands
    /// for the whole.
    pub places: Vec<(String, String)>,
}

impl Place {
    fn name(&self) -> String {
        match self {
            Place::Answer(field) => format!("a.{}", field.key),
            Place::Person(id, _, field) => format!("p.{id}.{}", field.key),
            Place::Paper(paper) => format!("g.{}", paper.key),
            Place::People(_) => "m".to_owned(),
            Place::Consent(consent, _) => format!("c.{}", consent.kind.slug()),
        }
    }

    /// The form's own words for it.
    pub fn label(&self) -> String {
        match self {
            Place::Answer(field) => field.label.clone(),
            Place::Person(_, place, field) => format!("Người {}: {}", place + 1, field.label),
            Place::Paper(paper) => paper.label.clone(),
            Place::People(people) => format!("Thêm {}", people.one),
            Place::Consent(consent, _) => consent.kind.label().to_owned(),
        }
    }
}

impl Question {
    fn at(place: Place, what: Option<String>) -> Question {
        Question { name: place.name(), what, place }
    }

    /// Whether a field of this name is one of its own.
    pub fn owns(&self, field: &str) -> bool {
        field.strip_prefix(&self.name).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    }
}

impl Request {
    /// Whether all of it stands for the whole dossier, and nothing was picked for that: as on a phone, what is said beside
    /// other things may be answered with those.
    pub fn lacks_a_place(&self) -> bool {
        !self.whole.is_empty() && self.questions.is_empty()
    }

    /// Several may say yes on the same paper: it is photographed at one place of the page.
    fn photograph_once(&mut self) {
        let asked =
            |one: &Question| matches!(&one.place, Place::Paper(paper) if paper.key.as_str() == CONSENT_PAPER);
        let mut there = self.questions.iter().any(asked);
        for question in &mut self.questions {
            if let Place::Consent(_, paper @ Some(_)) = &mut question.place
                && std::mem::replace(&mut there, true)
            {
                *paper = None;
            }
        }
    }

    fn ask(&mut self, question: Question) {
        match self.questions.iter_mut().find(|one| one.name == question.name) {
            Some(known) => {
                let words = [known.what.take(), question.what].into_iter().flatten();
                known.what = Some(words.collect::<Vec<_>>().join("; ")).filter(|words| !words.is_empty());
            }
            None => self.questions.push(question),
        }
    }
}

impl Matter {
    /// What the agency waits for, with the places its holder has picked for what has none; `None` when it waits for nothing.
    pub fn request(&self, all: &Typed) -> Option<Request> {
        let Stage::Supplement { items, .. } = &self.status.stage else { return None };
        let mut request = Request::default();
        for item in items.iter() {
            match self.place_of(item) {
                Some(place) => request.ask(Question::at(place, Some(item.what.to_string()))),
                None => request.whole.push(item.what.to_string()),
            }
        }
        let places = self.places();
        for name in every(all, PICKED).chain(every(all, PICK)) {
            let Some(place) = places.iter().find(|place| place.name() == name) else { continue };
            if request.questions.iter().all(|known| known.name != name) {
                request.ask(Question::at(place.clone(), None));
            }
        }
        request.photograph_once();
        if !request.whole.is_empty() {
            request.places = places.iter().map(|place| (place.name(), place.label())).collect();
        }
        Some(request)
    }

    /// Adds to what was picked the places at which an answer is wanting because of what was answered elsewhere: a child in
    /// the table wants a parent's consent. Whether there are any.
    pub fn follow_up(&self, request: &Request, objections: &Objections, all: &mut Typed) -> bool {
        let before = all.len();
        let elsewhere = objections.iter().filter(|(at, _)| request.questions.iter().all(|one| !one.owns(at)));
        for name in elsewhere.map(|(at, _)| at) {
            if self.places().iter().any(|place| place.name() == *name) {
                all.push((PICKED.to_owned(), name.clone()));
            }
        }
        all.len() > before
    }

    /// Where an item points; nowhere when it stands for the whole, or its place is none of this form's.
    fn place_of(&self, item: &Item) -> Option<Place> {
        let answer = |key: &FieldKey| self.procedure.field(key).cloned().map(Place::Answer);
        let paper = |key: &PaperKey| self.procedure.paper(key).cloned().map(Place::Paper);
        match item.at.as_ref()? {
            Anchor::Answer(key) => answer(key),
            Anchor::Person(id, key) => {
                let place = self.filing.people.keys().position(|known| known == id)?;
                Some(Place::Person(*id, place, self.procedure.column(key)?.clone()))
            }
            Anchor::Paper(key) => paper(key),
            Anchor::People => self.procedure.people.clone().map(Place::People),
            Anchor::Consent(kind) => {
                let known = self.procedure.consents.iter().find(|consent| consent.kind == *kind);
                known.map(|consent| self.consent(consent))
            }
        }
    }

    fn consent(&self, consent: &ConsentNeeded) -> Place {
        let paper = self.procedure.papers.iter().find(|paper| paper.key.as_str() == CONSENT_PAPER);
        Place::Consent(consent.clone(), paper.cloned())
    }

    /// Every place of the form that is nobody's row, in the form's order.
    fn places(&self) -> Vec<Place> {
        let today = clock::now().day().max(self.procedure.valid_from);
        let fields = self.procedure.fields.iter();
        let asked = self.filing.with_facts(None, |facts| {
            fields.filter(|field| field.is_asked(facts, today)).cloned().collect::<Vec<_>>()
        });
        let fields = asked.into_iter().map(Place::Answer);
        let people = self.procedure.people.iter().cloned().map(Place::People);
        let consents = self.procedure.consents.iter().map(|consent| self.consent(consent));
        let papers = self.procedure.papers.iter().cloned().map(Place::Paper);
        fields.chain(people).chain(consents).chain(papers).collect()
    }
}
