//! Starting other programs and saying so.

use std::{
    env,
    io::{BufRead as _, BufReader},
    path::Path,
    process::{Command, Stdio},
};

use anyhow::{Context as _, ensure};

use crate::tally::Tally;

/// The cargo that started this task, working in the project's folder.
pub fn cargo(root: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.args(arguments).current_dir(root);
    command
}

/// Any other program of the PATH, working in `folder`.
pub fn program(folder: &Path, name: &str, arguments: &[&str]) -> Command {
    let mut command = Command::new(name);
    command.args(arguments).current_dir(folder);
    command
}

/// Runs to the end; anything but success is an error that names the command.
pub fn run(command: &mut Command) -> anyhow::Result<()> {
    let status = command.status().with_context(|| format!("could not start `{}`", shown(command)))?;
    ensure!(status.success(), "`{}` ended with {status}", shown(command));
    Ok(())
}

/// The command as a person would type it, without folders.
fn shown(command: &Command) -> String {
    let name = Path::new(command.get_program()).file_name().unwrap_or_default();
    let words = std::iter::once(name).chain(command.get_args()).map(|word| word.to_string_lossy());
    words.collect::<Vec<_>>().join(" ")
}

/// What a test runner came to.
pub struct Outcome {
    /// The sum of all closing lines it printed.
    pub tally: Tally,
    /// Whether it ended with success.
    pub success: bool,
}

/// Runs a test runner to the end, shows each line as it comes, and counts the tests.
pub fn run_counting(command: &mut Command) -> anyhow::Result<Outcome> {
    let mut child = command
        .stdout(Stdio::piped())
        .spawn()
        .with_context(|| format!("could not start `{}`", shown(command)))?;
    let mut tally = Tally::default();
    let stdout = child.stdout.take().context("the runner's output was asked for")?;
    for line in BufReader::new(stdout).split(b'\n') {
        let line = line?;
        let line = String::from_utf8_lossy(&line);
        if let Some(found) = Tally::find_in(&line) {
            tally.add(found);
        }
        println!("{line}");
    }
    Ok(Outcome { tally, success: child.wait()?.success() })
}

/// Whether a program of this name can be found in the PATH.
pub fn on_path(name: &str) -> bool {
    env::var_os("PATH").is_some_and(|path| env::split_paths(&path).any(|folder| folder.join(name).is_file()))
}
