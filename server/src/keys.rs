//! The office's secrets: made once, kept in files only the office's user can read. None of these types can be
//! printed.

use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{self, Read, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};

use dossier::id::DeviceHandle;
use ed25519_dalek::{SigningKey, VerifyingKey};
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use crate::{dice, hex};

/// Why the secrets cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum KeysError {
    /// Reading or writing failed.
    #[error("{path}: {cause}")]
    Io {
        /// The file or directory.
        path: PathBuf,
        /// What the system said.
        cause: io::Error,
    },
    /// Not 32 bytes.
    #[error("{0}: a key has 32 bytes")]
    Length(PathBuf),
    /// Others may read it.
    #[error("{0}: others may read it")]
    Open(PathBuf),
    /// A key is missing although there is something it was used for.
    #[error("{0}: missing, although the database exists")]
    Missing(PathBuf),
}

/// A key receipts are signed with.
pub struct ReceiptKey {
    /// Named in every receipt it signs.
    pub id: u32,
    /// Ed25519.
    pub signing: SigningKey,
}

/// All secrets of the office.
pub struct Keys {
    receipt: Vec<ReceiptKey>,
    box_private: [u8; 32],
    dossier_kek: [u8; 32],
    marks: [u8; 32],
    vapid: [u8; 32],
}

/// Whether missing keys may be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Missing {
    /// There is no database yet: this is the first start.
    MakeThem,
    /// There is one: what was sealed or signed with the lost key would be lost in silence.
    Refuse,
}

impl Keys {
    /// Reads the secrets under `dir`, or makes them.
    pub fn open(dir: &Path, missing: Missing) -> Result<Keys, KeysError> {
        if !dir.exists() {
            if missing == Missing::Refuse {
                return Err(KeysError::Missing(dir.to_owned()));
            }
            DirBuilder::new().mode(0o700).recursive(true).create(dir).map_err(at(dir))?;
        }
        let mut receipt = Vec::new();
        for id in receipt_ids(dir)?.unwrap_or_else(|| vec![1]) {
            let seed = secret(&dir.join(format!("receipt-{id}.key")), missing)?;
            receipt.push(ReceiptKey { id, signing: SigningKey::from_bytes(&seed) });
        }
        Ok(Keys {
            receipt,
            box_private: secret(&dir.join("box.key"), missing)?,
            dossier_kek: secret(&dir.join("dossier-kek.key"), missing)?,
            marks: secret(&dir.join("marks.key"), missing)?,
            // Nothing is sealed or proven by it, and offices of before have none: another costs each phone a new yes.
            vapid: secret(&dir.join("vapid.key"), Missing::MakeThem)?,
        })
    }

    /// The key that signs now: the newest.
    pub fn receipt(&self) -> &ReceiptKey {
        self.receipt.last().expect("open() keeps at least one receipt key")
    }

    /// What devices verify receipts with, newest last: key id and verifying key in hexadecimal.
    pub fn receipt_public(&self) -> Vec<(u32, String)> {
        self.receipt.iter().map(|key| (key.id, hex::encode(key.signing.verifying_key().as_bytes()))).collect()
    }

    /// The same as keys, for verifying a receipt here.
    pub fn receipt_verifying(&self) -> Vec<(u32, VerifyingKey)> {
        self.receipt.iter().map(|key| (key.id, key.signing.verifying_key())).collect()
    }

    /// What devices seal to, X25519, in hexadecimal.
    pub fn box_public(&self) -> String {
        hex::encode(&sync::letterbox::public(&self.box_private))
    }

    /// The key that wraps every dossier's own key.
    pub fn dossier_kek(&self) -> &[u8; 32] {
        &self.dossier_kek
    }

    /// The P-256 key pushes are signed with.
    pub fn vapid(&self) -> &[u8; 32] {
        &self.vapid
    }

    /// The frame in a sealed copy; `None` when it was not sealed to this office.
    pub fn open_sealed(&self, copy: &[u8]) -> Option<Vec<u8>> {
        sync::sealed::open(copy, &self.box_private)
    }

    /// Opens the recovery slot of a device's vault. `None` when it was not sealed to this office for this device.
    pub fn open_recovery(&self, device: DeviceHandle, slot: &[u8]) -> Option<[u8; 32]> {
        sync::vault::open_recovery(slot, device, &self.box_private).ok()
    }

    /// A mark that stands for something personal where it must not be written (counters of failed tries): the same
    /// thing has the same mark, and nothing can be read from it without the key.
    pub fn mark(&self, kind: &str, thing: &[u8]) -> [u8; 16] {
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.marks).expect("HMAC takes a key of any length");
        mac.update(&[kind.len() as u8]);
        mac.update(kind.as_bytes());
        mac.update(thing);
        let mut mark = [0; 16];
        mark.copy_from_slice(&mac.finalize().into_bytes()[..16]);
        mark
    }

    /// A mark of eight characters for log lines.
    pub fn log_mark(&self, kind: &str, number: u32) -> String {
        hex::encode(&self.mark(kind, &number.to_be_bytes())[..4])
    }
}

fn at(path: &Path) -> impl FnOnce(io::Error) -> KeysError + '_ {
    |cause| KeysError::Io { path: path.to_owned(), cause }
}

