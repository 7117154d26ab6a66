//! The Automerge document of one stay ⇄ [`Stay`]. The only file that knows its keys.
//!
//! Typed scalars: times and numbers as integers, enumerations as codes, names as strings; `Text` for the free
//! note only (a name as `Text` costs 40 bytes a stay on the wire and ten times the load). Guests are children
//! keyed by id, so that two additions on two phones both survive. Every replica starts from one seed change,
//! or the two `g` maps of two phones would be a conflict and one would be lost. An absent key is the default.

use std::collections::BTreeMap;

use automerge::transaction::{CommitOptions, Transactable};
use automerge::{
    ActorId, AutoCommit, AutomergeError, Change, ChangeHash, ObjId, ObjType, ROOT, ReadDoc, ScalarValue,
    Value,
};
use dossier::birth::BirthDate;
use dossier::id::{DeviceHandle, GuestId};
use dossier::intent::StayField;
use dossier::moment::{Day, Moment};
use dossier::name::FullName;
use dossier::nationality::Nationality;
use dossier::paper::{IdentityPaper, PaperKind};
use dossier::reason::StayReason;
use dossier::sex::Sex;
use dossier::stay::{Guest, Stay};

const ARRIVE: &str = "a";
const LEAVE: &str = "l";
const LEFT: &str = "x";
const ROOM: &str = "r";
const REASON: &str = "y";
const REASON_TEXT: &str = "w";
const NOTE: &str = "n";
const GUESTS: &str = "g";
const NAME: &str = "n";
const BIRTH: &str = "b";
const SEX: &str = "s";
const NATIONALITY: &str = "c";
const PAPER: &str = "k";
const NUMBER: &str = "d";
const PERMITTED: &str = "p";
const PHONE: &str = "h";
const HOME: &str = "o";
const CONFIRMED: &str = "f";
const REMOVED: &str = "z";

/// Milliseconds in the minute that arrivals are kept to.
const MINUTE: i64 = 60_000;

/// An Automerge actor: the device's handle and five dice of this process start. Never derived from anything
/// that a cloned or restored phone would repeat.
pub fn actor(handle: DeviceHandle, dice: [u8; 5]) -> ActorId {
    let mut bytes = [0; 8];
    bytes[..3].copy_from_slice(&handle.0);
    bytes[3..].copy_from_slice(&dice);
    ActorId::from(bytes)
}

/// The device an actor speaks of.
pub fn handle_of(actor: &ActorId) -> Option<DeviceHandle> {
    actor.to_bytes().get(..3).and_then(|bytes| bytes.try_into().ok()).map(DeviceHandle)
}

/// The document every replica starts from: one change by a fixed actor at time 0 that makes the guests' map.
#[expect(clippy::disallowed_methods, reason = "the actor is set at once; the random one is never used")]
pub fn seed() -> AutoCommit {
    let mut doc = AutoCommit::new().with_actor(ActorId::from([0u8; 1]));
    doc.put_object(ROOT, GUESTS, ObjType::Map).expect("a map can be put into an empty root");
    doc.commit_with(CommitOptions::default().with_time(0));
    doc
}

/// The hash of the seed change.
pub fn seed_hash() -> ChangeHash {
    seed_change().hash()
}

/// The seed change itself, made once.
pub fn seed_change() -> &'static Change {
    static SEED: std::sync::OnceLock<Change> = std::sync::OnceLock::new();
    SEED.get_or_init(|| seed().get_changes(&[]).remove(0))
}

/// The document of these changes, each after what it depends on.
#[expect(
    clippy::disallowed_methods,
    reason = "whoever edits sets an actor first; the random one is never used"
)]
pub fn of<'a>(changes: impl Iterator<Item = &'a Change>) -> Result<AutoCommit, AutomergeError> {
    let mut doc = AutoCommit::new();
    let changes: Vec<Change> = std::iter::once(seed_change()).chain(changes).cloned().collect();
    doc.apply_changes(changes)?;
    Ok(doc)
}

/// Why a document is not a stay (yet): somebody else's bytes, or a part that has not arrived.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReadError {
    /// A field the law asks for is not there.
    #[error("a field is missing")]
    Missing,
    /// A field holds something that its type does not allow.
    #[error("a field is invalid")]
    Invalid,
}

