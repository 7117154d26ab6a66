//! Fields that concurrent edits left with several values.

use automerge::transaction::{CommitOptions, Transactable};
use automerge::{AutoCommit, Change, ObjId, ROOT, ReadDoc, ScalarValue, Value};
use dossier::id::{DeviceHandle, GuestId};
use dossier::intent::StayField;

use super::reading::Fields;
use super::{
    ARRIVE, BIRTH, CONFIRMED, GUESTS, HOME, LEAVE, LEFT, NAME, NATIONALITY, NUMBER, PAPER, PERMITTED, PHONE,
    REASON, REASON_TEXT, REMOVED, ROOM, SEX, handle_of,
};

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
    let map = doc.object(&ROOT, GUESTS)?;
    doc.object(&map, &guest.to_string()).map(|child| (child, key))
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
    place(doc, field).map(|(at, key)| values(doc, &at, key)).unwrap_or_default()
}

/// All values that concurrent edits left under a key, in an order every replica agrees on.
pub(super) fn values(doc: &AutoCommit, at: &ObjId, key: &str) -> Vec<Candidate> {
    let Ok(values) = doc.get_all(at, key) else { return Vec::new() };
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
    if let Some(map) = doc.object(&ROOT, GUESTS) {
        for guest in ReadDoc::keys(doc, &map).filter_map(|key| key.parse::<GuestId>().ok()) {
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
    let (at, key) = place(doc, field)?;
    choose_at(doc, &at, key, choice)
}

/// The same for the values under a key.
pub(super) fn choose_at(doc: &mut AutoCommit, at: &ObjId, key: &str, choice: usize) -> Option<Change> {
    let chosen = values(doc, at, key).into_iter().nth(choice)?;
    doc.put(at, key, chosen.value).ok()?;
    doc.commit_with(CommitOptions::default().with_time(0))?;
    doc.get_last_local_change()
}
