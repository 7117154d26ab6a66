//! One dossier as statistics count it: nobody is in it, and it never has to be opened again to be counted.

use serde::{Deserialize, Serialize};

use super::Filing;
use super::clock::Clock;
use super::printed::{Printed, Trail};
use super::status::{FeeState, Stage};
use super::step::{Payment, ReturnWay};
use crate::act::{Act, Channel, Recorded};
use crate::moment::{Day, Moment};
use crate::procedure::{Procedure, ProcedureId};
use crate::working_days::WorkingDays;

/// What is counted of one dossier.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Figure {
    /// Which procedure.
    pub procedure: ProcedureId,
    /// By which way it was first handed in.
    pub channel: Channel,
    /// On which day it was first handed in.
    pub filed: Day,
    /// The last day of its term; `None` before it is accepted, and while the term stands still.
    pub due: Option<Day>,
    /// How it ended, once it has.
    pub end: Option<End>,
    /// The result came as an electronic one.
    pub electronic: bool,
    /// The result carries the office's signature, which anybody can verify.
    pub signed: bool,
    /// No paper was handed in with it, none had to be brought.
    pub paperless: bool,
    /// What became of the fee.
    pub fee: Fee,
}

/// How a dossier ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct End {
    /// On which day.
    pub on: Day,
    /// How.
    pub how: Outcome,
}

/// How a dossier ended, as statistics of procedures tell it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Outcome {
    /// Giải quyết trước hạn.
    Early,
    /// Giải quyết đúng hạn: on the last day of the term.
    InTime,
    /// Giải quyết quá hạn.
    Late,
    /// Từ chối.
    Refused,
    /// Công dân rút.
    Withdrawn,
}

/// What became of the fee.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Fee {
    /// Nobody asked for one, or the person is exempt.
    None,
    /// It is to be paid.
    Due,
    /// Paid online.
    Online,
    /// Paid at the counter.
    Cash,
}

impl Figure {
    /// Counts these acts, in the office's order. `None` for what was never handed in.
    pub fn of(
        acts: &[Recorded],
        filing: &Filing,
        procedure: &Procedure,
        calendar: &WorkingDays,
        now: Moment,
    ) -> Option<Figure> {
        let trail = Trail::of(acts);
        let first = trail.submitted?;
        let Act::Submit { channel, .. } = first.act else { return None };
        let status = &trail.status;
        let clock = Clock::of(acts, |on| procedure.term_of(filing, on), calendar, now);
        let way = match status.stage {
            Stage::HandedOver { way, .. } => Some(way),
            _ => status.accepted.as_ref().map(|accepted| accepted.way),
        };
        let ended = |at: Moment, how| Some(End { on: at.day(), how });
        let end = match &status.stage {
            Stage::Refused { at, .. } => ended(*at, Outcome::Refused),
            Stage::Withdrawn { at } => ended(*at, Outcome::Withdrawn),
            _ => trail.decided.and_then(|decided| ended(decided.at, punctual(clock.as_ref()))),
        };
        let decided = trail.decided.is_some();
        Some(Figure {
            procedure: procedure.id.clone(),
            channel,
            filed: first.at.day(),
            due: clock.and_then(|clock| clock.due),
            end,
            electronic: decided && way == Some(ReturnWay::Electronic),
            signed: [Printed::Ct07, Printed::Ct08].iter().any(|form| trail.has(*form, procedure)),
            paperless: filing.papers.is_empty() && filing.originals.is_empty(),
            fee: match status.fee {
                FeeState::NotAsked | FeeState::Exempt { .. } => Fee::None,
                FeeState::Due { .. } => Fee::Due,
                FeeState::Paid { how: Payment::Online, .. } => Fee::Online,
                FeeState::Paid { how: Payment::Cash, .. } => Fee::Cash,
            },
        })
    }
}

