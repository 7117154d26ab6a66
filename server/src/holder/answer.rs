//! The answer to a supplement request, by code, parsed as the form's own: fields, pictures of papers that came before it,
//! people more, consents said in words. Nothing that was written before is shown, and nothing of it is taken out.

use std::collections::BTreeSet;

use dossier::act::{Act, Channel};
use dossier::filing::draft::{ConsentDraft, ConsentPick, FilingDraft, PersonDraft};
use dossier::filing::{Filing, FilingFault, FilingField, FilingTrouble, PaperRef};
use dossier::id::{GuestId, PaperId};
use dossier::moment::Moment;
use dossier::procedure::field::write_day;
use dossier::procedure::{CONSENT_PAPER, Field, FieldKey, FieldKind, PaperKey, People};
use sync::document;
use sync::frame::ActId;
use sync::frame::up::SentAct;
use sync::papers::PaperDigest;

use super::place::{PICK, Place, Request};
use super::{Done, Matter, NO_DEVICE};
use crate::error::Error;
use crate::keys::Keys;
use crate::office::Office;
use crate::pictures::unnamed;
use crate::plain::typed::day;
use crate::{clock, hex};

/// What a page without a script sends, by the names of its fields.
pub type Typed = Vec<(String, String)>;

/// What was typed under a name; empty when nothing was.
pub fn typed<'a>(all: &'a Typed, name: &str) -> &'a str {
    every(all, name).next().unwrap_or("")
}

/// Everything that was typed under a name.
pub fn every<'a>(all: &'a Typed, name: &str) -> impl Iterator<Item = &'a str> {
    all.iter().filter(move |(known, _)| known == name).map(|(_, value)| value.as_str())
}

/// What the number of a field is confirmed by, once its warning was read.
pub fn confirmed(name: &str) -> String {
    format!("{name}.dung")
}

/// The field in which pictures of a paper's pages are named.
pub fn pages(paper: &PaperKey) -> String {
    format!("g.{paper}.anh")
}

/// A picture as a page names it: its digest and its length.
pub fn picture(digest: &PaperDigest, bytes: usize) -> String {
    format!("{}.{bytes}", hex::encode(digest))
}

/// Reads one back.
pub fn named_picture(text: &str) -> Option<(PaperDigest, u32)> {
    let (digest, bytes) = text.split_once('.')?;
    Some((hex::decode_exact(digest)?, bytes.parse().ok()?))
}

/// How many rows for people more the page has.
pub fn rows(all: &Typed, people: &People) -> usize {
    (1 + every(all, "nguoi").count()).min(people.at_most.into())
}

/// What stands in the way: of a field by its name, of the whole under an empty one.
pub type Objections = Vec<(String, FilingTrouble)>;

/// Puts one answer into its place.
fn put(
    (answers, seen): (&mut dossier::filing::Answers, &mut BTreeSet<FieldKey>),
    field: &Field,
    said: &str,
    looked_at_again: bool,
) {
    let kept = if field.kind == FieldKind::Day { day(said) } else { said.to_owned() };
    answers.insert(field.key.clone(), kept);
    if looked_at_again {
        seen.insert(field.key.clone());
    } else {
        seen.remove(&field.key);
    }
}

impl Matter {
    /// What the dossier says with these answers.
    pub fn answered(
        &self,
        keys: &Keys,
        request: &Request,
        all: &Typed,
        now: Moment,
    ) -> Result<Filing, Objections> {
        let mut draft = FilingDraft::of(&self.filing);
        let mut objections = Objections::new();
        // The rows of the page, in the order in which the draft has them.
        let mut new_rows = Vec::new();
        if request.lacks_a_place() {
            objections.push((PICK.to_owned(), FilingTrouble::Missing));
        }
        for question in &request.questions {
            let name = &question.name;
            let said = typed(all, name).trim();
            let seen = !typed(all, &confirmed(name)).is_empty();
            let is_there = match &question.place {
                Place::Answer(field) if !said.is_empty() => {
                    put((&mut draft.answers, &mut draft.confirmed), field, said, seen);
                    true
                }
                Place::Person(_, place, field) if !said.is_empty() => {
                    if let Some(person) = draft.people.get_mut(*place) {
                        put((&mut person.answers, &mut person.confirmed), field, said, seen);
                    }
                    true
                }
                Place::Answer(_) | Place::Person(..) => false,
                Place::Paper(paper) => {
                    if !said.is_empty() {
                        draft.originals.insert(paper.key.clone());
                    }
                    let came = self.attach(keys, &mut draft, &paper.key, all);
                    came || !said.is_empty()
                }
                Place::People(people) => {
                    new_rows = rows_written(&mut draft, people, all);
                    true
                }
                Place::Consent(consent, paper) => {
                    if let Some(paper) = paper {
                        self.attach(keys, &mut draft, &paper.key, all);
                    }
                    draft.consents.insert(consent.kind, consented(all, name, now));
                    true
                }
            };
            if !is_there {
                objections.push((name.clone(), FilingTrouble::Missing));
            }
        }
        if request.questions.iter().any(|question| matches!(question.place, Place::Consent(..))) {
            self.bring_consent(&mut draft);
        }
        let parsed = draft.parse(&self.procedure, now);
        let faults = parsed.as_ref().err().into_iter().flatten();
        objections.extend(faults.map(|fault| self.objection(fault, &new_rows)));
        match parsed {
            Ok((mut filing, new)) if objections.is_empty() => {
                for (place, row) in new.into_iter().enumerate() {
                    let said = postcard::to_allocvec(&row).unwrap_or_default();
                    let heads = self.story.history.heads().0.concat();
                    let parts = [&self.story.dossier.0[..], &heads, &place.to_le_bytes(), &said].concat();
                    filing.people.insert(GuestId(four(keys.mark("person by code", &parts))), row);
                }
                Ok(filing)
            }
            _ => Err(objections),
        }
    }

