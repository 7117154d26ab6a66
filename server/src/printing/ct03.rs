//! CT03 from what was declared, once the absence was decided on.

use dossier::filing::printed::Printed;
use print::forms::ct03::Ct03;

use super::case::{Case, signing_head, step_of};

/// The form; `None` before a decision.
pub fn form(case: &Case<'_>) -> Option<Ct03> {
    let (decided, _) = step_of(case.trail, Printed::Ct03)?;
    Some(Ct03 {
        issue: case.desk.issue(decided.at.day()),
        dossier: case.code(),
        name: case.person(),
        born: case.shown("birth"),
        number: case.kept("number"),
        home: case.home(),
        reason: case.shown("reason"),
        from: case.shown("from"),
        until: case.shown("until"),
        destination: case.shown("destination"),
        declarant: case.filer(),
        signed: signing_head(decided),
    })
}
