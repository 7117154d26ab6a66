//! Web Push out (RFC 8030): a person who said yes on a phone is told that an answer is there while the app is closed; off
//! until the operator names a contact. What is pushed is one byte: which of a few fixed sentences the phone's own service
//! worker shows. What is to be told lies in SQLite as acts' numbers; whether it still is, is asked when it is sent.

pub mod args;
pub mod hosts;
pub mod seal;
pub mod subscription;
pub mod vapid;

use std::collections::BTreeSet;
use std::sync::OnceLock;
use std::time::Duration;

use dossier::moment::Moment;
use tokio::sync::Notify;
use ureq::Agent;

use self::hosts::Hosts;
use self::subscription::Subscription;
use self::vapid::Vapid;
use crate::error::Error;
use crate::keys::Keys;
use crate::office::Office;
use crate::store::device;
use crate::store::outbox::Outbox;
use crate::store::push::{self, PushRow};
use crate::{clock, dice, hex, outward, pictures};

/// How often the outbox is looked at.
const EVERY: Duration = Duration::from_secs(20);
/// Messages of one look.
const AT_ONCE: u32 = 32;
/// The wait after the first failure, in minutes; it doubles up to the longest.
const FIRST_WAIT: i64 = 1;
const LONGEST_WAIT: i64 = 6 * 60;
/// Tries until one is given up: about a day and a half.
const MOST_TRIES: u32 = 14;
/// How long a service keeps what a phone that is off has not fetched, in seconds.
const LASTS: u32 = 3 * 24 * 60 * 60;
/// Longest time a service has for one message.
const PATIENCE: Duration = Duration::from_secs(15);

/// What a person is told of. The byte is read by `public/sw.js`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A notice that waited was received.
    Received,
    /// Something is missing, or a notice came back.
    Asked,
    /// A matter was decided.
    Decided,
}

impl Kind {
    const ALL: [Kind; 3] = [Kind::Received, Kind::Asked, Kind::Decided];

    /// As it is pushed.
    pub const fn byte(self) -> u8 {
        match self {
            Kind::Received => 1,
            Kind::Asked => 2,
            Kind::Decided => 3,
        }
    }

    /// As the table writes it.
    pub const fn text(self) -> &'static str {
        match self {
            Kind::Received => "received",
            Kind::Asked => "asked",
            Kind::Decided => "decided",
        }
    }

    fn named(text: &str) -> Option<Kind> {
        Kind::ALL.into_iter().find(|kind| kind.text() == text)
    }
}

/// The way of pushes.
#[derive(Default)]
pub struct Pushes {
    service: OnceLock<Service>,
    wake: Notify,
}

/// What pushes are sent with.
pub struct Service {
    vapid: Vapid,
    /// The hosts that are asked.
    pub hosts: Hosts,
    agent: Agent,
    mark: [u8; 16],
}

impl Pushes {
    /// Turns pushing on; what was said first stays. `false` when the office's key is none.
    pub fn open(&self, keys: &Keys, contact: &str, hosts: Hosts) -> bool {
        let Some(vapid) = Vapid::new(keys.vapid(), contact) else { return false };
        let mark = keys.mark("vapid", vapid.public().as_bytes());
        let _ = self.service.set(Service { vapid, hosts, agent: outward::agent(PATIENCE), mark });
        true
    }

    /// The way, where there is one.
    pub fn service(&self) -> Option<&Service> {
        self.service.get()
    }

    /// Something may be due.
    pub fn wake(&self) {
        self.wake.notify_one();
    }
}

impl Service {
    /// What a browser subscribes for.
    pub fn public(&self) -> String {
        self.vapid.public()
    }

    /// Stands for that key beside a subscription.
    pub fn mark(&self) -> &[u8; 16] {
        &self.mark
    }
}

/// Sends what is due until the office closes.
pub async fn run(office: Office) {
    if office.pushes.service().is_none() {
        return;
    }
    let mut news = office.writer.listen();
    loop {
        if let Err(cause) = send_due(&office, clock::now()).await {
            tracing::warn!(%cause, "the outbox of pushes was not read");
        }
        tokio::select! {
            () = tokio::time::sleep(EVERY) => {}
            () = office.pushes.wake.notified() => {}
            _ = news.recv() => {}
            () = office.closed() => return,
        }
    }
}

/// What a service made of a message.
enum Outcome {
    Taken,
    /// There is no such subscription any more, or it was made for another key.
    Gone,
    Later,
    /// It did not answer at all.
    Silent,
}

