//! Judging one frame: parcels first, then receipts offered again, then acts. Each dossier by itself: one bad
//! notice never stops the others.

use std::panic::{AssertUnwindSafe, catch_unwind};

use dossier::access::Role;
use dossier::act::{Act, Actor, Heads, PairVerdict, Recorded};
use dossier::content::Content;
use dossier::deadline;
use dossier::id::{AccountId, DeviceHandle, DossierId};
use dossier::status::Status;
use dossier::view::Rejection;

use super::filing::{self, Whose};
use super::{Bench, Caller, Due, Judged, Known, Write};
use crate::document;
use crate::frame::down::{Numbered, Ordered, Verdict};
use crate::frame::up::{SentAct, Up};
use crate::frame::{ActId, Parcel};
use crate::gate::{self, GateError};
use crate::receipt::{Epoch, Receipt, ReceiptNumber, content};

/// Most bytes of one act: of a declarant, and of an officer, whose supplement request may name many things.
const MOST_ACT_BYTES: usize = 2 * 1024;
const MOST_DECISION_BYTES: usize = 16 * 1024;
/// Most bytes of all that declarants do to one dossier. Every device of the scope is sent a dossier
/// whole, in one frame: one that outgrew a frame would shut them all out. With one receipt per submission these
/// limits come to about 170 KB.
const MOST_ACTS_BYTES: usize = 16 * 1024;
/// Most bytes of the changes of one dossier; a stay of three guests is 400 bytes, an edit 150.
const MOST_CHANGES_BYTES: usize = 64 * 1024;

/// What an act of the office's own dated rule is signed with.
const BY_RULE: &str = "Quy tắc tiếp nhận ngay của xã";

