//! What a filing is marked with: facts an officer should see, none of which stops it.

use serde::{Deserialize, Serialize};

use super::field::read_day;
use super::{ConsentKind, Field, FieldKey, FieldKind, Period, Procedure};
use crate::filing::{Answers, ConsentWay, Filing, PersonId, observations};
use crate::moment::Day;
use crate::personal_number::Observation;

/// Something to see in a filing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Remark {
    /// Filed so many days after the period ended.
    LateBy {
        /// The day it counts from.
        key: FieldKey,
        /// Days over.
        days: i32,
    },
    /// Filed so many days before the period begins.
    EarlyBy {
        /// The day it counts to.
        key: FieldKey,
        /// Days too early.
        days: i32,
    },
    /// A consent bears a day after the submission: a clock was wrong, or a hand; no clock stops a filing.
    ConsentAhead(ConsentKind),
    /// Thiếu số định danh: of one of the people, or of the declarant.
    NumberMissing(Option<PersonId>, FieldKey),
    /// The number does not fit the birth or sex; the declarant looked again and confirmed it.
    Confirmed(Option<PersonId>, FieldKey, Vec<Observation>),
    /// Whoever consents says so on VNeID or to the agency (Decree 154/2024/NĐ-CP as amended): whether they did is looked at
    /// there.
    ConsentAtAgency(ConsentKind),
}

impl Procedure {
    /// What to mark a filing with, submitted on a day.
    pub fn remarks(&self, filing: &Filing, submitted: Day) -> Vec<Remark> {
        let mut remarks = Vec::new();
        for duty in &self.duties {
            let Some(day) = filing.answers.get(&duty.key).and_then(|kept| read_day(kept).ok()) else {
                continue;
            };
            let (opens, closes) = match duty.period {
                Period::Within(days) => (day, day.plus(i32::from(days))),
                Period::Before(days) => (day.plus(-i32::from(days)), day),
            };
            if submitted > closes {
                remarks.push(Remark::LateBy {
                    key: duty.key.clone(),
                    days: submitted.0.saturating_sub(closes.0),
                });
            } else if submitted < opens && matches!(duty.period, Period::Before(_)) {
                remarks.push(Remark::EarlyBy {
                    key: duty.key.clone(),
                    days: opens.0.saturating_sub(submitted.0),
                });
            }
        }
        let ahead = filing.consents.iter().filter(|(_, given)| given.day > submitted);
        remarks.extend(ahead.map(|(kind, _)| Remark::ConsentAhead(*kind)));
        let there = filing.consents.iter().filter(|(_, given)| given.how == ConsentWay::AtAgency);
        remarks.extend(there.map(|(kind, _)| Remark::ConsentAtAgency(*kind)));
        let asked = |field: &Field, row| filing.with_facts(row, |facts| field.is_asked(facts, submitted));
        numbers(&self.fields, &filing.answers, |field| asked(field, None), None, &mut remarks);
        let columns = self.people.as_ref().map_or(&[][..], |people| &people.columns);
        for (id, row) in filing.present() {
            numbers(columns, row, |field| asked(field, Some(row)), Some(*id), &mut remarks);
        }
        remarks
    }
}

/// What to see in the personal numbers of a form or a row. Only a person's own may be told of as missing.
fn numbers(
    fields: &[Field],
    answers: &Answers,
    asked: impl Fn(&Field) -> bool,
    person: Option<PersonId>,
    remarks: &mut Vec<Remark>,
) {
    let numbers = fields.iter().filter(|field| field.kind == FieldKind::PersonalNumber);
    for field in numbers.filter(|field| asked(field)) {
        let seen = observations(field, answers);
        if !seen.is_empty() {
            remarks.push(Remark::Confirmed(person, field.key.clone(), seen));
        } else if field.key.as_str() == "number" && !answers.contains_key(&field.key) {
            remarks.push(Remark::NumberMissing(person, field.key.clone()));
        }
    }
}
