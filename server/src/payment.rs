//! Nộp lệ phí trực tuyến: fees paid through a gateway over HTTP; off until one is named.
//!
//! Office and gateway say three things to each other, each signed with the key both have ([`signature`]):
//!
//! | who | what | comes to |
//! |---|---|---|
//! | office | `POST /payments` `{reference, amount, purpose, return_address, notify_address}` | `{pay_address, qr?}`; the same reference again is the same payment |
//! | office | `GET /payments/{reference}` | `{reference, amount, state}`; state is `waiting`, `paid` or `cancelled` |
//! | gateway | `POST /api/v1/payments/notice` `{reference, amount, state}` | `{"kept":true}` once it is kept; 401 forged, 404 no such reference, 422 another amount |
//!
//! The return address is one of two pages of the office, whoever pays and for whichever dossier ([`gateway::Back`]).
//! A reference is rolled and names nobody; amounts are whole đồng. What the gateway confirms is kept in SQLite before it is
//! answered and becomes an act of the dossier afterwards: the fee that was asked for, or money to be given back. A notice
//! that never comes is asked for. Nothing here moves money back.

pub mod args;
pub mod due;
pub mod gateway;
pub mod notice;
pub mod reference;
pub mod signature;

use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};

use dossier::act::Act;
use dossier::filing::step::{Payment, Step};
use dossier::id::{CommuneCode, DossierId};
use dossier::moment::Moment;
use sync::frame::ActId;
use sync::frame::down::Verdict;
use sync::frame::up::{SentAct, Up};
use sync::office::Caller;
use tokio::sync::Notify;

use self::gateway::{Away, Back, Gateway, Opened};
use self::reference::Reference;
use crate::clock;
use crate::error::Error;
use crate::holder::NO_DEVICE;
use crate::metrics::Metrics;
use crate::office::Office;
use crate::store::commune;
use crate::store::payment::{self, PaymentRow};
use crate::story::Story;

/// How often it is looked for what is due.
const EVERY: Duration = Duration::from_secs(20);
/// Payments of one look.
const AT_ONCE: u32 = 32;
/// Minutes until the gateway is asked what became of a payment; the wait doubles up to the longest.
const FIRST_WAIT: i64 = 1;
const LONGEST_WAIT: i64 = 6 * 60;
/// Questions until nobody asks any more: about two weeks. A notice is taken whenever it comes.
const MOST_TRIES: u32 = 64;

/// The way to the gateway.
#[derive(Default)]
pub struct Payments {
    gateway: OnceLock<Gateway>,
    wake: Notify,
}

impl Payments {
    /// Names the gateway; the first one stays.
    pub fn open(&self, gateway: Gateway) {
        let _ = self.gateway.set(gateway);
    }

    /// The gateway, where there is one.
    pub fn gateway(&self) -> Option<&Gateway> {
        self.gateway.get()
    }

    /// Something was paid.
    pub fn wake(&self) {
        self.wake.notify_one();
    }
}

/// Asks for what was not told and records what was paid, until the office closes.
pub async fn run(office: Office) {
    loop {
        if let Err(cause) = look(&office, clock::now()).await {
            tracing::warn!(%cause, "payments were not looked after");
        }
        tokio::select! {
            () = tokio::time::sleep(EVERY) => {}
            () = office.payments.wake.notified() => {}
            () = office.closed() => return,
        }
    }
}

/// Asks the gateway for what is due now and records what was paid; how many became acts. What is kept already does not wait
/// for a gateway that is slow.
pub async fn look(office: &Office, now: Moment) -> Result<usize, Error> {
    let recorded = settle(office).await?;
    let Some(gateway) = office.payments.gateway() else { return Ok(recorded) };
    let began = Instant::now();
    for row in payment::due(office.store.readers(), now, AT_ONCE).await? {
        // What is asked is dated: the last of many would else be too old to be heard.
        let now = now.plus_minutes((began.elapsed().as_secs() / 60) as i64);
        // Who does not answer one does not answer the next, and what was paid waits behind all of them.
        if *office.closing.borrow() || !ask(office, gateway, &row, now).await? {
            break;
        }
    }
    Ok(recorded + settle(office).await?)
}

/// Records what was paid and is no act yet.
async fn settle(office: &Office) -> Result<usize, Error> {
    let mut recorded = 0;
    for row in payment::unsettled(office.store.readers(), AT_ONCE).await? {
        match record(office, &row).await {
            Ok(()) => recorded += 1,
            // It stays kept, and is tried again; the others do not wait for it.
            Err(cause) => tracing::error!(%cause, reference = row.reference, "a payment was not recorded"),
        }
    }
    Ok(recorded)
}

