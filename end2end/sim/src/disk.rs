//! A phone's disk: for each of its members an append-only log and a few slots. What was written and not yet flushed is
//! gone when the power goes. Every value lies there in two generations; after a power loss the newer one of the last
//! transaction may read as empty, and zero bytes are an error, never "nothing stored".

use std::collections::BTreeMap;

use dossier::place::Place;
use sync::device::Writes;
use sync::slot::Slot;

/// A place's slots and what they hold.
pub type Slots = Vec<(Slot, Vec<u8>)>;

/// One strict transaction.
#[derive(Clone)]
pub struct Transaction {
    /// The device's number for it.
    pub batch: u64,
    /// What it writes.
    pub writes: Writes,
}

/// How many values of the end of whose log, and which slots.
type Blank = (Place, usize, Vec<(Place, Slot)>);

/// The disk.
#[derive(Clone, Default)]
pub struct Disk {
    slots: BTreeMap<(Place, Slot), Vec<u8>>,
    logs: BTreeMap<Place, Vec<Vec<u8>>>,
    unflushed: Vec<Transaction>,
    /// What reads as empty in the newer generation.
    blank: Blank,
    last: Blank,
}

impl Disk {
    /// Takes a transaction; it is safe only after [`Disk::flush`].
    pub fn write(&mut self, transaction: Transaction) {
        self.unflushed.push(transaction);
    }

    /// Makes everything written safe.
    pub fn flush(&mut self) {
        for transaction in std::mem::take(&mut self.unflushed) {
            let Writes { place, rewritten, append, slots, drops, forgotten } = transaction.writes;
            self.last = (place, append.len(), slots.iter().map(|(place, slot, _)| (*place, *slot)).collect());
            self.blank = Blank::default();
            let log = self.logs.entry(place).or_default();
            *log = rewritten.unwrap_or_else(|| std::mem::take(log));
            log.extend(append);
            self.slots.extend(slots.into_iter().map(|(place, slot, bytes)| ((place, slot), bytes)));
            for key in drops {
                self.slots.remove(&key);
            }
            if let Some(place) = forgotten {
                self.slots.retain(|(whose, slot), _| *whose != place || !matches!(slot, Slot::Paper(_)));
                self.logs.remove(&place);
            }
        }
    }

    /// Drops what was not flushed, or what a failed transaction wrote.
    pub fn discard(&mut self) {
        self.unflushed.clear();
    }

    /// The power goes: what was not flushed is gone; `torn` leaves the newer generation of the last
    /// transaction empty.
    pub fn lose_power(&mut self, torn: bool) {
        self.discard();
        if torn {
            self.blank = self.last.clone();
        }
    }

    /// The right driver: an empty value is an error, the older generation is read.
    pub fn read(&self, place: Place) -> (Slots, Vec<Vec<u8>>) {
        let own = self.slots.iter().filter(|((whose, slot), _)| *whose == place && slot.is_loaded());
        let slots = own.map(|((_, slot), bytes)| (*slot, bytes.clone())).collect();
        (slots, self.logs.get(&place).cloned().unwrap_or_default())
    }

    /// What is read without a key.
    pub fn clear(&self) -> Vec<(Place, Slot, Vec<u8>)> {
        let clear = self.slots.iter().filter(|((_, slot), _)| slot.is_clear());
        clear.map(|((place, slot), bytes)| (*place, *slot, bytes.clone())).collect()
    }

    /// The wrong driver: what reads as empty is nothing stored.
    pub fn take_empty_for_valid(&mut self) {
        let (place, blank, slots) = std::mem::take(&mut self.blank);
        let log = self.logs.entry(place).or_default();
        log.truncate(log.len().saturating_sub(blank));
        for slot in slots {
            self.slots.remove(&slot);
        }
    }

    /// Whether nothing of a place is left but the word why.
    pub fn is_bare(&self, place: Place) -> bool {
        let log = self.logs.get(&place).is_some_and(|log| !log.is_empty());
        !log && self.slots.keys().all(|(whose, slot)| *whose != place || *slot == Slot::Dismissed)
    }

    /// One slot.
    pub fn slot(&self, place: Place, slot: Slot) -> Option<Vec<u8>> {
        self.slots.get(&(place, slot)).cloned()
    }

    /// A log, for a driver that deletes what it should not.
    pub fn log_mut(&mut self, place: Place) -> &mut Vec<Vec<u8>> {
        self.logs.entry(place).or_default()
    }
}
