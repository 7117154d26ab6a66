//! A commune merged while a draft lay on a phone: what was written for the old one goes to the one that took it over,
//! and where the old one was divided a person says which.

use serde::{Deserialize, Serialize};

use super::{Successor, Units};
use crate::id::CommuneCode;
use crate::moment::Day;

/// Where something goes today that was written for a commune earlier.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Forward {
    /// The commune is still there, under the same name.
    Same,
    /// All of it became this commune: nothing is typed again, and the form prints both (CT01 note 3).
    Moved(CommuneCode),
    /// It was divided: ask, never assume. The suggestion to put first says so of itself.
    Ask(Vec<Successor>),
    /// No commune had that code on that day, or nobody knows what became of it.
    Unknown,
}

impl Units {
    /// Where something goes today that names a commune by the code it had on the day it was written.
    pub fn forward(&self, code: CommuneCode, written: Day, today: Day) -> Forward {
        let Some(unit) = self.resolve(code, written) else { return Forward::Unknown };
        if unit.valid_to.is_none_or(|last| today <= last) {
            return Forward::Same;
        }
        let after = |successor: &Successor| written < successor.effective && successor.effective <= today;
        let successors: Vec<Successor> = self.successors(code).into_iter().filter(after).collect();
        match successors[..] {
            // No change of borders: the same commune under another name or of another kind.
            [] => self.resolve(code, today).map_or(Forward::Unknown, |unit| Forward::Moved(unit.code)),
            [only] if !only.is_split => Forward::Moved(only.code),
            _ => Forward::Ask(successors),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::unit_data::{CHANGES, CURRENT, OLD};

    fn forward(code: u32, written: (i32, u8, u8), today: (i32, u8, u8)) -> Forward {
        let units = Units::parse(CURRENT, OLD, CHANGES).expect("the shipped tables");
        let day = |(year, month, day)| Day::from_date(year, month, day).expect("a real day");
        units.forward(CommuneCode(code), day(written), day(today))
    }

    #[test]
    fn case_23_a_draft_for_then_sin_goes_to_sin_suoi_ho_two_days_later() {
        assert_eq!(forward(3394, (2025, 6, 30), (2025, 7, 2)), Forward::Moved(CommuneCode(3394)));
        assert_eq!(forward(3592, (2025, 6, 30), (2026, 11, 25)), Forward::Moved(CommuneCode(3394)));
        assert_eq!(forward(3394, (2025, 6, 29), (2025, 6, 30)), Forward::Same);
        assert_eq!(forward(3394, (2025, 7, 2), (2026, 11, 25)), Forward::Same);
    }

    #[test]
    fn case_24_a_commune_that_was_divided_is_asked_about_and_never_assumed() {
        let Forward::Ask(successors) = forward(7, (2025, 6, 30), (2025, 7, 2)) else { panic!("divided") };
        assert!(successors.len() > 1 && successors.iter().filter(|one| one.is_default).count() == 1);
    }

    #[test]
    fn a_commune_of_another_kind_is_the_same_place_and_an_unknown_code_is_none() {
        let units = Units::parse(CURRENT, OLD, CHANGES).expect("the shipped tables");
        let (before, after) = (Day(20_572), Day(20_582));
        let retyped = units.on(before).find(|unit| unit.valid_to.is_some_and(|last| last < after));
        let code = retyped.expect("ten communes of Đồng Nai became wards on 30-04-2026").code;
        assert_eq!(units.forward(code, before, after), Forward::Moved(code));
        assert_eq!(forward(3592, (2026, 1, 1), (2026, 1, 2)), Forward::Unknown);
    }
}
