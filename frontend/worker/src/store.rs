//! The store: one IndexedDB database with a log that only grows and a few slots for every member of the device. A
//! batch is kept when its strict transaction has completed, or when it was read back; never on anybody's word.

mod database;
mod key;

use std::cell::{Cell, RefCell};

use dossier::place::Place;
use js_sys::Uint8Array;
use sync::device::Writes;
use sync::slot::Slot;
use wasm_bindgen::JsValue;
use web_sys::IdbTransaction;

use self::database::{Database, LOG, Mode, SLOT, drop_range, drop_slot, get, get_page, names, put};
use crate::clock;

/// The slot of the fencing number: a counter, then random bytes that no other window can have drawn.
const FENCE: &str = "fence";
/// The slot of the last batch: the fencing number, then the number of the batch.
const BATCH: &str = "batch";
/// Records read at once: a long log must not lie in memory twice.
const PAGE: u32 = 1_000;
/// How often a store that lost its connection is opened again before the answer is no, and the pause between.
const TRIES: u32 = 3;
const PAUSE: i32 = 500;

/// A fencing number.
type Fence = [u8; 24];

/// Why the store did not do as asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StoreError {
    /// The browser gives no database, or not in time.
    #[error("the database does not open")]
    Closed,
    /// The transaction did not complete: full, aborted, or the connection was lost.
    #[error("the transaction did not complete")]
    Aborted,
    /// Another window has taken over.
    #[error("another window writes")]
    Overtaken,
    /// Something that must be there is missing or empty.
    #[error("something is missing from the store")]
    Missing,
}

/// What became of a batch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kept {
    /// It is on disk.
    Yes,
    /// It is not, or nobody can tell.
    No,
    /// It is not, and this window does not write any more.
    Overtaken,
}

/// The fencing number of this window, and the one it follows. A window whose number could not be written at the
/// start brings it with its first batch, unless another has come between.
#[derive(Clone)]
struct Claim {
    fence: Fence,
    before: Vec<u8>,
}

/// The slots of all places that are read without a key.
pub type Clear = Vec<(Place, Slot, Vec<u8>)>;
/// A place's slots that hold something, and its log, oldest first.
pub type Contents = (Vec<(Slot, Vec<u8>)>, Vec<Vec<u8>>);

/// The store of this origin.
#[derive(Default)]
pub struct Store {
    database: RefCell<Option<Database>>,
    claim: RefCell<Option<Claim>>,
    full: Cell<bool>,
}

impl Store {
    /// Makes this window the only one whose batches are taken, and reads what needs no key.
    ///
    /// # Errors
    /// [`StoreError::Missing`] when a place has no vault but something that only a vault's owner can have written: a
    /// store that lost a part of itself must not look like a new one.
    pub async fn claim(&self, random: [u8; 32]) -> Result<Clear, StoreError> {
        self.hang_up();
        self.claim.take();
        // A full phone takes no number; it must still be opened and emptied. The first batch then brings it along.
        let claimed = self.try_claim(&random, Mode::Write).await;
        self.full.set(matches!(claimed, Err(StoreError::Aborted)));
        if self.full.get() {
            self.hang_up();
            return self.try_claim(&random, Mode::Read).await;
        }
        claimed
    }

    /// Whether it took nothing when it was opened, and nothing since.
    pub fn is_full(&self) -> bool {
        self.full.get()
    }

