//! Parcels to a frame body. The sender proves before it sends: what does not come back byte for byte from its own
//! rows travels as the chunk it is.

use std::collections::HashMap;
use std::panic::{AssertUnwindSafe, catch_unwind};

use automerge::{ActorId, Change, ChangeHash};
use dossier::id::{DeviceHandle, DossierId};

use super::column;
use super::dictionary::Dictionary;
use super::row::{self, Cells, Home};
use super::shape::{Shape, Table};
use super::{DOSSIER_DICE, HANDLE, Named, zigzag};
use crate::frame::Parcel;
use crate::wire::Writer;
use crate::{document, gate};

/// A body and what stands beside it because it does not deflate.
pub(super) struct Body {
    pub dice: Vec<u8>,
    pub plain: Writer,
    pub digest: [u8; 16],
    /// How many operations are told as rows.
    pub operations: usize,
}

struct Sheet {
    shapes: Table,
    columns: Vec<Vec<Cells<'static>>>,
    handles: HashMap<[u8; HANDLE], u64>,
    handle_dice: Vec<u8>,
    actors: HashMap<ActorId, u64>,
    actor_dice: Vec<u8>,
    actor_rows: Writer,
    who: Writer,
    seqs: Writer,
    deps: Writer,
    ops: Writer,
    raw: Writer,
}

/// Everything of one change that is told as rows.
struct Told {
    deps: Vec<(u64, u64)>,
    rows: Vec<(Shape, Cells<'static>)>,
}

/// The body of a frame. `None` when a chunk is not a plain change: the caller sends plain.
pub(super) fn body(
    parcels: &[Parcel],
    dictionary: Dictionary,
    tables: bool,
    known: &dyn Fn(DossierId, &ChangeHash) -> Option<Named>,
) -> Option<Body> {
    let mut sheet = Sheet {
        shapes: Table::new(dictionary.bytes()),
        columns: Vec::new(),
        handles: HashMap::new(),
        handle_dice: Vec::new(),
        actors: HashMap::new(),
        actor_dice: Vec::new(),
        actor_rows: Writer::default(),
        who: Writer::default(),
        seqs: Writer::default(),
        deps: Writer::default(),
        ops: Writer::default(),
        raw: Writer::default(),
    };
    let mut digest = super::Digest::default();
    let (mut houses, mut counts, mut whose) = (Writer::default(), Writer::default(), Writer::default());
    let mut dossier_dice = Vec::new();
    let mut last = 0;
    for parcel in parcels {
        let (handle, dice) = parcel.dossier.0.split_at(HANDLE);
        whose.number(sheet.handle(handle.try_into().ok()?));
        dossier_dice.extend_from_slice(dice);
        let house = i64::from(parcel.establishment.0);
        houses.number(zigzag(house - last));
        last = house;
        counts.number(parcel.changes.len() as u64);
        digest.parcel(parcel.dossier, parcel.establishment, parcel.changes.len());
        let mut here = Here::new(parcel.dossier, known);
        for raw in &parcel.changes {
            let change = gate::parse(raw).ok()?;
            digest.change(&change.hash());
            sheet.change(&change, &mut here);
            here.take(&change);
        }
    }
    let mut plain = Writer::default();
    sheet.shapes.write(&mut plain);
    plain.number(sheet.handles.len() as u64);
    plain.number(sheet.actors.len() as u64);
    plain.raw(&sheet.actor_rows.0);
    plain.number(parcels.len() as u64);
    for column in [&whose, &houses, &counts, &sheet.who, &sheet.seqs, &sheet.deps, &sheet.ops] {
        plain.raw(&column.0);
    }
    let mut dice = [sheet.handle_dice, sheet.actor_dice, dossier_dice].concat();
    for (shape, rows) in sheet.shapes.shapes().iter().zip(&sheet.columns) {
        column::write(shape, rows, &mut plain, &mut dice, tables);
    }
    plain.raw(&sheet.raw.0);
    let operations = sheet.columns.iter().map(Vec::len).sum();
    Some(Body { dice, plain, digest: digest.end(), operations })
}

impl Sheet {
    fn handle(&mut self, handle: [u8; HANDLE]) -> u64 {
        let next = self.handles.len() as u64;
        *self.handles.entry(handle).or_insert_with(|| {
            self.handle_dice.extend_from_slice(&handle);
            next
        })
    }

    /// The actor's place in the table, from 0.
    fn actor(&mut self, actor: &ActorId) -> u64 {
        if let Some(place) = self.actors.get(actor) {
            return *place;
        }
        let bytes = actor.to_bytes();
        match document::handle_of(actor) {
            Some(DeviceHandle(handle)) if bytes.len() == HANDLE + DOSSIER_DICE => {
                let handle = self.handle(handle);
                self.actor_rows.number(handle + 1);
                self.actor_dice.extend_from_slice(&bytes[HANDLE..]);
            }
            _ => {
                self.actor_rows.number(0);
                self.actor_rows.bytes(bytes);
            }
        }
        self.actors.insert(actor.clone(), self.actors.len() as u64);
        self.actors.len() as u64 - 1
    }

