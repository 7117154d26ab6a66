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
        if open.role() == Role::Owner
            && let Some(receipt) = held.receipt()
        {
            if receipt.verify(&office.registry.keys).is_err() {
                world.ledger.fail(
                    "I6",
                    step,
                    format!("phone {at}: {id} holds a receipt that does not verify"),
                );
            }
            world.ledger.show(step, receipt, held);
        }
        // What the phone takes for safe must be committed.
        if here && held.history.changes().len() > held.unsent(office.epoch).len() {
            let there = office.tables.known.get(id);
            let waits: BTreeSet<[u8; 32]> = held.unsent(office.epoch).iter().map(|(hash, _)| *hash).collect();
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
        let proven = held
            .and_then(|held| held.receipt())
            .is_some_and(|receipt| receipt.verify(&world.office.registry.keys).is_ok());
        if claims && !proven {
            let what = format!("phone {at}: {} says {:?} without a receipt", card.dossier, card.state);
            return world.ledger.fail("I6", step, what);
        }
    }
}
