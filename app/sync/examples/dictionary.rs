//! Writes the newest dictionary to standard output: `cargo run -q --example dictionary -p sync > dictionary-1.bin`.
//! A dictionary that has been shipped is never written again; the next one gets the next number.

use std::io::Write;

#[path = "../tests/compact/village.rs"]
mod village;

fn main() -> std::io::Result<()> {
    std::io::stdout().write_all(&village::dictionary())
}
