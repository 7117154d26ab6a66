//! CT05 from the newest request for a supplement.

use dossier::filing::printed::Printed;
use dossier::filing::step::{Anchor, Item, Step};
use print::forms::ct05::Ct05;

use super::case::{Case, officer, step_of};

/// The form; `None` when nothing was asked for.
pub fn form(case: &Case<'_>) -> Option<Ct05> {
    let (recorded, step) = step_of(case.trail, Printed::Ct05)?;
    let Step::Supplement { items, until, .. } = step else { return None };
    Some(Ct05 {
        issue: case.desk.issue(recorded.at.day()),
        dossier: case.code(),
        filer: case.person(),
        filer_number: case.kept("number"),
        address: case.home(),
        procedure: case.procedure.title.clone(),
        items: items.iter().map(|item| words(case, item)).collect(),
        due: until.map(|day| day.to_string()).unwrap_or_default(),
        officer: officer(recorded),
    })
}

/// What is to be put right, behind the words of the form for where.
fn words(case: &Case<'_>, item: &Item) -> String {
    let place = match &item.at {
        Some(Anchor::Answer(key)) => case.procedure.field(key).map(|field| field.label.clone()),
        Some(Anchor::Person(_, key)) => case.procedure.column(key).map(|field| field.label.clone()),
        Some(Anchor::People) => case.procedure.people.as_ref().map(|people| people.title.clone()),
        Some(Anchor::Consent(kind)) => Some(kind.label().to_owned()),
        Some(Anchor::Paper(key)) => case.procedure.paper(key).map(|paper| paper.label.clone()),
        None => None,
    };
    place.map_or_else(|| item.what.to_string(), |place| format!("{place}: {}", item.what))
}
