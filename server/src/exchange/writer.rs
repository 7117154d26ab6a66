//! The one writer: frames that wait are judged together and kept in one transaction (group commit), and only
//! after COMMIT has returned is anybody answered. A commit that fails ends the process: after a failed fsync
//! nobody knows what is on the disk, and the phones still hold everything.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::sync::atomic::Ordering;

use dossier::access::Locality;
use dossier::id::{CommuneCode, DeviceHandle, DossierId, EstablishmentId};
use dossier::moment::Moment;
use sqlx::{Sqlite, Transaction};
use sync::copied::Seen;
use sync::dice::Dice;
use sync::frame::down::Issued;
use sync::frame::up::Up;
use sync::office::answer::Item;
use sync::office::issue::{Signer, issue};
use sync::office::{Bench, Caller, Judged, Known, Rules, Write};
use sync::receipt::{Epoch, Keys as ReceiptKeys};
use tokio::sync::{broadcast, mpsc, oneshot};

use super::consents::Consents;
use super::desks::Desks;
use super::rows::{self, KeyRing};
use super::slips::Slips;
use super::{Hint, News};
use crate::error::Error;
use crate::office::Office;
use crate::store::dossier::{self as log, NewDossier, NewRow};
use crate::store::{device, office as row};

mod behalf;
mod load;
mod message;
mod push;

/// Frames that may wait; beyond that a device is asked to come back.
const QUEUE: usize = 256;
/// Frames of one transaction.
const BATCH: usize = 64;
/// Hints an open desk may be behind before it is told to fetch anyway.
const HINTS: usize = 1_024;

/// What keeping one frame came to.
pub struct Kept {
    /// Verdicts and acts.
    pub judged: Judged,
    /// Receipts.
    pub issued: Option<Issued>,
    /// The office's clock at the commit.
    pub now: Moment,
}

struct Job {
    caller: Caller,
    up: Arc<Up>,
    /// When it came, if that was not now.
    came: Option<Moment>,
    done: oneshot::Sender<Result<Kept, Error>>,
}

/// The way to the writer.
pub struct Writer {
    queue: mpsc::Sender<Job>,
    waiting: std::sync::Mutex<Option<mpsc::Receiver<Job>>>,
    hints: broadcast::Sender<News>,
}

impl Default for Writer {
    fn default() -> Writer {
        let (queue, waiting) = mpsc::channel(QUEUE);
        Writer { queue, waiting: std::sync::Mutex::new(Some(waiting)), hints: broadcast::channel(HINTS).0 }
    }
}

impl Writer {
    /// Judges and keeps a frame; returns after the commit.
    pub async fn keep(&self, caller: Caller, up: Arc<Up>) -> Result<Kept, Error> {
        self.enqueue(caller, up, None).await
    }

    /// The same with a frame that came earlier and was kept aside: it counts from then.
    pub async fn keep_dated(&self, caller: Caller, up: Arc<Up>, came: Moment) -> Result<Kept, Error> {
        self.enqueue(caller, up, Some(came)).await
    }

    async fn enqueue(&self, caller: Caller, up: Arc<Up>, came: Option<Moment>) -> Result<Kept, Error> {
        let (done, kept) = oneshot::channel();
        self.queue.try_send(Job { caller, up, came, done }).map_err(|_| Error::Busy)?;
        kept.await.map_err(|_| Error::Broken("the writer has stopped"))?
    }

    /// Hints from now on.
    pub fn listen(&self) -> broadcast::Receiver<News> {
        self.hints.subscribe()
    }

    /// Tells open desks that people, devices or areas of a commune changed.
    pub fn announce(&self, commune: CommuneCode) {
        // Nobody listening is no fault.
        let _ = self.hints.send(News::People(commune));
    }

    /// Tells everybody that areas follow each other from now on.
    pub fn announce_territory(&self) {
        // Nobody listening is no fault.
        let _ = self.hints.send(News::Territory);
    }

    /// Frames that wait.
    pub fn waiting(&self) -> usize {
        QUEUE - self.queue.capacity()
    }
}

/// Runs the writer until the office closes and its queue is empty. Only the first call finds work to do.
pub async fn run(office: Office) {
    let waiting = office.writer.waiting.lock().ok().and_then(|mut waiting| waiting.take());
    let Some(mut waiting) = waiting else { return };
    loop {
        let first = tokio::select! {
            job = waiting.recv() => job,
            () = office.closed() => {
                waiting.close();
                waiting.recv().await
            }
        };
        let Some(first) = first else { return };
        let mut jobs = vec![first];
        while jobs.len() < BATCH {
            match waiting.try_recv() {
                Ok(job) => jobs.push(job),
                Err(_) => break,
            }
        }
        keep_batch(&office, jobs).await;
    }
}

