//! At the door: the JSON a device and the office exchange when a person enrols, signs in or has forgotten the
//! PIN. Everything else travels in frames. Keys and handles are lower-case hexadecimal.

use dossier::access::Role;
use dossier::id::{AccountId, CommuneCode};
use dossier::view::{House, Standing};
use serde::{Deserialize, Serialize};

/// `POST /api/enrol`: a one-time code becomes an account with a password and this device.
#[derive(Serialize, Deserialize)]
pub struct EnrolRequest {
    /// The code as typed; the office ignores case, spaces and hyphens.
    pub code: String,
    /// The password the person chose.
    pub password: String,
    /// The device's Ed25519 verifying key, 32 bytes in hexadecimal.
    pub device_key: String,
    /// What the device calls itself ("Chrome trên Android"), for the person's own list of devices.
    pub device_name: String,
}

/// `POST /api/sign-in`: an account that has a password enrols one more device.
#[derive(Serialize, Deserialize)]
pub struct SignInRequest {
    /// Tên đăng nhập.
    pub login: String,
    /// The password.
    pub password: String,
    /// As in [`EnrolRequest`].
    pub device_key: String,
    /// As in [`EnrolRequest`].
    pub device_name: String,
}

/// `POST /api/recover`: the office opens the recovery slot of this device's vault after a sign-in.
#[derive(Serialize, Deserialize)]
pub struct RecoverRequest {
    /// Tên đăng nhập.
    pub login: String,
    /// The password.
    pub password: String,
    /// The device's handle, in hexadecimal.
    pub device: String,
    /// The slot, sealed to the office's box key, in hexadecimal.
    pub slot: String,
}

/// The answer to [`RecoverRequest`].
#[derive(Serialize, Deserialize)]
pub struct RecoverReply {
    /// The vault's data key, 32 bytes in hexadecimal. It travels under TLS and is kept nowhere.
    pub data_key: String,
}

/// The answer to an enrolment or sign-in: everything a device needs to work alone from now on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Membership {
    /// The account.
    pub account: AccountId,
    /// Tên đăng nhập, for the next sign-in.
    pub login: String,
    /// The person's name.
    pub name: String,
    /// The role.
    pub role: Role,
    /// This device's handle, in hexadecimal.
    pub handle: String,
    /// Owners: their establishment.
    pub establishment: Option<House>,
    /// The commune's code.
    pub commune: CommuneCode,
    /// "xã Sin Suối Hồ".
    pub commune_name: String,
    /// "tỉnh Lai Châu".
    pub province: String,
    /// "Công an xã Sin Suối Hồ".
    pub agency: String,
    /// Số trực ban.
    pub duty_phone: String,
    /// What a receipt stands for.
    pub standing: Standing,
    /// The keys receipts are signed with, newest last: key id and Ed25519 verifying key in hexadecimal.
    pub receipt_keys: Vec<(u32, String)>,
    /// The office's box key (X25519), in hexadecimal.
    pub box_key: String,
}

/// A refusal at the door, with the HTTP status 4xx that fits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum DoorRefusal {
    /// The code is unknown, used, or too old (403).
    BadCode,
    /// Login and password do not belong together, or the account is closed (403).
    BadPassword,
    /// The password is too easy to guess, judged by zxcvbn (422).
    WeakPassword,
    /// Too many tries, or too many hashes at once (429, with `Retry-After`).
    Busy,
    /// The request cannot be read (400).
    Malformed,
}
