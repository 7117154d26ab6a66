//! The vault: a random data key encrypts everything personal at rest. It lies on the device only wrapped, in
//! slots: `pin` (Argon2id) and `recovery` (sealed to the office's box key, opened only after a sign-in with
//! network). No unwrapping key is ever stored: Chromium writes even non-extractable keys in clear to its disk
//! files (tested), so a stored key protects from scripts, not from thieves. Six digits fall to hours of guessing
//! on a copied profile; wrong tries on the device itself are delayed, never wiped.

use aes_gcm::aead::{Aead, KeyInit, Payload};
use aes_gcm::{Aes256Gcm, Nonce};
use argon2::{Algorithm, Argon2, Params, Version};
use dossier::id::DeviceHandle;
use serde::{Deserialize, Serialize};

use crate::dice::Dice;
use crate::letterbox;

/// What the recovery slot is sealed with and bound to, besides the device's handle.
const RECOVERY: &[u8] = b"bankhai vault recovery v1";
const RECORD: &[u8] = b"bankhai record v1";
const PIN: &[u8] = b"bankhai vault pin v1";

/// The key of everything stored here. It is never printed and never stored unwrapped.
#[derive(Clone)]
pub struct DataKey([u8; 32]);

/// How dear one guess of a PIN is. Floor of OWASP for Argon2id: 19 MiB, two passes, one lane.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cost {
    /// Memory in KiB.
    pub memory: u32,
    /// Passes over it.
    pub passes: u32,
}

impl Cost {
    /// The least a real device uses.
    pub const FLOOR: Cost = Cost { memory: 19 * 1024, passes: 2 };
}

/// The slots as they lie on the device. Nothing in here names anybody.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Vault {
    /// The device the slots belong to.
    pub handle: DeviceHandle,
    /// The data key wrapped by the PIN.
    pub pin: PinSlot,
    /// The data key sealed to the office: encapsulated key, then ciphertext.
    pub recovery: Vec<u8>,
    /// Wrong tries since the last right one.
    pub wrong: u32,
    /// When the next try is allowed, by the phone's clock, milliseconds.
    pub not_before: i64,
}

/// The `pin` slot.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PinSlot {
    salt: [u8; 16],
    cost: Cost,
    nonce: [u8; 12],
    wrapped: Vec<u8>,
}

/// Why a vault or a record does not open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum VaultError {
    /// The wrong PIN, or a damaged slot: nobody can tell which.
    #[error("does not open")]
    DoesNotOpen,
    /// The stored bytes are not a vault.
    #[error("not a vault")]
    NotAVault,
    /// The office's box key is not a key.
    #[error("not a key")]
    NotAKey,
}

impl DataKey {
    /// A new key from the dice.
    pub fn roll(dice: &mut Dice) -> DataKey {
        DataKey(dice.bytes())
    }

    /// A key the office has given back.
    pub fn from_bytes(bytes: [u8; 32]) -> DataKey {
        DataKey(bytes)
    }

    /// The key itself, to wrap it under another.
    pub(crate) fn bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// Seals one record: nonce, then ciphertext and tag.
    pub fn seal(&self, plain: &[u8], dice: &mut Dice) -> Vec<u8> {
        let nonce: [u8; 12] = dice.bytes();
        let cipher = Aes256Gcm::new(&self.0.into());
        let sealed = cipher
            .encrypt(&Nonce::from(nonce), Payload { msg: plain, aad: RECORD })
            .expect("a record is far below the limit of AES-GCM");
        [&nonce[..], &sealed].concat()
    }

    /// Opens one record.
    pub fn open(&self, sealed: &[u8]) -> Result<Vec<u8>, VaultError> {
        let (nonce, sealed) = sealed.split_first_chunk::<12>().ok_or(VaultError::DoesNotOpen)?;
        Aes256Gcm::new(&self.0.into())
            .decrypt(&Nonce::from(*nonce), Payload { msg: sealed, aad: RECORD })
            .map_err(|_| VaultError::DoesNotOpen)
    }
}

