//! Devices, as a list shows them.

use serde::{Deserialize, Serialize};

use crate::access::DeviceStatus;
use crate::id::{AccountId, DeviceHandle};
use crate::moment::{Day, Moment};

/// A device is silent when it was not heard for so many days.
pub const SILENT_DAYS: i32 = 7;

/// One device.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeviceLine {
    /// Its handle.
    pub handle: DeviceHandle,
    /// Whose.
    pub account: AccountId,
    /// Their name.
    pub person: String,
    /// What it calls itself.
    pub name: String,
    /// Where it stands.
    pub status: DeviceStatus,
    /// Máy dùng chung của tổ.
    pub shared: bool,
    /// The office itself, for the form without a script.
    pub plain: bool,
    /// When it was enrolled.
    pub enrolled: Moment,
    /// When it was last heard.
    pub last_contact: Option<Moment>,
    /// What waited there by its own last word.
    pub unsent: u32,
    /// The device that asks.
    pub this: bool,
}

impl DeviceLine {
    /// In order, and not heard for long.
    pub fn is_silent(&self, today: Day) -> bool {
        let heard = self.last_contact.is_some_and(|at| at.day() >= today.plus(-SILENT_DAYS));
        self.status == DeviceStatus::Ok && !self.plain && !heard
    }
}

/// What a revoked device brought, kept aside until somebody has looked at it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AsideLine {
    /// The office's number for it.
    pub number: u32,
    /// The device.
    pub handle: DeviceHandle,
    /// What the device calls itself.
    pub name: String,
    /// The person behind it.
    pub person: String,
    /// When it came.
    pub came: Moment,
    /// When it was made, by the device's own clock: a claim.
    pub claimed: Option<Moment>,
    /// When the device was revoked.
    pub revoked: Option<Moment>,
    /// How many dossiers it speaks of; 0 when it follows on something that is not here.
    pub notices: u32,
    /// It came as a sealed copy, by anybody's hand.
    pub carried: bool,
    /// There is no room for more of this device: it keeps what it has and comes back.
    pub full: bool,
}

/// One dossier of what was kept aside, as far as the asker may know.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AsidePart {
    /// "Thông báo lưu trú", or what the procedure is called; empty when it cannot be told.
    pub title: String,
    /// Whose it is, what was done, what it would say: label and value. None when it is not the asker's to read.
    pub lines: Vec<(String, String)>,
}
