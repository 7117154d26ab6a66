//! Cards: one notice on a list, and the one thing it says.

use serde::{Deserialize, Serialize};

use crate::deadline::Due;
use crate::id::{DossierId, GuestId};
use crate::moment::{Day, Moment};
use crate::nationality::Nationality;

/// One notice on a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Card {
    /// The notice.
    pub dossier: DossierId,
    /// Who is in it.
    pub guests: Vec<CardGuest>,
    /// Room.
    pub room: String,
    /// Arrival.
    pub arrive: Moment,
    /// Planned departure.
    pub leave: Day,
    /// Really left.
    pub left: Option<Moment>,
    /// The one thing the card says.
    pub state: CardState,
    /// When it is due, and the foreigners' limit beside it.
    pub due: Due,
    /// Minutes between due and receipt: positive early, negative late; `None` without a receipt.
    pub margin: Option<i64>,
    /// Changes made after the last receipt wait to be sent.
    pub changed: bool,
    /// Fields two devices wrote differently.
    pub conflicts: u32,
    /// Another notice that carries the same paper for the same nights.
    pub twin: Option<DossierId>,
    /// A call to the duty number was recorded.
    pub called: bool,
    /// No longer counts: withdrawn, or merged into its twin.
    pub ended: bool,
}

/// A guest on a card. No number on lists at home.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CardGuest {
    /// The guest.
    pub guest: GuestId,
    /// Name as typed.
    pub name: String,
    /// Birth as far as known, printed.
    pub birth: String,
    /// Nationality.
    pub nationality: Nationality,
}

/// Exactly one of five things (design §5).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum CardState {
    /// Đã lưu trên máy · chưa gửi.
    SavedHere,
    /// Đang gửi.
    Sending,
    /// Đã gửi · có biên nhận: a receipt verified on this device.
    Receipted {
        /// When the office received it, from the receipt.
        at: Moment,
        /// Its number.
        number: String,
    },
    /// Công an đã tiếp nhận.
    Received {
        /// When.
        at: Moment,
        /// The officer, or the dated rule.
        by: String,
    },
    /// Cần xem lại.
    Review(Review),
}

/// Why a notice needs a look.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Review {
    /// An officer sent it back.
    Returned {
        /// The officer.
        by: String,
        /// Why.
        reason: String,
    },
    /// The office could not take it; a typed verdict.
    Rejected(Rejection),
    /// Two devices wrote different values.
    Conflict,
    /// Another notice carries the same paper.
    Twin,
    /// The stored notice cannot be read whole; nothing is deleted.
    Unreadable,
    /// The office did not apply what was asked of it, until somebody has read that.
    NotApplied {
        /// What was asked.
        asked: Asked,
        /// Why not.
        why: Rejection,
    },
}

/// What an owner may ask of the office beside the notice itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Asked {
    /// To take in what the notice says now.
    Change,
    /// Rút thông báo.
    Withdrawal,
    /// Ghép làm một, or giữ cả hai.
    Pair,
    /// To record a call to the duty number.
    Call,
}

/// Why the office did not take a notice: a state of one dossier, the others flow on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Rejection {
    /// Too large for one notice.
    TooLarge,
    /// The bytes are not a notice.
    Malformed,
    /// Something that comes before is missing; it is asked for.
    OutOfOrder,
    /// What it says does not hold (dates, numbers); the form says what.
    Invalid,
    /// Not this account's establishment or commune.
    Forbidden,
    /// The id is taken by another notice; the device mints a new one.
    IdTaken,
    /// Filed for somebody else without a record of their authorisation that holds (Circular 116/2026/TT-BCA art. 3.4).
    NoAuthorisation,
}
