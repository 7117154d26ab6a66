//! Hạn thông báo: dated rules, and what is due when. A stay is judged by the rule in force on the day of
//! arrival, never by the one in force when it is processed.

use serde::{Deserialize, Serialize};

use crate::moment::{Day, MinuteOfDay, Moment};

/// What the law's silence about an arrival exactly at the cut-off is taken to mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum AtCutoff {
    /// Due at the cut-off itself, which has come.
    SameDay,
    /// "Before 23:00" is missed, so due the next morning.
    NextMorning,
}

/// The rule for a stay notice (thông báo lưu trú) between two days of arrival.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StayRule {
    /// First day of arrival it governs.
    pub valid_from: Day,
    /// Last day, if it has ended.
    pub valid_to: Option<Day>,
    /// Arrivals before this are due before it, the same day.
    pub cutoff: MinuteOfDay,
    /// Later arrivals are due before this, the next day.
    pub next_morning: MinuteOfDay,
    /// An arrival exactly at the cut-off.
    pub at_cutoff: AtCutoff,
    /// Arrivals from midnight until this are what receptions call the night before (đêm hôm trước). The
    /// stay still begins on the calendar day.
    pub night_before: MinuteOfDay,
    /// The longest stay one notice may cover, in days.
    pub max_days: u16,
    /// The day of a stay from which to warn that đăng ký tạm trú comes.
    pub warn_day: u16,
    /// Whether near relatives who come several times are notified once only.
    pub relative_notify_once: bool,
    /// When to warn of what is due at the cut-off.
    pub warn_at: &'static [MinuteOfDay],
    /// When to warn of what is due in the morning.
    pub warn_next_morning_at: &'static [MinuteOfDay],
    /// The text it comes from.
    pub source: &'static str,
}

/// The rule for declaring a foreigner (khai báo tạm trú) between two days of arrival.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ForeignRule {
    /// First day of arrival it governs.
    pub valid_from: Day,
    /// Last day, if it has ended.
    pub valid_to: Option<Day>,
    /// Minutes after arrival by which to declare; 0 is "as soon as the foreigner arrives".
    pub target_minutes: i64,
    /// Outer limit in hours.
    pub limit_hours: i64,
    /// Outer limit in hours in remote areas (vùng sâu, vùng xa).
    pub limit_hours_remote: i64,
    /// The text it comes from.
    pub source: &'static str,
}

/// What is due for one arrival.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Due {
    /// The stay notice: received before this moment.
    pub at: Moment,
    /// A foreigner's declaration: due at once, at the latest by this.
    pub foreign_limit: Option<Moment>,
    /// Whether the arrival came so late that the morning after counts.
    pub is_next_morning: bool,
    /// Whether people call the arrival's night the night before.
    pub is_night_before: bool,
}

/// How a receipt stands to what was due, in whole minutes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Timeliness {
    /// Minutes left.
    Early(i64),
    /// Minutes since; 0 at the deadline itself.
    Late(i64),
}

const fn clock(hour: u16, minute: u16) -> MinuteOfDay {
    MinuteOfDay(hour * 60 + minute)
}

/// Law 68/2020/QH14, article 30, in force 01-07-2021; replaced from 01-07-2026.
const STAY_2021: StayRule = StayRule {
    valid_from: Day(18_809),
    valid_to: Some(Day(20_634)),
    cutoff: clock(23, 0),
    next_morning: clock(8, 0),
    at_cutoff: AtCutoff::NextMorning,
    night_before: clock(5, 0),
    max_days: 30,
    warn_day: 25,
    relative_notify_once: true,
    warn_at: &[clock(20, 0), clock(22, 0), clock(22, 30)],
    warn_next_morning_at: &[clock(6, 30)],
    source: "Luật Cư trú 68/2020/QH14, Điều 30",
};

/// Earliest first, without gaps.
const STAY_RULES: [StayRule; 2] = [
    STAY_2021,
    StayRule {
        valid_from: Day(20_635),
        valid_to: None,
        relative_notify_once: false,
        source: "Luật Cư trú 68/2020/QH14, Điều 30 (Luật 118/2025/QH15, Điều 4 khoản 9); \
                 Thông tư 116/2026/TT-BCA, Điều 14",
        ..STAY_2021
    },
];

