//! Questions about people, devices and areas: signed, asked of the office at once, kept nowhere.

use std::collections::BTreeMap;

use dossier::intent::{Answer, Refusal};
use dossier::manage::{Ask, Told};
use dossier::moment::Moment;

use super::{Device, Effect, Stage};
use crate::dice::Dice;
use crate::request::{Call, CallFailure};

/// Questions under way at most; a page that asks more is told to wait.
const MOST: usize = 32;

/// The questions under way: which of the page's each one answers.
#[derive(Default)]
pub(super) struct Calls {
    last: u64,
    waiting: BTreeMap<u64, u32>,
}

impl Device {
    pub(super) fn manage(
        &mut self,
        now: Moment,
        dice: &mut Dice,
        seq: u32,
        ask: &Ask,
        effects: &mut Vec<Effect>,
    ) {
        let refused = |refusal| Effect::Answer { seq, answer: Answer::Refused(refusal) };
        let Stage::Open(open) = &self.stage else { return effects.push(refused(Refusal::Locked)) };
        if self.calls.waiting.len() >= MOST {
            return effects.push(refused(Refusal::Busy));
        }
        let at = open.corrected(now);
        let call = Call::of(ask, &open.handle().to_string(), &open.signing, at, dice.bytes());
        self.calls.last += 1;
        let id = self.calls.last;
        self.calls.waiting.insert(id, seq);
        effects.push(Effect::Call { id, call });
    }

    pub(super) fn called(
        &mut self,
        id: u64,
        answer: Result<Box<Told>, CallFailure>,
        effects: &mut Vec<Effect>,
    ) {
        let Some(seq) = self.calls.waiting.remove(&id) else { return };
        let answer = match (answer, &self.stage) {
            // Locked meanwhile: what was asked for is no longer for whoever is there now.
            (_, stage) if !matches!(stage, Stage::Open(_)) => Answer::Refused(Refusal::Locked),
            (Ok(told), _) => Answer::Managed(told),
            (Err(failure), _) => Answer::Refused(match failure {
                CallFailure::Unreachable => Refusal::NeedsNetwork,
                CallFailure::NotOurs => Refusal::NotOurOffice,
                CallFailure::Busy => Refusal::Busy,
                CallFailure::Forbidden => Refusal::Forbidden,
                CallFailure::Objected(objection) => Refusal::Managed(objection),
            }),
        };
        effects.push(Effect::Answer { seq, answer });
    }
}
