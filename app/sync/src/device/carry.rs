//! Sealed copies: made with every save, kept beside it, carried by whoever is in contact first. The author's PIN is
//! not needed for that: a tablet whose owner never comes back still hands in what it was told was saved.

use std::collections::BTreeMap;

use dossier::id::DeviceHandle;
use dossier::moment::Moment;
use dossier::place::Place;
use ed25519_dalek::SigningKey;

use super::dismissed::Wish;
use super::line::Retry;
use super::open::hex_key;
use super::{Batch, Device, Effect, Open, Reply, Stage};
use crate::dice::Dice;
use crate::frame::Parcel;
use crate::frame::up::{SentAct, Up};
use crate::record::Record;
use crate::sealed::{self, Fate, Question, Told};
use crate::slot::CopyId;

/// Without an answer for so long, in milliseconds, the shell has lost what was carried.
const LOST: i64 = 120_000;
/// So long nobody asks again whether a locked device was revoked, in milliseconds, when there is nothing to carry.
const ASKED: i64 = 10 * 60_000;

/// What is known of carrying.
#[derive(Default)]
pub(super) struct Carrier {
    under_way: Option<Round>,
    retry: Retry,
    /// The office was reached and left copies: another contact a moment later says nothing new.
    left: bool,
    /// When it was asked last whether somebody here was revoked.
    asked: Option<Moment>,
}

/// One `POST /sealed`.
struct Round {
    id: u64,
    began: Moment,
    copies: Vec<(Place, CopyId)>,
    /// What it asks of the office besides.
    question: Question,
    /// Not everything fitted.
    more: bool,
}

/// What of a batch is copied.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Copied {
    /// Nothing: it came from the office, or concerns nobody else.
    #[default]
    Nothing,
    /// What its records say.
    Records,
    /// Everything that waits: it was saved before there were copies.
    Waiting,
}

impl Open {
    /// A frame of what these records say, as this device signs it. It stands by itself: no epoch, no cursors, plain
    /// chunks, since nobody can say it again in another form.
    fn frame_of(&self, now: Moment, records: &[Record]) -> Option<Up> {
        let mut up = Up::silent(self.handle(), now);
        let mut houses = BTreeMap::new();
        for record in records {
            match record {
                Record::Begun { dossier, establishment } => {
                    houses.insert(*dossier, *establishment);
                }
                Record::Change { dossier, raw, from_office: None } => {
                    let held = self.replica.cases.get(dossier).map(|held| held.establishment);
                    let establishment = houses.get(dossier).copied().or(held)?;
                    match up.parcels.iter_mut().find(|parcel| parcel.dossier == *dossier) {
                        Some(parcel) => parcel.changes.push(raw.clone()),
                        None => {
                            let (dossier, changes) = (*dossier, vec![raw.clone()]);
                            up.parcels.push(Parcel { dossier, establishment, changes });
                        }
                    }
                }
                Record::Pending { dossier, id, act, .. } => {
                    up.acts.push(SentAct { dossier: *dossier, id: *id, act: act.clone() });
                }
                _ => {}
            }
        }
        Some(up)
    }

    /// The copy of a batch; `None` when there is nothing to copy.
    pub(super) fn copy(&self, now: Moment, dice: &mut Dice, batch: &Batch) -> Option<Vec<u8>> {
        let up = match batch.copied {
            Copied::Nothing => return None,
            Copied::Records => self.frame_of(now, &batch.records)?,
            Copied::Waiting => {
                let (waiting, _) = self.fill(now);
                Up { parcels: waiting.parcels, acts: waiting.acts, ..Up::silent(self.handle(), now) }
            }
        };
        if up.parcels.is_empty() && up.acts.is_empty() {
            return None;
        }
        // Who signs in again signs as the device they are from then on.
        let member = batch.renewed.as_ref().unwrap_or(&self.member);
        let up = Up { handle: member.membership.handle.parse().ok()?, ..up };
        let box_key = hex_key(&member.membership.box_key)?;
        sealed::seal(&up.encode(&SigningKey::from_bytes(&member.signing_key)), &box_key, dice)
    }
}

