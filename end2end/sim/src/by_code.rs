//! Somebody without an account, who holds the code of a dossier and answers what its desk asked for; perhaps twice, perhaps
//! although nothing was asked, perhaps when a phone of the house has answered already.
//!
//! I17: by a code an answer counts while something is asked, and once: the second is told that there is nothing to answer.

use dossier::access::Role;
use dossier::act::{Act, Channel, Heads};
use dossier::content::Content;
use dossier::filing::step::Step;
use dossier::id::{DeviceHandle, DossierId};
use sync::document;
use sync::frame::down::{Ordered, Verdict};
use sync::frame::up::{SentAct, Up};
use sync::frame::{ActId, Parcel};
use sync::office::{Caller, Known};

use crate::filing::{PHONES, filings};
use crate::registry::Person;
use crate::sabotage::Sabotage;
use crate::world::World;

/// Nobody's device: the office writes for who has none.
const NO_DEVICE: DeviceHandle = DeviceHandle([0; 3]);

/// Whether the desk waits for something after these acts.
fn waits<'a>(acts: impl IntoIterator<Item = &'a Ordered>) -> bool {
    let mut newest = Heads::default();
    acts.into_iter().fold(false, |waits, ordered| match &ordered.recorded.act {
        Act::Submit { heads, .. } if *heads != newest => {
            newest = heads.clone();
            false
        }
        Act::Withdraw { .. } => false,
        Act::Step(step) => match &**step {
            Step::Supplement { .. } => true,
            Step::Refuse { .. } | Step::Decide { .. } => false,
            _ => waits,
        },
        _ => waits,
    })
}

/// An answer by code that stands where nothing was asked.
pub fn unasked(known: &Known) -> Option<&'static str> {
    let by_code = |ordered: &Ordered| {
        matches!(ordered.recorded.act, Act::Submit { channel: Channel::Code, .. })
            || ordered.recorded.by.role == Role::Citizen
    };
    let mut acts = known.acts.iter().enumerate().filter(|(_, ordered)| by_code(ordered));
    let unasked = acts.any(|(place, ordered)| {
        matches!(ordered.recorded.act, Act::Submit { .. }) && !waits(&known.acts[..place])
    });
    unasked.then_some("an answer by code counts, and nothing was asked")
}

/// What somebody hands in by a code: another telephone, written behind what the dossier says.
fn answer(world: &mut World, id: DossierId) -> Option<Up> {
    let phone = PHONES[world.prng.below(PHONES.len())].to_owned();
    let known = world.office.tables.known.get(&id)?;
    let mut history = known.history.clone();
    let before = match history.read() {
        Ok(Content::Filing(filing)) => filing,
        _ => return None,
    };
    let mut after = before.clone();
    after.answers.insert("phone".parse().ok()?, phone);
    let mut doc = history.open();
    let roll = world.prng.next().to_le_bytes();
    doc.set_actor(document::actor(NO_DEVICE, [roll[0], roll[1], roll[2], roll[3], roll[4]]));
    let change = document::filing::write(&mut doc, Some(&before), &after)?;
    let changes = vec![change.raw_bytes().to_vec()];
    history.take_own(change);
    let (heads, now) = (history.heads(), world.now);
    let parcel = Parcel { dossier: id, establishment: known.establishment, changes };
    let act_id = ActId::of_submission(&heads);
    let act = Act::Submit { heads, channel: Channel::Code, claimed_at: now, last_contact: Some(now) };
    let act = SentAct { dossier: id, id: act_id, act };
    Some(Up { parcels: vec![parcel], acts: vec![act], ..world.office.nothing_new(NO_DEVICE, now) })
}

/// Somebody does.
pub fn answers(world: &mut World) {
    let Some(id) = ({
        let ids = filings(&world.office);
        world.prng.pick(&ids).copied()
    }) else {
        return;
    };
    let Some(up) = answer(world, id) else { return };
    hands_in(world, id, &up);
    match world.prng.below(3) {
        // The button was pressed twice.
        0 => {
            let before = world.office.tables.known[&id].acts.len();
            world.office.keep(&holder(world, id), &up, world.now);
            if world.office.tables.known[&id].acts.len() != before {
                world.ledger.fail("I17", world.trace.step, format!("{id}: the same answer twice is two"));
            }
        }
        1 => {
            if let Some(another) = answer(world, id) {
                hands_in(world, id, &another);
            }
        }
        _ => {}
    }
    world.ledger.read_log(world.trace.step, &world.office);
}

fn holder(world: &World, id: DossierId) -> Caller {
    let registry = &world.office.registry;
    if world.sabotage == Some(Sabotage::CodeAnyTime) {
        return registry.caller(Person::Mother);
    }
    Caller::holding(id, registry.whole(crate::registry::COMMUNE).commune)
}

fn hands_in(world: &mut World, id: DossierId, up: &Up) {
    let asked = waits(&world.office.tables.known[&id].acts);
    let judged = world.office.keep(&holder(world, id), up, world.now);
    let accepted = |verdict: Verdict| verdict == Verdict::Accepted;
    let taken = judged.verdicts.iter().all(|(_, verdict)| accepted(*verdict))
        && judged.act_verdicts.iter().all(|said| accepted(said.verdict));
    world.trace.note(format_args!("by code on {id}: asked {asked}, taken {taken}"));
    if taken != asked {
        let what = if taken { "an answer counts that nobody asked for" } else { "an answer was not taken" };
        world.ledger.fail("I17", world.trace.step, format!("{id}: {what}"));
    }
}
