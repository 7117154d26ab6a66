//! What a fresh machine lacks, fetched from the ordinary places: rustup's target, npm's packages, Debian's browser.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context as _, bail};

use crate::{
    asset::sha256,
    command::{on_path, program, run},
};

/// Where Debian's browser lies.
const CHROMIUM: &str = "/usr/bin/chromium";

/// Debian's libfaketime, by its command: an office of the tests lives on another day with it.
const FAKETIME: &str = "/usr/bin/faketime";

/// npm's wasm-opt; there only after `npm`.
pub fn wasm_opt(root: &Path) -> PathBuf {
    root.join("end2end/node_modules/.bin/wasm-opt")
}

/// The compiler's browser target.
pub fn wasm_target(root: &Path) -> anyhow::Result<()> {
    let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let found = Command::new(rustc)
        .args(["--print", "target-libdir", "--target", "wasm32-unknown-unknown"])
        .current_dir(root)
        .output()
        .context("could not start rustc")?;
    if Path::new(String::from_utf8_lossy(&found.stdout).trim()).is_dir() {
        return Ok(());
    }
    if !on_path("rustup") {
        bail!("the target wasm32-unknown-unknown is not installed, and rustup is not there to add it");
    }
    println!("adding the compiler's browser target: rustup target add wasm32-unknown-unknown");
    run(&mut program(root, "rustup", &["target", "add", "wasm32-unknown-unknown"]))
}

/// The packages of the browser tests, as the lock file names them.
pub fn npm(root: &Path) -> anyhow::Result<()> {
    let folder = root.join("end2end");
    let lock = sha256(&fs::read(folder.join("package-lock.json"))?);
    let stamp = folder.join("node_modules/.xtask-lock");
    if fs::read_to_string(&stamp).is_ok_and(|before| before == lock) {
        return Ok(());
    }
    if !on_path("npm") {
        bail!("npm is not there: install Node.js 20 or newer (Debian: apt-get install nodejs npm)");
    }
    println!("installing the browser tests' packages: npm ci --ignore-scripts (in end2end/)");
    run(&mut program(&folder, "npm", &["ci", "--ignore-scripts"]))?;
    Ok(fs::write(stamp, lock)?)
}

/// What tries every address of the office's interface, in a Python of its own under `target/`.
pub fn schemathesis(root: &Path) -> anyhow::Result<()> {
    let list = root.join("end2end/schemathesis.txt");
    let wanted = sha256(&fs::read(&list)?);
    let folder = root.join("target/schemathesis");
    let stamp = folder.join(".xtask-list");
    if fs::read_to_string(&stamp).is_ok_and(|before| before == wanted) {
        return Ok(());
    }
    if !on_path("python3") {
        bail!("python3 is not there: install Python 3.11 or newer (Debian: apt-get install python3-venv)");
    }
    println!(
        "installing what tries every address: python3 -m venv, pip install --require-hashes -r end2end/schemathesis.txt"
    );
    let (at, list) = (folder.to_string_lossy().into_owned(), list.to_string_lossy().into_owned());
    run(&mut program(root, "python3", &["-m", "venv", &at]))?;
    let pip = folder.join("bin/pip").to_string_lossy().into_owned();
    run(&mut program(root, &pip, &["install", "--quiet", "--require-hashes", "-r", &list]))?;
    Ok(fs::write(stamp, wanted)?)
}

/// The browser of the tests, with letters for Vietnamese, and what moves an office's clock.
pub fn chromium(root: &Path) -> anyhow::Result<()> {
    if Path::new(CHROMIUM).exists() && Path::new(FAKETIME).exists() {
        return Ok(());
    }
    let root_user = Command::new("id").arg("-u").output().is_ok_and(|id| id.stdout.starts_with(b"0\n"));
    if !root_user || !on_path("apt-get") {
        bail!(
            "{CHROMIUM} or {FAKETIME} is not there. As root: apt-get install chromium fonts-noto-core faketime"
        );
    }
    println!(
        "installing the browser of the tests: apt-get install chromium fonts-noto-core faketime (some minutes)"
    );
    run(&mut program(root, "apt-get", &["update", "--quiet"]))?;
    let packages =
        ["install", "--yes", "--quiet", "--no-install-recommends", "chromium", "fonts-noto-core", "faketime"];
    run(program(root, "apt-get", &packages).env("DEBIAN_FRONTEND", "noninteractive"))
}
