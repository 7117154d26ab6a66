//! One dossier as a replica holds it: raw changes are the truth, what they say is a cache.

use std::sync::Arc;

use automerge::{ActorId, AutoCommit, Change, ChangeHash};
use dossier::act::Heads;
use dossier::content::Content;
use sha2::{Digest, Sha256};

use crate::document::{self, ReadError};
use crate::frame::compact::Named;
use crate::gate::{self, GateError, Lineage};

/// The version of [`projection_hash`]; part of every receipt.
pub const PROJECTION_VERSION: u16 = 1;

/// The changes of one document, in an order in which each follows what it depends on.
#[derive(Clone)]
pub struct History {
    // Shared: a history is cloned whole wherever something is tried on a scratch copy.
    changes: Vec<Arc<Change>>,
    lineage: Lineage,
}

impl Default for History {
    fn default() -> History {
        History::new()
    }
}

impl History {
    /// A document that holds the seed only.
    pub fn new() -> History {
        History { changes: Vec::new(), lineage: Lineage::seeded(document::seed_change()) }
    }

    /// Takes one change from somebody else's bytes. `Ok(None)` when it was there already: a repeat costs
    /// nothing.
    pub fn take(&mut self, raw: &[u8]) -> Result<Option<ChangeHash>, GateError> {
        self.admit(gate::parse(raw)?)
    }

    /// Takes one change of somebody else that the gate has parsed.
    pub fn admit(&mut self, change: Change) -> Result<Option<ChangeHash>, GateError> {
        let hash = change.hash();
        if self.lineage.knows(&hash) {
            return Ok(None);
        }
        self.lineage.admit(&change)?;
        self.lineage.take(&change);
        self.changes.push(Arc::new(change));
        Ok(Some(hash))
    }

    /// Takes a change this replica has just made or has read back from its own checked store.
    pub fn take_own(&mut self, change: Change) {
        if !self.lineage.knows(&change.hash()) {
            self.lineage.take(&change);
            self.changes.push(Arc::new(change));
        }
    }

    /// Whether two changes were ever made without knowing of each other.
    pub fn has_forked(&self) -> bool {
        self.lineage.has_forked()
    }

    /// Whether the change is there.
    pub fn knows(&self, hash: &ChangeHash) -> bool {
        self.lineage.knows(hash)
    }

    /// What a change is called, if it is there.
    pub fn name(&self, hash: &ChangeHash) -> Option<Named> {
        self.changes().find(|change| change.hash() == *hash).map(Named::of)
    }

    /// The hash and the highest operation of a change that is called so.
    pub fn find(&self, actor: &ActorId, seq: u64) -> Option<(ChangeHash, u64)> {
        let called = |change: &&Change| change.seq() == seq && change.actor_id() == actor;
        self.changes().find(called).map(|change| (change.hash(), change.max_op()))
    }

    /// The changes, without the seed.
    pub fn changes(&self) -> impl DoubleEndedIterator<Item = &Change> + ExactSizeIterator + Clone {
        self.changes.iter().map(Arc::as_ref)
    }

    /// The document, opened. The actor is the caller's to set before editing.
    pub fn open(&self) -> AutoCommit {
        document::of(self.changes()).expect("admitted changes follow one another")
    }

    /// The exact content now.
    pub fn heads(&self) -> Heads {
        Heads(self.lineage.heads().iter().map(|head| head.0).collect())
    }

    /// What the document says now.
    pub fn read(&self) -> Result<Content, ReadError> {
        document::read_changes(self.changes()).expect("admitted changes follow one another")
    }

    /// The document as it was at these heads, opened; `None` when one of them has not arrived.
    pub fn at(&self, heads: &Heads) -> Option<AutoCommit> {
        document::of(self.past(heads)?.into_iter()).ok()
    }

    /// What the document said at these heads; `None` when one of them has not arrived.
    pub fn read_at(&self, heads: &Heads) -> Option<Result<Content, ReadError>> {
        if *heads == self.heads() {
            return Some(self.read());
        }
        document::read_changes(self.past(heads)?.into_iter()).ok()
    }

    /// The changes behind these heads, each after what it depends on.
    fn past(&self, heads: &Heads) -> Option<Vec<&Change>> {
        let hashes: Vec<ChangeHash> = heads.0.iter().map(|hash| ChangeHash(*hash)).collect();
        if hashes.is_empty() || !hashes.iter().all(|hash| self.knows(hash)) {
            return None;
        }
        // Walk back from the heads; `changes` is in causal order, so one pass from the end is enough.
        let mut wanted = hashes;
        let mut past: Vec<&Change> = Vec::new();
        for change in self.changes().rev() {
            if wanted.contains(&change.hash()) {
                wanted.extend_from_slice(change.deps());
                past.push(change);
            }
        }
        past.reverse();
        Some(past)
    }

    /// The change that began the document: the one that follows the seed and nothing else.
    pub fn birth(&self) -> Option<ChangeHash> {
        let seed = document::seed_hash();
        self.changes().find(|change| change.deps() == [seed]).map(Change::hash)
    }
}

/// The digest of what a dossier says, version [`PROJECTION_VERSION`]: SHA-256 over its kind and the postcard form of
/// [`dossier::stay::Stay`] or [`dossier::filing::Filing`]. Two replicas that hold the same changes compute the same digest.
pub fn projection_hash(content: &Content) -> [u8; 32] {
    let (kind, bytes) = match content {
        Content::Stay(stay) => (&b"bankhai projection 1"[..], postcard::to_allocvec(stay)),
        Content::Filing(filing) => (&b"bankhai filing projection 1"[..], postcard::to_allocvec(filing)),
    };
    Sha256::new().chain_update(kind).chain_update(bytes.expect("plain data")).finalize().into()
}

/// What the document says at these heads, and its digest.
pub fn proof_at(history: &History, heads: &Heads) -> Option<Result<(Content, [u8; 32]), ReadError>> {
    let said = history.read_at(heads)?;
    Some(said.map(|content| {
        let hash = projection_hash(&content);
        (content, hash)
    }))
}
