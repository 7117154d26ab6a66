//! One notice in full: what it says, what happened, what proves it.

use serde::{Deserialize, Serialize};

use super::{Card, House};
use crate::act::Channel;
use crate::behalf::Basis;
use crate::draft::StayDraft;
use crate::intent::StayField;
use crate::moment::{Day, Moment};
use crate::stay::Stay;

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
    /// By which way it came, once it was sent.
    pub channel: Option<Channel>,
    /// It was filed for somebody else: on what ground.
    pub behalf: Option<Behalf>,
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

/// On what ground a notice was filed for somebody else.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Behalf {
    /// Người khai hộ.
    pub by: String,
    /// The ground.
    pub basis: Basis,
    /// What the person follows the matter by, as it is read out.
    pub tracking: String,
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
    /// Somebody recorded on what ground they file for another person.
    OnBehalf {
        /// Who files.
        by: String,
        /// The ground.
        basis: Box<Basis>,
    },
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
    /// A genuine result of this commune's office. Whether it still stands is not known here.
    Decided {
        /// The dossier's number.
        number: String,
        /// When it was decided.
        decided_at: Moment,
        /// The commune, printed.
        commune: String,
        /// The procedure.
        procedure: String,
        /// Whom it is about, and the end of their number: to be compared with the paper.
        person: String,
        /// The last day it holds for.
        until: Option<Day>,
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
