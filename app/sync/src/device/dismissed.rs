//! Thu hồi: the office has revoked this device. It keeps what the device brings, and the device hands over everything
//! that waits before it wipes the member's place; the others on a tablet stay.

use dossier::moment::Moment;
use dossier::place::Place;
use dossier::view::Rejection;

use super::line::Exchange;
use super::{Batch, Device, Effect, Open, Stage, Writes};
use crate::dice::Dice;
use crate::record::Record;
use crate::replica::Held;
use crate::sealed::{Question, Told};
use crate::slot::{CopyId, Slot};
use crate::wipe;

/// Who wants a place wiped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wish {
    /// The office, by its order.
    Office,
    /// Whoever is at it.
    Own,
}

impl Device {
    /// The office's order came back for a frame. Only the office can give it, only for this frame.
    pub(super) fn dismissed(
        &mut self,
        now: Moment,
        dice: &mut Dice,
        exchange: &Exchange,
        order: &[u8],
        effects: &mut Vec<Effect>,
    ) {
        let verify = self.rules.verify_orders;
        let Stage::Open(open) = &mut self.stage else { return };
        if verify && !wipe::is_genuine(order, open.handle(), &exchange.frame, &open.receipt_keys()) {
            open.retry.captive = true;
            return open.retry.fail(now, dice, None, effects);
        }
        // What the office once turned back waits for a person, who will not come any more: it goes along as well.
        let held_back: Vec<Record> = open.held_back().collect();
        let batch = if exchange.more || exchange.again || !held_back.is_empty() {
            let records = open.handed_over(exchange).into_iter().chain(held_back).collect();
            Batch { records, sync: true, ..Batch::default() }
        } else {
            Batch { wiped: Some((open.place, Wish::Office)), ..Batch::default() }
        };
        self.keep(now, dice, batch, effects);
    }

    /// The locked place that an answer orders to be wiped. Whoever is at the device hands over by an exchange of their own;
    /// who is just coming in is not stopped; a place that still holds what the office has not taken waits.
    pub(super) fn ordered_away(
        &self,
        asked: &Question,
        told: &Told,
        taken: &[(Place, CopyId)],
    ) -> Option<Place> {
        let own = match &self.stage {
            Stage::Locked => None,
            Stage::Open(open) => Some(open.place),
            _ => return None,
        };
        let frame = wipe::digest_of_question(&asked.challenge);
        let held = |place| {
            self.shelves.copies().any(|(whose, id, _)| whose == place && !taken.contains(&(whose, id)))
        };
        let mut ordered = self.shelves.by_place.iter().filter(|(place, shelf)| {
            let handle = shelf.vault.handle;
            let order =
                told.orders.iter().find(|(device, _)| *device == handle && asked.devices.contains(device));
            let genuine = |order: &[u8]| {
                !self.rules.verify_orders || wipe::is_genuine(order, handle, &frame, &shelf.keys)
            };
            Some(**place) != own && !held(**place) && order.is_some_and(|(_, order)| genuine(order))
        });
        ordered.next().map(|(place, _)| *place)
    }

    /// Everything of a place goes, in one transaction.
    pub(super) fn wipe(&self, place: Place, wish: Wish, writes: &mut Writes) {
        let copies = self.shelves.copies().filter(|(whose, ..)| *whose == place);
        let own = Slot::named().filter(|slot| *slot != Slot::Dismissed);
        let slots = own.chain(copies.map(|(_, id, _)| Slot::Sealed(id)));
        writes.drops.extend(slots.map(|slot| (place, slot)));
        writes.forgotten = Some(place);
        // A person who finds the device empty is told why, also tomorrow.
        match wish {
            Wish::Office if self.shelves.by_place.len() > 1 => {}
            Wish::Office => writes.slots.push((place, Slot::Dismissed, b"1".to_vec())),
            Wish::Own => writes.drops.push((place, Slot::Dismissed)),
        }
    }

    /// The place is gone: whoever was at it is not here any more. Somebody else at the device goes on.
    pub(super) fn wiped(&mut self, place: Place, wish: Wish) {
        self.shelves.by_place.remove(&place);
        self.shelves.dismissed = wish == Wish::Office && self.shelves.is_empty();
        if matches!(&self.stage, Stage::Open(open) if open.place != place) {
            return;
        }
        self.stage = if self.shelves.is_empty() { Stage::Fresh } else { Stage::Locked };
    }
}

impl Open {
    fn held_back(&self) -> impl Iterator<Item = Record> {
        let waits = |held: &Held| held.rejected.is_some() && self.waits(held);
        let cases = self.replica.cases.iter().filter(move |(_, held)| waits(held));
        cases.map(|(dossier, _)| Record::Rejected { dossier: *dossier, why: None })
    }

    /// What lies in the office's quarantine need not go again: the next frame brings what did not fit.
    fn handed_over(&self, exchange: &Exchange) -> Vec<Record> {
        let epoch = self.office.epoch;
        let parcels = exchange.parcels.iter().map(|(dossier, hashes)| Record::AtOffice {
            dossier: *dossier,
            epoch,
            hashes: hashes.clone(),
        });
        let acts = exchange.acts.iter().map(|sent| Record::ActRefused {
            dossier: sent.dossier,
            id: sent.id,
            why: Rejection::Forbidden,
        });
        parcels.chain(acts).collect()
    }
}
