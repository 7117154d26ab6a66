//! The procedures, as they travel: the office tells a device all of them once, and again when one has changed. A device
//! needs them without network, at a villager's door.

use dossier::procedure::Procedure;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::frame::FrameError;
use crate::frame::compact::deflate::{deflate, inflate};

/// Most bytes of all procedures; a hundred of them are 600 KB.
const MOST: usize = 2 << 20;
/// Most bytes of them on the wire: an answer has room for no more beside what it tells.
const MOST_PACKED: usize = 96 * 1024;

/// All versions of all procedures the office works with.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Catalogue {
    /// What tells one state of them from another; 0 where there are none.
    pub version: u32,
    /// The procedures.
    pub procedures: Vec<Procedure>,
}

impl Catalogue {
    /// Of these procedures.
    pub fn of(procedures: Vec<Procedure>) -> Catalogue {
        let bytes = postcard::to_allocvec(&procedures).expect("plain data");
        let digest: [u8; 32] = Sha256::digest(bytes).into();
        let [a, b, c, d, ..] = digest;
        let version = if procedures.is_empty() { 0 } else { u32::from_be_bytes([a, b, c, d]).max(1) };
        Catalogue { version, procedures }
    }

    /// Its bytes on the wire: the version, then the rest deflated.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = self.version.to_be_bytes().to_vec();
        let plain = postcard::to_allocvec(&self.procedures).expect("plain data");
        bytes.extend(deflate(&plain, &[]));
        bytes
    }

    /// Whether a device can be told all of it.
    pub fn fits(&self) -> bool {
        let plain = postcard::to_allocvec(&self.procedures).map_or(usize::MAX, |plain| plain.len());
        plain <= MOST && self.to_bytes().len() <= MOST_PACKED
    }

    /// Reads it back.
    ///
    /// # Errors
    /// `Malformed` when the bytes are something else, or more than procedures come to.
    pub fn from_bytes(bytes: &[u8]) -> Result<Catalogue, FrameError> {
        let (version, packed) = bytes.split_first_chunk::<4>().ok_or(FrameError::Malformed)?;
        let plain = inflate(packed, &[], MOST).map_err(|_| FrameError::Malformed)?;
        let procedures = match postcard::take_from_bytes(&plain) {
            Ok((procedures, [])) => procedures,
            _ => return Err(FrameError::Malformed),
        };
        Ok(Catalogue { version: u32::from_be_bytes(*version), procedures })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_procedures_come_back_as_they_went_and_weigh_little() {
        let catalogue = Catalogue::of(dossier::procedure::load::embedded().expect("the shipped files"));
        let bytes = catalogue.to_bytes();
        assert_eq!(Catalogue::from_bytes(&bytes), Ok(catalogue));
        assert!(bytes.len() < 40_000, "{} bytes", bytes.len());
    }

    #[test]
    fn more_than_an_answer_has_room_for_is_known_before_it_is_told() {
        let shipped = dossier::procedure::load::embedded().expect("the shipped files");
        let mut dice = crate::dice::Dice::new([1; 32]);
        let long = |one: &Procedure| {
            let noise = |_| format!("{:x?}", dice.bytes::<32>());
            Procedure { intro: (0..100).map(noise).collect(), ..one.clone() }
        };
        let long: Vec<Procedure> = shipped.iter().map(long).collect();
        assert!(Catalogue::of(shipped).fits() && !Catalogue::of(long).fits());
    }

    #[test]
    fn bytes_of_somebody_else_are_no_procedures() {
        let whole =
            Catalogue::of(dossier::procedure::load::embedded().expect("the shipped files")).to_bytes();
        for end in 0..whole.len() {
            assert!(Catalogue::from_bytes(&whole[..end]).is_err(), "cut at {end}");
        }
    }
}
