//! What a device and its office both have.

use std::collections::BTreeSet;

use automerge::{ActorId, ChangeHash};
use dossier::id::DossierId;

use super::Replica;
use crate::frame::Shared;
use crate::frame::compact::Named;
use crate::papers::PaperDigest;
use crate::receipt::Epoch;

/// What a device and an office of one epoch share.
pub struct WithOffice<'a> {
    /// What the device has.
    pub replica: &'a Replica,
    /// The office's epoch.
    pub epoch: Epoch,
}

impl Shared for WithOffice<'_> {
    fn name(&self, dossier: DossierId, hash: &ChangeHash) -> Option<Named> {
        self.replica.cases.get(&dossier)?.name_at_office(self.epoch, hash)
    }

    fn find(&self, dossier: DossierId, actor: &ActorId, seq: u64) -> Option<(ChangeHash, u64)> {
        match self.replica.cases.get(&dossier) {
            Some(held) => held.history.find(actor, seq),
            None => self.replica.stub(dossier)?.find(actor, seq),
        }
    }
}

/// The pictures of one dossier that an office of one epoch has.
#[derive(Clone, Default)]
pub struct Pictures {
    epoch: Epoch,
    there: BTreeSet<PaperDigest>,
}

impl Pictures {
    /// These are at the office of this epoch; what another one had is not known of it.
    pub(super) fn arrived(&mut self, epoch: Epoch, pictures: Vec<PaperDigest>) {
        if self.epoch != epoch {
            self.epoch = epoch;
            self.there.clear();
        }
        self.there.extend(pictures);
    }

    /// Whether the office of this epoch has it.
    pub fn has(&self, epoch: Epoch, picture: &PaperDigest) -> bool {
        self.epoch == epoch && self.there.contains(picture)
    }
}
