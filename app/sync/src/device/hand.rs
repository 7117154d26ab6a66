//! A half-filled form that goes to another tablet of the team, or comes from one, without a network. Nothing typed is
//! lost when it stops half way: the one that gives keeps its form until it is told the slip, and the one that takes
//! shows that only once the form is on its disk.

use dossier::filing::hand::{Came, HandAnswer, HandIntent, HandTrouble, HandedView, Slip};
use dossier::filing::intent::{FilingAnswer, FormOf};
use dossier::intent::Answer;
use dossier::moment::Moment;
use dossier::procedure::{ProcedureId, in_force};

use super::edit::{Outcome, answered};
use super::{Batch, Open};
use crate::dice::Dice;
use crate::hand::bundle::Bundle;
use crate::hand::offer;
use crate::hand::parts::{PartError, Parts};
use crate::letterbox;

/// A form that is being taken in: the secret half of the key that was shown, and what the camera has seen.
pub(super) struct Taking {
    secret: [u8; 32],
    parts: Parts,
}

fn said(answer: HandAnswer) -> Answer {
    Answer::Filing(FilingAnswer::Hand(answer))
}

fn not(trouble: HandTrouble) -> Outcome {
    Outcome::Answer(said(HandAnswer::Not(trouble)))
}

impl Open {
    pub(super) fn hand(&mut self, now: Moment, dice: &mut Dice, intent: HandIntent) -> Outcome {
        match intent {
            HandIntent::Offer => {
                let secret = dice.bytes();
                let code = offer::write(&letterbox::public(&secret));
                self.taking = Some(Taking { secret, parts: Parts::default() });
                Outcome::Answer(said(HandAnswer::Offer(code)))
            }
            HandIntent::Seen(text) => self.take_in(now, &text).unwrap_or_else(not),
            HandIntent::Give(of, code) => {
                let codes = offer::read(&code).ok_or(HandTrouble::OtherCode);
                let codes = codes.and_then(|to| self.bundle(&of)?.seal(&to, dice));
                codes.map_or_else(not, |codes| Outcome::Answer(said(HandAnswer::Parts(codes))))
            }
            HandIntent::Given(of, typed) => self.given(now, &of, &typed).unwrap_or_else(not),
            HandIntent::TakeBack(slip) => self.take_back(slip).unwrap_or_else(not),
        }
    }

    /// What travels of the half-filled form of this procedure.
    fn bundle(&self, of: &ProcedureId) -> Result<Bundle, HandTrouble> {
        let form = FormOf::New(of.clone());
        let draft = &self.forms.of(&form).ok_or(HandTrouble::NoForm)?.draft;
        let again = self.forms.came(&form).map(|came| came.again.clone()).unwrap_or_default();
        Ok(Bundle::of(self.member.membership.commune, draft, self.forms.ground(of), &again))
    }

    /// One more part, and the form once it is the last.
    fn take_in(&mut self, now: Moment, text: &str) -> Result<Outcome, HandTrouble> {
        let taking = self.taking.as_mut().ok_or(HandTrouble::NoOffer)?;
        let progress = taking.parts.add(text).map_err(|error| match error {
            PartError::NotAPart => HandTrouble::OtherCode,
            PartError::NotWhole => HandTrouble::Damaged,
        })?;
        let Some(sealed) = taking.parts.whole() else {
            return Ok(Outcome::Answer(said(HandAnswer::Collected { have: progress.have, of: progress.of })));
        };
        let bundle = Bundle::open(&sealed, &taking.secret)?;
        let procedure = bundle.draft.version.procedure.clone();
        let before = self.forms.came(&FormOf::New(procedure.clone())).map(|came| came.slip);
        if before == Some(bundle.slip()) {
            // The very form came before, and its slip was not seen: what was typed since stays.
            self.taking = None;
            return Ok(Outcome::Answer(said(HandAnswer::Came(procedure, bundle.slip()))));
        }
        let untouched =
            before.is_some() && self.bundle(&procedure).map(|here| Some(here.slip())) == Ok(before);
        self.let_in(now, &bundle, untouched)?;
        // The key was for this once.
        self.taking = None;
        let slip = bundle.slip();
        let came = Came { slip, at: self.corrected(now), again: bundle.again };
        let forms = Some(self.forms.with_came(bundle.draft, bundle.ground, came));
        let answer = said(HandAnswer::Came(procedure, slip));
        Ok(Outcome::Batch(Box::new(Batch { forms, ..answered(answer) })))
    }

    /// Whether it can be gone on with here. A form that came and is `untouched` gives way to how it stands on the other now.
    fn let_in(&self, now: Moment, bundle: &Bundle, untouched: bool) -> Result<(), HandTrouble> {
        let version = &bundle.draft.version;
        let today = self.corrected(now).day();
        let current = in_force(&self.catalogue.procedures, &version.procedure, today);
        if self.pinned(version).is_none() || current.is_none() {
            return Err(HandTrouble::NoProcedure);
        }
        let house = bundle.ground.as_ref().and_then(|ground| ground.house);
        let known = |house| self.houses_for(now, &version.procedure).iter().any(|known| known.id == house);
        if bundle.commune != self.member.membership.commune || !house.is_none_or(known) {
            return Err(HandTrouble::OtherPlace);
        }
        if !untouched && self.forms.has_begun(&version.procedure) {
            return Err(HandTrouble::HasForm);
        }
        Ok(())
    }

    /// The other device shows this slip. It is that of the form as it is now, or nothing changes.
    fn given(&self, now: Moment, of: &ProcedureId, typed: &str) -> Result<Outcome, HandTrouble> {
        let slip = self.bundle(of)?.slip();
        if typed.parse() != Ok(slip) {
            return Err(HandTrouble::OtherSlip);
        }
        let forms = self.forms.handed_over(of, slip, self.corrected(now), self.office.last_contact);
        let forms = Some(forms.ok_or(HandTrouble::NoForm)?);
        Ok(Outcome::Batch(Box::new(Batch { forms, ..answered(Answer::Done) })))
    }

    fn take_back(&self, slip: Slip) -> Result<Outcome, HandTrouble> {
        if !self.forms.handed().iter().any(|handed| handed.slip == slip) {
            return Err(HandTrouble::NoForm);
        }
        let forms = Some(self.forms.taken_back(slip).ok_or(HandTrouble::HasForm)?);
        Ok(Outcome::Batch(Box::new(Batch { forms, ..answered(Answer::Done) })))
    }

    /// Those that are on another device, as a page lists them: the last first.
    pub(super) fn handed(&self) -> Vec<HandedView> {
        let title = |of: &ProcedureId| {
            let mut known = self.catalogue.procedures.iter();
            known.find(|known| known.id == *of).map_or_else(|| of.to_string(), |known| known.title.clone())
        };
        let handed = self.forms.handed().iter().rev();
        handed
            .map(|one| HandedView { slip: one.slip, title: title(&one.draft.version.procedure), at: one.at })
            .collect()
    }
}