/// The ids of the receipt keys on disk, oldest first; `None` when there is none yet.
fn receipt_ids(dir: &Path) -> Result<Option<Vec<u32>>, KeysError> {
    let mut ids = Vec::new();
    for entry in fs::read_dir(dir).map_err(at(dir))? {
        let name = entry.map_err(at(dir))?.file_name();
        let id = name.to_str().and_then(|name| name.strip_prefix("receipt-")?.strip_suffix(".key"));
        ids.extend(id.and_then(|id| id.parse::<u32>().ok()));
    }
    ids.sort_unstable();
    Ok((!ids.is_empty()).then_some(ids))
}

fn secret(path: &Path, missing: Missing) -> Result<[u8; 32], KeysError> {
    match File::open(path) {
        Ok(file) => read(path, file),
        Err(cause) if cause.kind() == io::ErrorKind::NotFound && missing == Missing::MakeThem => {
            write(path, &dice::roll()).map_err(at(path))?;
            read(path, File::open(path).map_err(at(path))?)
        }
        Err(cause) if cause.kind() == io::ErrorKind::NotFound => Err(KeysError::Missing(path.to_owned())),
        Err(cause) => Err(at(path)(cause)),
    }
}

fn read(path: &Path, mut file: File) -> Result<[u8; 32], KeysError> {
    let mode = file.metadata().map_err(at(path))?.permissions().mode();
    if mode & 0o077 != 0 {
        return Err(KeysError::Open(path.to_owned()));
    }
    let mut bytes = Vec::with_capacity(33);
    (&mut file).take(33).read_to_end(&mut bytes).map_err(at(path))?;
    bytes.try_into().map_err(|_| KeysError::Length(path.to_owned()))
}

/// Writes a new secret whole or not at all, and never over another one.
fn write(path: &Path, bytes: &[u8; 32]) -> io::Result<()> {
    let draft = path.with_extension(format!("new-{}", hex::encode(&dice::roll::<4>())));
    let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&draft)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    let linked = match fs::hard_link(&draft, path) {
        // Another process was faster: its key is the key.
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
        other => other,
    };
    fs::remove_file(&draft)?;
    linked?;
    match path.parent() {
        Some(dir) => File::open(dir)?.sync_all(),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use sync::dice::Dice;
    use sync::vault::{Cost, DataKey, Vault};

    use super::*;

    fn made() -> (tempfile::TempDir, Keys) {
        let dir = tempfile::tempdir().expect("a directory");
        let keys = Keys::open(&dir.path().join("keys"), Missing::MakeThem).unwrap_or_else(|e| panic!("{e}"));
        (dir, keys)
    }

    #[test]
    fn keys_stay_the_same_and_nobody_else_may_read_them() {
        let (dir, first) = made();
        let path = dir.path().join("keys");
        let again = Keys::open(&path, Missing::Refuse).unwrap_or_else(|e| panic!("{e}"));
        assert_eq!(first.receipt_public(), again.receipt_public());
        assert_eq!(first.box_public(), again.box_public());
        assert_eq!(first.dossier_kek(), again.dossier_kek());
        let mut files = 0;
        for entry in fs::read_dir(&path).expect("the directory") {
            let mode = entry.expect("an entry").metadata().expect("metadata").permissions().mode();
            assert_eq!(mode & 0o777, 0o600);
            files += 1;
        }
        assert_eq!(files, 5);
        assert_eq!(fs::metadata(&path).expect("metadata").permissions().mode() & 0o777, 0o700);
    }

    #[test]
    fn a_lost_or_open_or_short_key_is_refused() {
        let (dir, _) = made();
        let path = dir.path().join("keys");
        let kek = path.join("dossier-kek.key");
        fs::set_permissions(&kek, fs::Permissions::from_mode(0o644)).expect("chmod");
        assert!(matches!(Keys::open(&path, Missing::Refuse), Err(KeysError::Open(_))));
        fs::set_permissions(&kek, fs::Permissions::from_mode(0o600)).expect("chmod");
        fs::write(&kek, [1; 31]).expect("a short key");
        assert!(matches!(Keys::open(&path, Missing::MakeThem), Err(KeysError::Length(_))));
        fs::remove_file(&kek).expect("a lost key");
        assert!(matches!(Keys::open(&path, Missing::Refuse), Err(KeysError::Missing(_))));
    }

    #[test]
    fn only_a_slot_sealed_for_this_device_opens() {
        let (_dir, keys) = made();
        let (device, other) = (DeviceHandle([1, 2, 3]), DeviceHandle([1, 2, 4]));
        let box_public = hex::decode_exact(&keys.box_public()).expect("32 bytes");
        let cost = Cost { memory: 8, passes: 1 };
        let vault = Vault::create(
            &DataKey::from_bytes([5; 32]),
            "1",
            cost,
            device,
            &box_public,
            &mut Dice::new([1; 32]),
        );
        let slot = vault.expect("a vault").recovery;
        assert_eq!(keys.open_recovery(device, &slot), Some([5; 32]));
        assert_eq!(keys.open_recovery(other, &slot), None);
        assert_eq!(keys.open_recovery(device, &slot[..31]), None);
        assert_eq!(keys.open_recovery(device, &[0; 80]), None);
    }
}
