//! Người giữ mã: what somebody without an account may do to the one dossier whose tracking code and private word they have
//! shown. They answer what was asked for, take the dossier back, and say how the result comes; nothing is begun and
//! nothing is decided by a code.

use dossier::access::Role;
use dossier::act::Act;
use dossier::filing::status::{FilingStatus, Stage};
use dossier::filing::step::Step;
use dossier::id::DossierId;
use dossier::view::Rejection;

use super::{Bench, Known};
use crate::frame::up::SentAct;

impl Known {
    fn filing_status(&self) -> FilingStatus {
        FilingStatus::fold(self.acts.iter().map(|ordered| &ordered.recorded))
    }

    /// Whether the agency waits for something: a second answer finds nothing to answer.
    fn waits_for_more(&self) -> bool {
        matches!(self.filing_status().stage, Stage::Supplement { .. })
    }
}

impl Bench<'_> {
    /// Whether the holder of a code may change what this dossier says: while the agency waits for that.
    pub(super) fn writing_by_code(
        &self,
        held: DossierId,
        dossier: DossierId,
        known: Option<&Known>,
    ) -> Result<Role, Rejection> {
        let known = known.filter(|known| held == dossier && known.is_filing()).ok_or(Rejection::Forbidden)?;
        if known.waits_for_more() { Ok(Role::Citizen) } else { Err(Rejection::OutOfOrder) }
    }

    /// Whether the holder of a code may do this. What they did before and send again stays done.
    pub(super) fn acting_by_code(
        &self,
        held: DossierId,
        sent: &SentAct,
        known: &Known,
    ) -> Result<Role, Rejection> {
        if held != sent.dossier || !known.is_filing() {
            return Err(Rejection::Forbidden);
        }
        let repeated = known.acts.iter().any(|ordered| ordered.id == sent.id);
        match &sent.act {
            Act::Submit { .. } if repeated || known.waits_for_more() => Ok(Role::Citizen),
            Act::Submit { .. } => Err(Rejection::OutOfOrder),
            Act::Withdraw { .. } => Ok(Role::Citizen),
            Act::Step(step) if matches!(**step, Step::ReturnBy { .. }) => Ok(Role::Citizen),
            _ => Err(Rejection::Forbidden),
        }
    }
}