/// What a document says now.
pub fn read(doc: &AutoCommit) -> Result<Stay, ReadError> {
    let reason = int(doc, &ROOT, REASON)?.ok_or(ReadError::Missing)?;
    Ok(Stay {
        arrive: minutes(int(doc, &ROOT, ARRIVE)?.ok_or(ReadError::Missing)?)?,
        leave: day(int(doc, &ROOT, LEAVE)?.ok_or(ReadError::Missing)?)?,
        left: int(doc, &ROOT, LEFT)?.map(minutes).transpose()?,
        room: text(doc, &ROOT, ROOM)?,
        reason: u8::try_from(reason).ok().and_then(StayReason::from_code).ok_or(ReadError::Invalid)?,
        reason_text: text(doc, &ROOT, REASON_TEXT)?,
        note: note(doc)?,
        guests: guests(doc)?,
    })
}

fn guests(doc: &AutoCommit) -> Result<BTreeMap<GuestId, Guest>, ReadError> {
    let Some(map) = object(doc, &ROOT, GUESTS) else { return Ok(BTreeMap::new()) };
    let mut guests = BTreeMap::new();
    for key in doc.keys(&map) {
        let id: GuestId = key.parse().map_err(|_| ReadError::Invalid)?;
        let child = object(doc, &map, &key).ok_or(ReadError::Invalid)?;
        guests.insert(id, guest(doc, &child)?);
    }
    Ok(guests)
}

fn guest(doc: &AutoCommit, at: &ObjId) -> Result<Guest, ReadError> {
    let invalid = ReadError::Invalid;
    let kind = int(doc, at, PAPER)?.and_then(|code| u8::try_from(code).ok()).and_then(PaperKind::from_code);
    let number = match doc.get(at, NUMBER).map_err(|_| invalid)? {
        Some((Value::Scalar(value), _)) => number_text(&value).ok_or(invalid)?,
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
        paper: IdentityPaper::parse(kind.ok_or(ReadError::Missing)?, &number).map_err(|_| invalid)?,
        permitted_until: int(doc, at, PERMITTED)?.map(day).transpose()?,
        phone: text(doc, at, PHONE)?,
        home: text(doc, at, HOME)?,
        confirmed: int(doc, at, CONFIRMED)?.is_some_and(|flag| flag != 0),
        removed: int(doc, at, REMOVED)?.is_some_and(|flag| flag != 0),
    })
}

/// Writes what differs between what the document says and `stay`, and commits it as one change. Only changed
/// fields are written, so that edits of two phones merge field by field. `None` when nothing differs.
pub fn write(doc: &mut AutoCommit, stay: &Stay) -> Option<Change> {
    let before = read(doc).ok();
    let old = before.as_ref();
    put(doc, &ROOT, ARRIVE, old.map(|s| Some(s.arrive.0 / MINUTE)), Some(stay.arrive.0 / MINUTE));
    put(doc, &ROOT, LEAVE, old.map(|s| Some(i64::from(s.leave.0))), Some(i64::from(stay.leave.0)));
    put(doc, &ROOT, LEFT, old.map(|s| s.left.map(|m| m.0 / MINUTE)), stay.left.map(|m| m.0 / MINUTE));
    put_text(doc, &ROOT, ROOM, old.map(|s| s.room.as_str()), &stay.room);
    put(doc, &ROOT, REASON, old.map(|s| Some(s.reason.code().into())), Some(stay.reason.code().into()));
    put_text(doc, &ROOT, REASON_TEXT, old.map(|s| s.reason_text.as_str()), &stay.reason_text);
    put_note(doc, old.map_or("", |s| &s.note), &stay.note);
    if let Some(map) = object(doc, &ROOT, GUESTS) {
        for (id, guest) in &stay.guests {
            put_guest(doc, &map, *id, old.and_then(|s| s.guests.get(id)), guest);
        }
    }
    doc.commit_with(CommitOptions::default().with_time(0))?;
    doc.get_last_local_change()
}

