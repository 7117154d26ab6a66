//! Pictures that come before their dossier names them. A page in a browser has no device that brings them after the text:
//! it sends them first, they wait here sealed, and the answer that names them makes them pictures like all others. Until
//! then nobody is shown them, and no list has them.

use std::time::Duration;

use dossier::id::DossierId;
use dossier::moment::Moment;
use sync::papers::{Head, MOST_PICTURES, PaperDigest};

use super::{case, put_down, standings};
use crate::clock;
use crate::error::Error;
use crate::holder::picture::Picture;
use crate::office::Office;
use crate::store::paper::{self, Paper, unnamed};

/// So long a picture waits to be named, in minutes.
const PATIENCE: i64 = 24 * 60;
/// How often it is looked for those that waited in vain, or whose naming was cut off.
const EVERY: Duration = Duration::from_secs(15 * 60);

const NO_DOSSIER: Error = Error::Broken("a picture for no residence dossier");

/// What came of a picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Waits {
    /// It is kept.
    Kept,
    /// Too many wait for this dossier.
    Crowded,
}

/// Keeps a picture until its dossier names it. The same one again is one.
pub async fn keep(office: &Office, dossier: DossierId, picture: &Picture) -> Result<Waits, Error> {
    let of: Paper = (dossier, picture.digest());
    let standing = standings(office, [dossier]).await?.pop().ok_or(NO_DOSSIER)?.1;
    let case = case(office, dossier, &standing).await?.ok_or(NO_DOSSIER)?;
    let _place = office.arrivals.read(of).await;
    let (bytes, now) = (picture.bytes(), clock::now());
    let mut transaction = office.store.begin().await?;
    if paper::is_whole(&mut *transaction, of).await? == Some(true) {
        return Ok(Waits::Kept);
    }
    if unnamed::count_beside(&mut *transaction, of).await? >= MOST_PICTURES as u32 {
        return Ok(Waits::Crowded);
    }
    unnamed::begin(&mut *transaction, of, bytes.len() as u32, now).await?;
    paper::cut(&mut *transaction, of, 0).await?;
    paper::put(&mut *transaction, of, 0, bytes.len(), &case.seal(bytes)?).await?;
    transaction.commit().await?;
    // A device has named it before, and has not brought it: it waits for nothing.
    if case.names(&of.1) {
        put_down(office, &case, &all_there(of, bytes.len() as u32), &[]).await?;
    }
    Ok(Waits::Kept)
}

/// Says of a picture that all of its bytes lie here already: it is held to its digest, and put with the objects, as one
/// whose last piece has come.
fn all_there((dossier, picture): Paper, total: u32) -> Head {
    Head { dossier, picture, total, from: total, chunk: [0; 32] }
}

/// Whether a page's picture is there to be named now: it is not dropped for another while.
pub async fn hold(office: &Office, dossier: DossierId, page: (PaperDigest, u32)) -> Result<bool, Error> {
    let mut transaction = office.store.begin().await?;
    let held = unnamed::hold(&mut *transaction, (dossier, page.0), page.1, clock::now()).await?;
    transaction.commit().await?;
    Ok(held)
}

/// Makes those pictures whole that the dossier names by now; drops the others that have waited since before this.
pub async fn settle(office: &Office, dossier: DossierId, before: Moment) -> Result<(), Error> {
    let waiting = unnamed::of(office.store.readers(), dossier).await?;
    if waiting.is_empty() {
        return Ok(());
    }
    let standing = standings(office, [dossier]).await?.pop().ok_or(NO_DOSSIER)?.1;
    let case = case(office, dossier, &standing).await?.ok_or(NO_DOSSIER)?;
    for (picture, total) in waiting {
        let of: Paper = (dossier, picture);
        let _place = office.arrivals.read(of).await;
        if case.names(&picture) {
            put_down(office, &case, &all_there(of, total), &[]).await?;
        } else {
            let mut transaction = office.store.begin().await?;
            unnamed::drop_before(&mut *transaction, of, before).await?;
            transaction.commit().await?;
        }
    }
    Ok(())
}

/// Settles all dossiers for which pictures wait, as it stands at this time.
pub async fn settle_all(office: &Office, now: Moment) -> Result<(), Error> {
    for dossier in unnamed::dossiers(office.store.readers()).await? {
        settle(office, dossier, now.plus_minutes(-PATIENCE)).await?;
    }
    Ok(())
}

/// Looks at the start and then every quarter of an hour, until the office closes.
pub async fn run(office: Office) {
    loop {
        if let Err(cause) = settle_all(&office, clock::now()).await {
            tracing::warn!(%cause, "pictures still wait to be named, it is tried again");
        }
        tokio::select! {
            () = tokio::time::sleep(EVERY) => {}
            () = office.closed() => return,
        }
    }
}
