//! What a page shows of residence dossiers.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::Filing;
use super::clock::Clock;
use super::conflict::FilingConflict;
use super::draft::FilingDraft;
use super::status::FilingStatus;
use crate::act::{Channel, Heads, Recorded};
use crate::id::{DossierId, PaperId};
use crate::moment::Moment;
use crate::procedure::{Agency, Procedure, ProcedureId, Version};
use crate::view::{Behalf, House, ReceiptView, Rejection};

/// One dossier on a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FilingCard {
    /// The dossier.
    pub dossier: DossierId,
    /// Its procedure.
    pub version: Version,
    /// What the procedure is called.
    pub title: String,
    /// Who it is about: the first name on it.
    pub name: String,
    /// How many others are on it.
    pub others: u32,
    /// The one thing the card says.
    pub state: FilingState,
    /// Where it stands at the office.
    pub status: FilingStatus,
    /// Its term; `None` until it was accepted.
    pub clock: Option<Clock>,
    /// Pictures of papers that are at the office, and all there are: "ảnh 2/3".
    pub papers: (u32, u32),
    /// Who received it and who decides, where these are of two communes.
    pub elsewhere: Option<Elsewhere>,
}

/// Phi địa giới: received by the one-stop desk of one commune, decided by the agency of another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Elsewhere {
    /// Who receives it: "Trung tâm PVHCC xã Sin Suối Hồ".
    pub received: String,
    /// Who decides: "Công an xã Phong Thổ".
    pub decides: String,
}

/// Exactly one thing, as on a notice's card.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum FilingState {
    /// Đã lưu trên máy · chưa gửi.
    SavedHere,
    /// Đang gửi.
    Sending,
    /// The office could not take it.
    Rejected(Rejection),
    /// What was asked of the office was not applied.
    NotApplied(Rejection),
    /// Two devices wrote a place differently: both values stand until the declarant chooses.
    Conflict,
    /// At the office, by a receipt verified on this device (or, for officers, by their own office's log): the status
    /// says the rest.
    AtOffice {
        /// When it was received.
        at: Moment,
        /// Its number.
        number: String,
    },
    /// It cannot be read whole; nothing is deleted.
    Unreadable,
}

/// Everything about one dossier.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FilingDetail {
    /// Its card.
    pub card: FilingCard,
    /// What it says.
    pub filing: Filing,
    /// The definition it is pinned to.
    pub procedure: Procedure,
    /// Exactly this content: an officer's step names it.
    pub heads: Heads,
    /// The form to change it.
    pub draft: FilingDraft,
    /// Where.
    pub house: House,
    /// Who filed it.
    pub declarant: String,
    /// On what ground, when it was filed for somebody else.
    pub behalf: Option<Behalf>,
    /// By which way it came, once it was sent.
    pub channel: Option<Channel>,
    /// Its receipt.
    pub receipt: Option<ReceiptView>,
    /// What happened at the office, in order.
    pub acts: Vec<Recorded>,
    /// The day to promise on a slip written now.
    pub appointment: crate::moment::Day,
    /// An officer may act on it, and no tap of theirs is on its way.
    pub decides: bool,
    /// Another commune may be asked to verify something about it.
    pub may_verify: bool,
    /// The declarant may change or withdraw it.
    pub owns: bool,
    /// The procedures that follow on it now, as a person calls them.
    pub following: Vec<(ProcedureId, String)>,
    /// The places two devices wrote differently.
    pub conflicts: Vec<FilingConflict>,
    /// The pages whose picture is at the office.
    pub arrived: BTreeSet<PaperId>,
}

/// A page of dossiers.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct QueuePage {
    /// The rows asked for: overdue first, then by what is due next.
    pub rows: Vec<QueueRow>,
    /// How many there are under this filter.
    pub total: u32,
    /// How many wait to be accepted, of all.
    pub waiting: u32,
    /// How many are late, of all.
    pub late: u32,
    /// How many results wait to be handed out, of all.
    pub decided: u32,
}

/// A dossier in the officer's table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct QueueRow {
    /// Its card.
    pub card: FilingCard,
    /// When it was first received.
    pub at: Option<Moment>,
    /// Its number.
    pub number: String,
    /// The house it is about.
    pub establishment: String,
    /// Its village.
    pub village: String,
    /// A tap on it is not yet confirmed by the office.
    pub pending: bool,
    /// Who decides it.
    pub agency: Agency,
    /// The one-stop desk took it in.
    pub one_stop: bool,
}
