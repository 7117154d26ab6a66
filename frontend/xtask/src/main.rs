//! `cargo xtask`: builds, shows and tests Bản Khai with nothing installed globally.
//!
//! * `build [--opt | --release]` makes `target/site`: the two browser artefacts, the shell, the service worker; and for
//!   a release the office that is installed beside it.
//! * `demo [ARGS]` builds and starts the office with a made-up commune.
//! * `test` sets up what the tests need and runs all of them, the browser ones included.
#![allow(clippy::print_stdout, reason = "a build task talks to the person who started it")]

mod artefact;
mod asset;
mod command;
mod css;
mod demo;
mod lint;
mod machine;
mod office;
mod setup;
mod shell;
mod site;
mod size;
mod suite;
mod tally;

use std::{
    path::{Path, PathBuf},
    process::ExitCode,
};

use anyhow::Context as _;

use crate::{artefact::Optimise, lint::Compiler};

const USAGE: &str = "\
cargo xtask build [--opt | --release]   make target/site; --opt runs wasm-opt (npm's binaryen in end2end/),
                                        --release makes target/ship/release/bankhai as well
cargo xtask demo [ARGS]                 build, then serve a made-up commune; ARGS go to `bankhai serve`
cargo xtask test                        set up what is missing, then run every test";

fn main() -> ExitCode {
    match run() {
        Ok(code) => code,
        Err(fault) => {
            eprintln!("xtask: {fault:#}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> anyhow::Result<ExitCode> {
    let root = root()?;
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["build"] => site::build(&root, Optimise::No, Compiler::Rustc)?.print(),
        ["build", kind @ ("--opt" | "--release")] => {
            setup::npm(&root)?;
            site::build(&root, Optimise::Yes, Compiler::Rustc)?.print();
            if *kind == "--release" {
                office::build(&root)?;
            }
        }
        ["demo", rest @ ..] => demo::run(&root, rest)?,
        ["test"] => return suite::run(&root),
        _ => {
            println!("{USAGE}");
            return Ok(ExitCode::FAILURE);
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// The project's own folder. Cargo tells where this package lies: two folders below it.
fn root() -> anyhow::Result<PathBuf> {
    let package = std::env::var("CARGO_MANIFEST_DIR").context("start this as `cargo xtask`")?;
    let root = Path::new(&package).ancestors().nth(2).context("xtask lies in frontend/xtask")?;
    Ok(root.to_path_buf())
}
