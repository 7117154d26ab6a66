//! The Automerge document of one stay ⇄ [`Stay`]; of a residence dossier in [`filing`]. Nothing else knows its keys.
//!
//! Typed scalars: times and numbers as integers, enumerations as codes, names as strings; `Text` for the free
//! note only (a name as `Text` costs 40 bytes a stay on the wire and ten times the load). Guests are children
//! keyed by id, so that two additions on two phones both survive. Every replica starts from one seed change,
//! or the two `g` maps of two phones would be a conflict and one would be lost. An absent key is the default.

use automerge::transaction::{CommitOptions, Transactable};
use automerge::{ActorId, AutoCommit, AutomergeError, Change, ChangeHash, ObjId, ObjType, ROOT, ScalarValue};
use dossier::content::Content;
use dossier::id::{DeviceHandle, GuestId};
use dossier::nationality::Nationality;
use dossier::paper::IdentityPaper;
use dossier::sex::Sex;
use dossier::stay::{Guest, Stay};

mod candidates;
pub mod filing;
mod reading;
mod replay;

pub use candidates::{Candidate, candidates, choose, fields};
pub use reading::{ReadError, read};

use reading::Fields;
use replay::Replay;

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

/// What these changes say, each after what it depends on. Where nobody ever wrote beside somebody else, which is
/// nearly always, the operations are followed one by one; otherwise the document is opened.
pub fn read_changes<'a>(
    changes: impl Iterator<Item = &'a Change> + Clone,
) -> Result<Result<Content, ReadError>, AutomergeError> {
    match Replay::of(changes.clone()) {
        Some(replay) => Ok(read_any(&replay)),
        None => of(changes).map(|doc| read_any(&doc)),
    }
}

/// What a document of either kind says.
pub fn read_any<D: reading::Fields>(doc: &D) -> Result<Content, ReadError> {
    match filing::read(doc) {
        Some(said) => said.map(Content::Filing),
        None => read(doc).map(Content::Stay),
    }
}

/// Writes what differs between what the document says and `stay`, and commits it as one change. Only changed
/// fields are written, so that edits of two phones merge field by field. `None` when nothing differs.
pub fn write(doc: &mut AutoCommit, stay: &Stay) -> Option<Change> {
    let before = read(doc).ok();
    revise(doc, before.as_ref(), stay)
}

/// [`write`] for who has read the document already: `old` is what it says now, `None` when it is not a stay.
pub fn revise(doc: &mut AutoCommit, old: Option<&Stay>, stay: &Stay) -> Option<Change> {
    put(doc, &ROOT, ARRIVE, old.map(|s| Some(s.arrive.0 / MINUTE)), Some(stay.arrive.0 / MINUTE));
    put(doc, &ROOT, LEAVE, old.map(|s| Some(i64::from(s.leave.0))), Some(i64::from(stay.leave.0)));
    put(doc, &ROOT, LEFT, old.map(|s| s.left.map(|m| m.0 / MINUTE)), stay.left.map(|m| m.0 / MINUTE));
    put_text(doc, &ROOT, ROOM, old.map(|s| s.room.as_str()), &stay.room);
    put(doc, &ROOT, REASON, old.map(|s| Some(s.reason.code().into())), Some(stay.reason.code().into()));
    put_text(doc, &ROOT, REASON_TEXT, old.map(|s| s.reason_text.as_str()), &stay.reason_text);
    put_note(doc, old.map_or("", |s| &s.note), &stay.note);
    if let Some(map) = doc.object(&ROOT, GUESTS) {
        for (id, guest) in &stay.guests {
            put_guest(doc, &map, *id, old.and_then(|s| s.guests.get(id)), guest);
        }
    }
    doc.commit_with(CommitOptions::default().with_time(0))?;
    doc.get_last_local_change()
}

fn put_guest(doc: &mut AutoCommit, map: &ObjId, id: GuestId, old: Option<&Guest>, guest: &Guest) {
    let key = id.to_string();
    let child = match doc.object(map, &key) {
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
    let text = match doc.object(&ROOT, NOTE) {
        Some(text) => text,
        None => doc.put_object(ROOT, NOTE, ObjType::Text).expect("a text can be put into the root"),
    };
    doc.update_text(&text, new).expect("the note is a text");
}
