//! Somebody without an account, who holds the code of a dossier and answers what its desk asked for; perhaps twice, perhaps
//! although nothing was asked, perhaps when a phone of the house has answered already. What an answer is worth says I17.

use dossier::act::{Act, Channel};
use dossier::content::Content;
use dossier::filing::status::{FilingStatus, Stage};
use dossier::filing::step::{ReturnWay, Step};
use dossier::id::{DeviceHandle, DossierId, PaperId};
use sync::document;
use sync::frame::down::Verdict;
use sync::frame::up::{SentAct, Up};
use sync::frame::{ActId, Parcel};
use sync::office::Caller;

use crate::answers::waits;
use crate::fault::Fault;
use crate::filing::{PHONES, filings};
use crate::pictures;
use crate::registry::Person;
use crate::sabotage::Sabotage;
use crate::world::World;

/// Nobody's device: the office writes for who has none.
pub const NO_DEVICE: DeviceHandle = DeviceHandle([0; 3]);

/// What somebody hands in by a code: another telephone, written behind what the dossier says, and perhaps a picture that is
/// brought first. Where the line breaks before the answer nobody names it.
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
    if world.prng.chance(400) {
        let page = PaperId(world.prng.next().to_le_bytes()[..4].try_into().ok()?);
        after.papers.insert(page, pictures::comes_by_code(world, id));
        if world.strikes(Fault::Drop, 1_000) {
            return None;
        }
    }
    let known = world.office.tables.known.get(&id)?;
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

/// Somebody comes with the code of a dossier.
pub fn comes(world: &mut World) {
    let Some(id) = ({
        let ids = filings(&world.office);
        world.prng.pick(&ids).copied()
    }) else {
        return;
    };
    if world.prng.chance(250) {
        return says_how(world, id);
    }
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

/// They say how the result is to come; by the post only with an address.
fn says_how(world: &mut World, id: DossierId) {
    let way = [ReturnWay::Electronic, ReturnWay::InPerson, ReturnWay::Post][world.prng.below(3)];
    let fits = world.prng.chance(900);
    let address = ((way == ReturnWay::Post) == fits).then(|| "Bản Sin Suối Hồ".parse().expect("words"));
    let act = Act::Step(Box::new(Step::ReturnBy { way, address }));
    let act = SentAct { dossier: id, id: ActId(world.prng.next().to_le_bytes()), act };
    let up = Up { acts: vec![act], ..world.office.nothing_new(NO_DEVICE, world.now) };
    let status = |world: &World| {
        FilingStatus::fold(world.office.tables.known[&id].acts.iter().map(|ordered| &ordered.recorded))
    };
    let before = status(world);
    let place = world.office.registry.whole(crate::registry::COMMUNE).commune;
    let judged = world.office.keep(&Caller::holding(id, place), &up, world.now);
    world.ledger.read_log(world.trace.step, &world.office);
    let taken = judged.act_verdicts.iter().all(|said| said.verdict == Verdict::Accepted);
    let after = status(world);
    let comes = before.is_with_office() || before.stage == Stage::Decided;
    let news = before.chosen != Some(way) || before.accepted.is_some_and(|accepted| accepted.way != way);
    let stands = after.chosen == Some(way) && after.stage == before.stage;
    world.trace.note(format_args!("by code on {id}: {way:?}, taken {taken}"));
    if taken != (fits && comes && news) || taken && !stands {
        let what = format!("{id}: how the result comes, {way:?} of {:?}: taken {taken}", before.stage);
        world.ledger.fail("I19", world.trace.step, what);
    }
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
