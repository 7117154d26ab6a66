//! A revoked device at the door: what it brings is kept aside for somebody to look at, and only then is it told to wipe
//! itself.

use dossier::access::DeviceStatus;
use dossier::id::DeviceHandle;
use ed25519_dalek::VerifyingKey;
use sync::dice::Dice;
use sync::frame::up::Up;
use sync::frame::{FrameError, sender};
use sync::wipe;

use crate::error::Error;
use crate::exchange::rows::KeyRing;
use crate::office::Office;
use crate::store::{device, revoked};
use crate::{clock, dice};

/// The order for the device that sent this frame; `None` when it is no revoked device's own.
///
/// # Errors
/// [`Error::Copied`] for a device of which there are two.
pub async fn order(office: &Office, frame: &[u8]) -> Result<Option<Vec<u8>>, Error> {
    let Ok((handle, _)) = sender(frame) else { return Ok(None) };
    let Some(device) = device::find(office.store.readers(), handle, clock::now().day()).await? else {
        return Ok(None);
    };
    let Ok(key) = VerifyingKey::from_bytes(&device.public_key) else { return Ok(None) };
    let brings = match Up::decode(frame, &key) {
        Ok(up) => !(up.parcels.is_empty() && up.acts.is_empty()),
        // It follows on what only the office has: kept unread.
        Err(FrameError::Dependency) => true,
        Err(_) => return Ok(None),
    };
    match device.principal.device {
        DeviceStatus::Ok => return Ok(None),
        DeviceStatus::Cloned => return Err(Error::Copied),
        DeviceStatus::Revoked => {}
    }
    if brings {
        keep(office, handle, frame).await?;
    }
    let key = office.keys.receipt();
    Ok(Some(wipe::order(handle, &wipe::digest(frame), key.id, &key.signing)))
}

/// Keeps a whole frame in quarantine.
///
/// # Errors
/// [`Error::Busy`] when there is no room for more of this device: it then keeps what it has.
pub async fn keep(office: &Office, handle: DeviceHandle, frame: &[u8]) -> Result<(), Error> {
    let ring = KeyRing::new(office.keys.dossier_kek());
    let sealed = ring.seal_own(frame, &mut Dice::new(dice::roll()));
    let mut transaction = office.store.begin().await?;
    let kept = revoked::keep(&mut transaction, handle, &wipe::digest(frame), clock::now(), &sealed).await?;
    transaction.commit().await?;
    if kept { Ok(()) } else { Err(Error::Busy) }
}