fn put_guest(doc: &mut AutoCommit, map: &ObjId, id: GuestId, old: Option<&Guest>, guest: &Guest) {
    let key = id.to_string();
    let child = match object(doc, map, &key) {
        Some(child) => child,
        None => doc.put_object(map, key, ObjType::Map).expect("the guests' map takes a child"),
    };
    put_text(doc, &child, NAME, old.map(|g| g.name.as_str()), guest.name.as_str());
    put(doc, &child, BIRTH, old.map(|g| Some(g.birth.to_packed())), Some(guest.birth.to_packed()));
    put(doc, &child, SEX, old.map(|g| Some(sex_code(g.sex))), Some(sex_code(guest.sex)));
    let nationality = |g: &Guest| {
        if g.nationality == Nationality::VNM { String::new() } else { g.nationality.code() }
    };
    put_text(doc, &child, NATIONALITY, old.map(nationality).as_deref(), &nationality(guest));
    let kind = |g: &Guest| Some(i64::from(g.paper.kind().code()));
    put(doc, &child, PAPER, old.map(kind), kind(guest));
    if old.map(|g| g.paper.number()) != Some(guest.paper.number()) {
        doc.put(&child, NUMBER, number_value(&guest.paper)).expect("a scalar can be put into a map");
    }
    let permitted = |g: &Guest| g.permitted_until.map(|day| i64::from(day.0));
    put(doc, &child, PERMITTED, old.map(permitted), permitted(guest));
    put_text(doc, &child, PHONE, old.map(|g| g.phone.as_str()), &guest.phone);
    put_text(doc, &child, HOME, old.map(|g| g.home.as_str()), &guest.home);
    let flag = |on: bool| on.then_some(1);
    put(doc, &child, CONFIRMED, old.map(|g| flag(g.confirmed)), flag(guest.confirmed));
    put(doc, &child, REMOVED, old.map(|g| flag(g.removed)), flag(guest.removed));
}

fn sex_code(sex: Sex) -> i64 {
    match sex {
        Sex::Male => 1,
        Sex::Female => 2,
    }
}

/// Twelve digits as an integer (the type restores the leading zero), everything else as text.
fn number_value(paper: &IdentityPaper) -> ScalarValue {
    let number = paper.number();
    match number.parse::<i64>() {
        Ok(value) if number.len() == 12 => ScalarValue::Int(value),
        _ => ScalarValue::Str(number.into()),
    }
}

fn number_text(value: &ScalarValue) -> Option<String> {
    match value {
        ScalarValue::Int(value) if (0..1_000_000_000_000).contains(value) => Some(format!("{value:012}")),
        ScalarValue::Str(text) => Some(text.to_string()),
        _ => None,
    }
}

fn put(doc: &mut AutoCommit, at: &ObjId, key: &str, old: Option<Option<i64>>, new: Option<i64>) {
    if old.unwrap_or(None) == new {
        return;
    }
    match new {
        Some(value) => doc.put(at, key, value),
        None => doc.delete(at, key),
    }
    .expect("a scalar can be put into a map of this document");
}

fn put_text(doc: &mut AutoCommit, at: &ObjId, key: &str, old: Option<&str>, new: &str) {
    if old.unwrap_or("") != new {
        doc.put(at, key, new).expect("a scalar can be put into a map of this document");
    }
}

/// The note is the one free text: two phones may both add to it.
fn put_note(doc: &mut AutoCommit, old: &str, new: &str) {
    if old == new {
        return;
    }
    let text = match object(doc, &ROOT, NOTE) {
        Some(text) => text,
        None => doc.put_object(ROOT, NOTE, ObjType::Text).expect("a text can be put into the root"),
    };
    doc.update_text(&text, new).expect("the note is a text");
}

fn note(doc: &AutoCommit) -> Result<String, ReadError> {
    match object(doc, &ROOT, NOTE) {
        Some(text) => doc.text(&text).map_err(|_| ReadError::Invalid),
        None => Ok(String::new()),
    }
}

fn object(doc: &AutoCommit, at: &ObjId, key: &str) -> Option<ObjId> {
    match doc.get(at, key) {
        Ok(Some((Value::Object(_), id))) => Some(id),
        _ => None,
    }
}

fn int(doc: &AutoCommit, at: &ObjId, key: &str) -> Result<Option<i64>, ReadError> {
    match doc.get(at, key).map_err(|_| ReadError::Invalid)? {
        None => Ok(None),
        Some((Value::Scalar(value), _)) => value.as_i64().map(Some).ok_or(ReadError::Invalid),
        Some(_) => Err(ReadError::Invalid),
    }
}

fn text(doc: &AutoCommit, at: &ObjId, key: &str) -> Result<String, ReadError> {
    match doc.get(at, key).map_err(|_| ReadError::Invalid)? {
        None => Ok(String::new()),
        Some((Value::Scalar(value), _)) => value.as_str().map(str::to_owned).ok_or(ReadError::Invalid),
        Some(_) => Err(ReadError::Invalid),
    }
}

