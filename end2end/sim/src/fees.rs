//! Lệ phí: asked for by the desk, paid there in cash or through a payment gateway, perhaps twice, perhaps when nothing is to
//! be paid any more. The gateway is played, and so is how the office keeps what it was told before it becomes an act; what
//! that act is worth is judged by the product's own code.
//!
//! I18: what was paid through the gateway is one act of its dossier, however often it is told of: the fee that was asked
//! for, or money to be given back; nobody else says that something came that way; and the desk has every sum as it is.

use std::collections::BTreeMap;

use dossier::access::Role;
use dossier::act::{Act, Actor};
use dossier::filing::status::{FeeState, FilingStatus, Stage};
use dossier::filing::step::{Payment, Step};
use dossier::id::{CommuneCode, DossierId};
use dossier::moment::Moment;
use dossier::procedure::Exemption;
use sync::frame::ActId;
use sync::frame::down::Verdict;
use sync::frame::up::{SentAct, Up};
use sync::office::{Caller, Known};

use crate::by_code::NO_DEVICE;
use crate::fault::Fault;
use crate::filing::filings;
use crate::office::Office;
use crate::sabotage::Sabotage;
use crate::world::World;

/// What a payment is called: rolled, and naming nobody.
pub type Reference = u64;

/// A payment as the gateway knows it, whatever becomes of the office.
#[derive(Clone, Copy)]
pub struct Begun {
    dossier: DossierId,
    dong: u32,
    paid: bool,
}

/// All of them.
pub type Gateway = BTreeMap<Reference, Begun>;

/// The same as the office keeps it.
#[derive(Clone, Copy)]
pub struct Kept {
    dossier: DossierId,
    dong: u32,
    paid: bool,
    settled: bool,
}

/// What an officer does about the fee, if anything; perhaps what is not theirs to say.
pub fn step(world: &mut World, status: &FilingStatus) -> Option<Step> {
    let (dong, how) = ([15_000, 20_000][world.prng.below(2)], Payment::Cash);
    let working = matches!(status.stage, Stage::Accepted | Stage::Processing);
    match (status.fee, &status.stage, world.prng.below(10)) {
        (FeeState::Due { dong }, Stage::FeeDue, 0..3) => Some(Step::FeePaid { dong, how }),
        (_, Stage::FeeDue, 3) => Some(Step::FeePaid { dong, how }),
        (_, Stage::FeeDue, 4) => Some(Step::Exempt { reason: Exemption::Elderly }),
        (FeeState::Due { dong }, Stage::FeeDue, 5) => Some(Step::FeePaid { dong, how: Payment::Online }),
        (_, _, 6) if status.surplus > 0 => Some(Step::Refunded { dong: status.surplus }),
        (FeeState::NotAsked, _, 7..10) if working => Some(Step::FeeDue { dong }),
        (FeeState::Due { .. }, _, 9) => Some(Step::PaidOver { dong }),
        _ => None,
    }
}

/// Somebody begins to pay, pays, or the gateway tells of what was paid.
pub fn passes(world: &mut World) {
    match world.prng.below(4) {
        0 | 1 => begins(world),
        2 => pays(world),
        _ => {
            let paid: Vec<Reference> = paid(world).collect();
            if let Some(reference) = world.prng.pick(&paid).copied() {
                tells(world, reference);
            }
        }
    }
}

/// On the page of a dossier whose fee is due; who has begun before goes on with that payment.
fn begins(world: &mut World) {
    let due = |id: DossierId| {
        let status = FilingStatus::fold(world.office.tables.known[&id].acts.iter().map(|one| &one.recorded));
        match status.fee {
            FeeState::Due { dong } if status.is_with_office() => Some((id, dong)),
            _ => None,
        }
    };
    let due: Vec<(DossierId, u32)> = filings(&world.office).into_iter().filter_map(due).collect();
    let Some((dossier, dong)) = world.prng.pick(&due).copied() else { return };
    let mut open = world.office.tables.payments.values();
    if !open.any(|kept| (kept.dossier, kept.dong, kept.paid) == (dossier, dong, false)) {
        let reference = world.prng.next();
        let kept = Kept { dossier, dong, paid: false, settled: false };
        world.office.tables.payments.insert(reference, kept);
        world.ledger.gateway.insert(reference, Begun { dossier, dong, paid: false });
    }
    if world.prng.chance(500) {
        pays(world);
    }
}

/// On the gateway's own page, whatever has become of the dossier meanwhile.
fn pays(world: &mut World) {
    let open: Vec<Reference> = world
        .ledger
        .gateway
        .iter()
        .filter(|(_, begun)| !begun.paid)
        .map(|(reference, _)| *reference)
        .collect();
    let Some(reference) = world.prng.pick(&open).copied() else { return };
    world.ledger.gateway.entry(reference).and_modify(|begun| begun.paid = true);
    world.trace.note(format_args!("paid: {reference:x}"));
    tells(world, reference);
    if world.strikes(Fault::Duplicate, 1_000) {
        tells(world, reference);
    }
}

fn paid(world: &World) -> impl Iterator<Item = Reference> {
    world.ledger.gateway.iter().filter(|(_, begun)| begun.paid).map(|(reference, _)| *reference)
}

