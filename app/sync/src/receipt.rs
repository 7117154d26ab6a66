//! Biên nhận: the office's signed proof of content and time of arrival.
//!
//! One Ed25519 signature per exchange over {commune, epoch, key id, received at, projection version, Merkle
//! root}. A leaf is {number, dossier, content}, content = SHA-256(heads ‖ projection hash); the device rebuilds
//! its leaf from what it holds. A receipt is leaf + path + signature and verifies with nothing but the office's
//! verifying key: in the app, from its QR code, on the command line. It names nobody.

use dossier::act::Heads;
use dossier::id::{CommuneCode, DossierId};
use dossier::moment::Moment;
use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::base32;
use crate::wire::{Reader, WireError, Writer};

mod tree;

pub use tree::{Leaf, Path, Side, merkle};

/// What every receipt text starts with; the digit is the version of its form.
pub const PREFIX: &str = "BANKHAI1:";

/// Số tiếp nhận: a serial within one epoch of one commune's office. A restored office has another epoch, so it
/// cannot give a number twice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct ReceiptNumber {
    /// The commune.
    pub commune: CommuneCode,
    /// The office's epoch.
    pub epoch: Epoch,
    /// From 1.
    pub serial: u32,
}

/// The office's epoch: eight random bytes, new after every restore.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Epoch(pub [u8; 8]);

impl std::fmt::Display for ReceiptNumber {
    /// `03394-QF7A-000482`: commune, four signs of the epoch, serial.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let epoch = base32::encode(&self.epoch.0);
        write!(f, "{}-{}-{:06}", self.commune, &epoch[..4], self.serial)
    }
}

/// What the signature covers, the same for all receipts of one exchange.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Root {
    /// The commune.
    pub commune: CommuneCode,
    /// The office's epoch.
    pub epoch: Epoch,
    /// Which of the office's keys signed.
    pub key_id: u32,
    /// When the office received the exchange, by its own clock.
    pub received_at: Moment,
    /// The version of the projection hash.
    pub projection_version: u16,
    /// The Merkle root over the leaves.
    pub merkle: [u8; 32],
}

impl Root {
    fn message(&self) -> Vec<u8> {
        let mut message = Writer(b"bankhai receipt v1".to_vec());
        self.write(&mut message);
        message.0
    }

    pub(crate) fn write(&self, out: &mut Writer) {
        out.number(self.commune.0.into());
        out.raw(&self.epoch.0);
        out.number(self.key_id.into());
        out.number(self.received_at.0.max(0) as u64);
        out.number(self.projection_version.into());
        out.raw(&self.merkle);
    }

    pub(crate) fn read(reader: &mut Reader<'_>) -> Result<Root, WireError> {
        Ok(Root {
            commune: CommuneCode(reader.fit()?),
            epoch: Epoch(reader.array()?),
            key_id: reader.fit()?,
            received_at: Moment(reader.fit()?),
            projection_version: reader.fit()?,
            merkle: reader.array()?,
        })
    }

    /// Signs the root.
    pub fn sign(&self, key: &SigningKey) -> [u8; 64] {
        key.sign(&self.message()).to_bytes()
    }
}

/// One receipt.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receipt {
    /// What the signature covers.
    pub root: Root,
    /// Its serial; commune and epoch are the root's.
    pub serial: u32,
    /// The epoch the number was given in: an office that took the notice up again after a restore keeps the
    /// number it had.
    pub number_epoch: Epoch,
    /// The dossier.
    pub dossier: DossierId,
    /// The digest of exactly what was received: see [`content`].
    pub content: [u8; 32],
    /// The path from the leaf to the root, each step with the side the sibling stands on.
    pub path: Vec<(Side, [u8; 32])>,
    /// The signature, 64 bytes.
    pub signature: Vec<u8>,
}

/// The digest of exact content: heads and what they say.
pub fn content(heads: &Heads, projection: &[u8; 32]) -> [u8; 32] {
    let mut digest = Sha256::new().chain_update(b"bankhai content v1");
    for head in &heads.0 {
        digest.update(head);
    }
    digest.chain_update(projection).finalize().into()
}

/// Why a receipt proves nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReceiptError {
    /// The text is not a receipt.
    #[error("not a receipt")]
    NotAReceipt,
    /// Signed by a key that is not known here.
    #[error("unknown key")]
    UnknownKey,
    /// The signature or the path does not fit: changed or made up.
    #[error("signature does not fit")]
    Forged,
}

