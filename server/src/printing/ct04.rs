//! CT04 from the step that took the dossier in.

use app::text::filing as words;
use dossier::access::Role;
use dossier::filing::printed::Printed;
use dossier::filing::status::FeeState;
use dossier::filing::step::Step;
use dossier::procedure::PaperKey;
use print::forms::ct04::{Ct04, Elsewhere};

use super::case::{Case, officer, step_of};

/// The form; `None` before the dossier was accepted. The day promised is the newest, after an apology.
pub fn form(case: &Case<'_>) -> Option<Ct04> {
    let (recorded, step) = step_of(case.trail, Printed::Ct04)?;
    let Step::Accept { appointed, way, papers, .. } = step else { return None };
    let promised = case.trail.status.accepted.as_ref().map_or(*appointed, |accepted| accepted.appointed);
    let declaration = format!("Tờ khai ({})", case.procedure.form);
    // Each paper once, as the procedure lists them. An original is promised by who declares, and only compared.
    let attached = case.filing.attached();
    let shown = |key: &PaperKey| case.filing.originals.contains(key) && !attached.contains(key);
    let labels = |wanted: &dyn Fn(&PaperKey) -> bool| -> Vec<String> {
        let wanted = case.procedure.papers.iter().filter(|paper| wanted(&paper.key));
        wanted.map(|paper| paper.label.clone()).collect()
    };
    let received = labels(&|key| papers.contains(key) && !shown(key));
    let elsewhere = case.reception.map(|reception| Elsewhere {
        received: reception.agency.clone(),
        decides: reception.decides.clone(),
    });
    // Who gives it out stands at its head: the one-stop desk where that one accepted it.
    let at_desk = case.reception.filter(|_| recorded.by.role == Role::OneStopClerk);
    let issue = at_desk.map_or_else(|| case.desk.issue(recorded.at.day()), |at| at.issue(recorded.at.day()));
    Some(Ct04 {
        issue,
        elsewhere,
        dossier: case.code(),
        filer: case.person(),
        filer_number: case.kept("number"),
        address: case.home(),
        phone: case.kept("phone"),
        procedure: case.procedure.title.clone(),
        papers: std::iter::once(declaration).chain(received).collect(),
        originals: labels(&shown),
        received: recorded.at.to_string(),
        promised: promised.to_string(),
        way: way.label().to_owned(),
        fee: fee(case.trail.status.fee),
        filer_signed: case.filer(),
        officer: officer(recorded),
        code: case.receipt.unwrap_or_default().to_owned(),
    })
}

fn fee(state: FeeState) -> String {
    match state {
        FeeState::NotAsked => String::new(),
        FeeState::Due { dong } => format!("{} đồng (phải nộp)", words::dong(dong)),
        FeeState::Paid { dong, how, .. } => {
            format!("{} đồng (đã nộp: {})", words::dong(dong), how.label().to_lowercase())
        }
        FeeState::Exempt { reason } => format!("Miễn ({})", reason.label().to_lowercase()),
    }
}
