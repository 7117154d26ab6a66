//! The answer: verdicts and receipts for what came up, and everything newer that the device may see.

use std::collections::{BTreeMap, BTreeSet};

use dossier::access::Role;
use dossier::id::{DossierId, EstablishmentId};
use dossier::moment::Moment;

use super::Judged;
use super::reach::{BUDGET, COMPACT_BUDGET, Reach, SCREENFUL, Weighed};
use crate::case::History;
use crate::catalogue::Catalogue;
use crate::document;
use crate::frame::compact::chunk_deps;
use crate::frame::down::{Down, Facts, Issued, Numbered, Ordered, Seat, Taken, Verdict};
use crate::frame::up::Up;
use crate::frame::{ActId, Form, Have, MOST_BYTES, Parcel, Scope};
use crate::receipt::{Epoch, Receipt};

/// One row of the office's log.
#[derive(Clone, Debug)]
pub struct Row {
    /// Its number.
    pub number: u64,
    /// The establishment of its dossier.
    pub establishment: EstablishmentId,
    /// What it is.
    pub item: Item,
}

/// What a row of the log is.
#[derive(Clone, Debug)]
pub enum Item {
    /// A change: dossier, hash, chunk.
    Change(DossierId, [u8; 32], Vec<u8>),
    /// An act.
    Ordered(Ordered),
    /// A number.
    Numbered(Numbered),
    /// A receipt.
    Receipt(Receipt),
}

impl Item {
    /// The dossier it is about.
    pub fn dossier(&self) -> DossierId {
        match self {
            Item::Change(dossier, ..) => *dossier,
            Item::Ordered(ordered) => ordered.dossier,
            Item::Numbered(numbered) => numbered.dossier,
            Item::Receipt(receipt) => receipt.dossier,
        }
    }

    fn weight(&self) -> usize {
        match self {
            Item::Change(_, _, raw) => raw.len() + 14,
            Item::Ordered(ordered) => ordered_weight(ordered),
            Item::Numbered(_) => 30,
            Item::Receipt(receipt) => receipt_weight(receipt),
        }
    }
}

fn ordered_weight(ordered: &Ordered) -> usize {
    postcard::to_allocvec(ordered).map_or(BUDGET, |bytes| bytes.len() + 4)
}

fn receipt_weight(receipt: &Receipt) -> usize {
    190 + receipt.path.len() * 33
}

/// The rows a device lacks of one scope.
pub struct Missing {
    /// The scope.
    pub scope: Scope,
    /// What it has seen.
    pub have: Have,
    /// The newest number of the office's log.
    pub top: u64,
    /// Rows it lacks, in the order of their numbers; a dossier that is among them is with every row it lacks of it.
    pub rows: Vec<Row>,
    /// Nothing it lacks above this number is left out; 0 when nothing is at all.
    pub above: u64,
}

/// Everything an answer is made of.
pub struct Answer<'a> {
    /// The office's epoch.
    pub epoch: Epoch,
    /// The office's clock.
    pub now: Moment,
    /// The role of the device's person.
    pub role: Role,
    /// The frame that is answered.
    pub up: &'a Up,
    /// What judging it came to.
    pub judged: Judged,
    /// The receipts issued for it.
    pub issued: Option<Issued>,
    /// What the device lacks.
    pub missing: Vec<Missing>,
    /// Facts, if the device's are old.
    pub facts: Option<Facts>,
    /// Where the person belongs: with the facts, if the device reads it.
    pub seat: Option<Seat>,
    /// The procedures the office works with.
    pub catalogue: Option<&'a Catalogue>,
    /// The histories of the dossiers that are [`unmet`].
    pub histories: BTreeMap<DossierId, History>,
}

