//! Ngăn của tổ trưởng: a member who has forgotten their secret is let in by their leader, without a network. The data
//! key lies wrapped under a code of 80 bits in the member's place; the code lies sealed to the leader's devices only.
//!
//! The code is drawn from the device's signing key and a count, so nothing more has to be kept: a code that was used is
//! followed by the next of the count. Eighty bits need no slow hash. The office names the leaders' keys; it could open
//! the vault by the recovery slot as well, so nothing more is trusted to it.

use aes_gcm::aead::{Aead, KeyInit, Payload};
use aes_gcm::{Aes256Gcm, Nonce};
use dossier::id::DeviceHandle;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::base32;
use crate::dice::Dice;
use crate::envelope;
use crate::letterbox;
use crate::vault::{DataKey, VaultError};

const PURPOSE: &[u8] = b"bankhai leader code v1";
const CODE: &[u8] = b"bankhai leader code of a device v1";
const BOX: &[u8] = b"bankhai device box v1";
const SLOT: &[u8] = b"bankhai vault leader v1";

/// A code: 80 bits, 16 signs.
#[derive(Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Code([u8; 10]);

impl Code {
    /// The code of this generation of a device.
    pub fn of(signing_key: &[u8; 32], generation: u32) -> Code {
        let digest = hash(CODE, &[signing_key, &generation.to_le_bytes()]);
        let mut code = [0; 10];
        code.copy_from_slice(&digest[..10]);
        Code(code)
    }

    /// A code as somebody types or scans it; `None` for what is none. 0, 1 and 8 are read as the letters they look like.
    pub fn parse(typed: &str) -> Option<Code> {
        let plain: String = typed
            .chars()
            .filter(|sign| !matches!(sign, '-' | '.' | ' ' | '\u{a0}'))
            .map(|sign| match sign {
                '0' => 'O',
                '1' => 'I',
                '8' => 'B',
                other => other,
            })
            .collect();
        base32::decode(&plain)?.try_into().ok().map(Code)
    }

    /// Sixteen signs without spaces: what the QR says.
    pub fn signs(&self) -> String {
        base32::encode(&self.0)
    }

    /// `ABCD EFGH IJKL MNOP`.
    pub fn grouped(&self) -> String {
        let signs: Vec<char> = self.signs().chars().collect();
        let groups: Vec<String> = signs.chunks(4).map(|four| four.iter().collect()).collect();
        groups.join(" ")
    }

    /// Sealed to a leader's device, bound to the member's.
    pub fn seal(&self, member: DeviceHandle, to: &[u8; 32], dice: &mut Dice) -> Option<Vec<u8>> {
        letterbox::seal(PURPOSE, &member.0, &self.0, to, dice)
    }

    /// A code that was sealed to this device's box key.
    pub fn open(sealed: &[u8], member: DeviceHandle, box_private: &[u8; 32]) -> Option<Code> {
        letterbox::open(PURPOSE, &member.0, sealed, box_private)?.try_into().ok().map(Code)
    }

    fn key(&self, handle: DeviceHandle) -> [u8; 32] {
        hash(SLOT, &[&handle.0, &self.0])
    }
}

/// The private half of a device's box key: what is sealed to the device opens with it.
pub fn box_private(signing_key: &[u8; 32]) -> [u8; 32] {
    hash(BOX, &[signing_key])
}

fn hash(domain: &[u8], pieces: &[&[u8]]) -> [u8; 32] {
    let mut digest = Sha256::new().chain_update(domain);
    pieces.iter().for_each(|piece| digest.update(piece));
    digest.finalize().into()
}

/// The `leader` slot, as it lies beside the vault. Nothing in it names anybody.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeaderSlot {
    /// Which of the device's codes opens it.
    pub generation: u32,
    /// It was opened once: the next contact makes another.
    pub used: bool,
    nonce: [u8; 12],
    wrapped: Vec<u8>,
}

