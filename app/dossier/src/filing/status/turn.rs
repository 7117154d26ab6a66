//! What one act makes of where a dossier stands; nothing where it does not apply.

use super::{Accepted, Decision, FeeState, FilingStatus, Moved, Stage, Verified};
use crate::act::{Heads, Recorded};
use crate::filing::step::{Question, Reason, ReturnWay, Step};
use crate::moment::Moment;

impl FilingStatus {
    /// The same content handed in again says nothing new; other content after acceptance is a proposed supplement that
    /// changes no stage; after the end there is nothing to add to.
    pub(super) fn submit(&self, heads: &Heads, at: Moment) -> Option<FilingStatus> {
        let stage = match &self.stage {
            _ if self.heads == *heads && self.submitted.is_some() => return None,
            Stage::Draft => Stage::Waiting { supplemented: false },
            Stage::Supplement { .. } => self.supplemented(),
            _ if self.is_with_office() => self.stage.clone(),
            _ => return None,
        };
        let submitted = self.submitted.or(Some(at));
        Some(FilingStatus { stage, heads: heads.clone(), submitted, ..self.clone() })
    }

    pub(super) fn step(&self, step: &Step, recorded: &Recorded) -> Option<FilingStatus> {
        let (at, by) = (recorded.at, || recorded.by.name.clone());
        let mut next = self.clone();
        let unseen = matches!(step, Step::ReturnBy { .. }) || step.is_of_the_gateway();
        if let (Some(moved), false) = (&mut next.moved, unseen) {
            moved.fresh = false;
        }
        let waiting = matches!(self.stage, Stage::Waiting { .. });
        let working = matches!(self.stage, Stage::Accepted | Stage::Processing);
        match step {
            Step::Accept { heads, appointed, way, .. } if waiting && *heads == self.heads => {
                next.stage = Stage::Accepted;
                let heads = heads.clone();
                next.accepted =
                    Some(Accepted { at, by: by(), heads, appointed: *appointed, apologies: 0, way: *way });
            }
            Step::Supplement { heads, items, until } if (waiting || working) && *heads == self.heads => {
                next.stage = Stage::Supplement { at, by: by(), items: items.clone(), until: *until };
            }
            Step::Supplemented { asked, .. } if matches!(self.stage, Stage::Supplement { at, .. } if at == *asked) =>
            {
                next.stage = self.supplemented();
            }
            Step::Refuse { heads, reason, ground } if self.is_with_office() && *heads == self.heads => {
                next.stage = Stage::Refused { at, by: by(), reason: reason.clone(), ground: ground.clone() };
            }
            Step::AskVerification { .. } | Step::Consult { .. } if working => {
                let Question { to, agency, words, until } = step.question()?;
                next.stage = Stage::Verifying { at, to, agency, question: words.clone(), until };
            }
            Step::Verified { outcome, words } => {
                let Stage::Verifying { to, .. } = self.stage else { return None };
                next.stage = Stage::Processing;
                let (outcome, words) = (*outcome, words.clone());
                next.verified = Some(Verified { at, from: to, outcome, words, by: by(), first_hand: false });
            }
            Step::Reply { from, asked, finding, words } => {
                let Stage::Verifying { to, at: since, .. } = self.stage else { return None };
                if (to, since) != (*from, *asked) {
                    return None;
                }
                next.stage = Stage::Processing;
                let (outcome, words) =
                    ((*finding).into(), words.as_ref().map(Reason::to_string).unwrap_or_default());
                next.verified = Some(Verified { at, from: to, outcome, words, by: by(), first_hand: true });
            }
            Step::Pause { whom } if working => next.stage = Stage::Outside { at, whom: *whom },
            Step::Resume if matches!(self.stage, Stage::Outside { .. }) => next.stage = Stage::Processing,
            Step::FeeDue { dong } if working && *dong > 0 && self.fee == FeeState::NotAsked => {
                next.stage = Stage::FeeDue;
                next.fee = FeeState::Due { dong: *dong };
            }
            Step::FeePaid { dong, how } if self.fee == (FeeState::Due { dong: *dong }) => {
                next.fee = FeeState::Paid { dong: *dong, how: *how, at };
                next.leave_fee();
            }
            Step::Exempt { reason }
                if self.owes_nothing_yet() && (working || self.stage == Stage::FeeDue) =>
            {
                next.fee = FeeState::Exempt { reason: *reason };
                next.leave_fee();
            }
            Step::PaidOver { dong } => next.surplus = self.surplus.saturating_add(*dong),
            Step::Refunded { dong } if *dong > 0 && *dong == self.surplus => next.surplus = 0,
            Step::Decide { heads, words, until } if working && *heads == self.heads => {
                next.stage = Stage::Decided;
                let (heads, words) = (heads.clone(), words.clone());
                next.decision = Some(Decision { at, by: by(), heads, words, until: *until });
            }
            Step::HandOver { way } if self.stage == Stage::Decided => {
                next.stage = Stage::HandedOver { at, way: *way };
            }
            Step::Annul { reason, ground } => {
                let decision = next.decision.take()?;
                let (reason, ground) = (reason.clone(), ground.clone());
                next.stage = Stage::Annulled { at, by: by(), reason, ground, decision };
            }
            Step::Transfer { to }
                if self.is_with_office() && self.moved.is_none_or(|moved| moved.to != *to) =>
            {
                next.moved = Some(Moved { to: *to, at, fresh: true });
            }
            Step::Apologise { appointed, .. } if self.is_with_office() => {
                let accepted = next.accepted.as_mut().filter(|accepted| *appointed > accepted.appointed)?;
                accepted.appointed = *appointed;
                accepted.apologies = accepted.apologies.saturating_add(1);
            }
            Step::ReturnBy { way, address }
                if (self.is_with_office() || self.stage == Stage::Decided)
                    && (*way == ReturnWay::Post) == address.is_some() =>
            {
                next.chosen = Some(*way);
                if let Some(accepted) = &mut next.accepted {
                    accepted.way = *way;
                }
            }
            _ => return None,
        }
        Some(next)
    }

    /// What was asked for has come: the work goes on where it stood.
    fn supplemented(&self) -> Stage {
        if self.accepted.is_some() { Stage::Processing } else { Stage::Waiting { supplemented: true } }
    }

    fn owes_nothing_yet(&self) -> bool {
        matches!(self.fee, FeeState::NotAsked | FeeState::Due { .. })
    }

    /// A fee that is settled lets the work go on, wherever the dossier had got to.
    fn leave_fee(&mut self) {
        if self.stage == Stage::FeeDue {
            self.stage = Stage::Processing;
        }
    }
}
