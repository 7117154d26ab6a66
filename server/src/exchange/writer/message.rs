//! What the person a dossier is about is told by text message, if they want it: kept with the act it tells of.

use dossier::act::{Act, Recorded};
use dossier::filing::step::Step;
use dossier::moment::{MinuteOfDay, Moment};
use dossier::terms::{self, Matter};
use sync::frame::down::Ordered;

use super::Batch;
use crate::error::Error;
use crate::store::message;

/// When people read messages.
const EIGHT: MinuteOfDay = MinuteOfDay(8 * 60);

impl Batch<'_> {
    /// Remembers to tell of this act. A submission is told of when it is not the first: before that nobody can have asked.
    pub(super) async fn tell(&mut self, ordered: &Ordered) -> Result<(), Error> {
        let (dossier, now) = (ordered.dossier, self.now);
        let Recorded { order, act, .. } = &ordered.recorded;
        let kind = match act {
            // Of several heads: the office's word that parts handed in apart are one. Each was told of when it came.
            Act::Submit { heads, .. }
                if heads.0.len() == 1
                    && *order > 2
                    && message::wished(&mut *self.transaction, dossier).await? =>
            {
                "receipt"
            }
            Act::Step(step) => match **step {
                // Something is asked of the person.
                Step::Supplement { .. } | Step::FeeDue { .. } => "supplement",
                Step::Decide { .. } | Step::Refuse { .. } | Step::Annul { .. } => "result",
                Step::Apologise { .. } => "apology",
                _ => return Ok(()),
            },
            _ => return Ok(()),
        };
        message::put(&mut *self.transaction, dossier, kind, i64::from(*order), now).await?;
        if let Act::Step(step) = act
            && let Step::Decide { until: Some(until), .. } = **step
            && let Some(term) = terms::on(Matter::Renewal, now.day())
        {
            let due = Moment::at(until.plus(-term.days), EIGHT).max(now);
            message::put(&mut *self.transaction, dossier, "term", i64::from(until.0), due).await?;
        }
        Ok(())
    }
}
