//! Reads procedure files. What is wrong is refused with file, line and reason: an administrator writes them by hand.

use std::ops::Range;

use super::Procedure;

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

/// Reads one file.
pub fn parse(file: &str, text: &str) -> Result<Procedure, BadProcedure> {
    read(text).map(|(procedure, _)| procedure).map_err(|fault| fault.in_file(file, text))
}

/// Reads a whole folder. Versions of one procedure may not overlap.
pub fn parse_all<'a>(
    files: impl IntoIterator<Item = (&'a str, &'a str)>,
) -> Result<Vec<Procedure>, BadProcedure> {
    let mut procedures: Vec<Procedure> = Vec::new();
    for (file, text) in files {
        let (procedure, dated) = read(text).map_err(|fault| fault.in_file(file, text))?;
        let of_same = procedures.iter().find(|other| other.id == procedure.id && overlap(other, &procedure));
        if let Some(other) = of_same {
            let reason = format!("overlaps the version of {} that begins on {}", other.id, other.valid_from);
            return Err(Fault::new(dated, reason).in_file(file, text));
        }
        procedures.push(procedure);
    }
    procedures.sort_by_key(|procedure| procedure.version());
    Ok(procedures)
}

fn overlap(one: &Procedure, other: &Procedure) -> bool {
    let begins_in = |first: &Procedure, second: &Procedure| first.holds(second.valid_from);
    begins_in(one, other) || begins_in(other, one)
}

/// The procedure, and where its first day stands.
fn read(text: &str) -> Result<(Procedure, Range<usize>), Fault> {
    if text.len() > LONGEST {
        return Err(Fault::new(0..0, format!("more than {LONGEST} bytes")));
    }
    let raw: raw::RawProcedure = toml::from_str(text)
        .map_err(|error| Fault::new(error.span().unwrap_or(0..0), error.message().to_owned()))?;
    let dated = raw.valid_from.span();
    sound::procedure(raw).map(|procedure| (procedure, dated))
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
    parse_all(SHIPPED.iter().copied())
}
