//! Số định danh cá nhân: province of birth registration, century and sex, year, serial.
//!
//! There is no check digit: nothing here can, or may claim to, find a mistyped serial. What does not fit
//! is an observation to re-read by, never a refusal: numbers are cancelled and issued anew, and births
//! registered abroad carry a country's code.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::birth::BirthDate;
use crate::province::birth_province;
use crate::sex::Sex;
use crate::vietnamese::compose;

/// Số định danh cá nhân: exactly twelve digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "u64", try_from = "u64")]
pub struct PersonalNumber(u64);

/// Why a text is not a personal number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum PersonalNumberError {
    /// Something other than digits, spaces, dots and hyphens.
    #[error("not a digit")]
    NotDigits,
    /// Neither twelve digits nor eleven; how many there are.
    #[error("{0} digits, not twelve")]
    Length(usize),
    /// Eleven digits: a spreadsheet has probably eaten the leading zero of this number.
    #[error("eleven digits: a leading zero may be lost")]
    LeadingZeroLost(PersonalNumber),
}

impl PersonalNumberError {
    /// The number that was probably meant. To be shown and confirmed, never taken silently.
    pub fn suggestion(self) -> Option<PersonalNumber> {
        match self {
            PersonalNumberError::LeadingZeroLost(number) => Some(number),
            PersonalNumberError::NotDigits | PersonalNumberError::Length(_) => None,
        }
    }
}

/// Something to re-read the paper for; typed in wrongly nine times of ten, and still no fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Observation {
    /// The first three digits are no province's: a birth registered abroad, or a wrong digit.
    UnknownPrefix,
    /// The number was made for another birth year.
    YearDiffers {
        /// The year in the number.
        number_says: u16,
        /// The year in the birth date.
        typed: u16,
    },
    /// The number was made for the other sex.
    SexDiffers {
        /// The sex in the number.
        number_says: Sex,
    },
}

impl PersonalNumber {
    const DIGITS: usize = 12;
    const END: u64 = 1_000_000_000_000;

    /// The number as it is stored: its leading zeros are in how it is shown.
    pub fn value(self) -> u64 {
        self.0
    }

    /// Four groups of three digits: 012 304 000 217.
    pub fn grouped(self) -> String {
        let digits = self.to_string();
        format!("{} {} {} {}", &digits[..3], &digits[3..6], &digits[6..9], &digits[9..])
    }

    /// The province where the birth was registered, by its name then; it says nothing of residence.
    pub fn birth_province(self) -> Option<&'static str> {
        birth_province((self.0 / 1_000_000_000) as u16)
    }

    /// The birth year the number was made for.
    pub fn birth_year(self) -> u16 {
        let century = self.century_and_sex() / 2;
        1900 + century * 100 + (self.0 / 1_000_000 % 100) as u16
    }

    /// The sex the number was made for.
    pub fn sex(self) -> Sex {
        if self.century_and_sex().is_multiple_of(2) { Sex::Male } else { Sex::Female }
    }

    fn century_and_sex(self) -> u16 {
        (self.0 / 100_000_000 % 10) as u16
    }

    /// What in the number does not fit what was typed beside it.
    pub fn observations(self, birth: Option<BirthDate>, sex: Option<Sex>) -> Vec<Observation> {
        let mut found = Vec::new();
        if self.birth_province().is_none() {
            found.push(Observation::UnknownPrefix);
        }
        if let Some(birth) = birth.filter(|birth| birth.year() != self.birth_year()) {
            found.push(Observation::YearDiffers { number_says: self.birth_year(), typed: birth.year() });
        }
        if sex.is_some_and(|sex| sex != self.sex()) {
            found.push(Observation::SexDiffers { number_says: self.sex() });
        }
        found
    }
}

impl FromStr for PersonalNumber {
    type Err = PersonalNumberError;

