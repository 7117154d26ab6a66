//! The officer's counts, and the houses of the commune.

use std::collections::BTreeSet;

use dossier::id::{DossierId, EstablishmentId};
use dossier::moment::Moment;
use dossier::status::Status;
use dossier::view::{CardState, Desk, House};

use super::Open;
use super::queue::{is_late, is_waiting};
use crate::replica::Held;

impl Open {
    /// A house by its number.
    pub(super) fn house(&self, id: EstablishmentId) -> Option<&House> {
        let facts = self.office.facts.houses.iter();
        facts.chain(&self.member.membership.establishment).find(|house| house.id == id)
    }

    /// The dossiers that are this desk's. Those of a village that went to another commune are kept, and shown no more,
    /// unless something done here is not at the office yet.
    pub(super) fn at_desk(&self) -> impl Iterator<Item = (&DossierId, &Held)> {
        let houses: BTreeSet<EstablishmentId> =
            self.office.facts.houses.iter().map(|house| house.id).collect();
        let told = self.office.facts.version > 0;
        let here =
            move |held: &Held| !told || houses.contains(&held.establishment) || !held.pending.is_empty();
        self.replica.cases.iter().filter(move |(_, held)| here(held))
    }

    pub(super) fn desk(&self, now: Moment) -> Desk {
        let today = self.corrected(now).day();
        let twins = self.twins();
        let mut desk = Desk::default();
        for (id, held) in self.at_desk() {
            // Also of a notice that was withdrawn meanwhile: that is why the tap was refused.
            desk.refused.extend(held.refused.iter().map(|refused| (*id, refused.why)));
            if let Some(card) = self.filing_card(now, *id, held) {
                desk.dossiers_waiting += u32::from(is_waiting(&card));
                desk.dossiers_late += u32::from(is_late(&card));
                desk.unsent += held.pending.len() as u32;
                continue;
            }
            let card = self.card(*id, held, &twins);
            if card.ended {
                continue;
            }
            let until = card.left.map_or(card.leave, |left| left.day());
            if card.arrive.day() <= today && (today < until || card.arrive.day() == today) {
                desk.tonight += card.guests.len() as u32;
            }
            desk.waiting += u32::from(matches!(held.status(), Status::Submitted { .. }));
            desk.late += u32::from(card.margin.is_some_and(|margin| margin < 0));
            desk.review += u32::from(matches!(card.state, CardState::Review(_)));
            desk.unsent += held.pending.len() as u32;
        }
        desk
    }
}
