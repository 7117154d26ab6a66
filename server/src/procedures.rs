//! The procedures the office works with: those that come with the product, and the files an administrator lays into the
//! folder `procedures` of the data directory. A file with the name of a shipped one takes its place. A folder that changes
//! while the office is open is read again: who publishes a new version need not stop it.

pub mod amend;
pub mod publish;

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::{Duration, SystemTime};

use dossier::moment::Day;
use dossier::procedure::amend::{NotAmended, amendments};
use dossier::procedure::load::{BadProcedure, SHIPPED, overlap, parse, parse_all};
use dossier::procedure::{Procedure, ProcedureId};
use sync::catalogue::Catalogue;

use crate::clock;
use crate::office::Office;

/// How often the office looks whether the folder has changed.
const EVERY: Duration = Duration::from_secs(5);

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
    /// The files change what may not change.
    #[error("{0}")]
    NotAmended(#[from] NotAmended),
    /// More than a device can be told.
    #[error("cả danh mục dài quá mức một máy nhận được: bớt lời ở các bản chưa có hiệu lực")]
    TooLarge,
}

/// What an office publishes.
#[derive(Debug)]
pub struct Published {
    /// As devices hear it.
    pub catalogue: Catalogue,
    /// Lĩnh vực of each.
    pub areas: BTreeMap<ProcedureId, String>,
}

impl Published {
    /// Of these files, by name and text.
    fn of(files: &BTreeMap<String, String>) -> Result<Published, ProceduresError> {
        let folder = parse_all(files.iter().map(|(name, text)| (name.as_str(), text.as_str())))?;
        let catalogue = Catalogue::of(folder.procedures);
        if !catalogue.fits() {
            return Err(ProceduresError::TooLarge);
        }
        Ok(Published { catalogue, areas: folder.areas })
    }

    /// All versions of all procedures.
    pub fn procedures(&self) -> &[Procedure] {
        &self.catalogue.procedures
    }
}

/// What the office publishes now, and where it comes from.
#[derive(Debug)]
pub struct Procedures {
    folder: PathBuf,
    published: RwLock<Arc<Published>>,
}

impl Procedures {
    /// Those of this folder.
    ///
    /// # Errors
    /// See [`ProceduresError`].
    pub fn open(folder: PathBuf) -> Result<Procedures, ProceduresError> {
        let published = RwLock::new(Arc::new(load(&folder)?));
        Ok(Procedures { folder, published })
    }

    /// Where the files of this office lie.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// As of now. Who holds it works with one state to the end.
    pub fn now(&self) -> Arc<Published> {
        Arc::clone(&self.published.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Reads the folder again.
    ///
    /// # Errors
    /// See [`ProceduresError`]; what was published stays.
    pub fn reload(&self, today: Day) -> Result<(), ProceduresError> {
        let fresh = load(&self.folder)?;
        amendments(self.now().procedures(), fresh.procedures(), today)?;
        *self.published.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(fresh);
        Ok(())
    }
}

/// Reads the folder again whenever it has changed, until the office closes. Bad files change nothing and are told once.
pub async fn run(office: Office) {
    let mut seen = stamps(&office.procedures.folder);
    loop {
        tokio::select! {
            () = tokio::time::sleep(EVERY) => {}
            () = office.closed() => return,
        }
        let stamps = stamps(&office.procedures.folder);
        if stamps == seen {
            continue;
        }
        seen = stamps;
        match office.procedures.reload(clock::now().day()) {
            Ok(()) => tracing::info!("procedures read again"),
            Err(cause) => tracing::error!(%cause, "the procedures in use stay"),
        }
    }
}

/// Name, size and last change of each file: what tells one state of the folder from another.
fn stamps(folder: &Path) -> Vec<(PathBuf, u64, Option<SystemTime>)> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut stamps: Vec<_> = entries
        .filter_map(|entry| {
            let about = entry.metadata().ok()?;
            Some((entry.path(), about.len(), about.modified().ok()))
        })
        .collect();
    stamps.sort();
    stamps
}

/// Reads the shipped procedures and those of the folder.
///
/// # Errors
/// See [`ProceduresError`]; a single bad file stops the office from opening, or a dossier would be judged by half a
/// catalogue.
pub fn load(folder: &Path) -> Result<Published, ProceduresError> {
    Published::of(&files(folder)?)
}

/// The files of the folder and the shipped ones they leave standing, by name. A shipped file steps back for one of its
/// name, and for an earlier version of the same procedure that holds on a day of its own: a new release does not stop an
/// office that has amended before it. One that has begun is never hidden by what is to come.
///
/// # Errors
/// A file cannot be read.
pub fn files(folder: &Path) -> Result<BTreeMap<String, String>, ProceduresError> {
    let mut files = own(folder)?;
    let versions: Vec<Procedure> = files.iter().filter_map(|(name, text)| parse(name, text).ok()).collect();
    for (name, text) in SHIPPED.iter().filter(|(name, _)| !files.contains_key(*name)).collect::<Vec<_>>() {
        let shipped = parse(name, text)?;
        let stays = |one: &Procedure| one.id == shipped.id && one.valid_from <= shipped.valid_from;
        if !versions.iter().any(|one| stays(one) && overlap(one, &shipped)) {
            files.insert((*name).to_owned(), (*text).to_owned());
        }
    }
    Ok(files)
}

/// The files somebody has laid into the folder, which need not be there.
fn own(folder: &Path) -> Result<BTreeMap<String, String>, ProceduresError> {
    let mut files = BTreeMap::new();
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries.collect::<Result<Vec<_>, _>>().map_err(unreadable(folder))?,
        Err(cause) if cause.kind() == io::ErrorKind::NotFound => Vec::new(),
        Err(cause) => return Err(unreadable(folder)(cause)),
    };
    for path in entries.into_iter().map(|entry| entry.path()) {
        if let Some(name) = name(&path) {
            files.insert(name.to_owned(), fs::read_to_string(&path).map_err(unreadable(&path))?);
        }
    }
    Ok(files)
}

