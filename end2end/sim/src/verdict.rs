//! The end: every promise against the office's committed record.

use std::collections::{BTreeMap, BTreeSet};

use dossier::act::Act;
use dossier::content::Content;
use dossier::id::DossierId;
use dossier::status::Status;
use sync::case::proof_at;
use sync::document::{self, ReadError};
use sync::frame::ActId;
use sync::office::Known;
use sync::receipt::content;
use sync::replica::Held;

use crate::registry::Person;
use crate::world::World;
use crate::{answers, consent, counter, fees, inspect, person, slips};

/// What every dossier at the office says.
type Said = BTreeMap<DossierId, Result<Content, ReadError>>;

impl World {
    /// Looks at everything once the world is at rest.
    pub fn judge(&mut self) {
        self.promises();
        self.record();
        // As Automerge opens it: phones and office follow the changes themselves where they can.
        let open = |known: &Known| document::read_any(&known.history.open());
        let said: Said = self.office.tables.known.iter().map(|(id, known)| (*id, open(known))).collect();
        if let Some((id, _)) = said.iter().find(|(_, said)| said.is_err()) {
            self.ledger.fail("I2", self.trace.step, format!("{id} cannot be read at the office"));
        }
        for at in 0..self.phones.len() {
            for seat in self.present(at) {
                person::enter(self, at, seat);
                self.settle_all();
                self.replica(at, &said);
                if self.ledger.broken.is_some() {
                    return;
                }
                inspect::screen(self, at);
            }
        }
    }

    /// I1: nothing that said saved is lost; every receipt ever shown verifies and its content is there.
    fn promises(&mut self) {
        let step = self.trace.step;
        let known = &self.office.tables.known;
        let moved = |id: &DossierId| self.ledger.moved.get(id).copied().unwrap_or(*id);
        // What a revoked device has handed over lies aside whole, for somebody to decide on.
        let aside = || self.office.aside.iter();
        let parcels = aside().flat_map(|up| &up.parcels).flat_map(|parcel| &parcel.changes);
        let kept: BTreeSet<automerge::ChangeHash> =
            parcels.filter_map(|raw| Some(sync::gate::parse(raw).ok()?.hash())).collect();
        let kept_acts: BTreeSet<ActId> = aside().flat_map(|up| &up.acts).map(|sent| sent.id).collect();
        let (mut lost, mut strange) = (None, None);
        for (id, hash) in &self.ledger.saved {
            let hash = automerge::ChangeHash(*hash);
            let holds = |id: DossierId| known.get(&id).is_some_and(|known| known.history.knows(&hash));
            if !holds(*id) && !holds(moved(id)) && !kept.contains(&hash) {
                lost.get_or_insert(format!(
                    "{id}: a saved change is not at the office; {}",
                    self.holders(id, &hash)
                ));
            }
        }
        for (act, promised) in &self.ledger.acts {
            let recorded = known.values().flat_map(|known| &known.acts).find(|ordered| ordered.id == *act);
            let refused = || self.ledger.refused.contains(act);
            // Who is gone does not read what the office refused.
            let unread = || !self.gone.is_empty();
            let there = recorded.is_some() || kept_acts.contains(act);
            let (id, what) = (promised.dossier, &promised.what);
            if !(there || promised.refusable && (refused() || unread())) {
                lost.get_or_insert(format!("{id}: done and not at the office: {what}"));
            }
            if recorded.is_some_and(|ordered| ordered.recorded.by.account != promised.account) {
                strange.get_or_insert(format!("{id}: under another name than who did it: {what}"));
            }
        }
        for (receipt, heads) in self.ledger.receipts.values() {
            let whole = known.get(&receipt.dossier).and_then(|known| proof_at(&known.history, heads));
            let proven = matches!(whole, Some(Ok((_, hash))) if content(heads, &hash) == receipt.content);
            // Verified when it was shown; what is looked at now is whether its content is still there.
            if !proven {
                lost.get_or_insert(format!(
                    "{}: a receipt that was shown proves nothing now",
                    receipt.dossier
                ));
            }
        }
        let broken = lost.map(|what| ("I1", what)).or(strange.map(|what| ("I10", what)));
        if let Some((invariant, what)) = broken {
            self.ledger.fail(invariant, step, what);
        }
    }

