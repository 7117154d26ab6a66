//! What was promised to people, and what the office has given: the memory of the world outside, which no fault
//! touches.

use std::collections::{BTreeMap, BTreeSet};

use dossier::act::{Act, Heads};
use dossier::id::{AccountId, CommuneCode, DossierId};
use dossier::moment::Moment;
use dossier::place::Place;
use dossier::status::Status;
use sync::case::proof_at;
use sync::frame::ActId;
use sync::frame::down::Ordered;
use sync::office::answer::Item;
use sync::papers::PaperDigest;
use sync::receipt::{Epoch, Keys, Receipt, ReceiptNumber, content};
use sync::replica::Held;

use crate::consent::{Codes, code_of};
use crate::fees::Gateway;
use crate::following::Shown;
use crate::office::Office;
use crate::pictures::Trips;

/// A broken promise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violation {
    /// Which invariant, `I1` … `I20`.
    pub invariant: &'static str,
    /// The step of the schedule.
    pub step: u32,
    /// What was seen.
    pub what: String,
}

/// An act that was said to be done.
pub struct Promised {
    /// The dossier.
    pub dossier: DossierId,
    /// What was done, for the report.
    pub what: String,
    /// Whose work it is.
    pub account: AccountId,
    /// The office may refuse it, in words, on the device that asked.
    pub refusable: bool,
}

/// The memory.
#[derive(Default)]
pub struct Ledger {
    /// Changes that were said to be saved.
    pub saved: BTreeSet<(DossierId, [u8; 32])>,
    /// Acts that were said to be done.
    pub acts: BTreeMap<ActId, Promised>,
    /// Receipts that were shown, by signature and leaf.
    pub receipts: BTreeMap<(Vec<u8>, [u8; 32]), (Receipt, Heads)>,
    /// The earliest time of a receipt that a member of a phone has held, by phone, place and dossier.
    pub earliest: BTreeMap<(usize, Place, DossierId), Moment>,
    /// Ids that were taken, and what the same content goes on under.
    pub moved: BTreeMap<DossierId, DossierId>,
    /// Codes of consent the office has ever given out.
    pub codes: Codes,
    /// Acts of which a phone says that the office refused them.
    pub refused: BTreeSet<ActId>,
    numbers: BTreeMap<ReceiptNumber, DossierId>,
    /// A merger gives what is submitted after it a number of the new commune.
    given: BTreeMap<(DossierId, Epoch, CommuneCode), ReceiptNumber>,
    rows_seen: usize,
    /// Pictures that were taken, by what they are called.
    pub taken: BTreeMap<PaperDigest, Vec<u8>>,
    /// What phones sent of them.
    pub trips: Trips,
    /// What was paid, by the gateway's own books.
    pub gateway: Gateway,
    /// Who was shown which slip.
    pub shown: Shown,
    /// When two communes became one.
    pub merged: Option<Moment>,
    /// How often the office was restored.
    pub restores: u32,
    /// The first broken promise ends the schedule.
    pub broken: Option<Violation>,
}

impl Ledger {
    /// Notes a broken promise; the first one counts.
    pub fn fail(&mut self, invariant: &'static str, step: u32, what: String) {
        self.broken.get_or_insert(Violation { invariant, step, what });
    }

    /// Everything of this dossier that the device has just said to be saved.
    pub fn promise(&mut self, dossier: DossierId, held: &Held, account: AccountId) {
        self.saved.extend(held.history.changes().map(|change| (dossier, change.hash().0)));
        self.promise_acts(dossier, held, account);
    }

    /// The acts that wait on this device.
    pub fn promise_acts(&mut self, dossier: DossierId, held: &Held, account: AccountId) {
        // A code is looked at when it arrives, and what rests on it with it.
        let ordered = held.acts.iter().map(|ordered| &ordered.recorded.act);
        let refused = held.refused.iter().map(|refused| &refused.act);
        let mut acts = held.pending.iter().map(|pending| &pending.act).chain(ordered).chain(refused);
        let by_code = acts.any(|act| code_of(act).is_some());
        for pending in &held.pending {
            let rests = matches!(pending.act, Act::OnBehalf { .. } | Act::Submit { .. });
            let refusable = by_code && rests
                || matches!(
                    pending.act,
                    Act::Withdraw { .. }
                        | Act::Receive { .. }
                        | Act::Return { .. }
                        | Act::Settle { .. }
                        // Of before a restore: the office writes its own.
                        | Act::ReceivedAt { .. }
                        | Act::Step(_)
                );
            self.acts.entry(pending.id).or_insert_with(|| {
                let what = format!("{:?}", pending.act).chars().take(40).collect();
                Promised { dossier, what, account, refusable }
            });
        }
    }

    /// Whether exactly this receipt was verified when it was first shown.
    pub fn verified(&self, receipt: &Receipt) -> bool {
        let key = (receipt.signature.clone(), receipt.content);
        self.receipts.get(&key).is_some_and(|(known, _)| known == receipt)
    }

