//! A document read as a [`Stay`]: the same rules whether Automerge has opened it or its changes are followed one by
//! one.

use std::borrow::Cow;
use std::collections::BTreeMap;

use automerge::{AutoCommit, ObjId, ROOT, ReadDoc, ScalarValue, Value};
use dossier::birth::BirthDate;
use dossier::id::GuestId;
use dossier::moment::{Day, Moment};
use dossier::name::FullName;
use dossier::nationality::Nationality;
use dossier::paper::{IdentityPaper, PaperError, PaperKind};
use dossier::reason::StayReason;
use dossier::sex::Sex;
use dossier::stay::{Guest, Stay};

use super::{
    ARRIVE, BIRTH, CONFIRMED, GUESTS, HOME, LEAVE, LEFT, MINUTE, NAME, NATIONALITY, NOTE, NUMBER, PAPER,
    PERMITTED, PHONE, REASON, REASON_TEXT, REMOVED, ROOM, SEX, number_text,
};

/// Why a document is not a stay (yet): somebody else's bytes, or a part that has not arrived.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReadError {
    /// A field the law asks for is not there.
    #[error("a field is missing")]
    Missing,
    /// A field holds something that its type does not allow.
    #[error("a field is invalid")]
    Invalid,
    /// It is a dossier of the other kind.
    #[error("a dossier of another kind")]
    OtherKind,
}

/// Where fields are looked up.
pub trait Fields {
    /// What an object is called.
    type At;

    /// The root.
    fn root(&self) -> Self::At;

    /// What stands under a key.
    fn get(&self, at: &Self::At, key: &str) -> Result<Option<Found<'_, Self::At>>, ReadError>;

    /// The keys of a map, sorted.
    fn keys(&self, at: &Self::At) -> Vec<String>;

    /// The characters of a text.
    fn text(&self, at: &Self::At) -> Result<String, ReadError>;

    /// The object under a key, if one is there.
    fn object(&self, at: &Self::At, key: &str) -> Option<Self::At> {
        match self.get(at, key) {
            Ok(Some(Found::Object(object))) => Some(object),
            _ => None,
        }
    }
}

/// What stands under a key.
pub enum Found<'a, At> {
    /// A value.
    Scalar(Cow<'a, ScalarValue>),
    /// An object.
    Object(At),
}

impl Fields for AutoCommit {
    type At = ObjId;

    fn root(&self) -> ObjId {
        ROOT
    }

    fn get(&self, at: &ObjId, key: &str) -> Result<Option<Found<'_, ObjId>>, ReadError> {
        let found = ReadDoc::get(self, at, key).map_err(|_| ReadError::Invalid)?;
        Ok(found.map(|(value, id)| match value {
            Value::Scalar(value) => Found::Scalar(value),
            Value::Object(_) => Found::Object(id),
        }))
    }

    fn keys(&self, at: &ObjId) -> Vec<String> {
        ReadDoc::keys(self, at).collect()
    }

    fn text(&self, at: &ObjId) -> Result<String, ReadError> {
        ReadDoc::text(self, at).map_err(|_| ReadError::Invalid)
    }
}

/// What a document says now.
pub fn read<D: Fields>(doc: &D) -> Result<Stay, ReadError> {
    let root = &doc.root();
    let reason = int(doc, root, REASON)?.ok_or(ReadError::Missing)?;
    Ok(Stay {
        arrive: minutes(int(doc, root, ARRIVE)?.ok_or(ReadError::Missing)?)?,
        leave: day(int(doc, root, LEAVE)?.ok_or(ReadError::Missing)?)?,
        left: int(doc, root, LEFT)?.map(minutes).transpose()?,
        room: text(doc, root, ROOM)?,
        reason: u8::try_from(reason).ok().and_then(StayReason::from_code).ok_or(ReadError::Invalid)?,
        reason_text: text(doc, root, REASON_TEXT)?,
        note: note(doc)?,
        guests: guests(doc)?,
    })
}

