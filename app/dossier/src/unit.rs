//! Đơn vị hành chính cấp xã. A code names a place only together with a day: 3,316 of the codes of
//! 01-07-2025 had been another commune's before (03394 was Thèn Sin, and is Sin Suối Hồ).

use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::id::CommuneCode;
use crate::moment::Day;
use crate::province;

mod forward;
mod search;

pub use forward::Forward;

/// Loại đơn vị hành chính cấp xã.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum UnitKind {
    /// Xã.
    Commune,
    /// Phường.
    Ward,
    /// Thị trấn, until 30-06-2025.
    Township,
    /// Đặc khu, since 01-07-2025.
    SpecialZone,
}

/// One commune-level unit, as it was named between two days.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Unit {
    /// Five digits; not an identity without a day.
    pub code: CommuneCode,
    /// First day; `None` where the source does not say since when.
    pub valid_from: Option<Day>,
    /// Last day, if it has ended.
    pub valid_to: Option<Day>,
    /// Xã, phường, thị trấn or đặc khu.
    pub kind: UnitKind,
    /// Official spelling without the kind: Sin Suối Hồ.
    pub name: String,
    /// The district it lay in, until 30-06-2025: Huyện Phong Thổ.
    pub district: Option<String>,
    /// Two-digit code of its province.
    pub province: u8,
}

/// A unit that took over all or part of an old one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Successor {
    /// The new unit's code, from [`Successor::effective`] on.
    pub code: CommuneCode,
    /// The first day.
    pub effective: Day,
    /// The old unit was divided: ask the person for the village, never assume.
    pub is_split: bool,
    /// The suggestion to put first when it was divided.
    pub is_default: bool,
}

/// All units and how they followed each other. Large; kept where it is needed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Units {
    /// By code, then by first day.
    units: Vec<Unit>,
    /// By old code, in the order of the file.
    successors: Vec<(CommuneCode, Successor)>,
}

/// Which of the three tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UnitTable {
    /// Units since 01-07-2025.
    Current,
    /// Units until 30-06-2025.
    Old,
    /// Old code to new code.
    Changes,
}

/// Where a table cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{table:?} table, line {line}: {fault}")]
pub struct UnitsError {
    /// Which table.
    pub table: UnitTable,
    /// Line number, the heading being 1.
    pub line: usize,
    /// What is wrong there.
    pub fault: UnitsFault,
}

/// What is wrong with a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum UnitsFault {
    /// Too few or too many columns.
    #[error("wrong number of columns")]
    Columns,
    /// Not a code.
    #[error("not a code")]
    Code,
    /// Not one of x, p, t, d.
    #[error("not a kind of unit")]
    Kind,
    /// No name.
    #[error("no name")]
    Name,
    /// Not a day written 2025-07-01.
    #[error("not a day")]
    Day,
    /// Not 0 or 1.
    #[error("neither 0 nor 1")]
    Flag,
}

impl UnitKind {
    /// The word before the name: Xã.
    pub const fn label(self) -> &'static str {
        match self {
            UnitKind::Commune => "Xã",
            UnitKind::Ward => "Phường",
            UnitKind::Township => "Thị trấn",
            UnitKind::SpecialZone => "Đặc khu",
        }
    }
}

impl Unit {
    /// Kind and name: Xã Sin Suối Hồ.
    pub fn full_name(&self) -> String {
        format!("{} {}", self.kind.label(), self.name)
    }

    /// The name its province had on that day, or when the unit ended.
    pub fn province_name(&self, on: Day) -> Option<&'static str> {
        province::province_name(self.province, self.valid_to.map_or(on, |last| on.min(last)))
    }

    fn held(&self, on: Day) -> bool {
        self.valid_from.is_none_or(|first| first <= on) && self.valid_to.is_none_or(|last| on <= last)
    }
}

impl Units {
    /// Reads the three tables of [`crate::unit_data`], each under a heading line.
    pub fn parse(current: &str, old: &str, changes: &str) -> Result<Units, UnitsError> {
        let mut units = read(UnitTable::Old, old, old_unit)?;
        units.extend(read(UnitTable::Current, current, current_unit)?);
        units.sort();
        // A unit holds until the day before its code is given another name or kind.
        for place in 1..units.len() {
            let (before, after) = units.split_at_mut(place);
            let (Some(unit), Some(next)) = (before.last_mut(), after.first()) else { continue };
            if unit.code == next.code && unit.valid_to.is_none() {
                unit.valid_to = next.valid_from.map(|first| first.plus(-1));
            }
        }
        let mut successors = read(UnitTable::Changes, changes, succession)?;
        successors.sort_by_key(|(old, _)| *old);
        Ok(Units { units, successors })
    }

