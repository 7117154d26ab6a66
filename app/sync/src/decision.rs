//! Kết quả ký số: what was decided, for whom and until when, under the office's signature. It stands on the paper as a QR
//! code and verifies with nothing but the office's verifying key, as a receipt does. It says what the paper says and no
//! more, so that whoever holds both can compare them; whether the result still stands only the office can tell.

use dossier::id::{CommuneCode, DossierId};
use dossier::moment::{Day, Moment};
use ed25519_dalek::{Signature, Signer, SigningKey};

use crate::base32;
use crate::receipt::{Epoch, Keys, ReceiptError, ReceiptNumber};
use crate::wire::{Reader, WireError, Writer};

/// What every signed result starts with; the digit is the version of its form.
pub const PREFIX: &str = "BANKHAI-KQ1:";

/// Most signs of one: names and titles are short.
const LONGEST: usize = 2_000;

/// What the office signs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signed {
    /// The dossier's number.
    pub number: ReceiptNumber,
    /// The dossier.
    pub dossier: DossierId,
    /// When it was decided, by the office's clock.
    pub decided_at: Moment,
    /// The procedure, as the paper calls it.
    pub procedure: String,
    /// Whom it is about, as the paper writes the name.
    pub person: String,
    /// The last four digits of that person's number; empty when the paper has none.
    pub number_tail: String,
    /// The last day it holds for.
    pub until: Option<Day>,
}

/// A signed result.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignedDecision {
    /// What is signed.
    pub said: Signed,
    /// Which of the office's keys signed.
    pub key_id: u32,
    signature: [u8; 64],
}

impl Signed {
    fn write(&self, key_id: u32, out: &mut Writer) {
        out.number(self.number.commune.0.into());
        out.raw(&self.number.epoch.0);
        out.number(self.number.serial.into());
        out.raw(&self.dossier.0);
        out.number(key_id.into());
        out.number(self.decided_at.0.max(0) as u64);
        for words in [&self.procedure, &self.person, &self.number_tail] {
            out.bytes(words.as_bytes());
        }
        // Days are counted from 1970; none is written as nought.
        out.number(self.until.map_or(0, |day| u64::from(day.0.max(0).unsigned_abs()) + 1));
    }

    fn read(reader: &mut Reader<'_>) -> Result<(Signed, u32), WireError> {
        let (commune, epoch, serial) = (CommuneCode(reader.fit()?), Epoch(reader.array()?), reader.fit()?);
        let (dossier, key_id) = (DossierId(reader.array()?), reader.fit()?);
        let decided_at = Moment(reader.fit()?);
        let mut words = || -> Result<String, WireError> {
            let bytes = reader.bytes()?;
            std::str::from_utf8(bytes).map(str::to_owned).map_err(|_| WireError::Unexpected)
        };
        let (procedure, person, number_tail) = (words()?, words()?, words()?);
        let until = match reader.fit::<i32>()? {
            0 => None,
            day => Some(Day(day - 1)),
        };
        let number = ReceiptNumber { commune, epoch, serial };
        Ok((Signed { number, dossier, decided_at, procedure, person, number_tail, until }, key_id))
    }

    fn message(&self, key_id: u32) -> Vec<u8> {
        let mut out = Writer(b"bankhai decision v1".to_vec());
        self.write(key_id, &mut out);
        out.0
    }

    /// Signs it. The same result under the same key is the same text.
    pub fn sign(self, key_id: u32, key: &SigningKey) -> SignedDecision {
        let signature = key.sign(&self.message(key_id)).to_bytes();
        SignedDecision { said: self, key_id, signature }
    }
}

impl SignedDecision {
    /// Whether a text claims to be one.
    pub fn is_meant(text: &str) -> bool {
        text.trim().starts_with(PREFIX)
    }

    /// The text of its QR code.
    pub fn to_text(&self) -> String {
        let mut out = Writer::default();
        self.said.write(self.key_id, &mut out);
        out.raw(&self.signature);
        format!("{PREFIX}{}", base32::encode(&out.0))
    }

