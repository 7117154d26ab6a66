//! The office's premises: the data directory with its keys, its database and the lock of the one server that runs.

use std::fs::{self, DirBuilder, File, OpenOptions, TryLockError};
use std::io;
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};

use crate::epoch::EpochError;
use crate::keys::{Keys, KeysError, Missing};
use crate::objects::ObjectsError;
use crate::procedures::ProceduresError;
use crate::store::{Store, StoreError};

/// Why the premises cannot be used; worded for the person at the command line.
#[derive(Debug, thiserror::Error)]
pub enum PremisesError {
    /// The directory cannot be made or read.
    #[error("không dùng được thư mục dữ liệu {path}: {cause}")]
    Dir {
        /// The directory.
        path: PathBuf,
        /// What the system said.
        cause: io::Error,
    },
    /// Others may look inside.
    #[error("thư mục dữ liệu {0} cho người khác xem; hãy chạy: chmod 700 {0}")]
    Open(PathBuf),
    /// Another server runs here.
    #[error("một máy chủ khác đang chạy trên thư mục {0}; hãy dừng nó trước")]
    Busy(PathBuf),
    /// The database is not SQLite.
    #[error(
        "chưa dùng được cơ sở dữ liệu này (--database-url): bản này chỉ chạy với SQLite, \
         ví dụ sqlite:./data/bankhai.db; PostgreSQL sẽ có ở bản sau"
    )]
    Engine,
    /// The keys.
    #[error("không dùng được khóa của máy chủ: {0}")]
    Keys(#[from] KeysError),
    /// The database.
    #[error("không mở được cơ sở dữ liệu: {0}")]
    Store(#[from] StoreError),
    /// The epoch.
    #[error("không xác định được phiên bản dữ liệu (epoch): {0}")]
    Epoch(#[from] EpochError),
    /// The objects.
    #[error("không dùng được kho ảnh giấy tờ: {0}")]
    Objects(#[from] ObjectsError),
    /// The procedures.
    #[error("không dùng được tệp thủ tục: {0}")]
    Procedures(#[from] ProceduresError),
}

/// An opened data directory.
pub struct Premises {
    dir: PathBuf,
    /// The secrets.
    pub keys: Keys,
    /// The database.
    pub store: Store,
}

impl Premises {
    /// Opens the directory, making it, its keys and its database at the first start.
    pub async fn open(dir: &Path, database_url: Option<&str>) -> Result<Premises, PremisesError> {
        let database = database(dir, database_url)?;
        secure(dir)?;
        let missing = if database.exists() { Missing::Refuse } else { Missing::MakeThem };
        let keys = Keys::open(&dir.join("keys"), missing)?;
        let store = Store::open(&database).await?;
        Ok(Premises { dir: dir.to_owned(), keys, store })
    }

    /// Where the epoch is kept beside the database.
    pub fn epoch_file(&self) -> PathBuf {
        self.dir.join("epoch")
    }

    /// Where an administrator lays further procedures.
    pub fn procedures(&self) -> PathBuf {
        self.dir.join("procedures")
    }

    /// Where pictures of papers are kept.
    pub fn objects(&self) -> PathBuf {
        self.dir.join("objects")
    }

    /// Takes the lock only one server may hold; dropping the file gives it back.
    pub fn lock(&self) -> Result<File, PremisesError> {
        let path = self.dir.join("lock");
        let at = |cause| PremisesError::Dir { path: path.clone(), cause };
        let file = OpenOptions::new()
            .write(true)
            .create(true)
            .truncate(false)
            .mode(0o600)
            .open(&path)
            .map_err(at)?;
        match file.try_lock() {
            Ok(()) => Ok(file),
            Err(TryLockError::WouldBlock) => Err(PremisesError::Busy(self.dir.clone())),
            Err(TryLockError::Error(cause)) => Err(at(cause)),
        }
    }
}

/// The database file a URL names; without one, `bankhai.db` in the data directory.
fn database(dir: &Path, url: Option<&str>) -> Result<PathBuf, PremisesError> {
    let Some(url) = url else { return Ok(dir.join("bankhai.db")) };
    let path =
        url.strip_prefix("sqlite://").or_else(|| url.strip_prefix("sqlite:")).ok_or(PremisesError::Engine)?;
    // An in-memory database would forget what it said it received.
    if path.is_empty() || path.starts_with(':') || path.contains('?') {
        return Err(PremisesError::Engine);
    }
    Ok(PathBuf::from(path))
}

fn secure(dir: &Path) -> Result<(), PremisesError> {
    let at = |cause| PremisesError::Dir { path: dir.to_owned(), cause };
    if !dir.exists() {
        return DirBuilder::new().mode(0o700).recursive(true).create(dir).map_err(at);
    }
    let mode = fs::metadata(dir).map_err(at)?.permissions().mode();
    if mode & 0o077 == 0 {
        return Ok(());
    }
    let empty = fs::read_dir(dir).map_err(at)?.next().is_none();
    if !empty {
        return Err(PremisesError::Open(dir.to_owned()));
    }
    fs::set_permissions(dir, fs::Permissions::from_mode(0o700)).map_err(at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_database_url_is_sqlite_or_refused() {
        let dir = Path::new("data");
        assert_eq!(database(dir, None).ok(), Some(PathBuf::from("data/bankhai.db")));
        assert_eq!(database(dir, Some("sqlite:x.db")).ok(), Some(PathBuf::from("x.db")));
        assert_eq!(database(dir, Some("sqlite:///var/x.db")).ok(), Some(PathBuf::from("/var/x.db")));
        for wrong in
            ["postgres://h/db", "postgresql://h/db", "mysql://h", "sqlite::memory:", "sqlite:", "x.db"]
        {
            assert!(matches!(database(dir, Some(wrong)), Err(PremisesError::Engine)), "{wrong}");
        }
    }

    #[tokio::test]
    async fn the_directory_is_ours_alone() {
        let parent = tempfile::tempdir().expect("a directory");
        let dir = parent.path().join("data");
        let premises = Premises::open(&dir, None).await.unwrap_or_else(|e| panic!("{e}"));
        assert_eq!(fs::metadata(&dir).expect("metadata").permissions().mode() & 0o777, 0o700);
        let lock = premises.lock().expect("the first lock");
        assert!(matches!(premises.lock(), Err(PremisesError::Busy(_))));
        drop(lock);
        assert!(premises.lock().is_ok());
        fs::set_permissions(&dir, fs::Permissions::from_mode(0o755)).expect("chmod");
        assert!(matches!(Premises::open(&dir, None).await, Err(PremisesError::Open(_))));
    }
}
