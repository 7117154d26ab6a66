//! The Automerge document of a residence dossier ⇄ [`Filing`].
//!
//! Every field of the form is a scalar of the root under its own key behind a point, so that two tablets fill in
//! different fields of one dossier without a conflict; people are children of the map the seed made, keyed by id, so
//! that both additions survive. A consent or a page of a paper is one value: nobody changes half of it.

use automerge::transaction::{CommitOptions, Transactable};
use automerge::{AutoCommit, Change, ObjId, ObjType, ROOT, ScalarValue};
use dossier::filing::conflict::FilingPlace;
use dossier::filing::{Answers, ConsentGiven, Filing};
use dossier::id::{GuestId, PaperId};
use dossier::moment::Day;
use dossier::procedure::{ConsentKind, FieldKey, Version};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::candidates::{Candidate, choose_at, values};
use super::reading::{Fields, Found, ReadError};
use super::{GUESTS, REMOVED, put};

/// The procedure's name: the mark of a residence dossier.
pub(super) const PROCEDURE: &str = "P";
const FROM: &str = "V";
/// What stands before the key of a field.
const FIELD: char = '.';
/// What stands before the name of a consent.
const CONSENT: char = '+';
/// What stands before the id of a page of a paper.
const PAPER: char = '#';
/// What stands before the key of a paper whose original is shown.
const ORIGINAL: char = '=';

/// What the document says; `None` when it is no residence dossier.
pub(super) fn read<D: Fields>(doc: &D) -> Option<Result<Filing, ReadError>> {
    let root = doc.root();
    match doc.get(&root, PROCEDURE) {
        Ok(None) => None,
        Ok(Some(Found::Scalar(value))) => Some(match value.as_str() {
            Some(name) => filing(doc, &root, name),
            None => Err(ReadError::Invalid),
        }),
        Ok(Some(Found::Object(_))) => Some(Err(ReadError::Invalid)),
        Err(error) => Some(Err(error)),
    }
}

fn filing<D: Fields>(doc: &D, root: &D::At, name: &str) -> Result<Filing, ReadError> {
    let from = match doc.get(root, FROM)? {
        Some(Found::Scalar(value)) => value.as_i64().and_then(|day| i32::try_from(day).ok()),
        _ => return Err(ReadError::Missing),
    };
    let procedure = name.parse().map_err(|_| ReadError::Invalid)?;
    let mut filing = Filing::new(Version { procedure, from: Day(from.ok_or(ReadError::Invalid)?) });
    filing.answers = answers(doc, root)?;
    for key in doc.keys(root) {
        let invalid = ReadError::Invalid;
        if let Some(kind) = key.strip_prefix(CONSENT) {
            let kind = ConsentKind::named(kind).ok_or(invalid)?;
            filing.consents.insert(kind, whole(doc, root, &key)?);
        } else if let Some(id) = key.strip_prefix(PAPER) {
            let id: PaperId = id.parse().map_err(|_| invalid)?;
            filing.papers.insert(id, whole(doc, root, &key)?);
        } else if let Some(paper) = key.strip_prefix(ORIGINAL) {
            filing.originals.insert(paper.parse().map_err(|_| invalid)?);
        }
    }
    if let Some(map) = doc.object(root, GUESTS) {
        for key in doc.keys(&map) {
            let id: GuestId = key.parse().map_err(|_| ReadError::Invalid)?;
            let child = doc.object(&map, &key).ok_or(ReadError::Invalid)?;
            filing.people.insert(id, answers(doc, &child)?);
            if matches!(doc.get(&child, REMOVED)?, Some(Found::Scalar(flag)) if flag.as_i64() == Some(1)) {
                filing.removed.insert(id);
            }
        }
    }
    Ok(filing)
}

fn answers<D: Fields>(doc: &D, at: &D::At) -> Result<Answers, ReadError> {
    let mut answers = Answers::new();
    for key in doc.keys(at) {
        let Some(field) = key.strip_prefix(FIELD) else { continue };
        let field: FieldKey = field.parse().map_err(|_| ReadError::Invalid)?;
        match doc.get(at, &key)? {
            Some(Found::Scalar(value)) => {
                answers.insert(field, value.as_str().ok_or(ReadError::Invalid)?.to_owned());
            }
            _ => return Err(ReadError::Invalid),
        }
    }
    Ok(answers)
}

/// A value that is kept as a whole.
fn whole<D: Fields, T: DeserializeOwned>(doc: &D, at: &D::At, key: &str) -> Result<T, ReadError> {
    match doc.get(at, key)? {
        Some(Found::Scalar(value)) => match value.as_ref() {
            ScalarValue::Bytes(bytes) => match postcard::take_from_bytes(bytes) {
                Ok((value, [])) => Ok(value),
                _ => Err(ReadError::Invalid),
            },
            _ => Err(ReadError::Invalid),
        },
        _ => Err(ReadError::Invalid),
    }
}