impl LeaderSlot {
    /// Wraps a data key under the code of this generation.
    pub fn wrap(
        key: &DataKey,
        signing_key: &[u8; 32],
        generation: u32,
        handle: DeviceHandle,
        dice: &mut Dice,
    ) -> LeaderSlot {
        let nonce: [u8; 12] = dice.bytes();
        let cipher = Aes256Gcm::new(&Code::of(signing_key, generation).key(handle).into());
        let wrapped = cipher
            .encrypt(&Nonce::from(nonce), Payload { msg: key.bytes(), aad: SLOT })
            .expect("a key is far below the limit of AES-GCM");
        LeaderSlot { generation, used: false, nonce, wrapped }
    }

    /// The data key, if the code is the one.
    ///
    /// # Errors
    /// [`VaultError::DoesNotOpen`] for another code, or a damaged slot.
    pub fn open(&self, code: &Code, handle: DeviceHandle) -> Result<DataKey, VaultError> {
        let key = Aes256Gcm::new(&code.key(handle).into())
            .decrypt(&Nonce::from(self.nonce), Payload { msg: &self.wrapped, aad: SLOT })
            .map_err(|_| VaultError::DoesNotOpen)?;
        key.try_into().map(DataKey::from_bytes).map_err(|_| VaultError::DoesNotOpen)
    }

    /// Its bytes.
    pub fn to_bytes(&self) -> Vec<u8> {
        envelope::wrap(&postcard::to_allocvec(self).expect("plain data"))
    }

    /// Reads its bytes; `None` when it is damaged: the place then has no such way in.
    pub fn from_bytes(bytes: &[u8]) -> Option<LeaderSlot> {
        postcard::from_bytes(envelope::unwrap(bytes).ok()?).ok()
    }
}

/// A member's code as a leader keeps it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HeldCode {
    /// The device it opens.
    pub device: DeviceHandle,
    /// Whose place it opens.
    pub person: String,
    /// What the device calls itself.
    pub device_name: String,
    /// Which of their codes it is.
    pub generation: u32,
    /// The code.
    pub code: Code,
    /// When it was handed in, milliseconds since 1970.
    pub at: i64,
}

#[cfg(test)]
mod tests {
    use super::*;

    const HANDLE: DeviceHandle = DeviceHandle([1, 2, 3]);

    #[test]
    fn only_the_code_of_its_generation_opens_the_slot_however_it_is_typed() {
        let (mut dice, signing) = (Dice::new([1; 32]), [7; 32]);
        let key = DataKey::roll(&mut dice);
        let slot = LeaderSlot::wrap(&key, &signing, 3, HANDLE, &mut dice);
        let code = Code::of(&signing, 3);
        assert_eq!(code.signs().len(), 16);
        let typed = code.grouped().to_lowercase().replace(' ', "-").replace('o', "0");
        let typed = Code::parse(&typed).expect("a code");
        assert!(slot.open(&typed, HANDLE).is_ok_and(|opened| opened.bytes() == key.bytes()));
        assert!(slot.open(&Code::of(&signing, 4), HANDLE).is_err());
        assert!(slot.open(&code, DeviceHandle([9; 3])).is_err());
        assert_eq!(LeaderSlot::from_bytes(&slot.to_bytes()), Some(slot));
        for none in ["", "ABCD", "ABCD EFGH IJKL MNO9", &"A".repeat(17)] {
            assert!(Code::parse(none).is_none(), "{none}");
        }
    }

    #[test]
    fn a_code_is_read_by_the_leaders_device_alone_and_for_the_device_it_speaks_of() {
        let (mut dice, leader) = (Dice::new([2; 32]), box_private(&[8; 32]));
        let code = Code::of(&[7; 32], 1);
        let sealed = code.seal(HANDLE, &letterbox::public(&leader), &mut dice).expect("sealed");
        assert!(Code::open(&sealed, HANDLE, &leader) == Some(code));
        assert!(Code::open(&sealed, DeviceHandle([9; 3]), &leader).is_none());
        assert!(Code::open(&sealed, HANDLE, &box_private(&[9; 32])).is_none());
    }
}
