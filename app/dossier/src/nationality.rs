//! Quốc tịch: the three letters a passport carries and the Vietnamese name a person reads.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::vietnamese::fold;

/// code, name, other names separated by bars; the most frequent guests of Lai Châu first, then in
/// Vietnamese order.
const COUNTRIES: &str = include_str!("../data/countries.csv");

/// Quốc tịch, as ISO 3166-1 alpha-3 (and ICAO's XXA, không quốc tịch).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Nationality([u8; 3]);

/// A text that is no country's code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no country has this code")]
pub struct UnknownNationality;

impl Nationality {
    /// Việt Nam.
    pub const VNM: Nationality = Nationality(*b"VNM");

    /// The alpha-3 code.
    pub fn code(self) -> String {
        self.0.iter().copied().map(char::from).collect()
    }

    /// The Vietnamese name.
    pub fn vi_name(self) -> &'static str {
        rows().find(|row| row.0 == self).map_or("", |row| row.1)
    }

    /// Every nationality, the most frequent first, in the order a list offers them.
    pub fn all() -> Vec<Nationality> {
        rows().map(|row| row.0).collect()
    }

    /// Those with a word that begins as typed, accents or not, in Vietnamese, in English, or the code.
    pub fn search(typed: &str) -> Vec<Nationality> {
        let wanted = format!(" {}", fold(typed));
        let fits = |text: &str| format!(" {}", fold(text).replace(['(', '-'], " ")).contains(&wanted);
        let found = rows()
            .filter(|(code, name, others)| fits(name) || others.split('|').any(fits) || fits(&code.code()));
        found.map(|row| row.0).collect()
    }
}

fn rows() -> impl Iterator<Item = (Nationality, &'static str, &'static str)> {
    COUNTRIES.lines().skip(1).filter_map(|line| {
        let mut columns = line.split(',');
        let code = columns.next()?.as_bytes().try_into().ok()?;
        Some((Nationality(code), columns.next()?, columns.next()?))
    })
}

impl FromStr for Nationality {
    type Err = UnknownNationality;

    /// Three letters in either case; also D, and fillers, as German passports print their country.
    fn from_str(text: &str) -> Result<Nationality, UnknownNationality> {
        let code = match text.trim().trim_end_matches('<').to_ascii_uppercase() {
            code if code == "D" => "DEU".to_owned(),
            code => code,
        };
        rows().find(|row| row.0.0 == code.as_bytes()).map(|row| row.0).ok_or(UnknownNationality)
    }
}

impl fmt::Display for Nationality {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.code())
    }
}

impl fmt::Debug for Nationality {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Nationality({})", self.code())
    }
}

impl From<Nationality> for String {
    fn from(nationality: Nationality) -> String {
        nationality.code()
    }
}

impl TryFrom<String> for Nationality {
    type Error = UnknownNationality;

    fn try_from(text: String) -> Result<Nationality, UnknownNationality> {
        text.parse()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vietnamese::collation_key;

    #[test]
    fn every_nationality_reads_back_and_has_a_name() {
        let all = Nationality::all();
        assert_eq!(all.len(), 251);
        for nationality in all {
            assert_eq!(nationality.code().parse(), Ok(nationality));
            assert!(!nationality.vi_name().is_empty());
        }
    }

    #[test]
    fn the_most_frequent_come_first_and_the_rest_in_vietnamese_order() {
        let names: Vec<_> = Nationality::all().into_iter().map(Nationality::vi_name).collect();
        assert_eq!(names[..4], ["Việt Nam", "Trung Quốc", "Pháp", "Hàn Quốc"]);
        let rest = &names[11..names.len() - 1];
        assert!(rest.is_sorted_by_key(|name| collation_key(name)));
        assert_eq!(names.last(), Some(&"Không quốc tịch"));
    }

    #[test]
    fn a_country_is_found_by_any_of_its_names() {
        let check = |typed: &str, code: &str| {
            let found = Nationality::search(typed);
            assert!(found.iter().any(|one| one.code() == code), "{typed} gives {found:?}");
        };
        check("trung", "CHN");
        check("MỸ", "USA");
        check("hoa ky", "USA");
        check("anh", "GBR");
        check("duc", "DEU");
        check("chn", "CHN");
        check("france", "FRA");
        assert_eq!(Nationality::search("zzz"), []);
        assert_eq!(Nationality::search("").len(), 251);
    }

    #[test]
    fn passports_print_germany_as_one_letter() {
        assert_eq!("D<<".parse::<Nationality>().map(Nationality::code), Ok("DEU".to_owned()));
        assert_eq!("vnm".parse(), Ok(Nationality::VNM));
        assert_eq!("ZZZ".parse::<Nationality>(), Err(UnknownNationality));
        assert_eq!("co".parse::<Nationality>(), Err(UnknownNationality), "the heading is no country");
    }
}
