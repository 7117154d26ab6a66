//! Sáp nhập, chia tách on their day: all that lies in the old communes lies in the new one from then on.
//!
//! Whole communes follow by themselves. A divided one keeps nothing: each of its villages goes where the change says, and
//! the ones nobody has assigned stay with the new commune, marked, until somebody at the desk does.

use std::collections::BTreeSet;
use std::time::Duration;

use dossier::id::{CommuneCode, VillageId};
use dossier::moment::Moment;
use sqlx::SqliteConnection;

use crate::clock;
use crate::office::Office;
use crate::store::commune::{self, CommuneRow};
use crate::store::merger::{self, MergerRow};
use crate::store::{Store, village};

/// How often the office looks whether a day has come.
const EVERY: Duration = Duration::from_secs(60);

/// Carries out what is due, each merger in a transaction of its own; how many there were.
pub async fn apply_due(store: &Store, now: Moment) -> Result<usize, sqlx::Error> {
    let due = merger::due(store.readers(), now.day()).await?;
    for row in &due {
        let mut transaction = store.begin().await?;
        apply(&mut transaction, row, now).await?;
        transaction.commit().await?;
        tracing::info!(merger = row.id, "communes were merged");
    }
    Ok(due.len())
}

/// Looks every minute, until the office closes.
pub async fn run(office: Office) {
    loop {
        tokio::select! {
            () = tokio::time::sleep(EVERY) => {}
            () = office.closed() => return,
        }
        match apply_due(&office.store, clock::now()).await {
            Ok(0) => {}
            Ok(_) => office.writer.announce_territory(),
            Err(cause) => tracing::error!(%cause, "a merger could not be carried out, it is tried again"),
        }
    }
}

async fn apply(db: &mut SqliteConnection, row: &MergerRow, now: Moment) -> Result<(), sqlx::Error> {
    let new = CommuneCode(row.code);
    let parts = merger::parts(&mut *db, row.id).await?;
    let moves = merger::moves(&mut *db, row.id).await?;
    let heir = parts.first().map_or(new, |(part, _)| part.code);
    begin(db, row, heir).await?;
    for (part, _) in &parts {
        for village in village::list(&mut *db, part.code).await?.iter().map(|row| VillageId(row.id)) {
            let assigned = moves.iter().find(|one| one.village == village).map(|one| one.to);
            let to = if part.divided { assigned } else { None };
            let known = match to {
                Some(to) => commune::find(&mut *db, to).await?.is_some(),
                None => false,
            };
            let to = to.filter(|_| known);
            merger::carry(&mut *db, village, to.unwrap_or(new)).await?;
            match to {
                Some(to) => merger::say_again(&mut *db, to, Some(village)).await?,
                None if part.divided => merger::set_unsettled(&mut *db, village).await?,
                None => {}
            }
        }
    }
    let old: BTreeSet<CommuneCode> =
        parts.iter().map(|(part, _)| part.code).filter(|code| *code != new).collect();
    for code in old {
        merger::succeed(&mut *db, code, new).await?;
    }
    merger::say_again(&mut *db, new, None).await?;
    merger::set_applied(db, row.id, now).await
}

/// The new commune, with what its agency had said of itself, or the first of the old ones had.
async fn begin(db: &mut SqliteConnection, row: &MergerRow, heir: CommuneCode) -> Result<(), sqlx::Error> {
    let template = match commune::find(&mut *db, CommuneCode(row.code)).await? {
        Some(row) => Some(row),
        None => commune::find(&mut *db, heir).await?,
    };
    let Some(template) = template else { return Ok(()) };
    let (name, agency) = (row.name.clone(), row.agency.clone());
    commune::put(db, &CommuneRow { code: row.code, name, agency, successor: None, ..template }).await
}
