//! The office as a function: `judge(frame, what is known) -> writes and verdicts`. It performs nothing itself;
//! the server's single writer and the simulator's office run this same code and keep the writes in one
//! transaction before anything is answered.

use std::collections::{BTreeMap, BTreeSet};

use dossier::access::{AccountStatus, DeviceStatus, Locality, Principal};
use dossier::act::{Actor, Heads};
use dossier::behalf::ConsentCode;
use dossier::content::Content;
use dossier::id::{AccountId, CommuneCode, DeviceHandle, DossierId, EstablishmentId};
use dossier::moment::Moment;
use dossier::procedure::{Agency, Procedure};
use dossier::view::Rejection;

use crate::case::{History, projection_hash, proof_at};
use crate::document::ReadError;
use crate::frame::ActId;
use crate::frame::down::{ActVerdict, Numbered, Ordered, Verdict};
use crate::receipt::{Epoch, Keys, Receipt};

pub mod answer;
mod apart;
mod behalf;
mod elsewhere;
mod filing;
mod holder;
pub mod issue;
mod judge;
pub mod reach;

/// What the office knows of one dossier.
#[derive(Clone)]
pub struct Known {
    /// The establishment.
    pub establishment: EstablishmentId,
    /// Its commune when it began.
    pub commune: CommuneCode,
    /// Its changes.
    pub history: History,
    /// Its acts, in order.
    pub acts: Vec<Ordered>,
    /// Its number, once it has one.
    pub numbered: Option<Numbered>,
    /// The receipts that were issued for it, oldest first.
    pub receipts: Vec<Receipt>,
    /// Who goes on with it, shown its slip, although somebody else began it.
    pub followers: BTreeSet<AccountId>,
    /// What it says at these heads, where judging has just read it.
    said: Option<(Heads, Content)>,
}

impl Known {
    /// A dossier nobody has spoken of yet.
    pub fn new(establishment: EstablishmentId, commune: CommuneCode) -> Known {
        Known {
            establishment,
            commune,
            history: History::new(),
            acts: Vec::new(),
            numbered: None,
            receipts: Vec::new(),
            followers: BTreeSet::new(),
            said: None,
        }
    }

    /// What it said at these heads, and its digest; `None` when one of them has not arrived.
    fn proof_at(&self, heads: &Heads) -> Option<Result<(Content, [u8; 32]), ReadError>> {
        match &self.said {
            Some((at, content)) if at == heads => Some(Ok((content.clone(), projection_hash(content)))),
            _ => proof_at(&self.history, heads),
        }
    }
}

/// Who sent the frame, as the office knows them.
#[derive(Clone)]
pub struct Caller {
    /// The person and what they may do.
    pub principal: Principal,
    /// Their name, for the acts they do.
    pub name: String,
    /// The other handles of the account: what was begun by one of them is theirs to go on with.
    pub others: Vec<DeviceHandle>,
    /// What they speak for without an account, and for nothing else.
    pub holds: Option<Hold>,
    /// What the desk they work at is called: it stands in what they receive for another commune.
    pub desk: String,
}

/// What somebody without an account speaks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hold {
    /// The dossier whose tracking code and private word they have shown.
    Code(DossierId),
    /// The dossier something was paid for, by the payment gateway's word.
    Payment(DossierId),
}

impl Hold {
    /// The dossier.
    pub const fn dossier(self) -> DossierId {
        match self {
            Hold::Code(dossier) | Hold::Payment(dossier) => dossier,
        }
    }
}

impl Caller {
    /// Somebody without an account, who has shown the code of this dossier; its receipts name this commune.
    pub fn holding(dossier: DossierId, commune: CommuneCode) -> Caller {
        Caller::without_account(Actor::by_code(), Hold::Code(dossier), commune)
    }

    /// The payment gateway, for what it calls by this reference and a dossier of this commune.
    pub fn collecting(dossier: DossierId, commune: CommuneCode, reference: &str) -> Caller {
        Caller::without_account(Actor::by_gateway(reference), Hold::Payment(dossier), commune)
    }

    fn without_account(by: Actor, holds: Hold, commune: CommuneCode) -> Caller {
        let principal = Principal {
            account: by.account,
            status: AccountStatus::Active,
            device: DeviceStatus::Ok,
            commune,
            grants: Vec::new(),
        };
        Caller { principal, name: by.name, others: Vec::new(), holds: Some(holds), desk: String::new() }
    }

    /// Whether the device of this handle, or another of the account, gave the dossier its id.
    fn minted(&self, handle: DeviceHandle, dossier: DossierId) -> bool {
        dossier.minted_by(handle) || self.others.iter().any(|other| dossier.minted_by(*other))
    }
}