/// Every place that may hold two values. Pages of papers have keys of their own, and a flag has one value only.
pub fn places(filing: &Filing) -> Vec<FilingPlace> {
    let answers = filing.answers.keys().cloned().map(FilingPlace::Answer);
    let rows = filing.present().flat_map(|(id, row)| row.keys().map(move |key| (id, key)));
    let people = rows.map(|(id, key)| FilingPlace::Person(*id, key.clone()));
    let consents = filing.consents.keys().copied().map(FilingPlace::Consent);
    answers.chain(people).chain(consents).collect()
}

/// Where a place lies in the document.
fn lies(doc: &AutoCommit, place: &FilingPlace) -> Option<(ObjId, String)> {
    match place {
        FilingPlace::Answer(key) => Some((ROOT, format!("{FIELD}{key}"))),
        FilingPlace::Consent(kind) => Some((ROOT, format!("{CONSENT}{}", kind.slug()))),
        FilingPlace::Person(id, key) => {
            let child = doc.object(&doc.object(&ROOT, GUESTS)?, &id.to_string())?;
            Some((child, format!("{FIELD}{key}")))
        }
    }
}

/// All values that concurrent edits left in a place, in an order every replica agrees on.
pub fn candidates(doc: &AutoCommit, place: &FilingPlace) -> Vec<Candidate> {
    lies(doc, place).map(|(at, key)| values(doc, &at, &key)).unwrap_or_default()
}

/// Writes one of the candidates again, over all of them. `None` when there is nothing to choose from.
pub fn choose(doc: &mut AutoCommit, place: &FilingPlace, choice: usize) -> Option<Change> {
    let (at, key) = lies(doc, place)?;
    choose_at(doc, &at, &key, choice)
}

/// A consent as the document holds it.
pub fn consent(value: &ScalarValue) -> Option<ConsentGiven> {
    match value {
        ScalarValue::Bytes(bytes) => postcard::from_bytes(bytes).ok(),
        _ => None,
    }
}

/// Writes what differs between `old` and `new`, and commits it as one change. `None` when nothing differs.
pub fn write(doc: &mut AutoCommit, old: Option<&Filing>, new: &Filing) -> Option<Change> {
    let empty = Filing::new(new.version.clone());
    let before = old.unwrap_or(&empty);
    if old.is_none() {
        doc.put(&ROOT, PROCEDURE, new.version.procedure.as_str()).expect("a scalar can be put into the root");
    }
    put(
        doc,
        &ROOT,
        FROM,
        old.map(|old| Some(i64::from(old.version.from.0))),
        Some(new.version.from.0.into()),
    );
    put_answers(doc, &ROOT, &before.answers, &new.answers);
    let consents = before.consents.keys().chain(new.consents.keys());
    for kind in consents.collect::<std::collections::BTreeSet<_>>() {
        let key = format!("{CONSENT}{}", kind.slug());
        put_whole(doc, &key, before.consents.get(kind), new.consents.get(kind));
    }
    let papers = before.papers.keys().chain(new.papers.keys());
    for id in papers.collect::<std::collections::BTreeSet<_>>() {
        put_whole(doc, &format!("{PAPER}{id}"), before.papers.get(id), new.papers.get(id));
    }
    for paper in new.originals.iter().chain(&before.originals) {
        let flag = |filing: &Filing| filing.originals.contains(paper).then_some(1);
        put(doc, &ROOT, &format!("{ORIGINAL}{paper}"), Some(flag(before)), flag(new));
    }
    if let Some(map) = doc.object(&ROOT, GUESTS) {
        let nobody = Answers::new();
        for (id, row) in &new.people {
            let key = id.to_string();
            let child = match doc.object(&map, &key) {
                Some(child) => child,
                None => doc.put_object(&map, key, ObjType::Map).expect("the map of people takes a child"),
            };
            put_answers(doc, &child, before.people.get(id).unwrap_or(&nobody), row);
            let flag = |filing: &Filing| filing.removed.contains(id).then_some(1);
            put(doc, &child, REMOVED, old.map(flag), flag(new));
        }
    }
    doc.commit_with(CommitOptions::default().with_time(0))?;
    doc.get_last_local_change()
}

fn put_answers(doc: &mut AutoCommit, at: &ObjId, old: &Answers, new: &Answers) {
    for (key, value) in new.iter().filter(|(key, value)| old.get(*key) != Some(*value)) {
        doc.put(at, format!("{FIELD}{key}"), value.as_str()).expect("a scalar can be put into a map");
    }
    for key in old.keys().filter(|key| !new.contains_key(*key)) {
        doc.delete(at, format!("{FIELD}{key}")).expect("a key of this map can be deleted");
    }
}

fn put_whole<T: Serialize + PartialEq>(doc: &mut AutoCommit, key: &str, old: Option<&T>, new: Option<&T>) {
    if old == new {
        return;
    }
    match new {
        Some(value) => {
            let bytes = postcard::to_allocvec(value).expect("plain data");
            doc.put(&ROOT, key, ScalarValue::Bytes(bytes))
        }
        None => doc.delete(&ROOT, key),
    }
    .expect("a scalar can be put into the root");
}
