//! Ví dụ: the form of a procedure filled in for a person who does not exist. The guide of a procedure is drawn over it, so
//! a procedure that an administrator adds has its guide at once. Words for single fields are data (`data/examples.csv`).

use std::sync::LazyLock;

use super::Answers;
use super::draft::{ConsentDraft, FilingDraft, PersonDraft};
use crate::moment::{Day, Moment};
use crate::procedure::field::write_day;
use crate::procedure::{Facts, Field, FieldKind, Procedure};
use crate::relation::Relation;

/// A line of the table: for which procedure (`*`, any), which field, what stands there.
struct Line {
    procedure: &'static str,
    key: &'static str,
    value: String,
}

static LINES: LazyLock<Vec<Line>> = LazyLock::new(|| {
    let lines = include_str!("../../data/examples.csv").lines().skip(1);
    let lines = lines.filter_map(|line| {
        let (procedure, rest) = line.split_once(',')?;
        let (key, value) = rest.split_once(',')?;
        Some(Line { procedure, key, value: value.trim_matches('"').to_owned() })
    });
    lines.collect()
});

/// How a name is signed in an example: two strokes.
const SIGNED: [&[(u8, u8)]; 2] =
    [&[(30, 60), (60, 20), (80, 70), (110, 30), (130, 65), (170, 40)], &[(60, 75), (200, 55)]];

/// The whole form as somebody could have filled it in by `now`.
pub fn example(procedure: &Procedure, now: Moment) -> FilingDraft {
    let today = now.day();
    let mut draft = FilingDraft::new(procedure);
    let fill = |fields: &[Field], adult: bool| -> Answers {
        fields.iter().map(|field| (field.key.clone(), value(procedure, field, adult, today))).collect()
    };
    let newborn = procedure.id.as_str().starts_with("birth-registration");
    draft.answers = fill(&procedure.fields, !newborn);
    if let Some(people) = &procedure.people {
        let person = PersonDraft { answers: fill(&people.columns, false), ..PersonDraft::default() };
        draft.people.push(person);
    }
    let numbers = |answers: &Answers| super::draft::numbers(answers);
    draft.confirmed = numbers(&draft.answers);
    for person in &mut draft.people {
        person.confirmed = numbers(&person.answers);
    }
    let rows: Vec<&Answers> = draft.people.iter().map(|person| &person.answers).collect();
    let facts = Facts { answers: &draft.answers, people: &rows, row: None };
    let consents = procedure.consents.iter().filter(|consent| consent.need.holds(&facts, today));
    draft.consents = consents.map(|consent| (consent.kind, consent_of(today))).collect();
    let papers = procedure.papers.iter().filter(|paper| paper.need.holds(&facts, today));
    draft.originals = papers.map(|paper| paper.key.clone()).collect();
    draft
}

fn consent_of(today: Day) -> ConsentDraft {
    let strokes = SIGNED.iter().map(|stroke| stroke.to_vec()).collect();
    ConsentDraft {
        who: "Lò Thị Ví Dụ".to_owned(),
        at: "Bản Ví Dụ".to_owned(),
        day: write_day(today),
        strokes,
        ..ConsentDraft::default()
    }
}

fn value(procedure: &Procedure, field: &Field, adult: bool, today: Day) -> String {
    let key = field.key.as_str();
    let said = |of: &str| LINES.iter().find(|line| line.procedure == of && line.key == key);
    if let Some(line) = said(procedure.id.as_str()).or_else(|| said("*")) {
        return line.value.clone();
    }
    let (year, ..) = today.date();
    let parent = key.contains('-');
    match &field.kind {
        FieldKind::FullName => "Lò Thị Ví Dụ".to_owned(),
        FieldKind::BirthDate if adult || parent => "1990-03-14".to_owned(),
        FieldKind::BirthDate => format!("{}-01-05", year - 1),
        FieldKind::Sex if key.starts_with("mother") => "nu".to_owned(),
        FieldKind::Sex => "nam".to_owned(),
        FieldKind::PersonalNumber if key.starts_with("mother") => "011190000002".to_owned(),
        FieldKind::PersonalNumber if adult || parent => "011090000001".to_owned(),
        FieldKind::PersonalNumber => format!("0112{:02}000003", (year - 1) % 100),
        FieldKind::Phone => "0900000000".to_owned(),
        FieldKind::Email => "vi-du@example.com".to_owned(),
        FieldKind::Day => write_day(today.plus(days_from_today(key))),
        FieldKind::Relation => Relation::all().next().map(|first| first.key()).unwrap_or_default(),
        FieldKind::Choice { options } => options.first().map(|one| one.key.to_string()).unwrap_or_default(),
        FieldKind::Place => "Bản Ví Dụ".to_owned(),
        FieldKind::Text { .. } | FieldKind::Note { .. } => "Ghi như trên giấy".to_owned(),
        FieldKind::Money => "1000000".to_owned(),
        FieldKind::Count { .. } => "1".to_owned(),
    }
}

/// When a day of this name lies, seen from today.
fn days_from_today(key: &str) -> i32 {
    match key {
        "until" => 300,
        "current-until" | "visit" => 10,
        "from" => 2,
        _ => -20,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::moment::MinuteOfDay;
    use crate::procedure::FieldKey;
    use crate::procedure::load::embedded;

    #[test]
    fn the_example_of_every_shipped_procedure_could_be_handed_in() {
        let now = Moment::at(Day::from_date(2026, 11, 29).expect("a day"), MinuteOfDay(600));
        for procedure in embedded().expect("the shipped files") {
            let faults = example(&procedure, now).parse(&procedure, now).err().unwrap_or_default();
            assert!(faults.is_empty(), "{}: {faults:#?}", procedure.id);
        }
    }

    #[test]
    fn every_line_of_the_table_names_a_field_of_a_shipped_procedure() {
        let shipped = embedded().expect("the shipped files");
        for line in LINES.iter() {
            let of = |one: &&Procedure| line.procedure == "*" || line.procedure == one.id.as_str();
            let key: FieldKey = line.key.parse().expect("a key");
            let mut all = shipped.iter().filter(of);
            assert!(
                all.any(|one| one.field(&key).is_some() || one.column(&key).is_some()),
                "{} {}",
                line.procedure,
                line.key
            );
        }
    }
}
