//! What a device shows of the houses it may see, of the commune and of where its person belongs.

use dossier::id::CommuneCode;
use dossier::view::{House, Standing};
use serde::{Deserialize, Serialize};

/// Facts a device shows: they travel when their version has changed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Facts {
    /// The version.
    pub version: u64,
    /// Houses the account may see.
    pub houses: Vec<House>,
    /// Số trực ban.
    pub duty_phone: String,
    /// What a receipt stands for.
    pub standing: Standing,
    /// Keys receipts are signed with: id and verifying key.
    pub receipt_keys: Vec<(u32, [u8; 32])>,
}

/// Where the device's person belongs, by the units of today: after a merger a device says the new names without a new
/// sign-in. It travels with the facts, to a device whose frame says that it reads it ([`super::up::Up::seated`]).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seat {
    /// The commune's code.
    pub commune: CommuneCode,
    /// "xã Sin Suối Hồ".
    pub commune_name: String,
    /// "tỉnh Lai Châu".
    pub province: String,
    /// "Công an xã Sin Suối Hồ".
    pub agency: String,
}