async fn keep_batch(office: &Office, jobs: Vec<Job>) {
    let began = std::time::Instant::now();
    let error = match keep(office, &jobs).await {
        Ok((kept, hints)) => {
            office.metrics.last_commit_ms.store(began.elapsed().as_millis() as u64, Ordering::Relaxed);
            for hint in hints {
                // Nobody listening is no fault.
                let _ = office.writer.hints.send(News::Dossier(hint));
            }
            for (job, kept) in jobs.into_iter().zip(kept) {
                let _ = job.done.send(Ok(kept));
            }
            return;
        }
        Err(error) => error,
    };
    tracing::error!(cause = %error, frames = jobs.len(), "a batch was not kept");
    let alone = jobs.len() == 1;
    for job in jobs {
        if alone || matches!(error, Error::Busy) {
            let _ = job.done.send(Err(Error::Busy));
        } else {
            // One dossier that cannot be read must not hold up the frames it happened to share a batch with.
            Box::pin(keep_batch(office, vec![job])).await;
        }
    }
}

/// A batch under way: the transaction and what is known inside it.
struct Batch<'a> {
    office: &'a Office,
    transaction: Transaction<'static, Sqlite>,
    known: BTreeMap<DossierId, Known>,
    places: BTreeMap<EstablishmentId, Locality>,
    desks: Desks,
    ring: KeyRing,
    dice: Dice,
    now: Moment,
    begun: Vec<NewDossier>,
    rows: Vec<NewRow>,
}

async fn keep(office: &Office, jobs: &[Job]) -> Result<(Vec<Kept>, Vec<Hint>), Error> {
    let mut batch = Batch {
        office,
        transaction: office.store.begin().await?,
        known: BTreeMap::new(),
        places: BTreeMap::new(),
        desks: Desks::default(),
        ring: KeyRing::new(office.keys.dossier_kek()),
        dice: Dice::new(crate::dice::roll()),
        now: super::now(),
        begun: Vec::new(),
        rows: Vec::new(),
    };
    batch.load(jobs).await?;
    batch.places(jobs).await?;
    let callers = jobs.iter().map(|job| &job.caller);
    batch.desks = Desks::read(&mut batch.transaction, callers, &batch.known).await?;
    let at_once: BTreeSet<u32> = log::receiving_at_once(&mut *batch.transaction).await?.into_iter().collect();
    let epoch = Epoch(office.epoch.dice);
    let keys: ReceiptKeys = office.keys.receipt_verifying();
    let mut serials = BTreeMap::new();
    for commune in jobs.iter().map(|job| job.caller.principal.commune).collect::<BTreeSet<_>>() {
        serials.insert(commune, log::serial(&mut *batch.transaction, commune, epoch).await?);
    }
    let given = serials.clone();
    let frames: Vec<(&Caller, &Up)> = jobs.iter().map(|job| (&job.caller, &*job.up)).collect();
    let mut consents = Consents::read(office, &mut batch.transaction, &frames, batch.now).await?;
    let mut slips = Slips::read(&mut batch.transaction, frames.iter().map(|(_, up)| *up)).await?;
    let (published, mut kept) = (office.procedures.now(), Vec::new());
    for Job { caller, up, came, .. } in jobs {
        let at = came.unwrap_or(batch.now);
        let judged = Bench {
            rules: Rules::PRODUCT,
            epoch,
            now: at,
            keys: &keys,
            place_of: &|id| batch.places.get(&id).copied(),
            commune_of: &|code| slips.place(code).or_else(|| batch.desks.place(code)),
            receive_at_once: &|commune| at_once.contains(&commune.0),
            procedures: published.procedures(),
            serials: &mut serials,
            codes: consents.given(),
            known: &mut batch.known,
        }
        .judge(caller, up);
        consents.note(caller, up, &judged);
        slips.keep(&mut batch.transaction, &batch.known, &judged, at).await?;
        kept.push(batch.write(caller, up, judged, (epoch, at)).await?);
    }
    for (commune, last) in &serials {
        if given.get(commune) != Some(last) {
            log::set_serial(&mut *batch.transaction, *commune, epoch, *last).await?;
        }
    }
    consents.keep(office, &mut batch.transaction).await?;
    // What was kept aside is no contact.
    let heard = || jobs.iter().filter(|job| job.came.is_none()).map(|job| &job.up);
    let handles: BTreeSet<DeviceHandle> = heard().map(|up| up.handle).collect();
    device::set_last_contact(&mut *batch.transaction, handles, batch.now).await?;
    let mut seen: BTreeMap<DeviceHandle, Seen> = BTreeMap::new();
    for (handle, said) in heard().filter_map(|up| Some((up.handle, Seen::of(up, epoch)?))) {
        if let Some(said) = said.remembered(seen.get(&handle)) {
            seen.insert(handle, said);
        }
    }
    device::set_seen(&mut *batch.transaction, seen).await?;
    let now = batch.now;
    let (high, hints) = batch.append().await?;
    row::set_log_high(&mut *batch.transaction, high).await?;
    if batch.transaction.commit().await.is_err() {
        tracing::error!("COMMIT failed: the process ends, the phones keep what was not answered");
        std::process::abort();
    }
    consents.count(office, now).await;
    slips.announce(&office.writer);
    if high > 0 {
        // Durable is what the readers see, too.
        let seen = log::top(office.store.readers()).await?;
        if seen < high {
            tracing::error!("a committed batch is not visible: the process ends");
            std::process::abort();
        }
        if let Err(cause) = office.sidecar.remember(office.epoch, high) {
            tracing::warn!(%cause, "the epoch file was not written");
        }
    }
    Ok((kept, hints))
}

