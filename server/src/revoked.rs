//! A revoked device at the door: what it brings is kept aside for somebody to look at, and only then is it told to wipe
//! itself.

use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use dossier::access::DeviceStatus;
use dossier::act::Act;
use dossier::content::Content;
use dossier::id::{DeviceHandle, DossierId, EstablishmentId};
use dossier::moment::Moment;
use ed25519_dalek::VerifyingKey;
use sync::dice::Dice;
use sync::frame::down::Verdict;
use sync::frame::up::{self, Up};
use sync::frame::{FrameError, sender};
use sync::sealed::Question;
use sync::wipe;

use crate::error::Error;
use crate::exchange;
use crate::exchange::rows::KeyRing;
use crate::office::Office;
use crate::store::device::{self, KnownDevice};
use crate::store::dossier as log;
use crate::store::revoked::{self, AsideRow, NewAside};
use crate::{clock, dice};

/// The order for the device that sent this frame; `None` when it is no revoked device's own.
///
/// # Errors
/// [`Error::Copied`] for a device of which there are two. [`Error::Busy`] when there is no room for what it brings: it
/// then keeps that and comes back.
pub async fn order(office: &Office, frame: &[u8]) -> Result<Option<Vec<u8>>, Error> {
    let Ok((handle, _)) = sender(frame) else { return Ok(None) };
    let Some(device) = device::find(office.store.readers(), handle, clock::now().day()).await? else {
        return Ok(None);
    };
    let Ok(key) = VerifyingKey::from_bytes(&device.public_key) else { return Ok(None) };
    let up = match Up::decode(frame, &key) {
        Ok(up) => Some(up),
        // It follows on what only the office has.
        Err(FrameError::Dependency) => after(office, &device, &key, frame).await?,
        Err(_) => return Ok(None),
    };
    match device.principal.device {
        DeviceStatus::Ok => return Ok(None),
        DeviceStatus::Cloned => return Err(Error::Copied),
        DeviceStatus::Revoked => {}
    }
    if up.as_ref().is_none_or(brings) {
        keep(office, handle, frame, up.as_ref(), false).await?;
    }
    let key = office.keys.receipt();
    Ok(Some(wipe::order(handle, &wipe::digest(frame), key.id, &key.signing)))
}

/// Orders for the revoked ones of the devices a body asks about. They are locked and prove nothing: whoever asks learns
/// that a device of this handle is out, and no other device takes the order for its own.
pub async fn orders(office: &Office, question: &Question) -> Result<Vec<(DeviceHandle, Vec<u8>)>, Error> {
    let digest = wipe::digest_of_question(&question.challenge);
    let key = office.keys.receipt();
    let revoked = device::revoked_of(office.store.readers(), &question.devices).await?;
    Ok(revoked.into_iter().map(|of| (of, wipe::order(of, &digest, key.id, &key.signing))).collect())
}

fn brings(up: &Up) -> bool {
    !(up.parcels.is_empty() && up.acts.is_empty())
}

/// The frame of a device that follows on what the office has; `None` when it does not follow on that either.
async fn after(
    office: &Office,
    device: &KnownDevice,
    key: &VerifyingKey,
    frame: &[u8],
) -> Result<Option<Up>, Error> {
    let Ok(named) = up::dossiers(frame) else { return Ok(None) };
    let here = exchange::histories_of(office, device, named).await?;
    Ok(Up::decode_after(frame, key, &here).ok())
}

/// Keeps a whole frame in quarantine, `carried` when it came as a sealed copy.
///
/// # Errors
/// [`Error::Busy`] when there is no room for more of this device: whoever has it keeps it.
pub async fn keep(
    office: &Office,
    handle: DeviceHandle,
    frame: &[u8],
    up: Option<&Up>,
    carried: bool,
) -> Result<(), Error> {
    let ring = KeyRing::new(office.keys.dossier_kek());
    let sealed = ring.seal_own(frame, &mut Dice::new(dice::roll()));
    let new = NewAside {
        device: handle,
        frame: &wipe::digest(frame),
        carried,
        claimed_at: up.map_or(clock::now(), |up| up.claimed_at),
        notices: up.map_or(0, |up| spoken(up).collect::<BTreeSet<_>>().len()) as u32,
        sealed: &sealed,
    };
    let mut transaction = office.store.begin().await?;
    let kept = revoked::keep(&mut transaction, &new, clock::now()).await?;
    transaction.commit().await?;
    if kept { Ok(()) } else { Err(Error::Busy) }
}

