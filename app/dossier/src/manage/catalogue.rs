//! Danh mục thủ tục: the files an office works by, and what another file would change.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::moment::Day;

/// The name of a file of a procedure: small Latin letters, digits and hyphens, and `.toml`. It leads nowhere but into the
/// folder of procedures.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct FileName(String);

/// Why a text is no name of such a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a name like temporary-residence.toml")]
pub struct FileNameError;

impl FileName {
    /// Most characters before `.toml`.
    const LONGEST: usize = 80;

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for FileName {
    type Err = FileNameError;

    fn from_str(text: &str) -> Result<FileName, FileNameError> {
        let stem = text.trim().strip_suffix(".toml").ok_or(FileNameError)?;
        let fits = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        let sound = (1..=FileName::LONGEST).contains(&stem.len()) && stem.bytes().all(fits);
        if sound { Ok(FileName(format!("{stem}.toml"))) } else { Err(FileNameError) }
    }
}

impl fmt::Display for FileName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<FileName> for String {
    fn from(name: FileName) -> String {
        name.0
    }
}

impl TryFrom<String> for FileName {
    type Error = FileNameError;

    fn try_from(text: String) -> Result<FileName, FileNameError> {
        text.parse()
    }
}

/// A file of the catalogue: one version of one procedure.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CatalogueLine {
    /// Which file.
    pub file: String,
    /// The procedure's name.
    pub title: String,
    /// Lĩnh vực.
    pub area: String,
    /// Who decides.
    pub agency: String,
    /// Thời hạn, in words.
    pub term: String,
    /// The first day it is in force.
    pub from: Day,
    /// The last one.
    pub until: Option<Day>,
    /// Whether somebody of this office has laid it in; the others come with the product.
    pub own: bool,
}

/// A file as somebody has written it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewFile {
    /// Its name: that of a file there is takes its place.
    pub name: FileName,
    /// Its text.
    pub text: String,
    /// Công bố; otherwise it is only tried.
    pub publish: bool,
}

/// What a file comes to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Amended {
    /// What it changes, a line each; none where it says what is there already.
    Changes(Vec<String>),
    /// Why it cannot be used, with the line; nothing was changed.
    Fault(String),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_leads_into_the_folder_of_procedures_and_nowhere_else() {
        assert_eq!("dang-ky-2027.toml".parse::<FileName>().map(String::from), Ok("dang-ky-2027.toml".into()));
        let long = format!("{}.toml", "a".repeat(81));
        for bad in ["", ".toml", "../a.toml", "a/b.toml", "A.toml", "a.toml.new", "a.txt", "ă.toml", &long] {
            assert_eq!(bad.parse::<FileName>(), Err(FileNameError), "{bad}");
        }
    }
}