/// The gateway's word reaches the office, or does not. It is kept before it becomes an act.
fn tells(world: &mut World, reference: Reference) {
    if world.strikes(Fault::Drop, 1_000) || world.strikes(Fault::KillBeforeCommit, 500) {
        return;
    }
    // A restored office knows nothing of what was begun since its backup: the gateway is told so.
    let Some(kept) = world.office.tables.payments.get_mut(&reference) else { return };
    kept.paid = true;
    if world.strikes(Fault::KillAfterCommit, 500) {
        return;
    }
    settles(world);
}

/// Makes what was paid an act, whatever was kept and is none yet.
fn settles(world: &mut World) {
    let due = |(_, kept): &(&Reference, &Kept)| kept.paid && !kept.settled;
    let due: Vec<Reference> =
        world.office.tables.payments.iter().filter(due).map(|(reference, _)| *reference).collect();
    for reference in due {
        let recorded = world.office.record(reference, world.now, world.prng.next() as u8);
        world.ledger.read_log(world.trace.step, &world.office);
        world.trace.note(format_args!("payment {reference:x} recorded: {recorded}"));
        // Killed here, it is recorded once more.
        if recorded && !world.strikes(Fault::KillAfterCommit, 500) {
            world.office.tables.payments.entry(reference).and_modify(|kept| kept.settled = true);
        }
    }
}

impl Office {
    /// The fee, if it is still to be paid, else money to be given back; false where the dossier is not there.
    fn record(&mut self, reference: Reference, now: Moment, anew: u8) -> bool {
        let Some(Kept { dossier, dong, .. }) = self.tables.payments.get(&reference).copied() else {
            return false;
        };
        let Some(known) = self.tables.known.get(&dossier) else { return false };
        let commune = self.registry.today(known.commune);
        let fee = Step::FeePaid { dong, how: Payment::Online };
        let mark = if self.sabotage == Some(Sabotage::PaidAnew) { anew } else { 0 };
        let mut says = |kind: u8, step| self.says((dossier, commune), (reference, [kind, mark]), step, now);
        says(1, fee) || says(2, Step::PaidOver { dong })
    }

    /// In the office's own hand; whether it stands.
    fn says(
        &mut self,
        (dossier, commune): (DossierId, CommuneCode),
        (reference, [kind, mark]): (Reference, [u8; 2]),
        step: Step,
        now: Moment,
    ) -> bool {
        let mut id = reference.to_le_bytes();
        (id[0], id[1]) = (kind, id[1] ^ mark);
        let act = SentAct { dossier, id: ActId(id), act: Act::Step(Box::new(step)) };
        let up = Up { acts: vec![act], ..self.nothing_new(NO_DEVICE, now) };
        let caller = Caller::collecting(dossier, commune, &format!("{reference:x}"));
        let judged = self.keep(&caller, &up, now);
        judged.act_verdicts.iter().all(|said| said.verdict == Verdict::Accepted)
    }
}

impl World {
    /// The gateway is asked what became of every payment; whether that changed anything.
    pub fn asks_the_gateway(&mut self) -> bool {
        let before = self.top();
        let paid: Vec<Reference> = paid(self).collect();
        paid.into_iter().for_each(|reference| tells(self, reference));
        self.top() > before
    }
}

/// What is wrong with the money of one dossier, counted again.
pub fn amiss(world: &World, id: DossierId, known: &Known) -> Option<String> {
    let (mut due, mut over) = (None, 0);
    let mut through: BTreeMap<&str, usize> = BTreeMap::new();
    for recorded in known.acts.iter().map(|ordered| &ordered.recorded) {
        let Act::Step(step) = &recorded.act else { continue };
        let fits = match **step {
            Step::FeeDue { dong } => due.replace(dong).is_none(),
            Step::FeePaid { dong, .. } => due.take() == Some(dong),
            Step::Exempt { .. } => {
                due = None;
                true
            }
            Step::PaidOver { dong } => {
                over += dong;
                true
            }
            Step::Refunded { dong } => std::mem::take(&mut over) == dong,
            _ => true,
        };
        if !fits {
            return Some(format!("{step:?}, and that is not what was due"));
        }
        if step.is_of_the_gateway() {
            *through.entry(&recorded.by.name).or_default() += 1;
            if recorded.by.role != Role::Integration {
                return Some(format!("{:?} says what came through the gateway", recorded.by.role));
            }
        }
    }
    let status = FilingStatus::fold(known.acts.iter().map(|ordered| &ordered.recorded));
    let asked = matches!(status.fee, FeeState::Due { .. });
    if status.surplus != over || asked != due.is_some() {
        return Some(format!("{due:?} is due and {over} too much, and the desk has {:?}", status.fee));
    }
    for (reference, begun) in world.ledger.gateway.iter().filter(|(_, begun)| begun.dossier == id) {
        let acts = through.remove(Actor::by_gateway(&format!("{reference:x}")).name.as_str()).unwrap_or(0);
        let known = world.office.tables.payments.contains_key(reference);
        let right = if begun.paid && known { acts == 1 } else { acts == 0 };
        if !right {
            return Some(format!("{} đồng, paid: {}, are {acts} acts", begun.dong, begun.paid));
        }
    }
    (!through.is_empty()).then(|| "a payment stands that nobody began".to_owned())
}
