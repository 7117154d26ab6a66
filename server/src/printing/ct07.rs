//! CT07 from the decision. What the residence database says of a person is not here: those items stay open, to be
//! filled in from it before the paper is signed.

use dossier::filing::Answers;
use dossier::filing::printed::Printed;
use dossier::filing::step::Step;
use print::forms::ct07::{Ct07, Member};

use super::case::{Case, officer, shown, step_of};

/// The form; `None` before a decision.
pub fn form(case: &Case<'_>) -> Option<Ct07> {
    let (decided, step) = step_of(case.trail, Printed::Ct07)?;
    let Step::Decide { words, until, .. } = step else { return None };
    let subject = case.filing.subject(case.procedure);
    let person = member(case, subject);
    let (head, head_number) = case.head();
    let others = case.filing.present().map(|(_, row)| row).filter(|row| *row != subject);
    Some(Ct07 {
        issue: case.desk.issue(decided.at.day()),
        name: person.name,
        born: person.born,
        sex: person.sex,
        number: person.number,
        relation: person.relation,
        head,
        head_number,
        members: others.map(|row| member(case, row)).collect(),
        other: words.to_string(),
        valid_until: until.map(|day| day.to_string()).unwrap_or_default(),
        officer: officer(decided),
        code: case.signed.unwrap_or_default().to_owned(),
        ..Ct07::default()
    })
}

/// A person as the form writes one: the declarant by the fields of the form, the others by those of its table.
fn member(case: &Case<'_>, row: &Answers) -> Member {
    let columns = case.procedure.people.as_ref().map_or(&[][..], |people| &people.columns);
    let fields = if *row == case.filing.answers { &case.procedure.fields[..] } else { columns };
    Member {
        name: shown(fields, row, "name").to_uppercase(),
        born: shown(fields, row, "birth"),
        sex: shown(fields, row, "sex"),
        number: row.get("number").cloned().unwrap_or_default(),
        relation: shown(fields, row, "relation"),
    }
}