    /// Which phones hold a change, and what they think of its dossier.
    fn holders(&self, id: &DossierId, hash: &automerge::ChangeHash) -> String {
        let mut text = String::new();
        for (at, phone) in self.phones.iter().enumerate() {
            let Some(held) = phone.open().and_then(|open| open.replica.cases.get(id)) else { continue };
            let (holds, rejected) = (held.history.knows(hash), held.rejected);
            let waits = held.waits(self.office.epoch);
            text += &format!(" phone {at}: holds {holds}, rejected {rejected:?}, waits {waits};");
        }
        text
    }

    /// I2: a device that may hold a dossier holds the same as the office.
    fn replica(&mut self, at: usize, said: &Said) {
        let step = self.trace.step;
        let person = self.phones[at].person();
        let Some(open) = self.phones[at].open() else {
            return self.ledger.fail("I1", step, format!("phone {at} does not open any more"));
        };
        let (office, known) = (&self.office, &self.office.tables.known);
        if open.damaged > 0 {
            return self.ledger.fail("I1", step, format!("phone {at}: {} damaged", open.damaged));
        }
        let officer = open.role().works_on_dossiers();
        let account = person.account();
        let in_scope = |id: &DossierId, known: &Known| match person {
            Person::Officer | Person::OfficerThere => {
                let place = office.registry.place_of(known.establishment);
                place.is_some_and(|place| place.commune == office.registry.today(person.home()))
            }
            Person::Helper | Person::Colleague => office.tables.is_followed(*id, account),
            Person::Clerk => office.on_counter(person, *id),
            Person::Mother | Person::Son | Person::Neighbour => person.house() == Some(known.establishment),
        };
        let here: BTreeSet<_> = open
            .replica
            .cases
            .iter()
            .filter(|(_, held)| held.reminted.is_none())
            .map(|(id, _)| *id)
            .chain(open.replica.stubs.iter().map(|(id, _)| *id))
            .collect();
        let there: BTreeSet<_> =
            known.iter().filter(|(id, known)| in_scope(id, known)).map(|(id, _)| *id).collect();
        let strange = here.iter().find(|id| person.role().is_team() && !self.let_follow(person, **id));
        if let Some(id) = strange {
            return self.ledger.fail("I16", step, format!("phone {at}: nobody let {person:?} follow {id}"));
        }
        let mut filings = open.replica.cases.iter().filter(|_| officer);
        let unseen = filings.find_map(|(id, held)| slips::unseen(known.get(id)?, &held.filing_status()));
        if let Some(what) = unseen {
            return self.ledger.fail("I13", step, format!("phone {at}: {what}"));
        }
        if let Some(id) = here.symmetric_difference(&there).next() {
            let side = if here.contains(id) { "the phone has it" } else { "the office has it" };
            return self.ledger.fail("I2", step, format!("phone {at}: {id} only on one side: {side}"));
        }
        let differs = there.iter().find_map(|id| {
            let why = differs(open.replica.cases.get(id)?, known.get(id)?, said.get(id)?, officer)?;
            Some(format!("phone {at}: {id}: {why}"))
        });
        if let Some(what) = differs {
            let invariant = if what.contains("receipt") { "I3" } else { "I2" };
            self.ledger.fail(invariant, step, what);
        }
    }

