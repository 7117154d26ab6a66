//! What the command line says.

use std::panic::catch_unwind;
use std::time::{Duration, Instant};

use crate::fault::Fault;
use crate::ledger::Violation;
use crate::sabotage::Sabotage;
use crate::schedule::{Outcome, run as schedule};

/// Every sabotage must be caught within so many seeds.
const MOST_SEEDS: u64 = 1_000;
/// Every so many seeds one is run twice.
const TWICE: u64 = 50;

/// A schedule whose panic is a broken promise like any other.
fn outcome(seed: u64, sabotage: Option<Sabotage>, trace: bool) -> Outcome {
    catch_unwind(|| schedule(seed, sabotage, trace)).unwrap_or_else(|_| Outcome {
        broken: Some(Violation { invariant: "panic", step: 0, what: "see above".into() }),
        hash: 0,
        struck: [0; Fault::ALL.len()],
        lines: Vec::new(),
    })
}

fn tell(seed: u64, sabotage: Option<Sabotage>, broken: &Violation) {
    let Violation { invariant, step, what } = broken;
    let with = sabotage.map(|sabotage| format!(" --sabotage {}", sabotage.name())).unwrap_or_default();
    println!("FAIL seed={seed} step={step} invariant={invariant} {what}");
    println!("  replay: cargo run --release -p sim -- seed {seed}{with} --trace");
}

#[derive(Default)]
struct Tally {
    passed: u64,
    failed: u64,
    struck: [u64; Fault::ALL.len()],
}

impl Tally {
    fn add(&mut self, seed: u64, outcome: &Outcome) {
        for (sum, struck) in self.struck.iter_mut().zip(outcome.struck) {
            *sum += struck;
        }
        match &outcome.broken {
            None => self.passed += 1,
            Some(broken) => {
                self.failed += 1;
                if self.failed <= 10 {
                    tell(seed, None, broken);
                }
            }
        }
        if seed.is_multiple_of(TWICE) && schedule_differs(seed, outcome) {
            self.failed += 1;
            println!("FAIL seed={seed} step=0 invariant=replay the same seed ran another way");
        }
    }

    fn speak(&self, took: Duration) {
        let count = self.passed + self.failed;
        let speed = count as f64 / took.as_secs_f64().max(0.001);
        println!("{count} schedules in {:.1} s, {speed:.0} a second on one core", took.as_secs_f64());
        let faults: u64 = self.struck.iter().sum();
        println!("{faults} faults:");
        for fault in Fault::ALL {
            println!("  {:>8}  {}", self.struck[*fault as usize], fault.name());
        }
    }
}

fn schedule_differs(seed: u64, outcome: &Outcome) -> bool {
    schedule(seed, None, false).hash != outcome.hash
}

/// Seeds of one check of the tree: the same ones everywhere, so that a red run is red on any machine. Fresh seeds are
/// for `sim run --from`.
const CI_SEEDS: u64 = 250;

/// As many schedules as fit, then every sabotage.
pub fn ci(seconds: u64) -> bool {
    let began = Instant::now();
    let mut tally = Tally::default();
    let mut seed = 1;
    while seed <= CI_SEEDS && began.elapsed() < Duration::from_secs(seconds) {
        tally.add(seed, &outcome(seed, None, false));
        seed += 1;
    }
    tally.speak(began.elapsed());
    for (sabotage, name) in Sabotage::ALL {
        match caught(sabotage) {
            Some((seed, broken)) => {
                tally.passed += 1;
                println!("sabotage {name}: caught by seed {seed} ({}: {})", broken.invariant, broken.what);
            }
            None => {
                tally.failed += 1;
                println!("sabotage {name}: SURVIVED {MOST_SEEDS} seeds");
            }
        }
    }
    println!("{} passed, {} failed", tally.passed, tally.failed);
    tally.failed == 0
}

fn caught(sabotage: Sabotage) -> Option<(u64, Violation)> {
    (1..=MOST_SEEDS).find_map(|seed| Some((seed, outcome(seed, Some(sabotage), false).broken?)))
}

/// A range of seeds under the right rules.
pub fn run(from: u64, count: u64) -> bool {
    let began = Instant::now();
    let mut tally = Tally::default();
    for seed in from..from.saturating_add(count) {
        tally.add(seed, &outcome(seed, None, false));
    }
    tally.speak(began.elapsed());
    println!("{} passed, {} failed", tally.passed, tally.failed);
    tally.failed == 0
}

/// One seed again.
pub fn replay(seed: u64, sabotage: Option<Sabotage>, trace: bool) -> bool {
    let outcome = outcome(seed, sabotage, trace);
    for line in &outcome.lines {
        println!("{line}");
    }
    println!("trace {:016x}", outcome.hash);
    match &outcome.broken {
        Some(broken) => tell(seed, sabotage, broken),
        None => println!("seed {seed}: nothing is broken"),
    }
    outcome.broken.is_none()
}
