//! What a batch reads before it judges: what is known of the dossiers its frames speak of, and where they lie.

use std::collections::BTreeSet;

use dossier::act::Act;
use dossier::id::EstablishmentId;
use sync::office::Known;
use sync::office::answer::Item;

use super::super::rows;
use super::{Batch, Job};
use crate::error::Error;
use crate::store::{dossier as log, establishment};

impl Batch<'_> {
    /// Where the houses lie that the frames and the known dossiers speak of.
    pub(super) async fn places(&mut self, jobs: &[Job]) -> Result<(), Error> {
        let named = jobs.iter().flat_map(|job| job.up.parcels.iter().map(|parcel| parcel.establishment));
        let ids: BTreeSet<EstablishmentId> =
            named.chain(self.known.values().map(|known| known.establishment)).collect();
        self.places = establishment::places(&mut *self.transaction, ids).await?;
        Ok(())
    }

    /// Reads what is known of every dossier the frames speak of.
    pub(super) async fn load(&mut self, jobs: &[Job]) -> Result<(), Error> {
        let mut wanted = BTreeSet::new();
        for Job { up, .. } in jobs {
            wanted.extend(up.parcels.iter().map(|parcel| parcel.dossier));
            wanted.extend(up.acts.iter().map(|sent| sent.dossier));
            wanted.extend(up.acts.iter().filter_map(|sent| match sent.act {
                Act::Settle { other, .. } => Some(other),
                _ => None,
            }));
            wanted.extend(up.receipts.iter().map(|receipt| receipt.dossier));
        }
        for row in log::stories(&mut *self.transaction, wanted).await? {
            let opened = rows::open(&row, &mut self.ring)?;
            let (establishment, commune) = rows::place(&row);
            let known = self.known.entry(opened.item.dossier());
            let known = known.or_insert_with(|| Known::new(establishment, commune));
            match opened.item {
                Item::Change(_, _, raw) => {
                    let taken = known.history.take(&raw);
                    taken.map_err(|_| Error::Broken("a kept change does not follow"))?;
                }
                Item::Ordered(ordered) => known.acts.push(ordered),
                Item::Numbered(numbered) => known.numbered = Some(numbered),
                Item::Receipt(receipt) => known.receipts.push(receipt),
            }
        }
        self.followed().await
    }
}
