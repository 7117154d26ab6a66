//! A frame body to parcels. Sizes are checked while parsing, before anything is built.

use std::collections::HashMap;

use automerge::{ActorId, ChangeHash};
use dossier::id::{DossierId, EstablishmentId};

use super::column;
use super::dictionary::Dictionary;
use super::row::{self, Cells, Home};
use super::shape::Table;
use super::{CompactError, DOSSIER_DICE, HANDLE, Limits, MOST_DEPS, signed};
use crate::frame::Parcel;
use crate::wire::{Reader, WireError};
use crate::{document, gate};

/// The longest actor a frame takes; ours have eight bytes.
const LONGEST_ACTOR: usize = 64;

/// Where a change of a dossier was looked up: its hash and its highest operation.
type Found = (ChangeHash, u64);
/// What the receiver knows: dossier, actor, seq.
type Lookup<'a> = &'a dyn Fn(DossierId, &ActorId, u64) -> Option<Found>;

/// How one change travels.
enum Head {
    Raw,
    Rows { actor: usize, seq: i64, deps: Deps },
}

enum Deps {
    Expected,
    Named(Vec<(u64, u64)>),
}

/// The parcels of a body, and the digest over what was rebuilt.
pub(super) fn parcels(
    dice: &[u8],
    body: &[u8],
    dictionary: Dictionary,
    lookup: Lookup<'_>,
    limits: &Limits,
) -> Result<(Vec<Parcel>, [u8; 16]), CompactError> {
    let (mut dice, mut reader) = (Reader(dice), Reader(body));
    let mut shapes = Table::new(dictionary.bytes());
    shapes.read(&mut reader)?;
    let actors = actors(&mut reader, &mut dice)?;
    let (mut parcels, counts) = outline(&mut reader, &mut dice, &actors.handles, limits)?;
    let heads = heads(&mut reader, counts.iter().sum(), limits)?;
    let ops = operations(&mut reader, &heads, shapes.shapes().len(), limits)?;
    let mut counted = vec![0; shapes.shapes().len()];
    ops.iter().flatten().for_each(|number| counted[*number] += 1);
    let mut cells = Vec::new();
    let mut budget = limits.rebuilt;
    for (shape, count) in shapes.shapes().iter().zip(counted) {
        cells.push(column::read(shape, count, &mut reader, &mut dice, &mut budget)?.into_iter());
    }
    dice.end()?;
    let mut build = Build { actors: actors.actors, lookup, limits, rebuilt: 0 };
    let mut heads = heads.into_iter();
    let mut ops = ops.into_iter();
    let mut digest = super::Digest::default();
    for (parcel, count) in parcels.iter_mut().zip(counts) {
        digest.parcel(parcel.dossier, parcel.establishment, count);
        let mut here = Here::new(parcel.dossier);
        for head in heads.by_ref().take(count) {
            let (hash, raw) = match head {
                Head::Raw => build.raw(reader.bytes()?, &mut here)?,
                Head::Rows { actor, seq, deps } => {
                    let ops = ops.next().unwrap_or_default();
                    let rows = ops.into_iter().filter_map(|number| {
                        let cells: Cells<'_> = cells.get_mut(number)?.next()?;
                        Some((shapes.shapes().get(number)?, cells))
                    });
                    build.rows(actor, seq, deps, rows, &mut here)?
                }
            };
            digest.change(&hash);
            parcel.changes.push(raw);
        }
    }
    reader.end()?;
    Ok((parcels, digest.end()))
}

/// The dossiers a body speaks of, without rebuilding anything.
pub(super) fn dossiers(
    dice: &[u8],
    body: &[u8],
    dictionary: Dictionary,
    limits: &Limits,
) -> Result<Vec<DossierId>, CompactError> {
    let (mut dice, mut reader) = (Reader(dice), Reader(body));
    Table::new(dictionary.bytes()).read(&mut reader)?;
    let actors = actors(&mut reader, &mut dice)?;
    let (parcels, _) = outline(&mut reader, &mut dice, &actors.handles, limits)?;
    Ok(parcels.into_iter().map(|parcel| parcel.dossier).collect())
}

