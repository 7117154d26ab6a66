//! The gate: somebody else's change is measured before anything parses it.
//!
//! Measured reasons: a valid 261 KB compressed chunk opens to 1 GB; a 54-byte change whose counter stands near
//! 2³² bricks a document for everybody and for ever; damaged chunks panic at fourteen places of the library.
//! So: plain change chunks only, caps on bytes and on the run lengths of every column (a run of 2⁶⁰ is two bytes
//! long), then the parse under `catch_unwind`, then seq, dependencies and counter against what is known.

use std::collections::{BTreeMap, HashMap};
use std::panic::{AssertUnwindSafe, catch_unwind};

use automerge::{ActorId, Change, ChangeHash};

use crate::wire::{Reader, WireError};

/// Most bytes of one change: one value may hold 64 KiB.
pub const MOST_BYTES: usize = 66 * 1024;
/// Most operations of one change.
pub const MOST_OPS: u64 = 500;
/// Most changes of one dossier.
pub const MOST_CHANGES: usize = 2_000;

const MAGIC: [u8; 4] = [0x85, 0x6f, 0x4a, 0x83];
const PLAIN_CHANGE: u8 = 1;

/// Why a change does not pass.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum GateError {
    /// Larger than one change may be.
    #[error("too large")]
    TooLarge,
    /// Not a plain change chunk, or a damaged one.
    #[error("malformed")]
    Malformed,
    /// A dependency has not arrived yet.
    #[error("a dependency is missing")]
    MissingDependency,
    /// Sequence or counter do not follow what is known.
    #[error("does not follow")]
    DoesNotFollow,
}

impl From<WireError> for GateError {
    fn from(_: WireError) -> GateError {
        GateError::Malformed
    }
}

/// Reads one change from somebody else's bytes.
pub fn parse(raw: &[u8]) -> Result<Change, GateError> {
    measure(raw)?;
    // The library is known to panic on damaged chunks; the server's profile unwinds, a worker may die and is
    // started again.
    catch_unwind(AssertUnwindSafe(|| Change::from_bytes(raw.to_vec())))
        .map_err(|_| GateError::Malformed)?
        .map_err(|_| GateError::Malformed)
}

/// Caps on bytes and run lengths, without parsing an operation.
fn measure(raw: &[u8]) -> Result<(), GateError> {
    if raw.len() > MOST_BYTES {
        return Err(GateError::TooLarge);
    }
    let mut reader = Reader(raw);
    if reader.array::<4>()? != MAGIC {
        return Err(GateError::Malformed);
    }
    reader.take(4)?; // checksum: the parse verifies it
    if reader.byte()? != PLAIN_CHANGE || reader.number()? != reader.0.len() as u64 {
        return Err(GateError::Malformed);
    }
    for _ in 0..reader.count(32)? {
        reader.take(32)?; // dependencies
    }
    reader.bytes()?; // actor
    reader.number()?; // seq
    reader.number()?; // start_op
    reader.number()?; // time: a signed LEB128 is as long as an unsigned one
    reader.bytes()?; // message
    for _ in 0..reader.count(1)? {
        reader.bytes()?; // other actors
    }
    let mut columns = Vec::new();
    for _ in 0..reader.count(2)? {
        columns.push((reader.number()?, reader.fit::<usize>()?));
    }
    for (spec, length) in columns {
        let column = reader.take(length)?;
        if spec & 0b1000 != 0 {
            return Err(GateError::Malformed); // a compressed column
        }
        measure_column((spec & 0b111) as u8, column)?;
    }
    Ok(())
}

