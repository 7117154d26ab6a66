//! Sổ tiếp nhận lưu trú: what the officer's table shows.

use serde::{Deserialize, Serialize};

use super::CardState;
use crate::id::{DossierId, EstablishmentId, GuestId};
use crate::moment::{Day, Moment};
use crate::nationality::Nationality;

/// A page of the book.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct BookPage {
    /// The rows asked for.
    pub rows: Vec<BookRow>,
    /// How many there are under this filter.
    pub total: u32,
    /// How many of them came late or are overdue.
    pub late: u32,
    /// How many of them need a look.
    pub review: u32,
    /// How many establishments they are in.
    pub establishments: u32,
    /// What can be chosen.
    pub choices: BookChoices,
}

/// What the filter bar offers.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct BookChoices {
    /// Villages.
    pub villages: Vec<String>,
    /// Establishments.
    pub establishments: Vec<(EstablishmentId, String)>,
    /// Nationalities.
    pub nationalities: Vec<Nationality>,
}

/// One person in the book.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BookRow {
    /// The notice.
    pub dossier: DossierId,
    /// The guest in it.
    pub guest: GuestId,
    /// Arrival.
    pub arrive: Moment,
    /// Planned departure, or the real one.
    pub leave: Day,
    /// Name.
    pub name: String,
    /// Birth, printed.
    pub birth: String,
    /// Nationality.
    pub nationality: Nationality,
    /// Number, grouped for reading.
    pub number: String,
    /// Establishment.
    pub establishment: String,
    /// Village.
    pub village: String,
    /// Room.
    pub room: String,
    /// State.
    pub state: CardState,
    /// Minutes between due and receipt; negative late.
    pub margin: Option<i64>,
    /// An officer's tap on it is not yet confirmed by the office.
    pub pending: bool,
}
