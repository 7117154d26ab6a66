//! Changes in few bytes: the operations of every change in columns, deflated with a preset dictionary. Automerge's
//! own encoder builds the chunks again on the other side.
//!
//! The sender proves before it sends: a change that does not come back byte for byte travels as its chunk. The
//! receiver proves before it keeps: a digest over every dossier and every rebuilt hash, all or nothing. So an error
//! here can cost bytes, never content; the answer to any [`CompactError`] is "send it plain".
//!
//! | part | bytes |
//! |---|---|
//! | version | `01` |
//! | dictionary | 1; 0 for none |
//! | digest | fixed 16 |
//! | dice | number, then bytes that do not deflate: handles 3 each, actors 5, dossiers 5, guests 4 |
//! | body | raw deflate, to the end |
//!
//! The body, every number LEB128, *z* = zigzag: shapes; count of handles; actors (0 and bytes, or handle + 1); count
//! of parcels; columns over parcels (handle, z(establishment − last), count of changes); columns over changes (actor
//! + 1, or 0 for a raw chunk; z(seq − last of this actor here − 1); dependencies: 0 for the actor's change before, or
//!   the seed, else count + 1 and actor, seq each; shape numbers + 1, 0 ends a change); the columns of each shape; raw
//!   chunks. `start_op` never travels: it is one above the dependencies.

use automerge::{ActorId, Change, ChangeHash};
use dossier::id::{DossierId, EstablishmentId};
use sha2::{Digest as _, Sha256};

use super::Parcel;
use crate::wire::{Reader, WireError, Writer};

pub mod acts;
mod column;
pub(crate) mod deflate;
mod dictionary;
pub mod numbers;
mod places;
mod read;
mod row;
mod shape;
pub mod taken;
mod texts;
pub mod trees;
mod write;

pub use dictionary::{Dictionary, NEWEST};

/// The version of this form.
const VERSION: u8 = 1;
/// Bytes of a device handle, and of the dice behind it in actors and dossiers.
const HANDLE: usize = 3;
const DOSSIER_DICE: usize = 5;
/// Codes of actors inside a change: its own, the seed's, and from here on the frame's table.
const ME: u64 = 0;
const SEED: u64 = 1;
const OTHERS: u64 = 2;
/// Most dependencies of a change that is told as rows.
const MOST_DEPS: usize = 64;

/// Why a compact section cannot be kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CompactError {
    /// More than a frame may stand for.
    #[error("too large")]
    TooLarge,
    /// The bytes do not parse.
    #[error("malformed")]
    Malformed,
    /// A version or dictionary this code has never heard of.
    #[error("unknown version or dictionary")]
    Version,
    /// A change follows one that is not known here.
    #[error("a dependency is missing")]
    Unknown {
        /// The dossier it belongs to.
        dossier: DossierId,
    },
    /// What was rebuilt is not what was sent.
    #[error("digest does not fit")]
    Digest,
}

impl From<WireError> for CompactError {
    fn from(_: WireError) -> CompactError {
        CompactError::Malformed
    }
}

/// What one section may stand for at most.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of the body once inflated.
    pub inflated: usize,
    /// Changes.
    pub changes: usize,
    /// Operations told as rows, a run of typed text as one.
    pub operations: usize,
    /// Bytes of all chunks.
    pub rebuilt: usize,
}

impl Limits {
    /// Twice what two thousand notices need.
    pub const FRAME: Limits =
        Limits { inflated: 1 << 20, changes: 8_000, operations: 100_000, rebuilt: 4 << 20 };

    /// Whether a body that tells these parcels stays within them.
    fn hold(&self, parcels: &[Parcel], body: &write::Body) -> bool {
        let chunks = || parcels.iter().flat_map(|parcel| &parcel.changes);
        body.plain.0.len() <= self.inflated
            && chunks().count() <= self.changes
            && body.operations <= self.operations
            && chunks().map(Vec::len).sum::<usize>() <= self.rebuilt
    }
}

/// A change by what it is called in a frame.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// Who made it.
    pub actor: ActorId,
    /// Which of theirs in this document.
    pub seq: u64,
    /// Its highest operation.
    pub max_op: u64,
}

impl Named {
    /// What a change is called.
    pub fn of(change: &Change) -> Named {
        Named { actor: change.actor_id().clone(), seq: change.seq(), max_op: change.max_op() }
    }
}

