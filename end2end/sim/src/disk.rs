//! A phone's disk: an append-only log and a few slots. What was written and not yet flushed is gone when the
//! power goes. Every value lies there in two generations; after a power loss the newer one of the last
//! transaction may read as empty, and zero bytes are an error, never "nothing stored".

use std::collections::BTreeMap;

use sync::record::Slot;

/// Slots and what they hold.
pub type Slots = Vec<(Slot, Vec<u8>)>;

/// One strict transaction.
#[derive(Clone)]
pub struct Transaction {
    /// The device's number for it.
    pub batch: u64,
    /// Appended.
    pub append: Vec<Vec<u8>>,
    /// Overwritten.
    pub slots: Slots,
}

/// The disk.
#[derive(Clone, Default)]
pub struct Disk {
    slots: BTreeMap<Slot, Vec<u8>>,
    log: Vec<Vec<u8>>,
    unflushed: Vec<Transaction>,
    /// How many values of the log's end read as empty in the newer generation, and which slots.
    blank: (usize, Vec<Slot>),
    last: (usize, Vec<Slot>),
}

impl Disk {
    /// Takes a transaction; it is safe only after [`Disk::flush`].
    pub fn write(&mut self, transaction: Transaction) {
        self.unflushed.push(transaction);
    }

    /// Makes everything written safe.
    pub fn flush(&mut self) {
        for transaction in std::mem::take(&mut self.unflushed) {
            self.last = (transaction.append.len(), transaction.slots.iter().map(|(slot, _)| *slot).collect());
            self.blank = (0, Vec::new());
            self.log.extend(transaction.append);
            self.slots.extend(transaction.slots);
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
    pub fn read(&self) -> (Slots, Vec<Vec<u8>>) {
        (self.slots.iter().map(|(slot, bytes)| (*slot, bytes.clone())).collect(), self.log.clone())
    }

    /// The wrong driver: what reads as empty is nothing stored.
    pub fn take_empty_for_valid(&mut self) {
        let (blank, slots) = std::mem::take(&mut self.blank);
        self.log.truncate(self.log.len().saturating_sub(blank));
        for slot in slots {
            self.slots.remove(&slot);
        }
    }

    /// One slot.
    pub fn slot(&self, slot: Slot) -> Option<Vec<u8>> {
        self.slots.get(&slot).cloned()
    }

    /// The log, for a driver that deletes what it should not.
    pub fn log_mut(&mut self) -> &mut Vec<Vec<u8>> {
        &mut self.log
    }
}
