//! One schedule: a hundred and some steps of people and bad luck, then the heal.

use crate::fault::Fault;
use crate::ledger::Violation;
use crate::person;
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

/// Runs the schedule of a seed.
pub fn run(seed: u64, sabotage: Option<Sabotage>, keep_trace: bool) -> Outcome {
    let mut world = World::new(seed, sabotage, keep_trace);
    let steps = 100 + world.prng.below(51) as u32;
    for step in 1..=steps {
        world.trace.step = step;
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
    let at = world.prng.below(world.phones.len());
    match world.prng.below(100) {
        0..78 => person::acts(world, at),
        78..86 => world.tell(at, sync::device::Input::Nudge),
        86..89 => {
            if world.office.backups.len() < 4 {
                world.office.backups.push(world.office.tables.clone());
            }
        }
        89..92 => {
            if world.strikes(Fault::Restore, 2_000) {
                restore(world);
            }
        }
        92..95 => {
            if world.phones.len() < 6 && world.strikes(Fault::Clone, 1_000) {
                let copy = world.phones[at].copied(world.phones[at].offset);
                world.phones.push(copy);
            }
        }
        95..98 => {
            if world.strikes(Fault::Clock, 2_000) {
                world.set_clock(at);
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

fn restore(world: &mut World) {
    let place = world.prng.below(world.office.backups.len());
    let backup = world.office.backups[place].clone();
    // What was backed up later than this one is of a future that did not happen.
    world.office.backups.truncate(place + 1);
    let fresh = epoch(&mut world.prng);
    world.office.restore(backup, fresh);
    world.ledger.restored(&world.office);
}
