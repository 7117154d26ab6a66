//! The pictures a device keeps: which they are. Each lies sealed in a slot of its own and is read when it is needed: a
//! store may hold hundreds, and a phone's memory does not.

use dossier::moment::Moment;
use serde::{Deserialize, Serialize};

use crate::papers::PaperDigest;

/// The `Papers` slot.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kept(Vec<KeptPicture>);

/// One picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptPicture {
    /// What it is called.
    pub digest: PaperDigest,
    /// Its length.
    pub bytes: u32,
    /// When it was kept, by the phone's clock.
    pub at: Moment,
}

impl Kept {
    /// All of them, oldest first.
    pub fn all(&self) -> impl Iterator<Item = &KeptPicture> {
        self.0.iter()
    }

    /// Whether this one is here.
    pub fn has(&self, digest: &PaperDigest) -> bool {
        self.0.iter().any(|kept| kept.digest == *digest)
    }

    /// These and one more.
    pub fn with(&self, picture: KeptPicture) -> Kept {
        let mut kept = self.clone();
        if !kept.has(&picture.digest) {
            kept.0.push(picture);
        }
        kept
    }

    /// These without some.
    pub fn without(&self, gone: &[PaperDigest]) -> Kept {
        Kept(self.0.iter().filter(|kept| !gone.contains(&kept.digest)).copied().collect())
    }
}