    /// A receipt on the screen of a phone: genuine, of content that is here, and never of a later time than one the
    /// phone has shown before.
    pub fn show(&mut self, step: u32, receipt: &Receipt, held: &Held, keys: &Keys) {
        if self.verified(receipt) {
            return;
        }
        if receipt.verify(keys).is_err() {
            return self.fail(
                "I6",
                step,
                format!("{}: a receipt is held that does not verify", receipt.dossier),
            );
        }
        let key = (receipt.signature.clone(), receipt.content);
        let proves = |heads: &&Heads| matches!(proof_at(&held.history, heads), Some(Ok((_, hash))) if content(heads, &hash) == receipt.content);
        let changes = held.history.changes().map(|change| Heads(vec![change.hash().0]));
        let mut known = held.submissions().cloned().chain([held.history.heads()]).chain(changes);
        match known.find(|heads| proves(&heads)) {
            Some(heads) => {
                self.receipts.insert(key, (receipt.clone(), heads));
            }
            None => {
                self.fail("I6", step, format!("{}: a receipt for content that is not here", receipt.dossier))
            }
        }
    }

    /// Every receipt a phone holds for a dossier. What it has proven once, it proves for good: the earliest counts,
    /// whatever the office was restored to since.
    pub fn hold(&mut self, step: u32, at: (usize, Place), dossier: DossierId, held: &Held, keys: &Keys) {
        let (phone, place) = at;
        for receipt in held.receipts.iter().filter(|receipt| held.proves(receipt)) {
            self.show(step, receipt, held, keys);
            let at = receipt.root.received_at;
            let first = self.earliest.entry((phone, place, dossier)).or_insert(at);
            *first = at.min(*first);
        }
        let earliest = self.earliest.get(&(phone, place, dossier)).copied();
        if held.first_received() != earliest {
            let counts = held.first_received();
            self.fail(
                "I8",
                step,
                format!("phone {phone}: {dossier} was received at {earliest:?}, and {counts:?} counts"),
            );
        }
    }

    /// An older disk was put back on a phone: what it has proven since, it proves no more.
    pub fn forget(&mut self, at: usize) {
        self.earliest.retain(|(phone, ..), _| *phone != at);
    }

    /// Forgets how far the log was read: a restore has cut it.
    pub fn restored(&mut self, office: &Office) {
        self.rows_seen = office.tables.rows.len();
        self.restores += 1;
    }

    /// Reads what the office has committed since the last time.
    pub fn read_log(&mut self, step: u32, office: &Office) {
        let fresh = office.tables.rows.get(self.rows_seen..).unwrap_or_default();
        self.rows_seen = office.tables.rows.len();
        for row in fresh {
            let (dossier, number) = match &row.item {
                Item::Numbered(numbered) => (numbered.dossier, numbered.number),
                Item::Receipt(receipt) => (receipt.dossier, receipt.number()),
                Item::Ordered(ordered) => {
                    self.moved(step, office, ordered);
                    continue;
                }
                Item::Change(..) => continue,
            };
            if *self.numbers.entry(number).or_insert(dossier) != dossier {
                self.fail("I3", step, format!("{number} stands for two dossiers"));
            }
            if *self.given.entry((dossier, office.epoch, number.commune)).or_insert(number) != number {
                self.fail("I3", step, format!("{dossier} has two numbers"));
            }
        }
    }

    /// An act follows the one before it, and a status changes only by an act that names what it becomes.
    fn moved(&mut self, step: u32, office: &Office, ordered: &Ordered) {
        let Some(known) = office.tables.known.get(&ordered.dossier) else { return };
        let acts = known.acts.iter().map(|ordered| &ordered.recorded);
        let order = ordered.recorded.order;
        let before = Status::fold(acts.clone().filter(|recorded| recorded.order < order));
        let after = before.clone().after(&ordered.recorded);
        let named = match (&ordered.recorded.act, &after) {
            (_, after) if *after == before => true,
            (Act::Submit { heads, .. }, Status::Submitted { heads: now, .. })
            | (Act::Receive { heads }, Status::Received { heads: now, .. }) => heads == now,
            (Act::Return { .. }, Status::Returned { .. })
            | (Act::Withdraw { .. }, Status::Withdrawn { .. })
            | (Act::Settle { .. }, Status::Merged { .. }) => true,
            _ => false,
        };
        let mut newest = acts.clone().filter(|recorded| recorded.order < order).filter_map(|recorded| {
            match &recorded.act {
                Act::Submit { heads, .. } => Some(heads),
                _ => None,
            }
        });
        if let Act::Step(tap) = &ordered.recorded.act
            && tap.heads().is_some_and(|seen| newest.next_back() != Some(seen))
        {
            let what = format!("{}: decided on content that nobody had on the screen", ordered.dossier);
            self.fail("I11", step, what);
        }
        let alone = acts.filter(|recorded| recorded.order == order).count() == 1;
        if !named || !alone {
            self.fail("I5", step, format!("{}: {before:?} became {after:?} by act {order}", ordered.dossier));
        }
    }
}
