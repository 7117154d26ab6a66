//! CT08 from the decision, or from its annulment.

use dossier::act::Act;
use dossier::filing::printed::Printed;
use dossier::filing::step::Step;
use print::forms::ct08::Ct08;

use super::case::{Case, signing_head, step_of};

/// The form; `None` before a decision. One that no longer stands says so, and why.
pub fn form(case: &Case<'_>) -> Option<Ct08> {
    let (decided, step) = step_of(case.trail, Printed::Ct08)?;
    let Step::Decide { words, until, .. } = step else { return None };
    let form = Ct08 {
        issue: case.desk.issue(decided.at.day()),
        dossier: case.code(),
        person: case.person(),
        number: case.kept("number"),
        procedure: case.procedure.title.clone(),
        result: words.to_string(),
        from: case.shown("from"),
        until: until.map(|day| day.to_string()).unwrap_or_default(),
        address: case.kept("address"),
        ground: case.procedure.basis.clone(),
        signed: signing_head(decided),
        code: case.signed.unwrap_or_default().to_owned(),
    };
    let Some(annulled) = case.trail.annulled else { return Some(form) };
    let Act::Step(step) = &annulled.act else { return Some(form) };
    let Step::Annul { reason, ground } = &**step else { return Some(form) };
    Some(Ct08 {
        issue: case.desk.issue(annulled.at.day()),
        result: format!("Hủy bỏ kết quả ngày {}: {reason}", decided.at.day()),
        ground: ground.to_string(),
        signed: signing_head(annulled),
        from: String::new(),
        until: String::new(),
        code: String::new(),
        ..form
    })
}
