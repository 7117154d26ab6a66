//! The browser artefacts: compiled, bound to JavaScript, and made smaller where wasm-opt is there.

use std::{fs, path::Path};

use anyhow::{Context as _, ensure};
use wasm_bindgen_cli_support::Bindgen;

use crate::{asset::sha256, command, lint::Compiler, machine, setup};

/// The flags are exact: with Debian's wasm-opt, or with `--all-features`, the page builds and then dies at its start.
const WASM_OPT: [&str; 7] = [
    "-Oz",
    "--enable-bulk-memory",
    "--enable-nontrapping-float-to-int",
    "--enable-sign-ext",
    "--enable-mutable-globals",
    "--enable-reference-types",
    "--enable-multivalue",
];

/// Whether wasm-opt runs. It gains nothing on the wire, but a tenth of what a phone must compile.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Optimise {
    /// As the compiler made it.
    No,
    /// With npm's wasm-opt.
    Yes,
}

/// One browser artefact, ready to be named.
pub struct Artefact {
    /// The JavaScript that loads and binds the module.
    pub js: Vec<u8>,
    /// The module without its names.
    pub wasm: Vec<u8>,
    /// The module as the compiler left it, names included: what the size gate searches.
    pub compiled: Vec<u8>,
}

/// Compiles packages for the browser in one cargo run, so that their links run side by side.
///
/// Cargo unites the features of what it builds in one run: the packages must want the same ones, or a page would carry
/// the device's.
pub fn compile(root: &Path, packages: &[&str], compiler: Compiler) -> anyhow::Result<()> {
    println!(
        "compiling {} for the browser (minutes the first time, seconds after that)",
        packages.join(" and ")
    );
    let mut build = command::cargo(root, &["build", "--profile", "wasm"]);
    for package in packages {
        build.args(["--package", package]);
    }
    let target = ["--target", "wasm32-unknown-unknown", "--target-dir", "target/front"];
    command::run(compiler.takes(build.args(target).args(machine::left_out(root)?))?)
}

/// Binds a compiled `package` to JavaScript under the name `name`.
pub fn bound(root: &Path, package: &str, name: &str, optimise: Optimise) -> anyhow::Result<Artefact> {
    let path = root.join("target/front/wasm32-unknown-unknown/wasm").join(format!("{package}.wasm"));
    let compiled = fs::read(&path).with_context(|| {
        format!("{} is missing: is the library of `{package}` a cdylib of that name?", path.display())
    })?;

    // Both kinds are kept side by side: the demo takes one, the tests the other.
    let kind = match optimise {
        Optimise::No => "plain",
        Optimise::Yes => "small",
    };
    let folder = root.join("target/xtask").join(kind).join(name);
    let stamp = format!("{} {}", sha256(&compiled), WASM_OPT.join(" "));
    let stamp_path = folder.join("stamp");
    if fs::read_to_string(&stamp_path).is_ok_and(|before| before == stamp) {
        println!("{name}: not changed");
    } else {
        // The stamp goes first and comes back last, so that a run that was cut short is never taken for whole.
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder)?;
        bind(&path, name, &folder)?;
        if optimise == Optimise::Yes {
            shrink(root, &folder.join(format!("{name}_bg.wasm")))?;
        }
        fs::write(&stamp_path, stamp)?;
    }
    let js = fs::read(folder.join(format!("{name}.js")))?;
    let wasm = fs::read(folder.join(format!("{name}_bg.wasm")))?;
    machine::ensure_absent(root, name, &wasm)?;
    machine::ensure_absent(root, name, &js)?;
    Ok(Artefact { js, wasm, compiled })
}

fn bind(module: &Path, name: &str, folder: &Path) -> anyhow::Result<()> {
    println!("{name}: binding the module to JavaScript");
    Bindgen::new()
        .input_path(module)
        .out_name(name)
        .web(true)?
        .typescript(false)
        .remove_name_section(true)
        .remove_producers_section(true)
        .omit_default_module_path(true)
        .generate(folder)?;
    // A snippet would be one more file, asked for by a name without a hash: nothing here needs one.
    ensure!(
        !folder.join("snippets").exists(),
        "{name} brings JavaScript snippets of its own; move them into the crate"
    );
    Ok(())
}

fn shrink(root: &Path, module: &Path) -> anyhow::Result<()> {
    let tool = setup::wasm_opt(root);
    ensure!(tool.exists(), "wasm-opt is not there: run `npm ci --ignore-scripts` in end2end/");
    println!("making {} smaller (about a minute)", module.file_name().unwrap_or_default().display());
    let small = module.with_extension("small");
    command::run(
        command::program(root, "node", &[]).arg(tool).arg(module).args(WASM_OPT).arg("-o").arg(&small),
    )?;
    fs::rename(&small, module)?;
    Ok(())
}
