//! The office as it is installed: compiled for speed, and silent about where that was.

use std::{fs, path::Path};

use anyhow::Context as _;

use crate::{command, machine};

/// Where it is made: a target directory of its own, because its flags differ from those of every other release build.
const TARGET: &str = "target/ship";

/// Compiles `bankhai` and prints where it is.
pub fn build(root: &Path) -> anyhow::Result<()> {
    println!("compiling the office (some five minutes the first time)");
    let mut build = command::cargo(root, &["build", "--release", "--package", "server"]);
    command::run(build.args(["--target-dir", TARGET]).args(machine::left_out(root)?))?;
    let program = root.join(TARGET).join("release/bankhai");
    let bytes = fs::read(&program).with_context(|| format!("{} is missing", program.display()))?;
    machine::ensure_absent(root, "bankhai", &bytes)?;
    println!("{:>9} bytes  {TARGET}/release/bankhai", bytes.len());
    Ok(())
}
