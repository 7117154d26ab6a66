//! The end of a schedule: no faults any more, everybody opens the app, and within a bounded number of rounds
//! everything is where it belongs.

use dossier::access::Role;
use dossier::id::DossierId;
use dossier::intent::Intent;
use sync::device::Input;
use sync::replica::Held;
use sync::slot::Slot;

use crate::person;
use crate::phone::Asked;
use crate::world::World;

/// The most rounds a heal may take.
const MOST_ROUNDS: u32 = 12;

impl World {
    /// Heals, looks, lets people touch what the office turned back, and looks at everything.
    pub fn heal(&mut self) {
        self.luck.on = false;
        self.trace.step += 1;
        self.trace.note(format_args!("heal"));
        self.somebody_goes();
        self.come_to_rest();
        for _ in 0..3 {
            if self.ledger.broken.is_some() || !self.touch() {
                break;
            }
            self.come_to_rest();
        }
        self.judge();
    }

    /// Somebody locks a phone for good. What a restored office has lost only its author brings again, so this happens to
    /// offices that were never restored.
    fn somebody_goes(&mut self) {
        let at = self.prng.below(self.phones.len());
        let owner = self.phones[at].person.house().is_some();
        if self.ledger.restores > 0 || !owner || !self.prng.chance(300) {
            return;
        }
        self.trace.note(format_args!("the person of phone {at} is gone"));
        self.gone.insert(at);
        if self.phones[at].open().is_some() {
            self.ask(at, Intent::Lock, Asked::Other);
        }
    }

    fn come_to_rest(&mut self) {
        for _ in 0..MOST_ROUNDS {
            // An hour later: a wrong PIN has been waited out.
            self.now = self.now.plus_minutes(60);
            for at in 0..self.phones.len() {
                if self.gone.contains(&at) {
                    if self.phones[at].device.is_none() {
                        self.start(at);
                    }
                } else if self.phones[at].open().is_none() {
                    person::unlock(self, at);
                }
                self.tell(at, Input::Nudge);
            }
            if !self.settle_all() {
                return self.ledger.fail("I4", self.trace.step, "an exchange does not end".into());
            }
            if self.ledger.broken.is_some() || self.rests() {
                return;
            }
        }
        let step = self.trace.step;
        for at in 0..self.phones.len() {
            if !self.phone_rests(at) {
                let waits = |held: &Held| held.waits(self.office.epoch) && held.rejected.is_none();
                let waiting: Option<Vec<DossierId>> = self.phones[at].open().map(|open| {
                    let cases = open.replica.cases.iter();
                    cases.filter(|(_, held)| waits(held)).map(|(id, _)| *id).collect()
                });
                self.ledger.fail(
                    "I4",
                    step,
                    format!("phone {at} does not come to rest: waiting {waiting:?}"),
                );
            }
        }
    }

    fn rests(&self) -> bool {
        (0..self.phones.len()).all(|at| self.phone_rests(at))
    }

    fn phone_rests(&self, at: usize) -> bool {
        if self.gone.contains(&at) {
            let copies = self.phones[at].disk.clear();
            return !copies.iter().any(|(_, slot, _)| matches!(slot, Slot::Sealed(_)));
        }
        let top = self.office.tables.rows.last().map_or(0, |row| row.number);
        self.phones[at].open().is_some_and(|open| {
            let seen = |(_, have): &(_, sync::frame::Have)| have.is_whole() && have.to == top;
            // What an officer's tablet has seen and the office has lost, only an owner's phone can bring back.
            let officer = open.role() == Role::Officer;
            let done = if officer {
                open.replica.cases.values().all(|held| held.pending.is_empty())
            } else {
                open.waiting() == 0
            };
            // The receipts of one that was turned back wait with it for a person.
            let waits =
                |held: &Held| held.rejected.is_none() && held.has_receipts_to_offer(self.office.epoch);
            let offers = open.office.offer_receipts && open.replica.cases.values().any(waits);
            done && !offers
                && open.office.epoch == self.office.epoch
                && open.office.cursors.iter().all(seen)
                && !open.office.cursors.is_empty()
        })
    }

    /// People look again at what was turned back. False when there was nothing.
    fn touch(&mut self) -> bool {
        let mut touched = false;
        for at in 0..self.phones.len() {
            let Some(open) = self.phones[at].open() else { continue };
            let cases = open.replica.cases.iter();
            let back: Vec<_> = cases.filter(|(_, held)| held.rejected.is_some()).map(|(id, _)| *id).collect();
            for id in back {
                person::extend(self, at, id);
                self.settle_all();
                touched = true;
            }
        }
        touched
    }
}