/// Law 47/2014/QH13, article 33, in force 01-01-2015.
const FOREIGN_2015: ForeignRule = ForeignRule {
    valid_from: Day(16_436),
    valid_to: Some(Day(19_583)),
    target_minutes: 0,
    limit_hours: 12,
    limit_hours_remote: 24,
    source: "Luật 47/2014/QH13, Điều 33",
};

/// Earliest first, without gaps.
const FOREIGN_RULES: [ForeignRule; 3] = [
    FOREIGN_2015,
    ForeignRule {
        valid_from: Day(19_584),
        valid_to: Some(Day(20_657)),
        source: "Luật 47/2014/QH13, Điều 33 (Luật 23/2023/QH15, Điều 2 khoản 5)",
        ..FOREIGN_2015
    },
    ForeignRule {
        valid_from: Day(20_658),
        valid_to: None,
        source: "Luật 47/2014/QH13, Điều 33 (Luật 23/2023/QH15, Điều 2 khoản 5); Thông tư 87/2026/TT-BCA",
        ..FOREIGN_2015
    },
];

/// The rule for arrivals on a day; before the first rule known, that first one.
pub fn stay_rule(on: Day) -> &'static StayRule {
    let [first, ..] = &STAY_RULES;
    STAY_RULES.iter().rev().find(|rule| rule.valid_from <= on).unwrap_or(first)
}

/// The rule for foreigners arriving on a day; before the first rule known, that first one.
pub fn foreign_rule(on: Day) -> &'static ForeignRule {
    let [first, ..] = &FOREIGN_RULES;
    FOREIGN_RULES.iter().rev().find(|rule| rule.valid_from <= on).unwrap_or(first)
}

/// When the stay notice of an arrival is due: it must be received before this moment.
pub fn due(arrival: Moment) -> Moment {
    stay_rule(arrival.day()).due(arrival)
}

/// The latest moment to declare a foreigner who arrived then; the duty itself is immediate.
pub fn foreign_limit(arrival: Moment, remote: bool) -> Moment {
    let rule = foreign_rule(arrival.day());
    let hours = if remote { rule.limit_hours_remote } else { rule.limit_hours };
    arrival.plus_minutes(hours * 60)
}

/// Whether something received then came before it was due; at the deadline itself it is late.
pub fn judge(due: Moment, received: Moment) -> Timeliness {
    if received < due {
        Timeliness::Early(received.minutes_until(due))
    } else {
        Timeliness::Late(due.minutes_until(received))
    }
}

impl StayRule {
    /// When the notice of an arrival is due under this rule.
    pub fn due(&self, arrival: Moment) -> Moment {
        let day = arrival.day();
        if self.is_next_morning(arrival) {
            Moment::at(day.plus(1), self.next_morning)
        } else {
            Moment::at(day, self.cutoff)
        }
    }

    /// Whether the arrival came too late for its own day.
    pub fn is_next_morning(&self, arrival: Moment) -> bool {
        let cutoff = Moment::at(arrival.day(), self.cutoff);
        match self.at_cutoff {
            AtCutoff::SameDay => arrival > cutoff,
            AtCutoff::NextMorning => arrival >= cutoff,
        }
    }
}

impl Due {
    /// What is due for a Vietnamese guest.
    pub fn of(arrival: Moment) -> Due {
        let rule = stay_rule(arrival.day());
        Due {
            at: rule.due(arrival),
            foreign_limit: None,
            is_next_morning: rule.is_next_morning(arrival),
            is_night_before: arrival.minute() < rule.night_before,
        }
    }