const UNREAD: Error = Error::Broken("a frame in quarantine that cannot be read");

/// A frame that waits: whose device it is, and what it says; `None` when it follows on something that is not here.
async fn opened(office: &Office, row: &AsideRow) -> Result<(KnownDevice, Option<Up>), Error> {
    let handle = row.device.as_slice().try_into().map(DeviceHandle).map_err(|_| UNREAD)?;
    let known = device::find(office.store.readers(), handle, clock::now().day()).await?;
    let mut device = known.ok_or(UNREAD)?;
    let frame = KeyRing::new(office.keys.dossier_kek()).open_own(&row.sealed).ok_or(UNREAD)?;
    let key = VerifyingKey::from_bytes(&device.public_key).map_err(|_| UNREAD)?;
    // The device is out; its author's rights are what they are.
    device.principal.device = DeviceStatus::Ok;
    let up = match Up::decode(&frame, &key) {
        Ok(up) => Some(up),
        Err(FrameError::Dependency) => after(office, &device, &key, &frame).await?,
        Err(_) => None,
    };
    Ok((device, up))
}

/// One dossier of a frame that waits.
pub struct Brought {
    /// The dossier.
    pub dossier: DossierId,
    /// The house it is about: as the office knows it, else as the frame says.
    pub house: Option<EstablishmentId>,
    /// The office has the dossier already.
    pub known: bool,
    /// What was done, in the frame's order.
    pub acts: Vec<Act>,
    /// What it would say once taken; `None` when that cannot be read.
    pub content: Option<Content>,
}

/// What a frame that waits would come to. Nothing of it is kept, and it is read behind the same gate as any other.
///
/// # Errors
/// When the store cannot be read.
pub async fn look(office: &Office, row: &AsideRow) -> Result<Vec<Brought>, Error> {
    let (device, Some(up)) = opened(office, row).await? else { return Ok(Vec::new()) };
    let spoken: BTreeSet<DossierId> = spoken(&up).collect();
    // Only what its author may know of is laid under it: a frame cannot have somebody else's dossier shown.
    let mut here = exchange::histories_of(office, &device, spoken.iter().copied().collect()).await?;
    let placed = log::placed(office.store.readers(), spoken.iter().copied()).await?;
    let brought = spoken.into_iter().map(|dossier| {
        let parcel = up.parcels.iter().find(|parcel| parcel.dossier == dossier);
        let owner = placed.iter().find(|known| known.dossier == dossier).map(|known| known.house);
        let mut history = here.remove(&dossier).unwrap_or_default();
        let changes = parcel.map(|parcel| parcel.changes.as_slice()).unwrap_or_default();
        let whole = changes.iter().all(|raw| history.take(raw).is_ok()) && history.changes().len() > 0;
        let read = || catch_unwind(AssertUnwindSafe(|| history.read())).ok().and_then(Result::ok);
        let acts = up.acts.iter().filter(|sent| sent.dossier == dossier).map(|sent| sent.act.clone());
        Brought {
            dossier,
            house: owner.or(parcel.map(|parcel| parcel.establishment)),
            known: owner.is_some(),
            acts: acts.collect(),
            content: whole.then(read).flatten(),
        }
    });
    Ok(brought.collect())
}

/// The dossiers a frame speaks of, one as often as it does.
fn spoken(up: &Up) -> impl Iterator<Item = DossierId> {
    up.parcels.iter().map(|parcel| parcel.dossier).chain(up.acts.iter().map(|sent| sent.dossier))
}

/// Takes what was kept aside as what it is: a frame of its author, behind the same gate and by the same rights as any
/// other, dated when it came. `false` when nothing of it is taken.
pub async fn take(office: &Office, row: &AsideRow) -> Result<bool, Error> {
    let (device, Some(up)) = opened(office, row).await? else { return Ok(false) };
    let kept = office.writer.keep_dated(device.caller(), Arc::new(up), Moment(row.at)).await?;
    let said = kept.judged.verdicts.iter().map(|(_, verdict)| *verdict);
    let mut said = said.chain(kept.judged.act_verdicts.iter().map(|act| act.verdict));
    Ok(said.any(|verdict| verdict == Verdict::Accepted))
}
