//! CT06 from the refusal.

use dossier::filing::printed::Printed;
use dossier::filing::step::Step;
use print::forms::ct06::Ct06;

use super::case::{Case, signing_head, step_of};

/// The form; `None` when nothing was refused.
pub fn form(case: &Case<'_>) -> Option<Ct06> {
    let (recorded, step) = step_of(case.trail, Printed::Ct06)?;
    let Step::Refuse { reason, ground, .. } = step else { return None };
    Some(Ct06 {
        issue: case.desk.issue(recorded.at.day()),
        dossier: case.code(),
        filer: case.person(),
        filer_number: case.kept("number"),
        address: case.home(),
        procedure: case.procedure.title.clone(),
        reason: reason.to_string(),
        ground: ground.to_string(),
        filer_signed: case.filer(),
        signed: signing_head(recorded),
    })
}
