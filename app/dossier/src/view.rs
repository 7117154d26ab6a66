//! What the page shows: plain data, made by the device, read by the page.

use serde::{Deserialize, Serialize};

use crate::access::Role;
use crate::deadline::Due;
use crate::draft::StayDraft;
use crate::id::{DossierId, EstablishmentId, GuestId};
use crate::intent::StayField;
use crate::moment::{Day, Moment};
use crate::nationality::Nationality;
use crate::stay::Stay;

/// Everything that is always on screen.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct View {
    /// Counts up with every change: a page that asked for rows asks again.
    pub revision: u64,
    /// Who is at the device.
    pub stage: Stage,
    /// The link to the office.
    pub link: Link,
    /// How safe the storage is.
    pub storage: Storage,
    /// Milliseconds to add to the phone's clock to get the office's; 0 when never in contact.
    pub clock_offset: i64,
    /// Whether the clock has ever been compared with the office's.
    pub clock_sure: bool,
    /// The phone's pages.
    pub home: Option<Home>,
    /// Counts for the officer's desk.
    pub desk: Option<Desk>,
}

/// Who is at the device.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Stage {
    /// The store is being opened.
    #[default]
    Starting,
    /// No account here yet.
    Fresh,
    /// An account is here; the vault is shut.
    Locked {
        /// The name on the tile.
        name: String,
        /// Unsent notices inside.
        unsent: u32,
        /// Seconds until the next try.
        wait: u32,
    },
    /// Open.
    Open(Box<Who>),
    /// The app is open in another window.
    Elsewhere,
    /// The storage cannot be opened; why, for the person who helps.
    Broken(String),
}

/// The person and what they stand for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Who {
    /// Their name.
    pub name: String,
    /// Their role.
    pub role: Role,
    /// Owners: the establishment.
    pub establishment: Option<House>,
    /// "xã Sin Suối Hồ".
    pub commune: String,
    /// "Công an xã Sin Suối Hồ".
    pub agency: String,
    /// "tỉnh Lai Châu".
    pub province: String,
    /// Số trực ban.
    pub duty_phone: String,
    /// What a receipt stands for here.
    pub standing: Standing,
}

/// Cơ sở lưu trú, as a page shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct House {
    /// The office's number for it.
    pub id: EstablishmentId,
    /// Its name.
    pub name: String,
    /// Bản.
    pub village: String,
    /// Vùng sâu, vùng xa: the foreigners' limit is 24 hours instead of 12.
    pub remote: bool,
}

/// What a receipt stands for in this commune (design §5).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Standing {
    /// A queue in front of the Ministry's portal: never "đã thông báo" before the hand-over is confirmed.
    #[default]
    Queue,
    /// The agency has announced this as its stay-notice software (Circular 116/2026/TT-BCA art. 14.1.c).
    Announced,
}

/// The link to the office.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    /// What is going on.
    pub state: LinkState,
    /// Notices and acts that wait to be sent.
    pub waiting: u32,
    /// When the office was last heard, by the office's clock.
    pub last_contact: Option<Moment>,
    /// Bytes sent and received today.
    pub bytes_today: u64,
}

/// What the link is doing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum LinkState {
    /// Nothing is being tried.
    #[default]
    Idle,
    /// The last try did not reach the office; the next is at this moment of the corrected clock.
    Down {
        /// When it is tried again.
        retry_at: Option<Moment>,
    },
    /// Something answered that is not the office (a captive portal).
    Captive,
    /// An exchange is under way; figures are bytes truly gone and come.
    Busy {
        /// Bytes sent so far.
        sent: u32,
        /// Bytes to send.
        total: u32,
        /// Seconds left, if it can be said.
        seconds_left: Option<u32>,
    },
}

/// How safe the storage is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Storage {
    /// The browser promised not to throw the data away; `None` before it was asked.
    pub persisted: Option<bool>,
    /// Bytes used and granted, if the browser says.
    pub quota: Option<(u64, u64)>,
    /// The last write failed.
    pub failed: bool,
}