/// The dossiers of which rows tell changes that follow on others the device has already.
pub fn unmet(missing: &[Missing]) -> BTreeSet<DossierId> {
    let rows = || missing.iter().flat_map(|missing| &missing.rows);
    let seed = document::seed_hash().0;
    let met: BTreeSet<(DossierId, [u8; 32])> = rows()
        .filter_map(|row| match &row.item {
            Item::Change(dossier, hash, _) => Some((*dossier, *hash)),
            _ => None,
        })
        .collect();
    let unmet = rows().filter_map(|row| match &row.item {
        Item::Change(dossier, _, raw) => {
            let follows = |on: &[u8; 32]| *on != seed && !met.contains(&(*dossier, *on));
            chunk_deps(raw)?.iter().any(follows).then_some(*dossier)
        }
        _ => None,
    });
    unmet.collect()
}

impl Answer<'_> {
    /// The bytes of the frame downwards.
    pub fn encode(&self) -> Vec<u8> {
        let mut budget = if self.up.form == Form::Compact { COMPACT_BUDGET } else { 0 };
        while budget > BUDGET {
            let bytes = self.frame(budget).encode_after(Form::Compact, &self.histories);
            if bytes.len() <= MOST_BYTES {
                return bytes;
            }
            budget /= 2;
        }
        let mut down = self.frame(BUDGET);
        let bytes = down.encode_after(self.up.form, &self.histories);
        // A long catalogue beside much else waits for an answer that has less to tell.
        if bytes.len() > MOST_BYTES && down.catalogue.take().is_some() {
            return down.encode_after(self.up.form, &self.histories);
        }
        bytes
    }

    fn frame(&self, budget: usize) -> Down {
        let facts = self.facts.as_ref().and_then(|facts| postcard::to_allocvec(facts).ok());
        let mut budget = budget.saturating_sub(facts.map_or(0, |bytes| bytes.len()));
        // What comes again lies in the log as well: what does not fit here follows from there, slice by slice, and a
        // device that has seen those rows is told the rest when it comes again.
        let mut more = false;
        let mut fits = |weight: usize| {
            let fits = weight <= budget;
            budget -= if fits { weight } else { 0 };
            more |= !fits;
            fits
        };
        let recorded: Vec<&Ordered> =
            self.judged.ordered.iter().filter(|ordered| fits(ordered_weight(ordered))).collect();
        let again: Vec<&Receipt> =
            self.judged.again.iter().filter(|receipt| fits(receipt_weight(receipt))).collect();
        // By dossier: what was minted anew under another id has the same bytes, and both must come.
        let sent: BTreeSet<(DossierId, &[u8])> = self
            .up
            .parcels
            .iter()
            .flat_map(|parcel| parcel.changes.iter().map(|raw| (parcel.dossier, raw.as_slice())))
            .collect();
        let told: BTreeSet<(DossierId, ActId)> =
            recorded.iter().map(|ordered| (ordered.dossier, ordered.id)).collect();
        let role = self.role;
        let root = self.issued.as_ref().map(|issued| issued.root);
        // What the device has, or is told already, costs it nothing.
        let travels = |row: &&Row| match &row.item {
            Item::Change(dossier, _, raw) => !sent.contains(&(*dossier, raw.as_slice())),
            Item::Ordered(ordered) => !told.contains(&(ordered.dossier, ordered.id)),
            Item::Numbered(_) => role.works_on_dossiers(),
            Item::Receipt(receipt) => {
                !role.works_on_dossiers() && root != Some(receipt.root) && !again.contains(&receipt)
            }
        };
        let mut down = Down {
            epoch: self.epoch,
            at: self.now,
            more,
            verdicts: self.judged.verdicts.clone(),
            act_verdicts: self.judged.act_verdicts.clone(),
            receipts: again.iter().map(|receipt| (*receipt).clone()).collect(),
            issued: self.issued.clone(),
            facts: self.facts.clone(),
            seat: self.seat.clone(),
            ..Down::default()
        };
        self.tell(&mut down, &recorded);
        // In the order of the log: what one phone sent together stays together.
        let mut places: BTreeMap<DossierId, usize> = BTreeMap::new();
        for missing in &self.missing {
            let rows: Vec<&Row> = missing.rows.iter().filter(travels).collect();
            let (rows, have, more) = slice(missing, rows, self.up.form, &mut budget);
            down.more |= more;
            down.cursors.push(have);
            for row in rows {
                match &row.item {
                    Item::Change(dossier, _, raw) => {
                        let place = *places.entry(*dossier).or_insert(down.parcels.len());
                        if place == down.parcels.len() {
                            let (dossier, establishment) = (*dossier, row.establishment);
                            down.parcels.push(Parcel { dossier, establishment, changes: Vec::new() });
                        }
                        down.parcels[place].changes.push(raw.clone());
                    }
                    Item::Ordered(ordered) => down.recorded.push(ordered.clone()),
                    Item::Numbered(numbered) => down.numbered.push(*numbered),
                    Item::Receipt(receipt) => down.receipts.push(receipt.clone()),
                }
            }
        }
        // What people have said goes first; procedures wait for an answer that has room.
        let known = self.up.catalogue.filter(|_| !down.more);
        down.catalogue =
            self.catalogue.filter(|told| known.is_some_and(|known| known != told.version)).cloned();
        down
    }

    /// What became of the frame's own acts. A compact frame's sender is told the places of those that were taken, and
    /// nothing of what was accepted.
    fn tell(&self, down: &mut Down, recorded: &[&Ordered]) {
        let judged = down.verdicts.len() + down.act_verdicts.len() > 0;
        if self.up.form == Form::Plain || !judged {
            down.recorded.extend(recorded.iter().map(|ordered| (*ordered).clone()));
            return;
        }
        down.verdicts.retain(|(_, verdict)| *verdict != Verdict::Accepted);
        down.act_verdicts.retain(|said| said.verdict != Verdict::Accepted);
        let sent: BTreeMap<(DossierId, ActId), usize> =
            self.up.acts.iter().enumerate().map(|(place, sent)| ((sent.dossier, sent.id), place)).collect();
        let mut taken = Vec::new();
        for ordered in recorded {
            let place = sent.get(&(ordered.dossier, ordered.id)).copied();
            // An id that was sent before with another act keeps the act it had: that one is told whole.
            match place.filter(|place| self.up.acts[*place].act == ordered.recorded.act) {
                Some(place) => taken.push(Taken {
                    act: place as u32,
                    order: ordered.recorded.order,
                    at: ordered.recorded.at,
                    by: ordered.recorded.by.clone(),
                }),
                None => down.recorded.push((*ordered).clone()),
            }
        }
        down.taken = Some(taken);
    }
}