    /// A consent that is written apart, and of which there is no picture, is brought.
    fn bring_consent(&self, draft: &mut FilingDraft) {
        let apart = draft.consents.values().any(|consent| consent.way == ConsentPick::SeparatePaper);
        let paper = self.procedure.papers.iter().find(|paper| paper.key.as_str() == CONSENT_PAPER);
        let paper = paper.filter(|paper| draft.papers.values().all(|page| page.paper != paper.key));
        draft.originals.extend(paper.filter(|_| apart).map(|paper| paper.key.clone()));
    }

    /// Adds the pages whose pictures were named; whether there is one. A picture the paper has already is not added again.
    fn attach(&self, keys: &Keys, draft: &mut FilingDraft, paper: &PaperKey, all: &Typed) -> bool {
        let name = pages(paper);
        let named: Vec<_> = every(all, &name).filter_map(named_picture).collect();
        for (place, (digest, bytes)) in named.iter().enumerate() {
            let page = PaperRef { paper: paper.clone(), digest: *digest, bytes: *bytes };
            if draft.papers.values().all(|known| *known != page) {
                let parts = [&self.story.dossier.0[..], &digest[..], paper.as_str().as_bytes()].concat();
                let [a, b, c, _] = four(keys.mark("page by code", &parts));
                // Pages are shown in the order of their ids: here, in the order they were taken.
                let place = u8::try_from(place).map_or(63, |place| place.min(63));
                draft.papers.insert(PaperId([0xc0 | place, a, b, c]), page);
            }
        }
        !named.is_empty()
    }

    fn objection(&self, fault: &FilingFault, new_rows: &[usize]) -> (String, FilingTrouble) {
        let name = match &fault.at {
            FilingField::Answer(key) => format!("a.{key}"),
            FilingField::Person(place, key) => match self.filing.people.keys().nth(*place) {
                Some(id) => format!("p.{id}.{key}"),
                None => {
                    let row = new_rows.get(place - self.filing.people.len());
                    row.map(|row| format!("m.{row}.{key}")).unwrap_or_default()
                }
            },
            FilingField::Paper(key) => format!("g.{key}"),
            FilingField::People => "m".to_owned(),
            FilingField::Consent(kind) => format!("c.{}", kind.slug()),
            FilingField::Version => String::new(),
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
        let done = self.send(office, raw, SentAct { dossier, id, act }).await?;
        // It is kept whatever becomes of this: what cannot be settled now is looked at again.
        if let Err(cause) = unnamed::settle(office, dossier, clock::now().plus_minutes(1)).await {
            tracing::warn!(%cause, "pictures of an answer wait to be settled");
        }
        Ok(done)
    }
}

fn four(mark: [u8; 16]) -> [u8; 4] {
    let [a, b, c, d, ..] = mark;
    [a, b, c, d]
}

/// The people of the page's rows, added to the form; which rows they are. A row left blank beside others is nobody.
fn rows_written(draft: &mut FilingDraft, people: &People, all: &Typed) -> Vec<usize> {
    let mut written = Vec::new();
    for row in 0..rows(all, people) {
        let mut person = PersonDraft::default();
        for column in &people.columns {
            let name = format!("m.{row}.{}", column.key);
            let said = typed(all, &name).trim();
            if !said.is_empty() {
                let seen = !typed(all, &confirmed(&name)).is_empty();
                put((&mut person.answers, &mut person.confirmed), column, said, seen);
            }
        }
        if !person.answers.is_empty() || row == 0 {
            draft.people.push(person);
            written.push(row);
        }
    }
    written
}

/// A consent in words: who gives it, where, and whether it is the declarant's own or stands on a paper. To sign, one needs
/// a screen of the app.
fn consented(all: &Typed, name: &str, now: Moment) -> ConsentDraft {
    let said = |what: &str| typed(all, &format!("{name}.{what}")).trim().to_owned();
    let way = match said("way").as_str() {
        "own" => ConsentPick::SamePerson,
        "paper" => ConsentPick::SeparatePaper,
        // No signature was drawn: it is asked for in words.
        _ => ConsentPick::Signature,
    };
    ConsentDraft { who: said("who"), at: said("at"), day: write_day(now.day()), way, strokes: Vec::new() }
}
