//! Phi địa giới: for which places a desk receives, and who received and who decides a dossier of two communes.

use dossier::act::received_at;
use dossier::filing::view::Elsewhere;
use dossier::moment::Moment;
use dossier::procedure::{Procedure, ProcedureId, in_force};
use dossier::view::House;

use super::Open;
use crate::replica::Held;

impl Open {
    /// The houses a dossier of this procedure may be about: those of another commune only where it is received anywhere.
    pub(super) fn houses_for(&self, now: Moment, procedure: &ProcedureId) -> Vec<House> {
        let today = self.corrected(now).day();
        let procedure = in_force(&self.catalogue.procedures, procedure, today);
        let anywhere = procedure.is_some_and(Procedure::is_received_anywhere);
        let houses = self.office.facts.houses.iter();
        houses.filter(|house| anywhere || house.elsewhere().is_none()).cloned().collect()
    }

    /// Who received it and who decides, by the office's word, or as this desk has just begun it.
    pub(super) fn elsewhere(&self, held: &Held, procedure: Option<&Procedure>) -> Option<Elsewhere> {
        let membership = &self.member.membership;
        let recorded = received_at(held.acts.iter().map(|ordered| &ordered.recorded));
        let commune = self.house(held.establishment).and_then(House::elsewhere);
        let received = match (recorded, commune) {
            (Some((_, desk)), _) => desk.to_owned(),
            (None, Some(_)) => membership.agency.clone(),
            (None, None) => return None,
        };
        let decides = procedure?.agency.in_commune(commune.unwrap_or(&membership.commune_name));
        Some(Elsewhere { received, decides })
    }
}
