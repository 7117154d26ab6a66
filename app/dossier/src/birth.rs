//! Ngày, tháng, năm sinh: as much of it as the paper knows.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::moment::Day;
use crate::vietnamese::compose;

/// Ngày, tháng, năm sinh. Elders may know only the year, or month and year; the rest is never invented.
/// Ordered by date, the less known first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "i64", try_from = "i64")]
pub struct BirthDate {
    year: u16,
    /// 0 when not known.
    month: u8,
    /// 0 when not known; known only when the month is.
    day: u8,
}

/// Why three typed texts, or a packed number, are not a birth date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum BirthDateError {
    /// No year.
    #[error("the year is missing")]
    YearMissing,
    /// A day without a month.
    #[error("a day without a month")]
    MonthMissing,
    /// Something other than digits.
    #[error("not a number")]
    NotANumber,
    /// A year not written with four digits: 41 may be two centuries.
    #[error("the year has not four digits")]
    YearDigits,
    /// A month above 12.
    #[error("no such month")]
    NoSuchMonth,
    /// A day this month does not have.
    #[error("no such day")]
    NoSuchDay,
    /// After today, however the unknown parts are read.
    #[error("in the future")]
    Future,
    /// More than [`BirthDate::OLDEST`] years ago, however the unknown parts are read.
    #[error("more than {} years ago", BirthDate::OLDEST)]
    TooOld,
}

impl BirthDate {
    /// The greatest age taken, in whole years.
    pub const OLDEST: u16 = 120;

    /// Reads three fields; an empty (or 0, as old papers print it) day, or day and month, is not known.
    pub fn parse(day: &str, month: &str, year: &str, today: Day) -> Result<BirthDate, BirthDateError> {
        let (day, month) = (part(day)?, part(month)?);
        let year = match compose(year) {
            text if text.is_empty() => return Err(BirthDateError::YearMissing),
            text if text.bytes().any(|byte| !byte.is_ascii_digit()) => {
                return Err(BirthDateError::NotANumber);
            }
            text if text.len() != 4 => return Err(BirthDateError::YearDigits),
            text => text.parse().map_err(|_| BirthDateError::NotANumber)?,
        };
        let date = BirthDate::new(year, month, day)?;
        let (this_year, this_month, this_day) = today.date();
        let now = pack(this_year.into(), this_month, this_day);
        if date.to_packed() > now {
            return Err(BirthDateError::Future);
        }
        // Unknown parts read as late as can be, so that nobody is refused for what is not known.
        let month = if date.month == 0 { 12 } else { date.month };
        let day = if date.day == 0 { 31 } else { date.day };
        if pack(i64::from(date.year) + i64::from(BirthDate::OLDEST) + 1, month, day) <= now {
            return Err(BirthDateError::TooOld);
        }
        Ok(date)
    }

    fn new(year: u16, month: u8, day: u8) -> Result<BirthDate, BirthDateError> {
        match (year, month, day) {
            (0 | 10_000.., _, _) => Err(BirthDateError::YearDigits),
            (_, 13.., _) => Err(BirthDateError::NoSuchMonth),
            (_, 0, 1..) => Err(BirthDateError::MonthMissing),
            (_, 1.., 1..) if Day::from_date(year.into(), month, day).is_none() => {
                Err(BirthDateError::NoSuchDay)
            }
            _ => Ok(BirthDate { year, month, day }),
        }
    }

    /// YYYYMMDD as a number, 00 for what is not known.
    pub fn to_packed(self) -> i64 {
        pack(self.year.into(), self.month, self.day)
    }

    /// The date of a packed number.
    pub fn from_packed(packed: i64) -> Result<BirthDate, BirthDateError> {
        let year = u16::try_from(packed / 10_000).map_err(|_| BirthDateError::YearDigits)?;
        let rest = u16::try_from(packed % 10_000).map_err(|_| BirthDateError::YearDigits)?;
        BirthDate::new(year, (rest / 100) as u8, (rest % 100) as u8)
    }

    /// The year, always known.
    pub fn year(self) -> u16 {
        self.year
    }

    /// The month, 1 to 12.
    pub fn month(self) -> Option<u8> {
        (self.month > 0).then_some(self.month)
    }