    /// Spaces, dots and hyphens between digits are ignored; full-width digits are digits.
    fn from_str(text: &str) -> Result<PersonalNumber, PersonalNumberError> {
        let digits: String = compose(text).chars().filter(|c| !matches!(c, ' ' | '.' | '-' | '–')).collect();
        if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(PersonalNumberError::NotDigits);
        }
        let number = digits.parse().map(PersonalNumber);
        match (digits.len(), number) {
            (PersonalNumber::DIGITS, Ok(number)) => Ok(number),
            (11, Ok(number)) => Err(PersonalNumberError::LeadingZeroLost(number)),
            (length, _) => Err(PersonalNumberError::Length(length)),
        }
    }
}

impl fmt::Display for PersonalNumber {
    /// Twelve digits, leading zeros restored.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:012}", self.0)
    }
}

impl From<PersonalNumber> for u64 {
    fn from(number: PersonalNumber) -> u64 {
        number.0
    }
}

impl TryFrom<u64> for PersonalNumber {
    type Error = PersonalNumberError;

    fn try_from(value: u64) -> Result<PersonalNumber, PersonalNumberError> {
        if value < PersonalNumber::END {
            Ok(PersonalNumber(value))
        } else {
            Err(PersonalNumberError::Length(13))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(text: &str) -> PersonalNumber {
        text.parse().unwrap()
    }

    fn born(year: i64) -> Option<BirthDate> {
        BirthDate::from_packed(year * 10_000).ok()
    }

    #[test]
    fn a_number_says_where_when_and_which_sex_was_registered() {
        let man = number("012204000001");
        assert_eq!(
            (man.birth_province(), man.birth_year(), man.sex()),
            (Some("Tỉnh Lai Châu"), 2004, Sex::Male)
        );
        assert_eq!(man.observations(born(2004), Some(Sex::Male)), []);
        let woman = number("001192000007");
        assert_eq!((woman.birth_province(), woman.birth_year()), (Some("Thành phố Hà Nội"), 1992));
        assert_eq!(woman.sex(), Sex::Female);
    }

    #[test]
    fn spaces_dots_hyphens_and_full_width_digits_are_read() {
        for text in
            ["012 304 000 217", "012.304.000.217", "012-304-000-217", " ０１２３０４０００２１７\u{200b}"]
        {
            assert_eq!(number(text).to_string(), "012304000217");
        }
        assert_eq!(number("012304000217").grouped(), "012 304 000 217");
    }

    #[test]
    fn eleven_digits_suggest_the_lost_zero_and_are_not_taken() {
        let fault = "12204000001".parse::<PersonalNumber>().unwrap_err();
        assert_eq!(fault.suggestion().map(|number| number.to_string()), Some("012204000001".to_owned()));
    }

    #[test]
    fn thirteen_digits_or_letters_are_refused() {
        assert_eq!("0122040000011".parse::<PersonalNumber>(), Err(PersonalNumberError::Length(13)));
        assert_eq!("01220400000A".parse::<PersonalNumber>(), Err(PersonalNumberError::NotDigits));
        assert_eq!("٠١٢٢٠٤٠٠٠٠٠١".parse::<PersonalNumber>(), Err(PersonalNumberError::NotDigits));
        assert_eq!("".parse::<PersonalNumber>(), Err(PersonalNumberError::Length(0)));
        assert_eq!("9".repeat(400).parse::<PersonalNumber>(), Err(PersonalNumberError::Length(400)));
        assert!(PersonalNumber::try_from(1_000_000_000_000).is_err());
    }

    #[test]
    fn a_prefix_of_no_province_is_observed_and_the_number_still_taken() {
        assert_eq!(number("003190000000").observations(None, None), [Observation::UnknownPrefix]);
    }

    #[test]
    fn another_year_and_sex_than_typed_are_both_observed() {
        let seen = number("012204000001").observations(born(1994), Some(Sex::Female));
        let year = Observation::YearDiffers { number_says: 2004, typed: 1994 };
        assert_eq!(seen, [year, Observation::SexDiffers { number_says: Sex::Male }]);
    }

    #[test]
    fn no_digit_of_the_serial_is_checked_against_the_others() {
        for serial in 0..1000 {
            assert_eq!(number(&format!("012204{serial:06}")).observations(born(2004), Some(Sex::Male)), []);
        }
    }
}
