//! One schedule: some steps of people and bad luck, then the heal. Most schedules are small, because what breaks with
//! two phones and ten steps is found a hundred times sooner there; some are middling, where a phone is cloned, an old
//! backup is put back or an officer decides on what somebody is changing, and a few are large, for what needs a long
//! story.

use dossier::access::Role;

use crate::by_code;
use crate::cast::Matter;
use crate::fault::Fault;
use crate::fees;
use crate::inspect;
use crate::ledger::Violation;
use crate::person;
use crate::prng::Prng;
use crate::sabotage::Sabotage;
use crate::world::{World, epoch};

/// What became of one schedule.
pub struct Outcome {
    /// The first broken promise.
    pub broken: Option<Violation>,
    /// The hash of the trace.
    pub hash: u64,
    /// Strikes by kind.
    pub struck: [u64; Fault::ALL.len()],
    /// The lines, if they were asked for.
    pub lines: Vec<String>,
}

/// How much happens in a schedule.
pub struct Size {
    /// Steps before the heal.
    pub steps: u32,
    /// Phones at the beginning.
    pub phones: usize,
    /// The step at which a phone is cloned whatever the luck: two copies that go on with the same notices are rare in
    /// short schedules, and nothing else shows what an actor is fresh for.
    pub twin_at: Option<u32>,
    /// The step at which a phone is backed up, and the one from which on the backup may be put back.
    pub backup: Option<(u32, u32)>,
    /// What people are busy with.
    pub matter: Matter,
    /// Whether communes that are two on the first day become one.
    pub merges: bool,
}

impl Size {
    /// A schedule under a sabotage of something few are busy with is one of those few.
    fn draw(prng: &mut Prng, about: Option<Matter>) -> Size {
        let mut within = |least: usize, most: usize| least + prng.below(most - least + 1);
        let kind = match about {
            Some(Matter::Slips) => within(76, 85),
            Some(Matter::Papers) => within(86, 95),
            Some(Matter::Followed) => within(96, 102),
            Some(Matter::Filings) => within(51, 75),
            Some(Matter::Fees) => within(103, 107),
            Some(Matter::Elsewhere) => within(108, 112),
            Some(Matter::Stays) | None => within(1, 1_000),
        };
        let (steps, phones) = match kind {
            1 => (within(100, 150), within(2, 5)),
            2..=13 => (within(30, 60), within(2, 4)),
            14..=50 => (within(14, 24), within(1, 2)),
            // Two phones of one house, so that both answer what was asked.
            51..=75 => (within(12, 20), within(2, 3)),
            103..=107 => (within(12, 20), 2),
            76..=102 | 108..=112 => (within(12, 20), 3),
            _ => (within(3, 9), within(1, 3)),
        };
        let steps = steps as u32;
        let twin_at = (14..=38).contains(&kind).then_some(steps / 3);
        let backup = (39..=50).contains(&kind).then_some((steps / 3, steps / 2));
        let matter = match kind {
            51..=75 => Matter::Filings,
            76..=85 => Matter::Slips,
            86..=95 => Matter::Papers,
            96..=102 => Matter::Followed,
            103..=107 => Matter::Fees,
            108..=112 => Matter::Elsewhere,
            _ => Matter::Stays,
        };
        Size {
            steps,
            phones,
            twin_at,
            backup,
            matter,
            merges: !matches!(matter, Matter::Slips | Matter::Elsewhere) || kind % 2 == 0,
        }
    }
}

/// Runs the schedule of a seed, about anything or about one matter.
pub fn run(seed: u64, sabotage: Option<Sabotage>, about: Option<Matter>, keep_trace: bool) -> Outcome {
    let mut prng = Prng::new(seed);
    let size = Size::draw(&mut prng, sabotage.and_then(Sabotage::about).or(about));
    let mut world = World::new(prng, &size, sabotage, keep_trace);
    // Before a merger there must be something to merge.
    let steps = if world.office.registry.merged { size.steps } else { size.steps.max(12) };
    for step in 1..=steps {
        world.trace.step = step;
        if size.twin_at == Some(step) {
            world.luck.count(Fault::Clone);
            world.copy(0);
        }
        if let Some((made, back)) = size.backup {
            world.back_up(0, step == made, step >= back);
        }
        if size.merges && step * 3 >= steps * 2 && !world.office.registry.merged {
            world.luck.count(Fault::Merger);
            world.office.merge();
            world.ledger.merged = Some(world.now);
        }
        one_step(&mut world);
        if world.ledger.broken.is_some() {
            break;
        }
    }
    if world.ledger.broken.is_none() {
        world.heal();
    }
    let lines = world.trace.lines().to_vec();
    let broken = world.ledger.broken;
    Outcome { broken, hash: world.trace.hash, struck: world.luck.struck, lines }
}

