//! Phi địa giới: the clerk of a one-stop desk takes a dossier in for a house of the neighbouring commune, whose police decide
//! it, and hands out what they decided; once in a while the clerk does what is not a clerk's to do.
//!
//! I20: which desk received it is written down once, by the office, with the ground it was handed in on, and only where that is
//! another commune's; who receives takes the first step and the last and no other; and their desk has what they took in.

use dossier::act::{Act, Recorded};
use dossier::filing::intent::FilingIntent;
use dossier::filing::status::Stage;
use dossier::filing::step::{ReturnWay, Step};
use dossier::id::DossierId;
use dossier::intent::Intent;
use dossier::moment::Day;
use sync::office::Known;

use crate::office::Office;
use crate::phone::Asked;
use crate::registry::{COMMUNE, NEIGHBOUR, Person};
use crate::world::World;
use crate::{filing, following};

/// What a clerk does.
pub fn serves(world: &mut World, at: usize) {
    let Some(open) = world.phones[at].open() else { return };
    let mine = filing::own(open);
    match (world.prng.below(10), world.prng.pick(&mine).copied()) {
        (0..2, _) if mine.len() < 2 => following::begins(world, at),
        (0..8, Some(id)) => steps(world, at, id),
        (8, _) => world.ask(at, Intent::Lock, Asked::Other),
        _ => world.ask(at, Intent::SyncNow, Asked::Other),
    }
}

/// The first step or the last; or a decision, which is not theirs.
fn steps(world: &mut World, at: usize, id: DossierId) {
    let Some(held) = world.phones[at].open().and_then(|open| open.replica.cases.get(&id)) else { return };
    let (stage, heads) = (held.filing_status().stage, held.history.heads());
    let way = ReturnWay::InPerson;
    let step = match stage {
        Stage::Waiting { .. } => Step::Accept { heads, appointed: Day(20_790), way, papers: Vec::new() },
        Stage::Decided => Step::HandOver { way },
        Stage::Accepted | Stage::Processing if world.prng.chance(500) => {
            Step::Decide { heads, words: "Đã xác nhận".parse().expect("words"), until: None }
        }
        _ => return world.ask(at, Intent::SyncNow, Asked::Other),
    };
    world.ask(at, Intent::Filing(FilingIntent::Step(id, Box::new(step))), Asked::Acts(vec![id]));
}

impl Office {
    /// Whether it lies at the desk of this clerk: taken in there, or at their commune's own.
    pub fn on_counter(&self, clerk: Person, id: DossierId) -> bool {
        let Some(known) = self.tables.known.get(&id) else { return false };
        let place = self.registry.place_of(known.establishment).map(|place| place.commune);
        let desk = known.received_at().map(|commune| self.registry.today(commune)).or(place);
        let taken_in = known.acts.iter().any(|ordered| ordered.recorded.is_taken_in());
        clerk == Person::Clerk && taken_in && desk == Some(self.registry.today(clerk.home()))
    }
}

/// What is wrong with how it was received.
pub fn amiss(world: &World, known: &Known) -> Option<String> {
    let clerk = Person::Clerk.account();
    let acts: Vec<&Recorded> = known.acts.iter().map(|ordered| &ordered.recorded).collect();
    let decides = |act: &Act| matches!(act, Act::Step(step) if !step.is_of_reception());
    if let Some(taken) = acts.iter().find(|recorded| recorded.by.account == clerk && decides(&recorded.act)) {
        return Some(format!("the clerk who received it has done {:?}", taken.act));
    }
    let house = if known.establishment.0 == 1 { COMMUNE } else { NEIGHBOUR };
    let apart = |recorded: &Recorded| {
        let one = world.ledger.merged.is_some_and(|since| since <= recorded.at);
        !one && house != Person::Clerk.home()
    };
    let begun = acts.iter().position(|recorded| {
        recorded.by.account == clerk && matches!(recorded.act, Act::OnBehalf { .. }) && apart(recorded)
    });
    let written: Vec<usize> =
        (0..acts.len()).filter(|place| matches!(acts[*place].act, Act::ReceivedAt { .. })).collect();
    let wanted: Vec<usize> = begun.map(|place| place + 1).into_iter().collect();
    // Within one minute nobody here knows which came first, the ground or the merger.
    let at_once = acts.iter().any(|recorded| world.ledger.merged == Some(recorded.at));
    let named =
        |place: &usize| matches!(acts[*place].act, Act::ReceivedAt { commune, .. } if commune == NEIGHBOUR);
    let right = (at_once || written == wanted) && written.iter().all(named);
    (!right).then(|| format!("received by its acts {written:?}, and {wanted:?} is right"))
}
