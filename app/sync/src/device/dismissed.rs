//! Thu hồi: the office has revoked this device. It keeps what the device brings, and the device hands over everything
//! that waits before it wipes the member's place; the others on a tablet stay.

use dossier::moment::Moment;
use dossier::place::Place;
use dossier::view::Rejection;

use super::line::Exchange;
use super::{Batch, Device, Effect, Open, Stage, Writes};
use crate::dice::Dice;
use crate::record::Record;
use crate::slot::Slot;
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
        let batch = if exchange.more || exchange.again {
            Batch { records: open.handed_over(exchange), sync: true, ..Batch::default() }
        } else {
            Batch { wiped: Some((open.place, Wish::Office)), ..Batch::default() }
        };
        self.keep(now, dice, batch, effects);
    }

    /// Everything of a place goes, in one transaction.
    pub(super) fn wipe(&self, place: Place, wish: Wish, writes: &mut Writes) {
        let named = [
            Slot::Vault,
            Slot::Member,
            Slot::Office,
            Slot::Draft,
            Slot::Badge,
            Slot::Asking,
            Slot::Leader,
            Slot::Team,
        ];
        let copies = self.shelves.copies().filter(|(whose, ..)| *whose == place);
        let slots = named.into_iter().chain(copies.map(|(_, id, _)| Slot::Sealed(id)));
        writes.drops.extend(slots.map(|slot| (place, slot)));
        writes.forgotten = Some(place);
        // A person who finds the device empty is told why, also tomorrow.
        match wish {
            Wish::Office if self.shelves.by_place.len() > 1 => {}
            Wish::Office => writes.slots.push((place, Slot::Dismissed, b"1".to_vec())),
            Wish::Own => writes.drops.push((place, Slot::Dismissed)),
        }
    }

    /// The place is gone: whoever was at it is not here any more.
    pub(super) fn wiped(&mut self, place: Place, wish: Wish) {
        self.shelves.by_place.remove(&place);
        self.shelves.dismissed = wish == Wish::Office && self.shelves.is_empty();
        self.stage = if self.shelves.is_empty() { Stage::Fresh } else { Stage::Locked };
    }
}

impl Open {
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