    /// The unit a code named on a day.
    pub fn resolve(&self, code: CommuneCode, on: Day) -> Option<&Unit> {
        let first = self.units.partition_point(|unit| unit.code < code);
        self.units[first..].iter().take_while(|unit| unit.code == code).find(|unit| unit.held(on))
    }

    /// The units that followed an old one; several when it was divided, none when nothing is known.
    pub fn successors(&self, old: CommuneCode) -> Vec<Successor> {
        let first = self.successors.partition_point(|(code, _)| *code < old);
        let found = self.successors[first..].iter().take_while(|(code, _)| *code == old);
        found.map(|(_, successor)| *successor).collect()
    }

    /// Every unit of a day, by code.
    pub fn on(&self, day: Day) -> impl Iterator<Item = &Unit> {
        self.units.iter().filter(move |unit| unit.held(day))
    }
}

fn read<T>(
    table: UnitTable,
    text: &str,
    row: impl Fn(&[&str]) -> Result<T, UnitsFault>,
) -> Result<Vec<T>, UnitsError> {
    let lines = text.lines().enumerate().skip(1).filter(|(_, line)| !line.is_empty());
    let rows = lines.map(|(index, line)| {
        let columns: Vec<&str> = line.split(',').collect();
        row(&columns).map_err(|fault| UnitsError { table, line: index + 1, fault })
    });
    rows.collect()
}

fn current_unit(columns: &[&str]) -> Result<Unit, UnitsFault> {
    let &[code, kind, name, province, valid_from] = columns else { return Err(UnitsFault::Columns) };
    Ok(Unit {
        code: commune(code)?,
        valid_from: Some(day(valid_from)?),
        valid_to: None,
        kind: kind.parse()?,
        name: filled(name)?,
        district: None,
        province: province.parse().map_err(|_| UnitsFault::Code)?,
    })
}

fn old_unit(columns: &[&str]) -> Result<Unit, UnitsFault> {
    let &[code, kind, name, district, province, valid_to] = columns else { return Err(UnitsFault::Columns) };
    Ok(Unit {
        code: commune(code)?,
        valid_from: None,
        valid_to: Some(day(valid_to)?),
        kind: kind.parse()?,
        name: filled(name)?,
        district: Some(filled(district)?),
        province: province.parse().map_err(|_| UnitsFault::Code)?,
    })
}

fn succession(columns: &[&str]) -> Result<(CommuneCode, Successor), UnitsFault> {
    let &[old, new, split, default, effective] = columns else { return Err(UnitsFault::Columns) };
    let successor = Successor {
        code: commune(new)?,
        effective: day(effective)?,
        is_split: flag(split)?,
        is_default: flag(default)?,
    };
    Ok((commune(old)?, successor))
}

fn commune(text: &str) -> Result<CommuneCode, UnitsFault> {
    let digits = text.len() == 5 && text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|_| digits).map(CommuneCode).ok_or(UnitsFault::Code)
}

fn day(text: &str) -> Result<Day, UnitsFault> {
    province::day(text).ok_or(UnitsFault::Day)
}

fn flag(text: &str) -> Result<bool, UnitsFault> {
    match text {
        "0" => Ok(false),
        "1" => Ok(true),
        _ => Err(UnitsFault::Flag),
    }
}

fn filled(text: &str) -> Result<String, UnitsFault> {
    if text.is_empty() { Err(UnitsFault::Name) } else { Ok(text.to_owned()) }
}

impl FromStr for UnitKind {
    type Err = UnitsFault;

