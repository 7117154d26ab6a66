//! What follows on a residence dossier: renewal before its term ends, the end of a lease, permanent residence beside the
//! registration of a birth.

use dossier::filing::intent::FormOf;
use dossier::filing::status::{FilingStatus, Stage};
use dossier::id::DossierId;
use dossier::intent::{Answer, Refusal};
use dossier::moment::Moment;
use dossier::procedure::following::{self, From};
use dossier::procedure::{self, ProcedureId};

use super::edit::{Outcome, answered};
use super::{Batch, Open};
use crate::replica::Held;

impl Open {
    /// The procedures that follow on a dossier now, as a person calls them.
    pub(super) fn following(&self, held: &Held, status: &FilingStatus) -> Vec<(ProcedureId, String)> {
        let (Ok(filing), true) = (held.filing(), self.authors(held)) else { return Vec::new() };
        let now = |from| match from {
            From::Decided => matches!(status.stage, Stage::Decided | Stage::HandedOver { .. }),
            From::Filed => !matches!(
                status.stage,
                Stage::Refused { .. } | Stage::Withdrawn { .. } | Stage::Annulled { .. }
            ),
        };
        let taken = |then: &ProcedureId| {
            let mut known = self.catalogue.procedures.iter();
            known.any(|procedure| procedure.id == *then && self.takes(procedure))
        };
        let after = following::after(&filing.version.procedure);
        let after = after.filter(|following| now(following.from) && taken(&following.then));
        after.map(|following| (following.then.clone(), following.label.clone())).collect()
    }

    /// The form of a dossier that follows on this one, with what this one says.
    pub(super) fn follow(&self, now: Moment, id: DossierId, then: &ProcedureId) -> Outcome {
        let unknown = Outcome::Answer(Answer::Refused(Refusal::Unknown));
        let Some(held) = self.replica.cases.get(&id) else { return unknown };
        let Ok(filing) = held.filing() else { return unknown };
        let today = self.corrected(now).day();
        let current = procedure::in_force(&self.catalogue.procedures, then, today);
        let mut after = following::after(&filing.version.procedure);
        let (Some(following), Some(current)) = (after.find(|one| one.then == *then), current) else {
            return unknown;
        };
        let form = FormOf::New(then.clone());
        if self.forms.of(&form).is_some() {
            return Outcome::Answer(Answer::Done);
        }
        let until = held.filing_status().decision.and_then(|decision| decision.until);
        let draft = following.begin(filing, until, current, today);
        let forms = Some(self.forms.with(draft, None));
        Outcome::Batch(Box::new(Batch { forms, ..answered(Answer::Done) }))
    }
}
