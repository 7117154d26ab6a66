//! What the devices of those who wait are told by push, if they want it: kept with the act it tells of.

use dossier::act::{Act, Recorded};
use dossier::filing::step::Step;
use dossier::id::AccountId;
use sync::frame::down::Ordered;

use super::Batch;
use crate::error::Error;
use crate::push::Kind;
use crate::store::push;

impl Batch<'_> {
    /// Remembers to tell of this act: only what a person waits for, and does not learn in the exchange that brought it.
    pub(super) async fn push(&mut self, ordered: &Ordered) -> Result<(), Error> {
        if self.office.pushes.service().is_none() {
            return Ok(());
        }
        let Recorded { order, act, by, .. } = &ordered.recorded;
        let kind = match act {
            // By the commune's rule it is received in the exchange that brings it: nobody waited.
            Act::Receive { .. } if by.account != AccountId(0) => Kind::Received,
            Act::Return { .. } => Kind::Asked,
            Act::Step(step) => match **step {
                Step::Supplement { .. } | Step::FeeDue { .. } => Kind::Asked,
                Step::Decide { .. } | Step::Refuse { .. } | Step::Annul { .. } => Kind::Decided,
                _ => return Ok(()),
            },
            _ => return Ok(()),
        };
        let told = (kind.text(), *order);
        push::put(&mut *self.transaction, ordered.dossier, told, by.account, self.now).await?;
        Ok(())
    }
}
