//! Times as people say them.

use dossier::moment::{Day, Moment};

const WEEKDAYS: [&str; 7] = ["Thứ hai", "Thứ ba", "Thứ tư", "Thứ năm", "Thứ sáu", "Thứ bảy", "Chủ nhật"];

/// "Chủ nhật 22/11/2026".
pub fn long(day: Day) -> String {
    format!("{} {day}", WEEKDAYS[usize::from(day.weekday()) % 7])
}

/// "hôm nay", "hôm qua", "ngày mai", "22/11", or with the year when it is not this one.
pub fn near(day: Day, today: Day) -> String {
    let ((year, month, date), (this_year, ..)) = (day.date(), today.date());
    match day.0.saturating_sub(today.0) {
        0 => "hôm nay".to_owned(),
        -1 => "hôm qua".to_owned(),
        1 => "ngày mai".to_owned(),
        _ if year == this_year => format!("{date:02}/{month:02}"),
        _ => day.to_string(),
    }
}

/// "21:44" today, "21:44 hôm qua" otherwise.
pub fn moment(at: Moment, today: Day) -> String {
    if at.day() == today {
        at.minute().to_string()
    } else {
        format!("{} {}", at.minute(), near(at.day(), today))
    }
}

/// "1 giờ 20", "2 giờ", "12 phút", "3 ngày": a span of minutes, for a figure.
pub fn span(minutes: i64) -> String {
    let minutes = minutes.unsigned_abs();
    match (minutes / 60, minutes % 60) {
        (0, minutes) => format!("{minutes} phút"),
        (hours @ 48.., _) => format!("{} ngày", hours / 24),
        (hours, 0) => format!("{hours} giờ"),
        (hours, minutes) => format!("{hours} giờ {minutes:02}"),
    }
}

/// "1 giờ 20 phút": a span inside a sentence.
pub fn span_long(minutes: i64) -> String {
    let hours = minutes.unsigned_abs() / 60;
    if hours > 0 && hours < 48 && minutes % 60 != 0 {
        format!("{} phút", span(minutes))
    } else {
        span(minutes)
    }
}

/// `yyyy-mm-dd`, as the browser's date control reads it.
pub fn input_day(day: Day) -> String {
    let (year, month, date) = day.date();
    format!("{year:04}-{month:02}-{date:02}")
}

/// The day of a date control; `None` while it is half typed.
pub fn typed_day(text: &str) -> Option<Day> {
    let mut parts = text.trim().splitn(3, '-');
    let (year, month, date) = (parts.next()?, parts.next()?, parts.next()?);
    Day::from_date(year.parse().ok()?, month.parse().ok()?, date.parse().ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_are_said_as_people_say_them() {
        assert_eq!((span(80), span(12), span(120)), ("1 giờ 20".into(), "12 phút".into(), "2 giờ".into()));
        assert_eq!((span(-4), span_long(-64)), ("4 phút".into(), "1 giờ 04 phút".into()));
        assert_eq!(span(3 * 24 * 60), "3 ngày");
    }

    #[test]
    fn days_near_today_have_names() {
        let today = Day::from_date(2026, 11, 22).expect("a real day");
        assert_eq!(long(today), "Chủ nhật 22/11/2026");
        assert_eq!(near(today.plus(-1), today), "hôm qua");
        assert_eq!(near(today.plus(3), today), "25/11");
        assert_eq!(near(today.plus(60), today), "21/01/2027");
    }

    #[test]
    fn a_date_control_reads_back() {
        let day = Day::from_date(2026, 2, 3).expect("a real day");
        assert_eq!(typed_day(&input_day(day)), Some(day));
        assert_eq!(typed_day("2026-02"), None);
    }
}
