//! What stands between a filing and its submission. The draft's parser asks the same questions.

use std::collections::BTreeSet;

use super::{Answers, ConsentGiven, ConsentWay, Filing, FilingFault, FilingField, FilingTrouble};
use crate::moment::Day;
use crate::procedure::field::read_day;
use crate::procedure::{CONSENT_PAPER, Facts, Field, FieldKind, Procedure};

/// Everything that is wrong with a filing, in the order of the form.
pub(super) fn faults(procedure: &Procedure, filing: &Filing, today: Day) -> Vec<FilingFault> {
    let mut faults = Vec::new();
    if procedure.version() != filing.version {
        fault(&mut faults, FilingField::Version, FilingTrouble::OtherVersion);
    }
    let people: Vec<&Answers> = filing.present().map(|(_, row)| row).collect();
    let facts = Facts { answers: &filing.answers, people: &people, row: None };
    let at = |field: &Field| FilingField::Answer(field.key.clone());
    values(&procedure.fields, &filing.answers, today, at, &mut faults);
    missing(&procedure.fields, &filing.answers, &facts, today, at, &mut faults);
    strangers(&procedure.fields, &filing.answers, FilingField::Answer, &mut faults);
    let columns = procedure.people.as_ref().map_or(&[][..], |people| &people.columns);
    for (place, (id, row)) in filing.people.iter().enumerate() {
        let at = |field: &Field| FilingField::Person(place, field.key.clone());
        values(columns, row, today, at, &mut faults);
        strangers(columns, row, |key| FilingField::Person(place, key), &mut faults);
        if !filing.removed.contains(id) {
            missing(columns, row, &Facts { row: Some(row), ..facts }, today, at, &mut faults);
        }
    }
    rest(procedure, filing, &people, today, &mut faults);
    faults
}

/// What does not lie in one field alone: people, numbers, consents, papers.
pub(super) fn rest(
    procedure: &Procedure,
    filing: &Filing,
    people: &[&Answers],
    today: Day,
    faults: &mut Vec<FilingFault>,
) {
    let facts = Facts { answers: &filing.answers, people, row: None };
    match &procedure.people {
        None if !people.is_empty() => fault(faults, FilingField::People, FilingTrouble::NotAsked),
        Some(asked) if people.len() < usize::from(asked.at_least) => {
            let trouble = match people.is_empty() {
                true => FilingTrouble::Missing,
                false => FilingTrouble::TooFew { least: asked.at_least },
            };
            fault(faults, FilingField::People, trouble);
        }
        Some(asked) if people.len() > usize::from(asked.at_most) => {
            fault(faults, FilingField::People, FilingTrouble::TooMuch { most: asked.at_most.into() });
        }
        _ => {}
    }
    for between in &procedure.between {
        let day = |key| filing.answers.get(key).and_then(|kept| read_day(kept).ok());
        let (Some(from), Some(until)) = (day(&between.from), day(&between.until)) else { continue };
        let at = || FilingField::Answer(between.until.clone());
        if until < from {
            fault(faults, at(), FilingTrouble::EndsBeforeItBegins);
        } else if let Some(years) = between.most_years.filter(|years| until > years_later(from, *years)) {
            fault(faults, at(), FilingTrouble::LastsTooLong { years });
        }
    }
    if same_number_twice(procedure, people) {
        fault(faults, FilingField::People, FilingTrouble::Twice);
    }
    let asks_paper = procedure.papers.iter().any(|paper| paper.key.as_str() == CONSENT_PAPER);
    for consent in &procedure.consents {
        let at = || FilingField::Consent(consent.kind);
        match filing.consents.get(&consent.kind) {
            None if consent.need.holds(&facts, today) => fault(faults, at(), FilingTrouble::Missing),
            Some(given) if given.at.chars().count() > ConsentGiven::PLACE => {
                fault(faults, at(), FilingTrouble::TooLong { most: ConsentGiven::PLACE });
            }
            Some(given)
                if given.how == ConsentWay::SeparatePaper && asks_paper && !brings(filing, CONSENT_PAPER) =>
            {
                fault(faults, at(), FilingTrouble::NoPaper);
            }
            Some(given)
                if given.at.trim().is_empty()
                    && !matches!(given.how, ConsentWay::SamePerson | ConsentWay::AtAgency) =>
            {
                fault(faults, at(), FilingTrouble::Missing);
            }
            _ => {}
        }
    }
    for kind in filing.consents.keys() {
        if procedure.consents.iter().all(|consent| consent.kind != *kind) {
            fault(faults, FilingField::Consent(*kind), FilingTrouble::NotAsked);
        }
    }
    for paper in &procedure.papers {
        let pages = filing.papers.values().filter(|page| page.paper == paper.key).count();
        let at = FilingField::Paper(paper.key.clone());
        if !brings(filing, paper.key.as_str()) && paper.need.holds(&facts, today) {
            fault(faults, at, FilingTrouble::Missing);
        } else if pages > usize::from(paper.pages) {
            fault(faults, at, FilingTrouble::TooMuch { most: paper.pages.into() });
        }
    }
    let pages = filing.papers.values().map(|page| &page.paper);
    let attached: BTreeSet<_> = pages.chain(&filing.originals).collect();
    for key in attached.into_iter().filter(|key| procedure.paper(key).is_none()) {
        fault(faults, FilingField::Paper(key.clone()), FilingTrouble::NotAsked);
    }
}