    async fn try_claim(&self, random: &[u8; 32], mode: Mode) -> Result<Clear, StoreError> {
        let database = self.open().await?;
        let transaction = database.begin(mode)?;
        let before = bytes(&get(&transaction, SLOT, &FENCE.into()).await?).unwrap_or_default();
        let mut fence = Fence::default();
        fence[..8].copy_from_slice(&counter(&before).saturating_add(1).to_be_bytes());
        fence[8..].copy_from_slice(&random[..16]);
        if mode == Mode::Write {
            put(&transaction, SLOT, Some(&FENCE.into()), &fence)?;
        }
        let slots = names(&transaction).await?;
        let slots: Vec<(Place, Slot)> = slots.iter().filter_map(|name| Slot::of_key(name)).collect();
        let mut clear = Clear::new();
        for (place, slot) in slots.iter().copied().filter(|(_, slot)| slot.is_clear()) {
            let value = get(&transaction, SLOT, &slot.key(place).into()).await?;
            clear.push((place, slot, bytes(&value).unwrap_or_default()));
        }
        let logs = logs(&transaction).await?;
        database.completed(transaction).await?;
        self.claim.replace(Some(Claim { fence, before }));
        let members = slots.iter().filter(|(_, slot)| *slot == Slot::Member).map(|(place, _)| *place);
        let orphan = |place: &Place| !slots.contains(&(*place, Slot::Vault));
        if logs.into_iter().chain(members).any(|place| orphan(&place)) {
            return Err(StoreError::Missing);
        }
        Ok(clear)
    }

    /// Keeps a batch in one strict transaction. What the transaction does not tell is read back from a fresh
    /// connection: a lost connection is not a lost batch, nor a kept one.
    pub async fn keep(&self, batch: u64, writes: Writes) -> Kept {
        let Some(claim) = self.claim.borrow().clone() else { return Kept::No };
        let slots = writes.slots.iter().map(|(_, _, bytes)| bytes);
        let empty = writes.append.iter().chain(slots).any(Vec::is_empty);
        if empty {
            return Kept::No;
        }
        let mark = [claim.fence.as_slice(), &batch.to_be_bytes()].concat();
        for _ in 0..2 {
            match self.write(&claim, batch, &mark, &writes).await {
                Ok(()) => {
                    self.full.set(false);
                    return Kept::Yes;
                }
                Err(StoreError::Overtaken) => return Kept::Overtaken,
                Err(_) => {}
            }
            match self.verify(&mark).await {
                Some(true) => return Kept::Yes,
                // Surely not there: it may be written once more.
                Some(false) => {}
                // It may be there: a second copy would be a second notice.
                None => return Kept::No,
            }
        }
        Kept::No
    }

    async fn write(&self, claim: &Claim, batch: u64, mark: &[u8], writes: &Writes) -> Result<(), StoreError> {
        let database = self.open().await?;
        let transaction = database.begin(Mode::Write)?;
        // Everything is queued in this turn; the fence is the first request, so its answer comes before the end.
        let current = get(&transaction, SLOT, &FENCE.into());
        let queued = queue(&transaction, &claim.fence, (batch, mark), writes);
        let current = bytes(&current.await?).unwrap_or_default();
        if current != claim.fence && current != claim.before {
            let _ = transaction.abort();
            // No number at all: not another window, but a store that somebody has cleared under our feet. The
            // device keeps what it knows, so that it can still be handed on as a file.
            return Err(if current.is_empty() { StoreError::Missing } else { StoreError::Overtaken });
        }
        if queued.is_err() {
            let _ = transaction.abort();
        }
        queued?;
        database.completed(transaction).await
    }

    /// Whether the last batch in the store is this one; `None` when that cannot be found out.
    async fn verify(&self, mark: &[u8]) -> Option<bool> {
        for _ in 0..TRIES {
            self.hang_up();
            if let Ok(last) = self.last_batch().await {
                return Some(last.as_deref() == Some(mark));
            }
            clock::sleep(PAUSE).await;
        }
        None
    }

    async fn last_batch(&self) -> Result<Option<Vec<u8>>, StoreError> {
        let database = self.open().await?;
        // A writing transaction waits for the one in doubt to end, whichever way.
        let transaction = database.begin(Mode::Write)?;
        let last = get(&transaction, SLOT, &BATCH.into()).await?;
        database.completed(transaction).await?;
        Ok(bytes(&last))
    }

    /// Reads everything of a place back.
    ///
    /// # Errors
    /// When the store cannot be read, on fresh connections too.
    pub async fn load(&self, place: Place) -> Result<Contents, StoreError> {
        let mut last = StoreError::Closed;
        for _ in 0..TRIES {
            match self.read(place).await {
                Ok(contents) => return Ok(contents),
                Err(error) => last = error,
            }
            self.hang_up();
            clock::sleep(PAUSE).await;
        }
        Err(last)
    }

