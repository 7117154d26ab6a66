//! Agencies: where they sit, how they are reached, which channels they have announced.

use serde::{Deserialize, Serialize};

use super::Words;
use crate::id::CommuneCode;
use crate::phone::PhoneNumber;
use crate::view::Standing;

/// An agency, with the commune it serves.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Agency {
    /// The commune.
    pub commune: CommuneCode,
    /// "xã Sin Suối Hồ".
    pub commune_name: String,
    /// "tỉnh Lai Châu".
    pub province: String,
    /// "Công an xã Sin Suối Hồ".
    pub name: String,
    /// Where it sits; empty where nobody has said.
    pub address: String,
    /// Số trực ban.
    pub duty_phone: String,
    /// Its mailbox; empty where nobody has said.
    pub mailbox: String,
    /// The channels it has announced, in its own words (Circular 116/2026/TT-BCA art. 14.1).
    pub channels: String,
    /// What a receipt stands for; `None`: as the office says for all.
    pub standing: Option<Standing>,
    /// A notice is received the moment it arrives.
    pub receive_at_once: bool,
    /// Whether the asker may change it.
    pub changeable: bool,
}

/// What an agency says about itself from now on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AgencyChange {
    /// Where it sits.
    pub address: Option<Words>,
    /// Số trực ban.
    pub duty_phone: PhoneNumber,
    /// Its mailbox.
    pub mailbox: Option<Words>,
    /// The channels it has announced.
    pub channels: Option<Words>,
    /// What a receipt stands for.
    pub standing: Option<Standing>,
    /// A notice is received the moment it arrives.
    pub receive_at_once: bool,
}