/// Whether a paper is attached, or its original is brought.
fn brings(filing: &Filing, key: &str) -> bool {
    let attached = filing.papers.values().map(|page| &page.paper);
    attached.chain(&filing.originals).any(|paper| paper.as_str() == key)
}

fn fault(faults: &mut Vec<FilingFault>, at: FilingField, trouble: FilingTrouble) {
    faults.push(FilingFault { at, trouble });
}

/// Every value is the canonical text of its field's type.
fn values(
    fields: &[Field],
    answers: &Answers,
    today: Day,
    at: impl Fn(&Field) -> FilingField,
    faults: &mut Vec<FilingFault>,
) {
    for field in fields {
        let Some(value) = answers.get(&field.key) else { continue };
        match field.kind.canonical(value, today) {
            Ok(canonical) if canonical == *value => {}
            Ok(_) => fault(faults, at(field), FilingTrouble::NotCanonical),
            Err(trouble) => fault(faults, at(field), trouble),
        }
    }
}

/// Every field that must be filled is.
pub(super) fn missing(
    fields: &[Field],
    answers: &Answers,
    facts: &Facts<'_>,
    today: Day,
    at: impl Fn(&Field) -> FilingField,
    faults: &mut Vec<FilingFault>,
) {
    let empty = fields.iter().filter(|field| !answers.contains_key(&field.key));
    for field in empty.filter(|field| field.is_needed(facts, today)) {
        fault(faults, at(field), FilingTrouble::Missing);
    }
}

/// No value without a field.
fn strangers(
    fields: &[Field],
    answers: &Answers,
    at: impl Fn(crate::procedure::FieldKey) -> FilingField,
    faults: &mut Vec<FilingFault>,
) {
    for key in answers.keys().filter(|key| fields.iter().all(|field| field.key != **key)) {
        fault(faults, at(key.clone()), FilingTrouble::NotAsked);
    }
}

/// The same date so many years on; of 29 February the 28th where there is none.
fn years_later(day: Day, years: u16) -> Day {
    let (year, month, date) = day.date();
    let year = year.saturating_add(i32::from(years));
    Day::from_date(year, month, date).or_else(|| Day::from_date(year, month, 28)).unwrap_or(Day(i32::MAX))
}

/// Whether two rows carry one personal number. Never by name: many people of one village share one.
fn same_number_twice(procedure: &Procedure, people: &[&Answers]) -> bool {
    let columns = procedure.people.iter().flat_map(|people| &people.columns);
    let mut seen = BTreeSet::new();
    columns
        .filter(|column| column.kind == FieldKind::PersonalNumber && column.key.as_str() == "number")
        .flat_map(|column| people.iter().filter_map(|row| row.get(&column.key)))
        .any(|number| !seen.insert(number))
}
