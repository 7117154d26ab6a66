//! Bản nháp of a residence dossier: what has been typed, maybe wrong, and the one door through which it becomes a
//! [`Filing`].

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::{
    Answers, ConsentGiven, ConsentWay, Filing, FilingFault, FilingField, FilingTrouble, PaperRef, PersonId,
    check, observations,
};
use crate::behalf::Signature;
use crate::id::{DossierId, GuestId, PaperId};
use crate::moment::{Day, Moment};
use crate::procedure::field::{read_day, write_day};
use crate::procedure::{ConsentKind, Facts, Field, FieldKey, PaperKey, Procedure, Version};
use crate::vietnamese::compose;

/// A residence dossier as typed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FilingDraft {
    /// The dossier being changed; `None` for a new one.
    pub dossier: Option<DossierId>,
    /// The definition it was started under.
    pub version: Version,
    /// The fields of the form, as typed. Births may be typed in parts: `1941--`.
    pub answers: Answers,
    /// Numbers whose warnings were read and the paper looked at again.
    pub confirmed: BTreeSet<FieldKey>,
    /// The people, in the order typed.
    pub people: Vec<PersonDraft>,
    /// Consents, as far as they have been taken.
    pub consents: BTreeMap<ConsentKind, ConsentDraft>,
    /// The papers photographed.
    pub papers: BTreeMap<PaperId, PaperRef>,
    /// Papers whose original is brought and shown.
    pub originals: BTreeSet<PaperKey>,
    /// What an earlier definition asked and this one does not: shown, and never sent.
    pub kept: Vec<Kept>,
    /// Where the person was when the form was left: for the page alone.
    pub step: u8,
}

/// One person as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonDraft {
    /// The person being changed; `None` for a new one.
    pub person: Option<PersonId>,
    /// The columns, as typed.
    pub answers: Answers,
    /// Numbers whose warnings were read and the paper looked at again.
    pub confirmed: BTreeSet<FieldKey>,
    /// Taken out of the dossier.
    pub removed: bool,
}

/// A consent as it was taken.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConsentDraft {
    /// Who gives it.
    pub who: String,
    /// Where.
    pub at: String,
    /// On which day, `yyyy-mm-dd`.
    pub day: String,
    /// How.
    pub way: ConsentPick,
    /// The strokes of the signature.
    pub strokes: Vec<Vec<(u8, u8)>>,
}

/// How a consent is given, as picked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum ConsentPick {
    /// Ký trên màn hình.
    #[default]
    Signature,
    /// The declarant is that person.
    SamePerson,
    /// A separate paper.
    SeparatePaper,
    /// Their own word, on VNeID or to the agency.
    AtAgency,
}

/// Something typed for which the definition has no field any more.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kept {
    /// The place of the person in the draft, for a column.
    pub person: Option<usize>,
    /// The field it was typed in.
    pub key: FieldKey,
    /// What that field was called.
    pub label: String,
    /// What was typed.
    pub value: String,
}

/// The personal numbers among these answers: what was accepted once needs no second look at the paper.
pub(crate) fn numbers(answers: &Answers) -> BTreeSet<FieldKey> {
    answers.keys().filter(|key| key.as_str().ends_with("number")).cloned().collect()
}

impl FilingDraft {
    /// An empty form.
    pub fn new(procedure: &Procedure) -> FilingDraft {
        FilingDraft {
            dossier: None,
            version: procedure.version(),
            answers: Answers::new(),
            confirmed: BTreeSet::new(),
            people: Vec::new(),
            consents: BTreeMap::new(),
            papers: BTreeMap::new(),
            originals: BTreeSet::new(),
            kept: Vec::new(),
            step: 0,
        }
    }

    /// The form of what a dossier says: parsed again, it is the same filing. Warnings about its numbers have been
    /// answered, or it would not be one.
    pub fn of(filing: &Filing) -> FilingDraft {
        let people = filing.people.iter().map(|(id, row)| PersonDraft {
            person: Some(*id),
            answers: row.clone(),
            confirmed: numbers(row),
            removed: filing.removed.contains(id),
        });
        FilingDraft {
            dossier: None,
            version: filing.version.clone(),
            answers: filing.answers.clone(),
            confirmed: numbers(&filing.answers),
            people: people.collect(),
            consents: filing.consents.iter().map(|(kind, given)| (*kind, ConsentDraft::of(given))).collect(),
            papers: filing.papers.clone(),
            originals: filing.originals.clone(),
            kept: Vec::new(),
            step: 0,
        }
    }

