//! The rush: `rush --bin target/release/bankhai [--frames 1000] [--stays 3] [--flight 64]`.
//!
//! Starts an office with the invented commune on a port of this machine, signs one device in, makes every frame
//! beforehand, then posts them with so many in flight. Each stay is one Automerge change and one submission, judged,
//! committed and receipted before the answer. Prints what was measured; it asserts nothing.
#![expect(clippy::print_stdout, reason = "a bench says what it measured")]

mod office;
mod stays;

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use ed25519_dalek::SigningKey;
use sync::frame::CONTENT_TYPE;
use sync::frame::down::Down;

struct Options {
    bin: String,
    frames: usize,
    stays: usize,
    flight: usize,
}

fn options() -> Options {
    let mut options = Options { bin: "target/release/bankhai".into(), frames: 1_000, stays: 3, flight: 64 };
    let mut words = std::env::args().skip(1);
    while let (Some(name), Some(value)) = (words.next(), words.next()) {
        let number = || value.parse().unwrap_or(1);
        match name.as_str() {
            "--bin" => options.bin = value,
            "--frames" => options.frames = number(),
            "--stays" => options.stays = number(),
            "--flight" => options.flight = number(),
            _ => {}
        }
    }
    options
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let options = options();
    let office = office::Office::start(&options.bin)?;
    let key = SigningKey::from_bytes(&[42; 32]);
    let membership = office.sign_in("hoadialan", &key)?;
    let (frames, bytes) = stays::frames(&membership, &key, options.frames, options.stays);
    let (cpu_before, disk_before) = (office.cpu()?, office.disk()?);
    let queue = Arc::new(Mutex::new(frames.into_iter().collect::<VecDeque<_>>()));
    let began = Instant::now();
    let workers: Vec<_> = (0..options.flight)
        .map(|_| {
            let (queue, address) = (queue.clone(), office.url("/sync"));
            std::thread::spawn(move || post(&queue, &address))
        })
        .collect();
    let mut tally = Tally::default();
    for worker in workers {
        tally.add(worker.join().map_err(|_| "a worker ended badly")?);
    }
    let wall = began.elapsed();
    let cpu = office.cpu()? - cpu_before;
    tally.times.sort_unstable();
    let at = |share: f64| {
        tally.times.get((tally.times.len() as f64 * share) as usize).copied().unwrap_or_default()
    };
    let sent = options.frames * options.stays;
    println!("stays accepted             {} of {sent}, receipts {}", tally.accepted, tally.receipts);
    println!("asked to come back (503)   {}", tally.busy);
    println!("request body per stay      {:.0} B", bytes as f64 / sent as f64);
    println!(
        "wall                       {:.2} s, {:.0} stays/s",
        wall.as_secs_f64(),
        sent as f64 / wall.as_secs_f64()
    );
    println!(
        "office CPU                 {cpu:.2} s, {:.0} stays per core-second",
        tally.accepted as f64 / cpu
    );
    println!("answer p50, p99            {} ms, {} ms", at(0.5).as_millis(), at(0.99).as_millis());
    println!("office memory (RSS)        {:.1} MB", office.memory()? as f64 / 1e6);
    let stored = office.disk()?.saturating_sub(disk_before) as f64 / tally.accepted.max(1) as f64;
    println!("stored per stay            {stored:.0} B in the database and its log, indexes included");
    Ok(())
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

fn post(queue: &Mutex<VecDeque<Vec<u8>>>, address: &str) -> Tally {
    let agent = ureq::Agent::config_builder().http_status_as_error(false).build().new_agent();
    let mut tally = Tally::default();
    loop {
        let Some(frame) = queue.lock().ok().and_then(|mut queue| queue.pop_front()) else { return tally };
        let began = Instant::now();
        let Ok(mut response) = agent.post(address).content_type(CONTENT_TYPE).send(&frame[..]) else {
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
