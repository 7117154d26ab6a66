//! Tin nhắn SMS out and in, through a gateway over HTTP; off until one is named. A message is never the only way to know
//! anything, and nothing is opened or decided by one: a SIM may stand in another's name. What is to be told lies in
//! SQLite without number and words; both are read from the dossier when it is sent, and neither is ever logged.

pub mod gateway;
pub mod inbound;

use std::sync::{Arc, OnceLock};
use std::time::Duration;

use app::text::message::{self as words, Told};
use dossier::act::Act;
use dossier::content::Content;
use dossier::filing::Filing;
use dossier::filing::status::{FilingStatus, Stage};
use dossier::filing::step::Step;
use dossier::id::DossierId;
use dossier::moment::{Day, Moment};
use dossier::phone::PhoneNumber;
use dossier::procedure::following;
use tokio::sync::Notify;

use self::gateway::{Gateway, Line, Outgoing};
use crate::clock;
use crate::error::Error;
use crate::hex;
use crate::office::Office;
use crate::store::commune;
use crate::store::message::{self, MessageRow};
use crate::store::outbox::Outbox;
use crate::story::Story;

/// How often the outbox is looked at.
const EVERY: Duration = Duration::from_secs(20);
/// Messages of one look.
const AT_ONCE: u32 = 32;
/// The wait after the first failure, in minutes; it doubles up to the longest.
const FIRST_WAIT: i64 = 1;
const LONGEST_WAIT: i64 = 6 * 60;
/// Tries until a message is given up: a little over two days.
const MOST_TRIES: u32 = 16;

/// The way of text messages.
#[derive(Default)]
pub struct Messages {
    line: OnceLock<Line>,
    wake: Notify,
}

impl Messages {
    /// Names the gateway; the first one stays.
    pub fn open(&self, line: Line) {
        let _ = self.line.set(line);
    }

    /// The gateway, where there is one.
    pub fn line(&self) -> Option<&Line> {
        self.line.get()
    }

    /// Something may be due.
    pub fn wake(&self) {
        self.wake.notify_one();
    }
}

/// Sends what is due until the office closes.
pub async fn run(office: Office) {
    if office.messages.line().is_none() {
        return;
    }
    let mut news = office.writer.listen();
    loop {
        if let Err(cause) = send_due(&office, clock::now()).await {
            tracing::warn!(%cause, "the outbox was not read");
        }
        tokio::select! {
            () = tokio::time::sleep(EVERY) => {}
            () = office.messages.wake.notified() => {}
            _ = news.recv() => {}
            () = office.closed() => return,
        }
    }
}

/// Sends what is due now; how many were handed to the gateway.
pub async fn send_due(office: &Office, now: Moment) -> Result<usize, Error> {
    let Some(line) = office.messages.line() else { return Ok(0) };
    let mut sent = 0;
    for row in message::due(office.store.readers(), now, AT_ONCE).await? {
        let written = match row.dossier() {
            Some(dossier) => written(office, dossier, &row).await,
            None => Ok(Err("no dossier")),
        };
        let outcome = match written {
            Ok(Ok(outgoing)) => hand_over(Arc::clone(&line.out), outgoing).await,
            // What cannot be read now is put off: it would stand before all that come after it.
            Err(Error::Broken(_)) => false,
            Err(cause) => return Err(cause),
            Ok(Err(why)) => {
                let mut transaction = office.store.begin().await?;
                Outbox::Message.dropped(&mut *transaction, row.id, why).await?;
                transaction.commit().await?;
                continue;
            }
        };
        let mut transaction = office.store.begin().await?;
        if outcome {
            Outbox::Message.sent(&mut *transaction, row.id, now).await?;
            sent += 1;
        } else if row.tries + 1 >= MOST_TRIES {
            Outbox::Message.dropped(&mut *transaction, row.id, "given up").await?;
        } else {
            Outbox::Message.later(&mut *transaction, row.id, now.plus_minutes(wait(row.tries))).await?;
        }
        transaction.commit().await?;
    }
    Ok(sent)
}

/// Minutes until the next try, after so many.
fn wait(tries: u32) -> i64 {
    (FIRST_WAIT << tries.min(16)).min(LONGEST_WAIT)
}

async fn hand_over(gateway: Arc<dyn Gateway>, outgoing: Outgoing) -> bool {
    tokio::task::spawn_blocking(move || gateway.send(&outgoing).is_ok()).await.unwrap_or(false)
}

/// The telephone a dossier gives, where messages reach it.
pub fn telephone(filing: &Filing) -> Option<PhoneNumber> {
    filing.answer("phone")?.parse().ok().filter(PhoneNumber::is_mobile)
}

/// The message, or why there is none.
async fn written(
    office: &Office,
    dossier: DossierId,
    row: &MessageRow,
) -> Result<Result<Outgoing, &'static str>, Error> {
    let readers = office.store.readers();
    if !message::wished(readers, dossier).await? {
        return Ok(Err("not wished"));
    }
    let Some(story) = Story::read(office, dossier).await? else { return Ok(Err("no dossier")) };
    let Ok(content) = story.history.read() else { return Ok(Err("no dossier")) };
    let Some(to) = content.filing().and_then(telephone) else { return Ok(Err("no telephone")) };
    let Some(commune) = commune::today(readers, story.commune).await? else { return Ok(Err("no agency")) };
    let Some(number) = story.number.map(|number| number.to_string()) else { return Ok(Err("no number")) };
    let Some(what) = told(&story, &content, row) else { return Ok(Err("no longer so")) };
    let mark = office.keys.mark("message", &row.id.to_be_bytes());
    let text = words::told(&number, &what, &words::plain(&commune.duty_phone));
    Ok(Ok(Outgoing { id: hex::encode(&mark), to: to.as_str().to_owned(), text }))
}

/// What a row tells of, as the dossier stands now; nothing of what is over by the time it is sent.
fn told(story: &Story, content: &Content, row: &MessageRow) -> Option<Told> {
    let status: FilingStatus = story.status();
    if row.kind == "term" {
        let until = status.decision?.until?;
        let renewed = following::is_renewed(&content.filing()?.version.procedure);
        return (renewed && i64::from(until.0) == row.about).then_some(Told::Term { until });
    }
    let recorded = story.acts.iter().find(|recorded| i64::from(recorded.order) == row.about);
    let on: Day =
        recorded.map_or_else(|| status.submitted.unwrap_or_default().day(), |recorded| recorded.at.day());
    let step = recorded.and_then(|recorded| match &recorded.act {
        Act::Step(step) => Some(&**step),
        _ => None,
    });
    match (row.kind.as_str(), step) {
        ("receipt", None) => Some(Told::Receipt { on }),
        ("supplement", Some(Step::Supplement { items, until, .. }))
            if matches!(status.stage, Stage::Supplement { .. }) =>
        {
            Some(Told::Supplement { items: items.iter().count(), until: *until })
        }
        ("result", Some(Step::Decide { .. })) if status.decision.is_some() => {
            Some(Told::Result { on, way: status.accepted.map(|accepted| accepted.way) })
        }
        ("supplement", Some(Step::FeeDue { dong })) if status.stage == Stage::FeeDue => {
            Some(Told::Fee { dong: *dong })
        }
        ("result", Some(Step::Annul { .. })) if matches!(status.stage, Stage::Annulled { .. }) => {
            Some(Told::Annulled { on })
        }
        ("result", Some(Step::Refuse { .. })) => Some(Told::Result { on, way: None }),
        ("apology", Some(Step::Apologise { appointed, .. })) if status.is_with_office() => {
            Some(Told::Apology { appointed: *appointed })
        }
        _ => None,
    }
}