    /// Parses the whole form; all faults at once. People who have an id are in the filing; the others follow in the
    /// order typed, and the device mints their ids.
    pub fn parse(
        &self,
        procedure: &Procedure,
        now: Moment,
    ) -> Result<(Filing, Vec<Answers>), Vec<FilingFault>> {
        let (filing, new, faults) = self.read(procedure, now);
        if faults.is_empty() { Ok((filing, new)) } else { Err(faults) }
    }

    /// What is right of the form so far, to be looked at before it is handed in. People who are new go by their places.
    pub fn so_far(&self, procedure: &Procedure, now: Moment) -> Filing {
        let (mut filing, new, _) = self.read(procedure, now);
        for (place, row) in (0_u32..).zip(new) {
            filing.people.entry(GuestId(place.to_be_bytes())).or_insert(row);
        }
        filing
    }

    fn read(&self, procedure: &Procedure, now: Moment) -> (Filing, Vec<Answers>, Vec<FilingFault>) {
        // Neither people nor definitions are of days to come: a clock that fell back makes nobody unborn.
        let today = now.day().max(procedure.valid_from);
        let consented = self.consents.values().filter_map(|consent| read_day(&consent.day).ok()).max();
        let latest = today.max(consented.unwrap_or(today));
        let mut faults = Vec::new();
        if self.version != procedure.version() {
            faults.push(FilingFault { at: FilingField::Version, trouble: FilingTrouble::OtherVersion });
        }
        let mut filing = Filing::new(self.version.clone());
        let columns = procedure.people.as_ref().map_or(&[][..], |people| &people.columns);
        let form = Typed::of(&procedure.fields, &self.answers, latest);
        let rows: Vec<Typed> =
            self.people.iter().map(|person| Typed::of(columns, &person.answers, latest)).collect();
        // Of people whom this version does not ask about, nothing is sent; they stay in the draft.
        let gone = |person: &PersonDraft| person.removed || procedure.people.is_none();
        let present: Vec<&Answers> = self
            .people
            .iter()
            .zip(&rows)
            .filter(|(person, _)| !gone(person))
            .map(|(_, row)| &row.sound)
            .collect();
        let facts = Facts { answers: &form.sound, people: &present, row: None };
        let at = |field: &Field| FilingField::Answer(field.key.clone());
        filing.answers = form.settle(&procedure.fields, &facts, today, &self.confirmed, at, &mut faults);
        let mut new = Vec::new();
        for (place, (person, row)) in self.people.iter().zip(&rows).enumerate() {
            let at = |field: &Field| FilingField::Person(place, field.key.clone());
            let facts = Facts { row: Some(&row.sound), ..facts };
            // One taken out is kept as far as it was right; a half-typed stranger taken out is dropped.
            let answers = if gone(person) {
                row.sound.clone()
            } else {
                row.settle(columns, &facts, today, &person.confirmed, at, &mut faults)
            };
            match person.person {
                Some(id) => {
                    filing.people.insert(id, answers);
                    if gone(person) {
                        filing.removed.insert(id);
                    }
                }
                None if !gone(person) => new.push(answers),
                None => {}
            }
        }
        let asked = |kind: ConsentKind| procedure.consents.iter().any(|consent| consent.kind == kind);
        for (kind, consent) in self.consents.iter().filter(|(kind, _)| asked(**kind)) {
            if let Some(given) = consent.parse(*kind, &mut faults) {
                filing.consents.insert(*kind, given);
            }
        }
        let papers = self.papers.iter().filter(|(_, page)| procedure.paper(&page.paper).is_some());
        filing.papers = papers.map(|(id, page)| (*id, page.clone())).collect();
        let shown = self.originals.iter().filter(|key| procedure.paper(key).is_some());
        filing.originals = shown.cloned().collect();
        let half_given = faults.iter().map(|fault| fault.at.clone()).collect::<BTreeSet<_>>();
        let mut rest = Vec::new();
        check::rest(procedure, &filing, &present, today, &mut rest);
        rest.extend(procedure.unnamed(&filing, present.is_empty()));
        // A consent begun has been told of already.
        faults.extend(rest.into_iter().filter(|fault| !half_given.contains(&fault.at)));
        (filing, new, faults)
    }
}

