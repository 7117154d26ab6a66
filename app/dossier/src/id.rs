//! Identifiers. Bytes minted on a device, never counters: a cloned or restored phone repeats counters
//! before anyone can notice. No right rests on an id being secret.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// Three bytes the office hands to a device at enrolment; the first three bytes of every id it mints.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct DeviceHandle(pub [u8; 3]);

/// Hồ sơ: eight bytes, a device handle and five random bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct DossierId(pub [u8; 8]);

impl DossierId {
    /// The id a device mints from its handle and five dice.
    pub fn mint(handle: DeviceHandle, dice: [u8; 5]) -> DossierId {
        let mut bytes = [0; 8];
        bytes[..3].copy_from_slice(&handle.0);
        bytes[3..].copy_from_slice(&dice);
        DossierId(bytes)
    }

    /// Whether the device of this handle minted it.
    pub fn minted_by(self, handle: DeviceHandle) -> bool {
        self.0[..3] == handle.0
    }
}

/// One person in a notice: four random bytes, the key of the child in the document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct GuestId(pub [u8; 4]);

/// One picture of a paper in a residence dossier: four random bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct PaperId(pub [u8; 4]);

/// Cơ sở lưu trú: the office's own small number, a scope of exchange.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct EstablishmentId(pub u32);

/// Bản, thôn, tổ dân phố: the office's own number, because no national list of them exists and they are renamed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct VillageId(pub u32);

/// A person known to the office.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct AccountId(pub u32);

/// Mã đơn vị cấp xã, five digits (Decision 19/2025/QĐ-TTg), kept as a number; printed with its zeros.
/// A code is not an identity: resolve it with a date ([`crate::unit`]).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct CommuneCode(pub u32);

impl fmt::Display for CommuneCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:05}", self.0)
    }
}

/// Why a text is not an identifier.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum IdError {
    /// Not the right number of characters.
    #[error("wrong length")]
    Length,
    /// A character outside 0-9 a-f.
    #[error("not a hexadecimal digit")]
    NotHex,
}

fn hex<const N: usize>(text: &str) -> Result<[u8; N], IdError> {
    if text.len() != N * 2 {
        return Err(IdError::Length);
    }
    let mut bytes = [0; N];
    for (place, pair) in bytes.iter_mut().zip(text.as_bytes().chunks(2)) {
        let pair = std::str::from_utf8(pair).map_err(|_| IdError::NotHex)?;
        *place = u8::from_str_radix(pair, 16).map_err(|_| IdError::NotHex)?;
    }
    Ok(bytes)
}

macro_rules! hex_text {
    ($($name:ident),*) => {$(
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
            }
        }
        impl FromStr for $name {
            type Err = IdError;
            fn from_str(text: &str) -> Result<$name, IdError> {
                hex(text).map($name)
            }
        }
    )*};
}
hex_text!(DeviceHandle, DossierId, GuestId, PaperId);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_reads_back_from_its_own_text() {
        let id = DossierId::mint(DeviceHandle([1, 2, 255]), [9; 5]);
        assert_eq!(id.to_string(), "0102ff0909090909");
        assert_eq!(id.to_string().parse(), Ok(id));
        assert_eq!("0102ff".parse::<DossierId>(), Err(IdError::Length));
        assert_eq!("zz02ff0909090909".parse::<DossierId>(), Err(IdError::NotHex));
    }
}
