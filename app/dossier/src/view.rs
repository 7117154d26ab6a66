//! What the page shows: plain data, made by the device, read by the page.

use serde::{Deserialize, Serialize};

use crate::access::Role;
use crate::asking::Asking;
use crate::filing::hand::HandedView;
use crate::filing::intent::FormOf;
use crate::filing::view::FilingCard;
use crate::id::{DossierId, EstablishmentId};
use crate::moment::Moment;
use crate::place::Tile;

mod book;
mod card;
mod detail;
mod stub;

pub use book::{BookChoices, BookPage, BookRow};
pub use card::{Asked, Card, CardGuest, CardState, Rejection, Review};
pub use detail::{Behalf, Conflict, ConflictValue, Detail, Entry, Happening, ReceiptCheck, ReceiptView};
pub use stub::StubView;

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
    /// Several people use this device: it locks itself sooner.
    pub shared: bool,
    /// The office had a place on this device wiped.
    pub dismissed: bool,
    /// Without contact for too long: what is stored stays shut until there is one. What is typed anew does not.
    pub shut: bool,
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
    /// Somebody comes to the others that are here already.
    Adding,
    /// Accounts are here; their vaults are shut.
    Locked {
        /// One for each member.
        tiles: Vec<Tile>,
    },
    /// Unlocked by who has asked for an account, or is about to.
    Asking(Box<Asking>),
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

/// Between a village and its commune, in a house of another commune.
const COMMUNE_AFTER: &str = " · ";

impl House {
    /// The same as it is told to the desk of another commune: its village, and after it its commune. A house has travelled
    /// with these four things since the first release, and a device of any age reads it.
    pub fn seen_from_elsewhere(self, commune: &str) -> House {
        let village = self.village.replace(COMMUNE_AFTER, ", ");
        House { village: format!("{village}{COMMUNE_AFTER}{commune}"), ..self }
    }

    /// The commune it lies in, where that is not the desk's own: "xã Phong Thổ".
    pub fn elsewhere(&self) -> Option<&str> {
        self.village.rsplit_once(COMMUNE_AFTER).map(|(_, commune)| commune)
    }
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
    /// The office has heard another copy of this device: it takes nothing before who is at it has signed in again.
    Copied,
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
    /// When the store was opened it took nothing: full, whatever the browser says of its quota.
    pub full: bool,
}

impl Storage {
    /// Nearly full: said before typing, not after.
    pub fn nearly_full(&self) -> bool {
        // One evening of notices is some kilobytes; 5 MB leaves room for a week and for the browser's own needs. Not every
        // browser tells the truth: Chromium 156 always grants 10 GiB more than is used.
        self.full || self.quota.is_some_and(|(used, granted)| granted.saturating_sub(used) < 5_000_000)
    }
}

/// The owner's pages.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Home {
    /// All notices on this phone, newest arrival first.
    pub cards: Vec<Card>,
    /// There is a half-filled form of a new notice.
    pub has_draft: bool,
    /// The notices with a half-filled change.
    pub changing: Vec<DossierId>,
    /// The residence dossiers on this device, newest first.
    pub filings: Vec<FilingCard>,
    /// The half-filled forms of residence dossiers.
    pub forms: Vec<FormOf>,
    /// Whether the office has told which procedures there are.
    pub procedures: bool,
    /// The dossiers whose content is at the office only, the last that were let go first.
    pub stubs: Vec<StubView>,
    /// The half-filled forms that went to another device.
    pub handed: Vec<HandedView>,
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
    /// Residence dossiers that wait to be accepted.
    pub dossiers_waiting: u32,
    /// Residence dossiers that are late.
    pub dossiers_late: u32,
    /// Officers' taps not yet confirmed by the office.
    pub unsent: u32,
    /// Taps the office refused, newest first.
    pub refused: Vec<(DossierId, Rejection)>,
}
