//! Everything that is kept of one dossier, opened: for what the office itself makes of it.

use dossier::act::{Recorded, received_at};
use dossier::filing::status::FilingStatus;
use dossier::id::{CommuneCode, DossierId};
use sync::case::History;
use sync::office::answer::Item;
use sync::receipt::{Receipt, ReceiptNumber};

use crate::error::Error;
use crate::exchange::rows::{self, KeyRing};
use crate::office::Office;
use crate::store::dossier as log;

/// A dossier as the office keeps it.
pub struct Story {
    /// Which one.
    pub dossier: DossierId,
    /// The commune it lies in today.
    pub commune: CommuneCode,
    /// What was written.
    pub history: History,
    /// What was done, in the office's order.
    pub acts: Vec<Recorded>,
    /// Its number, once it has one.
    pub number: Option<ReceiptNumber>,
    /// Its newest receipt.
    pub receipt: Option<Receipt>,
}

impl Story {
    /// Reads it; `None` when there is no such dossier.
    pub async fn read(office: &Office, dossier: DossierId) -> Result<Option<Story>, Error> {
        let mut keys = KeyRing::new(office.keys.dossier_kek());
        let mut story: Option<Story> = None;
        for row in log::story(office.store.readers(), dossier).await? {
            let story = story.get_or_insert_with(|| Story {
                dossier,
                commune: CommuneCode(row.commune),
                history: History::new(),
                acts: Vec::new(),
                number: None,
                receipt: None,
            });
            story.commune = CommuneCode(row.commune);
            match rows::open(&row, &mut keys)?.item {
                Item::Change(_, _, raw) => {
                    let taken = story.history.take(&raw);
                    taken.map_err(|_| Error::Broken("a kept change does not follow"))?;
                }
                Item::Ordered(ordered) => story.acts.push(ordered.recorded),
                Item::Numbered(numbered) => story.number = Some(numbered.number),
                Item::Receipt(receipt) => story.receipt = Some(receipt),
            }
        }
        Ok(story)
    }

    /// What the one-stop desk is called that received it for another commune; `None` where the competent one did.
    pub fn received_at(&self) -> Option<&str> {
        received_at(&self.acts).map(|(_, desk)| desk)
    }

    /// Where it stands, if it is a residence dossier.
    pub fn status(&self) -> FilingStatus {
        FilingStatus::fold(&self.acts)
    }
}
