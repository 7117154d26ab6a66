//! Mã của tổ trưởng: how a code that opens a member's vault gets from the member's tablet to the leader's device. The
//! office carries ciphertext; keys and ciphertexts are lower-case hexadecimal.

use serde::{Deserialize, Serialize};

use crate::id::DeviceHandle;
use crate::moment::Moment;

/// What a team's device says at a contact.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HandedCodes {
    /// The key (X25519) codes for this device are sealed to.
    pub box_key: String,
    /// The member's own code, once for each leader's device that lacks it.
    pub codes: Vec<SealedCode>,
}

/// A code, sealed to one device.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SealedCode {
    /// Whose device opens it.
    pub leader: DeviceHandle,
    /// Which of the member's codes it is: each use makes another.
    pub generation: u32,
    /// Encapsulated key, then ciphertext.
    pub sealed: String,
}

/// What the office tells a team's device.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TeamCodes {
    /// To a member: the devices of the leaders of their area.
    pub leaders: Vec<LeaderDevice>,
    /// To a leader: the codes of the members of their area.
    pub members: Vec<MemberCode>,
}

/// A device of a leader.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeaderDevice {
    /// Its handle.
    pub device: DeviceHandle,
    /// The key codes for it are sealed to.
    pub box_key: String,
    /// Which of the asking member's codes lies ready for it or was fetched; `None` for none.
    pub generation: Option<u32>,
}

/// A member's code, as it lies at the office.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MemberCode {
    /// The device it opens.
    pub device: DeviceHandle,
    /// Whose place it opens.
    pub person: String,
    /// What the device calls itself.
    pub device_name: String,
    /// Which of their codes it is.
    pub generation: u32,
    /// When it was handed in.
    pub at: Moment,
    /// Sealed to the asking device.
    pub sealed: String,
}

/// A member's code on a leader's screen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShownCode {
    /// Whose place it opens.
    pub person: String,
    /// On which device.
    pub device_name: String,
    /// `ABCD EFGH IJKL MNOP`.
    pub code: String,
    /// When it was handed in.
    pub at: Moment,
}
