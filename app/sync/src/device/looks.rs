//! A picture of a page on the screen: from this device, or from the office. What is looked at is kept nowhere.

use std::collections::BTreeMap;

use dossier::filing::intent::{FilingAnswer, FilingIntent};
use dossier::id::DossierId;
use dossier::intent::{Answer, Refusal};
use dossier::moment::Moment;

use super::{Device, Effect, Stage};
use crate::dice::Dice;
use crate::papers::{self, PaperDigest};
use crate::request::{CallFailure, Heard, read};
use crate::slot::Slot;

/// Pictures a page may wait for at once.
const MOST_LOOKS: usize = 32;

/// What pages wait for.
#[derive(Default)]
pub(super) struct Looks(pub BTreeMap<u64, Look>);

#[derive(Clone)]
pub(super) struct Look {
    pub seq: u32,
    pub dossier: Option<DossierId>,
    pub digest: PaperDigest,
}

pub(super) fn shown(picture: Vec<u8>) -> Answer {
    Answer::Filing(FilingAnswer::Picture(picture))
}

impl Device {
    /// Shows a picture: from here, or from the office.
    pub(super) fn show_picture(
        &mut self,
        now: Moment,
        dice: &mut Dice,
        seq: u32,
        intent: &FilingIntent,
        effects: &mut Vec<Effect>,
    ) {
        let Stage::Open(open) = &self.stage else { return };
        let found = match intent {
            FilingIntent::Picture(id, page) => {
                let held = open.replica.cases.get(id);
                let filing = held.and_then(|held| held.filing().ok());
                let page = filing.and_then(|filing| filing.papers.get(page));
                page.map(|page| Look { seq, dossier: Some(*id), digest: page.digest })
            }
            FilingIntent::KeptPaper(page) => Some(Look { seq, dossier: None, digest: page.digest }),
            _ => None,
        };
        let refused = |refusal| Effect::Answer { seq, answer: Answer::Refused(refusal) };
        let Some(look) = found else { return effects.push(refused(Refusal::Unknown)) };
        if self.looks.0.len() >= MOST_LOOKS {
            return effects.push(refused(Refusal::Busy));
        }
        if !open.courier.kept.has(&look.digest) {
            return self.fetch(now, dice, look, effects);
        }
        self.exchanges += 1;
        let slot = Slot::Paper(look.digest);
        effects.push(Effect::Read { id: self.exchanges, place: open.place, slot });
        self.looks.0.insert(self.exchanges, look);
    }

    pub(super) fn fetch(&mut self, now: Moment, dice: &mut Dice, look: Look, effects: &mut Vec<Effect>) {
        let (Stage::Open(open), Some(dossier)) = (&self.stage, look.dossier) else {
            let locked = !matches!(self.stage, Stage::Open(_));
            let refusal = if locked { Refusal::Locked } else { Refusal::Unknown };
            return effects.push(Effect::Answer { seq: look.seq, answer: Answer::Refused(refusal) });
        };
        self.exchanges += 1;
        let call = open.sender(&open.handle().to_string(), now, dice).picture(dossier, look.digest);
        effects.push(Effect::Errand { id: self.exchanges, call });
        self.looks.0.insert(self.exchanges, look);
    }

    /// What the office says when it is asked for a picture: nothing is shown that is not what it is called.
    pub(super) fn looked(&self, look: &Look, heard: &Result<Heard, CallFailure>) -> Answer {
        let failure = match heard {
            _ if !matches!(self.stage, Stage::Open(_)) => return Answer::Refused(Refusal::Locked),
            Ok(heard) if heard.status == 200 && papers::digest(&heard.body) == look.digest => {
                return shown(heard.body.clone());
            }
            Ok(heard) => read::<()>(heard).err().unwrap_or(CallFailure::NotOurs),
            Err(failure) => *failure,
        };
        Answer::Refused(why(failure))
    }
}

/// What a page is told when the office did not give what was asked for.
pub(super) fn why(failure: CallFailure) -> Refusal {
    match failure {
        CallFailure::Unreachable => Refusal::NeedsNetwork,
        CallFailure::NotOurs => Refusal::NotOurOffice,
        CallFailure::Busy => Refusal::Busy,
        CallFailure::Forbidden => Refusal::Forbidden,
        CallFailure::Objected(_) => Refusal::Unknown,
    }
}
