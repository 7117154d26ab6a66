//! One exchange: everything waiting goes up in one frame, verdicts, receipts and everything newer come down in
//! the answer. A repeat costs nothing; an answer that was lost is asked for again.

use std::collections::BTreeMap;

use dossier::access::Role;
use dossier::id::DossierId;
use dossier::moment::Moment;
use dossier::view::Rejection;

use super::carry::Copied;
use super::line::Exchange;
use super::{Batch, Device, Effect, Open, Reply, Stage};
use crate::dice::Dice;
use crate::frame::down::{Down, Issued, IssuedLeaf, Verdict};
use crate::frame::up::{SentAct, Up};
use crate::frame::{ActId, Form, Have, MOST_BYTES, Parcel, Scope};
use crate::office::issue;
use crate::receipt::{Epoch, Leaf, Receipt, Verifier};
use crate::record::{OfficeState, Record};
use crate::replica::{Held, Pending, WithOffice};
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
        let heed_epoch = self.rules.heed_epoch;
        let Stage::Open(open) = &mut self.stage else { return };
        let Some(exchange) = open.exchange.take_if(|exchange| exchange.id == id) else { return };
        effects.push(Effect::Show);
        open.retry.captive = matches!(reply, Reply::NotOurs);
        let bytes = match reply {
            Reply::Frame(bytes) => bytes,
            Reply::Later(least) => return open.retry.fail(now, dice, least, effects),
            Reply::Revoked(order) => return self.dismissed(now, dice, &exchange, &order, effects),
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
        open.retry.at = None;
        let again = exchange.again || exchange.more || down.more;
        let batch = open.digest(now, dice, &exchange, down, heed_epoch);
        let again = again || batch.sync;
        if !open.retry.listening {
            open.retry.listening = true;
            let (up, _) = open.hello(now);
            effects.push(Effect::Listen(up.encode(&open.signing)));
        }
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
            role if role.is_police() => Some(Scope::Commune(membership.commune)),
            Role::Citizen | Role::TeamMember | Role::TeamLeader => Some(Scope::Account(membership.account)),
            _ => None,
        }
    }

    fn with_office(&self) -> WithOffice<'_> {
        WithOffice { replica: &self.replica, epoch: self.office.epoch }
    }

    /// A frame that carries nothing: who asks, and what has been seen.
    fn hello(&self, now: Moment) -> (Up, Exchange) {
        let have = |scope: Scope| {
            let known = self.office.cursors.iter().find(|(known, _)| *known == scope);
            (scope, known.map_or(Have::default(), |(_, have)| *have))
        };
        let up = Up {
            form: Form::Plain,
            handle: self.handle(),
            epoch: self.office.epoch,
            claimed_at: now,
            facts: self.office.facts.version,
            have: self.scope().map(have).into_iter().collect(),
            parcels: Vec::new(),
            acts: Vec::new(),
            receipts: Vec::new(),
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

    /// What an answer comes to. Nothing is believed that was not verified here.
    fn digest(
        &self,
        now: Moment,
        dice: &mut Dice,
        exchange: &Exchange,
        down: Down,
        heed_epoch: bool,
    ) -> Batch {
        let mut batch = Batch::default();
        let mut office = OfficeState {
            last_contact: Some(down.at),
            clock_offset: down.at.0.saturating_sub(now.0),
            ..self.office.clone()
        };
        let met_before = self.office.epoch != Epoch::default();
        let restored = heed_epoch && met_before && self.office.epoch != down.epoch;
        if restored {
            // Another office than the one that was here before: everything is offered again, receipts too.
            office.offer_receipts = true;
            office.cursors.clear();
            office.epoch = down.epoch;
            // What the former office had ordered for this account waits again; the answer itself is not used.
            for (dossier, held) in &self.replica.cases {
                for Pending { id, act, at } in held.acts_to_offer(self.member.membership.account, down.epoch)
                {
                    batch.records.push(Record::Pending { dossier: *dossier, id, act, at });
                }
            }
            batch.sync = true;
            batch.office = Some(office);
            return batch;
        }
        if heed_epoch || !met_before {
            office.epoch = down.epoch;
        }
        if let Some(facts) = &down.facts {
            office.facts = facts.clone();
        }
        for (dossier, verdict) in &down.verdicts {
            let sent = exchange.parcels.get(dossier);
            match (verdict, sent, self.replica.cases.get(dossier)) {
                (Verdict::Accepted, Some(hashes), _) => batch.records.push(Record::AtOffice {
                    dossier: *dossier,
                    epoch: office.epoch,
                    hashes: hashes.clone(),
                }),
                (Verdict::Rejected(why), _, Some(held)) => {
                    batch.records.extend(self.set_back(now, dice, *dossier, held, sent, *why));
                    // What goes on under another id is a save like any other.
                    batch.copied = Copied::Records;
                    batch.sync = batch.sync || matches!(why, Rejection::IdTaken | Rejection::OutOfOrder);
                }
                _ => {}
            }
        }
        for act in &down.act_verdicts {
            let Verdict::Rejected(why) = act.verdict else { continue };
            let back = |(dossier, verdict): &(_, _)| *dossier == act.dossier && *verdict != Verdict::Accepted;
            if why == Rejection::OutOfOrder && down.verdicts.iter().any(back) {
                // The office did not take what it speaks of: it waits with it.
                continue;
            }
            let held = self.replica.cases.get(&act.dossier);
            let submits = held.is_some_and(|held| held.submission(act.id).is_some());
            let sent = exchange.parcels.get(&act.dossier).map_or(0, Vec::len);
            if why == Rejection::OutOfOrder
                && submits
                && held.is_some_and(|held| sent < held.history.changes().len())
            {
                batch.records.push(Record::SendAgain(act.dossier));
                batch.sync = true;
                continue;
            }
            batch.records.push(Record::ActRefused { dossier: act.dossier, id: act.id, why });
        }
        self.digest_offers(exchange, &down, &mut batch, &mut office);
        self.digest_log(exchange, down, &mut batch, &mut office);
        batch.office = Some(office);
        batch
    }

    /// Receipts of before a restore have been taken up where the office knows the dossier. One that it has only now
    /// heard of, from whoever was there first, is offered in an exchange of its own.
    fn digest_offers(&self, exchange: &Exchange, down: &Down, batch: &mut Batch, office: &mut OfficeState) {
        if !office.offer_receipts {
            return;
        }
        let epoch = office.epoch;
        let accepted = |dossier| down.verdicts.contains(&(dossier, Verdict::Accepted));
        let known = |dossier, held: &Held| held.is_at_office(epoch) || accepted(dossier);
        let (mut left, mut next) = (false, false);
        for (dossier, held) in self.replica.cases.iter().filter(|(_, held)| held.has_receipts_to_offer(epoch))
        {
            if exchange.offered.contains(dossier) && known(*dossier, held) {
                batch.records.push(Record::Offered { dossier: *dossier, epoch });
            } else if held.reminted.is_none() {
                left = true;
                let ordered = down.recorded.iter().any(|ordered| ordered.dossier == *dossier);
                next |= ordered && !exchange.more;
            }
        }
        office.offer_receipts = left;
        batch.sync |= next;
    }

    fn digest_log(&self, exchange: &Exchange, down: Down, batch: &mut Batch, office: &mut OfficeState) {
        let epoch = office.epoch;
        for Parcel { dossier, establishment, changes } in down.parcels {
            if !self.replica.cases.contains_key(&dossier) {
                batch.records.push(Record::Begun { dossier, establishment });
            }
            let from_office = Some(epoch);
            let changes = changes.into_iter();
            batch.records.extend(changes.map(|raw| Record::Change { dossier, raw, from_office }));
        }
        let ordered = down.recorded.into_iter();
        batch.records.extend(ordered.map(|ordered| Record::Ordered { epoch, ordered }));
        batch.records.extend(down.numbered.into_iter().map(Record::Numbered));
        // A receipt is kept when the office's signature fits, and shown when it speaks of exactly a submission that
        // is whole here.
        let keys = self.receipt_keys();
        let issued = down.issued.and_then(|issued| self.rebuild(exchange, &issued)).unwrap_or_default();
        let receipts = down.receipts.into_iter().chain(issued);
        let mut verifier = Verifier::new(&keys);
        let genuine = receipts.filter(|receipt| verifier.verify(receipt).is_ok());
        batch.records.extend(genuine.map(Record::Receipt));
        for (scope, have) in down.cursors {
            office.cursors.retain(|(known, _)| *known != scope);
            office.cursors.push((scope, have));
        }
    }

    /// The receipts an answer stands for: every leaf is rebuilt from the submission this device sent.
    fn rebuild(&self, exchange: &Exchange, issued: &Issued) -> Option<Vec<Receipt>> {
        let leaf = |leaf: &IssuedLeaf| {
            let SentAct { dossier, id, .. } = *exchange.acts.get(leaf.act as usize)?;
            let held = self.replica.cases.get(&dossier)?;
            let content = held.content_of(held.submission(id)?)?;
            Some(Leaf { serial: leaf.serial, number_epoch: leaf.number_epoch, dossier, content })
        };
        let leaves: Option<Vec<Leaf>> = issued.leaves.iter().map(leaf).collect();
        issue::rebuild(issued, &leaves?)
    }

    /// A dossier the office did not take.
    fn set_back(
        &self,
        now: Moment,
        dice: &mut Dice,
        dossier: DossierId,
        held: &Held,
        sent: Option<&Vec<[u8; 32]>>,
        why: Rejection,
    ) -> Vec<Record> {
        let whole = sent.is_some_and(|sent| sent.len() == held.history.changes().len());
        match why {
            // The office lacks what comes before; unless everything was in the frame, send everything.
            Rejection::OutOfOrder if !whole => vec![Record::SendAgain(dossier)],
            // Only what the office has never taken can have met another notice of the same id.
            Rejection::IdTaken if held.acts.is_empty() && held.receipts.is_empty() => {
                self.remint(now, dice, dossier, held)
            }
            why => vec![Record::Rejected { dossier, why: Some(why) }],
        }
    }

    /// The same content under a new id: nothing is lost when the dice fell twice the same way.
    fn remint(&self, now: Moment, dice: &mut Dice, old: DossierId, held: &Held) -> Vec<Record> {
        let new = DossierId::mint(self.handle(), dice.bytes());
        let mut records = vec![Record::Begun { dossier: new, establishment: held.establishment }];
        let changes = held.history.changes().map(|change| change.raw_bytes().to_vec());
        records.extend(changes.map(|raw| Record::Change { dossier: new, raw, from_office: None }));
        for pending in &held.pending {
            let (id, act) = (ActId(dice.bytes()), pending.act.clone());
            records.push(Record::Pending { dossier: new, id, act, at: now });
        }
        records.push(Record::Reminted { old, new });
        records
    }
}