/// Parcels as a compact section. `known` names a dependency that the receiver has and the section does not carry;
/// a change whose dependency it cannot name travels as its chunk. `None` when a chunk is not a plain change, or when the
/// section would stand for more than its receiver takes ([`Limits::FRAME`]): who cannot read an answer asks for it again
/// and again. The parcels go plain then, and what does not fit a frame so is told in more of them.
pub fn encode(
    parcels: &[Parcel],
    dictionary: Dictionary,
    known: impl Fn(DossierId, &ChangeHash) -> Option<Named>,
) -> Option<Vec<u8>> {
    let body = write::body(parcels, dictionary, true, &known)?;
    if !Limits::FRAME.hold(parcels, &body) {
        return None;
    }
    let mut out = Writer(vec![VERSION, dictionary.number()]);
    out.raw(&body.digest);
    out.bytes(&body.dice);
    out.raw(&deflate::deflate(&body.plain.0, dictionary.bytes()));
    Some(out.0)
}

/// The parcels of a compact section, exactly as they were given to [`encode`]. `lookup` finds the hash and the
/// highest operation of a change that is here already; it must answer only for dossiers the sender may see.
///
/// # Errors
/// Nothing is kept unless everything fits: see [`CompactError`].
pub fn decode(
    bytes: &[u8],
    lookup: impl Fn(DossierId, &ActorId, u64) -> Option<(ChangeHash, u64)>,
    limits: &Limits,
) -> Result<Vec<Parcel>, CompactError> {
    let section = Section::open(bytes, limits)?;
    let (parcels, rebuilt) = read::parcels(section.dice, &section.body, section.dictionary, &lookup, limits)?;
    if rebuilt == section.digest { Ok(parcels) } else { Err(CompactError::Digest) }
}

/// The dossiers a section speaks of, for who must fetch what is known of them before [`decode`]. Nothing is proven
/// yet.
///
/// # Errors
/// See [`CompactError`].
pub fn dossiers(bytes: &[u8], limits: &Limits) -> Result<Vec<DossierId>, CompactError> {
    let section = Section::open(bytes, limits)?;
    read::dossiers(section.dice, &section.body, section.dictionary, limits)
}

/// A section whose body is inflated.
struct Section<'a> {
    dictionary: Dictionary,
    digest: [u8; 16],
    dice: &'a [u8],
    body: Vec<u8>,
}

impl<'a> Section<'a> {
    fn open(bytes: &'a [u8], limits: &Limits) -> Result<Section<'a>, CompactError> {
        let mut reader = Reader(bytes);
        if reader.byte()? != VERSION {
            return Err(CompactError::Version);
        }
        let dictionary = Dictionary::of(reader.byte()?).ok_or(CompactError::Version)?;
        let digest = reader.array()?;
        let dice = reader.bytes()?;
        let body = deflate::inflate(reader.0, dictionary.bytes(), limits.inflated)?;
        Ok(Section { dictionary, digest, dice, body })
    }
}

/// The body before it is deflated, without a dictionary: what a dictionary is made of.
pub fn sample(parcels: &[Parcel]) -> Option<Vec<u8>> {
    write::body(parcels, Dictionary::NONE, false, &|_, _| None).map(|body| body.plain.0)
}

/// The hash of a plain change chunk, without parsing it; `None` for anything else.
pub fn chunk_hash(raw: &[u8]) -> Option<[u8; 32]> {
    // Magic and checksum stand before what is hashed.
    let hashed = raw.get(8..)?;
    (*hashed.first()? == 1).then(|| Sha256::digest(hashed).into())
}

/// The hashes of the changes a plain change chunk follows on, without parsing the rest; `None` for anything else.
pub fn chunk_deps(raw: &[u8]) -> Option<Vec<[u8; 32]>> {
    let mut reader = Reader(raw.get(8..)?);
    (reader.byte().ok()? == 1).then_some(())?;
    reader.number().ok()?;
    let count = reader.count(32).ok()?;
    (0..count).map(|_| reader.array().ok()).collect()
}

/// The digest over what a section says: a right change in a wrong dossier is wrong.
struct Digest(Sha256);

impl Default for Digest {
    fn default() -> Digest {
        Digest(Sha256::new().chain_update(b"bankhai compact v1"))
    }
}

impl Digest {
    fn parcel(&mut self, dossier: DossierId, establishment: EstablishmentId, changes: usize) {
        self.0.update(dossier.0);
        self.0.update(establishment.0.to_be_bytes());
        self.0.update((changes as u64).to_be_bytes());
    }

    fn change(&mut self, hash: &ChangeHash) {
        self.0.update(hash.0);
    }

    fn end(self) -> [u8; 16] {
        let whole: [u8; 32] = self.0.finalize().into();
        std::array::from_fn(|place| whole[place])
    }
}

fn zigzag(value: i64) -> u64 {
    ((value << 1) ^ (value >> 63)) as u64
}

fn signed(value: u64) -> i64 {
    (value >> 1) as i64 ^ -((value & 1) as i64)
}
