//! The rush: `rush --bin target/release/bankhai [--frames 4000] [--stays 3] [--flight 64]`; with `--queue 10000`, a desk
//! that comes to so many open dossiers instead.
//!
//! Starts an office with the invented commune on a port of this machine, signs one device in, starts the office again
//! (a password's hash takes 19 MiB, which are not part of this), makes every frame beforehand, then posts them with so
//! many in flight. Each stay is one Automerge change and one submission, verified, judged, committed to SQLite with
//! `synchronous = FULL` and receipted before the answer. Prints what was measured; it asserts nothing.
#![expect(clippy::print_stdout, reason = "a bench says what it measured")]

mod filings;
mod office;
mod queue;
mod stays;
mod stored;

use std::collections::VecDeque;
use std::sync::Mutex;
use std::time::{Duration, Instant};

use ed25519_dalek::SigningKey;
use sync::frame::CONTENT_TYPE;
use sync::frame::down::Down;

struct Options {
    bin: String,
    frames: usize,
    stays: usize,
    flight: usize,
    queue: usize,
}

fn options() -> Options {
    let mut options =
        Options { bin: "target/release/bankhai".into(), frames: 4_000, stays: 3, flight: 64, queue: 0 };
    let mut words = std::env::args().skip(1);
    while let (Some(name), Some(value)) = (words.next(), words.next()) {
        let number = || value.parse().unwrap_or(1);
        match name.as_str() {
            "--bin" => options.bin = value,
            "--frames" => options.frames = number(),
            "--stays" => options.stays = number(),
            "--flight" => options.flight = number(),
            "--queue" => options.queue = number(),
            _ => {}
        }
    }
    options
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let options = options();
    let mut office = office::Office::start(&options.bin)?;
    let key = SigningKey::from_bytes(&[42; 32]);
    let membership = office.sign_in("hoadialan", &key)?;
    if options.queue > 0 {
        return queued(&options, office, &membership, &key);
    }
    office.restart()?;
    let (frames, bytes) = stays::frames(&membership, &key, options.frames, options.stays);
    let idle = office.memory()?;
    let before = stored::read(&office.database()?)?;
    let sent = options.frames * options.stays;
    let (mut tally, mut wall, mut cpu) = (Tally::default(), Duration::ZERO, 0.0);
    let mut memory = Vec::new();
    for quarter in frames.chunks(frames.len().div_ceil(4).max(1)) {
        let began = (Instant::now(), office.cpu()?);
        tally.add(rush(quarter, &office.url("/sync"), options.flight)?);
        wall += began.0.elapsed();
        cpu += office.cpu()? - began.1;
        memory.push(office.memory()? as f64 / 1e6);
    }
    tally.times.sort_unstable();
    let at = |share: f64| {
        tally.times.get((tally.times.len() as f64 * share) as usize).copied().unwrap_or_default()
    };
    println!("stays accepted             {} of {sent}, receipts {}", tally.accepted, tally.receipts);
    println!("asked to come back (503)   {}", tally.busy);
    println!("request body per stay      {:.0} B", bytes as f64 / sent as f64);
    let stays = tally.accepted.max(1) as f64;
    println!(
        "wall                       {:.2} s, {:.0} stays/s",
        wall.as_secs_f64(),
        stays / wall.as_secs_f64()
    );
    println!("office CPU                 {cpu:.2} s, {:.0} stays per core-second", stays / cpu);
    println!("answer p50, p99            {} ms, {} ms", at(0.5).as_millis(), at(0.99).as_millis());
    println!("memory (RSS), idle         {:.1} MB", idle as f64 / 1e6);
    println!("after each quarter         {memory:.1?} MB");
    let stored = stored::read(&office.database()?)?.since(before);
    let each = |bytes: i64| bytes as f64 / stays;
    println!("stored per stay            {:.0} B, of these", each(stored.whole));
    println!("  history, compressed      {:.0} B (changes and acts)", each(stored.history));
    println!("  number and receipt       {:.0} B", each(stored.proof));
    println!("  nonces and tags          {:.0} B", each(stored.seals));
    println!("  the dossier's key        {:.0} B", each(stored.keys));
    println!("  columns and pages        {:.0} B", each(stored.columns));
    println!("  indexes                  {:.0} B", each(stored.indexes));
    Ok(())
}

/// Fills an office with open dossiers, and lets an officer's desk come to them.
fn queued(
    options: &Options,
    mut office: office::Office,
    landlord: &sync::door::Membership,
    key: &SigningKey,
) -> Result<(), Box<dyn std::error::Error>> {
    let officers_key = SigningKey::from_bytes(&[43; 32]);
    let officer = office.sign_in("congan", &officers_key)?;
    office.restart()?;
    const EACH: usize = 8;
    let frames = filings::frames(landlord, key, options.queue.div_ceil(EACH), EACH);
    let tally = rush(&frames, &office.url("/sync"), options.flight)?;
    println!("open dossiers  {} of {}", tally.accepted, frames.len() * EACH);
    queue::Desk::of(&office, &officer, &officers_key)?.come()
}

/// Posts these frames with so many in flight.
fn rush(frames: &[Vec<u8>], address: &str, flight: usize) -> Result<Tally, Box<dyn std::error::Error>> {
    let queue = Mutex::new(frames.iter().map(Vec::as_slice).collect::<VecDeque<_>>());
    std::thread::scope(|scope| {
        let workers: Vec<_> = (0..flight).map(|_| scope.spawn(|| post(&queue, address))).collect();
        let mut tally = Tally::default();
        for worker in workers {
            tally.add(worker.join().map_err(|_| "a worker ended badly")?);
        }
        Ok(tally)
    })
}

#[derive(Default)]
struct Tally {
    accepted: usize,
    receipts: usize,
    busy: usize,
    times: Vec<Duration>,
}

impl Tally {
    fn add(&mut self, other: Tally) {
        self.accepted += other.accepted;
        self.receipts += other.receipts;
        self.busy += other.busy;
        self.times.extend(other.times);
    }
}

fn post(queue: &Mutex<VecDeque<&[u8]>>, address: &str) -> Tally {
    let agent = ureq::Agent::config_builder().http_status_as_error(false).build().new_agent();
    let mut tally = Tally::default();
    loop {
        let Some(frame) = queue.lock().ok().and_then(|mut queue| queue.pop_front()) else { return tally };
        let began = Instant::now();
        let Ok(mut response) = agent.post(address).content_type(CONTENT_TYPE).send(frame) else {
            continue;
        };
        let bytes = response.body_mut().read_to_vec().unwrap_or_default();
        if response.status() == 503 {
            tally.busy += 1;
            std::thread::sleep(Duration::from_millis(20));
            if let Ok(mut queue) = queue.lock() {
                queue.push_back(frame);
            }
            continue;
        }
        tally.times.push(began.elapsed());
        if let Ok(down) = Down::decode(&bytes) {
            // A compact frame's answer speaks only of what was not accepted.
            tally.accepted += down.taken.map_or(0, |taken| taken.len());
            tally.receipts += down.issued.map_or(0, |issued| issued.leaves.len());
        }
    }
}
