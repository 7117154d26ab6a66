//! An official form of a dossier: the office makes the file, and it is kept nowhere here.

use std::collections::BTreeMap;

use dossier::filing::draft::FilingDraft;
use dossier::filing::intent::FilingAnswer;
use dossier::filing::printed::Printed;
use dossier::id::DossierId;
use dossier::intent::{Answer, Refusal};
use dossier::moment::Moment;

use super::looks::why;
use super::{Device, Effect, Stage};
use crate::dice::Dice;
use crate::printed::{self, is_file};
use crate::request::{CallFailure, Heard, read};

/// Forms pages may wait for at once.
const MOST_PRINTS: usize = 8;

/// The pages' questions for a form, by the errand they wait for.
#[derive(Default)]
pub(super) struct Prints(BTreeMap<u64, u32>);

/// What is to be printed.
pub(super) enum Wanted<'a> {
    /// A form of a dossier.
    Form(DossierId, Printed),
    /// The declaration as far as it was typed.
    Draft(&'a FilingDraft),
}

impl Device {
    /// Asks the office for a form.
    pub(super) fn print(
        &mut self,
        now: Moment,
        dice: &mut Dice,
        seq: u32,
        wanted: &Wanted<'_>,
        effects: &mut Vec<Effect>,
    ) {
        let Stage::Open(open) = &self.stage else { return };
        let refused = |refusal| Effect::Answer { seq, answer: Answer::Refused(refusal) };
        if matches!(wanted, Wanted::Form(dossier, _) if !open.replica.cases.contains_key(dossier)) {
            return effects.push(refused(Refusal::Unknown));
        }
        if self.prints.0.len() >= MOST_PRINTS {
            return effects.push(refused(Refusal::Busy));
        }
        self.exchanges += 1;
        let handle = open.handle().to_string();
        let sender = open.sender(&handle, now, dice);
        let call = match wanted {
            Wanted::Form(dossier, form) => printed::call(sender, *dossier, *form),
            Wanted::Draft(draft) => printed::draft(sender, draft),
        };
        effects.push(Effect::Errand { id: self.exchanges, call });
        self.prints.0.insert(self.exchanges, seq);
    }

    /// The answer to an errand about a form; `false` when it was about something else.
    pub(super) fn form_told(
        &mut self,
        (id, heard): (u64, &Result<Heard, CallFailure>),
        effects: &mut Vec<Effect>,
    ) -> bool {
        let Some(seq) = self.prints.0.remove(&id) else { return false };
        let answer = match heard {
            _ if !matches!(self.stage, Stage::Open(_)) => Answer::Refused(Refusal::Locked),
            Ok(heard) if heard.status == 200 && is_file(&heard.body) => {
                Answer::Filing(FilingAnswer::Printed(heard.body.clone()))
            }
            Ok(heard) => Answer::Refused(why(read::<()>(heard).err().unwrap_or(CallFailure::NotOurs))),
            Err(failure) => Answer::Refused(why(*failure)),
        };
        effects.push(Effect::Answer { seq, answer });
        true
    }
}