impl Batch<'_> {
    /// Signs what is due and takes everything a frame has brought up, to be kept with the batch.
    async fn write(
        &mut self,
        caller: &Caller,
        up: &Up,
        mut judged: Judged,
        (epoch, at): (Epoch, Moment),
    ) -> Result<Kept, Error> {
        let key = self.office.keys.receipt();
        let signer = Signer { key_id: key.id, key: &key.signing };
        let commune = caller.principal.commune;
        let (receipts, issued) = issue(&judged.due, commune, epoch, at, &signer)
            .map_or((Vec::new(), None), |(receipts, issued)| (receipts, Some(issued)));
        for write in std::mem::take(&mut judged.writes) {
            match write {
                Write::Begin { dossier, establishment, commune, filing } => {
                    let key = self.ring.make(dossier, &mut self.dice);
                    self.begun.push(NewDossier {
                        id: dossier,
                        establishment,
                        commune,
                        filed_by: caller.principal.account,
                        key,
                        in_time: None,
                        filing,
                        one_stop: false,
                        received_at: None,
                    });
                    self.office.metrics.accepted.fetch_add(1, Ordering::Relaxed);
                }
                Write::Change { dossier, hash, raw } => self.row(Item::Change(dossier, hash, raw))?,
                Write::Ordered(ordered) => {
                    self.on_behalf(&ordered).await?;
                    self.tell(&ordered).await?;
                    self.push(&ordered).await?;
                    self.row(Item::Ordered(ordered))?;
                }
                Write::Numbered(numbered) => self.row(Item::Numbered(numbered))?,
                Write::Receipt(receipt) => self.row(Item::Receipt(receipt))?,
                Write::Quarantine { dossier, why, bytes } => {
                    let sealed = self.ring.seal_own(&bytes, &mut self.dice);
                    let (why, now) = (format!("{why:?}"), at);
                    log::quarantine(&mut *self.transaction, dossier, up.handle, now, &why, &sealed).await?;
                    self.office.metrics.refused.fetch_add(1, Ordering::Relaxed);
                }
            }
        }
        for (dossier, in_time) in judged.due.iter().filter_map(|due| Some((due.dossier, due.in_time?))) {
            match self.begun.iter_mut().find(|new| new.id == dossier) {
                Some(new) => new.in_time = Some(in_time),
                None => log::set_in_time(&mut *self.transaction, dossier, in_time).await?,
            }
        }
        for receipt in receipts {
            if let Some(known) = self.known.get_mut(&receipt.dossier) {
                known.receipts.push(receipt.clone());
            }
            self.row(Item::Receipt(receipt))?;
        }
        Ok(Kept { judged, issued, now: self.now })
    }

    fn row(&mut self, item: Item) -> Result<(), Error> {
        let dossier = item.dossier();
        let Some(known) = self.known.get(&dossier) else {
            return Err(Error::Broken("a write about a dossier that is not known"));
        };
        let (kind, plain) = rows::encode(&item)?;
        let Some(key) = self.ring.get(dossier) else {
            return Err(Error::Broken("a dossier without its key"));
        };
        let sealed = key.seal(&plain, &mut self.dice);
        let (establishment, commune) = (known.establishment, known.commune);
        self.rows.push(NewRow { dossier, establishment, commune, kind, sealed });
        Ok(())
    }

    /// Puts the batch into the tables; the highest number, 0 when there was nothing, and a hint per dossier.
    async fn append(&mut self) -> Result<(u64, Vec<Hint>), Error> {
        log::begin(&mut self.transaction, &self.begun, self.now).await?;
        let high = log::append(&mut self.transaction, &self.rows).await?;
        let first = high.saturating_sub(self.rows.len() as u64);
        let mut hints = BTreeMap::new();
        for (row, number) in self.rows.iter().zip(first + 1..) {
            let place = self.places.get(&row.establishment);
            let (commune, province) =
                (place.map_or(row.commune, |place| place.commune), place.map(|place| place.province));
            let known = self.known.get(&row.dossier);
            let acts = known.into_iter().flat_map(|known| &known.acts);
            let authors = acts.map(|ordered| ordered.recorded.by.account).collect();
            let received_at = known.and_then(Known::received_at).map(|code| {
                // A desk that was written down in this very batch is one of its callers'.
                self.desks.place(code).map_or(code, |desk| desk.commune)
            });
            let establishment = row.establishment;
            let hint = Hint { establishment, commune, received_at, province, authors, number };
            hints.insert(row.dossier, hint);
        }
        Ok((high, hints.into_values().collect()))
    }
}
