//! Thời hạn giải quyết: the days an accepted dossier has used and has left, in working days. The time at the People's
//! Committee and at immigration does not count, nor does the time a supplement is waited for; the time another commune
//! takes to verify does. Handing a dossier on changes nothing.

use serde::{Deserialize, Serialize};

use super::status::{FilingStatus, Stage};
use super::step::Outside;
use crate::act::{Act, Recorded};
use crate::id::CommuneCode;
use crate::moment::{Day, MinuteOfDay, Moment};
use crate::procedure::{Counting, Span, Term};
use crate::working_days::WorkingDays;

/// Where a dossier stands in its term.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Clock {
    /// The first day that counts.
    pub started: Day,
    /// Days of the term.
    pub term: u16,
    /// Whether they are working days; otherwise all days of the calendar count.
    pub working: bool,
    /// Days that are over; of an ended dossier also its last.
    pub used: u32,
    /// Days left, today among them; of an ended dossier those it did not use. Not above 0 when it is late.
    pub left: i64,
    /// The last day of the term; `None` while it stands still and so moves on.
    pub due: Option<Day>,
    /// The day promised on the slip, or in the newest apology.
    pub appointed: Day,
    /// Since when it stands still.
    pub paused: Option<Day>,
    /// Whom it waits for; whose time it is.
    pub waits_for: WaitsFor,
    /// When it ended.
    pub ended: Option<Day>,
    /// Days of the term it is late by, or ended late by.
    pub overdue: u32,
}

/// Whom a dossier waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum WaitsFor {
    /// The agency that decides.
    Agency,
    /// Another commune that verifies: "quá hạn do chờ xác minh".
    Verification(CommuneCode),
    /// The People's Committee, immigration.
    Outside(Outside),
    /// The person: a supplement, a fee.
    Citizen,
    /// Nobody: it has ended.
    Nobody,
}

impl Clock {
    /// The clock of these acts, in the office's order, at a moment. `term` says how long the agency has of this filing, as of
    /// the day it was accepted on. `None` until then.
    pub fn of(
        acts: &[Recorded],
        term: impl FnOnce(Day) -> Term,
        calendar: &WorkingDays,
        now: Moment,
    ) -> Option<Clock> {
        let (mut status, mut pauses, mut verified) = (FilingStatus::default(), Pauses::default(), false);
        let mut ended = None;
        for recorded in acts {
            let before = status.clone();
            status = status.after(recorded);
            if status == before {
                continue;
            }
            let day = recorded.at.day();
            pauses.turn(stands_still(&status), day);
            verified |= matches!(&recorded.act, Act::Step(step) if step.question().is_some());
            if ended.is_none() && !status.is_with_office() && status.submitted.is_some() {
                ended = Some(day);
            }
        }
        let accepted = status.accepted.as_ref()?;
        let term = term(accepted.at.day());
        let span = term.verified.filter(|_| verified).unwrap_or(term.ordinary);
        let (started, term) = first_day(span, term.counting, accepted.at, calendar);
        let runs = |day: Day| {
            let counts = matches!(span, Span::Days(_)) || calendar.is_working(day);
            counts && !pauses.cover(day)
        };
        let due = due(started, term, runs).map(|day| calendar.on_or_after(day));
        let today = ended.unwrap_or(now.day());
        let last = if ended.is_some() { today.plus(1) } else { today };
        let used = count(started, last, runs);
        // Late on a day off is late.
        let late = due.filter(|due| *due < today);
        let overdue = late.map_or(0, |due| count(due.plus(1), today.plus(1), runs).max(1));
        // A last day that is no working day moves on, and the days up to then are left as well.
        let left = due.filter(|due| *due >= today).map(|due| count(last.max(started), due.plus(1), runs));
        let left = left.map_or(i64::from(term) - i64::from(used), i64::from);
        Some(Clock {
            started,
            term,
            working: !matches!(span, Span::Days(_)),
            used,
            left,
            due,
            appointed: accepted.appointed,
            paused: pauses.since,
            waits_for: waits_for(&status),
            ended,
            overdue,
        })
    }
}

