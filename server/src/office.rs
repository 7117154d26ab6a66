//! The office at work: everything a handler may use.

use std::fs::File;
use std::ops::Deref;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use dossier::view::Standing;
use tokio::sync::watch;

use crate::arrivals::Arrivals;
use crate::client::Proxies;
use crate::clock;
use crate::copied::Readings;
use crate::epoch::{self, Epoch, EpochStory, Sidecar};
use crate::exchange::writer::Writer;
use crate::keys::Keys;
use crate::lane::Lanes;
use crate::merger;
use crate::message::Messages;
use crate::metrics::Metrics;
use crate::nonces::Nonces;
use crate::objects::Objects;
use crate::objects::bucket::Bucket;
use crate::password::Hasher;
use crate::payment::Payments;
use crate::premises::{Premises, PremisesError};
use crate::procedures::Procedures;
use crate::push::Pushes;
use crate::routes::health::Pulse;
use crate::store::{Store, StoreError, office};
use crate::territory;

/// What the person who starts the office decides.
pub struct Settings {
    /// What a receipt stands for in communes that do not say.
    pub standing: Standing,
    /// The built pages: `shell.html`, `sw.js`, `pkg/` …
    pub site: PathBuf,
    /// The proxies in front.
    pub proxies: Proxies,
    /// Where pictures of papers are kept; none: in files of the data directory.
    pub bucket: Option<Bucket>,
}

/// The office; clones share it.
#[derive(Clone)]
pub struct Office(Arc<Desk>);

/// What [`Office`] shares.
pub struct Desk {
    /// The database.
    pub store: Store,
    /// The secrets.
    pub keys: Keys,
    /// Which life of the database this is.
    pub epoch: Epoch,
    /// The file beside the database; told of every commit that used a log number.
    pub sidecar: Sidecar,
    /// Where passwords are hashed.
    pub hasher: Hasher,
    /// The procedures dossiers are filed under.
    pub procedures: Procedures,
    /// What is counted.
    pub metrics: Metrics,
    /// The one writer of dossiers.
    pub writer: Writer,
    /// How many requests of each kind may be under way.
    pub lanes: Lanes,
    /// Signed requests heard lately.
    pub nonces: Nonces,
    /// Pictures that are arriving.
    pub arrivals: Arrivals,
    /// What is too large for the database.
    pub objects: Objects,
    /// The way of text messages, where there is one.
    pub messages: Messages,
    /// The way to the payment gateway, where there is one.
    pub payments: Payments,
    /// The way of pushes, where it is open.
    pub pushes: Pushes,
    /// How far devices have read.
    pub readings: Readings,
    /// Whether the database takes writes.
    pub pulse: Pulse,
    /// What a receipt stands for in communes that do not say.
    pub standing: Standing,
    /// The built pages.
    pub site: PathBuf,
    /// The proxies in front.
    pub proxies: Proxies,
    /// Turns true when the office closes: streams end then.
    pub closing: watch::Receiver<bool>,
    close: watch::Sender<bool>,
    trial: AtomicBool,
    _lock: File,
}

impl Deref for Office {
    type Target = Desk;

    fn deref(&self) -> &Desk {
        &self.0
    }
}

impl Office {
    /// Opens the office on its premises; only one may be open at a time.
    pub async fn open(premises: Premises, settings: Settings) -> Result<Office, PremisesError> {
        let lock = premises.lock()?;
        territory::complete(&premises.store).await.map_err(StoreError::from)?;
        merger::apply_due(&premises.store, clock::now()).await.map_err(StoreError::from)?;
        let (epoch, sidecar, story) = epoch::settle(&premises.store, &premises.epoch_file()).await?;
        match story {
            EpochStory::Made => tracing::info!(generation = epoch.generation, "first epoch made"),
            EpochStory::Kept => tracing::info!(generation = epoch.generation, "epoch kept"),
            EpochStory::Renewed => tracing::warn!(
                generation = epoch.generation,
                "the database is older than its epoch file says: restored from a copy, a new epoch begins"
            ),
        }
        let trial = office::find(premises.store.readers()).await.map_err(StoreError::from)?;
        let trial = trial.is_some_and(|row| row.demo);
        let procedures = Procedures::open(premises.procedures()).map_err(PremisesError::from)?;
        let objects = match settings.bucket {
            Some(bucket) => Objects::in_bucket(bucket),
            None => Objects::in_files(&premises.objects()),
        };
        let objects = objects.map_err(PremisesError::from)?;
        let (close, closing) = watch::channel(false);
        Ok(Office(Arc::new(Desk {
            store: premises.store,
            keys: premises.keys,
            epoch,
            sidecar,
            procedures,
            hasher: Hasher::default(),
            metrics: Metrics::default(),
            writer: Writer::default(),
            lanes: Lanes::default(),
            nonces: Nonces::default(),
            arrivals: Arrivals::default(),
            objects,
            messages: Messages::default(),
            payments: Payments::default(),
            pushes: Pushes::default(),
            readings: Readings::default(),
            pulse: Pulse::default(),
            standing: settings.standing,
            site: settings.site,
            proxies: settings.proxies,
            closing,
            close,
            trial: AtomicBool::new(trial),
            _lock: lock,
        })))
    }

    /// Whether its people are made up: every page and every filled form of it says so.
    pub fn is_trial(&self) -> bool {
        self.trial.load(Ordering::Relaxed)
    }

    /// Its people are made up from now on.
    pub fn begin_trial(&self) {
        self.trial.store(true, Ordering::Relaxed);
    }

    /// Tells everybody that the office closes.
    pub fn close(&self) {
        self.close.send_replace(true);
    }

    /// Waits until the office closes.
    pub async fn closed(&self) {
        let mut closing = self.closing.clone();
        // The sender lives as long as the office does: this ends only by `close`.
        let _ = closing.wait_for(|closing| *closing).await;
    }
}
