//! CT07 from the decision. It names of whom it speaks. What the residence database says of that person, the household
//! and who belongs to it is not here, and what the declarant says of it confirms nothing: those items stay open, to be
//! filled in from it before the paper is signed.

use dossier::filing::printed::Printed;
use dossier::filing::step::Step;
use print::forms::ct07::Ct07;

use super::case::{Case, shown, signing_head, step_of};

/// The form; `None` before a decision.
pub fn form(case: &Case<'_>) -> Option<Ct07> {
    let (decided, step) = step_of(case.trail, Printed::Ct07)?;
    let Step::Decide { words, until, .. } = step else { return None };
    let person = case.filing.subject(case.procedure);
    let columns = case.procedure.people.as_ref().map_or(&[][..], |people| &people.columns);
    let fields = if *person == case.filing.answers { &case.procedure.fields[..] } else { columns };
    Some(Ct07 {
        issue: case.desk.issue(decided.at.day()),
        name: shown(fields, person, "name").to_uppercase(),
        born: shown(fields, person, "birth"),
        sex: shown(fields, person, "sex"),
        number: person.get("number").cloned().unwrap_or_default(),
        other: words.to_string(),
        valid_until: until.map(|day| day.to_string()).unwrap_or_default(),
        signed: signing_head(decided),
        code: case.signed.unwrap_or_default().to_owned(),
        ..Ct07::default()
    })
}