/// No column may stand for more than [`MOST_OPS`] values, or four times that for predecessors.
fn measure_column(kind: u8, column: &[u8]) -> Result<(), GateError> {
    const BOOLEAN: u8 = 4;
    const STRING: u8 = 5;
    const RAW_VALUES: u8 = 7;
    let mut reader = Reader(column);
    let mut values = 0u64;
    let add = |count: u64, values: &mut u64| {
        *values = values.saturating_add(count);
        if *values > MOST_OPS * 4 { Err(GateError::TooLarge) } else { Ok(()) }
    };
    if kind == RAW_VALUES {
        return Ok(());
    }
    while !reader.0.is_empty() {
        if kind == BOOLEAN {
            let count = reader.number()?;
            add(count, &mut values)?;
            continue;
        }
        let count = signed(&mut reader)?;
        match count {
            0 => add(reader.number()?, &mut values)?, // a run of nulls
            1.. => {
                add(count.unsigned_abs(), &mut values)?;
                value(kind == STRING, &mut reader)?;
            }
            literal => {
                add(literal.unsigned_abs(), &mut values)?;
                for _ in 0..literal.unsigned_abs() {
                    value(kind == STRING, &mut reader)?;
                }
            }
        }
    }
    Ok(())
}

fn value(string: bool, reader: &mut Reader<'_>) -> Result<(), GateError> {
    if string { reader.bytes().map(|_| ()) } else { signed(reader).map(|_| ()) }.map_err(GateError::from)
}

/// A signed LEB128 number of at most 64 bits.
fn signed(reader: &mut Reader<'_>) -> Result<i64, WireError> {
    let mut value = 0i64;
    for shift in (0..70).step_by(7) {
        let byte = reader.byte()?;
        if shift < 64 {
            value |= i64::from(byte & 0x7f) << shift;
        }
        if byte & 0x80 == 0 {
            if shift + 7 < 64 && byte & 0x40 != 0 {
                value |= -1 << (shift + 7);
            }
            return Ok(value);
        }
    }
    Err(WireError::Number)
}

/// What is known of a document's history: enough to judge what comes next without opening it.
#[derive(Clone, Debug, Default)]
pub struct Lineage {
    max_op: HashMap<ChangeHash, u64>,
    seq: BTreeMap<ActorId, u64>,
    heads: Vec<ChangeHash>,
    forked: bool,
}

impl Lineage {
    /// The lineage of a document that holds the seed only.
    pub fn seeded(seed: &Change) -> Lineage {
        let mut lineage = Lineage::default();
        lineage.take(seed);
        lineage
    }

    /// Whether the change is there already.
    pub fn knows(&self, hash: &ChangeHash) -> bool {
        self.max_op.contains_key(hash)
    }

    /// How many changes there are, the seed included.
    pub fn len(&self) -> usize {
        self.max_op.len()
    }

    /// Whether nothing is known, not even the seed.
    pub fn is_empty(&self) -> bool {
        self.max_op.is_empty()
    }

    /// Whether two changes were ever made without knowing of each other.
    pub fn has_forked(&self) -> bool {
        self.forked
    }

    /// The changes nothing follows yet, sorted.
    pub fn heads(&self) -> &[ChangeHash] {
        &self.heads
    }

    /// Whether this change may come next.
    pub fn admit(&self, change: &Change) -> Result<(), GateError> {
        if self.len() > MOST_CHANGES || change.len() as u64 > MOST_OPS {
            return Err(GateError::TooLarge);
        }
        let mut start = 0;
        for dependency in change.deps() {
            start = start.max(*self.max_op.get(dependency).ok_or(GateError::MissingDependency)?);
        }
        let seq = self.seq.get(change.actor_id()).copied().unwrap_or(0);
        let follows = change.seq() == seq + 1 && change.start_op().get() == start + 1;
        if follows && !change.is_empty() { Ok(()) } else { Err(GateError::DoesNotFollow) }
    }

    /// Takes a change that was admitted.
    pub fn take(&mut self, change: &Change) {
        self.max_op.insert(change.hash(), change.max_op());
        self.seq.insert(change.actor_id().clone(), change.seq());
        self.heads.retain(|head| !change.deps().contains(head));
        let place = self.heads.partition_point(|head| head < &change.hash());
        self.heads.insert(place, change.hash());
        self.forked |= self.heads.len() > 1;
    }
}
