//! Clippy, as the compiler of what is tested.

use std::{env, ffi::OsString, path::PathBuf, process::Command};

use anyhow::ensure;

/// What clippy takes for an argument's end in [`Compiler::takes`]: the words of its own `cargo clippy`.
const END: &str = "__CLIPPY_HACKERY__";

/// Which compiler makes what cargo builds of the workspace.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Compiler {
    /// The ordinary one.
    Rustc,
    /// Clippy's own, which refuses what clippy warns of. Checking first and compiling then would go through every
    /// dependency twice: 470 of 2,800 seconds of the whole run for the tests alone, on two cores, 29/11/2026.
    Clippy,
}

impl Compiler {
    /// Clippy's, if what it made before was found sound: then it is there and nothing is compiled anew.
    pub fn proven(sound: bool) -> Compiler {
        if sound { Compiler::Clippy } else { Compiler::Rustc }
    }

    /// Lets this one make what `command` builds.
    ///
    /// # Errors
    /// Clippy is not installed beside cargo.
    pub fn takes(self, command: &mut Command) -> anyhow::Result<&mut Command> {
        if self == Compiler::Rustc {
            return Ok(command);
        }
        let beside = PathBuf::from(env::var_os("CARGO").unwrap_or_else(|| OsString::from("cargo")));
        let driver = beside.with_file_name("clippy-driver");
        ensure!(driver.is_file(), "clippy is not there: run `rustup component add clippy`");
        Ok(command.env("RUSTC_WORKSPACE_WRAPPER", driver).env("CLIPPY_ARGS", format!("-D{END}warnings{END}")))
    }
}
