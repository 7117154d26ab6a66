//! Brings the counts of residence dossiers up to their logs: before somebody looks at them, and only those that have
//! gone on since.

use std::collections::BTreeSet;

use dossier::filing::figure::Figure;
use dossier::procedure::pinned;
use dossier::working_days::WorkingDays;

use crate::clock;
use crate::error::Error;
use crate::office::Office;
use crate::store::filing_figure;
use crate::story::Story;

/// Dossiers counted in one transaction: others must write, too.
const AT_ONCE: u32 = 200;

/// Counts what has gone on. What cannot be read is left out, and how many these are is answered: a page of figures does
/// not hang on one damaged dossier, and does not hide it.
pub async fn count(office: &Office) -> Result<u32, Error> {
    let mut unread = BTreeSet::new();
    loop {
        let most = AT_ONCE.saturating_add(unread.len() as u32);
        let mut stale = filing_figure::stale(office.store.readers(), most).await?;
        stale.retain(|(dossier, _)| !unread.contains(dossier));
        if stale.is_empty() {
            return Ok(unread.len() as u32);
        }
        let mut counted = Vec::new();
        for (dossier, top) in stale {
            match Story::read(office, dossier).await {
                Ok(Some(story)) => counted.push(((dossier, top), story.commune, figure(office, &story))),
                Ok(None) | Err(Error::Broken(_)) => drop(unread.insert(dossier)),
                Err(cause) => return Err(cause),
            }
        }
        let mut transaction = office.store.begin().await?;
        for (dossier, commune, figure) in counted {
            filing_figure::set(&mut *transaction, dossier, commune, figure.as_ref()).await?;
        }
        transaction.commit().await?;
    }
}

fn figure(office: &Office, story: &Story) -> Option<Figure> {
    let content = story.history.read().ok()?;
    let filing = content.filing()?;
    let published = office.procedures.now();
    let procedure = pinned(published.procedures(), &filing.version)?;
    Figure::of(&story.acts, filing, procedure, WorkingDays::calendar(), clock::now())
}
