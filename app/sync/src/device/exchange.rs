//! One exchange: everything waiting goes up in one frame, verdicts, receipts and everything newer come down in
//! the answer. A repeat costs nothing; an answer that was lost is asked for again.

use std::collections::BTreeMap;

use dossier::access::Role;
use dossier::moment::Moment;

use super::line::Exchange;
use super::{Batch, Device, Effect, Open, Reply, Stage};
use crate::dice::Dice;
use crate::frame::down::Down;
use crate::frame::up::{SentAct, Up};
use crate::frame::{Form, Have, MOST_BYTES, Parcel, Scope};
use crate::replica::WithOffice;
use crate::wipe;

/// What fills a frame at most: the cap less what head, cursors and signature need.
const BUDGET: usize = MOST_BYTES - 8 * 1024;
/// The longest pause before a broken stream of hints is opened again, in milliseconds; drawn by the dice, so that
/// a restarted office is not knocked at by all desks at once.
const LISTEN_PAUSE: f64 = 10_000.0;

impl Device {
    pub(super) fn sync(&mut self, now: Moment, effects: &mut Vec<Effect>) {
        let heed_poison = !self.rules.independent_dossiers;
        let Stage::Open(open) = &mut self.stage else { return };
        if let Some(exchange) = &mut open.exchange {
            if !exchange.is_lost(now) {
                exchange.again = true;
                return;
            }
            open.exchange = None;
        }
        let stuck = heed_poison && open.replica.cases.values().any(|held| held.rejected.is_some());
        if stuck {
            return;
        }
        let (mut up, mut exchange) = open.fill(now);
        // A compact frame that was not taken, for whatever reason, goes again as plain chunks.
        up.form = if open.retry.failures == 0 { Form::Compact } else { Form::Plain };
        up.seated = open.retry.failures == 0;
        up.catalogue = up.seated.then_some(open.catalogue.version);
        let body = up.encode_after(&open.signing, &open.with_office());
        self.exchanges += 1;
        exchange.id = self.exchanges;
        exchange.frame = wipe::digest(&body);
        exchange.total = u32::try_from(body.len()).unwrap_or(u32::MAX);
        effects.push(Effect::Post { id: exchange.id, body });
        open.exchange = Some(exchange);
        effects.push(Effect::Show);
    }

    pub(super) fn progress(&mut self, now: Moment, sent: u32, total: u32, effects: &mut Vec<Effect>) {
        let Stage::Open(open) = &mut self.stage else { return };
        let Some(exchange) = &mut open.exchange else { return };
        exchange.sent = sent.min(total);
        exchange.total = total.max(1);
        exchange.moved = now;
        effects.push(Effect::Show);
    }

    /// An open desk must not stay deaf when the stream breaks: the next exchange opens it again.
    pub(super) fn listen_ended(&mut self, now: Moment, dice: &mut Dice, effects: &mut Vec<Effect>) {
        if let Stage::Open(open) = &mut self.stage {
            open.retry.listening = false;
            let pause = 1_000.0 + dice.fraction() * LISTEN_PAUSE;
            effects.push(Effect::Wake(Moment(now.0.saturating_add(pause as i64))));
        }
    }

    pub(super) fn replied(
        &mut self,
        now: Moment,
        dice: &mut Dice,
        id: u64,
        reply: Reply,
        effects: &mut Vec<Effect>,
    ) {
        let (heed_epoch, shared) = (self.rules.heed_epoch, self.shelves.is_shared());
        let Stage::Open(open) = &mut self.stage else { return };
        let Some(exchange) = open.exchange.take_if(|exchange| exchange.id == id) else { return };
        effects.push(Effect::Show);
        open.retry.captive = matches!(reply, Reply::NotOurs);
        let bytes = match reply {
            Reply::Frame(bytes) => bytes,
            Reply::Later(least) => return open.retry.fail(now, dice, least, effects),
            Reply::Revoked(order) => return self.dismissed(now, dice, &exchange, &order, effects),
            Reply::Copied => {
                open.retry.copied = true;
                // Tried again all the same: the commune may know better and put the device in order.
                return open.retry.fail(now, dice, None, effects);
            }
            Reply::Forbidden | Reply::NotOurs | Reply::Unreachable => {
                return open.retry.fail(now, dice, None, effects);
            }
        };
        let Ok(mut down) = Down::decode_after(&bytes, &open.with_office()) else {
            open.retry.captive = true;
            return open.retry.fail(now, dice, None, effects);
        };
        down.settle(exchange.parcels.keys().copied(), &exchange.acts);
        open.bytes_today += u64::from(exchange.total) + bytes.len() as u64;
        open.retry.failures = 0;
        open.retry.copied = false;
        open.retry.at = None;
        let again = exchange.again || exchange.more || down.more;
        let batch = open.tidied(now, shared, open.digest(now, dice, &exchange, down, heed_epoch));
        let again = again || batch.sync;
        self.keep(now, dice, Batch { sync: again, answered: true, ..batch }, effects);
    }
}