fn one_step(world: &mut World) {
    world.now = world.now.plus_minutes(world.prng.below(30) as i64);
    if world.matter.is_filing() {
        days_pass(world);
    }
    let at = world.prng.below(world.phones.len());
    match world.prng.below(100) {
        0..78 => person::acts(world, at),
        78..86 => world.tell(at, sync::device::Input::Nudge),
        86..89 => {
            if world.office.backups.len() < 4 {
                world.office.backups.push((world.now, world.office.tables.clone()));
            }
        }
        89..92 => {
            // What a restored office has lost of a device that was wiped or put back, nobody can bring again.
            let whole =
                world.office.registry.revoked.is_empty() && !world.put_back && world.ledger.shown.is_empty();
            if whole && world.strikes(Fault::Restore, 2_000) {
                restore(world);
            }
        }
        92..95 => {
            if world.phones.len() < 6 && world.strikes(Fault::Clone, 1_000) {
                world.copy(at);
            }
        }
        95..97 => {
            // What a helper may still do under a ground is told by the clock.
            let helps = world.phones[at].people.iter().any(|(person, _)| person.files_on_a_ground());
            if !helps && world.strikes(Fault::Clock, 2_000) {
                world.set_clock(at);
            }
        }
        97 => {
            if world.strikes(Fault::Away, 2_000) {
                away(world, at);
            }
        }
        98 => {
            if world.ledger.restores == 0 && world.strikes(Fault::Revoke, 4_000) {
                revoke(world, at);
            }
        }
        _ => world.tell(at, sync::device::Input::ListenEnded),
    }
    for _ in 0..world.prng.below(14) {
        if world.ledger.broken.is_some() || !world.happen(false) {
            break;
        }
    }
}

/// A dossier lies for days; somebody comes with its code, or pays.
fn days_pass(world: &mut World) {
    if world.prng.chance(150) {
        world.now = world.now.plus_minutes(60 * 24 * (1 + world.prng.below(3) as i64));
    }
    if matches!(world.matter, Matter::Filings | Matter::Papers | Matter::Fees) && world.prng.chance(150) {
        by_code::comes(world);
    }
    if world.matter == Matter::Fees && world.prng.chance(400) {
        fees::passes(world);
    }
}

/// Weeks in the mountains: no word comes through, the phone is switched on now and then.
fn away(world: &mut World, at: usize) {
    world.now = world.now.plus_minutes(60 * 24 * (5 + world.prng.below(40) as i64));
    if world.phones[at].open().is_none() {
        person::unlock(world, at);
        while world.perform_one(at) {}
    }
    inspect::screen(world, at);
}

fn revoke(world: &mut World, at: usize) {
    let seat = usize::from(world.phones[at].seat().0);
    let (person, handle) = world.phones[at].people[seat];
    if person.role() != Role::Officer {
        world.office.registry.revoked.insert(handle);
    }
}

fn restore(world: &mut World) {
    let place = world.prng.below(world.office.backups.len());
    let (since, backup) = world.office.backups[place].clone();
    // A helper's tablet lets go of what is over after this time: nobody restores anything older.
    let helps = world.phones.iter().flat_map(|phone| &phone.people).any(|(one, _)| one.role().is_team());
    if helps && world.now.0 - since.0 > sync::stub::RETENTION {
        return;
    }
    // What was backed up later than this one is of a future that did not happen.
    world.office.backups.truncate(place + 1);
    let fresh = epoch(&mut world.prng);
    world.office.restore(backup, fresh);
    world.ledger.restored(&world.office);
}
