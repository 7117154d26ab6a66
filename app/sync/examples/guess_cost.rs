//! What one guess of a PIN or passphrase costs who has copied a locked profile, at the parameters of the product, and
//! what that comes to for secrets of different kinds. `cargo run --release --example guess_cost -p sync`.
#![expect(
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a measurement: it reads a clock and prints a figure"
)]

use std::time::Instant;

use sync::dice::Dice;
use sync::vault::{Cost, DataKey, PinSlot};

const GUESSES: u32 = 40;
const YEAR: f64 = 365.25 * 86_400.0;

/// A kind of secret, and how many there are of it.
const SECRETS: [(&str, f64); 4] = [
    ("PIN, six digits", 1e6),
    ("eight small letters at random", 208_827_064_576.0),
    ("four words of a list of 2,048 at random", 17_592_186_044_416.0),
    ("code of a team leader, 80 bits", 1_208_925_819_614_629_174_706_176.0),
];

fn main() {
    let mut dice = Dice::new([7; 32]);
    let key = DataKey::roll(&mut dice);
    let slot = PinSlot::wrap(&key, "246810", Cost::FLOOR, &mut dice);
    let began = Instant::now();
    for guess in 0..GUESSES {
        assert!(slot.open(&format!("{guess:06}")).is_err());
    }
    let each = began.elapsed().as_secs_f64() / f64::from(GUESSES);
    println!(
        "Argon2id, {} MiB, {} passes: {:.1} ms a guess on one core",
        Cost::FLOOR.memory / 1024,
        Cost::FLOOR.passes,
        each * 1e3
    );
    for (kind, count) in SECRETS {
        // Half of all must be tried on average.
        let seconds = count * each / 2.0;
        match seconds {
            short if short < 86_400.0 * 3.0 => println!("{kind}: {:.1} core-hours", short / 3_600.0),
            long => println!("{kind}: {:.0} core-years", long / YEAR),
        }
    }
}
