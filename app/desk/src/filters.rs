//! How the officer looks at the book, as the address bar keeps it. Nothing personal ever gets there: the words
//! searched for stay in the page.

use std::fmt::Write;

use dossier::id::EstablishmentId;
use dossier::intent::BookQuery;
use dossier::moment::Day;
use dossier::nationality::Nationality;

use app::text::time;

/// Rows on one page of the book.
pub const ROWS: u32 = 100;

/// Which day of the book.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DayPick {
    /// Today, whatever day it becomes.
    #[default]
    Today,
    /// One day.
    On(Day),
    /// All days.
    All,
}

/// The filters that are on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filters {
    /// The day.
    pub day: DayPick,
    /// One village.
    pub village: Option<String>,
    /// One establishment.
    pub establishment: Option<EstablishmentId>,
    /// One nationality.
    pub nationality: Option<Nationality>,
    /// Only what came late or is overdue.
    pub overdue: bool,
    /// Only what waits to be received.
    pub waiting: bool,
    /// Only what needs a look.
    pub review: bool,
    /// The page of the book, from 0.
    pub leaf: u32,
}

impl Filters {
    /// The filters of an address; what cannot be read is off.
    pub fn from_url(get: impl Fn(&str) -> Option<String>) -> Filters {
        let on = |key: &str| get(key).is_some_and(|value| value == "1");
        Filters {
            day: match get("ngay").as_deref() {
                None | Some("") => DayPick::Today,
                Some("tat-ca") => DayPick::All,
                Some(text) => time::typed_day(text).map_or(DayPick::Today, DayPick::On),
            },
            village: get("ban").filter(|village| !village.is_empty()),
            establishment: get("coso").and_then(|id| id.parse().ok()).map(EstablishmentId),
            nationality: get("quoctich").and_then(|code| code.parse().ok()),
            overdue: on("tre"),
            waiting: on("cho"),
            review: on("xem"),
            leaf: get("trang")
                .and_then(|leaf| leaf.parse::<u32>().ok())
                .map_or(0, |leaf| leaf.saturating_sub(1)),
        }
    }

    /// The query part of the address, with its question mark.
    pub fn to_url(&self) -> String {
        let mut url = String::from("?");
        let mut add = |key: &str, value: &str| {
            let join = if url.len() > 1 { "&" } else { "" };
            url.push_str(join);
            url.push_str(key);
            url.push('=');
            escape(&mut url, value);
        };
        match self.day {
            DayPick::Today => {}
            DayPick::All => add("ngay", "tat-ca"),
            DayPick::On(day) => add("ngay", &time::input_day(day)),
        }
        if let Some(village) = &self.village {
            add("ban", village);
        }
        if let Some(id) = self.establishment {
            add("coso", &id.0.to_string());
        }
        if let Some(nationality) = self.nationality {
            add("quoctich", &nationality.code());
        }
        for (key, on) in [("tre", self.overdue), ("cho", self.waiting), ("xem", self.review)] {
            if on {
                add(key, "1");
            }
        }
        if self.leaf > 0 {
            add("trang", &(self.leaf + 1).to_string());
        }
        url
    }

    /// What the device is asked.
    pub fn query(&self, today: Day, search: &str) -> BookQuery {
        BookQuery {
            search: search.trim().to_owned(),
            day: self.on_day(today),
            village: self.village.clone(),
            establishment: self.establishment,
            nationality: self.nationality,
            overdue: self.overdue,
            waiting: self.waiting,
            review: self.review,
            offset: self.leaf.saturating_mul(ROWS),
            limit: ROWS,
        }
    }

    /// The day looked at; `None` for all days.
    pub fn on_day(&self, today: Day) -> Option<Day> {
        match self.day {
            DayPick::Today => Some(today),
            DayPick::On(day) => Some(day),
            DayPick::All => None,
        }
    }

    /// Another day, from the first page; today is kept as "today", so that it moves on at midnight.
    #[must_use]
    pub fn at(&self, day: Day, today: Day) -> Filters {
        let day = if day == today { DayPick::Today } else { DayPick::On(day) };
        Filters { day, leaf: 0, ..self.clone() }
    }

    /// Whether anything but today's whole book is shown.
    pub fn any(&self) -> bool {
        *self != Filters { leaf: self.leaf, ..Filters::default() }
    }
}

/// Percent-encodes a value; village names carry diacritics and spaces.
fn escape(url: &mut String, value: &str) {
    for byte in value.bytes() {
        if byte.is_ascii_alphanumeric() || byte == b'-' {
            url.push(char::from(byte));
        } else {
            // Writing to a String cannot fail.
            let _ = write!(url, "%{byte:02X}");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(url: &str) -> Filters {
        let pairs: Vec<(String, String)> = url
            .trim_start_matches('?')
            .split('&')
            .filter_map(|pair| pair.split_once('='))
            .map(|(key, value)| (key.to_owned(), unescape(value)))
            .collect();
        Filters::from_url(|key| pairs.iter().find(|(name, _)| name == key).map(|(_, value)| value.clone()))
    }

    fn unescape(text: &str) -> String {
        let mut bytes = Vec::new();
        let mut rest = text.as_bytes();
        while let Some((first, tail)) = rest.split_first() {
            if *first == b'%' {
                let hex = std::str::from_utf8(&tail[..2]).expect("as written here");
                bytes.push(u8::from_str_radix(hex, 16).expect("as written here"));
                rest = &tail[2..];
            } else {
                bytes.push(*first);
                rest = tail;
            }
        }
        String::from_utf8(bytes).expect("as written here")
    }

    fn some() -> Filters {
        Filters {
            day: DayPick::On(Day::from_date(2026, 11, 22).expect("as written here")),
            village: Some("Sín Chải & Chung Hồ".to_owned()),
            establishment: Some(EstablishmentId(12)),
            nationality: "CHN".parse().ok(),
            overdue: true,
            waiting: true,
            review: true,
            leaf: 2,
        }
    }

    #[test]
    fn filters_read_back_from_their_own_address() {
        for filters in [some(), Filters::default(), Filters { day: DayPick::All, ..Filters::default() }] {
            assert_eq!(read(&filters.to_url()), filters);
        }
        assert_eq!(Filters::default().to_url(), "?");
        assert!(some().to_url().starts_with("?ngay=2026-11-22&ban=S%C3%ADn%20"), "{}", some().to_url());
    }

    #[test]
    fn words_searched_for_are_asked_of_the_device_and_never_in_the_address() {
        let today = Day::from_date(2026, 11, 24).expect("as written here");
        let query = some().query(today, "  giang a lenh ");
        assert_eq!((query.search.as_str(), query.offset, query.limit), ("giang a lenh", 200, 100));
        assert!(!some().to_url().contains("lenh"));
    }

    #[test]
    fn an_address_somebody_made_up_shows_todays_book() {
        assert_eq!(read("?ngay=2026-02-30&coso=x&quoctich=??&trang=-1&tre=yes"), Filters::default());
    }

    #[test]
    fn today_stays_today_after_midnight() {
        let today = Day::from_date(2026, 11, 24).expect("as written here");
        let chosen = some().at(today, today);
        assert_eq!((chosen.day, chosen.leaf), (DayPick::Today, 0));
        assert_eq!(chosen.on_day(today.plus(1)), Some(today.plus(1)));
    }
}