impl Bench<'_> {
    /// Judges a frame of this caller.
    pub fn judge(&mut self, caller: &Caller, up: &Up) -> Judged {
        let mut judged = Judged::default();
        // A device that speaks to the office of before a restore must first hear that it was restored, and offer
        // its receipts again: judged now, its notices would get second numbers.
        if up.epoch != self.epoch && up.epoch != Epoch::default() {
            return judged;
        }
        for parcel in &up.parcels {
            let verdict = match self.parcel(caller, up, parcel, &mut judged.writes) {
                Ok(()) => Verdict::Accepted,
                Err(why) => {
                    let bytes = parcel.changes.concat();
                    judged.writes.push(Write::Quarantine { dossier: parcel.dossier, why, bytes });
                    Verdict::Rejected(why)
                }
            };
            judged.verdicts.push((parcel.dossier, verdict));
        }
        for receipt in &up.receipts {
            self.take_up(receipt, &mut judged);
        }
        for (place, sent) in up.acts.iter().enumerate() {
            if let Err(why) = self.act(caller, up.handle, place as u32, sent, &mut judged) {
                judged.act(sent.dossier, sent.id, Verdict::Rejected(why));
                if why == Rejection::Invalid {
                    judged.verdicts.retain(|(dossier, _)| *dossier != sent.dossier);
                    judged.verdicts.push((sent.dossier, Verdict::Rejected(why)));
                }
            }
        }
        judged
    }

    fn parcel(
        &mut self,
        caller: &Caller,
        up: &Up,
        parcel: &Parcel,
        writes: &mut Vec<Write>,
    ) -> Result<(), Rejection> {
        let establishment = parcel.establishment;
        let place = (self.place_of)(establishment).ok_or(Rejection::Forbidden)?;
        let commune = place.commune;
        let known = self.known.get(&parcel.dossier);
        let minted = caller.minted(up.handle, parcel.dossier);
        if let Some(held) = caller.holds {
            self.writing_by_code(held, parcel.dossier, known)?;
        } else {
            self.declares_something(caller, place)?;
            if let Some(known) = known {
                self.declaring(caller, place, || known.whose(self.procedures), (Some(known), minted))?;
            }
        }
        if known.is_some_and(|known| known.establishment != establishment) {
            return Err(Rejection::IdTaken);
        }
        let mut scratch = known.cloned().unwrap_or_else(|| Known::new(establishment, commune));
        let (begins, mut news) = (known.is_none(), Vec::new());
        let birth = scratch.history.birth();
        for (place, raw) in parcel.changes.iter().enumerate() {
            let change = gate::parse(raw).map_err(rejection)?;
            let begins = change.deps() == [document::seed_hash()];
            // Only a parcel that starts another document has met a taken id; a second beginning further on is
            // damage, and minting anew for it would declare the stay twice.
            if place == 0 && begins && birth.is_some_and(|birth| birth != change.hash()) {
                return Err(Rejection::IdTaken);
            }
            if let Some(hash) = scratch.history.admit(change).map_err(rejection)? {
                news.push(Write::Change { dossier: parcel.dossier, hash: hash.0, raw: raw.clone() });
            }
        }
        if scratch.history.changes().map(|change| change.raw_bytes().len()).sum::<usize>()
            > MOST_CHANGES_BYTES
        {
            return Err(Rejection::TooLarge);
        }
        // The library may still panic on what the gate let through: on a scratch copy, nobody is hurt.
        let read = catch_unwind(AssertUnwindSafe(|| scratch.history.read()));
        match read {
            Ok(Ok(content)) => {
                let whose = content.filing().map(|filing| Whose::of(filing, self.procedures));
                let filing = whose.map(|whose| whose.agency);
                // Whose it is was written down when it began: on the desk of another nobody would look for it.
                if known.is_some_and(|known| known.filing(self.procedures) != filing) {
                    return Err(Rejection::Invalid);
                }
                if caller.holds.is_none() {
                    let role = self.declaring(caller, place, || whose, (known, minted))?;
                    if !role.declares() && self.rules.basis_needed {
                        self.based(caller, up, parcel.dossier, known)?;
                    }
                }
                if begins {
                    let dossier = parcel.dossier;
                    writes.push(Write::Begin { dossier, establishment, commune, filing });
                }
                scratch.said = Some((scratch.history.heads(), content));
                self.known.insert(parcel.dossier, scratch);
                writes.extend(news);
                Ok(())
            }
            Ok(Err(_)) => Err(Rejection::Invalid),
            Err(_) => Err(Rejection::Malformed),
        }
    }

    /// A receipt from before a restore: the office takes up the number it gave, or at least the time, when it has given
    /// another number since: what counts by law is when the notice first arrived.
    fn take_up(&mut self, receipt: &Receipt, judged: &mut Judged) {
        let Some(known) = self.known.get_mut(&receipt.dossier) else { return };
        let genuine = receipt.verify(self.keys).is_ok();
        if !genuine || known.receipts.contains(receipt) {
            return;
        }
        if known.numbered.is_none() {
            let numbered =
                Numbered { dossier: receipt.dossier, number: receipt.number(), at: receipt.root.received_at };
            known.numbered = Some(numbered);
            judged.writes.push(Write::Numbered(numbered));
            if receipt.number_epoch == self.epoch {
                let serial = self.serials.entry(receipt.root.commune).or_default();
                *serial = (*serial).max(receipt.serial);
            }
        }
        let arrived = receipt.root.received_at;
        if let Some(standing) = known.numbered.filter(|standing| arrived < standing.at) {
            let numbered = Numbered { at: arrived, ..standing };
            known.numbered = Some(numbered);
            judged.writes.push(Write::Numbered(numbered));
        }
        // Only a receipt of the number that stands is kept: a dossier has one live number.
        if known.numbered.is_some_and(|numbered| numbered.number == receipt.number()) {
            known.receipts.push(receipt.clone());
            judged.writes.push(Write::Receipt(receipt.clone()));
        }
    }

    fn act(
        &mut self,
        caller: &Caller,
        handle: DeviceHandle,
        at: u32,
        sent: &SentAct,
        judged: &mut Judged,
    ) -> Result<(), Rejection> {
        let decides = matches!(sent.act, Act::Receive { .. } | Act::Return { .. } | Act::Step(_));
        if bytes(&sent.act) > if decides { MOST_DECISION_BYTES } else { MOST_ACT_BYTES } {
            return Err(Rejection::TooLarge);
        }
        let known = self.known.get(&sent.dossier).ok_or(Rejection::OutOfOrder)?;
        let place = (self.place_of)(known.establishment).ok_or(Rejection::Forbidden)?;
        let role = if let Some(held) = caller.holds {
            self.acting_without_account(held, sent, known)?
        } else if decides {
            self.deciding(caller, place, known, &sent.act)?
        } else {
            let minted = caller.minted(handle, sent.dossier);
            self.declaring(caller, place, || known.whose(self.procedures), (Some(known), minted))?
        };
        let declared = known.acts.iter().map(|ordered| &ordered.recorded.act);
        let done: usize = declared.filter(|act| !matches!(act, Act::Step(_))).map(bytes).sum();
        let repeated = known.acts.iter().any(|ordered| ordered.id == sent.id);
        if !decides && !repeated && done > MOST_ACTS_BYTES {
            return Err(Rejection::TooLarge);
        }
        self.grounded(caller, role, sent, known)?;
        let elsewhere = self.received_elsewhere(caller, place, sent, known);
        let mut joins = false;
        if let Act::Submit { heads, claimed_at, last_contact, .. } = &sent.act {
            let may = |bench: &Self, known: &Known, said: &Content| match said {
                Content::Stay(stay) => sensible(stay),
                Content::Filing(filing) => {
                    bench.takes(filing)?;
                    bench.covered(caller, role, known, filing, (*claimed_at, *last_contact))
                }
            };
            self.submitted(at, caller, (sent.dossier, heads), &may, judged)?;
            joins = self.rules.one_answer && self.joins((sent.dossier, heads), &may);
        }
        let other_known = match &sent.act {
            Act::Settle { other, .. } => self.known.get(other).cloned(),
            _ => None,
        };
        let other_known = other_known.as_ref();
        let known = self.known.get_mut(&sent.dossier).ok_or(Rejection::OutOfOrder)?;
        if let Some(before) = known.acts.iter().find(|ordered| ordered.id == sent.id) {
            judged.ordered.push(before.clone());
            judged.act(sent.dossier, sent.id, Verdict::Accepted);
            return Ok(());
        }
        let by = Actor { account: caller.principal.account, role, name: caller.name.clone() };
        let order = known.acts.len() as u32 + 1;
        let recorded = Recorded { order, at: self.now, by, act: sent.act.clone() };
        let is_filing = known.is_filing();
        if is_filing {
            filing::precondition(known, &recorded, self.procedures, self.rules.fresh_look)?;
        } else {
            let status = Status::fold(known.acts.iter().map(|ordered| &ordered.recorded));
            precondition(&status, &recorded)?;
        }
        if let Act::Settle { other, verdict: PairVerdict::SameStay } = &sent.act {
            // Two phones may settle a pair in opposite ways: one of the two must stand.
            let standing = |known: &Known| Status::fold(known.acts.iter().map(|o| &o.recorded)).is_open();
            if *other == sent.dossier || other_known.is_some_and(|known| !standing(known)) {
                return Err(Rejection::OutOfOrder);
            }
        }
        let ordered = Ordered { dossier: sent.dossier, id: sent.id, recorded };
        known.acts.push(ordered.clone());
        if let Act::OnBehalf { basis, .. } = &sent.act
            && let Some(given) = basis.code().and_then(|(code, _)| self.codes.get_mut(&code))
        {
            given.used = Some(sent.dossier);
        }
        let by = ordered.recorded.by.clone();
        judged.writes.push(Write::Ordered(ordered.clone()));
        judged.ordered.push(ordered);
        judged.act(sent.dossier, sent.id, Verdict::Accepted);
        let joined = if joins { known.together(sent) } else { None };
        let more = elsewhere.map(|act| (following(sent.id), act)).or(joined);
        if let Some((id, act)) = more {
            let recorded = Recorded { order: known.acts.len() as u32 + 1, at: self.now, by, act };
            let ordered = Ordered { dossier: sent.dossier, id, recorded };
            known.acts.push(ordered.clone());
            judged.writes.push(Write::Ordered(ordered.clone()));
            judged.ordered.push(ordered);
        }
        let at_once = !is_filing && (self.receive_at_once)(place.commune);
        let standing = known.acts.last().map(|ordered| &ordered.recorded.act);
        if let (Some(Act::Submit { heads, .. }), true) = (standing, at_once) {
            let ordered = by_rule(sent, heads, known.acts.len() as u32 + 1, self.now);
            known.acts.push(ordered.clone());
            judged.writes.push(Write::Ordered(ordered.clone()));
            judged.ordered.push(ordered);
        }
        Ok(())
    }

    /// A submission: what it says must be readable and sensible; it gets a number once and a receipt for
    /// exactly this content once.
    fn submitted(
        &mut self,
        place: u32,
        caller: &Caller,
        (dossier, heads): (DossierId, &Heads),
        may: &impl Fn(&Self, &Known, &Content) -> Result<(), Rejection>,
        judged: &mut Judged,
    ) -> Result<(), Rejection> {
        let known = self.known.get(&dossier).ok_or(Rejection::OutOfOrder)?;
        let proof = catch_unwind(AssertUnwindSafe(|| known.proof_at(heads)));
        let proof = proof.map_err(|_| Rejection::Malformed)?.ok_or(Rejection::OutOfOrder)?;
        let (said, projection) = proof.map_err(|_| Rejection::Invalid)?;
        // What was written beside the newest content may say another procedure, too.
        if said.filing().map(|filing| Whose::of(filing, self.procedures).agency)
            != known.filing(self.procedures)
        {
            return Err(Rejection::Invalid);
        }
        may(self, known, &said)?;
        let due = match &said {
            Content::Stay(stay) => Some(deadline::Due::of(stay.arrive).at),
            Content::Filing(_) => None,
        };
        let known = self.known.get_mut(&dossier).ok_or(Rejection::OutOfOrder)?;
        let content = content(heads, &projection);
        let issued = known.receipts.iter().find(|receipt| receipt.content == content);
        if let (Some(receipt), true) = (issued, self.rules.idempotent_receipts) {
            judged.again.push(receipt.clone());
            return Ok(());
        }
        if judged.due.iter().any(|due| due.dossier == dossier && due.content == content) {
            return Ok(());
        }
        // One signature covers an exchange and names one commune. A number of a commune that has been merged away
        // since stays valid on its receipts; what is submitted after the merger gets one of the new commune.
        let commune = caller.principal.commune;
        let in_time = due.filter(|_| known.numbered.is_none()).map(|due| self.now <= due);
        let numbered = known.numbered.filter(|_| self.rules.idempotent_receipts);
        let numbered = match numbered.filter(|numbered| numbered.number.commune == commune) {
            Some(numbered) => numbered,
            None => {
                let serial = self.serials.entry(commune).or_default();
                *serial += 1;
                let number = ReceiptNumber { commune, epoch: self.epoch, serial: *serial };
                let at = numbered.map_or(self.now, |before| before.at);
                let numbered = Numbered { dossier, number, at };
                known.numbered = Some(numbered);
                judged.writes.push(Write::Numbered(numbered));
                numbered
            }
        };
        judged.due.push(Due { act: place, dossier, numbered, content, in_time });
        Ok(())
    }
}

