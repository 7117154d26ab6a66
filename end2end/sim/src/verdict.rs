//! The end: every promise against the office's committed record.

use std::collections::{BTreeMap, BTreeSet};

use dossier::access::Role;
use dossier::id::DossierId;
use dossier::status::Status;
use dossier::stay::Stay;
use sync::case::proof_at;
use sync::document::{self, ReadError};
use sync::office::Known;
use sync::receipt::content;
use sync::replica::Held;

use crate::inspect;
use crate::world::World;

impl World {
    /// Looks at everything once the world is at rest.
    pub fn judge(&mut self) {
        self.promises();
        self.replicas();
        self.record();
        for at in 0..self.phones.len() {
            if self.ledger.broken.is_none() {
                inspect::screen(self, at);
            }
        }
    }

    /// I1: nothing that said saved is lost; every receipt ever shown verifies and its content is there.
    fn promises(&mut self) {
        let step = self.trace.step;
        let known = &self.office.tables.known;
        let moved = |id: &DossierId| {
            let held = self.phones.iter().filter_map(|phone| phone.open()?.replica.cases.get(id)?.reminted);
            held.into_iter().next().unwrap_or(*id)
        };
        let mut lost = None;
        for (id, hash) in &self.ledger.saved {
            let hash = automerge::ChangeHash(*hash);
            let holds = |id: DossierId| known.get(&id).is_some_and(|known| known.history.knows(&hash));
            if !holds(*id) && !holds(moved(id)) {
                lost.get_or_insert(format!(
                    "{id}: a saved change is not at the office; {}",
                    self.holders(id, &hash)
                ));
            }
        }
        for (act, promised) in &self.ledger.acts {
            let recorded = known.values().any(|known| known.acts.iter().any(|ordered| ordered.id == *act));
            let refused = || {
                self.phones
                    .iter()
                    .filter_map(|phone| phone.open()?.replica.cases.get(&promised.dossier))
                    .any(|held| held.refused.iter().any(|refused| refused.id == *act))
            };
            // Who is gone does not read what the office refused.
            let unread = || !self.gone.is_empty();
            if !(recorded || promised.refusable && (refused() || unread())) {
                let (id, what) = (promised.dossier, &promised.what);
                lost.get_or_insert(format!("{id}: done and not at the office: {what}"));
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
        if let Some(what) = lost {
            self.ledger.fail("I1", step, what);
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

    /// I2: every device that may hold a dossier holds the same as the office.
    fn replicas(&mut self) {
        let step = self.trace.step;
        // As Automerge opens it: phones and office follow the changes themselves where they can.
        let open = |known: &Known| document::read(&known.history.open());
        let said: BTreeMap<DossierId, Result<Stay, ReadError>> =
            self.office.tables.known.iter().map(|(id, known)| (*id, open(known))).collect();
        if let Some((id, _)) = said.iter().find(|(_, said)| said.is_err()) {
            return self.ledger.fail("I2", step, format!("{id} cannot be read at the office"));
        }
        for at in 0..self.phones.len() {
            if self.gone.contains(&at) {
                continue;
            }
            let Some(open) = self.phones[at].open() else {
                return self.ledger.fail("I1", step, format!("phone {at} does not open any more"));
            };
            if open.damaged > 0 {
                return self.ledger.fail("I1", step, format!("phone {at}: {} damaged", open.damaged));
            }
            let officer = open.role() == Role::Officer;
            let house = self.phones[at].person.house();
            let in_scope = |known: &Known| officer || house == Some(known.establishment);
            let here: BTreeSet<_> = open
                .replica
                .cases
                .iter()
                .filter(|(_, held)| held.reminted.is_none())
                .map(|(id, _)| *id)
                .collect();
            let known = &self.office.tables.known;
            let there: BTreeSet<_> =
                known.iter().filter(|(_, known)| in_scope(known)).map(|(id, _)| *id).collect();
            if let Some(id) = here.symmetric_difference(&there).next() {
                return self.ledger.fail("I2", step, format!("phone {at}: {id} only on one side"));
            }
            let differs = there.iter().find_map(|id| {
                let why = differs(open.replica.cases.get(id)?, known.get(id)?, said.get(id)?, officer)?;
                Some(format!("phone {at}: {id}: {why}"))
            });
            if let Some(what) = differs {
                let invariant = if what.contains("receipt") { "I3" } else { "I2" };
                return self.ledger.fail(invariant, step, what);
            }
        }
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
            let mut into = status(one);
            for _ in 0..known.len() {
                let Status::Merged { into: next, .. } = into else { break };
                into = known.get(&next).map(status).unwrap_or_default();
            }
            if matches!(into, Status::Merged { .. } | Status::Draft) && status(one) != Status::Draft {
                broken.get_or_insert(("I5", format!("{id} was merged into nothing that stands")));
            }
        }
        if let Some((invariant, what)) = broken {
            self.ledger.fail(invariant, step, what);
        }
    }
}

fn differs(held: &Held, known: &Known, said: &Result<Stay, ReadError>, officer: bool) -> Option<String> {
    if held.history.heads() != known.history.heads() {
        return Some("other heads than the office".into());
    }
    if held.stay().ok() != said.as_ref().ok() {
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
        return (held.numbered.map(|numbered| numbered.number) != number)
            .then(|| "another number than the office".into());
    }
    match (held.receipt(), number) {
        (None, Some(_)) => Some("no receipt here, one at the office".into()),
        (Some(receipt), Some(number)) if receipt.number() != number => {
            Some(format!("the receipt has number {}, the office {number}", receipt.number()))
        }
        _ => None,
    }
}