impl From<WireError> for ReceiptError {
    fn from(_: WireError) -> ReceiptError {
        ReceiptError::NotAReceipt
    }
}

/// The office's verifying keys, by id.
pub type Keys = Vec<(u32, VerifyingKey)>;

/// Verifies many receipts: those of one exchange stand under one signature, which is checked once.
pub struct Verifier<'a> {
    keys: &'a Keys,
    genuine: Option<(Root, Vec<u8>)>,
}

impl<'a> Verifier<'a> {
    /// A verifier with the office's keys.
    pub fn new(keys: &'a Keys) -> Verifier<'a> {
        Verifier { keys, genuine: None }
    }

    /// Whether the office signed exactly this.
    pub fn verify(&mut self, receipt: &Receipt) -> Result<(), ReceiptError> {
        let root = receipt.root;
        let (_, key) = self.keys.iter().find(|(id, _)| *id == root.key_id).ok_or(ReceiptError::UnknownKey)?;
        if tree::climb(&receipt.leaf(), &receipt.path) != root.merkle {
            return Err(ReceiptError::Forged);
        }
        if self.genuine.as_ref().is_some_and(|(known, by)| *known == root && *by == receipt.signature) {
            return Ok(());
        }
        let signature = Signature::from_slice(&receipt.signature).map_err(|_| ReceiptError::Forged)?;
        key.verify_strict(&root.message(), &signature).map_err(|_| ReceiptError::Forged)?;
        self.genuine = Some((root, receipt.signature.clone()));
        Ok(())
    }
}

impl Receipt {
    /// The receipt of one leaf under a root.
    pub fn of(root: Root, leaf: &Leaf, path: Path, signature: &[u8]) -> Receipt {
        Receipt {
            root,
            serial: leaf.serial,
            number_epoch: leaf.number_epoch,
            dossier: leaf.dossier,
            content: leaf.content,
            path,
            signature: signature.to_vec(),
        }
    }

    /// Số tiếp nhận.
    pub fn number(&self) -> ReceiptNumber {
        ReceiptNumber { commune: self.root.commune, epoch: self.number_epoch, serial: self.serial }
    }

    pub(crate) fn leaf(&self) -> Leaf {
        Leaf {
            serial: self.serial,
            number_epoch: self.number_epoch,
            dossier: self.dossier,
            content: self.content,
        }
    }

    /// Whether the office signed exactly this.
    pub fn verify(&self, keys: &Keys) -> Result<(), ReceiptError> {
        Verifier::new(keys).verify(self)
    }

    /// The text of its QR code.
    pub fn to_text(&self) -> String {
        let mut out = Writer::default();
        self.write(&mut out);
        format!("{PREFIX}{}", base32::encode(&out.0))
    }

    /// Reads the text of a QR code; says nothing about its truth.
    pub fn from_text(text: &str) -> Result<Receipt, ReceiptError> {
        let text = text.trim();
        let coded = text.strip_prefix(PREFIX).ok_or(ReceiptError::NotAReceipt)?;
        // A path is at most 17 steps long (a frame holds fewer than 100,000 dossiers): 700 bytes, 1,120 signs.
        if coded.len() > 2_000 {
            return Err(ReceiptError::NotAReceipt);
        }
        let bytes = base32::decode(coded).ok_or(ReceiptError::NotAReceipt)?;
        let mut reader = Reader(&bytes);
        let receipt = Receipt::read(&mut reader)?;
        reader.end()?;
        Ok(receipt)
    }

    /// Its bytes, in frames and in QR codes.
    pub fn write(&self, out: &mut Writer) {
        self.root.write(out);
        out.number(self.serial.into());
        // Nearly always the root's own epoch: one byte says so.
        if self.number_epoch == self.root.epoch {
            out.raw(&[0]);
        } else {
            out.raw(&[1]);
            out.raw(&self.number_epoch.0);
        }
        out.raw(&self.dossier.0);
        out.raw(&self.content);
        out.number(self.path.len() as u64);
        for (side, sibling) in &self.path {
            out.raw(&[u8::from(*side == Side::Right)]);
            out.raw(sibling);
        }
        out.raw(&self.signature);
    }

