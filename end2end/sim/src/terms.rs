//! Thời hạn: the clock of an accepted dossier, counted on the fingers.
//!
//! I15: it runs on working days alone, and stands still while the dossier lies with another authority or waits for the
//! person's supplement.

use dossier::act::{Act, Heads};
use dossier::filing::clock::Clock;
use dossier::filing::step::Step;
use dossier::filing::view::FilingCard;
use dossier::moment::{Day, MinuteOfDay, Moment};
use dossier::procedure::{Term, Terms};
use sync::frame::down::Ordered;

use crate::filing::catalogue;
use crate::sabotage::Sabotage;

/// Days off of the months these worlds live in: Ngày Văn hóa, Tết Dương lịch, Tết Nguyên đán.
const OFF: [(i32, u8, u8); 9] = [
    (2026, 11, 24),
    (2027, 1, 1),
    (2027, 2, 4),
    (2027, 2, 5),
    (2027, 2, 6),
    (2027, 2, 7),
    (2027, 2, 8),
    (2027, 2, 9),
    (2027, 2, 10),
];
/// Beyond this day nobody here knows what days are off.
const KNOWN: (i32, u8, u8) = (2027, 4, 1);

fn works(day: Day) -> bool {
    // Day 0 was a Thursday.
    let weekend = matches!((day.0 + 3).rem_euclid(7), 5 | 6);
    !weekend && !OFF.contains(&day.date())
}

/// What has happened to a dossier, as far as its clock is concerned.
#[derive(Default)]
struct Way {
    accepted: Option<Moment>,
    asked: bool,
    heads: Heads,
    still: Option<Day>,
    stood: Vec<(Day, Day)>,
    ended: Option<Day>,
}

impl Way {
    fn stop(&mut self, day: Day) {
        if self.accepted.is_some() {
            self.still.get_or_insert(day);
        }
    }

    fn go(&mut self, day: Day) {
        self.stood.extend(self.still.take().map(|since| (since, day)));
    }

    fn of(acts: &[Ordered]) -> Way {
        let mut way = Way::default();
        let mut waits = false;
        for recorded in acts.iter().map(|ordered| &ordered.recorded) {
            let day = recorded.at.day();
            match &recorded.act {
                Act::Submit { heads, .. } if *heads != way.heads => {
                    way.heads = heads.clone();
                    if std::mem::take(&mut waits) {
                        way.go(day);
                    }
                }
                Act::Withdraw { .. } => way.end(day),
                Act::Step(step) => match &**step {
                    Step::Accept { .. } => way.accepted = Some(recorded.at),
                    Step::Supplement { .. } => {
                        waits = true;
                        way.stop(day);
                    }
                    Step::Pause { .. } => way.stop(day),
                    Step::Resume => way.go(day),
                    Step::AskVerification { .. } | Step::Consult { .. } => way.asked = true,
                    Step::Decide { .. } | Step::Refuse { .. } => way.end(day),
                    _ => {}
                },
                _ => {}
            }
        }
        way
    }

    fn end(&mut self, day: Day) {
        self.go(day);
        self.ended.get_or_insert(day);
    }

    /// Working days that are over; of what has ended its last one too. Half a day, or three where another commune was asked.
    fn used(&self, today: Day) -> Option<u32> {
        let accepted = self.accepted?;
        let late = self.asked || accepted.minute() >= MinuteOfDay(12 * 60);
        let first = accepted.day().plus(i32::from(late));
        let last = self.ended.map_or(today, |ended| ended.plus(1));
        let still = |day: Day| {
            let now = self.still.is_some_and(|since| since <= day);
            now || self.stood.iter().any(|(from, to)| *from <= day && day < *to)
        };
        let days = (first.0..last.0).map(Day).filter(|day| works(*day) && !still(*day));
        Some(days.count() as u32)
    }
}

/// What is wrong with the clock on a card, on a day.
pub fn misread(
    sabotage: Option<Sabotage>,
    card: &FilingCard,
    acts: &[Ordered],
    now: Moment,
) -> Option<String> {
    let clock = if sabotage == Some(Sabotage::PauseRuns) { runs_on(acts, now) } else { card.clock };
    let known = Day::from_date(KNOWN.0, KNOWN.1, KNOWN.2).is_some_and(|known| now.day() < known);
    let (clock, way) = (clock.filter(|_| known)?, Way::of(acts));
    let used = way.used(now.day())?;
    let same = clock.used == used && clock.paused.is_some() == way.still.is_some();
    (!same).then(|| {
        let dossier = card.dossier;
        format!("{dossier}: {used} days are over, still since {:?}, and the clock says {clock:?}", way.still)
    })
}

/// The wrong device: a clock that knows no other authority.
fn runs_on(acts: &[Ordered], now: Moment) -> Option<Clock> {
    let pause =
        |act: &Act| matches!(act, Act::Step(step) if matches!(**step, Step::Pause { .. } | Step::Resume));
    let acts = acts.iter().map(|ordered| ordered.recorded.clone()).filter(|recorded| !pause(&recorded.act));
    let acts: Vec<_> = acts.collect();
    let Terms { ordinary, verified, counting, .. } = catalogue().procedures[0].term;
    let term = |_| Term { ordinary, verified, counting };
    Clock::of(&acts, term, dossier::working_days::WorkingDays::calendar(), now)
}
