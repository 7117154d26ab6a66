//! Objects: what is too large for the database, sealed under its dossier's key. Files beside the database, or a bucket of
//! an S3 store.

pub mod bucket;

use std::fs::DirBuilder;
use std::io;
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};

use object_store::local::LocalFileSystem;
use object_store::{Error, ObjectStore, ObjectStoreExt};

use self::bucket::Bucket;
use crate::store::paper::Paper;

/// Why the objects cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ObjectsError {
    /// The directory cannot be made or read.
    #[error("{path}: {cause}")]
    Dir {
        /// The directory.
        path: PathBuf,
        /// What the system said.
        cause: io::Error,
    },
    /// The bucket's name or address is none.
    #[error("kho S3: {0}")]
    Bucket(Error),
}

/// The objects of an office.
pub struct Objects(Box<dyn ObjectStore>);

impl Objects {
    /// Files of this directory, which only the office's user can read. A file is on the disk before it is said to be.
    pub fn in_files(dir: &Path) -> Result<Objects, ObjectsError> {
        let at = |cause| ObjectsError::Dir { path: dir.to_owned(), cause };
        if !dir.exists() {
            DirBuilder::new().mode(0o700).recursive(true).create(dir).map_err(at)?;
        }
        let files = LocalFileSystem::new_with_prefix(dir).map_err(|cause| at(io::Error::other(cause)))?;
        Ok(Objects(Box::new(files.with_fsync(true))))
    }

    /// A bucket. Nothing is asked of it yet: an office opens, and takes what is written, while its store is away.
    pub fn in_bucket(bucket: Bucket) -> Result<Objects, ObjectsError> {
        Ok(Objects(Box::new(bucket.open().map_err(ObjectsError::Bucket)?)))
    }

    /// Whether the store answers, and lets this office in.
    pub async fn reach(&self) -> Result<(), Error> {
        match self.0.head(&object_store::path::Path::from("papers/none")).await {
            Ok(_) | Err(Error::NotFound { .. }) => Ok(()),
            Err(cause) => Err(cause),
        }
    }

    /// Keeps a picture.
    pub async fn put(&self, of: Paper, sealed: Vec<u8>) -> Result<(), Error> {
        self.0.put(&path(of), sealed.into()).await.map(|_| ())
    }

    /// A picture; `None` when it is not there.
    pub async fn get(&self, of: Paper) -> Result<Option<Vec<u8>>, Error> {
        match self.0.get(&path(of)).await {
            Ok(found) => found.bytes().await.map(|bytes| Some(bytes.to_vec())),
            Err(Error::NotFound { .. }) => Ok(None),
            Err(cause) => Err(cause),
        }
    }
}

fn path((dossier, digest): Paper) -> object_store::path::Path {
    object_store::path::Path::from(format!("papers/{dossier}/{}", sync::papers::hex(&digest)))
}
