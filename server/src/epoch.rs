//! Which life of the database this is. A database restored from a copy has forgotten what it said after the copy was
//! made; a new epoch makes devices offer everything again, and keeps receipt numbers from being issued twice.

use std::fs::{File, OpenOptions};
use std::io;
use std::os::unix::fs::{FileExt, OpenOptionsExt};
use std::path::Path;

use crate::hex;
use crate::store::office::{self, OfficeRow};
use crate::store::{Store, StoreError};
use crate::{clock, dice};

/// A generation that counts up, and eight dice so that two restored copies never share one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Epoch {
    /// 1 for the first.
    pub generation: u32,
    /// Random.
    pub dice: [u8; 8],
}

impl Epoch {
    fn first() -> Epoch {
        Epoch { generation: 1, dice: dice::roll() }
    }

    fn after(generation: u32) -> Epoch {
        Epoch { generation: generation.saturating_add(1), dice: dice::roll() }
    }
}

/// What happened to the epoch at start.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EpochStory {
    /// The database is new.
    Made,
    /// The database is the one that was here before.
    Kept,
    /// The database is older than the file beside it says, or came without it: a new epoch has begun.
    Renewed,
}

/// `DATA/epoch`: the epoch and the highest log number ever used, in one line of constant length, beside the database
/// so that restoring the database does not restore it.
pub struct Sidecar {
    file: File,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Line {
    epoch: Epoch,
    log_high: u64,
}

const LINE: usize = 10 + 1 + 16 + 1 + 20 + 1;

impl Line {
    fn text(self) -> String {
        format!("{:010} {} {:020}\n", self.epoch.generation, hex::encode(&self.epoch.dice), self.log_high)
    }

    fn parse(text: &str) -> Option<Line> {
        let mut words = text.split_ascii_whitespace();
        let generation = words.next()?.parse().ok()?;
        let dice = hex::decode_exact(words.next()?)?;
        Some(Line { epoch: Epoch { generation, dice }, log_high: words.next()?.parse().ok()? })
    }
}

impl Sidecar {
    fn open(path: &Path) -> io::Result<Sidecar> {
        let mut options = OpenOptions::new();
        options.read(true).write(true).create(true).truncate(false).mode(0o600);
        Ok(Sidecar { file: options.open(path)? })
    }

    fn read(&self) -> io::Result<Option<Line>> {
        let mut bytes = [0; LINE];
        match self.file.read_exact_at(&mut bytes, 0) {
            Ok(()) => Ok(std::str::from_utf8(&bytes).ok().and_then(Line::parse)),
            Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Remembers the highest log number; called after every commit that used one, before anybody is told. It is not
    /// flushed: when the power fails the database is ahead of it, which is harmless.
    pub fn remember(&self, epoch: Epoch, log_high: u64) -> io::Result<()> {
        self.file.write_all_at(Line { epoch, log_high }.text().as_bytes(), 0)
    }

    fn remember_for_good(&self, epoch: Epoch, log_high: u64) -> io::Result<()> {
        self.remember(epoch, log_high)?;
        self.file.sync_all()
    }
}

/// Why the epoch cannot be known.
#[derive(Debug, thiserror::Error)]
pub enum EpochError {
    /// The file beside the database.
    #[error("epoch file: {0}")]
    File(#[from] io::Error),
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A statement.
    #[error("epoch row: {0}")]
    Database(#[from] sqlx::Error),
}

/// Makes the first epoch, or compares the database with the file beside it and begins a new one if it was restored.
/// The caller holds the lock of the data directory.
pub async fn settle(store: &Store, path: &Path) -> Result<(Epoch, Sidecar, EpochStory), EpochError> {
    // The file is read before the database: a commit in between can only make the database newer.
    let sidecar = Sidecar::open(path)?;
    let line = sidecar.read()?;
    let Some(row) = office::find(store.readers()).await? else {
        // A file without its database: the database was thrown away, its numbers must not come back.
        let epoch = line.map_or_else(Epoch::first, |line| Epoch::after(line.epoch.generation));
        let mut transaction = store.begin().await?;
        office::insert(&mut *transaction, epoch, clock::now()).await?;
        transaction.commit().await?;
        sidecar.remember_for_good(epoch, 0)?;
        return Ok((epoch, sidecar, EpochStory::Made));
    };
    if same_life(&row, line) {
        sidecar.remember_for_good(row.epoch, row.log_high)?;
        return Ok((row.epoch, sidecar, EpochStory::Kept));
    }
    let epoch = renew(store, &sidecar, &row, line).await?;
    Ok((epoch, sidecar, EpochStory::Renewed))
}

/// Begins a new epoch whatever the file says: somebody knows that the database was restored.
pub async fn force(store: &Store, path: &Path) -> Result<Epoch, EpochError> {
    let sidecar = Sidecar::open(path)?;
    let line = sidecar.read()?;
    match office::find(store.readers()).await? {
        Some(row) => renew(store, &sidecar, &row, line).await,
        None => Ok(settle(store, path).await?.0),
    }
}

fn same_life(row: &OfficeRow, line: Option<Line>) -> bool {
    match line {
        Some(line) => line.epoch == row.epoch && line.log_high <= row.log_high,
        // Nothing was ever logged: there is nothing to forget.
        None => row.log_high == 0,
    }
}

async fn renew(
    store: &Store,
    sidecar: &Sidecar,
    row: &OfficeRow,
    line: Option<Line>,
) -> Result<Epoch, EpochError> {
    let newest = line.map_or(0, |line| line.epoch.generation).max(row.epoch.generation);
    let epoch = Epoch::after(newest);
    let mut transaction = store.begin().await?;
    office::set_epoch(&mut *transaction, epoch).await?;
    transaction.commit().await?;
    sidecar.remember_for_good(epoch, row.log_high)?;
    Ok(epoch)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_has_one_length_and_reads_back() {
        for (generation, log_high) in [(1, 0), (u32::MAX, u64::MAX)] {
            let line = Line { epoch: Epoch { generation, dice: [7; 8] }, log_high };
            assert_eq!(line.text().len(), LINE);
            assert_eq!(Line::parse(&line.text()), Some(line));
        }
        assert_eq!(Line::parse("1 07 x"), None);
    }

    #[test]
    fn an_older_database_is_another_life_and_a_newer_one_is_not() {
        let epoch = Epoch { generation: 3, dice: [1; 8] };
        let row = OfficeRow { epoch, log_high: 50, demo: false };
        assert!(same_life(&row, Some(Line { epoch, log_high: 50 })));
        assert!(same_life(&row, Some(Line { epoch, log_high: 40 })));
        assert!(!same_life(&row, Some(Line { epoch, log_high: 51 })));
        assert!(!same_life(&row, Some(Line { epoch: Epoch { generation: 4, ..epoch }, log_high: 50 })));
        assert!(!same_life(&row, None));
    }
}