    /// One slot; `None` when nothing can be read there.
    pub async fn slot(&self, place: Place, slot: Slot) -> Option<Vec<u8>> {
        let reading = async {
            let transaction = self.open().await?.begin(Mode::Read)?;
            get(&transaction, SLOT, &slot.key(place).into()).await
        };
        bytes(&reading.await.ok()?)
    }

    async fn read(&self, place: Place) -> Result<Contents, StoreError> {
        let database = self.open().await?;
        let transaction = database.begin(Mode::Read)?;
        let mut slots = Vec::new();
        let names = names(&transaction).await?;
        let own = names.iter().filter_map(|name| Slot::of_key(name));
        let own = own.filter(|(whose, slot)| *whose == place && slot.is_loaded());
        for (_, slot) in own {
            let value = get(&transaction, SLOT, &slot.key(place).into()).await?;
            slots.push((slot, bytes(&value).unwrap_or_default()));
        }
        let mut log = Vec::new();
        let mut after = None;
        loop {
            let (last, page) = get_page(&transaction, &key::range(place, after.as_ref())?, PAGE).await?;
            let whole = page.len() == PAGE as usize;
            // What is no record any more stays in its place as an empty one: the device counts it as damaged.
            log.extend(page.iter().map(|value| bytes(value).unwrap_or_default()));
            if !whole {
                return Ok((slots, log));
            }
            after = last;
        }
    }

    async fn open(&self) -> Result<Database, StoreError> {
        let open = self.database.borrow().clone();
        if let Some(database) = open.filter(Database::is_open) {
            return Ok(database);
        }
        let database = Database::open().await?;
        self.database.replace(Some(database.clone()));
        Ok(database)
    }

    fn hang_up(&self) {
        if let Some(database) = self.database.take() {
            database.close();
        }
    }
}

fn queue(
    transaction: &IdbTransaction,
    fence: &Fence,
    (batch, mark): (u64, &[u8]),
    writes: &Writes,
) -> Result<(), StoreError> {
    if writes.rewritten.is_some() {
        drop_range(transaction, LOG, &key::range(writes.place, None)?)?;
    }
    let log = writes.rewritten.iter().flatten().chain(&writes.append);
    for (number, record) in log.enumerate() {
        let key = key::record(writes.place, counter(fence), batch, number);
        put(transaction, LOG, key.as_ref(), record)?;
    }
    for (place, slot, value) in &writes.slots {
        put(transaction, SLOT, Some(&slot.key(*place).into()), value)?;
    }
    for (place, slot) in &writes.drops {
        drop_slot(transaction, &slot.key(*place))?;
    }
    if let Some(place) = writes.forgotten {
        drop_range(transaction, LOG, &key::range(place, None)?)?;
        drop_range(transaction, SLOT, &key::pictures(place)?)?;
    }
    put(transaction, SLOT, Some(&FENCE.into()), fence)?;
    put(transaction, SLOT, Some(&BATCH.into()), mark)
}

/// How many windows have claimed the store before this one, and this one.
fn counter(fence: &[u8]) -> u64 {
    fence.first_chunk().map_or(0, |counter| u64::from_be_bytes(*counter))
}

/// The places that have records.
async fn logs(transaction: &IdbTransaction) -> Result<Vec<Place>, StoreError> {
    let mut places = Vec::new();
    let mut next = Some(Place::FIRST);
    while let Some(from) = next {
        let (first, _) = get_page(transaction, &key::from(from)?, 1).await?;
        let found = first.map(|first| key::place_of(&first));
        places.extend(found);
        next = found.and_then(|place| place.0.checked_add(1)).map(Place);
    }
    Ok(places)
}

/// The bytes of a stored value; `None` if it is missing, empty, or something else.
fn bytes(value: &JsValue) -> Option<Vec<u8>> {
    use wasm_bindgen::JsCast as _;
    let bytes = value.dyn_ref::<Uint8Array>()?.to_vec();
    (!bytes.is_empty()).then_some(bytes)
}