impl Storage {
    /// Nearly full: said before typing, not after.
    pub fn nearly_full(&self) -> bool {
        // One evening of notices is some kilobytes; 5 MB leaves room for a week and for the browser's own needs.
        self.quota.is_some_and(|(used, granted)| granted.saturating_sub(used) < 5_000_000)
    }
}

/// The owner's pages.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Home {
    /// All notices on this phone, newest arrival first.
    pub cards: Vec<Card>,
    /// There is a half-filled form.
    pub has_draft: bool,
}

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
}

/// Counts for the officer's desk.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Desk {
    /// People in the book tonight.
    pub tonight: u32,
    /// Notices that wait to be received.
    pub waiting: u32,
    /// Notices late or overdue.
    pub late: u32,
    /// Notices that need a look.
    pub review: u32,
    /// Officers' taps not yet confirmed by the office.
    pub unsent: u32,
    /// Taps the office refused, newest first.
    pub refused: Vec<(DossierId, Rejection)>,
}

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

/// Everything about one notice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Detail {
    /// Its card.
    pub card: Card,
    /// What it says.
    pub stay: Stay,
    /// The form to change it.
    pub draft: StayDraft,
    /// Where.
    pub house: House,
    /// Who declared it.
    pub declarant: String,
    /// Its receipt.
    pub receipt: Option<ReceiptView>,
    /// What happened, in order.
    pub timeline: Vec<Entry>,
    /// The fields two devices wrote differently.
    pub conflicts: Vec<Conflict>,
    /// The other notice of a pair, as a card.
    pub twin: Option<Card>,
    /// An officer may still receive it.
    pub can_receive: bool,
    /// An officer may still send it back.
    pub can_return: bool,
}

/// One entry of the timeline.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// When.
    pub at: Moment,
    /// What.
    pub what: Happening,
}

/// What a timeline tells. Times the phone claims are worded as claims ("máy ghi 22:58").
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Happening {
    /// Khách đến.
    Arrived,
    /// Lưu trên máy: the phone's own claim; the last contact before it is certain.
    SavedOnDevice {
        /// The last time the office was heard before.
        last_contact: Option<Moment>,
    },
    /// Hết hạn thông báo.
    Due,
    /// The foreigners' limit.
    ForeignLimit,
    /// The office received it and gave a number.
    Receipted {
        /// The number.
        number: String,
    },
    /// Gọi trực ban, the phone's own claim.
    Called {
        /// The number.
        number: String,
        /// Who answered.
        answered_by: String,
    },
    /// An officer received it.
    Received {
        /// Who.
        by: String,
    },
    /// An officer sent it back.
    Returned {
        /// Who.
        by: String,
        /// Why.
        reason: String,
    },
    /// The declarant sent a change after a receipt.
    Supplemented,
    /// Withdrawn.
    Withdrawn,
    /// Merged into its twin.
    Merged,
}

/// A receipt on screen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReceiptView {
    /// Số tiếp nhận.
    pub number: String,
    /// When the office received it.
    pub received_at: Moment,
    /// The text of its QR code: no name, no number of a paper.
    pub qr: String,
    /// Whether it speaks of exactly what the notice says now.
    pub current: bool,
}

/// What checking a receipt says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ReceiptCheck {
    /// Genuine: signed by this commune's office.
    Genuine {
        /// Its number.
        number: String,
        /// When the office received the notice.
        received_at: Moment,
        /// The commune, printed.
        commune: String,
        /// The notice is on this device and says exactly what the receipt proves; `None` if it is not here.
        matches: Option<bool>,
    },
    /// The text is not a receipt at all.
    NotAReceipt,
    /// A receipt of a key this device does not know.
    UnknownKey,
    /// The signature does not fit: changed or made up.
    Forged,
}

/// A field two devices wrote differently.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Conflict {
    /// The field.
    pub field: StayField,
    /// Whose name the card carries, when the field is a guest's.
    pub guest: Option<String>,
    /// The values, printed, in a fixed order.
    pub values: Vec<ConflictValue>,
}

/// One of the values.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConflictValue {
    /// Printed.
    pub text: String,
    /// This device wrote it.
    pub here: bool,
    /// It is the one shown everywhere until somebody chooses.
    pub shown: bool,
}