/// The day to write on the slip of a dossier accepted at a moment: the last day of the ordinary term.
pub fn appointment(accepted: Moment, term: Term, calendar: &WorkingDays) -> Day {
    let (started, days) = first_day(term.ordinary, term.counting, accepted, calendar);
    let runs = |day: Day| matches!(term.ordinary, Span::Days(_)) || calendar.is_working(day);
    calendar.on_or_after(due(started, days, runs).unwrap_or(started))
}

/// No dossier of ours is looked at for longer, in days: a clock years ahead must not turn a page slow.
const HORIZON: i32 = 4_000;

/// Noon: half a working day that begins before it ends the same day.
const NOON: MinuteOfDay = MinuteOfDay(12 * 60);

/// Three in the afternoon ([`Counting::SameDayUntil15`]).
const THREE: MinuteOfDay = MinuteOfDay(15 * 60);

/// The first day that counts, and how many do.
fn first_day(span: Span, counting: Counting, accepted: Moment, calendar: &WorkingDays) -> (Day, u16) {
    let day = match counting {
        Counting::SameDayUntil15 if accepted.minute() >= THREE => accepted.day().plus(1),
        Counting::SameDay | Counting::SameDayUntil15 | Counting::NextWorkingDay => accepted.day(),
    };
    let following = |calendar_days: bool| match counting {
        Counting::SameDay | Counting::SameDayUntil15 => day,
        Counting::NextWorkingDay if calendar_days => day.plus(1),
        Counting::NextWorkingDay => calendar.on_or_after(day.plus(1)),
    };
    match span {
        Span::AtOnce => (calendar.on_or_after(day), 1),
        Span::HalfDay if accepted.minute() < NOON => (calendar.on_or_after(day), 1),
        Span::HalfDay => (calendar.on_or_after(day.plus(1)), 1),
        Span::WorkingDays(days) => (following(false), days),
        Span::Days(days) => (following(true), days),
    }
}

/// The `term`th day that counts from a day on.
fn due(started: Day, term: u16, runs: impl Fn(Day) -> bool) -> Option<Day> {
    let mut counted = 0;
    (0..HORIZON).map(|days| started.plus(days)).find(|day| {
        counted += u16::from(runs(*day));
        counted >= term.max(1)
    })
}

/// The days that count, from a day on and without another.
fn count(from: Day, to: Day, runs: impl Fn(Day) -> bool) -> u32 {
    let length = to.0.saturating_sub(from.0).clamp(0, HORIZON);
    (0..length).filter(|days| runs(from.plus(*days))).count() as u32
}

fn stands_still(status: &FilingStatus) -> bool {
    let accepted = status.accepted.is_some();
    accepted && matches!(status.stage, Stage::Outside { .. } | Stage::Supplement { .. })
}

fn waits_for(status: &FilingStatus) -> WaitsFor {
    match &status.stage {
        Stage::Verifying { to, .. } => WaitsFor::Verification(*to),
        Stage::Outside { whom, .. } => WaitsFor::Outside(*whom),
        Stage::Supplement { .. } | Stage::FeeDue | Stage::Draft => WaitsFor::Citizen,
        Stage::Waiting { .. } | Stage::Accepted | Stage::Processing => WaitsFor::Agency,
        Stage::Decided
        | Stage::HandedOver { .. }
        | Stage::Refused { .. }
        | Stage::Withdrawn { .. }
        | Stage::Annulled { .. } => WaitsFor::Nobody,
    }
}

/// The days on which the clock stood still: from the day it stopped, without the day it went on.
#[derive(Debug, Default)]
struct Pauses {
    over: Vec<(Day, Day)>,
    since: Option<Day>,
}

impl Pauses {
    fn turn(&mut self, still: bool, day: Day) {
        match (self.since, still) {
            (None, true) => self.since = Some(day),
            (Some(since), false) => {
                self.over.push((since, day));
                self.since = None;
            }
            _ => {}
        }
    }

    fn cover(&self, day: Day) -> bool {
        let now = self.since.is_some_and(|since| since <= day);
        now || self.over.iter().any(|(from, to)| *from <= day && day < *to)
    }
}