    /// The day of the month, 1 to 31.
    pub fn day(self) -> Option<u8> {
        (self.day > 0).then_some(self.day)
    }

    /// Whether day, month and year are all known, as the portal's file asks.
    pub fn is_full(self) -> bool {
        self.day > 0
    }
}

fn pack(year: i64, month: u8, day: u8) -> i64 {
    year * 10_000 + i64::from(month) * 100 + i64::from(day)
}

fn part(text: &str) -> Result<u8, BirthDateError> {
    match compose(text) {
        text if text.is_empty() => Ok(0),
        text if text.bytes().all(|byte| byte.is_ascii_digit()) => Ok(text.parse().unwrap_or(u8::MAX)),
        _ => Err(BirthDateError::NotANumber),
    }
}

impl fmt::Display for BirthDate {
    /// dd/mm/yyyy, mm/yyyy or yyyy.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.day > 0 {
            write!(f, "{:02}/", self.day)?;
        }
        if self.month > 0 {
            write!(f, "{:02}/", self.month)?;
        }
        write!(f, "{:04}", self.year)
    }
}

impl From<BirthDate> for i64 {
    fn from(date: BirthDate) -> i64 {
        date.to_packed()
    }
}

impl TryFrom<i64> for BirthDate {
    type Error = BirthDateError;

    fn try_from(packed: i64) -> Result<BirthDate, BirthDateError> {
        BirthDate::from_packed(packed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(day: &str, month: &str, year: &str) -> Result<String, BirthDateError> {
        let today = Day::from_date(2026, 11, 24).unwrap();
        BirthDate::parse(day, month, year, today).map(|date| date.to_string())
    }

    #[test]
    fn an_elder_with_only_a_birth_year_prints_only_the_year() {
        assert_eq!(check("", "", "1941"), Ok("1941".to_owned()));
        assert_eq!(check("00", "00", "1941"), Ok("1941".to_owned()));
        assert_eq!(check("", "3", "1941"), Ok("03/1941".to_owned()));
        assert_eq!(
            BirthDate::from_packed(19_410_000).map(|date| (date.year(), date.is_full())),
            Ok((1941, false))
        );
    }

    #[test]
    fn the_29th_of_february_is_a_birthday_in_leap_years_only() {
        assert_eq!(check("29", "2", "2004"), Ok("29/02/2004".to_owned()));
        assert_eq!(check("29", "2", "2003"), Err(BirthDateError::NoSuchDay));
        assert_eq!(check("31", "4", "2003"), Err(BirthDateError::NoSuchDay));
    }

    #[test]
    fn what_cannot_be_is_refused_with_its_reason() {
        assert_eq!(check("1", "1", ""), Err(BirthDateError::YearMissing));
        assert_eq!(check("1", "", "1990"), Err(BirthDateError::MonthMissing));
        assert_eq!(check("1", "một", "1990"), Err(BirthDateError::NotANumber));
        assert_eq!(check("1", "1", "41"), Err(BirthDateError::YearDigits));
        assert_eq!(check("1", "13", "1990"), Err(BirthDateError::NoSuchMonth));
        assert_eq!(check("999", "12", "1990"), Err(BirthDateError::NoSuchDay));
    }

    #[test]
    fn nobody_is_born_tomorrow_or_is_121_years_old() {
        assert_eq!(check("24", "11", "2026"), Ok("24/11/2026".to_owned()));
        assert_eq!(check("25", "11", "2026"), Err(BirthDateError::Future));
        assert_eq!(check("", "12", "2026"), Err(BirthDateError::Future));
        assert_eq!(check("25", "11", "1905"), Ok("25/11/1905".to_owned()), "120 years old until tomorrow");
        assert_eq!(check("24", "11", "1905"), Err(BirthDateError::TooOld));
        assert_eq!(check("", "", "1905"), Ok("1905".to_owned()), "may be born in December");
        assert_eq!(check("", "", "1904"), Err(BirthDateError::TooOld));
    }

    #[test]
    fn full_width_digits_are_digits() {
        assert_eq!(check("０５", "９", "１９８８"), Ok("05/09/1988".to_owned()));
    }
}
