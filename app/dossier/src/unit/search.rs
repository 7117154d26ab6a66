//! Finding a commune by what somebody wrote: a name, part of one, or an address with the units of before.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::{Unit, Units};
use crate::id::CommuneCode;
use crate::moment::Day;
use crate::vietnamese::fold;

/// How well a unit answers: the province is named too, its kind and name both stand there, the length of its name.
type Fit = (bool, bool, usize);

impl Units {
    /// The units of a day that a text names or begins to name, the likeliest first. What was merged away leads to what
    /// followed it; what was divided leads to each part.
    pub fn find(&self, text: &str, today: Day) -> Vec<&Unit> {
        let text = fold(text);
        if text.chars().filter(|letter| letter.is_alphanumeric()).count() < 2 {
            return Vec::new();
        }
        let mut found: BTreeMap<CommuneCode, Fit> = BTreeMap::new();
        for unit in &self.units {
            let Some(fit) = fits(unit, &text, today) else { continue };
            let mut note = |code: CommuneCode| {
                let best = found.entry(code).or_insert(fit);
                *best = fit.max(*best);
            };
            if unit.held(today) {
                note(unit.code);
            } else {
                let after = self.successors(unit.code).into_iter();
                let of = |day: Day| unit.valid_to.is_some_and(|last| last < day) && day <= today;
                after.filter(|next| of(next.effective)).for_each(|next| note(next.code));
            }
        }
        let mut all: Vec<(&Unit, Fit)> =
            found.into_iter().filter_map(|(code, fit)| Some((self.resolve(code, today)?, fit))).collect();
        all.sort_by_key(|(unit, fit)| (Reverse(*fit), fold(&unit.name), unit.code));
        all.into_iter().map(|(unit, _)| unit).collect()
    }
}

fn fits(unit: &Unit, text: &str, today: Day) -> Option<Fit> {
    let (name, whole) = (fold(&unit.name), fold(&unit.full_name()));
    let typed = name.starts_with(text) || whole.starts_with(text);
    if !typed && !stands_in(&name, text) {
        return None;
    }
    let province = unit.province_name(today).map(fold).unwrap_or_default();
    let bare = province.trim_start_matches("tinh ").trim_start_matches("thanh pho ");
    Some((!bare.is_empty() && stands_in(bare, text), stands_in(&whole, text), name.chars().count()))
}

/// Whether these words stand in a text as words.
fn stands_in(words: &str, text: &str) -> bool {
    let edge = |letter: Option<char>| letter.is_none_or(|letter| !letter.is_alphanumeric());
    text.match_indices(words)
        .any(|(at, _)| edge(text[..at].chars().next_back()) && edge(text[at + words.len()..].chars().next()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::unit_data::{CHANGES, CURRENT, OLD};

    fn found(text: &str) -> Vec<(u32, String)> {
        let units = Units::parse(CURRENT, OLD, CHANGES).expect("the shipped tables");
        let today = Day::from_date(2026, 11, 29).expect("a real day");
        units.find(text, today).into_iter().map(|unit| (unit.code.0, unit.full_name())).collect()
    }

    #[test]
    fn an_address_of_today_names_its_commune_first() {
        let all = found("Bản Chí Sáng, xã Sin Suối Hồ, tỉnh Lai Châu");
        assert_eq!(all.first(), Some(&(3394, "Xã Sin Suối Hồ".to_owned())));
    }

    #[test]
    fn an_address_of_before_a_merger_leads_to_what_followed() {
        let all = found("bản Thèn Sin 1, xã Thèn Sin, huyện Tam Đường, tỉnh Lai Châu");
        assert_eq!(all.first().map(|(code, _)| *code), Some(3394), "{all:?}");
    }

    #[test]
    fn a_name_half_typed_and_without_accents_is_found_and_one_letter_finds_nothing() {
        assert!(found("sin suo").iter().any(|(code, _)| *code == 3394));
        assert_eq!(found("s"), []);
        assert_eq!(found(" , "), []);
    }

    #[test]
    fn a_word_inside_another_is_no_name() {
        let text = "thôn Tân Lập, xã Bình An Khê";
        assert!(found(text).iter().all(|(_, name)| fold(name) != "xa an khe x"), "{:?}", found(text));
        assert!(stands_in("an khe", "xa binh an khe") && !stands_in("inh an", "xa binh an khe"));
    }
}
