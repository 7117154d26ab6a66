//! What a device and its office both have: what a frame may follow on.

use automerge::{ActorId, ChangeHash};
use dossier::id::DossierId;

use crate::frame::Shared;
use crate::frame::compact::Named;
use crate::receipt::Epoch;
use crate::replica::Replica;

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
        self.replica.cases.get(&dossier)?.history.find(actor, seq)
    }
}