    /// Reads its bytes; says nothing about its truth.
    pub fn read(reader: &mut Reader<'_>) -> Result<Receipt, WireError> {
        let root = Root::read(reader)?;
        let serial = reader.fit()?;
        let number_epoch = match reader.byte()? {
            0 => root.epoch,
            1 => Epoch(reader.array()?),
            _ => return Err(WireError::Unexpected),
        };
        let dossier = DossierId(reader.array()?);
        let content = reader.array()?;
        let mut path = Path::new();
        for _ in 0..reader.count(33)? {
            let side = match reader.byte()? {
                0 => Side::Left,
                1 => Side::Right,
                _ => return Err(WireError::Unexpected),
            };
            path.push((side, reader.array()?));
        }
        let signature = reader.array::<64>()?.to_vec();
        Ok(Receipt { root, serial, number_epoch, dossier, content, path, signature })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn issue(count: u32) -> (Vec<Receipt>, Keys) {
        let key = SigningKey::from_bytes(&[7; 32]);
        let epoch = Epoch([3; 8]);
        let leaves: Vec<Leaf> = (1..=count)
            .map(|serial| Leaf {
                serial,
                number_epoch: epoch,
                dossier: DossierId([serial as u8; 8]),
                content: [serial as u8; 32],
            })
            .collect();
        let (merkle, paths) = merkle(&leaves);
        let root = Root {
            commune: CommuneCode(3394),
            epoch,
            key_id: 1,
            received_at: Moment(1_795_000_000_000),
            projection_version: 1,
            merkle,
        };
        let signature = root.sign(&key);
        let receipts =
            leaves.iter().zip(paths).map(|(leaf, path)| Receipt::of(root, leaf, path, &signature[..]));
        (receipts.collect(), vec![(1, key.verifying_key())])
    }

    #[test]
    fn every_receipt_of_an_exchange_verifies_alone_and_from_its_text() {
        for count in [1, 2, 3, 7, 8, 9] {
            let (receipts, keys) = issue(count);
            for receipt in receipts {
                assert_eq!(receipt.verify(&keys), Ok(()));
                assert_eq!(Receipt::from_text(&receipt.to_text()), Ok(receipt));
            }
        }
    }

    #[test]
    fn a_verifier_that_knows_the_signature_still_refuses_what_it_does_not_cover() {
        let (receipts, keys) = issue(8);
        let mut verifier = Verifier::new(&keys);
        assert!(receipts.iter().all(|receipt| verifier.verify(receipt).is_ok()));
        let other = Receipt { content: [99; 32], ..receipts[0].clone() };
        assert_eq!(verifier.verify(&other), Err(ReceiptError::Forged));
        let later = Root { received_at: Moment(1_795_000_000_001), ..receipts[0].root };
        assert_eq!(
            verifier.verify(&Receipt { root: later, ..receipts[0].clone() }),
            Err(ReceiptError::Forged)
        );
    }

    #[test]
    fn a_receipt_of_another_key_is_of_an_unknown_key_or_forged() {
        let (receipts, _) = issue(1);
        let stranger = SigningKey::from_bytes(&[8; 32]).verifying_key();
        assert_eq!(receipts[0].verify(&vec![(1, stranger)]), Err(ReceiptError::Forged));
        assert_eq!(receipts[0].verify(&vec![(2, stranger)]), Err(ReceiptError::UnknownKey));
    }

    #[test]
    fn the_number_names_commune_epoch_and_serial() {
        let (receipts, _) = issue(1);
        assert_eq!(receipts[0].number().to_string(), "03394-AMBQ-000001");
    }

    proptest! {
        #[test]
        fn a_receipt_with_one_changed_bit_never_verifies(at: usize, bit in 0u8..8) {
            let (receipts, keys) = issue(3);
            let mut out = Writer::default();
            receipts[1].write(&mut out);
            let place = at % out.0.len();
            out.0[place] ^= 1 << bit;
            if let Ok(changed) = Receipt::read(&mut Reader(&out.0)) {
                prop_assert!(changed == receipts[1] || changed.verify(&keys).is_err());
            }
        }

        #[test]
        fn any_text_is_read_or_refused(text in "BANKHAI1:[A-Z2-7]{0,300}") {
            let _ = Receipt::from_text(&text);
        }
    }
}