fn guests<D: Fields>(doc: &D) -> Result<BTreeMap<GuestId, Guest>, ReadError> {
    let Some(map) = doc.object(&doc.root(), GUESTS) else { return Ok(BTreeMap::new()) };
    let mut guests = BTreeMap::new();
    for key in doc.keys(&map) {
        let id: GuestId = key.parse().map_err(|_| ReadError::Invalid)?;
        let child = doc.object(&map, &key).ok_or(ReadError::Invalid)?;
        guests.insert(id, guest(doc, &child)?);
    }
    Ok(guests)
}

fn guest<D: Fields>(doc: &D, at: &D::At) -> Result<Guest, ReadError> {
    let invalid = ReadError::Invalid;
    let kind = int(doc, at, PAPER)?.and_then(|code| u8::try_from(code).ok()).and_then(PaperKind::from_code);
    let number = match doc.get(at, NUMBER)? {
        Some(Found::Scalar(value)) => number_text(&value).ok_or(invalid)?,
        _ => return Err(ReadError::Missing),
    };
    let nationality = match text(doc, at, NATIONALITY)?.as_str() {
        "" => Nationality::VNM,
        code => code.parse().map_err(|_| invalid)?,
    };
    let sex = match int(doc, at, SEX)? {
        Some(1) => Sex::Male,
        Some(2) => Sex::Female,
        _ => return Err(ReadError::Missing),
    };
    Ok(Guest {
        name: text(doc, at, NAME)?.parse::<FullName>().map_err(|_| invalid)?,
        birth: BirthDate::from_packed(int(doc, at, BIRTH)?.ok_or(ReadError::Missing)?)
            .map_err(|_| invalid)?,
        sex,
        nationality,
        paper: paper(kind.ok_or(ReadError::Missing)?, &number).map_err(|_| invalid)?,
        permitted_until: int(doc, at, PERMITTED)?.map(day).transpose()?,
        phone: text(doc, at, PHONE)?,
        home: text(doc, at, HOME)?,
        confirmed: int(doc, at, CONFIRMED)?.is_some_and(|flag| flag != 0),
        removed: int(doc, at, REMOVED)?.is_some_and(|flag| flag != 0),
    })
}

/// Kind and number are two fields: two phones that changed one each may have made a pair that no paper has. The number
/// stands then, as that of another paper, and the notice can still be read and put right.
fn paper(kind: PaperKind, number: &str) -> Result<IdentityPaper, PaperError> {
    IdentityPaper::parse(kind, number).or_else(|_| IdentityPaper::parse(PaperKind::Other, number))
}

fn note<D: Fields>(doc: &D) -> Result<String, ReadError> {
    match doc.object(&doc.root(), NOTE) {
        Some(text) => doc.text(&text),
        None => Ok(String::new()),
    }
}

fn int<D: Fields>(doc: &D, at: &D::At, key: &str) -> Result<Option<i64>, ReadError> {
    match doc.get(at, key)? {
        None => Ok(None),
        Some(Found::Scalar(value)) => value.as_i64().map(Some).ok_or(ReadError::Invalid),
        Some(_) => Err(ReadError::Invalid),
    }
}

fn text<D: Fields>(doc: &D, at: &D::At, key: &str) -> Result<String, ReadError> {
    match doc.get(at, key)? {
        None => Ok(String::new()),
        Some(Found::Scalar(value)) => value.as_str().map(str::to_owned).ok_or(ReadError::Invalid),
        Some(_) => Err(ReadError::Invalid),
    }
}

fn minutes(value: i64) -> Result<Moment, ReadError> {
    value.checked_mul(MINUTE).map(Moment).ok_or(ReadError::Invalid)
}

fn day(value: i64) -> Result<Day, ReadError> {
    i32::try_from(value).map(Day).map_err(|_| ReadError::Invalid)
}
