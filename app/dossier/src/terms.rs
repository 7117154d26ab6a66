//! Thời hạn that belong to no procedure: how long before its end a term is spoken of, by when a complaint is answered.
//! Dated lines with their source (`data/terms.csv`).

use std::sync::OnceLock;

use serde::{Deserialize, Serialize};

use crate::moment::Day;
use crate::procedure::field::read_day;
use crate::worded::worded;

const TABLE: &str = include_str!("../data/terms.csv");

worded! {
    /// What a term is of.
    Matter {
        /// From so many days before its end a temporary residence may be renewed, and is spoken of.
        Renewal = "renewal" "gia hạn tạm trú",
        /// By so many working days a complaint or recommendation is answered.
        Complaint = "complaint" "trả lời phản ánh, kiến nghị",
        /// For so many days somebody whom an officer knows reads what is held about them.
        OwnData = "own-data" "xem dữ liệu về mình",
    }
}

/// One line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term {
    /// Of what.
    pub matter: Matter,
    /// How many days.
    pub days: i32,
    /// The first day it holds.
    pub from: Day,
    /// The text it rests on, and whether that was seen.
    pub source: String,
}

/// All lines.
pub fn shipped() -> &'static [Term] {
    static SHIPPED: OnceLock<Vec<Term>> = OnceLock::new();
    SHIPPED.get_or_init(|| TABLE.lines().skip(1).filter_map(line).collect())
}

fn line(line: &str) -> Option<Term> {
    let mut columns = line.splitn(4, ',');
    let matter = Matter::named(columns.next()?)?;
    let days = columns.next()?.parse().ok()?;
    let from = read_day(columns.next()?).ok()?;
    Some(Term { matter, days, from, source: columns.next()?.to_owned() })
}

/// The term in force on a day; the oldest for days before any.
pub fn on(matter: Matter, day: Day) -> Option<&'static Term> {
    let of = || shipped().iter().filter(|term| term.matter == matter);
    of().filter(|term| term.from <= day)
        .max_by_key(|term| term.from)
        .or_else(|| of().min_by_key(|term| term.from))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_is_read_and_every_matter_has_a_term_with_its_source() {
        assert_eq!(shipped().len(), TABLE.lines().skip(1).filter(|line| !line.is_empty()).count());
        for matter in Matter::ALL.iter().copied() {
            let term = on(matter, Day(20_790)).expect("a term");
            assert!(term.days > 0 && !term.source.is_empty());
        }
    }
}
