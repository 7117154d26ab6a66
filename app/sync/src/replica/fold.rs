//! Folding records into what a device knows.

use std::collections::BTreeMap;

use dossier::id::DossierId;
use dossier::moment::Moment;

use super::{Held, Pending, Refused, Replica};
use crate::frame::ActId;
use crate::frame::down::Ordered;
use crate::receipt::Epoch;
use crate::record::Record;

/// What of a dossier a record has touched: its document must be read again, or only its submissions be looked at.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Touched {
    Acts,
    Document,
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
        if let Some(held) = self.cases.get_mut(&record.dossier()) {
            held.at_rest = None;
        }
        match record {
            Record::Begun { dossier, .. } if self.stub(dossier).is_some() => {}
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
            Record::AtRest { dossier, epoch, at } => {
                self.cases.get_mut(&dossier)?.at_rest = Some((epoch, at));
            }
            Record::Stub { dossier, stub } => {
                self.cases.remove(&dossier);
                self.stubs.push((dossier, *stub));
            }
            Record::StubHeard { dossier, epoch, news } => {
                let (_, stub) = self.stubs.iter_mut().find(|(known, _)| *known == dossier)?;
                (stub.epoch, stub.news) = (epoch, news);
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
