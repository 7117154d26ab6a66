//! What receipts prove of a dossier, and which of several numbers stands.

use dossier::act::{Act, Heads};
use dossier::moment::Moment;

use super::Held;
use crate::receipt::{Epoch, Receipt};

impl Held {
    /// What a submission says, if all its changes are here.
    pub fn content_of(&self, heads: &Heads) -> Option<[u8; 32]> {
        self.contents.get(heads).copied().flatten()
    }

    /// Whether nothing of it waits to be sent: this receipt speaks of what it says now, or the office has written down that
    /// all of it is handed in.
    pub fn is_proven_now(&self, receipt: &Receipt) -> bool {
        let now = self.history.heads();
        let is_whole = |act: &Act| matches!(act, Act::Submit { heads, .. } if *heads == now);
        self.content_of(&now) == Some(receipt.content)
            || self.acts.iter().any(|ordered| is_whole(&ordered.recorded.act))
    }

    /// Whether a receipt speaks of exactly a submission that is known here.
    pub fn proves(&self, receipt: &Receipt) -> bool {
        self.contents.values().flatten().any(|content| *content == receipt.content)
    }

    /// The receipt of the number that stands: the newest that speaks of exactly a submission known here; any other
    /// proves nothing.
    ///
    /// A dossier may have had several numbers: of a commune that was merged into another, of an office that was
    /// restored. An office that has given a new one issues no more receipts of the one before. So of those it tells
    /// itself one of its own life stands, and the newest, in whatever order they come; what only an office of before
    /// its restore has told may be newer and of a life that it has lost. As long as it has told none, the life told
    /// of last stands.
    pub fn receipt(&self) -> Option<&Receipt> {
        let proven = |receipt: &&Receipt| self.proves(receipt);
        let received = |receipt: &&Receipt| receipt.root.received_at;
        let own = |receipt: &&Receipt| (receipt.number_epoch == self.told_by, received(receipt));
        let (former, told) = self.receipts.split_at(self.former);
        told.iter().filter(proven).max_by_key(own).or_else(|| {
            let life = former.iter().rfind(proven)?.number_epoch;
            former.iter().filter(proven).filter(|receipt| receipt.number_epoch == life).max_by_key(received)
        })
    }

    /// When the office first received it. What a receipt has proven it proves for good: an office that was restored
    /// may give another number and a later time, and the earliest still counts.
    pub fn first_received(&self) -> Option<Moment> {
        let proven = self.receipts.iter().filter(|receipt| self.proves(receipt));
        proven.map(|receipt| receipt.root.received_at).min()
    }

    /// An office of this epoch speaks: what was told by another one was told by its former life.
    pub(super) fn hears(&mut self, epoch: Epoch) {
        if self.told_by != epoch {
            self.told_by = epoch;
            self.former = self.receipts.len();
        }
    }

    /// The office tells a receipt, perhaps once more.
    pub(super) fn told(&mut self, receipt: Receipt) {
        if let Some(place) = self.receipts.iter().position(|known| *known == receipt) {
            self.receipts.remove(place);
            self.former -= usize::from(place < self.former);
        }
        self.receipts.push(receipt);
    }
}
