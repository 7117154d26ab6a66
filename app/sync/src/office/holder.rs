//! Người giữ mã: what somebody without an account may do to the one dossier whose tracking code and private word they have
//! shown. They answer what was asked for, take the dossier back, and say how the result comes; nothing is begun and
//! nothing is decided by a code. The payment gateway, too, has no account: it says that a fee was paid, and nothing else.

use dossier::access::Role;
use dossier::act::Act;
use dossier::filing::status::{FilingStatus, Stage};
use dossier::filing::step::{Payment, Step};
use dossier::id::DossierId;
use dossier::view::Rejection;

use super::{Bench, Hold, Known};
use crate::frame::up::SentAct;

impl Known {
    fn filing_status(&self) -> FilingStatus {
        FilingStatus::fold(self.acts.iter().map(|ordered| &ordered.recorded))
    }

    fn was_asked(&self) -> bool {
        let asks = |act: &Act| matches!(act, Act::Step(step) if matches!(**step, Step::Supplement { .. }));
        self.acts.iter().any(|ordered| asks(&ordered.recorded.act))
    }
}

impl Bench<'_> {
    /// Whether the agency waits for something: a second answer finds nothing to answer.
    fn waits_for_more(&self, known: &Known) -> bool {
        if self.rules.answered_once {
            matches!(known.filing_status().stage, Stage::Supplement { .. })
        } else {
            known.was_asked()
        }
    }

    /// Whether the holder of a code may change what this dossier says: while the agency waits for that.
    pub(super) fn writing_by_code(
        &self,
        held: Hold,
        dossier: DossierId,
        known: Option<&Known>,
    ) -> Result<Role, Rejection> {
        let known = known.filter(|known| held == Hold::Code(dossier) && known.is_filing());
        let known = known.ok_or(Rejection::Forbidden)?;
        if self.waits_for_more(known) { Ok(Role::Citizen) } else { Err(Rejection::OutOfOrder) }
    }

    /// Whether somebody without an account may do this. What they did before and send again stays done.
    pub(super) fn acting_without_account(
        &self,
        held: Hold,
        sent: &SentAct,
        known: &Known,
    ) -> Result<Role, Rejection> {
        if held.dossier() != sent.dossier || !known.is_filing() {
            return Err(Rejection::Forbidden);
        }
        if let Hold::Payment(_) = held {
            return paying(sent, known);
        }
        let repeated = known.acts.iter().any(|ordered| ordered.id == sent.id);
        match &sent.act {
            Act::Submit { .. } if repeated || self.waits_for_more(known) => Ok(Role::Citizen),
            Act::Submit { .. } => Err(Rejection::OutOfOrder),
            Act::Withdraw { .. } => Ok(Role::Citizen),
            Act::Step(step) if matches!(**step, Step::ReturnBy { .. }) => Ok(Role::Citizen),
            _ => Err(Rejection::Forbidden),
        }
    }
}

/// Whether the gateway's word settles the fee: while the dossier lies here. What was paid for one that has ended is to be
/// given back, whatever had been asked for.
fn paying(sent: &SentAct, known: &Known) -> Result<Role, Rejection> {
    let repeated = known.acts.iter().any(|ordered| ordered.id == sent.id);
    let Act::Step(step) = &sent.act else { return Err(Rejection::Forbidden) };
    match **step {
        Step::FeePaid { how: Payment::Online, .. } if repeated || known.filing_status().is_with_office() => {
            Ok(Role::Integration)
        }
        Step::FeePaid { how: Payment::Online, .. } => Err(Rejection::OutOfOrder),
        Step::PaidOver { .. } => Ok(Role::Integration),
        _ => Err(Rejection::Forbidden),
    }
}
