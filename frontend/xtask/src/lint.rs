//! Clippy, in the two ways of running it.

use std::{
    env,
    ffi::OsString,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::ensure;

use crate::command::cargo;

/// What clippy takes for an argument's end in [`while_compiling`]: the words of its own `cargo clippy`.
const END: &str = "__CLIPPY_HACKERY__";

/// Clippy alone: it checks and makes nothing that runs.
pub fn clippy(root: &Path, arguments: &[&str]) -> Command {
    let mut command = cargo(root, &["clippy", "--quiet"]);
    command.args(arguments).args(["--", "-D", "warnings"]);
    command
}

/// Lets clippy's own compiler make what `command` builds of the workspace. Checking first and compiling then would go
/// through every dependency twice: 470 of 2,800 seconds of the whole run, on two cores, 29/11/2026.
///
/// # Errors
/// Clippy is not installed beside cargo.
pub fn while_compiling(command: &mut Command) -> anyhow::Result<&mut Command> {
    let beside = PathBuf::from(env::var_os("CARGO").unwrap_or_else(|| OsString::from("cargo")));
    let driver = beside.with_file_name("clippy-driver");
    ensure!(driver.is_file(), "clippy is not there: run `rustup component add clippy`");
    Ok(command.env("RUSTC_WORKSPACE_WRAPPER", driver).env("CLIPPY_ARGS", format!("-D{END}warnings{END}")))
}