    /// What is due when a foreigner is among the guests; `remote` is the police's word on the place.
    pub fn with_foreigner(arrival: Moment, remote: bool) -> Due {
        Due { foreign_limit: Some(foreign_limit(arrival, remote)), ..Due::of(arrival) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(day: Day, hour: u16, minute: u16) -> Moment {
        Moment::at(day, clock(hour, minute))
    }

    fn day(year: i32, month: u8, day: u8) -> Day {
        Day::from_date(year, month, day).unwrap()
    }

    #[test]
    fn an_arrival_at_22_40_is_due_in_twenty_minutes() {
        let arrival = at(day(2026, 11, 24), 22, 40);
        assert_eq!(due(arrival).to_string(), "23:00 24/11/2026");
        assert_eq!(judge(due(arrival), arrival), Timeliness::Early(20));
    }

    #[test]
    fn late_arrivals_are_due_the_next_morning() {
        let arrival = at(day(2026, 12, 31), 23, 30);
        let due = Due::of(arrival);
        assert_eq!(due.at.to_string(), "08:00 01/01/2027");
        assert!(due.is_next_morning && !due.is_night_before);
        assert_eq!(judge(due.at, arrival.plus_minutes(1)), Timeliness::Early(509), "not overdue at 23:31");
    }

    #[test]
    fn an_arrival_after_midnight_begins_that_day_and_is_called_the_night_before() {
        let due = Due::of(at(day(2026, 11, 24), 0, 40));
        assert_eq!(due.at.to_string(), "23:00 24/11/2026");
        assert!(due.is_night_before && !due.is_next_morning);
        assert!(!Due::of(at(day(2026, 11, 24), 5, 0)).is_night_before);
    }

    #[test]
    fn an_arrival_exactly_at_23_00_is_due_as_the_rule_says() {
        let arrival = at(day(2026, 11, 24), 23, 0);
        assert_eq!(due(arrival).to_string(), "08:00 25/11/2026");
        let strict = StayRule { at_cutoff: AtCutoff::SameDay, ..*stay_rule(arrival.day()) };
        assert_eq!(strict.due(arrival).to_string(), "23:00 24/11/2026");
        assert_eq!(strict.due(arrival.plus_minutes(1)).to_string(), "08:00 25/11/2026");
        assert_eq!(due(Moment(arrival.0 - 1)).to_string(), "23:00 24/11/2026");
    }

    #[test]
    fn received_at_the_deadline_or_after_is_late() {
        let due = at(day(2026, 11, 24), 23, 0);
        assert_eq!(judge(due, at(day(2026, 11, 24), 23, 4)), Timeliness::Late(4));
        assert_eq!(judge(due, at(day(2026, 11, 24), 22, 58)), Timeliness::Early(2));
        assert_eq!(judge(due, due), Timeliness::Late(0));
        assert_eq!(judge(due, Moment(due.0 - 1)), Timeliness::Early(0));
    }

    #[test]
    fn a_sister_every_weekend_needs_one_notice_in_june_2026_and_each_time_from_july() {
        assert!(stay_rule(day(2026, 6, 30)).relative_notify_once);
        assert!(!stay_rule(day(2026, 7, 1)).relative_notify_once);
        assert!(stay_rule(day(1990, 1, 1)).relative_notify_once, "the first rule known");
    }

    #[test]
    fn a_foreigner_arriving_at_19_00_has_until_07_00_and_until_19_00_in_remote_areas() {
        let arrival = at(day(2026, 11, 24), 19, 0);
        assert_eq!(foreign_limit(arrival, false).to_string(), "07:00 25/11/2026");
        assert_eq!(foreign_limit(arrival, true).to_string(), "19:00 25/11/2026");
        assert_eq!(Due::with_foreigner(arrival, false).foreign_limit, Some(foreign_limit(arrival, false)));
        assert_eq!(foreign_rule(arrival.day()).target_minutes, 0, "at once");
    }

    #[test]
    fn rules_follow_each_other_without_gap_on_the_days_the_laws_name() {
        let stay: Vec<_> = STAY_RULES.iter().map(|rule| (rule.valid_from, rule.valid_to)).collect();
        let foreign: Vec<_> = FOREIGN_RULES.iter().map(|rule| (rule.valid_from, rule.valid_to)).collect();
        for rules in [&stay, &foreign] {
            for pair in rules.windows(2) {
                assert_eq!(pair[0].1, Some(pair[1].0.plus(-1)));
            }
            assert_eq!(rules.last().and_then(|rule| rule.1), None);
        }
        let starts =
            |rules: &[(Day, Option<Day>)]| rules.iter().map(|rule| rule.0.to_string()).collect::<Vec<_>>();
        assert_eq!(starts(&stay), ["01/07/2021", "01/07/2026"]);
        assert_eq!(starts(&foreign), ["01/01/2015", "15/08/2023", "24/07/2026"]);
    }

    #[test]
    fn a_phone_that_claims_any_time_breaks_nothing() {
        for wild in [i64::MIN, i64::MAX, 0] {
            let due = Due::with_foreigner(Moment(wild), true);
            let _ = (judge(due.at, Moment(wild)), judge(Moment(wild), due.at));
        }
    }
}
