//! The procedures the office works with: those that come with the product, and the files an administrator lays into the
//! folder `procedures` of the data directory. A file with the name of a shipped one takes its place.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use dossier::procedure::load::{BadProcedure, SHIPPED, parse_all};
use sync::catalogue::Catalogue;

/// Why the procedures cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ProceduresError {
    /// The folder or a file cannot be read.
    #[error("không đọc được {path}: {cause}")]
    Unreadable {
        /// Which one.
        path: PathBuf,
        /// What the system said.
        cause: io::Error,
    },
    /// A file is no procedure: where and why.
    #[error("{0}")]
    Bad(#[from] BadProcedure),
}

/// Reads the shipped procedures and those of the folder, which need not be there.
///
/// # Errors
/// See [`ProceduresError`]; a single bad file stops the office from opening, or a dossier would be judged by half a
/// catalogue.
pub fn load(folder: &Path) -> Result<Catalogue, ProceduresError> {
    let mut files: BTreeMap<String, String> =
        SHIPPED.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect();
    let unreadable = |path: &Path| {
        let path = path.to_owned();
        move |cause| ProceduresError::Unreadable { path, cause }
    };
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries.collect::<Result<Vec<_>, _>>().map_err(unreadable(folder))?,
        Err(cause) if cause.kind() == io::ErrorKind::NotFound => Vec::new(),
        Err(cause) => return Err(unreadable(folder)(cause)),
    };
    for path in entries.into_iter().map(|entry| entry.path()) {
        let name = path.file_name().and_then(|name| name.to_str()).filter(|name| name.ends_with(".toml"));
        if let Some(name) = name {
            files.insert(name.to_owned(), fs::read_to_string(&path).map_err(unreadable(&path))?);
        }
    }
    Ok(Catalogue::of(parse_all(files.iter().map(|(name, text)| (name.as_str(), text.as_str())))?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shipped(name: &str) -> &'static str {
        SHIPPED.iter().find(|(file, _)| *file == name).map(|(_, text)| *text).expect("a shipped file")
    }

    #[test]
    fn a_file_of_the_folder_takes_the_place_of_the_shipped_one_and_a_new_one_is_added() {
        let folder = tempfile::tempdir().expect("a folder");
        let text = shipped("temporary-residence.toml");
        let renamed = text.replace("title = \"Đăng ký tạm trú\"", "title = \"Đăng ký tạm trú của xã\"");
        fs::write(folder.path().join("temporary-residence.toml"), renamed).expect("written");
        let new = text.replace("id = \"temporary-residence\"", "id = \"of-this-commune\"");
        fs::write(folder.path().join("of-this-commune.toml"), new).expect("written");
        let plain = load(Path::new("/nowhere")).expect("the shipped ones").procedures;
        let loaded = load(folder.path()).expect("all").procedures;
        assert_eq!(loaded.len(), plain.len() + 1);
        assert!(loaded.iter().any(|procedure| procedure.title == "Đăng ký tạm trú của xã"));
    }

    #[test]
    fn a_bad_file_is_refused_by_name_line_and_reason() {
        let folder = tempfile::tempdir().expect("a folder");
        let bad = shipped("temporary-residence.toml").replace("\"head-is-another\"", "\"head-is-absent\"");
        fs::write(folder.path().join("temporary-residence.toml"), bad).expect("written");
        let said = load(folder.path()).expect_err("a condition nobody knows").to_string();
        assert!(
            said.contains("temporary-residence.toml, line ") && said.contains("head-is-absent"),
            "{said}"
        );
    }
}
