//! Acts: who did what to a dossier. Small records outside the document; the office orders them and only its
//! order counts (design: two logs, never one).

use serde::{Deserialize, Serialize};

use crate::access::Role;
use crate::behalf::{Basis, TrackingCode};
use crate::filing::step::Step;
use crate::id::{AccountId, CommuneCode, DossierId};
use crate::moment::Moment;

/// The document's heads: the exact content an act speaks of. SHA-256 hashes of changes, sorted; nearly always
/// one.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Heads(pub Vec<[u8; 32]>);

/// By which way a notice came (Circular 116/2026/TT-BCA art. 14.1 names the lawful ones).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Channel {
    /// The declarant's own phone.
    OwnPhone,
    /// The shared tablet of a community team.
    Team,
    /// At the counter, typed by an officer.
    Counter,
    /// The plain form without script.
    PlainForm,
    /// A reception program through `bankhai device`.
    Program,
    /// A text message.
    Sms,
    /// By whoever holds the dossier's tracking code, without an account.
    Code,
}

/// One thing somebody did. Times inside are the phone's own claim and are worded as such.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Act {
    /// Nộp: the declarant sends exactly this content.
    Submit {
        /// What is sent.
        heads: Heads,
        /// By which way.
        channel: Channel,
        /// When the phone says it was pressed ("máy ghi").
        claimed_at: Moment,
        /// The last moment the office was heard before, by the office's clock.
        last_contact: Option<Moment>,
    },
    /// Gọi trực ban: a call to the duty number, a lawful channel when there is no data network.
    Call {
        /// When the phone says the call was made.
        claimed_at: Moment,
        /// The number called, digits only.
        number: String,
        /// Who answered, as the caller wrote it.
        answered_by: String,
    },
    /// Rút: the declarant withdraws the notice (declared by mistake).
    Withdraw {
        /// When the phone says it was pressed.
        claimed_at: Moment,
    },
    /// Ghép: two notices of one stay; the other one is closed in favour of this one, nothing is deleted.
    Settle {
        /// The other notice of the pair.
        other: DossierId,
        /// What the person said they are.
        verdict: PairVerdict,
    },
    /// Tiếp nhận.
    Receive {
        /// The content the officer had on screen.
        heads: Heads,
    },
    /// Trả lại, yêu cầu bổ sung: never without a reason (Law on Residence art. 28.2).
    Return {
        /// The content the officer had on screen.
        heads: Heads,
        /// Why, in the officer's words.
        reason: String,
    },
    /// Khai thay: on what ground this person files for another. It comes before their submission.
    OnBehalf {
        /// The ground.
        basis: Box<Basis>,
        /// What the person follows the matter by.
        tracking: TrackingCode,
    },
    /// A step of a residence dossier; a stay notice knows none.
    Step(Box<Step>),
    /// Tiếp nhận thay: handed in at the one-stop desk of this commune, decided by the agency of another commune of its
    /// province (Decree 118/2025/NĐ-CP). The office writes it down itself, with the ground it was handed in on: a device
    /// that says it is not heard.
    ReceivedAt {
        /// Whose desk that is, by the code of then.
        commune: CommuneCode,
        /// What the desk is called: "Trung tâm PVHCC xã Sin Suối Hồ".
        desk: String,
    },
}

/// Where a dossier was received, if that was another commune than the one whose agency decides it: the commune, and what its
/// desk is called.
pub fn received_at<'a>(acts: impl IntoIterator<Item = &'a Recorded>) -> Option<(CommuneCode, &'a str)> {
    acts.into_iter().find_map(|recorded| match &recorded.act {
        Act::ReceivedAt { commune, desk } => Some((*commune, desk.as_str())),
        _ => None,
    })
}

/// What a person says about two notices that look like one stay.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum PairVerdict {
    /// One stay: the other notice is closed in favour of this one.
    SameStay,
    /// Two people, or two stays.
    Different,
}

/// An act the office has ordered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recorded {
    /// Its place among the acts of this dossier, from 1.
    pub order: u32,
    /// When the office recorded it, by the office's clock.
    pub at: Moment,
    /// Who did it.
    pub by: Actor,
    /// What was done.
    pub act: Act,
}

impl Recorded {
    /// Whether the one-stop desk took the dossier in with it.
    pub fn is_taken_in(&self) -> bool {
        let hands_in = matches!(self.act, Act::OnBehalf { .. } | Act::Submit { .. });
        hands_in && self.by.role == Role::OneStopClerk
    }
}

/// The person behind an act, as the office knows them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Actor {
    /// The account; 0 is the office's own dated rule.
    pub account: AccountId,
    /// The role they acted in.
    pub role: Role,
    /// Their name, for the people who may see the dossier.
    pub name: String,
}

impl Actor {
    /// Whoever holds the dossier's tracking code and its private word: the office knows no name of theirs.
    pub fn by_code() -> Actor {
        let name = "Người giữ mã theo dõi".to_owned();
        Actor { account: AccountId(0), role: Role::Citizen, name }
    }

    /// The payment gateway, by whose signed word the office records a payment; the reference is what the gateway and the
    /// office call that payment, and names nobody.
    pub fn by_gateway(reference: &str) -> Actor {
        let name = format!("Cổng thanh toán, mã {reference}");
        Actor { account: AccountId(0), role: Role::Integration, name }
    }

    /// Whether somebody without an account did it, by the code.
    pub fn is_by_code(&self) -> bool {
        self.account == AccountId(0) && self.role == Role::Citizen
    }
}
