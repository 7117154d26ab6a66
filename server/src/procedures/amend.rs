//! New files of procedures: tried with all that are there, and laid into the folder.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::Path;

use dossier::moment::Day;
use dossier::procedure::Procedure;
use dossier::procedure::amend::{Amendment, amendments};

use super::{ProceduresError, Published, files};

/// Files by name and text.
pub type Texts = BTreeMap<String, String>;

/// What these files, together with the folder's, change of the procedures that are `before`.
///
/// # Errors
/// See [`ProceduresError`].
pub fn tried(
    folder: &Path,
    texts: &Texts,
    before: &[Procedure],
    today: Day,
) -> Result<Vec<Amendment>, ProceduresError> {
    let mut all = files(folder)?;
    all.extend(texts.clone());
    Ok(amendments(before, Published::of(&all)?.procedures(), today)?)
}

/// Lays files that were tried into the folder.
///
/// # Errors
/// The folder cannot be written.
pub fn lay_all(folder: &Path, texts: &Texts) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    texts.iter().try_for_each(|(name, text)| lay(folder, name, text))
}

/// Under its name at once or not at all: the office may read the folder at any moment. The name it is written under is
/// none of a procedure.
fn lay(folder: &Path, name: &str, text: &str) -> io::Result<()> {
    let beside = folder.join(format!("{name}.new"));
    fs::write(&beside, text)?;
    fs::File::open(&beside)?.sync_all()?;
    fs::rename(beside, folder.join(name))?;
    // A name is on the disk when its folder is.
    fs::File::open(folder)?.sync_all()
}

/// A change in words.
pub fn said(change: &Amendment) -> String {
    match change {
        Amendment::Begins(version) => format!("{}: có hiệu lực từ {}", version.procedure, version.from),
        Amendment::Ends(version, last) => {
            format!("{}: bản từ {} hết hiệu lực sau ngày {last}", version.procedure, version.from)
        }
        Amendment::Redrafted(version) => {
            format!("{}: bản từ {}, chưa có hiệu lực, được viết lại", version.procedure, version.from)
        }
    }
}
