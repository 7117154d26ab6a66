//! Rows of the log: sealed under their dossier's key, opened for an answer.

use std::collections::HashMap;

use dossier::id::{CommuneCode, DossierId, EstablishmentId};
use sync::dice::Dice;
use sync::frame::down::{Numbered, Ordered};
use sync::office::answer::{Item, Row};
use sync::packed::{pack, unpack};
use sync::receipt::Receipt;
use sync::vault::DataKey;
use sync::wire::{Reader, Writer};

use crate::error::Error;
use crate::store::dossier::LogRow;

const DAMAGED: Error = Error::Broken("a row of the log does not open");

/// The keys of the dossiers of one batch or answer: each is unwrapped once.
pub struct KeyRing {
    office: DataKey,
    keys: HashMap<DossierId, DataKey>,
}

impl KeyRing {
    /// A ring of the office's own key.
    pub fn new(kek: &[u8; 32]) -> KeyRing {
        KeyRing { office: DataKey::from_bytes(*kek), keys: HashMap::new() }
    }

    /// The key of a dossier, from its sealed form.
    pub fn unwrap(&mut self, dossier: DossierId, sealed: &[u8]) -> Result<&DataKey, Error> {
        if !self.keys.contains_key(&dossier) {
            let key = self.office.open(sealed).ok().and_then(|key| key.try_into().ok());
            self.keys.insert(dossier, DataKey::from_bytes(key.ok_or(DAMAGED)?));
        }
        self.keys.get(&dossier).ok_or(DAMAGED)
    }

    /// A key that has been unwrapped or made before.
    pub fn get(&self, dossier: DossierId) -> Option<&DataKey> {
        self.keys.get(&dossier)
    }

    /// A new key for a new dossier, and its sealed form.
    pub fn make(&mut self, dossier: DossierId, dice: &mut Dice) -> Vec<u8> {
        let key: [u8; 32] = dice.bytes();
        let sealed = self.office.seal(&key, dice);
        self.keys.insert(dossier, DataKey::from_bytes(key));
        sealed
    }

    /// Opens what [`KeyRing::seal_own`] has sealed.
    pub fn open_own(&self, sealed: &[u8]) -> Option<Vec<u8>> {
        self.office.open(sealed).ok()
    }

    /// Seals what belongs to no dossier: bytes in quarantine.
    pub fn seal_own(&self, bytes: &[u8], dice: &mut Dice) -> Vec<u8> {
        self.office.seal(bytes, dice)
    }
}

/// An item as it lies in the log: its kind and its bytes before sealing.
pub fn encode(item: &Item) -> Result<(u8, Vec<u8>), Error> {
    let plain = |value: Result<Vec<u8>, postcard::Error>| value.map_err(|_| DAMAGED);
    Ok(match item {
        Item::Change(_, hash, raw) => (LogRow::PACKED, pack(hash, raw)),
        Item::Ordered(ordered) => (LogRow::ORDERED, plain(postcard::to_allocvec(ordered))?),
        Item::Numbered(numbered) => (LogRow::NUMBERED, plain(postcard::to_allocvec(numbered))?),
        Item::Receipt(receipt) => {
            let mut out = Writer::default();
            receipt.write(&mut out);
            (LogRow::RECEIPT, out.0)
        }
    })
}

/// Opens a row.
pub fn open(row: &LogRow, keys: &mut KeyRing) -> Result<Row, Error> {
    let dossier = DossierId(row.dossier.as_slice().try_into().map_err(|_| DAMAGED)?);
    let plain = keys.unwrap(dossier, &row.key)?.open(&row.sealed).map_err(|_| DAMAGED)?;
    let item = match row.kind {
        LogRow::CHANGE => {
            let (hash, raw) = plain.split_first_chunk::<32>().ok_or(DAMAGED)?;
            Item::Change(dossier, *hash, raw.to_vec())
        }
        LogRow::PACKED => {
            let (hash, raw) = unpack(&plain).map_err(|_| DAMAGED)?;
            Item::Change(dossier, hash, raw)
        }
        LogRow::ORDERED => Item::Ordered(postcard::from_bytes::<Ordered>(&plain).map_err(|_| DAMAGED)?),
        LogRow::NUMBERED => Item::Numbered(postcard::from_bytes::<Numbered>(&plain).map_err(|_| DAMAGED)?),
        LogRow::RECEIPT => Item::Receipt(Receipt::read(&mut Reader(&plain)).map_err(|_| DAMAGED)?),
        _ => return Err(DAMAGED),
    };
    Ok(Row { number: row.number.max(0) as u64, establishment: EstablishmentId(row.establishment), item })
}

/// The place of a dossier, from any of its rows.
pub fn place(row: &LogRow) -> (EstablishmentId, CommuneCode) {
    (EstablishmentId(row.establishment), CommuneCode(row.commune))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The change every document begins with, as it lies in the log.
    fn lying(ring: &mut KeyRing, kind: u8, plain: &[u8], dice: &mut Dice) -> Item {
        let dossier = DossierId([7; 8]);
        let key = ring.make(dossier, dice);
        let sealed = ring.get(dossier).expect("just made").seal(plain, dice);
        let row =
            LogRow { number: 1, dossier: dossier.0.into(), establishment: 1, commune: 1, kind, sealed, key };
        open(&row, ring).unwrap_or_else(|error| panic!("{error}")).item
    }

    #[test]
    fn a_change_is_read_back_as_it_lies_now_and_as_it_lay_before() {
        let change = sync::document::seed_change();
        let (hash, raw) = (change.hash().0, change.raw_bytes().to_vec());
        let (mut ring, mut dice) = (KeyRing::new(&[3; 32]), Dice::new([4; 32]));
        let item = Item::Change(DossierId([7; 8]), hash, raw.clone());
        let (kind, packed) = encode(&item).unwrap_or_else(|error| panic!("{error}"));
        assert_eq!(kind, LogRow::PACKED);
        let before = [&hash[..], &raw].concat();
        for (kind, plain) in [(kind, packed), (LogRow::CHANGE, before)] {
            let Item::Change(_, found, bytes) = lying(&mut ring, kind, &plain, &mut dice) else {
                panic!("a change");
            };
            assert_eq!((found, bytes), (hash, raw.clone()));
        }
    }
}
