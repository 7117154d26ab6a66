//! What a ground of filing for somebody else changes besides the dossier it lies in.

use dossier::act::Act;
use dossier::id::{CommuneCode, DossierId};
use sync::frame::down::Ordered;

use super::Batch;
use crate::error::Error;
use crate::routes::track;
use crate::store::{dossier as log, follower, tracking};

impl Batch<'_> {
    /// Who goes on with the dossiers of the batch, shown their slips.
    pub(super) async fn followed(&mut self) -> Result<(), Error> {
        let there: Vec<DossierId> = self.known.keys().copied().collect();
        for (dossier, account) in follower::of(&mut *self.transaction, there).await? {
            self.known.entry(dossier).and_modify(|known| {
                known.followers.insert(account);
            });
        }
        Ok(())
    }

    /// A person follows the matter by its code from now on, who files for them by their account, and the one-stop desk what
    /// it took in, whoever brought the dossier first: to a restored office that may be somebody of the house.
    pub(super) async fn on_behalf(&mut self, ordered: &Ordered) -> Result<(), Error> {
        if let Act::ReceivedAt { commune, .. } = &ordered.recorded.act {
            return self.received_at(ordered.dossier, *commune).await;
        }
        let Act::OnBehalf { tracking: code, .. } = &ordered.recorded.act else { return Ok(()) };
        let (dossier, by) = (ordered.dossier, &ordered.recorded.by);
        let mark = track::mark(&self.office.keys, *code);
        tracking::insert(&mut *self.transaction, mark, dossier).await?;
        let begun = self.begun.iter_mut().find(|new| new.id == dossier);
        match begun {
            Some(new) if ordered.recorded.is_taken_in() => new.one_stop = true,
            None if ordered.recorded.is_taken_in() => {
                log::set_one_stop(&mut self.transaction, dossier).await?
            }
            _ if !by.role.is_team() => {}
            Some(new) => new.filed_by = by.account,
            None => log::follow(&mut self.transaction, dossier, by.account).await?,
        }
        Ok(())
    }

    /// The desk of another commune follows what it received.
    async fn received_at(&mut self, dossier: DossierId, commune: CommuneCode) -> Result<(), Error> {
        match self.begun.iter_mut().find(|new| new.id == dossier) {
            Some(new) => new.received_at = Some(commune),
            None => log::set_received_at(&mut self.transaction, dossier, commune).await?,
        }
        Ok(())
    }
}
