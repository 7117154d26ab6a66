//! Reads procedure files. What is wrong is refused with file, line and reason: an administrator writes them by hand.

use std::collections::BTreeMap;
use std::ops::Range;

use super::{Procedure, ProcedureId};

mod form;
mod raw;
mod sound;

/// What is wrong with a file of a procedure.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{file}, line {line}: {reason}")]
pub struct BadProcedure {
    /// The file's name.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// What, in words for whoever writes the file.
    pub reason: String,
}

/// A fault and the bytes of the text it is about.
struct Fault {
    at: Range<usize>,
    reason: String,
}

impl Fault {
    fn new(at: Range<usize>, reason: impl Into<String>) -> Fault {
        Fault { at, reason: reason.into() }
    }

    fn in_file(self, file: &str, text: &str) -> BadProcedure {
        let before = text.get(..self.at.start.min(text.len())).unwrap_or_default();
        let line = before.bytes().filter(|byte| *byte == b'\n').count() + 1;
        BadProcedure { file: file.to_owned(), line, reason: self.reason }
    }
}

/// Most bytes of one file: the longest of ours has 8,000.
const LONGEST: usize = 64 * 1024;

/// What a folder of files holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Folder {
    /// All versions of all procedures, in order.
    pub procedures: Vec<Procedure>,
    /// Lĩnh vực of each procedure. The list of an office is ordered by it; a device has no use for it.
    pub areas: BTreeMap<ProcedureId, String>,
}

/// Reads one file.
pub fn parse(file: &str, text: &str) -> Result<Procedure, BadProcedure> {
    read(text).map(|one| one.procedure).map_err(|fault| fault.in_file(file, text))
}

/// Reads a whole folder. Versions of one procedure may not overlap.
pub fn parse_all<'a>(files: impl IntoIterator<Item = (&'a str, &'a str)>) -> Result<Folder, BadProcedure> {
    let mut folder = Folder::default();
    for (file, text) in files {
        let One { procedure, area, dated } = read(text).map_err(|fault| fault.in_file(file, text))?;
        let mut known = folder.procedures.iter();
        if let Some(other) = known.find(|other| other.id == procedure.id && overlap(other, &procedure)) {
            let reason = format!("overlaps the version of {} that begins on {}", other.id, other.valid_from);
            return Err(Fault::new(dated, reason).in_file(file, text));
        }
        folder.areas.insert(procedure.id.clone(), area);
        folder.procedures.push(procedure);
    }
    folder.procedures.sort_by_key(|procedure| procedure.version());
    Ok(folder)
}

/// Whether there is a day on which both hold.
pub fn overlap(one: &Procedure, other: &Procedure) -> bool {
    let begins_in = |first: &Procedure, second: &Procedure| first.holds(second.valid_from);
    begins_in(one, other) || begins_in(other, one)
}

/// One file: the procedure, its area, and where its first day stands.
struct One {
    procedure: Procedure,
    area: String,
    dated: Range<usize>,
}

fn read(text: &str) -> Result<One, Fault> {
    if text.len() > LONGEST {
        return Err(Fault::new(0..0, format!("more than {LONGEST} bytes")));
    }
    let raw: raw::RawProcedure = toml::from_str(text)
        .map_err(|error| Fault::new(error.span().unwrap_or(0..0), error.message().to_owned()))?;
    let dated = raw.valid_from.span();
    let area = sound::words(&raw.area)?;
    sound::procedure(raw).map(|procedure| One { procedure, area, dated })
}

macro_rules! shipped {
    ($($file:literal)*) => {
        /// The files that come with the product: name and text.
        pub const SHIPPED: &[(&str, &str)] =
            &[$((concat!($file, ".toml"), include_str!(concat!("../../procedures/", $file, ".toml")))),*];
    };
}

shipped! {
    "birth-registration"
    "birth-reregistration"
    "civil-status-correction"
    "criminal-record"
    "deletion-permanent-residence"
    "deletion-temporary-residence"
    "household-split"
    "level-2-identity"
    "permanent-residence"
    "personal-number-notice"
    "population-correction"
    "residence-adjustment"
    "residence-confirmation"
    "residence-declaration"
    "seal-registration"
    "security-certificate"
    "temporary-absence"
    "temporary-residence"
    "temporary-residence-list"
    "temporary-residence-renewal"
}

/// The definitions that come with the product.
pub fn embedded() -> Result<Vec<Procedure>, BadProcedure> {
    parse_all(SHIPPED.iter().copied()).map(|folder| folder.procedures)
}
