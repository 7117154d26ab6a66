//! One exchange: the frame that goes up and the frame that comes down. README.md beside this crate describes
//! every byte for a client written elsewhere.
//!
//! A frame is magic, version, direction, a head, sections until the end, and upwards one device signature over
//! all that comes before it. A reader skips no section it does not know: versions are negotiated, not guessed.

use std::collections::BTreeMap;

use automerge::{ActorId, ChangeHash};
use dossier::act::Heads;
use dossier::id::{DeviceHandle, DossierId, EstablishmentId};
use dossier::moment::Moment;
use sha2::{Digest, Sha256};

use crate::case::History;
use crate::receipt::Epoch;
use crate::wire::{Reader, WireError, Writer};

pub mod compact;
pub mod down;
mod facts;
mod issued;
pub mod up;

use compact::Named;

/// The first two bytes of every frame.
pub const MAGIC: [u8; 2] = *b"BK";
/// The newest version this code speaks.
pub const VERSION: u8 = 1;
/// Most bytes of one frame, each way.
pub const MOST_BYTES: usize = 256 * 1024;
/// The content type of both directions; any other answer is not the office (a captive portal).
pub const CONTENT_TYPE: &str = "application/vnd.bankhai.frame";

/// Kinds of sections, reserved from the first day.
pub(crate) mod kind {
    /// Changes as raw Automerge chunks.
    pub const CHANGES_PLAIN: u8 = 1;
    /// Changes as columns of operations: [`super::compact`].
    pub const CHANGES_COMPACT: u8 = 2;
    /// Acts of this device.
    pub const ACTS: u8 = 3;
    /// A bundle sealed to the office's box key (reserved).
    #[expect(dead_code, reason = "reserved: refused until it is spoken")]
    pub const SEALED: u8 = 4;
    /// Receipts: upwards offered again to a restored office, downwards for another device of the house.
    pub const RECEIPTS: u8 = 5;
    /// The office's verdict on each dossier and act.
    pub const VERDICTS: u8 = 6;
    /// Receipts issued for this exchange.
    pub const ISSUED: u8 = 7;
    /// Acts as the office has ordered them.
    pub const RECORDED: u8 = 8;
    /// Numbers and times of receipts, for officers.
    pub const NUMBERED: u8 = 9;
    /// Cursors after this exchange.
    pub const CURSORS: u8 = 10;
    /// Facts about houses and the commune.
    pub const FACTS: u8 = 11;
    /// Acts of this device, told by the changes of the same frame.
    pub const ACTS_COMPACT: u8 = 12;
    /// Ordered acts, told by the changes of the same frame.
    pub const RECORDED_COMPACT: u8 = 13;
    /// Ordered acts of the frame that is answered; what no verdict speaks of is accepted.
    pub const TAKEN: u8 = 14;
    /// Numbers, told by the changes of the same frame.
    pub const NUMBERED_COMPACT: u8 = 15;
    /// Receipts as whole trees.
    pub const RECEIPTS_COMPACT: u8 = 16;
    /// Where the person belongs: only for a device that says it reads this.
    pub const SEAT: u8 = 17;
    /// Upwards which procedures are known, downwards the procedures: [`crate::catalogue`].
    pub const CATALOGUE: u8 = 18;
}

/// What an exchange is about: a log of the office.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
pub enum Scope {
    /// All notices of one establishment.
    Establishment(EstablishmentId),
    /// All notices of one commune.
    Commune(dossier::id::CommuneCode),
    /// All dossiers one account has filed, for itself or for others.
    Account(dossier::id::AccountId),
}

/// What a device has seen of a scope's log: everything up to `low`, and everything in `(from, to]`. Answers come
/// newest first, so a slice that was cut leaves a hole that the next exchange fills.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Have {
    /// Everything up to here.
    pub low: u64,
    /// And everything after here …
    pub from: u64,
    /// … up to here.
    pub to: u64,
}

impl Have {
    /// Everything up to `top`, no hole.
    pub fn all(top: u64) -> Have {
        Have { low: top, from: top, to: top }
    }

    /// Whether a log number has been seen.
    pub fn holds(&self, number: u64) -> bool {
        number <= self.low || (self.from < number && number <= self.to)
    }

    /// Whether nothing is missing below the newest number seen.
    pub fn is_whole(&self) -> bool {
        self.from <= self.low
    }
}

/// Changes of one dossier.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parcel {
    /// The dossier.
    pub dossier: DossierId,
    /// The establishment it is about.
    pub establishment: EstablishmentId,
    /// Raw change chunks, each after what it depends on.
    pub changes: Vec<Vec<u8>>,
}