impl Open {
    fn scope(&self) -> Option<Scope> {
        let membership = &self.member.membership;
        match membership.role {
            role if role.declares() => {
                membership.establishment.as_ref().map(|house| Scope::Establishment(house.id))
            }
            role if role.works_on_dossiers() => Some(Scope::Commune(membership.commune)),
            Role::Citizen | Role::TeamMember | Role::TeamLeader => Some(Scope::Account(membership.account)),
            _ => None,
        }
    }

    fn with_office(&self) -> WithOffice<'_> {
        WithOffice { replica: &self.replica, epoch: self.office.epoch }
    }

    /// A frame that carries nothing: who asks, and what has been seen.
    pub(super) fn hello(&self, now: Moment) -> (Up, Exchange) {
        let have = |scope: Scope| {
            let known = self.office.cursors.iter().find(|(known, _)| *known == scope);
            (scope, known.map_or(Have::default(), |(_, have)| *have))
        };
        let up = Up {
            epoch: self.office.epoch,
            facts: self.office.facts.version,
            have: self.scope().map(have).into_iter().collect(),
            ..Up::silent(self.handle(), now)
        };
        let exchange = Exchange {
            id: 0,
            began: now,
            moved: now,
            sent: 0,
            total: 0,
            parcels: BTreeMap::new(),
            acts: Vec::new(),
            offered: Vec::new(),
            frame: [0; 32],
            again: false,
            more: false,
        };
        (up, exchange)
    }

    /// A frame with everything that waits, up to what one frame holds. What the office rejected waits for a
    /// person; the others flow on.
    pub(super) fn fill(&self, now: Moment) -> (Up, Exchange) {
        let (mut up, mut exchange) = self.hello(now);
        let epoch = self.office.epoch;
        let mut size = 0;
        for (dossier, held) in &self.replica.cases {
            // A notice that waits for a person brings its receipts nevertheless once the office knows it: somebody
            // else, or a sealed copy, may have been there first, and the earliest receipt counts.
            let waits = held.rejected.is_some();
            if held.reminted.is_some() || (waits && !held.is_at_office(epoch)) {
                continue;
            }
            let goes = !waits && self.authors(held);
            let unsent = if goes { held.unsent(epoch) } else { Vec::new() };
            let asked = self.office.offer_receipts || !held.is_at_office(epoch);
            let offers = asked && held.has_receipts_to_offer(epoch);
            let receipts = if offers { &held.receipts[..] } else { &[] };
            let acts = if waits { [].iter() } else { held.pending.iter() };
            let weight = unsent.iter().map(|(_, raw)| raw.len() + 3).sum::<usize>()
                + receipts.iter().map(|receipt| 180 + receipt.path.len() * 33).sum::<usize>()
                + acts.clone().count() * 160;
            if weight == 0 {
                continue;
            }
            if size + weight > BUDGET && size > 0 {
                exchange.more = true;
                continue;
            }
            size += weight;
            if !unsent.is_empty() {
                exchange.parcels.insert(*dossier, unsent.iter().map(|(hash, _)| *hash).collect());
                let changes = unsent.into_iter().map(|(_, raw)| raw).collect();
                up.parcels.push(Parcel { dossier: *dossier, establishment: held.establishment, changes });
            }
            for pending in acts {
                exchange.acts.push(SentAct { dossier: *dossier, id: pending.id, act: pending.act.clone() });
            }
            if offers {
                exchange.offered.push(*dossier);
                up.receipts.extend_from_slice(receipts);
            }
        }
        up.acts.clone_from(&exchange.acts);
        (up, exchange)
    }
}
