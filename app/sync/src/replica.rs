//! What a device knows: the fold of its records.

use std::collections::{BTreeMap, BTreeSet};

use automerge::ChangeHash;
use dossier::act::{Act, Heads};
use dossier::filing::Filing;
use dossier::filing::conflict::FilingPlace;
use dossier::filing::status::FilingStatus;
use dossier::id::{AccountId, DossierId, EstablishmentId};
use dossier::intent::StayField;
use dossier::moment::Moment;
use dossier::status::Status;
use dossier::stay::Stay;
use dossier::view::Rejection;

use crate::case::{History, projection_hash, proof_at};
use crate::document::ReadError;
use crate::frame::ActId;
use crate::frame::compact::Named;
use crate::frame::down::{Numbered, Ordered};
use crate::receipt::{Epoch, Receipt, content};
use crate::stub::Stub;

mod fold;
mod proof;
mod said;
mod shared;

pub use shared::{Pictures, WithOffice};

use said::Said;

/// All dossiers of a device.
#[derive(Clone, Default)]
pub struct Replica {
    /// By id.
    pub cases: BTreeMap<DossierId, Held>,
    /// Those of which the content is not here any more, in the order they were let go.
    pub stubs: Vec<(DossierId, Stub)>,
}

impl Replica {
    /// What is left of a dossier whose content is not here any more.
    pub fn stub(&self, dossier: DossierId) -> Option<&Stub> {
        self.stubs.iter().find(|(known, _)| *known == dossier).map(|(_, stub)| stub)
    }
}

/// One dossier as a device holds it.
#[derive(Clone)]
pub struct Held {
    /// The establishment it is about.
    pub establishment: EstablishmentId,
    /// Its changes.
    pub history: History,
    /// The changes the office of `office_epoch` has.
    at_office: BTreeSet<[u8; 32]>,
    office_epoch: Epoch,
    /// Acts of this device the office has not confirmed.
    pub pending: Vec<Pending>,
    /// Acts in the office's order.
    pub acts: Vec<Ordered>,
    acts_epoch: Epoch,
    /// The receipts whose signature was verified here, in the order they were told last.
    pub receipts: Vec<Receipt>,
    /// How many of them only an office of before its last restore has told.
    former: usize,
    /// The epoch of the office that told the others.
    told_by: Epoch,
    /// The epoch of the office that was shown all receipts of earlier epochs.
    offered_to: Epoch,
    /// Every submission ever known here, by its heads, and what it says once all its changes are here: the same for
    /// ever, so computed once.
    contents: BTreeMap<Heads, Option<[u8; 32]>>,
    /// The number, where the receipt itself did not travel.
    pub numbered: Option<Numbered>,
    /// The office did not take it.
    pub rejected: Option<Rejection>,
    /// Acts the office refused, until a person has read that.
    pub refused: Vec<Refused>,
    /// The same content goes on under another id.
    pub reminted: Option<DossierId>,
    /// The pictures of its papers that are at the office.
    pub pictures: Pictures,
    /// Nothing is left to do about it since then, by an office of this epoch.
    pub at_rest: Option<(Epoch, Moment)>,
    said: Said,
}

/// An act that waits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pending {
    /// Its id.
    pub id: ActId,
    /// The act.
    pub act: Act,
    /// When it was kept here, by this device's clock.
    pub at: Moment,
}

/// An act the office refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// Its id.
    pub id: ActId,
    /// The act.
    pub act: Act,
    /// Why.
    pub why: Rejection,
}

impl Held {
    fn new(establishment: EstablishmentId) -> Held {
        Held {
            establishment,
            history: History::new(),
            at_office: BTreeSet::new(),
            office_epoch: Epoch::default(),
            pending: Vec::new(),
            acts: Vec::new(),
            acts_epoch: Epoch::default(),
            receipts: Vec::new(),
            former: 0,
            told_by: Epoch::default(),
            offered_to: Epoch::default(),
            contents: BTreeMap::new(),
            numbered: None,
            rejected: None,
            refused: Vec::new(),
            reminted: None,
            pictures: Pictures::default(),
            at_rest: None,
            said: Said::nothing(),
        }
    }

    /// What the notice says now.
    pub fn stay(&self) -> Result<&Stay, ReadError> {
        let content = self.said.content.as_ref().map_err(|error| *error)?;
        content.stay().ok_or(ReadError::OtherKind)
    }

    /// What the residence dossier says now.
    pub fn filing(&self) -> Result<&Filing, ReadError> {
        let content = self.said.content.as_ref().map_err(|error| *error)?;
        content.filing().ok_or(ReadError::OtherKind)
    }

    /// Where a residence dossier stands, by the office's acts.
    pub fn filing_status(&self) -> FilingStatus {
        FilingStatus::fold(self.acts.iter().map(|ordered| &ordered.recorded))
    }

    /// The fields two devices wrote differently.
    pub fn conflicts(&self) -> &[StayField] {
        &self.said.conflicts
    }