    /// Who files for others does it on a ground that was recorded before, and goes on with nothing a third person
    /// began.
    fn trespass(&self, id: DossierId, known: &Known) -> Option<&'static str> {
        let mut devices = self.office.registry.devices.iter();
        let began =
            devices.find(|(handle, _)| id.minted_by(**handle)).map(|(_, (person, _))| person.account());
        let mut ground = false;
        for recorded in known.acts.iter().map(|ordered| &ordered.recorded) {
            if !recorded.by.role.is_team() {
                continue;
            }
            let shown = self.ledger.shown.contains(&(id, recorded.by.account));
            if began != Some(recorded.by.account) && !shown {
                return Some("a helper has touched what somebody else began");
            }
            ground |= matches!(recorded.act, Act::OnBehalf { .. });
            if matches!(recorded.act, Act::Submit { .. }) && !ground {
                return Some("filed for somebody else without a ground");
            }
        }
        None
    }

    /// The office's own record: one number each, and every merged notice points at one that stands.
    fn record(&mut self) {
        let step = self.trace.step;
        let known = &self.office.tables.known;
        let status = |known: &Known| Status::fold(known.acts.iter().map(|ordered| &ordered.recorded));
        let mut broken = None;
        for (id, one) in known {
            let orders: Vec<u32> = one.acts.iter().map(|ordered| ordered.recorded.order).collect();
            if orders != (1..=orders.len() as u32).collect::<Vec<u32>>() {
                broken.get_or_insert(("I5", format!("{id}: its acts are not in one order: {orders:?}")));
            }
            if status(one) != Status::Draft && one.numbered.is_none() {
                broken.get_or_insert(("I3", format!("{id} was submitted and has no number")));
            }
            let shown = self.ledger.receipts.values().filter(|(receipt, _)| receipt.dossier == *id);
            let first = shown.map(|(receipt, _)| receipt.root.received_at).min();
            if first.is_some_and(|first| one.numbered.is_none_or(|numbered| numbered.at > first)) {
                broken.get_or_insert((
                    "I8",
                    format!("{id}: received {first:?}, and {:?} counts", one.numbered),
                ));
            }
            if let Some(what) = slips::misanswered(self, one) {
                broken.get_or_insert(("I13", format!("{id}: {what}")));
            }
            if let Some(what) = answers::amiss(one) {
                broken.get_or_insert(("I17", format!("{id}: {what}")));
            }
            if let Some(what) = fees::amiss(self, *id, one) {
                broken.get_or_insert(("I18", format!("{id}: {what}")));
            }
            if let Some(what) = counter::amiss(self, one) {
                broken.get_or_insert(("I20", format!("{id}: {what}")));
            }
            if let Some(what) = self.trespass(*id, one) {
                broken.get_or_insert(("I10", format!("{id}: {what}")));
            }
            let mut into = status(one);
            for _ in 0..known.len() {
                let Status::Merged { into: next, .. } = into else { break };
                into = known.get(&next).map(status).unwrap_or_default();
            }
            if matches!(into, Status::Merged { .. } | Status::Draft) && status(one) != Status::Draft {
                broken.get_or_insert(("I5", format!("{id} was merged into nothing that stands")));
            }
        }
        if let Some(what) = self.unpictured() {
            broken.get_or_insert(("I14", what));
        }
        if let Some(what) = consent::misused(&self.ledger.codes, known) {
            broken.get_or_insert(("I10", what));
        }
        if let Some((invariant, what)) = broken {
            self.ledger.fail(invariant, step, what);
        }
    }
}

fn differs(held: &Held, known: &Known, said: &Result<Content, ReadError>, officer: bool) -> Option<String> {
    if held.history.heads() != known.history.heads() {
        return Some("other heads than the office".into());
    }
    let same = match said {
        Ok(Content::Stay(stay)) => held.stay() == Ok(stay),
        Ok(Content::Filing(filing)) => held.filing() == Ok(filing),
        Err(_) => held.stay().is_err() && held.filing().is_err(),
    };
    if !same {
        return Some("says something else than the office".into());
    }
    if held.acts != known.acts {
        let (here, there) = (held.acts.len(), known.acts.len());
        return Some(format!("other acts than the office: {here} here, {there} there"));
    }
    if !held.pending.is_empty() {
        return Some("acts still wait".into());
    }
    let number = known.numbered.map(|numbered| numbered.number);
    if officer {
        let here = held.numbered.map(|numbered| numbered.number);
        return (here != number)
            .then(|| format!("another number than the office: {here:?} here, {number:?} there"));
    }
    match (held.receipt(), number) {
        (None, Some(_)) => Some("no receipt here, one at the office".into()),
        (Some(receipt), Some(number)) if receipt.number() != number => {
            Some(format!("the receipt has number {}, the office {number}", receipt.number()))
        }
        _ => None,
    }
}
