//! Where a build was made is nobody's business: the compiler leaves the folders of this machine out of what it makes,
//! and what is handed out is searched for them.

use std::{
    env,
    ffi::OsString,
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context as _, ensure};
use serde_json::json;

/// The folders that tell one machine from another, each with the word that stands for it. The later, the more exact.
struct Folders(Vec<(PathBuf, &'static str)>);

impl Folders {
    fn of_this_machine(root: &Path) -> anyhow::Result<Folders> {
        let home = env::var_os("HOME").map(PathBuf::from);
        let cargo =
            env::var_os("CARGO_HOME").map(PathBuf::from).or_else(|| Some(home.as_ref()?.join(".cargo")));
        let mut folders = vec![(root.to_path_buf(), "bankhai"), (sysroot(root)?, "rust")];
        if let Some(cargo) = &cargo {
            folders.push((cargo.clone(), "cargo"));
            let sources = fs::read_dir(cargo.join("registry/src")).into_iter().flatten().flatten();
            folders.extend(sources.map(|source| (source.path(), "cargo")));
        }
        folders.extend(home.map(|home| (home, "home")));
        // "/" and "/srv" stand in words that have nothing to do with a machine.
        folders.retain(|(folder, _)| folder.components().count() > 2 || folder == Path::new("/root"));
        folders.sort_by_key(|(folder, _)| folder.components().count());
        Ok(Folders(folders))
    }
}

fn sysroot(root: &Path) -> anyhow::Result<PathBuf> {
    let rustc = env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let printed = Command::new(rustc).args(["--print", "sysroot"]).current_dir(root).output();
    let printed = printed.context("could not start rustc")?;
    Ok(PathBuf::from(String::from_utf8_lossy(&printed.stdout).trim()))
}

/// What cargo is told so that the compiler leaves the folders out. It adds to the flags of `.cargo/config.toml`. Who
/// compiles with it and without it in one target directory compiles everything anew each time.
pub fn left_out(root: &Path) -> anyhow::Result<[OsString; 2]> {
    let Folders(folders) = Folders::of_this_machine(root)?;
    let flags: Vec<String> = folders
        .iter()
        .map(|(folder, word)| format!("--remap-path-prefix={}={word}", folder.display()))
        .collect();
    Ok(["--config".into(), format!("build.rustflags={}", json!(flags)).into()])
}

/// Fails when the bytes name a folder of this machine.
pub fn ensure_absent(root: &Path, name: &str, bytes: &[u8]) -> anyhow::Result<()> {
    let Folders(folders) = Folders::of_this_machine(root)?;
    for (folder, _) in &folders {
        ensure!(
            !names(bytes, folder),
            "{name} tells where it was made: it names {} of this machine",
            folder.display()
        );
    }
    Ok(())
}

fn names(bytes: &[u8], folder: &Path) -> bool {
    let folder = format!("{}/", folder.display());
    bytes.windows(folder.len()).any(|window| window == folder.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn root() -> PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).unwrap().to_path_buf()
    }

    #[test]
    fn a_folder_of_this_machine_is_found_and_its_name_alone_is_not() {
        let folder = Path::new("/home/pao/.cargo");
        assert!(names(b"\0panicked at /home/pao/.cargo/registry/src/x.rs", folder));
        assert!(!names(b"\0panicked at cargo/tachys-0.2.19/src/x.rs", folder));
        assert!(!names(b"/home/pao/.cargo", folder));
    }

    #[test]
    fn the_compiler_leaves_out_what_the_search_looks_for() {
        let root = root();
        let made = root.join("app/src/lib.rs");
        assert!(ensure_absent(&root, "page", made.to_str().unwrap().as_bytes()).is_err());
        assert!(ensure_absent(&root, "page", b"app/src/lib.rs").is_ok());
        let [_, flags] = left_out(&root).unwrap();
        let flags = flags.into_string().unwrap();
        for (folder, word) in Folders::of_this_machine(&root).unwrap().0 {
            assert!(flags.contains(&format!("--remap-path-prefix={}={word}", folder.display())), "{flags}");
        }
    }

    #[test]
    fn the_most_exact_folder_is_named_last_because_the_last_one_counts() {
        let Folders(folders) = Folders::of_this_machine(&root()).unwrap();
        let deep: Vec<usize> = folders.iter().map(|(folder, _)| folder.components().count()).collect();
        assert!(deep.is_sorted(), "{deep:?}");
    }
}