/// Begins a payment, or goes on with the one that is open: two who pay the same pay once.
///
/// # Errors
/// The office's own. The inner one: the gateway is away, and nothing was paid.
pub async fn begin(
    office: &Office,
    gateway: &Gateway,
    (dossier, dong): (DossierId, u32),
    (reference, back): (Reference, Back),
    now: Moment,
) -> Result<Result<Opened, Away>, Error> {
    let asks = now.plus_minutes(FIRST_WAIT);
    let mut transaction = office.store.begin().await?;
    let reference = match payment::open(&mut *transaction, dossier, dong).await? {
        Some(row) => {
            payment::ask(&mut *transaction, &row.reference, Some(asks), 0).await?;
            row.reference.parse().map_err(|_| Error::Broken("a kept reference is none"))?
        }
        None => {
            payment::put(&mut *transaction, &reference.to_string(), (dossier, dong), (now, asks)).await?;
            reference
        }
    };
    transaction.commit().await?;
    let own = gateway.clone();
    let answer = tokio::task::spawn_blocking(move || own.begin(reference, dong, back, now)).await;
    let opened = match answer.unwrap_or(Err(Away::Silent)) {
        Ok(opened) => opened,
        Err(away) => {
            tracing::warn!(%reference, %away, "a payment was not begun");
            return Ok(Err(away));
        }
    };
    let mut transaction = office.store.begin().await?;
    let page = (opened.pay_address.as_str(), opened.qr.as_deref());
    payment::opened(&mut *transaction, &reference.to_string(), page).await?;
    transaction.commit().await?;
    Ok(Ok(opened))
}

/// Asks what became of one; whether the gateway answered at all.
async fn ask(office: &Office, gateway: &Gateway, row: &PaymentRow, now: Moment) -> Result<bool, Error> {
    let reference: Reference =
        row.reference.parse().map_err(|_| Error::Broken("a kept reference is none"))?;
    let own = gateway.clone();
    let answer = tokio::task::spawn_blocking(move || own.ask(reference, now)).await;
    let tries = row.tries.saturating_add(1);
    let next = (tries < MOST_TRIES).then(|| now.plus_minutes(wait(row.tries)));
    let mut transaction = office.store.begin().await?;
    payment::ask(&mut *transaction, &row.reference, next, tries).await?;
    transaction.commit().await?;
    match answer.unwrap_or(Err(Away::Silent)) {
        // What does not fit is told by where it is refused.
        Ok(word) => drop(notice::keep(office, &word, now).await?),
        Err(Away::Unfit) => tracing::warn!(%reference, "the gateway's answer about a payment cannot be used"),
        Err(Away::Status(_)) => {}
        Err(Away::Silent) => return Ok(false),
    }
    Ok(true)
}

/// Minutes until the next question, after so many.
fn wait(tries: u32) -> i64 {
    (FIRST_WAIT << tries.min(16)).min(LONGEST_WAIT)
}

/// Makes what was paid an act of its dossier, in the office's own hand: the fee, if it is still to be paid, else money to
/// be given back. Done again it is the same act.
async fn record(office: &Office, row: &PaymentRow) -> Result<(), Error> {
    let dossier = row.dossier().ok_or(Error::Broken("a payment without its dossier"))?;
    let story = Story::read(office, dossier).await?;
    let story = story.ok_or(Error::Broken("a payment without its dossier"))?;
    let commune = commune::today(office.store.readers(), story.commune).await?;
    let commune = commune.ok_or(Error::Broken("a dossier without its commune"))?.code();
    let (dong, what) = (row.dong, (dossier, commune, row.reference.as_str()));
    let fee = Step::FeePaid { dong, how: Payment::Online };
    let settled = if say(office, what, ("payment", fee)).await? {
        "fee"
    } else if say(office, what, ("payment over", Step::PaidOver { dong })).await? {
        tracing::warn!(reference = row.reference, "a payment came for which nothing was to be paid");
        Metrics::count(&office.metrics.payments_over);
        "surplus"
    } else {
        return Err(Error::Broken("a payment was not recorded"));
    };
    let mut transaction = office.store.begin().await?;
    payment::settled(&mut *transaction, &row.reference, settled).await?;
    transaction.commit().await?;
    Ok(())
}

/// Says this of a dossier; whether it stands.
async fn say(
    office: &Office,
    (dossier, commune, reference): (DossierId, CommuneCode, &str),
    (kind, step): (&str, Step),
) -> Result<bool, Error> {
    let mut id = [0; 8];
    id.copy_from_slice(&office.keys.mark(kind, reference.as_bytes())[..8]);
    let mut up = Up::silent(NO_DEVICE, clock::now());
    up.acts.push(SentAct { dossier, id: ActId(id), act: Act::Step(Box::new(step)) });
    let caller = Caller::collecting(dossier, commune, reference);
    let kept = office.writer.keep(caller, Arc::new(up)).await?.judged;
    Ok(kept.act_verdicts.iter().all(|said| said.verdict == Verdict::Accepted))
}
