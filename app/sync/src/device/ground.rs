//! Filing for somebody else: a notice goes with its ground, and a ground the office did not take is recorded anew.

use dossier::act::Act;
use dossier::behalf::{Basis, BehalfDraft, BehalfError, BehalfFault, BehalfField, Matter, TrackingCode};
use dossier::draft::StayDraft;
use dossier::filing::{Filing, FilingFault, FilingField, FilingTrouble};
use dossier::id::{DossierId, EstablishmentId};
use dossier::intent::{Answer, Refusal};
use dossier::moment::Moment;
use dossier::procedure::ProcedureId;

use super::edit::{Outcome, answered};
use super::{Batch, Open};
use crate::dice::Dice;
use crate::frame::ActId;
use crate::record::Record;

impl Open {
    /// A new notice for somebody else: notice and ground are kept together, or neither is.
    pub(super) fn submit_for(&mut self, now: Moment, dice: &mut Dice, draft: &StayDraft) -> Outcome {
        let least = self.office.last_contact.unwrap_or_default();
        let now_there = self.corrected(now).max(least);
        let notice = match draft.parse(now_there) {
            Ok(notice) => notice,
            Err(faults) => return Outcome::Answer(Answer::Faults(faults)),
        };
        let behalf = self.drafts.behalf().cloned().unwrap_or_default();
        let (house, basis) = match behalf.parse(now_there, &self.member.membership.name, Matter::StayNotice) {
            Ok(sound) => sound,
            Err(faults) => return Outcome::Answer(Answer::BehalfFaults(faults)),
        };
        let mut outcome = self.begin(now, dice, house, notice, Some(basis));
        if let Outcome::Batch(batch) = &mut outcome {
            batch.drafts = Some(self.drafts.without(None));
        }
        outcome
    }

    /// For which house a new dossier of this procedure is, and on what ground; none for who files in their own duty.
    pub(super) fn filing_ground(
        &self,
        now: Moment,
        procedure: &ProcedureId,
    ) -> Result<(EstablishmentId, Option<Basis>), Outcome> {
        if self.role().declares() {
            let house = self.member.membership.establishment.as_ref().map(|house| (house.id, None));
            return house.ok_or(Outcome::Answer(Answer::Refused(Refusal::Forbidden)));
        }
        let now = self.corrected(now).max(self.office.last_contact.unwrap_or_default());
        let behalf = self.forms.ground(procedure).cloned().unwrap_or_default();
        let sound = behalf.parse(now, &self.member.membership.name, Matter::Filing);
        let (house, basis) = sound.map_err(|faults| Outcome::Answer(Answer::BehalfFaults(faults)))?;
        Ok((house, Some(basis)))
    }

    /// Why this dossier cannot be filed on this ground.
    pub(super) fn uncovered(&self, now: Moment, basis: &Basis, filing: &Filing) -> Option<BehalfError> {
        let today = self.corrected(now).max(self.office.last_contact.unwrap_or_default()).day();
        let covers = basis.covers(filing, self.pinned(&filing.version)?, today);
        covers.err()
    }

    /// The same for a form, said where it can be seen: beside the birth that says so.
    pub(super) fn turned_back(
        &self,
        now: Moment,
        basis: Option<&Basis>,
        filing: &Filing,
    ) -> Option<FilingFault> {
        let trouble = FilingTrouble::Ground(self.uncovered(now, basis?, filing)?);
        Some(FilingFault { at: "birth".parse().map_or(FilingField::People, FilingField::Answer), trouble })
    }

    /// The ground of a notice that is here, recorded anew: what was typed of the notice goes again, as it stands. The code
    /// the person follows it by stays the one on their slip.
    pub(super) fn ground_again(&self, now: Moment, dice: &mut Dice, id: DossierId) -> Outcome {
        let Some(held) = self.replica.cases.get(&id) else {
            return Outcome::Answer(Answer::Refused(Refusal::Unknown));
        };
        let least = self.office.last_contact.unwrap_or_default();
        let typed = self.drafts.behalf().cloned().unwrap_or_default();
        let behalf = BehalfDraft { house: Some(held.establishment), ..typed };
        let matter = if held.filing().is_ok() { Matter::Filing } else { Matter::StayNotice };
        let there = self.corrected(now).max(least);
        let basis = match behalf.parse(there, &self.member.membership.name, matter) {
            Ok((_, basis)) => basis,
            Err(faults) => return Outcome::Answer(Answer::BehalfFaults(faults)),
        };
        if let Some(error) = held.filing().ok().and_then(|filing| self.uncovered(now, &basis, filing)) {
            let fault = BehalfFault::Record(BehalfField::Giver, error);
            return Outcome::Answer(Answer::BehalfFaults(vec![fault]));
        }
        let before = held.refused.iter().map(|refused| &refused.act).find_map(|act| match act {
            Act::OnBehalf { tracking, .. } => Some(*tracking),
            _ => None,
        });
        let tracking = before.unwrap_or_else(|| TrackingCode::roll(dice.bytes()));
        let ground = Act::OnBehalf { basis: Box::new(basis), tracking };
        let ground = Record::Pending { dossier: id, id: ActId(dice.bytes()), act: ground, at: now };
        let mut records = vec![Record::PutAway(id), ground];
        // What somebody of the house has handed in meanwhile stands there: a second time it would only be turned back.
        let heads = held.history.heads();
        if !held.has_ordered(self.office.epoch, ActId::of_submission(&heads)) {
            records.extend(self.handed_in(now, id, heads));
        }
        let drafts = Some(self.drafts.off_ground());
        Outcome::Batch(Box::new(Batch { records, drafts, sync: true, ..answered(Answer::Saved(id)) }))
    }
}