/// Sends what is due now; how many were taken.
pub async fn send_due(office: &Office, now: Moment) -> Result<usize, Error> {
    let Some(service) = office.pushes.service() else { return Ok(0) };
    let mut taken = 0;
    // Each would be waited for as long as one may be: those of other services come first.
    let mut silent = BTreeSet::new();
    for row in push::due(office.store.readers(), now, AT_ONCE).await? {
        let ready = ready(office, service, &row, now).await?;
        let outcome = match ready {
            Ok((_, to)) if silent.contains(to.endpoint.origin()) => Outcome::Later,
            Ok((kind, to)) => {
                let origin = to.endpoint.origin().to_owned();
                let outcome = hand_over(office, service, &row, (kind, to), now).await;
                if matches!(outcome, Outcome::Silent) {
                    silent.insert(origin);
                }
                outcome
            }
            Err(why) => {
                let mut transaction = office.store.begin().await?;
                Outbox::Push.dropped(&mut *transaction, row.id, why).await?;
                transaction.commit().await?;
                continue;
            }
        };
        let mut transaction = office.store.begin().await?;
        match outcome {
            Outcome::Taken => {
                Outbox::Push.sent(&mut *transaction, row.id, now).await?;
                taken += 1;
            }
            Outcome::Gone => {
                Outbox::Push.dropped(&mut *transaction, row.id, "gone").await?;
                push::unsubscribe(&mut transaction, row.device()).await?;
            }
            Outcome::Later | Outcome::Silent if row.tries + 1 >= MOST_TRIES => {
                Outbox::Push.dropped(&mut *transaction, row.id, "given up").await?;
            }
            Outcome::Later | Outcome::Silent => {
                Outbox::Push.later(&mut *transaction, row.id, now.plus_minutes(wait(row.tries))).await?;
            }
        }
        transaction.commit().await?;
    }
    Ok(taken)
}

/// Minutes until the next try, after so many.
fn wait(tries: u32) -> i64 {
    (FIRST_WAIT << tries.min(16)).min(LONGEST_WAIT)
}

/// What is sent, or why nothing is: who it goes to must still be let in, and may still read what it tells of.
async fn ready(
    office: &Office,
    service: &Service,
    row: &PushRow,
    now: Moment,
) -> Result<Result<(Kind, Subscription), &'static str>, Error> {
    let readers = office.store.readers();
    let (Some(kind), Some(dossier)) = (Kind::named(&row.kind), row.dossier()) else {
        return Ok(Err("no dossier"));
    };
    let Some(kept) = push::subscription(readers, row.device()).await? else { return Ok(Err("not wished")) };
    if kept.made_for != service.mark {
        return Ok(Err("another key"));
    }
    let Some(to) = Subscription::kept(&kept.endpoint, &kept.p256dh, &kept.auth, &service.hosts) else {
        return Ok(Err("no service"));
    };
    let Some(device) = device::find(readers, row.device(), now.day()).await? else {
        return Ok(Err("no device"));
    };
    let standing = pictures::standings(office, [dossier]).await?.pop();
    let may = standing.is_some_and(|(_, standing)| standing.may_read(&device.principal, now.day()));
    if !may || !device.principal.is_in() {
        return Ok(Err("not theirs"));
    }
    Ok(Ok((kind, to)))
}

async fn hand_over(
    office: &Office,
    service: &Service,
    row: &PushRow,
    (kind, to): (Kind, Subscription),
    now: Moment,
) -> Outcome {
    let Some(body) = seal::seal(&[kind.byte()], &to.keys, dice::roll(), dice::roll()) else {
        return Outcome::Later;
    };
    // A newer sentence of a kind takes the place of one the phone has not fetched.
    let topic = office.keys.mark("push", &[&row.device().0[..], &[kind.byte()]].concat());
    let request = service
        .agent
        .post(to.endpoint.address())
        .header("authorization", service.vapid.authorization(&to.endpoint, now))
        .header("content-encoding", "aes128gcm")
        .header("content-type", "application/octet-stream")
        .header("ttl", LASTS.to_string())
        .header("topic", hex::encode(&topic))
        .header("urgency", "normal");
    let sent =
        tokio::task::spawn_blocking(move || request.send(&body[..]).map(|answer| answer.status())).await;
    match sent {
        Ok(Ok(status)) if status.is_success() => Outcome::Taken,
        // 403: made for another key.
        Ok(Ok(status)) if [403, 404, 410].contains(&status.as_u16()) => Outcome::Gone,
        Ok(Ok(_)) => Outcome::Later,
        _ => Outcome::Silent,
    }
}
