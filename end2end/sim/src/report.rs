//! What the command line says.

use std::num::NonZero;
use std::panic::catch_unwind;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use crate::cast::Matter;
use crate::fault::Fault;
use crate::ledger::Violation;
use crate::processor;
use crate::sabotage::Sabotage;
use crate::schedule::{Outcome, run as schedule};

/// Every sabotage must be caught within so many seeds.
const MOST_SEEDS: u64 = 1_000;
/// Every so many seeds one is run twice.
const TWICE: u64 = 50;

/// A schedule whose panic is a broken promise like any other.
fn outcome(seed: u64, sabotage: Option<Sabotage>, about: Option<Matter>, trace: bool) -> Outcome {
    catch_unwind(|| schedule(seed, sabotage, about, trace)).unwrap_or_else(|_| Outcome {
        broken: Some(Violation { invariant: "panic", step: 0, what: "see above".into() }),
        hash: 0,
        struck: [0; Fault::ALL.len()],
        lines: Vec::new(),
    })
}

fn tell(seed: u64, sabotage: Option<Sabotage>, about: Option<Matter>, broken: &Violation) {
    let Violation { invariant, step, what } = broken;
    let with = sabotage.map(|sabotage| format!(" --sabotage {}", sabotage.name())).unwrap_or_default();
    let name = Matter::ALL.iter().find(|(matter, _)| Some(*matter) == about).map(|(_, name)| *name);
    let of = name.map(|name| format!(" --about {name}")).unwrap_or_default();
    println!("FAIL seed={seed} step={step} invariant={invariant} {what}");
    println!("  replay: cargo run --release -p sim -- seed {seed}{with}{of} --trace");
}

#[derive(Default)]
struct Tally {
    passed: u64,
    failed: u64,
    struck: [u64; Fault::ALL.len()],
    /// Processor time of the schedules, all cores together.
    spent: Duration,
}

impl Tally {
    fn add(&mut self, seed: u64, about: Option<Matter>, outcome: &Outcome) {
        for (sum, struck) in self.struck.iter_mut().zip(outcome.struck) {
            *sum += struck;
        }
        match &outcome.broken {
            None => self.passed += 1,
            Some(broken) => {
                self.failed += 1;
                if self.failed <= 10 {
                    tell(seed, None, about, broken);
                }
            }
        }
        if seed.is_multiple_of(TWICE) && schedule_differs(seed, about, outcome) {
            self.failed += 1;
            println!("FAIL seed={seed} step=0 invariant=replay the same seed ran another way");
        }
    }

    fn join(&mut self, other: &Tally) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.spent += other.spent;
        for (sum, struck) in self.struck.iter_mut().zip(other.struck) {
            *sum += struck;
        }
    }

    fn speak(&self, took: Duration) {
        let count = self.passed + self.failed;
        let speed = count as f64 / self.spent.as_secs_f64().max(0.001);
        println!(
            "{count} schedules in {:.1} s, {:.1} s of processor: {speed:.0} a second on one core",
            took.as_secs_f64(),
            self.spent.as_secs_f64()
        );
        let faults: u64 = self.struck.iter().sum();
        println!("{faults} faults:");
        for fault in Fault::ALL {
            println!("  {:>8}  {}", self.struck[*fault as usize], fault.name());
        }
    }
}

fn schedule_differs(seed: u64, about: Option<Matter>, outcome: &Outcome) -> bool {
    schedule(seed, None, about, false).hash != outcome.hash
}

/// Runs this on every core at once.
fn on_every_core<T: Send>(work: impl Fn() -> T + Sync) -> Vec<T> {
    let cores = std::thread::available_parallelism().map_or(1, NonZero::get);
    std::thread::scope(|scope| {
        let workers: Vec<_> = (0..cores).map(|_| scope.spawn(&work)).collect();
        workers.into_iter().map(|worker| worker.join().expect("a schedule's panic is caught")).collect()
    })
}

