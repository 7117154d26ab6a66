//! `cargo xtask test`: every test there is, in order, each step with a heading and its time.

use std::{
    fs,
    path::Path,
    process::{Command, ExitCode},
    time::Instant,
};

use crate::{
    artefact::Optimise,
    command::{self, cargo, program},
    lint::Compiler,
    setup, site, size,
    tally::Tally,
};

/// The steps taken so far. A step that fails does not stop the next: one run tells everything that is wrong.
#[derive(Default)]
struct Suite {
    tally: Tally,
    faults: Vec<String>,
    times: Vec<(String, u64, u64)>,
}

/// Runs everything, prints the sum as its last line, and fails when anything did.
pub fn run(root: &Path) -> anyhow::Result<ExitCode> {
    let mut suite = Suite::default();
    suite.step("set up what is missing", || {
        setup::wasm_target(root)?;
        setup::chromium(root)?;
        setup::npm(root)?;
        setup::schemathesis(root)
    });
    suite.step("format", || command::run(&mut cargo(root, &["fmt", "--all", "--check"])));
    let sound = suite.step("clippy, compiling the tests", || {
        command::run(Compiler::Clippy.takes(&mut cargo(root, &["test", "--no-run", "--quiet"]))?)
    });
    let mut tests = cargo(root, &["test", "--no-fail-fast"]);
    // What was compiled a moment ago is what runs.
    Compiler::proven(sound.is_some()).takes(&mut tests)?;
    suite.count("unit and server tests", &mut tests);
    let sound = suite.step("clippy, compiling for the browser", || site::compile(root, Compiler::Clippy));
    let built =
        suite.step("build the site", || site::build(root, Optimise::No, Compiler::proven(sound.is_some())));
    if let Some(site) = &built {
        suite.step("size gate", || size::check(site));
    }
    if has_simulator(root) {
        let mut simulator =
            cargo(root, &["run", "--quiet", "--profile", "sim", "--package", "sim", "--", "ci"]);
        suite.count("fault simulator", &mut simulator);
    }
    // The very program the server's tests have started: building it without their dependencies would build most of it anew.
    let office = root.join("target/debug/bankhai");
    if office.is_file() {
        let mut addresses = program(&root.join("end2end"), "node", &["openapi.mjs"]);
        suite.count("every address of the interface", addresses.env("BANKHAI_BIN", &office));
    }
    if office.is_file() && built.is_some() {
        let mut journeys = program(&root.join("end2end"), "node", &["run.mjs"]);
        suite.count("browser journeys", journeys.env("BANKHAI_BIN", &office));
    }
    Ok(suite.close())
}

/// When a step began, by the clock and by what this task's programs had used of the cores until then.
struct Start(Instant, u64);

impl Start {
    fn now() -> Start {
        Start(Instant::now(), used())
    }

    /// Seconds by the clock, and of cores by the programs that ended since.
    fn passed(&self) -> (u64, u64) {
        (self.0.elapsed().as_secs(), used().saturating_sub(self.1))
    }
}

/// Seconds of cores used by the programs this task started and saw end: fields 16 and 17 of `proc_pid_stat(5)`, in
/// hundredths. 0 where the system keeps no such file.
fn used() -> u64 {
    let stat = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let after_name = stat.rsplit_once(')').map(|(_, rest)| rest).unwrap_or_default();
    after_name.split_whitespace().skip(13).take(2).filter_map(|field| field.parse::<u64>().ok()).sum::<u64>()
        / 100
}

impl Suite {
    /// One step that holds or does not; a step that does not counts as one failure.
    fn step<T>(&mut self, heading: &str, work: impl FnOnce() -> anyhow::Result<T>) -> Option<T> {
        println!("\n== {heading}");
        let start = Start::now();
        let outcome = work();
        self.time(heading, start);
        match outcome {
            Ok(made) => Some(made),
            Err(fault) => {
                println!("{fault:#}");
                self.fail(format!("{heading}: {fault:#}"));
                None
            }
        }
    }

    /// One step whose tests are counted.
    fn count(&mut self, heading: &str, runner: &mut Command) {
        println!("\n== {heading}");
        let start = Start::now();
        let outcome = command::run_counting(runner);
        self.time(heading, start);
        match outcome {
            Ok(outcome) => {
                self.tally.add(outcome.tally);
                let silent = outcome.tally == Tally::default();
                if !outcome.success && outcome.tally.failed == 0 {
                    self.fail(format!("{heading}: ended without success"));
                } else if outcome.tally.failed > 0 {
                    self.faults.push(format!("{heading}: {} failed", outcome.tally.failed));
                } else if silent {
                    self.fail(format!("{heading}: no test ran"));
                }
            }
            Err(fault) => self.fail(format!("{heading}: {fault:#}")),
        }
    }

    fn fail(&mut self, fault: String) {
        self.tally.failed += 1;
        self.faults.push(fault);
    }

    fn time(&mut self, heading: &str, start: Start) {
        let (seconds, busy) = start.passed();
        println!("-- {heading}: {seconds} s, {busy} s of cores");
        self.times.push((heading.to_owned(), seconds, busy));
    }

    fn close(self) -> ExitCode {
        println!("\n== all steps");
        println!("{:>6} {:>6}", "s", "cores");
        for (heading, seconds, busy) in &self.times {
            println!("{seconds:>6} {busy:>6}  {heading}");
        }
        for fault in &self.faults {
            println!("FAIL {fault}");
        }
        println!("{}", self.tally);
        if self.faults.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
    }
}

fn has_simulator(root: &Path) -> bool {
    fs::read_to_string(root.join("end2end/sim/src/main.rs")).is_ok_and(|source| source.contains("\"ci\""))
}
