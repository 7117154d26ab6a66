//! Phần còn giữ: what a tablet of the community team keeps of a dossier whose matter is over, once the office has had it
//! long enough. The content is gone from here.
//!
//! From then on this device is no source of it: should the office be restored from a state before it, the dossier can come
//! back only from the office's own copies, the house's own phone or the officers' desks, not from here. That is why
//! nothing becomes a stub before [`RETENTION`] has passed since it was whole at the office and its receipt verified
//! here, and why a restore within it (another epoch) begins that time anew: the office's copies must be younger.

use automerge::{ActorId, Change, ChangeHash};
use dossier::id::DossierId;
use dossier::moment::Moment;
use dossier::view::StubView;
use serde::{Deserialize, Serialize};

use crate::receipt::{Epoch, Receipt};

/// How long the content stays after its receipt was verified here, in milliseconds of the office's clock.
pub const RETENTION: i64 = 7 * 86_400_000;

/// What is left of one dossier.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stub {
    /// Whose it was: "SP" for Sùng A Páo, the first person in it.
    pub initials: String,
    /// When the office first received it.
    pub received: Moment,
    /// The proof. It names nobody, and anybody can verify it.
    pub receipt: Receipt,
    /// The epoch of the office that had all of it.
    pub epoch: Epoch,
    /// Until when it was followed here, by the office's clock.
    pub followed: Moment,
    /// When the office did something about it after that, if it was heard.
    pub news: Option<Moment>,
    /// What its changes were called: a compact answer speaks of them by these names, and one that cannot be read holds up
    /// everything in it.
    pub names: Vec<Name>,
}

/// One change of what was here, by what frames call it; nothing of what it says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Name {
    actor: Vec<u8>,
    seq: u64,
    max_op: u64,
    hash: [u8; 32],
}

impl Name {
    /// What a change is called.
    pub fn of(change: &Change) -> Name {
        let (actor, hash) = (change.actor_id().to_bytes().to_vec(), change.hash().0);
        Name { actor, seq: change.seq(), max_op: change.max_op(), hash }
    }
}

impl Stub {
    /// What a page shows of it, at an office of this epoch.
    pub fn show(&self, dossier: DossierId, epoch: Epoch) -> StubView {
        StubView {
            dossier,
            number: self.receipt.number().to_string(),
            initials: self.initials.clone(),
            received: self.received,
            news: self.news,
            restored: self.epoch != epoch,
        }
    }

    /// The hash and the highest operation of a change that was called so.
    pub fn find(&self, actor: &ActorId, seq: u64) -> Option<(ChangeHash, u64)> {
        let called = |name: &&Name| name.seq == seq && name.actor == actor.to_bytes();
        self.names.iter().find(called).map(|name| (ChangeHash(name.hash), name.max_op))
    }

    /// What an act of this moment, told by an office of this epoch, is to it: `None` when it says nothing new. What came
    /// before the stub is told again after a restore; it was followed here.
    pub fn hears(&self, epoch: Epoch, at: Option<Moment>) -> Option<Option<Moment>> {
        let news = at.filter(|at| *at > self.followed).max(self.news);
        (news != self.news || epoch != self.epoch).then_some(news)
    }
}