/// A dossier that was decided without ever having been accepted had no term to miss.
fn punctual(clock: Option<&Clock>) -> Outcome {
    match clock {
        Some(clock) if clock.overdue > 0 => Outcome::Late,
        Some(clock) if clock.left == 0 => Outcome::InTime,
        _ => Outcome::Early,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::access::Role;
    use crate::act::{Actor, Heads};
    use crate::filing::step::{Reason, Step};
    use crate::id::AccountId;
    use crate::moment::MinuteOfDay;
    use crate::procedure::load;

    fn words(text: &str) -> Reason {
        text.parse().expect("words")
    }

    fn heads() -> Heads {
        Heads(vec![[1; 32]])
    }

    /// Monday the 2nd of November 2026, ten in the morning, and so many days later.
    fn at(days: i32) -> Moment {
        let monday = Day::from_date(2026, 11, 2).expect("a day").plus(days);
        Moment::at(monday, MinuteOfDay(10 * 60))
    }

    fn recorded(order: u32, at: Moment, act: Act) -> Recorded {
        let by = Actor { account: AccountId(1), role: Role::Officer, name: "Lò Văn Thử".to_owned() };
        Recorded { order, at, by, act }
    }

    fn submit(channel: Channel) -> Recorded {
        let claimed_at = at(0);
        recorded(1, at(0), Act::Submit { heads: heads(), channel, claimed_at, last_contact: None })
    }

    fn step(order: u32, days: i32, step: Step) -> Recorded {
        recorded(order, at(days), Act::Step(Box::new(step)))
    }

    fn accept(days: i32) -> Recorded {
        let appointed = at(3).day();
        step(
            2,
            days,
            Step::Accept { heads: heads(), appointed, way: ReturnWay::Electronic, papers: Vec::new() },
        )
    }

    fn decide(days: i32) -> Recorded {
        step(3, days, Step::Decide { heads: heads(), words: words("Đồng ý"), until: None })
    }

    /// A renewal: three working days from the next one.
    fn figure(acts: &[Recorded]) -> Option<Figure> {
        let all = load::embedded().expect("the shipped files");
        let named = |one: &&Procedure| one.id.as_str() == "temporary-residence-renewal";
        let procedure = all.iter().find(named).expect("a shipped procedure");
        let filing = Filing::new(procedure.version());
        Figure::of(acts, &filing, procedure, WorkingDays::calendar(), at(30))
    }

    #[test]
    fn who_is_in_no_database_is_settled_in_time_within_thirty_days() {
        let all = load::embedded().expect("the shipped files");
        let named = |one: &&Procedure| one.id.as_str() == "residence-declaration";
        let procedure = all.iter().find(named).expect("a shipped procedure");
        let mut filing = Filing::new(procedure.version());
        filing.answers.insert("in-data".parse().expect("a key"), "khong".to_owned());
        let acts = [submit(Channel::OwnPhone), accept(0), decide(18)];
        let figure = Figure::of(&acts, &filing, procedure, WorkingDays::calendar(), at(30));
        assert_eq!(figure.and_then(|figure| figure.end).map(|end| end.how), Some(Outcome::Early));
    }

    fn end(acts: &[Recorded]) -> Option<Outcome> {
        figure(acts).and_then(|figure| figure.end).map(|end| end.how)
    }

    #[test]
    fn a_decision_is_early_in_time_or_late_by_the_term_of_its_procedure() {
        let decided = |days| end(&[submit(Channel::OwnPhone), accept(0), decide(days)]);
        assert_eq!(decided(1), Some(Outcome::Early));
        assert_eq!(decided(3), Some(Outcome::InTime));
        assert_eq!(decided(4), Some(Outcome::Late));
        let figure = figure(&[submit(Channel::Team), accept(0), decide(3)]).expect("handed in");
        assert_eq!(
            (figure.channel, figure.filed, figure.due),
            (Channel::Team, at(0).day(), Some(at(3).day()))
        );
        assert!(figure.electronic && figure.signed && figure.paperless);
    }

    #[test]
    fn what_is_open_has_no_end_and_what_was_never_handed_in_is_not_counted() {
        assert_eq!(figure(&[]), None);
        let waiting = figure(&[submit(Channel::Counter)]).expect("handed in");
        assert_eq!((waiting.end, waiting.due, waiting.signed), (None, None, false));
        let accepted = figure(&[submit(Channel::Counter), accept(0)]).expect("handed in");
        assert_eq!((accepted.end, accepted.due), (None, Some(at(3).day())));
    }

    #[test]
    fn refused_and_withdrawn_are_no_settlements_and_an_annulled_one_stays_what_it_was() {
        let refuse = Step::Refuse { heads: heads(), reason: words("Thiếu"), ground: words("Điều 27") };
        assert_eq!(end(&[submit(Channel::OwnPhone), step(2, 1, refuse)]), Some(Outcome::Refused));
        let annul = Step::Annul { reason: words("Ghi sai"), ground: words("Điều 35") };
        let acts = [submit(Channel::OwnPhone), accept(0), decide(3), step(4, 9, annul)];
        assert_eq!(end(&acts), Some(Outcome::InTime));
    }
}