/// As many rows as the budget takes, newest first; a dossier that is in is in whole, so that every slice stands by
/// itself.
fn slice<'a>(
    missing: &Missing,
    rows: Vec<&'a Row>,
    form: Form,
    budget: &mut usize,
) -> (Vec<&'a Row>, (Scope, Have), bool) {
    let Missing { scope, have, top, above, .. } = *missing;
    let whole = above <= have.low;
    let weighed: Vec<Weighed> = rows.iter().rev().map(|row| weigh(row)).collect();
    let weight: usize = weighed.iter().map(|row| row.weight).sum();
    if form == Form::Compact && have.is_whole() && !(whole && weight <= BUDGET) {
        *budget = SCREENFUL.min(*budget);
    }
    if weight <= *budget {
        *budget -= weight;
        let have = if whole { Have::all(top) } else { Have { low: have.low, from: above, to: top } };
        return (rows, (scope, have), !whole);
    }
    let reach = Reach::within(&weighed, *budget);
    let inside = |row: &Row| reach.dossiers.contains(&row.item.dossier());
    let slice: Vec<&Row> = rows.into_iter().filter(|row| inside(row)).collect();
    *budget = budget.saturating_sub(slice.iter().map(|row| row.item.weight()).sum());
    // Of what is left out nothing may lie above the cut, not even what this person is never told.
    let left = missing.rows.iter().filter(|row| !inside(row)).map(|row| row.number).max();
    let from = left.unwrap_or_default().max(above);
    (slice, (scope, Have { low: have.low, from, to: top }), true)
}

fn weigh(row: &Row) -> Weighed {
    Weighed { number: row.number, dossier: row.item.dossier(), weight: row.item.weight() }
}