struct Actors {
    handles: Vec<[u8; HANDLE]>,
    actors: Vec<ActorId>,
}

fn actors(reader: &mut Reader<'_>, dice: &mut Reader<'_>) -> Result<Actors, CompactError> {
    let mut handles = Vec::new();
    for _ in 0..reader.number()? {
        handles.push(dice.array()?);
    }
    let mut actors = Vec::new();
    for _ in 0..reader.count(1)? {
        let bytes = match reader.fit::<usize>()? {
            0 => reader.bytes()?.to_vec(),
            place => {
                let handle: &[u8; HANDLE] = handles.get(place - 1).ok_or(CompactError::Malformed)?;
                [&handle[..], dice.take(DOSSIER_DICE)?].concat()
            }
        };
        if bytes.len() > LONGEST_ACTOR {
            return Err(CompactError::TooLarge);
        }
        actors.push(ActorId::from(bytes));
    }
    Ok(Actors { handles, actors })
}

/// The parcels without their changes, and how many each has.
fn outline(
    reader: &mut Reader<'_>,
    dice: &mut Reader<'_>,
    handles: &[[u8; HANDLE]],
    limits: &Limits,
) -> Result<(Vec<Parcel>, Vec<usize>), CompactError> {
    let count = reader.count(3)?;
    let mut whose: Vec<[u8; HANDLE]> = Vec::new();
    for _ in 0..count {
        whose.push(*handles.get(reader.fit::<usize>()?).ok_or(CompactError::Malformed)?);
    }
    let mut parcels = Vec::new();
    let mut last = 0i64;
    for handle in whose {
        last = last.checked_add(signed(reader.number()?)).ok_or(CompactError::Malformed)?;
        let establishment = EstablishmentId(u32::try_from(last).map_err(|_| CompactError::Malformed)?);
        let dossier = DossierId::mint(dossier::id::DeviceHandle(handle), dice.array::<DOSSIER_DICE>()?);
        parcels.push(Parcel { dossier, establishment, changes: Vec::new() });
    }
    let mut counts = Vec::new();
    let mut sum = 0usize;
    for _ in 0..count {
        let changes = reader.count(1)?;
        sum = sum.saturating_add(changes);
        if changes > gate::MOST_CHANGES || sum > limits.changes {
            return Err(CompactError::TooLarge);
        }
        counts.push(changes);
    }
    Ok((parcels, counts))
}

fn heads(reader: &mut Reader<'_>, count: usize, limits: &Limits) -> Result<Vec<Head>, CompactError> {
    if count > limits.changes {
        return Err(CompactError::TooLarge);
    }
    let mut who = Vec::new();
    for _ in 0..count {
        who.push(reader.fit::<usize>()?);
    }
    let mut seqs = Vec::new();
    for _ in who.iter().filter(|who| **who > 0) {
        seqs.push(signed(reader.number()?));
    }
    let mut seqs = seqs.into_iter();
    let mut heads = Vec::new();
    for who in who {
        let Some(actor) = who.checked_sub(1) else {
            heads.push(Head::Raw);
            continue;
        };
        let deps = match reader.count(1)? {
            0 => Deps::Expected,
            more if more > MOST_DEPS + 1 => return Err(CompactError::TooLarge),
            more => {
                let mut named = Vec::new();
                for _ in 1..more {
                    named.push((reader.number()?, reader.number()?));
                }
                Deps::Named(named)
            }
        };
        heads.push(Head::Rows { actor, seq: seqs.next().ok_or(WireError::Short)?, deps });
    }
    Ok(heads)
}

