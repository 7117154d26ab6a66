//! Tỉnh, thành phố: names by code and date, and the 63 prefixes of personal numbers.

use crate::moment::Day;

const PROVINCES: &str = include_str!("../data/provinces.csv");
const PREFIXES: &str = include_str!("../data/provinces_63_cccd.csv");

/// The name of a province on a day ("Tỉnh Lai Châu"), by its two-digit code; the codes that were merged
/// away resolve until 30-06-2025 only.
pub fn province_name(code: u8, on: Day) -> Option<&'static str> {
    PROVINCES.lines().skip(1).find_map(|line| {
        let mut columns = line.split(',');
        let (number, name) = (columns.next()?, columns.next()?);
        let from = columns.next().and_then(day);
        let to = columns.next().and_then(day);
        let held = from.is_none_or(|from| from <= on) && to.is_none_or(|to| on <= to);
        (number.parse() == Ok(code) && held).then_some(name)
    })
}

/// The province, by its name before 01-07-2025, whose births are numbered with this prefix; the prefixes
/// were not renumbered when provinces merged.
pub fn birth_province(prefix: u16) -> Option<&'static str> {
    PREFIXES.lines().skip(1).find_map(|line| {
        let mut columns = line.split(',');
        (columns.next()?.parse() == Ok(prefix)).then(|| columns.nth(1))?
    })
}

/// A day written 2025-07-01.
pub(crate) fn day(text: &str) -> Option<Day> {
    let mut parts = text.trim_end().split('-');
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    Day::from_date(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dong_nai_is_a_province_until_the_29th_of_april_2026_and_a_city_since() {
        let city = Day::from_date(2026, 4, 30).unwrap();
        assert_eq!(province_name(75, city), Some("Thành phố Đồng Nai"));
        assert_eq!(province_name(75, city.plus(-1)), Some("Tỉnh Đồng Nai"));
        assert_eq!(province_name(12, city), Some("Tỉnh Lai Châu"));
    }

    #[test]
    fn thirty_four_provinces_since_the_merger_and_sixty_three_before() {
        let merger = Day::from_date(2025, 7, 1).unwrap();
        let count = |on| (0..=99).filter(|code| province_name(*code, on).is_some()).count();
        assert_eq!((count(merger.plus(-1)), count(merger), count(merger.plus(700))), (63, 34, 34));
        assert_eq!(province_name(2, merger), None, "Hà Giang joined Tuyên Quang");
    }

    #[test]
    fn sixty_three_prefixes_name_a_province() {
        assert_eq!((0..=999).filter(|prefix| birth_province(*prefix).is_some()).count(), 63);
        assert_eq!(birth_province(24), Some("Tỉnh Bắc Giang"), "not 023, as one published table prints");
    }
}
