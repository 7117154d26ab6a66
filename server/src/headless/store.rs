//! The state directory: slots as files, the log as one append-only file of length-prefixed sealed records. A save
//! is on the disk before it is answered.

use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{self, Read, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

use sync::record::Slot;

/// A state directory; one process at a time.
pub struct Store {
    dir: PathBuf,
    _lock: File,
}

impl Store {
    /// Opens the directory, making it readable for its user only.
    pub fn open(dir: &Path) -> io::Result<Store> {
        DirBuilder::new().recursive(true).mode(0o700).create(dir)?;
        let lock =
            OpenOptions::new().write(true).create(true).truncate(false).mode(0o600).open(dir.join("lock"))?;
        lock.try_lock().map_err(|_| io::Error::other("another process uses this state directory"))?;
        Ok(Store { dir: dir.to_owned(), _lock: lock })
    }

    /// A slot, if it holds something.
    pub fn slot(&self, slot: Slot) -> io::Result<Option<Vec<u8>>> {
        match fs::read(self.dir.join(slot.key())) {
            Ok(bytes) => Ok(Some(bytes)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// The log, oldest first. A tail that was cut by a crash before its save was answered is left out.
    pub fn log(&self) -> io::Result<Vec<Vec<u8>>> {
        let mut bytes = Vec::new();
        match File::open(self.dir.join("log")) {
            Ok(mut file) => file.read_to_end(&mut bytes)?,
            Err(error) if error.kind() == io::ErrorKind::NotFound => 0,
            Err(error) => return Err(error),
        };
        Ok(records(&bytes).0)
    }

    /// Keeps a batch: records first, then slots, each durable before the next. A crash between them leaves records
    /// that say more than the slots: the exchange repeats, nothing is lost.
    pub fn keep(&self, append: &[Vec<u8>], slots: &[(Slot, Vec<u8>)]) -> io::Result<()> {
        if !append.is_empty() {
            let path = self.dir.join("log");
            let mut file = OpenOptions::new()
                .read(true)
                .write(true)
                .create(true)
                .truncate(false)
                .mode(0o600)
                .open(&path)?;
            let mut bytes = Vec::new();
            file.read_to_end(&mut bytes)?;
            // A torn tail would hide everything that is appended after it.
            let whole = records(&bytes).1;
            file.set_len(whole as u64)?;
            io::Seek::seek(&mut file, io::SeekFrom::End(0))?;
            let mut batch = Vec::new();
            for record in append {
                let length =
                    u32::try_from(record.len()).map_err(|_| io::Error::other("a record is too long"))?;
                batch.extend_from_slice(&length.to_le_bytes());
                batch.extend_from_slice(record);
            }
            file.write_all(&batch)?;
            file.sync_all()?;
        }
        for (slot, bytes) in slots {
            let draft = self.dir.join(format!("{}.new", slot.key()));
            let mut file =
                OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&draft)?;
            file.write_all(bytes)?;
            file.sync_all()?;
            fs::rename(&draft, self.dir.join(slot.key()))?;
        }
        File::open(&self.dir)?.sync_all()
    }
}

/// The whole records of a log, and how many bytes they are.
fn records(bytes: &[u8]) -> (Vec<Vec<u8>>, usize) {
    let mut records = Vec::new();
    let mut rest = bytes;
    while let Some((length, after)) = rest.split_first_chunk::<4>() {
        let length = u32::from_le_bytes(*length) as usize;
        let Some((record, after)) = after.split_at_checked(length) else { break };
        records.push(record.to_vec());
        rest = after;
    }
    (records, bytes.len() - rest.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_torn_tail_is_left_out_and_does_not_hide_what_comes_after() {
        let dir = tempfile::tempdir().expect("a directory");
        let store = Store::open(dir.path()).expect("a store");
        store.keep(&[b"one".to_vec(), b"two".to_vec()], &[]).expect("kept");
        let path = dir.path().join("log");
        let mut bytes = fs::read(&path).expect("the log");
        bytes.truncate(bytes.len() - 1);
        fs::write(&path, &bytes).expect("torn");
        assert_eq!(store.log().expect("read"), vec![b"one".to_vec()]);
        store.keep(&[b"three".to_vec()], &[(Slot::Draft, b"d".to_vec())]).expect("kept");
        assert_eq!(store.log().expect("read"), vec![b"one".to_vec(), b"three".to_vec()]);
        assert_eq!(store.slot(Slot::Draft).expect("read"), Some(b"d".to_vec()));
        assert!(Store::open(dir.path()).is_err(), "one process at a time");
    }
}