    /// Reads the text of a QR code; says nothing about its truth.
    ///
    /// # Errors
    /// [`ReceiptError::NotAReceipt`] for anything else.
    pub fn from_text(text: &str) -> Result<SignedDecision, ReceiptError> {
        let coded = text.trim().strip_prefix(PREFIX).filter(|coded| coded.len() <= LONGEST);
        let bytes = coded.and_then(base32::decode).ok_or(ReceiptError::NotAReceipt)?;
        let mut reader = Reader(&bytes);
        let (said, key_id) = Signed::read(&mut reader)?;
        let signature = reader.array()?;
        reader.end()?;
        Ok(SignedDecision { said, key_id, signature })
    }

    /// Whether the office signed exactly this.
    ///
    /// # Errors
    /// [`ReceiptError::UnknownKey`] and [`ReceiptError::Forged`].
    pub fn verify(&self, keys: &Keys) -> Result<(), ReceiptError> {
        let (_, key) = keys.iter().find(|(id, _)| *id == self.key_id).ok_or(ReceiptError::UnknownKey)?;
        let signature = Signature::from_bytes(&self.signature);
        key.verify_strict(&self.said.message(self.key_id), &signature).map_err(|_| ReceiptError::Forged)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn said() -> Signed {
        Signed {
            number: ReceiptNumber { commune: CommuneCode(3394), epoch: Epoch([3; 8]), serial: 482 },
            dossier: DossierId([1; 8]),
            decided_at: Moment(1_795_000_000_000),
            procedure: "Đăng ký tạm trú".to_owned(),
            person: "LÒ VĂN MẪN".to_owned(),
            number_tail: "4318".to_owned(),
            until: Some(Day(20_900)),
        }
    }

    fn key() -> SigningKey {
        SigningKey::from_bytes(&[7; 32])
    }

    #[test]
    fn a_signed_result_reads_back_from_its_text_and_verifies() {
        for until in [None, Some(Day(0)), Some(Day(20_900))] {
            let signed = Signed { until, ..said() }.sign(4, &key());
            let text = signed.to_text();
            assert!(SignedDecision::is_meant(&text) && text.len() < 400, "{}", text.len());
            let read = SignedDecision::from_text(&text).expect("its own text");
            assert_eq!(read, signed);
            assert_eq!(read.verify(&vec![(4, key().verifying_key())]), Ok(()));
        }
    }

    #[test]
    fn another_name_another_day_or_another_key_is_no_result_of_this_office() {
        let keys = vec![(4, key().verifying_key())];
        let signed = said().sign(4, &key());
        for changed in [
            Signed { person: "LÒ VĂN MẨN".to_owned(), ..said() },
            Signed { until: Some(Day(20_901)), ..said() },
            Signed { decided_at: Moment(1_795_000_000_001), ..said() },
        ] {
            let forged = SignedDecision { said: changed, ..signed.clone() };
            assert_eq!(forged.verify(&keys), Err(ReceiptError::Forged));
        }
        let stranger = said().sign(4, &SigningKey::from_bytes(&[8; 32]));
        assert_eq!(stranger.verify(&keys), Err(ReceiptError::Forged));
        assert_eq!(said().sign(5, &key()).verify(&keys), Err(ReceiptError::UnknownKey));
    }

    #[test]
    fn what_moves_from_one_field_to_the_next_is_another_text() {
        let one = Signed { person: "LÒ".to_owned(), number_tail: "4318".to_owned(), ..said() };
        let other = Signed { person: "LÒ4".to_owned(), number_tail: "318".to_owned(), ..said() };
        assert_ne!(one.message(4), other.message(4));
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused(text in "BANKHAI-KQ1:[A-Z2-7]{0,400}") {
            let _ = SignedDecision::from_text(&text);
        }
    }
}