/// The name of a file of a procedure.
fn name(path: &Path) -> Option<&str> {
    path.file_name().and_then(|name| name.to_str()).filter(|name| name.ends_with(".toml"))
}

fn unreadable(path: &Path) -> impl FnOnce(io::Error) -> ProceduresError {
    let path = path.to_owned();
    move |cause| ProceduresError::Unreadable { path, cause }
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
        let plain = load(Path::new("/nowhere")).expect("the shipped ones");
        let loaded = load(folder.path()).expect("all");
        assert_eq!(loaded.procedures().len(), plain.procedures().len() + 1);
        assert!(loaded.procedures().iter().any(|procedure| procedure.title == "Đăng ký tạm trú của xã"));
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

    #[test]
    fn a_shipped_version_that_comes_later_steps_back_for_what_an_office_has_amended_before() {
        let folder = tempfile::tempdir().expect("a folder");
        let text = shipped("temporary-residence.toml");
        let renamed = text.replace("title = \"Đăng ký tạm trú\"", "title = \"Đăng ký tạm trú của xã\"");
        fs::write(folder.path().join("temporary-residence-of-here.toml"), renamed).expect("written");
        let loaded = load(folder.path()).expect("an office that opens");
        let named = |one: &&Procedure| one.id.as_str() == "temporary-residence";
        let titles: Vec<_> = loaded.procedures().iter().filter(named).map(|one| one.title.as_str()).collect();
        assert_eq!(titles, ["Đăng ký tạm trú của xã"]);

        let later = text.replacen("valid_from = \"2026", "valid_from = \"2099", 1);
        fs::write(folder.path().join("temporary-residence-of-here.toml"), later).expect("written");
        let said = load(folder.path()).expect_err("the shipped one has no end").to_string();
        assert!(said.contains("overlaps"), "a version in force is not hidden by one to come: {said}");
    }

    #[test]
    fn a_new_version_is_published_without_a_new_start_and_a_bad_one_changes_nothing() {
        let folder = tempfile::tempdir().expect("a folder");
        let office = Procedures::open(folder.path().to_owned()).expect("the shipped ones");
        let (before, today) = (office.now(), clock::now().day());
        let text = shipped("temporary-residence.toml");
        let lay = |name: &str, text: String| fs::write(folder.path().join(name), text).expect("written");
        let from = |day: Day| {
            let (year, month, day) = day.date();
            format!("valid_from = \"{year}-{month:02}-{day:02}\"")
        };
        let begun = text.lines().find(|line| line.starts_with("valid_from")).expect("a first day");
        let last = from(today).replace("valid_from", "valid_to");
        lay("temporary-residence.toml", text.replace(begun, &format!("{begun}\n{last}")));
        lay("of-tomorrow.toml", text.replace(begun, &from(today.plus(1))));
        office.reload(today).expect("an end and a beginning");
        let now = office.now();
        assert_eq!(now.procedures().len(), before.procedures().len() + 1);
        assert_ne!(now.catalogue.version, before.catalogue.version, "devices hear of it");

        lay("of-tomorrow.toml", "id = 1".to_owned());
        let bad = office.reload(today).expect_err("no procedure").to_string();
        assert!(bad.starts_with("of-tomorrow.toml, line 1"), "{bad}");
        lay("of-tomorrow.toml", text.replace(begun, &from(today.plus(1))).replace("ct08", "ct07"));
        office.reload(today).expect("it has not begun");
        lay("temporary-residence.toml", text.replace("Đăng ký tạm trú", "Tên khác"));
        office.reload(today).expect_err("what has begun stays");
        assert_eq!(office.now().procedures().len(), now.procedures().len());
    }
}