impl PinSlot {
    /// Wraps a data key under a PIN or passphrase.
    pub fn wrap(key: &DataKey, pin: &str, cost: Cost, dice: &mut Dice) -> PinSlot {
        let salt = dice.bytes();
        let nonce: [u8; 12] = dice.bytes();
        let cipher = Aes256Gcm::new(&stretch(pin, &salt, cost).into());
        let wrapped = cipher
            .encrypt(&Nonce::from(nonce), Payload { msg: &key.0, aad: PIN })
            .expect("a key is far below the limit of AES-GCM");
        PinSlot { salt, cost, nonce, wrapped }
    }

    /// The data key, if the PIN is right.
    pub fn open(&self, pin: &str) -> Result<DataKey, VaultError> {
        let cipher = Aes256Gcm::new(&stretch(pin, &self.salt, self.cost).into());
        let key = cipher
            .decrypt(&Nonce::from(self.nonce), Payload { msg: &self.wrapped, aad: PIN })
            .map_err(|_| VaultError::DoesNotOpen)?;
        key.try_into().map(DataKey).map_err(|_| VaultError::DoesNotOpen)
    }
}

fn stretch(pin: &str, salt: &[u8; 16], cost: Cost) -> [u8; 32] {
    let mut key = [0; 32];
    // Damaged costs are brought back to what Argon2 takes; the slot then simply does not open.
    let (memory, passes) = (cost.memory.clamp(8, 1 << 20), cost.passes.clamp(1, 16));
    let params = Params::new(memory, passes, 1, Some(32)).expect("the costs are within what Argon2 takes");
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
        .hash_password_into(pin.as_bytes(), salt, &mut key)
        .expect("salt and output have the lengths Argon2 takes");
    key
}

impl Vault {
    /// A new vault for a data key.
    pub fn create(
        key: &DataKey,
        pin: &str,
        cost: Cost,
        handle: DeviceHandle,
        box_key: &[u8; 32],
        dice: &mut Dice,
    ) -> Result<Vault, VaultError> {
        let recovery = letterbox::seal(RECOVERY, &handle.0, &key.0, box_key, dice);
        let recovery = recovery.ok_or(VaultError::NotAKey)?;
        let pin = PinSlot::wrap(key, pin, cost, dice);
        Ok(Vault { handle, pin, recovery, wrong: 0, not_before: 0 })
    }

    /// A vault of somebody the office does not know yet: no way back to a forgotten PIN.
    pub fn alone(key: &DataKey, pin: &str, cost: Cost, dice: &mut Dice) -> Vault {
        let pin = PinSlot::wrap(key, pin, cost, dice);
        Vault { handle: DeviceHandle([0; 3]), pin, recovery: Vec::new(), wrong: 0, not_before: 0 }
    }

    /// The same vault under another handle: what lies in it stays, and the PIN opens it as before.
    ///
    /// # Errors
    /// [`VaultError::NotAKey`] when the box key is none.
    pub fn rebound(
        &self,
        key: &DataKey,
        handle: DeviceHandle,
        box_key: &[u8; 32],
        dice: &mut Dice,
    ) -> Result<Vault, VaultError> {
        let recovery = letterbox::seal(RECOVERY, &handle.0, &key.0, box_key, dice);
        let recovery = recovery.ok_or(VaultError::NotAKey)?;
        Ok(Vault { handle, recovery, ..self.clone() })
    }

    /// How long to wait after so many wrong tries, in seconds: nothing for three, then doubling to an hour.
    pub fn delay(wrong: u32) -> u32 {
        match wrong {
            0..=2 => 0,
            more => (15u32 << (more - 3).min(8)).min(3_600),
        }
    }

    /// Its bytes.
    pub fn to_bytes(&self) -> Vec<u8> {
        crate::envelope::wrap(&postcard::to_allocvec(self).expect("plain data"))
    }

    /// Reads its bytes.
    pub fn from_bytes(bytes: &[u8]) -> Result<Vault, VaultError> {
        let content = crate::envelope::unwrap(bytes).map_err(|_| VaultError::NotAVault)?;
        postcard::from_bytes(content).map_err(|_| VaultError::NotAVault)
    }
}

/// The office opens a recovery slot with its box key; what it finds goes back to the device and nowhere else.
pub fn open_recovery(slot: &[u8], handle: DeviceHandle, box_key: &[u8; 32]) -> Result<[u8; 32], VaultError> {
    let key = letterbox::open(RECOVERY, &handle.0, slot, box_key).ok_or(VaultError::DoesNotOpen)?;
    key.try_into().map_err(|_| VaultError::DoesNotOpen)
}