    fn change(&mut self, change: &Change, here: &mut Here<'_>) {
        // The library is known to panic on what other clients make; such a change travels as it is.
        let told = catch_unwind(AssertUnwindSafe(|| self.tell(change, here))).ok().flatten();
        let numbered = told.and_then(|told| {
            let number = |(shape, cells)| Some((self.shapes.number(&shape)?, cells));
            let rows: Vec<_> = told.rows.into_iter().map(number).collect::<Option<_>>()?;
            Some((told.deps, rows))
        });
        let Some((deps, rows)) = numbered else {
            self.who.number(0);
            self.raw.bytes(change.raw_bytes());
            return;
        };
        let who = self.actor(change.actor_id());
        self.who.number(who + 1);
        let after = here.seq(change.actor_id()) as i64;
        self.seqs.number(zigzag((change.seq() as i64).wrapping_sub(after).wrapping_sub(1)));
        let expected = match change.seq() {
            1 => deps == [(super::SEED, 1)],
            seq => deps == [(super::ME, seq - 1)],
        };
        if expected {
            self.deps.number(0);
        } else {
            self.deps.number(deps.len() as u64 + 1);
            for (actor, seq) in deps {
                self.deps.number(actor);
                self.deps.number(seq);
            }
        }
        for (number, cells) in rows {
            self.ops.number(number as u64 + 1);
            if self.columns.len() <= number {
                self.columns.resize_with(number + 1, Vec::new);
            }
            self.columns[number].push(cells);
        }
        self.ops.number(0);
    }

    /// The change as rows, if it comes back from them byte for byte.
    fn tell(&mut self, change: &Change, here: &Here<'_>) -> Option<Told> {
        if change.timestamp() != 0 || change.message().is_some() || !change.extra_bytes().is_empty() {
            return None;
        }
        let (me, start) = (change.actor_id(), change.start_op().get());
        if start >= row::HIGHEST_COUNTER || change.deps().len() > super::MOST_DEPS {
            return None;
        }
        let mut deps = Vec::new();
        let mut highest = 0;
        for hash in change.deps() {
            let dependency = here.name(hash)?;
            highest = highest.max(dependency.max_op);
            deps.push((self.code(&dependency.actor, me), dependency.seq));
        }
        if start - 1 != highest || deps.is_empty() {
            return None;
        }
        let home = Home { dossier: here.dossier, me, start };
        let rows = row::rows(&change.decode().operations, &home, |actor| self.code(actor, me))?;
        let again = rows.iter().map(|(shape, cells)| (shape, cells.clone()));
        let actor = |code: u64| {
            let found =
                |(actor, place): (&ActorId, &u64)| (*place + super::OTHERS == code).then(|| actor.clone());
            if code == super::SEED { Some(row::seed_actor()) } else { self.actors.iter().find_map(found) }
        };
        let ops = row::ops(again, &home, actor).ok()?;
        let built = row::build(&home, change.seq(), change.deps().to_vec(), ops).ok()?;
        (built.raw_bytes() == change.raw_bytes()).then_some(Told { deps, rows })
    }

    fn code(&mut self, actor: &ActorId, me: &ActorId) -> u64 {
        if actor == me {
            super::ME
        } else if *actor == row::seed_actor() {
            super::SEED
        } else {
            self.actor(actor) + super::OTHERS
        }
    }
}

/// What may be named in a parcel: the seed, what came before in it, what the caller knows.
struct Here<'a> {
    dossier: DossierId,
    changes: HashMap<ChangeHash, Named>,
    seqs: HashMap<ActorId, u64>,
    known: &'a dyn Fn(DossierId, &ChangeHash) -> Option<Named>,
}

impl<'a> Here<'a> {
    fn new(dossier: DossierId, known: &'a dyn Fn(DossierId, &ChangeHash) -> Option<Named>) -> Here<'a> {
        let mut here = Here { dossier, changes: HashMap::new(), seqs: HashMap::new(), known };
        here.take(document::seed_change());
        here
    }

    fn take(&mut self, change: &Change) {
        self.changes.insert(change.hash(), Named::of(change));
        self.seqs.insert(change.actor_id().clone(), change.seq());
    }

    fn seq(&self, actor: &ActorId) -> u64 {
        self.seqs.get(actor).copied().unwrap_or(0)
    }

    fn name(&self, hash: &ChangeHash) -> Option<Named> {
        self.changes.get(hash).cloned().or_else(|| (self.known)(self.dossier, hash))
    }
}
