//! What may be looked at while a schedule runs: what a device believes and what its screen says.

use std::collections::BTreeSet;

use dossier::access::Role;
use dossier::view::CardState;

use crate::world::World;

/// Looks at one phone after something was kept on it.
pub fn phone(world: &mut World, at: usize) {
    let step = world.trace.step;
    let Some(open) = world.phones[at].open() else { return };
    let office = &world.office;
    let here = open.office.epoch == office.epoch;
    for (id, held) in &open.replica.cases {
        if open.role() == Role::Owner {
            world.ledger.hold(step, at, *id, held, &office.registry.keys);
        }
        // What the phone takes for safe must be committed.
        let unsent = held.unsent(office.epoch);
        if here && held.history.changes().len() > unsent.len() {
            let there = office.tables.known.get(id);
            let waits: BTreeSet<[u8; 32]> = unsent.iter().map(|(hash, _)| *hash).collect();
            for change in held.history.changes() {
                let hash = change.hash();
                if !waits.contains(&hash.0) && !there.is_some_and(|known| known.history.knows(&hash)) {
                    let what = format!("phone {at}: {id} is taken for sent and is not at the office");
                    return world.ledger.fail("I1", step, what);
                }
            }
        }
    }
    if world.prng.chance(250) {
        screen(world, at);
    }
}

/// Looks at the cards of one phone: what they claim must be proven there.
pub fn screen(world: &mut World, at: usize) {
    let step = world.trace.step;
    let phone = &world.phones[at];
    let (Some(device), Some(open)) = (&phone.device, phone.open()) else { return };
    let Some(home) = device.view(phone.clock(world.now)).home else { return };
    for card in home.cards {
        let claims = matches!(card.state, CardState::Receipted { .. } | CardState::Received { .. });
        let held = open.replica.cases.get(&card.dossier);
        let proven = held.and_then(|held| held.receipt()).is_some_and(|receipt| {
            world.ledger.verified(receipt) || receipt.verify(&world.office.registry.keys).is_ok()
        });
        if claims && !proven {
            let what = format!("phone {at}: {} says {:?} without a receipt", card.dossier, card.state);
            return world.ledger.fail("I6", step, what);
        }
        // The law asks when it was first received: a screen never shows less time left than that.
        let earliest = world.ledger.earliest.get(&(at, card.dossier));
        if let Some(first) = earliest.filter(|_| open.role() == Role::Owner)
            && card.margin.is_none_or(|margin| margin < first.minutes_until(card.due.at))
        {
            let what =
                format!("phone {at}: {} was received {first:?}, margin {:?}", card.dossier, card.margin);
            return world.ledger.fail("I8", step, what);
        }
    }
}
