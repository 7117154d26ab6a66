//! The state directory: slots as files, the log of each member as one append-only file of length-prefixed sealed
//! records. A save is on the disk before it is answered.

use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{self, Read, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

use dossier::place::Place;
use sync::device::Writes;
use sync::slot::Slot;

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

    /// The slots that hold something, of all places, but for pictures: those are read one by one.
    pub fn slots(&self) -> io::Result<Vec<(Place, Slot, Vec<u8>)>> {
        let mut slots = Vec::new();
        for entry in fs::read_dir(&self.dir)? {
            let name = entry?.file_name();
            let slot = name.to_str().and_then(|name| Slot::of_key(&name.replace('-', "/")));
            if let Some((place, slot)) = slot.filter(|(_, slot)| !matches!(slot, Slot::Paper(_))) {
                slots.push((place, slot, fs::read(self.dir.join(&name))?));
            }
        }
        Ok(slots)
    }

    /// One slot; `None` when nothing can be read there.
    pub fn slot(&self, place: Place, slot: Slot) -> Option<Vec<u8>> {
        fs::read(self.slot_path(place, slot)).ok()
    }

    /// The files of the pictures of a place.
    fn pictures(&self, place: Place) -> io::Result<Vec<PathBuf>> {
        let mut found = Vec::new();
        for entry in fs::read_dir(&self.dir)? {
            let name = entry?.file_name();
            let slot = name.to_str().and_then(|name| Slot::of_key(&name.replace('-', "/")));
            if matches!(slot, Some((whose, Slot::Paper(_))) if whose == place) {
                found.push(self.dir.join(&name));
            }
        }
        Ok(found)
    }

    /// The log of a place, oldest first. A tail that was cut by a crash before its save was answered is left out.
    pub fn log(&self, place: Place) -> io::Result<Vec<Vec<u8>>> {
        let mut bytes = Vec::new();
        match File::open(self.log_path(place)) {
            Ok(mut file) => file.read_to_end(&mut bytes)?,
            Err(error) if error.kind() == io::ErrorKind::NotFound => 0,
            Err(error) => return Err(error),
        };
        Ok(records(&bytes).0)
    }

    /// Keeps a batch: records first, then slots, each durable before the next. A crash between them leaves records
    /// that say more than the slots: the exchange repeats, nothing is lost.
    pub fn keep(&self, writes: &Writes) -> io::Result<()> {
        let Writes { place, rewritten, append, slots, drops, forgotten } = writes;
        if let Some(log) = rewritten {
            // Beside the old one and then in its place: a crash leaves one or the other.
            let path = self.log_path(*place);
            let draft = path.with_extension("new");
            let mut file =
                OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&draft)?;
            file.write_all(&lines(log.iter().chain(append))?)?;
            file.sync_all()?;
            fs::rename(&draft, path)?;
        }
        let append = if rewritten.is_some() { &[][..] } else { append };
        if !append.is_empty() {
            let path = self.log_path(*place);
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
            file.write_all(&lines(append)?)?;
            file.sync_all()?;
        }
        for (place, slot, bytes) in slots {
            let path = self.slot_path(*place, *slot);
            let draft = path.with_extension("new");
            let mut file =
                OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&draft)?;
            file.write_all(bytes)?;
            file.sync_all()?;
            fs::rename(&draft, path)?;
        }
        let slots = drops.iter().map(|(place, slot)| self.slot_path(*place, *slot));
        // The log first: a vault without a log is an empty one, a log without its vault would be a riddle.
        let pictures = forgotten.map(|place| self.pictures(place)).transpose()?.unwrap_or_default();
        for path in forgotten.map(|place| self.log_path(place)).into_iter().chain(slots).chain(pictures) {
            match fs::remove_file(path) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
                _ => {}
            }
        }
        File::open(&self.dir)?.sync_all()
    }

    /// A stroke in a key is no name of a file.
    fn slot_path(&self, place: Place, slot: Slot) -> PathBuf {
        self.dir.join(slot.key(place).replace('/', "-"))
    }

    fn log_path(&self, place: Place) -> PathBuf {
        self.dir.join(if place == Place::FIRST { "log".to_owned() } else { format!("{}-log", place.0) })
    }
}

/// Records as they lie in a log.
fn lines<'a>(records: impl IntoIterator<Item = &'a Vec<u8>>) -> io::Result<Vec<u8>> {
    let mut lines = Vec::new();
    for record in records {
        let length = u32::try_from(record.len()).map_err(|_| io::Error::other("a record is too long"))?;
        lines.extend_from_slice(&length.to_le_bytes());
        lines.extend_from_slice(record);
    }
    Ok(lines)
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
        let append = |records: &[&[u8]]| Writes {
            append: records.iter().map(|record| record.to_vec()).collect(),
            ..Writes::default()
        };
        store.keep(&append(&[b"one", b"two"])).expect("kept");
        let path = dir.path().join("log");
        let mut bytes = fs::read(&path).expect("the log");
        bytes.truncate(bytes.len() - 1);
        fs::write(&path, &bytes).expect("torn");
        assert_eq!(store.log(Place::FIRST).expect("read"), vec![b"one".to_vec()]);
        let draft = (Place::FIRST, Slot::Draft, b"d".to_vec());
        store.keep(&Writes { slots: vec![draft.clone()], ..append(&[b"three"]) }).expect("kept");
        let second = (Place(1), Slot::Draft, b"e".to_vec());
        let writes = Writes { place: Place(1), slots: vec![second.clone()], ..append(&[b"theirs"]) };
        store.keep(&writes).expect("kept");
        assert_eq!(store.log(Place::FIRST).expect("read"), vec![b"one".to_vec(), b"three".to_vec()]);
        assert_eq!(store.log(Place(1)).expect("read"), vec![b"theirs".to_vec()]);
        let mut slots = store.slots().expect("read");
        slots.sort();
        assert_eq!(slots, vec![draft.clone(), second]);
        store.keep(&Writes { drops: vec![(Place(1), Slot::Draft)], ..Writes::default() }).expect("kept");
        assert_eq!(store.slots().expect("read"), vec![draft]);
        let picture = |place| (place, Slot::Paper([7; 32]), b"p".to_vec());
        let slots = vec![picture(Place::FIRST), picture(Place(1))];
        store.keep(&Writes { slots, ..Writes::default() }).expect("kept");
        assert_eq!(store.slots().expect("read").len(), 1, "pictures are read one by one");
        store.keep(&Writes { forgotten: Some(Place(1)), ..Writes::default() }).expect("kept");
        assert_eq!(store.slot(Place(1), Slot::Paper([7; 32])), None, "they go with their place");
        assert_eq!(store.slot(Place::FIRST, Slot::Paper([7; 32])), Some(b"p".to_vec()));
        store.keep(&Writes { rewritten: Some(vec![b"three".to_vec()]), ..append(&[b"four"]) }).expect("kept");
        assert_eq!(store.log(Place::FIRST).expect("read"), vec![b"three".to_vec(), b"four".to_vec()]);
        assert!(Store::open(dir.path()).is_err(), "one process at a time");
    }
}
