//! The answer: verdicts and receipts for what came up, and everything newer that the device may see.

use std::collections::{BTreeMap, BTreeSet};

use dossier::access::Role;
use dossier::id::{DossierId, EstablishmentId};
use dossier::moment::Moment;

use super::Judged;
use crate::frame::down::{Down, Facts, Issued, Numbered, Ordered};
use crate::frame::up::Up;
use crate::frame::{Have, MOST_BYTES, Parcel, Scope};
use crate::receipt::{Epoch, Receipt};

/// What an answer may weigh: the cap less what verdicts, facts and head need.
const BUDGET: usize = MOST_BYTES - 48 * 1024;

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
    fn dossier(&self) -> DossierId {
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
            Item::Ordered(_) => 160,
            Item::Numbered(_) => 30,
            Item::Receipt(receipt) => 190 + receipt.path.len() * 33,
        }
    }
}

/// The rows a device lacks of one scope.
pub struct Missing {
    /// The scope.
    pub scope: Scope,
    /// What it has seen.
    pub have: Have,
    /// The newest number of the office's log.
    pub top: u64,
    /// Every row it lacks, in the order of their numbers; all of them, or the oldest when `whole` is false.
    pub rows: Vec<Row>,
    /// Whether `rows` are all that is missing.
    pub whole: bool,
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
}

impl Answer<'_> {
    /// The frame downwards.
    pub fn frame(self) -> Down {
        let mut down = Down {
            epoch: self.epoch,
            at: self.now,
            verdicts: self.judged.verdicts,
            act_verdicts: self.judged.act_verdicts,
            receipts: self.judged.again,
            recorded: self.judged.ordered,
            issued: self.issued,
            facts: self.facts,
            ..Down::default()
        };
        let sent: BTreeSet<&[u8]> =
            self.up.parcels.iter().flat_map(|parcel| &parcel.changes).map(Vec::as_slice).collect();
        let mut budget = BUDGET;
        let mut parcels: BTreeMap<DossierId, Parcel> = BTreeMap::new();
        for missing in self.missing {
            let (rows, have, more) = slice(missing, &mut budget);
            down.more |= more;
            down.cursors.push(have);
            for row in rows {
                match row.item {
                    Item::Change(dossier, _, raw) => {
                        if !sent.contains(raw.as_slice()) {
                            let establishment = row.establishment;
                            let parcel = parcels.entry(dossier);
                            let parcel =
                                parcel.or_insert(Parcel { dossier, establishment, changes: Vec::new() });
                            parcel.changes.push(raw);
                        }
                    }
                    Item::Ordered(ordered) => {
                        if !down.recorded.contains(&ordered) {
                            down.recorded.push(ordered);
                        }
                    }
                    Item::Numbered(numbered) if self.role == Role::Officer => down.numbered.push(numbered),
                    Item::Receipt(receipt) if self.role == Role::Owner => {
                        let here = down.issued.as_ref().is_some_and(|issued| issued.root == receipt.root);
                        if !here && !down.receipts.contains(&receipt) {
                            down.receipts.push(receipt);
                        }
                    }
                    Item::Numbered(_) | Item::Receipt(_) => {}
                }
            }
        }
        down.parcels = parcels.into_values().collect();
        down
    }
}

/// As many rows as the budget takes, newest first; a dossier that is in is in whole, so that every slice stands by
/// itself. When the rows are not all that is missing, oldest first, so that nothing is passed over.
fn slice(missing: Missing, budget: &mut usize) -> (Vec<Row>, (Scope, Have), bool) {
    let Missing { scope, have, top, rows, whole } = missing;
    let weight: usize = rows.iter().map(|row| row.item.weight()).sum();
    if whole && weight <= *budget {
        *budget -= weight;
        return (rows, (scope, Have::all(top)), false);
    }
    let mut taken = 0;
    let fits = |row: &Row, taken: &mut usize, budget: &mut usize| {
        let weight = row.item.weight();
        let fits = weight <= *budget || *taken == 0;
        *budget = budget.saturating_sub(weight);
        *taken += 1;
        fits
    };
    if !whole {
        let mut slice = Vec::new();
        let mut low = have.low;
        for row in rows {
            if !fits(&row, &mut taken, budget) {
                break;
            }
            low = row.number;
            slice.push(row);
        }
        return (slice, (scope, Have::all(low)), true);
    }
    let mut from = top;
    let mut inside: BTreeSet<DossierId> = BTreeSet::new();
    for row in rows.iter().rev() {
        if !fits(row, &mut taken, budget) {
            break;
        }
        from = row.number - 1;
        inside.insert(row.item.dossier());
    }
    let slice = rows.into_iter().filter(|row| inside.contains(&row.item.dossier())).collect();
    (slice, (scope, Have { low: have.low, from, to: top }), true)
}
