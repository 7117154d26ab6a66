//! What an answer of the office comes to: verdicts, receipts, everything newer. Nothing is believed that was not
//! verified here.

use dossier::id::DossierId;
use dossier::moment::Moment;
use dossier::view::Rejection;

use super::Open;
use super::batch::Batch;
use super::carry::Copied;
use super::line::Exchange;
use crate::dice::Dice;
use crate::frame::down::{Down, Issued, IssuedLeaf, Verdict};
use crate::frame::up::SentAct;
use crate::frame::{ActId, Parcel};
use crate::office::issue;
use crate::receipt::{Epoch, Leaf, Receipt, Verifier};
use crate::record::{OfficeState, Record};
use crate::replica::{Held, Pending};

impl Open {
    /// What an answer comes to. Nothing is believed that was not verified here.
    pub(super) fn digest(
        &self,
        now: Moment,
        dice: &mut Dice,
        exchange: &Exchange,
        mut down: Down,
        heed_epoch: bool,
    ) -> Batch {
        let mut batch = Batch::default();
        let mut office = OfficeState {
            last_contact: Some(down.at),
            clock_offset: down.at.0.saturating_sub(now.0),
            ..self.office.clone()
        };
        let met_before = self.office.epoch != Epoch::default();
        let restored = heed_epoch && met_before && self.office.epoch != down.epoch;
        if restored {
            // Another office than the one that was here before: everything is offered again, receipts too.
            office.offer_receipts = true;
            office.cursors.clear();
            office.epoch = down.epoch;
            // What the former office had ordered for this account waits again; the answer itself is not used.
            for (dossier, held) in &self.replica.cases {
                for Pending { id, act, at } in held.acts_to_offer(self.member.membership.account, down.epoch)
                {
                    batch.records.push(Record::Pending { dossier: *dossier, id, act, at });
                }
            }
            batch.sync = true;
            batch.office = Some(office);
            return batch;
        }
        if heed_epoch || !met_before {
            office.epoch = down.epoch;
        }
        if let Some(facts) = &down.facts {
            office.facts = facts.clone();
        }
        batch.records = self.without_stubs(&mut down);
        batch.catalogue = down.catalogue.clone();
        batch.member = down.seat.as_ref().and_then(|seat| self.member.seated(seat));
        for (dossier, verdict) in &down.verdicts {
            let sent = exchange.parcels.get(dossier);
            match (verdict, sent, self.replica.cases.get(dossier)) {
                (Verdict::Accepted, Some(hashes), _) => batch.records.push(Record::AtOffice {
                    dossier: *dossier,
                    epoch: office.epoch,
                    hashes: hashes.clone(),
                }),
                (Verdict::Rejected(why), _, Some(held)) => {
                    batch.records.extend(self.set_back(now, dice, *dossier, held, sent, *why));
                    // What goes on under another id is a save like any other.
                    batch.copied = Copied::Records;
                    batch.sync = batch.sync || matches!(why, Rejection::IdTaken | Rejection::OutOfOrder);
                }
                _ => {}
            }
        }
        for act in &down.act_verdicts {
            let Verdict::Rejected(why) = act.verdict else { continue };
            let back = |(dossier, verdict): &(_, _)| *dossier == act.dossier && *verdict != Verdict::Accepted;
            if why == Rejection::OutOfOrder && down.verdicts.iter().any(back) {
                // The office did not take what it speaks of: it waits with it.
                continue;
            }
            let held = self.replica.cases.get(&act.dossier);
            let submits = held.is_some_and(|held| held.submission(act.id).is_some());
            let sent = exchange.parcels.get(&act.dossier).map_or(0, Vec::len);
            if why == Rejection::OutOfOrder
                && submits
                && held.is_some_and(|held| sent < held.history.changes().len())
            {
                batch.records.push(Record::SendAgain(act.dossier));
                batch.sync = true;
                continue;
            }
            batch.records.push(Record::ActRefused { dossier: act.dossier, id: act.id, why });
        }
        self.digest_offers(exchange, &down, &mut batch, &mut office);
        self.digest_log(exchange, down, &mut batch, &mut office);
        batch.office = Some(office);
        batch
    }

