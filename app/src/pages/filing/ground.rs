//! On what ground a new dossier is filled in for somebody else.

use crate::device::Device;
use crate::text::filing as words;
use dossier::behalf::BehalfDraft;
use dossier::filing::intent::{FilingIntent, FormOf};
use dossier::intent::{Answer, Intent};
use dossier::procedure::Agency;
use dossier::view::House;

/// The ground as it was typed, and the house it is about.
#[derive(Clone)]
pub struct Ground {
    /// The ground.
    pub behalf: BehalfDraft,
    /// The house, if it is known.
    pub house: Option<House>,
}

impl Ground {
    /// The ground of this form; none for who files in their own duty, and for a dossier that is there.
    pub(super) async fn of(device: Device, form: &FormOf) -> Option<Ground> {
        let FormOf::New(procedure) = form else { return None };
        if device.who().with_untracked(|who| who.as_ref().is_none_or(|who| who.role.declares())) {
            return None;
        }
        match device.ask(Intent::Filing(FilingIntent::LoadGround(procedure.clone()))).await {
            Answer::Behalf(behalf, houses) => {
                let house = houses.into_iter().find(|house| Some(house.id) == behalf.house);
                Some(Ground { behalf: *behalf, house })
            }
            _ => None,
        }
    }

    /// For whom it is received, where this agency is another commune's.
    pub(super) fn received_for(&self, agency: Agency) -> Option<String> {
        let commune = self.house.as_ref().and_then(House::elsewhere);
        commune.map(|commune| words::received_for(&agency.in_commune(commune)))
    }

    /// Nobody has said yet for whom it is.
    pub(super) fn is_unsaid(&self) -> bool {
        self.behalf.giver.trim().is_empty()
    }
}
