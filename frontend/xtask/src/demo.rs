//! The office with a made-up commune, from nothing to an address to open.

use std::path::Path;

use crate::{artefact::Optimise, command, lint::Compiler, site};

/// Builds the browser's part and the office, then serves until it is stopped.
pub fn run(root: &Path, arguments: &[&str]) -> anyhow::Result<()> {
    println!(
        "1 of 3  the browser's part: the page and the worker (the first time about 5 minutes on 2 cores)"
    );
    site::build(root, Optimise::No, Compiler::Rustc)?;
    println!("2 of 3  the office: the server (the first time some 5 minutes more)");
    command::run(&mut command::cargo(root, &["build", "--release", "--package", "server"]))?;
    println!("3 of 3  starting the office with a made-up commune; Ctrl-C ends it");
    let mut serve = command::cargo(root, &["run", "--quiet", "--release", "--package", "server", "--"]);
    serve.args(["serve", "--demo"]);
    if !arguments.contains(&"--data") {
        serve.args(["--data", "data/demo"]);
    }
    command::run(serve.args(arguments))
}