fn minutes(value: i64) -> Result<Moment, ReadError> {
    value.checked_mul(MINUTE).map(Moment).ok_or(ReadError::Invalid)
}

fn day(value: i64) -> Result<Day, ReadError> {
    i32::try_from(value).map(Day).map_err(|_| ReadError::Invalid)
}

/// Where a field of a stay lies in the document.
fn place(doc: &AutoCommit, field: StayField) -> Option<(ObjId, &'static str)> {
    let (guest, key) = match field {
        StayField::Arrive => return Some((ROOT, ARRIVE)),
        StayField::Leave => return Some((ROOT, LEAVE)),
        StayField::Left => return Some((ROOT, LEFT)),
        StayField::Room => return Some((ROOT, ROOM)),
        StayField::Reason => return Some((ROOT, REASON)),
        StayField::ReasonText => return Some((ROOT, REASON_TEXT)),
        StayField::Name(guest) => (guest, NAME),
        StayField::Birth(guest) => (guest, BIRTH),
        StayField::Sex(guest) => (guest, SEX),
        StayField::Nationality(guest) => (guest, NATIONALITY),
        StayField::PaperKind(guest) => (guest, PAPER),
        StayField::PaperNumber(guest) => (guest, NUMBER),
        StayField::PermittedUntil(guest) => (guest, PERMITTED),
        StayField::Phone(guest) => (guest, PHONE),
        StayField::Home(guest) => (guest, HOME),
        StayField::Removed(guest) => (guest, REMOVED),
        StayField::Confirmed(guest) => (guest, CONFIRMED),
    };
    let map = object(doc, &ROOT, GUESTS)?;
    object(doc, &map, &guest.to_string()).map(|child| (child, key))
}

/// One value of a field that holds several.
#[derive(Clone, Debug, PartialEq)]
pub struct Candidate {
    /// The value.
    pub value: ScalarValue,
    /// The device that wrote it.
    pub by: Option<DeviceHandle>,
    /// It is the one [`read`] shows.
    pub shown: bool,
}

/// All values that concurrent edits left in a field, in an order every replica agrees on.
pub fn candidates(doc: &AutoCommit, field: StayField) -> Vec<Candidate> {
    let Some((at, key)) = place(doc, field) else { return Vec::new() };
    let Ok(values) = doc.get_all(&at, key) else { return Vec::new() };
    // Automerge lists them with the shown one last.
    let shown = values.len().saturating_sub(1);
    let candidate = |(place, (value, id)): (usize, (Value<'_>, ObjId))| match value {
        Value::Scalar(value) => {
            let by = match &id {
                ObjId::Id(_, actor, _) => handle_of(actor),
                ObjId::Root => None,
            };
            Some(Candidate { value: value.into_owned(), by, shown: place == shown })
        }
        Value::Object(_) => None,
    };
    values.into_iter().enumerate().filter_map(candidate).collect()
}

/// Every field that may hold two values.
pub fn fields(doc: &AutoCommit) -> Vec<StayField> {
    let mut fields = vec![
        StayField::Arrive,
        StayField::Leave,
        StayField::Left,
        StayField::Room,
        StayField::Reason,
        StayField::ReasonText,
    ];
    if let Some(map) = object(doc, &ROOT, GUESTS) {
        for guest in doc.keys(&map).filter_map(|key| key.parse::<GuestId>().ok()) {
            let of_guest: [fn(GuestId) -> StayField; 11] = [
                StayField::Name,
                StayField::Birth,
                StayField::Sex,
                StayField::Nationality,
                StayField::PaperKind,
                StayField::PaperNumber,
                StayField::PermittedUntil,
                StayField::Phone,
                StayField::Home,
                StayField::Removed,
                StayField::Confirmed,
            ];
            fields.extend(of_guest.map(|field| field(guest)));
        }
    }
    fields
}

/// Writes one of the candidates again, over all of them. `None` when there is nothing to choose from.
pub fn choose(doc: &mut AutoCommit, field: StayField, choice: usize) -> Option<Change> {
    let chosen = candidates(doc, field).into_iter().nth(choice)?;
    let (at, key) = place(doc, field)?;
    doc.put(&at, key, chosen.value).ok()?;
    doc.commit_with(CommitOptions::default().with_time(0))?;
    doc.get_last_local_change()
}
