//! A device at the door of which there are two: noticed by what it has read, answered 409, and left with all it has.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use dossier::access::DeviceStatus;
use dossier::id::DeviceHandle;
use sync::copied::Seen;
use sync::frame::up::Up;
use sync::receipt::Epoch;

use crate::clock;
use crate::error::Error;
use crate::office::Office;
use crate::store::device::{self, KnownDevice};

/// How far devices have read, since the office was opened. The database has it as often as a contact is written down; a
/// frame that only listens writes nothing.
#[derive(Default)]
pub struct Readings(Mutex<HashMap<DeviceHandle, Seen>>);

impl Readings {
    /// Whether a device that says this cannot be the one that was heard before; else it is remembered.
    fn hear(&self, handle: DeviceHandle, seen: Seen, written: Option<Seen>) -> bool {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let before = known.get(&handle).copied().or(written);
        if before.is_some_and(|before| seen.contradicts(&before)) {
            return true;
        }
        if let Some(seen) = seen.remembered(before.as_ref()) {
            known.insert(handle, seen);
        }
        false
    }

    /// What it said before counts no more.
    pub fn forget(&self, handle: DeviceHandle) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(&handle);
    }
}

/// Lets a proven frame through, unless it shows that there are two of its device.
///
/// # Errors
/// [`Error::Copied`], once the device is marked for the board.
pub async fn single(office: &Office, device: &KnownDevice, up: &Up) -> Result<(), Error> {
    let Some(seen) = Seen::of(up, Epoch(office.epoch.dice)) else { return Ok(()) };
    if !office.readings.hear(up.handle, seen, device.seen) {
        return Ok(());
    }
    let mut transaction = office.store.begin().await?;
    device::set_status(&mut *transaction, up.handle, DeviceStatus::Cloned, clock::now()).await?;
    transaction.commit().await?;
    tracing::warn!(
        account = office.keys.log_mark("account", device.principal.account.0),
        "a device was copied"
    );
    office.writer.announce(device.principal.commune);
    Err(Error::Copied)
}
