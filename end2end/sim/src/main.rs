//! Devices and an office in one thread, driven by a seed, with faults and sabotages.
//!
//! `sim ci [--seconds N]` · `sim seed N [--sabotage NAME] [--about MATTER] [--trace]` ·
//! `sim run --from A --count N [--about MATTER]`
//!
//! Cryptography, Automerge and both state machines are the product's own; only disk, air, clock and people are played.
//! `ci` first sees every sabotage caught and some schedules of every matter, then runs seeds on every core until its time is over, and a fixed number of
//! them however slow the machine. What must hold:
//!
//! - I1: nothing that said saved is lost, and what was shown as received is at the office.
//! - I2: all replicas come to say the same.
//! - I3: one live number per dossier, none given twice.
//! - I4: every exchange ends, and everything comes to rest.
//! - I5: acts have one order, and a status changes only by an act that names what it becomes.
//! - I6: no screen claims a receipt that does not verify there.
//! - I7: a good form is taken.
//! - I8: the earliest receipt a phone or the office was ever shown is the time that counts, whatever the office was
//!   restored to since.
//! - I9: a device that has not met its office for the time of its lease shows nothing of what is stored.
//! - I10: every act stands under the name of who did it; who files for others has recorded on what ground, and touches
//!   nothing that others began; a code of consent says yes once, for the house it was made for.
//! - I11: an officer decides on what was on the screen.
//! - I12: of a device that was copied both go on with all they have, and as soon as they take turns neither goes by the
//!   other's name.
//! - I13: the answer to a slip counts from the commune that was asked, or what that became part of; once, for the question
//!   that stands; and the desk that asked sees it.
//! - I14: a picture at the office is byte for byte what was taken; it follows its text and never holds it up; nothing of
//!   it is sent twice but what was under way each time the line broke off.
//! - I15: the clock of a dossier counts working days, and stands still while it lies elsewhere.
//! - I16: who was shown the slip of a dossier has all of it; nobody else who files for others hears of it.
//! - I17: a supplement answered twice is one answer, and a desk can go on with it.
//! - I18: what was paid through the gateway is one act, and nobody else says so; the desk has every sum as it is.
//! - I19: who holds a code says how the result comes as long as it has not come, and that stands.
//! - I20: which desk received a dossier for another commune is written once, and it decides nothing.

#![expect(clippy::print_stdout, reason = "a command line program speaks on standard output")]

use std::process::ExitCode;

use cast::Matter;
use sabotage::Sabotage;

mod answers;
mod by_code;
mod calls;
mod cast;
mod consent;
mod copies;
mod counter;
mod delivery;
mod disk;
mod fault;
mod fees;
mod filing;
mod following;
mod heal;
mod inspect;
mod ledger;
mod network;
mod office;
mod performing;
mod person;
mod phone;
mod pictures;
mod poison;
mod prng;
mod processor;
mod registry;
mod report;
mod sabotage;
mod schedule;
mod slips;
mod tables;
mod terms;
mod trace;
mod verdict;
mod world;
mod wrong;

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let fine = match words.as_slice() {
        ["ci"] => report::ci(60),
        ["ci", "--seconds", seconds] => number(seconds).map_or_else(usage, report::ci),
        ["run", "--from", from, "--count", count, rest @ ..] => {
            match (number(from), number(count), options(rest)) {
                (Some(from), Some(count), Some((None, about, false))) => report::run(from, count, about),
                _ => usage(),
            }
        }
        ["seed", seed, rest @ ..] => match (number(seed), options(rest)) {
            (Some(seed), Some((sabotage, about, trace))) => report::replay(seed, sabotage, about, trace),
            _ => usage(),
        },
        _ => usage(),
    };
    if fine { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn number(word: &str) -> Option<u64> {
    word.parse().ok()
}

fn options(words: &[&str]) -> Option<(Option<Sabotage>, Option<Matter>, bool)> {
    match words {
        [] => Some((None, None, false)),
        ["--trace", rest @ ..] => options(rest).map(|(sabotage, about, _)| (sabotage, about, true)),
        ["--about", name, rest @ ..] => {
            let about = Matter::named(name)?;
            options(rest).map(|(sabotage, _, trace)| (sabotage, Some(about), trace))
        }
        ["--sabotage", name, rest @ ..] => {
            let sabotage = Sabotage::named(name)?;
            options(rest).map(|(_, about, trace)| (Some(sabotage), about, trace))
        }
        _ => None,
    }
}

fn usage() -> bool {
    println!(
        "sim ci [--seconds N] | sim seed N [--sabotage NAME] [--about MATTER] [--trace] | \
         sim run --from A --count N [--about MATTER]"
    );
    let names: Vec<&str> = Sabotage::ALL.iter().map(|(_, name)| *name).collect();
    println!("sabotages: {}", names.join(" "));
    let names: Vec<&str> = Matter::ALL.iter().map(|(_, name)| *name).collect();
    println!("matters: {}", names.join(" "));
    false
}