/// What the office needs to judge.
pub struct Bench<'a> {
    /// The rules; the product has one value of them.
    pub rules: Rules,
    /// The epoch.
    pub epoch: Epoch,
    /// The office's clock.
    pub now: Moment,
    /// The keys its own receipts verify with.
    pub keys: &'a Keys,
    /// Where an establishment lies, in the units of today.
    pub place_of: &'a dyn Fn(EstablishmentId) -> Option<Locality>,
    /// Where a commune lies today: itself, or what it was merged into; asked about those a reply names, and about those
    /// whose one-stop desks receive for others.
    pub commune_of: &'a dyn Fn(CommuneCode) -> Option<Locality>,
    /// Whether the commune's dated rule receives every notice at once.
    pub receive_at_once: &'a dyn Fn(CommuneCode) -> bool,
    /// The procedures, in every version a dossier may be pinned to.
    pub procedures: &'a [Procedure],
    /// The last serial given in this epoch, per commune.
    pub serials: &'a mut BTreeMap<CommuneCode, u32>,
    /// The codes of consent the frames name and the office gave out; one that is taken is marked.
    pub codes: &'a mut BTreeMap<ConsentCode, CodeGiven>,
    /// What is known; judged changes are added, so that many frames can share one transaction.
    pub known: &'a mut BTreeMap<DossierId, Known>,
}

/// A code of consent, as the office gave it out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CodeGiven {
    /// The house it says yes for.
    pub establishment: EstablishmentId,
    /// From when.
    pub from: Moment,
    /// Until when.
    pub until: Moment,
    /// Who had it made: they file nothing under it themselves.
    pub made_by: AccountId,
    /// The dossier that took it.
    pub used: Option<DossierId>,
}

impl CodeGiven {
    /// Whether somebody said yes with it to this, at the claimed time.
    pub fn holds(&self, dossier: DossierId, at: EstablishmentId, by: AccountId, given_at: Moment) -> bool {
        let off = ConsentCode::TOLERANCE_MINUTES;
        let timely = self.from.plus_minutes(-off) <= given_at && given_at <= self.until.plus_minutes(off);
        timely
            && self.establishment == at
            && self.made_by != by
            && self.used.is_none_or(|used| used == dossier)
    }
}

/// The rules an office lives by. The product has one value; a sabotage of the simulator is another.
#[derive(Clone, Copy, Debug)]
pub struct Rules {
    /// A repeated submission gets the receipt it has. (Sabotage: a new one each time.)
    pub idempotent_receipts: bool,
    /// Who files for somebody else must have recorded on what ground. (Sabotage: nobody asks.)
    pub basis_needed: bool,
    /// On behalf of others nobody touches what a third person has begun. (Sabotage: any dossier of the area.)
    pub own_filings_only: bool,
    /// A decision on a residence dossier counts for what the officer had on the screen. (Sabotage: for whatever it says.)
    pub fresh_look: bool,
    /// What was handed in on devices apart stands handed in as one. (Sabotage: each is an answer of its own.)
    pub one_answer: bool,
    /// By a code nothing is answered that was answered already. (Sabotage: whatever was asked once.)
    pub answered_once: bool,
    /// Who receives at a one-stop desk takes the first step and the last. (Sabotage: every step.)
    pub reception_only: bool,
    /// What came through the payment gateway nobody at a desk says. (Sabotage: any officer.)
    pub gateway_alone: bool,
}

impl Rules {
    /// The product's rules.
    pub const PRODUCT: Rules = Rules {
        idempotent_receipts: true,
        basis_needed: true,
        own_filings_only: true,
        fresh_look: true,
        one_answer: true,
        answered_once: true,
        reception_only: true,
        gateway_alone: true,
    };
}

/// Something to keep.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Write {
    /// A new dossier.
    Begin {
        /// The dossier.
        dossier: DossierId,
        /// Its establishment.
        establishment: EstablishmentId,
        /// Its commune.
        commune: CommuneCode,
        /// Whose procedure it is of; `None` for a stay notice.
        filing: Option<Agency>,
    },
    /// A change.
    Change {
        /// The dossier.
        dossier: DossierId,
        /// Its hash.
        hash: [u8; 32],
        /// The chunk.
        raw: Vec<u8>,
    },
    /// An act.
    Ordered(Ordered),
    /// A number was given, or taken up again.
    Numbered(Numbered),
    /// A receipt: taken up again after a restore; new ones are issued by [`issue`].
    Receipt(Receipt),
    /// Bytes that were not taken, kept for somebody to look at.
    Quarantine {
        /// The dossier they named.
        dossier: DossierId,
        /// Why.
        why: Rejection,
        /// The bytes.
        bytes: Vec<u8>,
    },
}

/// A leaf to be signed once everything is judged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Due {
    /// The place of the submission among the acts of the frame.
    pub act: u32,
    /// The dossier.
    pub dossier: DossierId,
    /// Its number.
    pub numbered: Numbered,
    /// The digest of exactly what was submitted.
    pub content: [u8; 32],
    /// Whether its first receipt comes in time for the stay it speaks of, by the rule of `dossier::deadline`; `None`
    /// where it has one already.
    pub in_time: Option<bool>,
}

/// What judging one frame comes to.
#[derive(Default)]
pub struct Judged {
    /// To keep, in this order.
    pub writes: Vec<Write>,
    /// On dossiers.
    pub verdicts: Vec<(DossierId, Verdict)>,
    /// On acts.
    pub act_verdicts: Vec<ActVerdict>,
    /// The acts of the frame as they stand in the office's order.
    pub ordered: Vec<Ordered>,
    /// Receipts to sign.
    pub due: Vec<Due>,
    /// Receipts that were issued before for what came again.
    pub again: Vec<Receipt>,
}

impl Judged {
    fn act(&mut self, dossier: DossierId, id: ActId, verdict: Verdict) {
        self.act_verdicts.push(ActVerdict { dossier, id, verdict });
    }
}
