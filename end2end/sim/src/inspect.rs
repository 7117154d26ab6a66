//! What may be looked at while a schedule runs: what a device believes and what its screen says.

use std::collections::BTreeSet;

use dossier::filing::view::{FilingCard, FilingState};
use dossier::id::DossierId;
use dossier::moment::Moment;
use dossier::view::CardState;

use crate::terms;
use crate::world::World;

/// An hour, in milliseconds: how well a phone that was in contact knows the time here.
const HOUR: u64 = 3_600_000;
/// Without contact for so long, in milliseconds, nothing stored is shown: on an own phone, on one of several people.
const OWN: i64 = 30 * 24 * HOUR as i64;
const SHARED: i64 = 7 * 24 * HOUR as i64;

/// Looks at one phone after something was kept on it.
pub fn phone(world: &mut World, at: usize) {
    let step = world.trace.step;
    let seat = world.phones[at].seat();
    let Some(open) = world.phones[at].open() else { return };
    let office = &world.office;
    // What a revoked phone takes for handed over lies aside: the end looks there.
    let here = open.office.epoch == office.epoch && !office.registry.revoked.contains(&open.handle());
    for (id, held) in &open.replica.cases {
        if !open.role().works_on_dossiers() {
            world.ledger.hold(step, (at, seat), *id, held, &office.registry.keys);
        }
        world.ledger.moved.extend(held.reminted.map(|moved| (*id, moved)));
        world.ledger.refused.extend(held.refused.iter().map(|refused| refused.id));
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
    let seat = phone.seat();
    let (Some(device), Some(open)) = (&phone.device, phone.open()) else { return };
    let clock = phone.clock(world.now);
    let Some(home) = device.view(clock).home else { return };
    // Where the phone knows what time it is, it knows when the office was last heard too.
    let knows = open.corrected(clock).0.abs_diff(world.now.0) < HOUR;
    let lease = if phone.people.len() > 1 || open.role().is_team() { SHARED } else { OWN };
    let overdue = |last: Moment| world.now.0 - last.0 > lease + HOUR as i64;
    if knows
        && open.office.last_contact.is_some_and(overdue)
        && !(home.cards.is_empty() && home.filings.is_empty())
    {
        let shown = home.cards.len() + home.filings.len();
        let what = format!("phone {at} shows {shown} dossiers beyond its lease");
        return world.ledger.fail("I9", step, what);
    }
    let proven = |id: &DossierId| {
        let held = open.replica.cases.get(id);
        held.and_then(|held| held.receipt()).is_some_and(|receipt| {
            world.ledger.verified(receipt) || receipt.verify(&world.office.registry.keys).is_ok()
        })
    };
    if let Some(what) = filings(world, at, &home.filings, knows) {
        let (invariant, what) = what;
        return world.ledger.fail(invariant, step, what);
    }
    let unproven = home.filings.iter().find(|card| {
        let claims = matches!(card.state, FilingState::AtOffice { .. });
        claims && !open.role().works_on_dossiers() && !proven(&card.dossier)
    });
    if let Some(card) = unproven {
        let what = format!("phone {at}: {} says {:?} without a receipt", card.dossier, card.state);
        return world.ledger.fail("I6", step, what);
    }
    for card in home.cards {
        let claims = matches!(card.state, CardState::Receipted { .. } | CardState::Received { .. });
        if claims && !proven(&card.dossier) {
            let what = format!("phone {at}: {} says {:?} without a receipt", card.dossier, card.state);
            return world.ledger.fail("I6", step, what);
        }
        // The law asks when it was first received: a screen never shows less time left than that.
        let earliest = world.ledger.earliest.get(&(at, seat, card.dossier));
        if let Some(first) = earliest.filter(|_| !open.role().works_on_dossiers())
            && card.margin.is_none_or(|margin| margin < first.minutes_until(card.due.at))
        {
            let what =
                format!("phone {at}: {} was received {first:?}, margin {:?}", card.dossier, card.margin);
            return world.ledger.fail("I8", step, what);
        }
    }
}

/// What is wrong on the cards of residence dossiers: the clock, where the phone knows what time it is, and pictures that are
/// said to be at the office and are not.
fn filings(world: &World, at: usize, cards: &[FilingCard], knows: bool) -> Option<(&'static str, String)> {
    let open = world.phones[at].open()?;
    let now = open.corrected(world.phones[at].clock(world.now));
    let here = open.office.epoch == world.office.epoch;
    cards.iter().find_map(|card| {
        let held = open.replica.cases.get(&card.dossier)?;
        let misread = terms::misread(world.sabotage, card, &held.acts, now).filter(|_| knows);
        let pictures = card.papers.0 as usize;
        let more = here && pictures > 0 && pictures > world.office.pictures_of(card.dossier);
        misread.map(|what| ("I15", what)).or_else(|| {
            more.then(|| ("I14", format!("phone {at}: {} says {pictures} pictures are there", card.dossier)))
        })
    })
}
