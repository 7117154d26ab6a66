//! Phi địa giới (Decree 118/2025/NĐ-CP, text not seen): the one-stop desk of any commune of the province receives what the
//! agency of another one decides, where the procedure allows it. Which desk that was the office writes down itself, once, out
//! of the grant the person holds that day: no device can say it.

use dossier::access::{Action, Locality, Resource, Role};
use dossier::act::{Act, received_at};
use dossier::id::CommuneCode;

use super::filing::Whose;
use super::{Bench, Caller, Known};
use crate::frame::up::SentAct;

impl Known {
    /// The commune whose one-stop desk received it, by the code of then; `None` where that is the competent one.
    pub fn received_at(&self) -> Option<CommuneCode> {
        received_at(self.acts.iter().map(|ordered| &ordered.recorded)).map(|(commune, _)| commune)
    }
}

impl Bench<'_> {
    /// Where the desk that received it lies today.
    pub(super) fn receiving_desk(&self, known: &Known) -> Option<Locality> {
        known.received_at().and_then(|commune| (self.commune_of)(commune))
    }

    /// Whether they receive anything at all for this place.
    pub(super) fn receives_for(&self, caller: &Caller, place: Locality) -> bool {
        caller.principal.receiving_for(&place, self.commune_of, self.now.day()).is_some()
    }

    /// In which role, and at which commune's desk, they receive a matter for this place.
    pub(super) fn receiving_for(
        &self,
        caller: &Caller,
        place: Locality,
        whose: Option<Whose>,
    ) -> Option<(Role, CommuneCode)> {
        let whose = whose.filter(|whose| whose.anywhere)?;
        let desk = caller.principal.receiving_for(&place, self.commune_of, self.now.day());
        desk.filter(|(role, _)| role.may(Action::for_another(Some(whose.agency))))
    }

    /// What the office writes down after this act, when the dossier is received with it for another commune.
    pub(super) fn received_elsewhere(
        &self,
        caller: &Caller,
        place: Locality,
        sent: &SentAct,
        known: &Known,
    ) -> Option<Act> {
        let whose = known.whose(self.procedures)?;
        if !matches!(sent.act, Act::OnBehalf { .. }) || known.received_at().is_some() {
            return None;
        }
        let action = Action::for_another(Some(whose.agency));
        let here = caller.principal.acting(action, Resource::At(place), self.now.day());
        let (_, commune) = self.receiving_for(caller, place, Some(whose)).filter(|_| here.is_none())?;
        Some(Act::ReceivedAt { commune, desk: caller.desk.clone() })
    }
}