    /// Receipts of before a restore have been taken up where the office knows the dossier. One that it has only now
    /// heard of, from whoever was there first, is offered in an exchange of its own.
    fn digest_offers(&self, exchange: &Exchange, down: &Down, batch: &mut Batch, office: &mut OfficeState) {
        if !office.offer_receipts {
            return;
        }
        let epoch = office.epoch;
        let accepted = |dossier| down.verdicts.contains(&(dossier, Verdict::Accepted));
        let known = |dossier, held: &Held| held.is_at_office(epoch) || accepted(dossier);
        let (mut left, mut next) = (false, false);
        for (dossier, held) in self.replica.cases.iter().filter(|(_, held)| held.has_receipts_to_offer(epoch))
        {
            if exchange.offered.contains(dossier) && known(*dossier, held) {
                batch.records.push(Record::Offered { dossier: *dossier, epoch });
            } else if held.reminted.is_none() {
                left = true;
                let ordered = down.recorded.iter().any(|ordered| ordered.dossier == *dossier);
                next |= ordered && !exchange.more;
            }
        }
        office.offer_receipts = left;
        batch.sync |= next;
    }

    fn digest_log(&self, exchange: &Exchange, down: Down, batch: &mut Batch, office: &mut OfficeState) {
        let epoch = office.epoch;
        for Parcel { dossier, establishment, changes } in down.parcels {
            if !self.replica.cases.contains_key(&dossier) {
                batch.records.push(Record::Begun { dossier, establishment });
            }
            let from_office = Some(epoch);
            let changes = changes.into_iter();
            batch.records.extend(changes.map(|raw| Record::Change { dossier, raw, from_office }));
        }
        let ordered = down.recorded.into_iter();
        batch.records.extend(ordered.map(|ordered| Record::Ordered { epoch, ordered }));
        batch.records.extend(down.numbered.into_iter().map(Record::Numbered));
        // A receipt is kept when the office's signature fits, and shown when it speaks of exactly a submission that
        // is whole here.
        let signed = down.issued.is_some() || !down.receipts.is_empty();
        let keys = if signed { self.receipt_keys() } else { Vec::new() };
        let issued = down.issued.and_then(|issued| self.rebuild(exchange, &issued)).unwrap_or_default();
        let receipts = down.receipts.into_iter().chain(issued);
        let mut verifier = Verifier::new(&keys);
        let genuine = receipts.filter(|receipt| verifier.verify(receipt).is_ok());
        batch.records.extend(genuine.map(Record::Receipt));
        for (scope, have) in down.cursors {
            office.cursors.retain(|(known, _)| *known != scope);
            office.cursors.push((scope, have));
        }
    }

    /// The receipts an answer stands for: every leaf is rebuilt from the submission this device sent.
    fn rebuild(&self, exchange: &Exchange, issued: &Issued) -> Option<Vec<Receipt>> {
        let leaf = |leaf: &IssuedLeaf| {
            let SentAct { dossier, id, .. } = *exchange.acts.get(leaf.act as usize)?;
            let held = self.replica.cases.get(&dossier)?;
            let content = held.content_of(held.submission(id)?)?;
            Some(Leaf { serial: leaf.serial, number_epoch: leaf.number_epoch, dossier, content })
        };
        let leaves: Option<Vec<Leaf>> = issued.leaves.iter().map(leaf).collect();
        issue::rebuild(issued, &leaves?)
    }

    /// A dossier the office did not take.
    fn set_back(
        &self,
        now: Moment,
        dice: &mut Dice,
        dossier: DossierId,
        held: &Held,
        sent: Option<&Vec<[u8; 32]>>,
        why: Rejection,
    ) -> Vec<Record> {
        let whole = sent.is_some_and(|sent| sent.len() == held.history.changes().len());
        match why {
            // The office lacks what comes before; unless everything was in the frame, send everything.
            Rejection::OutOfOrder if !whole => vec![Record::SendAgain(dossier)],
            // Only what the office has never taken can have met another notice of the same id.
            Rejection::IdTaken if held.acts.is_empty() && held.receipts.is_empty() => {
                self.remint(now, dice, dossier, held)
            }
            why => vec![Record::Rejected { dossier, why: Some(why) }],
        }
    }

    /// The same content under a new id: nothing is lost when the dice fell twice the same way.
    fn remint(&self, now: Moment, dice: &mut Dice, old: DossierId, held: &Held) -> Vec<Record> {
        let new = DossierId::mint(self.handle(), dice.bytes());
        let mut records = vec![Record::Begun { dossier: new, establishment: held.establishment }];
        let changes = held.history.changes().map(|change| change.raw_bytes().to_vec());
        records.extend(changes.map(|raw| Record::Change { dossier: new, raw, from_office: None }));
        for pending in &held.pending {
            let (id, act) = (ActId(dice.bytes()), pending.act.clone());
            records.push(Record::Pending { dossier: new, id, act, at: now });
        }
        records.push(Record::Reminted { old, new });
        records
    }
}
