//! Ngày làm việc: Monday to Friday without holidays, and the Saturdays worked in exchange for another day. Reception on
//! Saturday mornings does not make Saturday a working day.

use std::collections::BTreeSet;
use std::sync::OnceLock;

use crate::moment::Day;
use crate::procedure::field::read_day;

/// Dated holidays and swapped Saturdays. Beyond the last year of the table only weekends are known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WorkingDays {
    holidays: BTreeSet<Day>,
    worked: BTreeSet<Day>,
}

/// Which of the two tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CalendarTable {
    /// Days off.
    Holidays,
    /// Saturdays worked.
    Swapped,
}

/// A line without a day where one belongs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{table:?} table, line {line}: not a day")]
pub struct CalendarError {
    /// Which table.
    pub table: CalendarTable,
    /// Line number, the heading being 1.
    pub line: usize,
}

/// Days off, 2024 to 2030.
pub const HOLIDAYS: &str = include_str!("../data/holidays_vn_2024_2030.csv");

/// Saturdays worked for a day off.
pub const SWAPPED: &str = include_str!("../data/swapped_saturdays.csv");

impl WorkingDays {
    /// The most days that are ever looked through: no term is longer, and no table reaches further.
    const HORIZON: i32 = 4_000;

    /// Reads the two tables under their headings: of days off the first column; of swaps the Saturday worked and the
    /// day off it is worked for.
    pub fn parse(holidays: &str, swapped: &str) -> Result<WorkingDays, CalendarError> {
        let mut off = days(CalendarTable::Holidays, holidays, 0)?;
        off.extend(days(CalendarTable::Swapped, swapped, 1)?);
        Ok(WorkingDays { holidays: off, worked: days(CalendarTable::Swapped, swapped, 0)? })
    }

    /// The tables that come with the product.
    pub fn shipped() -> Result<WorkingDays, CalendarError> {
        WorkingDays::parse(HOLIDAYS, SWAPPED)
    }

    /// The same, read once.
    pub fn calendar() -> &'static WorkingDays {
        static CALENDAR: OnceLock<WorkingDays> = OnceLock::new();
        CALENDAR.get_or_init(|| WorkingDays::shipped().expect("a test reads the shipped calendar"))
    }

    /// The last day the table of holidays speaks of.
    pub fn known_until(&self) -> Option<Day> {
        self.holidays.last().copied()
    }

    /// Whether offices work on a day.
    pub fn is_working(&self, day: Day) -> bool {
        self.worked.contains(&day) || (day.weekday() < 5 && !self.holidays.contains(&day))
    }

    /// The first working day on or after a day.
    pub fn on_or_after(&self, day: Day) -> Day {
        (0..WorkingDays::HORIZON).map(|days| day.plus(days)).find(|day| self.is_working(*day)).unwrap_or(day)
    }

    /// The `n`th working day after a day; the day itself for 0.
    pub fn after(&self, day: Day, n: u16) -> Day {
        (0..n).fold(day, |day, _| self.on_or_after(day.plus(1)))
    }

    /// Working days from a day on, up to but without another; 0 if that comes first.
    pub fn between(&self, from: Day, to: Day) -> u32 {
        let length = to.0.saturating_sub(from.0).clamp(0, WorkingDays::HORIZON);
        (0..length).filter(|days| self.is_working(from.plus(*days))).count() as u32
    }
}

fn days(table: CalendarTable, text: &str, column: usize) -> Result<BTreeSet<Day>, CalendarError> {
    let lines = text.lines().enumerate().skip(1).filter(|(_, line)| !line.trim().is_empty());
    let days = lines.map(|(index, line)| {
        let day = line.split(',').nth(column).unwrap_or_default();
        read_day(day).map_err(|_| CalendarError { table, line: index + 1 })
    });
    days.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(year: i32, month: u8, day: u8) -> Day {
        Day::from_date(year, month, day).expect("a real day")
    }

    fn calendar() -> WorkingDays {
        WorkingDays::shipped().expect("the shipped tables")
    }

    #[test]
    fn three_working_days_over_the_lunar_new_year_of_2026_end_after_it() {
        // Friday 13 February; Monday 16 to Friday 20 are off.
        assert_eq!(calendar().after(day(2026, 2, 13), 1), day(2026, 2, 23));
        assert_eq!(calendar().after(day(2026, 2, 13), 3), day(2026, 2, 25));
        assert_eq!(calendar().between(day(2026, 2, 13), day(2026, 2, 23)), 1, "the Friday itself");
    }

    #[test]
    fn the_24th_of_november_is_off_from_2026_and_was_worked_in_2025() {
        assert!(!calendar().is_working(day(2026, 11, 24)));
        assert!(calendar().is_working(day(2025, 11, 24)), "a Monday");
        assert_eq!(calendar().after(day(2026, 11, 23), 1), day(2026, 11, 25));
        assert!(!calendar().is_working(day(2029, 11, 26)), "the Monday after a Saturday");
    }

    #[test]
    fn a_swapped_saturday_is_worked_and_the_day_it_was_given_for_is_not() {
        assert!(calendar().is_working(day(2026, 8, 22)) && !calendar().is_working(day(2026, 8, 31)));
        assert!(!calendar().is_working(day(2026, 8, 29)), "another Saturday");
        assert_eq!(calendar().after(day(2026, 8, 21), 1), day(2026, 8, 22));
        assert_eq!(
            calendar().after(day(2025, 12, 31), 1),
            day(2026, 1, 5),
            "2 January is off for 10 January"
        );
    }

    #[test]
    fn every_swapped_saturday_is_one_and_stands_for_a_day_off() {
        for line in SWAPPED.lines().skip(1) {
            let mut columns = line.split(',').map(read_day);
            let saturday = columns.next().and_then(Result::ok).expect("a day");
            let off = columns.next().and_then(Result::ok).expect("a day");
            assert_eq!(saturday.weekday(), 5, "{line}");
            assert!(!calendar().is_working(off), "{line}");
        }
    }

    #[test]
    fn zero_days_after_is_the_day_and_nothing_lies_between_backwards() {
        let sunday = day(2026, 11, 29);
        assert_eq!(calendar().after(sunday, 0), sunday);
        assert_eq!(calendar().on_or_after(sunday), day(2026, 11, 30));
        assert_eq!(calendar().between(sunday, day(2026, 11, 1)), 0);
        let _ = (calendar().between(Day(i32::MIN), Day(i32::MAX)), calendar().after(Day(i32::MAX), 9));
    }

    #[test]
    fn a_bad_table_is_refused_with_its_line() {
        let bad = WorkingDays::parse("date\n2026-01-01,x\n01/02/2026,y\n", "date\n");
        assert_eq!(bad, Err(CalendarError { table: CalendarTable::Holidays, line: 3 }));
        let bad = WorkingDays::parse("date\n", "date\n\n2026-02-28,x\n");
        assert_eq!(bad, Err(CalendarError { table: CalendarTable::Swapped, line: 3 }));
    }
}