/// The fields of one form or row: what is sound, and what is not.
struct Typed {
    sound: Answers,
    unsound: BTreeMap<FieldKey, FilingTrouble>,
}

impl Typed {
    fn of(fields: &[Field], typed: &Answers, today: Day) -> Typed {
        let (mut sound, mut unsound) = (Answers::new(), BTreeMap::new());
        for field in fields {
            let Some(text) = typed.get(&field.key) else { continue };
            match field.kind.canonical(text, today) {
                Ok(value) => {
                    sound.insert(field.key.clone(), value);
                }
                // An empty box is no fault of its own: whether it must be filled is the form's question.
                Err(FilingTrouble::Missing) => {}
                Err(trouble) => {
                    unsound.insert(field.key.clone(), trouble);
                }
            }
        }
        Typed { sound, unsound }
    }

    /// What the form asks for and has; what is wrong with it goes to the faults.
    fn settle(
        &self,
        fields: &[Field],
        facts: &Facts<'_>,
        today: Day,
        confirmed: &BTreeSet<FieldKey>,
        at: impl Fn(&Field) -> FilingField,
        faults: &mut Vec<FilingFault>,
    ) -> Answers {
        let mut answers = Answers::new();
        for field in fields.iter().filter(|field| field.is_asked(facts, today)) {
            let mut fault = |trouble| faults.push(FilingFault { at: at(field), trouble });
            match (self.sound.get(&field.key), self.unsound.get(&field.key)) {
                (_, Some(trouble)) => fault(trouble.clone()),
                (Some(value), None) => {
                    answers.insert(field.key.clone(), value.clone());
                    let seen = observations(field, &self.sound);
                    if !seen.is_empty() && !confirmed.contains(&field.key) {
                        fault(FilingTrouble::Unanswered(seen));
                    }
                }
                (None, None) if field.need.holds(facts, today) => fault(FilingTrouble::Missing),
                (None, None) => {}
            }
        }
        answers
    }
}

impl ConsentDraft {
    fn of(given: &ConsentGiven) -> ConsentDraft {
        let (way, strokes) = match &given.how {
            ConsentWay::Signature(signature) => (ConsentPick::Signature, signature.strokes().to_vec()),
            ConsentWay::SamePerson => (ConsentPick::SamePerson, Vec::new()),
            ConsentWay::SeparatePaper => (ConsentPick::SeparatePaper, Vec::new()),
            ConsentWay::AtAgency => (ConsentPick::AtAgency, Vec::new()),
        };
        ConsentDraft {
            who: given.who.to_string(),
            at: given.at.clone(),
            day: write_day(given.day),
            way,
            strokes,
        }
    }

    /// Whether nobody has begun with it.
    pub fn is_empty(&self) -> bool {
        *self == ConsentDraft::default()
    }

    fn parse(&self, kind: ConsentKind, faults: &mut Vec<FilingFault>) -> Option<ConsentGiven> {
        if self.is_empty() {
            return None;
        }
        let mut fault = |trouble| faults.push(FilingFault { at: FilingField::Consent(kind), trouble });
        let who = match self.who.trim().is_empty() {
            true => Err(FilingTrouble::Missing),
            false => self.who.parse().map_err(FilingTrouble::Name),
        };
        let who = who.map_err(&mut fault).ok();
        let day = read_day(&self.day).map_err(&mut fault).ok();
        let at = compose(&self.at);
        if at.chars().count() > ConsentGiven::PLACE {
            fault(FilingTrouble::TooLong { most: ConsentGiven::PLACE });
            return None;
        }
        let how = match self.way {
            ConsentPick::SamePerson => Some(ConsentWay::SamePerson),
            ConsentPick::SeparatePaper => Some(ConsentWay::SeparatePaper),
            ConsentPick::AtAgency => Some(ConsentWay::AtAgency),
            ConsentPick::Signature => match Signature::new(self.strokes.clone()) {
                Ok(signature) => Some(ConsentWay::Signature(signature)),
                Err(_) => {
                    fault(FilingTrouble::NoSignature);
                    None
                }
            },
        };
        Some(ConsentGiven { who: who?, at, day: day?, how: how? })
    }
}