fn bytes(act: &Act) -> usize {
    postcard::to_allocvec(act).map_or(usize::MAX, |bytes| bytes.len())
}

/// An officer decides on what was on the screen; if the dossier has moved on, the tap is refused in words.
fn precondition(status: &Status, recorded: &Recorded) -> Result<(), Rejection> {
    match &recorded.act {
        Act::Receive { heads } => match status {
            Status::Submitted { heads: there, .. } if there == heads => Ok(()),
            _ => Err(Rejection::OutOfOrder),
        },
        Act::Return { heads, reason } => match status {
            _ if reason.trim().is_empty() => Err(Rejection::Invalid),
            Status::Submitted { heads: there, .. } | Status::Received { heads: there, .. }
                if there == heads =>
            {
                Ok(())
            }
            _ => Err(Rejection::OutOfOrder),
        },
        Act::Withdraw { .. } if !status.admits(recorded) => Err(Rejection::OutOfOrder),
        Act::Step(_) | Act::ReceivedAt { .. } => Err(Rejection::OutOfOrder),
        // A content that comes again, a call, a settled pair: recorded whatever the state.
        Act::Submit { .. }
        | Act::Call { .. }
        | Act::Withdraw { .. }
        | Act::Settle { .. }
        | Act::OnBehalf { .. } => Ok(()),
    }
}

/// The least the law asks of a notice: somebody is in it, and nobody leaves before arriving.
fn sensible(stay: &dossier::stay::Stay) -> Result<(), Rejection> {
    let someone = stay.present().next().is_some();
    if someone && stay.leave >= stay.arrive.day() { Ok(()) } else { Err(Rejection::Invalid) }
}

fn by_rule(sent: &SentAct, heads: &Heads, order: u32, now: dossier::moment::Moment) -> Ordered {
    let by = Actor { account: AccountId(0), role: Role::Officer, name: BY_RULE.to_owned() };
    let act = Act::Receive { heads: heads.clone() };
    let recorded = Recorded { order, at: now, by, act };
    Ordered { dossier: sent.dossier, id: following(sent.id), recorded }
}

/// The id of what the office itself does after an act: it follows from that one's, so that a repeat names the same act.
fn following(mut id: ActId) -> ActId {
    id.0.reverse();
    ActId(id.0.map(|byte| !byte))
}

fn rejection(error: GateError) -> Rejection {
    match error {
        GateError::TooLarge => Rejection::TooLarge,
        GateError::Malformed | GateError::DoesNotFollow => Rejection::Malformed,
        GateError::MissingDependency => Rejection::OutOfOrder,
    }
}
