//! Nộp riêng: devices that had not heard of each other handed in parts of one dossier. Each submission names what its device
//! had; whoever looks at the dossier sees all of it, and an officer decides on what is on the screen. So the office writes
//! down, with the submission that made it so, that all of it is handed in: two answers to one request are one answer, and
//! nobody has to press again before the work goes on.

use std::panic::{AssertUnwindSafe, catch_unwind};

use dossier::act::{Act, Heads};
use dossier::content::Content;
use dossier::id::DossierId;
use dossier::view::Rejection;

use super::{Bench, Known};
use crate::frame::ActId;
use crate::frame::up::SentAct;

impl Bench<'_> {
    /// Whether more is there than this submission names, and all of it together could be handed in by the same person: two
    /// parts may be sound, and their sum name one person twice.
    pub(super) fn joins(
        &self,
        (dossier, heads): (DossierId, &Heads),
        may: &impl Fn(&Self, &Known, &Content) -> Result<(), Rejection>,
    ) -> bool {
        let Some(known) = self.known.get(&dossier) else { return false };
        let whole = known.history.heads();
        if whole == *heads {
            return false;
        }
        let proof = catch_unwind(AssertUnwindSafe(|| known.proof_at(&whole)));
        matches!(proof, Ok(Some(Ok((said, _)))) if may(self, known, &said).is_ok())
    }
}

impl Known {
    /// What the office writes down after this submission; nothing where it named all there is, nor while a part of that was
    /// handed in by nobody, or turned back: that waits for its author.
    pub(super) fn together(&self, sent: &SentAct) -> Option<(ActId, Act)> {
        let Act::Submit { heads, channel, claimed_at, last_contact } = &sent.act else { return None };
        let whole = self.history.heads();
        if whole == *heads || !whole.0.iter().all(|head| self.was_handed_in(head)) {
            return None;
        }
        let id = self.name_of(sent.id, &whole);
        let (channel, claimed_at, last_contact) = (*channel, *claimed_at, *last_contact);
        Some((id, Act::Submit { heads: whole, channel, claimed_at, last_contact }))
    }

    fn was_handed_in(&self, head: &[u8; 32]) -> bool {
        self.acts.iter().any(
            |ordered| matches!(&ordered.recorded.act, Act::Submit { heads, .. } if heads.0.contains(head)),
        )
    }

    /// What a device would call it; where it was handed in before under that name, one that follows from both.
    fn name_of(&self, sent: ActId, whole: &Heads) -> ActId {
        let named = ActId::of_submission(whole);
        if self.acts.iter().all(|ordered| ordered.id != named) {
            return named;
        }
        ActId(std::array::from_fn(|at| named.0[at] ^ sent.0[at]))
    }
}