/// Eight bytes that make an act, repeated, the same act: random, or a submission's own name.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize,
)]
pub struct ActId(pub [u8; 8]);

impl ActId {
    /// What a device calls the submission of new content: heads that nobody has handed in before name it as well as
    /// dice would, and a compact frame need not tell it (measured: eight bytes an act).
    pub fn of_submission(heads: &Heads) -> ActId {
        let mut digest = Sha256::new().chain_update(b"bankhai submission v1");
        heads.0.iter().for_each(|head| digest.update(head));
        let whole: [u8; 32] = digest.finalize().into();
        ActId(std::array::from_fn(|place| whole[place]))
    }
}

/// What both sides have of a dossier already: a change that follows on it need not bring it along, nor travel as its
/// chunk.
pub trait Shared {
    /// What a change is called, if the reader of the frame has it.
    fn name(&self, dossier: DossierId, hash: &ChangeHash) -> Option<Named>;
    /// The hash and the highest operation of a change that is called so, if it is here.
    fn find(&self, dossier: DossierId, actor: &ActorId, seq: u64) -> Option<(ChangeHash, u64)>;
}

/// Nothing is shared: every frame stands by itself.
impl Shared for () {
    fn name(&self, _: DossierId, _: &ChangeHash) -> Option<Named> {
        None
    }

    fn find(&self, _: DossierId, _: &ActorId, _: u64) -> Option<(ChangeHash, u64)> {
        None
    }
}

impl Shared for BTreeMap<DossierId, History> {
    fn name(&self, dossier: DossierId, hash: &ChangeHash) -> Option<Named> {
        self.get(&dossier)?.name(hash)
    }

    fn find(&self, dossier: DossierId, actor: &ActorId, seq: u64) -> Option<(ChangeHash, u64)> {
        self.get(&dossier)?.find(actor, seq)
    }
}

/// Why a frame cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FrameError {
    /// Larger than a frame may be.
    #[error("too large")]
    TooLarge,
    /// Not our magic: somebody else answered.
    #[error("not a frame")]
    NotAFrame,
    /// A version or section this code does not speak.
    #[error("unknown version or section")]
    Unknown,
    /// The bytes do not parse.
    #[error("malformed")]
    Malformed,
    /// A change follows one that is neither in the frame nor here.
    #[error("a dependency is missing")]
    Dependency,
    /// The device's signature does not fit.
    #[error("signature does not fit")]
    Signature,
}

impl From<WireError> for FrameError {
    fn from(_: WireError) -> FrameError {
        FrameError::Malformed
    }
}

impl From<postcard::Error> for FrameError {
    fn from(_: postcard::Error) -> FrameError {
        FrameError::Malformed
    }
}

/// Opens a frame of this direction: what is left after magic, version and direction.
fn open(bytes: &[u8], direction: u8) -> Result<Reader<'_>, FrameError> {
    if bytes.len() > MOST_BYTES {
        return Err(FrameError::TooLarge);
    }
    let mut reader = Reader(bytes);
    if reader.array::<2>().map_err(|_| FrameError::NotAFrame)? != MAGIC {
        return Err(FrameError::NotAFrame);
    }
    if reader.byte()? != VERSION || reader.byte()? != direction {
        return Err(FrameError::Unknown);
    }
    Ok(reader)
}

fn begin(direction: u8) -> Writer {
    let mut out = Writer(MAGIC.to_vec());
    out.raw(&[VERSION, direction]);
    out
}

/// Writes a section unless it is empty.
fn section(out: &mut Writer, kind: u8, count: usize, body: impl FnOnce(&mut Writer)) {
    if count > 0 {
        let mut section = Writer::default();
        section.number(count as u64);
        body(&mut section);
        out.raw(&[kind]);
        out.bytes(&section.0);
    }
}

/// How a frame tells changes and acts. Every office and device reads both.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Raw chunks: all that a client written elsewhere needs, and the way back when a compact frame was not taken.
    Plain,
    /// Columns of operations behind a dictionary: a fifth of the bytes.
    Compact,
}

/// Writes changes: compact if asked and possible, else plain.
fn write_parcels(out: &mut Writer, parcels: &[Parcel], form: Form, shared: &dyn Shared) {
    let compact = match form {
        Form::Compact if !parcels.is_empty() => {
            compact::encode(parcels, compact::Dictionary::LATEST, |dossier, hash| shared.name(dossier, hash))
        }
        _ => None,
    };
    match compact {
        Some(body) => {
            out.raw(&[kind::CHANGES_COMPACT]);
            out.bytes(&body);
        }
        None => section(out, kind::CHANGES_PLAIN, parcels.len(), |out| {
            parcels.iter().for_each(|parcel| parcel.write(out));
        }),
    }
}