impl Device {
    /// Hands in what lies here sealed, unless it was tried a moment ago; a nudge tries at once. An open device carries
    /// the others' copies: its own work goes the ordinary way.
    pub(super) fn carry(&mut self, now: Moment, dice: &mut Dice, at_once: bool, effects: &mut Vec<Effect>) {
        let own = match &self.stage {
            Stage::Locked => None,
            Stage::Open(open) => Some(open.place),
            _ => return,
        };
        let carrier = &mut self.carrier;
        let lost = |round: &Round| now.0.saturating_sub(round.began.0).abs() > LOST;
        if carrier.under_way.as_ref().is_some_and(|round| !lost(round)) {
            return;
        }
        if let Some(at) = carrier.retry.at.filter(|at| !at_once && now < *at) {
            // Somebody else's alarm rang.
            return effects.push(Effect::Wake(at));
        }
        let copies = self.shelves.copies().filter(|(place, ..)| Some(*place) != own);
        let copies: Vec<(Place, CopyId, &[u8])> = copies.collect();
        let known = self.shelves.by_place.iter().filter(|(place, shelf)| {
            // Who does not know the office's keys could not believe it.
            Some(**place) != own && !shelf.keys.is_empty()
        });
        let devices: Vec<DeviceHandle> = known.map(|(_, shelf)| shelf.vault.handle).collect();
        let question = Question { challenge: dice.bytes(), devices };
        let (body, inside) = sealed::asking(&question, copies.iter().map(|(.., copy)| *copy));
        let lately = carrier.asked.is_some_and(|asked| now.0.saturating_sub(asked.0).abs() < ASKED);
        if inside == 0 && (question.devices.is_empty() || lately) {
            return;
        }
        carrier.asked = Some(now);
        let more = inside < copies.len();
        let copies = copies.into_iter().take(inside).map(|(place, id, _)| (place, id)).collect();
        self.exchanges += 1;
        let id = self.exchanges;
        carrier.under_way = Some(Round { id, began: now, copies, question, more });
        effects.push(Effect::PostSealed { id, body });
    }

    pub(super) fn carried(
        &mut self,
        now: Moment,
        dice: &mut Dice,
        (id, reply): (u64, Reply),
        effects: &mut Vec<Effect>,
    ) {
        let Some(round) = self.carrier.under_way.take_if(|round| round.id == id) else { return };
        let (told, least) = match reply {
            Reply::Frame(bytes) => (sealed::told(&bytes).unwrap_or_default(), None),
            Reply::Later(least) => (Told::default(), least),
            Reply::Forbidden | Reply::Revoked(_) | Reply::Copied | Reply::NotOurs | Reply::Unreachable => {
                (Told::default(), None)
            }
        };
        // An answer to another number of copies is no answer to these.
        let told = if told.fates.len() == round.copies.len() { told } else { Told::default() };
        let fates = &told.fates;
        let taken: Vec<_> = round
            .copies
            .iter()
            .zip(fates)
            .filter(|(_, fate)| **fate == Fate::Taken)
            .map(|(copy, _)| *copy)
            .collect();
        let moved = !taken.is_empty();
        self.carrier.left = taken.len() < fates.len();
        if moved && round.more {
            self.carrier.retry = Retry::default();
        } else if taken.len() < round.copies.len() {
            self.carrier.retry.fail(now, dice, least, effects);
        } else {
            self.carrier.retry = Retry::default();
        }
        let wiped = self.ordered_away(&round.question, &told, &taken);
        if wiped.is_some() {
            // There may be others.
            self.carrier.asked = None;
        }
        if moved || wiped.is_some() {
            let carry = round.more || wiped.is_some();
            self.keep(
                now,
                dice,
                Batch { taken, carry, wiped: wiped.map(|place| (place, Wish::Office)), ..Batch::default() },
                effects,
            );
        }
    }

    /// Carries for the others after an exchange of one's own: the office can be reached.
    pub(super) fn carry_along(&mut self, now: Moment, dice: &mut Dice, effects: &mut Vec<Effect>) {
        self.carry(now, dice, !self.carrier.left, effects);
    }

    /// The shell has one alarm: it rings for whatever comes first.
    pub(super) fn set_alarm(&self, now: Moment, effects: &mut Vec<Effect>) {
        let asked = effects.iter().filter_map(|effect| match effect {
            Effect::Wake(at) => Some(*at),
            _ => None,
        });
        let Some(first) = asked.min() else { return };
        let own = match &self.stage {
            Stage::Asking(applicant) => applicant.alarm(),
            _ => self.opened().and_then(|open| open.retry.at),
        };
        let own = own.into_iter().chain(self.opened().and_then(|open| open.courier.retry.at));
        let waiting = own.chain(self.carrier.retry.at).filter(|at| now < *at);
        let first = waiting.fold(first, Moment::min);
        effects.retain(|effect| !matches!(effect, Effect::Wake(_)));
        effects.push(Effect::Wake(first));
    }

    /// Once the office has everything of who is at the device, the copies of it are of no more use.
    pub(super) fn drop_copies(&mut self, now: Moment, effects: &mut Vec<Effect>) {
        let Stage::Open(open) = &self.stage else { return };
        let place = open.place;
        // What the office has turned back is not there either: it waits for a person, who may never come.
        if open.replica.cases.values().any(|held| open.waits(held)) {
            return;
        }
        let own = self.shelves.copies().filter(|(whose, ..)| *whose == place);
        let taken: Vec<_> = own.map(|(whose, id, _)| (whose, id)).collect();
        if !taken.is_empty() {
            // Nothing is sealed for a removal, so nothing is drawn.
            let mut dice = Dice::new([0; 32]);
            self.keep(now, &mut dice, Batch { taken, ..Batch::default() }, effects);
        }
    }
}