    /// The places of a residence dossier two devices wrote differently.
    pub fn conflicting_places(&self) -> &[FilingPlace] {
        &self.said.places
    }

    /// Where it stands, by the office's acts.
    pub fn status(&self) -> Status {
        Status::fold(self.acts.iter().map(|ordered| &ordered.recorded))
    }

    /// The changes an office of this epoch does not have, as raw chunks in causal order.
    pub fn unsent(&self, epoch: Epoch) -> Vec<([u8; 32], Vec<u8>)> {
        if self.sent(epoch) {
            return Vec::new();
        }
        let known = |hash: &[u8; 32]| self.office_epoch == epoch && self.at_office.contains(hash);
        self.history
            .changes()
            .map(|change| (change.hash().0, change))
            .filter(|(hash, _)| !known(hash))
            .map(|(hash, change)| (hash, change.raw_bytes().to_vec()))
            .collect()
    }

    /// Whether an office of this epoch has every change.
    fn sent(&self, epoch: Epoch) -> bool {
        self.office_epoch == epoch && self.at_office.len() >= self.history.changes().len()
    }

    /// Whether an office of this epoch has all of it, its acts too, and nothing waits.
    pub fn is_whole_at(&self, epoch: Epoch) -> bool {
        self.acts_epoch == epoch && self.sent(epoch) && self.pending.is_empty()
    }

    /// What a change is called, if an office of this epoch has it.
    pub fn name_at_office(&self, epoch: Epoch, hash: &ChangeHash) -> Option<Named> {
        let there = self.office_epoch == epoch && self.at_office.contains(&hash.0);
        if there { self.history.name(hash) } else { None }
    }

    /// Whether anything waits for an office of this epoch.
    pub fn waits(&self, epoch: Epoch) -> bool {
        self.reminted.is_none() && (!self.pending.is_empty() || !self.sent(epoch))
    }

    /// All submissions known here: those that wait and those the office has ordered.
    pub fn submissions(&self) -> impl Iterator<Item = &Heads> {
        let ordered = self.acts.iter().map(|ordered| &ordered.recorded.act);
        self.pending.iter().map(|pending| &pending.act).chain(ordered).filter_map(|act| match act {
            Act::Submit { heads, .. } => Some(heads),
            _ => None,
        })
    }

    /// The content one submission speaks of.
    pub fn submission(&self, id: ActId) -> Option<&Heads> {
        let pending = self.pending.iter().find(|pending| pending.id == id).map(|pending| &pending.act);
        let ordered = || self.acts.iter().find(|act| act.id == id).map(|act| &act.recorded.act);
        match pending.or_else(ordered)? {
            Act::Submit { heads, .. } => Some(heads),
            _ => None,
        }
    }

    /// Acts by this account that an office of another epoch ordered: they are offered again.
    pub fn acts_to_offer(&self, account: AccountId, epoch: Epoch) -> Vec<Pending> {
        if self.acts_epoch == epoch {
            return Vec::new();
        }
        let own = self.acts.iter().filter(|ordered| ordered.recorded.by.account == account);
        own.map(|ordered| {
            let act = ordered.recorded.act.clone();
            Pending { id: ordered.id, act, at: ordered.recorded.at }
        })
        .collect()
    }

    /// Whether an office of this epoch has ordered this act.
    pub fn has_ordered(&self, epoch: Epoch, id: ActId) -> bool {
        self.acts_epoch == epoch && self.acts.iter().any(|ordered| ordered.id == id)
    }

    /// Whether an office of this epoch has anything of this dossier.
    pub fn is_at_office(&self, epoch: Epoch) -> bool {
        self.acts_epoch == epoch || (self.office_epoch == epoch && !self.at_office.is_empty())
    }

    /// Whether receipts of before a restore still have to be shown to the office of this epoch.
    pub fn has_receipts_to_offer(&self, epoch: Epoch) -> bool {
        self.offered_to != epoch && self.receipts.iter().any(|receipt| receipt.root.epoch != epoch)
    }

    fn arrived(&mut self, epoch: Epoch, hashes: impl IntoIterator<Item = [u8; 32]>) {
        self.hears(epoch);
        if self.office_epoch != epoch {
            self.office_epoch = epoch;
            self.at_office.clear();
        }
        self.at_office.extend(hashes);
    }

    /// Reads the document again.
    fn read_again(&mut self) {
        self.said = Said::read(&self.history);
    }

    fn heard(&mut self, act: &Act) {
        if let Act::Submit { heads, .. } = act {
            self.contents.entry(heads.clone()).or_default();
        }
    }

    /// Computes what submissions say as soon as all their changes are here.
    fn prove(&mut self) {
        let now = self.history.heads();
        for (heads, said) in self.contents.iter_mut().filter(|(_, said)| said.is_none()) {
            // What it says now has just been read.
            let projection = match &self.said.content {
                Ok(content) if *heads == now => Some(projection_hash(content)),
                _ => proof_at(&self.history, heads).and_then(Result::ok).map(|(_, projection)| projection),
            };
            *said = projection.map(|projection| content(heads, &projection));
        }
    }
}
