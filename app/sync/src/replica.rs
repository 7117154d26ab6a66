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
use crate::record::Record;

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

/// What of a dossier a record has touched: its document must be read again, or only its submissions be looked at.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Touched {
    Acts,
    Document,
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

impl Replica {
    /// Folds one record. A record about a dossier nobody has begun changes nothing.
    pub fn apply(&mut self, record: Record) {
        self.apply_all([record]);
    }

    /// Folds many records and reads each touched document once.
    pub fn apply_all(&mut self, records: impl IntoIterator<Item = Record>) {
        let mut touched: BTreeMap<DossierId, Touched> = BTreeMap::new();
        for (dossier, what) in records.into_iter().filter_map(|record| self.fold(record)) {
            touched.entry(dossier).and_modify(|before| *before = what.max(*before)).or_insert(what);
        }
        for (dossier, what) in touched {
            let Some(held) = self.cases.get_mut(&dossier) else { continue };
            if what == Touched::Document {
                held.read_again();
            }
            held.prove();
        }
    }

    /// Folds; the dossier of which something must be computed again, if it is one.
    fn fold(&mut self, record: Record) -> Option<(DossierId, Touched)> {
        match record {
            Record::Begun { dossier, establishment } => {
                self.cases.entry(dossier).or_insert_with(|| Held::new(establishment));
            }
            Record::Change { dossier, raw, from_office } => {
                let held = self.cases.get_mut(&dossier)?;
                // Our own store is checked by its envelope, yet a change is measured again: a bug in an older
                // version must not brick this one.
                let taken = held.history.take(&raw).ok()?;
                if let Some(epoch) = from_office {
                    // Known here already, and now known to be there: the hash is the chunk's own.
                    let hash = taken.or_else(|| crate::gate::parse(&raw).ok().map(|change| change.hash()))?;
                    held.arrived(epoch, [hash.0]);
                }
                taken?;
                return Some((dossier, Touched::Document));
            }
            Record::AtOffice { dossier, epoch, hashes } => {
                self.cases.get_mut(&dossier)?.arrived(epoch, hashes);
            }
            Record::SendAgain(dossier) => self.cases.get_mut(&dossier)?.at_office.clear(),
            Record::Pending { dossier, id, act, at } => {
                let held = self.cases.get_mut(&dossier)?;
                held.heard(&act);
                if !held.pending.iter().any(|pending| pending.id == id) {
                    // What a former office had ordered came before everything that waited for it: a ground before what
                    // rests on it, a submission before its withdrawal. It is offered with the time it had there; what a
                    // person hands in once more, on another ground, comes after that.
                    let ordered = |id: ActId, at: Moment| {
                        held.acts.iter().any(|act| act.id == id && act.recorded.at == at)
                    };
                    let offered = |pending: &&Pending| ordered(pending.id, pending.at);
                    let again = held.pending.iter().take_while(offered).count();
                    let place = if ordered(id, at) { again } else { held.pending.len() };
                    held.pending.insert(place, Pending { id, act, at });
                }
                return Some((dossier, Touched::Acts));
            }
            Record::Ordered { epoch, ordered } => return self.order(epoch, ordered),
            Record::ActRefused { dossier, id, why } => {
                let held = self.cases.get_mut(&dossier)?;
                // Not pending any more: the answer to a repeat says what is known.
                let place = held.pending.iter().position(|pending| pending.id == id)?;
                let act = held.pending.remove(place).act;
                held.refused.push(Refused { id, act, why });
            }
            Record::Receipt(receipt) => {
                let held = self.cases.get_mut(&receipt.dossier)?;
                held.told(receipt);
            }
            Record::Numbered(numbered) => {
                self.cases.get_mut(&numbered.dossier)?.numbered = Some(numbered);
            }
            Record::Rejected { dossier, why } => self.cases.get_mut(&dossier)?.rejected = why,
            Record::Reminted { old, new } => self.cases.get_mut(&old)?.reminted = Some(new),
            Record::PutAway(dossier) => self.cases.get_mut(&dossier)?.refused.clear(),
            Record::Offered { dossier, epoch } => self.cases.get_mut(&dossier)?.offered_to = epoch,
            Record::PapersThere { dossier, epoch, pictures } => {
                self.cases.get_mut(&dossier)?.pictures.arrived(epoch, pictures);
            }
        }
        None
    }

    fn order(&mut self, epoch: Epoch, ordered: Ordered) -> Option<(DossierId, Touched)> {
        let dossier = ordered.dossier;
        let held = self.cases.get_mut(&dossier)?;
        held.heard(&ordered.recorded.act);
        held.hears(epoch);
        if held.acts_epoch != epoch {
            // A restored office orders anew; what it says replaces what its predecessor said.
            held.acts_epoch = epoch;
            held.acts.clear();
        }
        held.pending.retain(|pending| pending.id != ordered.id);
        let place = held.acts.partition_point(|act| act.recorded.order < ordered.recorded.order);
        match held.acts.get(place) {
            Some(there) if there.recorded.order == ordered.recorded.order => {}
            _ => held.acts.insert(place, ordered),
        }
        Some((dossier, Touched::Acts))
    }
}