/// Reads compact changes. What a change rests on is in the same frame, or shared already.
fn read_compact(body: &[u8], shared: &dyn Shared) -> Result<Vec<Parcel>, FrameError> {
    let find = |dossier, actor: &ActorId, seq| shared.find(dossier, actor, seq);
    compact::decode(body, find, &compact::Limits::FRAME).map_err(|error| match error {
        compact::CompactError::Unknown { .. } => FrameError::Dependency,
        _ => FrameError::Malformed,
    })
}

/// Reads a section's things one by one.
fn things<'a, T>(
    section: &mut Reader<'a>,
    least: usize,
    mut read: impl FnMut(&mut Reader<'a>) -> Result<T, FrameError>,
) -> Result<Vec<T>, FrameError> {
    let count = section.count(least)?;
    let mut things = Vec::with_capacity(count);
    for _ in 0..count {
        things.push(read(section)?);
    }
    Ok(things)
}

impl Parcel {
    fn write(&self, out: &mut Writer) {
        out.raw(&self.dossier.0);
        out.number(self.establishment.0.into());
        out.number(self.changes.len() as u64);
        for change in &self.changes {
            out.bytes(change);
        }
    }

    fn read(reader: &mut Reader<'_>) -> Result<Parcel, FrameError> {
        let dossier = DossierId(reader.array()?);
        let establishment = EstablishmentId(reader.fit()?);
        let changes = things(reader, 1, |reader| Ok(reader.bytes()?.to_vec()))?;
        Ok(Parcel { dossier, establishment, changes })
    }
}

impl Scope {
    fn write(self, out: &mut Writer) {
        match self {
            Scope::Establishment(id) => {
                out.raw(&[0]);
                out.number(id.0.into());
            }
            Scope::Commune(code) => {
                out.raw(&[1]);
                out.number(code.0.into());
            }
            Scope::Account(id) => {
                out.raw(&[2]);
                out.number(u64::from(id.0));
            }
        }
    }

    fn read(reader: &mut Reader<'_>) -> Result<Scope, FrameError> {
        match reader.byte()? {
            0 => Ok(Scope::Establishment(EstablishmentId(reader.fit()?))),
            1 => Ok(Scope::Commune(dossier::id::CommuneCode(reader.fit()?))),
            2 => Ok(Scope::Account(dossier::id::AccountId(reader.fit()?))),
            _ => Err(FrameError::Unknown),
        }
    }
}

impl Have {
    fn write(self, out: &mut Writer) {
        out.number(self.low);
        // One byte when there is no hole, and the top needs no bytes of its own.
        out.number(self.to.saturating_sub(self.low));
        if self.to > self.low {
            out.number(self.from.saturating_sub(self.low));
        }
    }

    fn read(reader: &mut Reader<'_>) -> Result<Have, FrameError> {
        let low = reader.number()?;
        let above = reader.number()?;
        let from = if above > 0 { reader.number()? } else { 0 };
        let add = |more: u64| low.checked_add(more).ok_or(FrameError::Malformed);
        let have = Have { low, from: add(from)?, to: add(above)? };
        if have.from <= have.to { Ok(have) } else { Err(FrameError::Malformed) }
    }
}

fn write_moment(out: &mut Writer, moment: Moment) {
    out.number(moment.0.max(0) as u64);
}

fn read_moment(reader: &mut Reader<'_>) -> Result<Moment, FrameError> {
    Ok(Moment(reader.fit()?))
}

fn write_postcard(out: &mut Writer, value: &impl serde::Serialize) {
    out.bytes(&postcard::to_allocvec(value).expect("plain data"));
}

fn read_postcard<T: serde::de::DeserializeOwned>(reader: &mut Reader<'_>) -> Result<T, FrameError> {
    let bytes = reader.bytes()?;
    let (value, rest) = postcard::take_from_bytes(bytes)?;
    if rest.is_empty() { Ok(value) } else { Err(FrameError::Malformed) }
}

/// The device and the epoch an upward frame speaks of, before its signature is checked.
pub fn sender(bytes: &[u8]) -> Result<(DeviceHandle, Epoch), FrameError> {
    let mut reader = open(bytes, up::DIRECTION)?;
    Ok((DeviceHandle(reader.array()?), Epoch(reader.array()?)))
}