    fn from_str(letter: &str) -> Result<UnitKind, UnitsFault> {
        match letter {
            "x" => Ok(UnitKind::Commune),
            "p" => Ok(UnitKind::Ward),
            "t" => Ok(UnitKind::Township),
            "d" => Ok(UnitKind::SpecialZone),
            _ => Err(UnitsFault::Kind),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::unit_data::{CHANGES, CURRENT, OLD};

    fn day(year: i32, month: u8, day: u8) -> Day {
        Day::from_date(year, month, day).unwrap()
    }

    fn units() -> Units {
        Units::parse(CURRENT, OLD, CHANGES).unwrap()
    }

    #[test]
    fn code_03394_is_then_sin_until_the_30th_of_june_2025_and_sin_suoi_ho_since() {
        let units = units();
        let named = |on: Day| units.resolve(CommuneCode(3394), on).map(Unit::full_name);
        assert_eq!(named(day(2025, 6, 30)).as_deref(), Some("Xã Thèn Sin"));
        assert_eq!(named(day(2025, 7, 1)).as_deref(), Some("Xã Sin Suối Hồ"));
        assert_eq!(
            units.resolve(CommuneCode(3592), day(2025, 7, 1)),
            None,
            "the name's old code names nothing"
        );
        let old = units.resolve(CommuneCode(3394), day(2025, 6, 30)).unwrap();
        assert_eq!(old.district.as_deref(), Some("Huyện Tam Đường"));
        assert_eq!(old.province_name(day(2026, 11, 24)), Some("Tỉnh Lai Châu"));
    }

    #[test]
    fn three_old_communes_became_sin_suoi_ho_whole() {
        let units = units();
        for old in [3592, 3586, 3394] {
            let successors = units.successors(CommuneCode(old));
            assert_eq!(successors.len(), 1);
            assert_eq!((successors[0].code, successors[0].is_split), (CommuneCode(3394), false));
            assert_eq!(successors[0].effective, day(2025, 7, 1));
        }
        assert_eq!(units.successors(CommuneCode(99_999)), []);
    }

    #[test]
    fn a_divided_commune_has_several_successors_and_one_suggestion() {
        let units = units();
        let split = units.successors(CommuneCode(7));
        assert!(split.len() > 1 && split.iter().all(|successor| successor.is_split));
        assert_eq!(split.iter().filter(|successor| successor.is_default).count(), 1);
    }

    #[test]
    fn every_day_has_the_units_the_law_counts() {
        let units = units();
        let count = |on: Day, kind: UnitKind| units.on(on).filter(|unit| unit.kind == kind).count();
        let kinds = [UnitKind::Commune, UnitKind::Ward, UnitKind::Township, UnitKind::SpecialZone];
        assert_eq!(kinds.map(|kind| count(day(2025, 7, 1), kind)), [2621, 687, 0, 13]);
        assert_eq!(kinds.map(|kind| count(day(2026, 4, 29), kind)), [2621, 687, 0, 13]);
        assert_eq!(kinds.map(|kind| count(day(2026, 4, 30), kind)), [2611, 697, 0, 13]);
        assert_eq!(units.on(day(2025, 6, 30)).count(), 10_035);
    }

    #[test]
    fn a_code_names_at_most_one_unit_on_any_day() {
        let units = units();
        for on in [day(2025, 6, 30), day(2025, 7, 1), day(2026, 4, 30)] {
            let codes: Vec<_> = units.on(on).map(|unit| unit.code).collect();
            assert!(codes.is_sorted_by(|one, next| one < next));
            assert!(units.on(on).all(|unit| unit.province_name(on).is_some()));
        }
    }

    #[test]
    fn every_old_unit_leads_to_units_that_exist() {
        let units = units();
        for old in units.on(day(2025, 6, 30)) {
            let successors = units.successors(old.code);
            assert!(!successors.is_empty(), "{} leads nowhere", old.full_name());
            for successor in successors {
                assert!(units.resolve(successor.code, successor.effective).is_some());
            }
        }
    }

    #[test]
    fn a_broken_line_is_named_with_its_number() {
        let fault = |current: &str| Units::parse(current, "", "").unwrap_err();
        let at = |line, fault| UnitsError { table: UnitTable::Current, line, fault };
        let good = "code,kind,name,province,valid_from\n03394,x,Sin Suối Hồ,12,2025-07-01\n";
        assert!(Units::parse(good, "", "").is_ok());
        assert_eq!(fault(&format!("{good}1,x,A,12,2025-07-01")), at(3, UnitsFault::Code));
        assert_eq!(fault(&format!("{good}03395,y,A,12,2025-07-01")), at(3, UnitsFault::Kind));
        assert_eq!(fault(&format!("{good}03395,x,,12,2025-07-01")), at(3, UnitsFault::Name));
        assert_eq!(fault(&format!("{good}03395,x,A,12,2025-02-30")), at(3, UnitsFault::Day));
        assert_eq!(fault(&format!("{good}03395,x,A,12")), at(3, UnitsFault::Columns));
        let changes = Units::parse("", "", "h\n03394,03394,2,1,2025-07-01").unwrap_err();
        assert_eq!((changes.table, changes.line, changes.fault), (UnitTable::Changes, 2, UnitsFault::Flag));
    }
}