/// Seeds from the first on, on every core, as long as `more` says so.
fn seeds(from: u64, about: Option<Matter>, more: impl Fn(u64) -> bool + Sync) -> Tally {
    let next = AtomicU64::new(from);
    let began = Instant::now();
    let tallies = on_every_core(|| {
        let mut tally = Tally::default();
        let before = processor::used();
        loop {
            let seed = next.fetch_add(1, Ordering::Relaxed);
            if !more(seed) {
                break;
            }
            tally.add(seed, about, &outcome(seed, None, about, false));
        }
        // Where the system does not count it, the time on the wall is the best there is.
        let used = processor::used().zip(before).map(|(after, before)| after.saturating_sub(before));
        tally.spent = used.unwrap_or_else(|| began.elapsed());
        tally
    });
    let mut sum = Tally::default();
    tallies.iter().for_each(|tally| sum.join(tally));
    if about.is_none() {
        sum.speak(began.elapsed());
    }
    sum
}

/// Seeds every check of the tree runs, however slow the machine: the same ones everywhere.
const LEAST_SEEDS: u64 = 2_000;

/// And so many of each matter that most schedules are not about.
const OF_EACH: u64 = 100;

/// Every sabotage, some of every matter, then as many seeds as fit into the time, and never fewer than [`LEAST_SEEDS`].
pub fn ci(seconds: u64) -> bool {
    let began = Instant::now();
    let next = AtomicUsize::new(0);
    let mut caught: Vec<(usize, Option<(u64, Violation)>)> = on_every_core(|| {
        let mut caught = Vec::new();
        loop {
            let place = next.fetch_add(1, Ordering::Relaxed);
            let Some((sabotage, _)) = Sabotage::ALL.get(place) else { return caught };
            caught.push((place, first_caught(*sabotage)));
        }
    })
    .into_iter()
    .flatten()
    .collect();
    caught.sort_by_key(|(place, _)| *place);
    let (mut passed, mut failed) = (0, 0);
    for ((_, name), (_, caught)) in Sabotage::ALL.iter().zip(caught) {
        match caught {
            Some((seed, broken)) => {
                passed += 1;
                println!("sabotage {name}: caught by seed {seed} ({}: {})", broken.invariant, broken.what);
            }
            None => {
                failed += 1;
                println!("sabotage {name}: SURVIVED {MOST_SEEDS} seeds");
            }
        }
    }
    println!("sabotages took {:.1} s", began.elapsed().as_secs_f64());
    for (matter, name) in &Matter::ALL[1..] {
        let tally = seeds(1, Some(*matter), |seed| seed <= OF_EACH);
        println!("about {name}: {} passed, {} failed", tally.passed, tally.failed);
        (passed, failed) = (passed + tally.passed, failed + tally.failed);
    }
    let tally = seeds(1, None, |seed| seed <= LEAST_SEEDS || began.elapsed() < Duration::from_secs(seconds));
    let (passed, failed) = (passed + tally.passed, failed + tally.failed);
    println!("{passed} passed, {failed} failed");
    failed == 0
}

fn first_caught(sabotage: Sabotage) -> Option<(u64, Violation)> {
    (1..=MOST_SEEDS).find_map(|seed| Some((seed, outcome(seed, Some(sabotage), None, false).broken?)))
}

/// A range of seeds under the right rules.
pub fn run(from: u64, count: u64, about: Option<Matter>) -> bool {
    let end = from.saturating_add(count);
    let tally = seeds(from, about, |seed| seed < end);
    println!("{} passed, {} failed", tally.passed, tally.failed);
    tally.failed == 0
}

/// One seed again.
pub fn replay(seed: u64, sabotage: Option<Sabotage>, about: Option<Matter>, trace: bool) -> bool {
    let outcome = outcome(seed, sabotage, about, trace);
    for line in &outcome.lines {
        println!("{line}");
    }
    println!("trace {:016x}", outcome.hash);
    match &outcome.broken {
        Some(broken) => tell(seed, sabotage, about, broken),
        None => println!("seed {seed}: nothing is broken"),
    }
    outcome.broken.is_none()
}
