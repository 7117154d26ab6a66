//! Cards: one notice, one line of truth.

use std::collections::BTreeMap;

use dossier::act::{Act, PairVerdict};
use dossier::deadline::Due;
use dossier::id::DossierId;
use dossier::moment::Moment;
use dossier::status::Status;
use dossier::stay::Stay;
use dossier::view::{Asked, Card, CardGuest, CardState, Home, Review};

use super::Open;
use crate::replica::Held;

/// Pairs of notices that carry the same paper for the same nights, both ways.
pub(super) type Twins = BTreeMap<DossierId, DossierId>;

impl Open {
    pub(super) fn home(&self, now: Moment) -> Home {
        let twins = self.twins();
        let mut cards: Vec<Card> = self
            .replica
            .cases
            .iter()
            .filter(|(_, held)| held.reminted.is_none() && held.filing().is_err())
            .map(|(id, held)| self.card(*id, held, &twins))
            .collect();
        cards.sort_by_key(|card| (std::cmp::Reverse(card.arrive), card.dossier));
        let changing = self.drafts.changing().collect();
        Home {
            cards,
            has_draft: self.drafts.of(None).is_some(),
            changing,
            filings: self.filing_cards(now),
            forms: self.forms.all().collect(),
            procedures: self.catalogue.version != 0,
            stubs: self.stubs(),
            handed: self.handed(),
        }
    }

    pub(super) fn twins(&self) -> Twins {
        let mut by_paper: BTreeMap<(u32, String), Vec<DossierId>> = BTreeMap::new();
        let mut twins = Twins::new();
        for (id, held) in &self.replica.cases {
            let (Ok(stay), true, None) = (held.stay(), held.status().is_open(), held.reminted) else {
                continue;
            };
            for (_, guest) in stay.present() {
                let key = (held.establishment.0, guest.paper.number());
                let others = by_paper.entry(key).or_default();
                for other in others.iter().filter(|other| *other != id) {
                    if self.is_pair(*id, held, stay, *other) {
                        twins.entry(*id).or_insert(*other);
                        twins.entry(*other).or_insert(*id);
                    }
                }
                others.push(*id);
            }
        }
        twins
    }

    fn is_pair(&self, id: DossierId, held: &Held, stay: &Stay, other: DossierId) -> bool {
        let Some(twin) = self.replica.cases.get(&other) else { return false };
        let Ok(theirs) = twin.stay() else { return false };
        let apart = |held: &Held, from: DossierId| {
            let ordered = held.acts.iter().map(|ordered| &ordered.recorded.act);
            held.pending.iter().map(|pending| &pending.act).chain(ordered).any(|act| match act {
                Act::Settle { other, verdict: PairVerdict::Different } => *other == from,
                // Said here, not yet confirmed by the office: the pair is settled on this screen.
                Act::Settle { other, verdict: PairVerdict::SameStay } => *other == from,
                _ => false,
            })
        };
        stay.overlaps(theirs)
            && !stay.same_people(theirs).is_empty()
            && !apart(held, other)
            && !apart(twin, id)
    }

    pub(super) fn due(&self, held: &Held, stay: &Stay) -> Due {
        let remote = self.house(held.establishment).is_some_and(|house| house.remote);
        if stay.has_foreigner() { Due::with_foreigner(stay.arrive, remote) } else { Due::of(stay.arrive) }
    }

    /// One notice as a list shows it. An unreadable one is shown as such: it is there, and nothing is deleted.
    pub(super) fn card(&self, id: DossierId, held: &Held, twins: &Twins) -> Card {
        let status = held.status();
        let twin = twins.get(&id).copied();
        let called = held.pending.iter().map(|pending| &pending.act);
        let called = called.chain(held.acts.iter().map(|ordered| &ordered.recorded.act));
        let called = called.into_iter().any(|act| matches!(act, Act::Call { .. }));
        let received = self.received(held);
        let state = self.state(id, held, &status, twin.is_some());
        let ended = !status.is_open() || held.pending.iter().any(|p| matches!(p.act, Act::Withdraw { .. }));
        let Ok(stay) = held.stay() else {
            return Card {
                dossier: id,
                guests: Vec::new(),
                room: String::new(),
                arrive: Moment(0),
                leave: Moment(0).day(),
                left: None,
                state: CardState::Review(Review::Unreadable),
                due: Due::of(Moment(0)),
                margin: None,
                changed: received.is_some() && self.waits(held),
                conflicts: 0,
                twin,
                called,
                ended,
            };
        };
        let due = self.due(held, stay);
        Card {
            dossier: id,
            guests: stay
                .present()
                .map(|(guest, person)| CardGuest {
                    guest: *guest,
                    name: person.name.as_str().to_owned(),
                    birth: person.birth.to_string(),
                    nationality: person.nationality,
                })
                .collect(),
            room: stay.room.clone(),
            arrive: stay.arrive,
            leave: stay.leave,
            left: stay.left,
            state,
            due,
            margin: received.as_ref().map(|(at, _)| at.minutes_until(due.at)),
            changed: received.is_some() && self.waits(held),
            conflicts: held.conflicts().len() as u32,
            twin,
            called,
            ended,
        }
    }

    /// When the office first received it and under which number: from a verified receipt, or for officers from
    /// their own office's log.
    pub(super) fn received(&self, held: &Held) -> Option<(Moment, String)> {
        let first = held.acts.iter().find_map(|ordered| match ordered.recorded.act {
            Act::Submit { .. } => Some(ordered.recorded.at),
            _ => None,
        });
        if let (Some(receipt), Some(at)) = (held.receipt(), held.first_received()) {
            return Some((first.map_or(at, |first| first.min(at)), receipt.number().to_string()));
        }
        held.numbered.map(|numbered| (numbered.at, numbered.number.to_string()))
    }

    fn state(&self, id: DossierId, held: &Held, status: &Status, twin: bool) -> CardState {
        if let Some(why) = held.rejected {
            return CardState::Review(Review::Rejected(why));
        }
        if let (Status::Returned { by, reason, .. }, false) = (status, self.waits(held)) {
            return CardState::Review(Review::Returned { by: by.clone(), reason: reason.clone() });
        }
        if self.waits(held) && self.authors(held) {
            let sending = self.exchange.as_ref().is_some_and(|exchange| exchange.carries(id));
            return if sending { CardState::Sending } else { CardState::SavedHere };
        }
        // A notice that no longer counts has nothing to be looked at.
        if let (Some(refused), true, true) = (held.refused.last(), status.is_open(), self.authors(held)) {
            return CardState::Review(Review::NotApplied { asked: asked(&refused.act), why: refused.why });
        }
        if !held.conflicts().is_empty() {
            return CardState::Review(Review::Conflict);
        }
        if twin {
            return CardState::Review(Review::Twin);
        }
        match (status, self.received(held)) {
            (Status::Received { at, by, .. }, _) => CardState::Received { at: *at, by: by.clone() },
            (_, Some((at, number))) => CardState::Receipted { at, number },
            // At the office, and no verified receipt here yet: nothing more than saved may be said.
            (_, None) => CardState::SavedHere,
        }
    }
}

fn asked(act: &Act) -> Asked {
    match act {
        Act::Withdraw { .. } => Asked::Withdrawal,
        Act::Settle { .. } => Asked::Pair,
        Act::Call { .. } => Asked::Call,
        Act::Submit { .. }
        | Act::OnBehalf { .. }
        | Act::Receive { .. }
        | Act::Return { .. }
        | Act::Step(_)
        | Act::ReceivedAt { .. } => Asked::Change,
    }
}