/// Per change that is told as rows, the numbers of their shapes.
fn operations(
    reader: &mut Reader<'_>,
    heads: &[Head],
    shapes: usize,
    limits: &Limits,
) -> Result<Vec<Vec<usize>>, CompactError> {
    let mut all = Vec::new();
    let mut left = limits.operations;
    for _ in heads.iter().filter(|head| matches!(head, Head::Rows { .. })) {
        let mut ops = Vec::new();
        while let Some(number) = reader.fit::<usize>()?.checked_sub(1) {
            if number >= shapes {
                return Err(CompactError::Malformed);
            }
            ops.push(number);
            left = left.checked_sub(1).ok_or(CompactError::TooLarge)?;
            if ops.len() as u64 > gate::MOST_OPS {
                return Err(CompactError::TooLarge);
            }
        }
        all.push(ops);
    }
    Ok(all)
}

/// The changes of the parcel that is being built.
struct Here {
    dossier: DossierId,
    changes: HashMap<(ActorId, u64), Found>,
    seqs: HashMap<ActorId, u64>,
}

impl Here {
    fn new(dossier: DossierId) -> Here {
        let mut here = Here { dossier, changes: HashMap::new(), seqs: HashMap::new() };
        here.take(document::seed_change());
        here
    }

    fn take(&mut self, change: &automerge::Change) {
        let key = (change.actor_id().clone(), change.seq());
        self.changes.insert(key, (change.hash(), change.max_op()));
        self.seqs.insert(change.actor_id().clone(), change.seq());
    }
}

struct Build<'a> {
    actors: Vec<ActorId>,
    lookup: Lookup<'a>,
    limits: &'a Limits,
    rebuilt: usize,
}

impl Build<'_> {
    fn raw(&mut self, raw: &[u8], here: &mut Here) -> Result<(ChangeHash, Vec<u8>), CompactError> {
        let change = gate::parse(raw).map_err(|_| CompactError::Malformed)?;
        self.keep(&change, here)
    }

    fn rows<'r>(
        &mut self,
        actor: usize,
        seq: i64,
        deps: Deps,
        rows: impl Iterator<Item = (&'r super::shape::Shape, Cells<'r>)>,
        here: &mut Here,
    ) -> Result<(ChangeHash, Vec<u8>), CompactError> {
        let me = self.actors.get(actor).ok_or(CompactError::Malformed)?.clone();
        let after = here.seqs.get(&me).copied().unwrap_or(0) as i64;
        let seq = u64::try_from(after.wrapping_add(1).wrapping_add(seq)).ok().filter(|seq| *seq > 0);
        let seq = seq.ok_or(CompactError::Malformed)?;
        let deps = match deps {
            Deps::Expected if seq == 1 => vec![(super::SEED, 1)],
            Deps::Expected => vec![(super::ME, seq - 1)],
            Deps::Named(named) => named,
        };
        let mut hashes = Vec::new();
        let mut highest = 0;
        for (code, seq) in deps {
            let actor = if code == super::ME { Some(me.clone()) } else { self.actor(code) };
            let actor = actor.ok_or(CompactError::Malformed)?;
            let key = (actor, seq);
            let found = here.changes.get(&key).copied().or_else(|| (self.lookup)(here.dossier, &key.0, seq));
            let (hash, max_op) = found.ok_or(CompactError::Unknown { dossier: here.dossier })?;
            hashes.push(hash);
            highest = highest.max(max_op);
        }
        let start = highest.checked_add(1).ok_or(CompactError::Malformed)?;
        let home = Home { dossier: here.dossier, me: &me, start };
        let ops = row::ops(rows, &home, |code| self.actor(code))?;
        let change = row::build(&home, seq, hashes, ops)?;
        self.keep(&change, here)
    }

    fn keep(
        &mut self,
        change: &automerge::Change,
        here: &mut Here,
    ) -> Result<(ChangeHash, Vec<u8>), CompactError> {
        let raw = change.raw_bytes().to_vec();
        self.rebuilt += raw.len();
        if self.rebuilt > self.limits.rebuilt {
            return Err(CompactError::TooLarge);
        }
        here.take(change);
        Ok((change.hash(), raw))
    }

    fn actor(&self, code: u64) -> Option<ActorId> {
        match code {
            super::SEED => Some(row::seed_actor()),
            code => self.actors.get(usize::try_from(code.checked_sub(super::OTHERS)?).ok()?).cloned(),
        }
    }
}
