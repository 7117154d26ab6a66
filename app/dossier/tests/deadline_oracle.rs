//! The deadline written a second time, from the words of article 30, on written dates instead of numbers:
//! "trước 23 giờ của ngày bắt đầu lưu trú; trường hợp người đến lưu trú sau 23 giờ thì việc thông báo lưu
//! trú được thực hiện trước 08 giờ ngày hôm sau".

use proptest::prelude::*;

use dossier::deadline::{Due, Timeliness, due, foreign_limit, judge};
use dossier::moment::Moment;

/// A date and time as a person writes it: year, month, day, hour, minute, second.
type Written = (i64, i64, i64, i64, i64, i64);

fn days_in(month: i64, year: i64) -> i64 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year % 400 == 0 || (year % 4 == 0 && year % 100 != 0) => 29,
        2 => 28,
        _ => 31,
    }
}

fn tomorrow((year, month, day): (i64, i64, i64)) -> (i64, i64, i64) {
    if day < days_in(month, year) {
        (year, month, day + 1)
    } else if month < 12 {
        (year, month + 1, 1)
    } else {
        (year + 1, 1, 1)
    }
}

/// The law, on text that compares as time does ("23:00:00").
fn law((year, month, day, hour, minute, second): Written) -> String {
    let clock = format!("{hour:02}:{minute:02}:{second:02}");
    let (due, (year, month, day)) = if clock.as_str() < "23:00:00" {
        ("23:00", (year, month, day))
    } else {
        ("08:00", tomorrow((year, month, day)))
    };
    format!("{due} {day:02}/{month:02}/{year:04}")
}

/// Counts days one year and one month at a time, from 1970, then takes seven hours off.
fn moment((year, month, day, hour, minute, second): Written) -> Moment {
    let years: i64 = (1970..year).map(|year| (1..=12).map(|month| days_in(month, year)).sum::<i64>()).sum();
    let months: i64 = (1..month).map(|month| days_in(month, year)).sum();
    let hours = (years + months + day - 1) * 24 + hour - 7;
    Moment(((hours * 60 + minute) * 60 + second) * 1000)
}

/// Half of the arrivals fall near the two edges, midnight and 23:00.
fn arrival() -> impl Strategy<Value = Written> {
    let hour = prop_oneof![0..24i64, 22..24i64, Just(0), Just(23)];
    let minute = prop_oneof![0..60i64, Just(0), Just(59)];
    let second = prop_oneof![0..60i64, Just(0), Just(59)];
    (2015..2040i64, 1..=12i64, 1..=31i64, hour, minute, second).prop_map(
        |(year, month, day, hour, minute, second)| {
            (year, month, day.min(days_in(month, year)), hour, minute, second)
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 20_000, ..ProptestConfig::default() })]

    #[test]
    fn the_deadline_is_what_the_law_says(written in arrival()) {
        let arrival = moment(written);
        prop_assert_eq!(due(arrival).to_string(), law(written));
        let whole = Due::of(arrival);
        prop_assert_eq!(whole.at, due(arrival));
        prop_assert_eq!(whole.is_next_morning, law(written).starts_with("08:00"));
        prop_assert_eq!(whole.is_night_before, written.3 < 5);
        prop_assert!(whole.at > arrival, "there is always time left on arrival");
        prop_assert!(whole.at.0 - arrival.0 <= 23 * 3_600_000);
    }

    #[test]
    fn a_foreigner_has_twelve_hours_or_twenty_four(written in arrival()) {
        let arrival = moment(written);
        prop_assert_eq!(foreign_limit(arrival, false).0 - arrival.0, 12 * 3_600_000);
        prop_assert_eq!(foreign_limit(arrival, true).0 - arrival.0, 24 * 3_600_000);
    }

    #[test]
    fn only_strictly_before_is_early(written in arrival(), milliseconds in -100_000_000..100_000_000i64) {
        let due = due(moment(written));
        let early = matches!(judge(due, Moment(due.0 + milliseconds)), Timeliness::Early(_));
        prop_assert_eq!(early, milliseconds < 0);
        let minutes = milliseconds.abs() / 60_000;
        let said = match judge(due, Moment(due.0 + milliseconds)) {
            Timeliness::Early(minutes) | Timeliness::Late(minutes) => minutes,
        };
        prop_assert_eq!(said, minutes);
    }
}

#[test]
fn every_minute_of_a_leap_day_and_of_new_years_eve() {
    for (year, month, day) in [(2028, 2, 28), (2028, 2, 29), (2026, 12, 31), (2026, 6, 30), (2026, 7, 1)] {
        for minute in 0..1440 {
            let written = (year, month, day, minute / 60, minute % 60, 0);
            assert_eq!(due(moment(written)).to_string(), law(written));
        }
    }
}
