//! Sealed copies handed in by somebody: opened, and then judged, kept and receipted like any frame of the device that
//! made them.

use std::sync::Arc;

use dossier::access::{Action, DeviceStatus, Resource, can};
use dossier::view::Rejection;
use ed25519_dalek::VerifyingKey;
use sync::frame::down::Verdict;
use sync::frame::sender;
use sync::frame::up::Up;
use sync::office::Judged;
use sync::sealed::Fate;

use crate::clock;
use crate::error::Error;
use crate::metrics::Metrics;
use crate::office::Office;
use crate::revoked;
use crate::store::{device, dossier as log};

/// Most copies of one body that are looked at; the others are left and come again.
const MOST: usize = 128;

/// What becomes of each copy, in their order. One that cannot be taken does not stop the others.
pub async fn take(office: &Office, copies: &[&[u8]]) -> Result<Vec<Fate>, Error> {
    let mut fates = vec![Fate::Left; copies.len()];
    for (fate, copy) in fates.iter_mut().zip(copies).take(MOST) {
        *fate = match take_one(office, copy).await {
            Ok(fate) => fate,
            // One that cannot be kept now comes again; the others are not held up by it.
            Err(Error::Busy | Error::Slow(_)) => Fate::Left,
            Err(error) => return Err(error),
        };
    }
    Ok(fates)
}

async fn take_one(office: &Office, copy: &[u8]) -> Result<Fate, Error> {
    let Some(frame) = office.keys.open_sealed(copy) else { return Ok(Fate::Left) };
    let Ok((handle, _)) = sender(&frame) else { return Ok(Fate::Left) };
    let today = clock::now().day();
    let Some(device) = device::find(office.store.readers(), handle, today).await? else {
        return Ok(Fate::Left);
    };
    let Ok(key) = VerifyingKey::from_bytes(&device.public_key) else { return Ok(Fate::Left) };
    // A copy stands by itself: it follows on nothing that its frame would have to know.
    let Ok(up) = Up::decode(&frame, &key) else { return Ok(Fate::Left) };
    if device.principal.device == DeviceStatus::Revoked {
        revoked::keep(office, handle, &frame, Some(&up), true).await?;
        return Ok(Fate::Taken);
    }
    if !can(Some(&device.principal), Action::Exchange, Resource::Office, today) {
        return Ok(Fate::Left);
    }
    let kept = office.writer.keep(device.caller(), Arc::new(up)).await?;
    Metrics::count(&office.metrics.exchanges);
    fate(office, &kept.judged).await
}

/// What follows on something that has not come yet is left where it is; everything else is kept, in quarantine when it
/// was refused.
async fn fate(office: &Office, judged: &Judged) -> Result<Fate, Error> {
    let early = Verdict::Rejected(Rejection::OutOfOrder);
    if judged.verdicts.iter().any(|(_, verdict)| *verdict == early) {
        return Ok(Fate::Left);
    }
    for act in judged.act_verdicts.iter().filter(|act| act.verdict == early) {
        // An act on a dossier that is not here waits for it. One on a state that has moved on is refused for good.
        if log::story(office.store.readers(), act.dossier).await?.is_empty() {
            return Ok(Fate::Left);
        }
    }
    Ok(Fate::Taken)
}
