//! Time as the office writes it: UTC inside, Asia/Ho_Chi_Minh (UTC+7, no daylight saving) at the edge.

use std::fmt;

use serde::{Deserialize, Serialize};

/// Milliseconds since 1970-01-01 UTC. Where it came from (office, phone) is said by the field that holds it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Moment(pub i64);

/// A calendar day in Việt Nam, as days since 1970-01-01.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Day(pub i32);

/// Minutes since midnight, Việt Nam time: 0 to 1439.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct MinuteOfDay(pub u16);

const OFFSET: i64 = 7 * 3_600_000;
const DAY: i64 = 86_400_000;
const MINUTE: i64 = 60_000;
const EPOCH_JULIAN: i32 = 2_440_588;

impl Moment {
    /// The moment a clock in Việt Nam shows this day and minute.
    pub fn at(day: Day, minute: MinuteOfDay) -> Moment {
        Moment(i64::from(day.0) * DAY + i64::from(minute.0) * MINUTE - OFFSET)
    }

    /// The day a calendar in Việt Nam shows.
    pub fn day(self) -> Day {
        // A phone's clock may claim any year; the day is clamped to what a calendar can hold.
        Day((self.0.saturating_add(OFFSET).div_euclid(DAY)).clamp(-1_000_000, 1_000_000) as i32)
    }

    /// The minute a clock in Việt Nam shows.
    pub fn minute(self) -> MinuteOfDay {
        MinuteOfDay((self.0.saturating_add(OFFSET).rem_euclid(DAY) / MINUTE) as u16)
    }

    /// Whole minutes from here until `later`; negative when it has passed.
    pub fn minutes_until(self, later: Moment) -> i64 {
        later.0.saturating_sub(self.0).div_euclid(MINUTE)
    }

    /// This moment, minutes later (or earlier).
    #[must_use]
    pub fn plus_minutes(self, minutes: i64) -> Moment {
        Moment(self.0.saturating_add(minutes.saturating_mul(MINUTE)))
    }
}

impl Day {
    /// The day of a calendar date; `None` for the 30th of February and its kind.
    pub fn from_date(year: i32, month: u8, day: u8) -> Option<Day> {
        let month = time::Month::try_from(month).ok()?;
        let date = time::Date::from_calendar_date(year, month, day).ok()?;
        Some(Day(date.to_julian_day() - EPOCH_JULIAN))
    }

    /// Year, month 1-12, day 1-31.
    pub fn date(self) -> (i32, u8, u8) {
        match time::Date::from_julian_day(self.0.saturating_add(EPOCH_JULIAN)) {
            Ok(date) => (date.year(), u8::from(date.month()), date.day()),
            Err(_) => (0, 1, 1),
        }
    }

    /// 0 = Thứ hai … 6 = Chủ nhật.
    pub fn weekday(self) -> u8 {
        (self.0.rem_euclid(7) + 3).rem_euclid(7) as u8
    }

    /// This day, `days` later.
    #[must_use]
    pub fn plus(self, days: i32) -> Day {
        Day(self.0.saturating_add(days))
    }
}

impl fmt::Display for Day {
    /// dd/mm/yyyy.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = self.date();
        write!(f, "{day:02}/{month:02}/{year:04}")
    }
}

impl fmt::Display for MinuteOfDay {
    /// hh:mm, 24 hours.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}:{:02}", self.0 / 60, self.0 % 60)
    }
}

impl fmt::Display for Moment {
    /// hh:mm dd/mm/yyyy, Việt Nam time.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.minute(), self.day())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_is_the_day_and_minute_a_clock_in_viet_nam_shows() {
        let day = Day::from_date(2026, 11, 24).expect("a real day");
        let late = Moment::at(day, MinuteOfDay(23 * 60 + 30));
        assert_eq!(late.to_string(), "23:30 24/11/2026");
        assert_eq!((late.day(), late.minute()), (day, MinuteOfDay(1410)));
        assert_eq!(day.weekday(), 1, "24/11/2026 is a Thứ ba");
        assert_eq!(late.minutes_until(Moment::at(day.plus(1), MinuteOfDay(480))), 510);
    }

    #[test]
    fn a_phone_that_claims_any_year_breaks_nothing() {
        for wild in [i64::MIN, i64::MAX, 0, -1] {
            let moment = Moment(wild);
            let _ = (moment.day().date(), moment.minute(), moment.to_string(), moment.plus_minutes(i64::MAX));
        }
        assert_eq!(Day::from_date(2025, 2, 29), None);
    }
}
