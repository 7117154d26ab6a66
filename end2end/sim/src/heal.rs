//! The end of a schedule: no faults any more, everybody opens the app, and within a bounded number of rounds
//! everything is where it belongs.

use dossier::access::Role;
use dossier::id::DossierId;
use dossier::intent::Intent;
use dossier::place::Place;
use sync::device::Input;
use sync::replica::Held;
use sync::slot::Slot;

use crate::cast::Matter;
use crate::fault::Fault;
use crate::filing;
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
        if self.matter == Matter::Papers && self.prng.chance(500) {
            self.luck.count(Fault::NoPictures);
            self.no_pictures = true;
            self.come_to_rest();
            self.no_pictures = false;
            self.rested.clear();
        }
        self.come_to_rest();
        for _ in 0..3 {
            if self.ledger.broken.is_some() || !self.touch() {
                break;
            }
            self.come_to_rest();
        }
        if self.ledger.broken.is_none() && self.asks_the_gateway() {
            self.come_to_rest();
        }
        if self.ledger.broken.is_none() {
            self.tell_apart();
        }
        self.judge();
    }

    /// Somebody locks a phone for good. What a restored office has lost only its author brings again, so this happens to
    /// offices that were never restored.
    fn somebody_goes(&mut self) {
        let at = self.prng.below(self.phones.len());
        let seats = self.phones[at].seats();
        let Some(seat) = self.prng.pick(&seats).copied() else { return };
        let owner = self.phones[at].people[usize::from(seat.0)].0.house().is_some();
        if self.ledger.restores > 0 || !owner || !self.prng.chance(300) {
            return;
        }
        self.trace.note(format_args!("the person of phone {at} is gone"));
        self.gone.insert((at, seat));
        if self.phones[at].open().is_some() && self.phones[at].seat() == seat {
            self.ask(at, Intent::Lock, Asked::Other);
        }
    }

    /// Places of people who still come.
    pub fn present(&self, at: usize) -> Vec<Place> {
        self.phones[at].seats().into_iter().filter(|seat| !self.gone.contains(&(at, *seat))).collect()
    }

    pub fn come_to_rest(&mut self) {
        for _ in 0..MOST_ROUNDS {
            // An hour later: a wrong PIN has been waited out.
            self.now = self.now.plus_minutes(60);
            for at in 0..self.phones.len() {
                if self.phones[at].device.is_none() {
                    self.start(at);
                }
                if self.phones[at].open().is_none() {
                    person::unlock(self, at);
                }
                self.tell(at, Input::Nudge);
            }
            let mut ends = self.settle_all();
            for at in 0..self.phones.len() {
                if self.signs_in_again(at) {
                    ends &= self.settle_all();
                }
            }
            self.note_rest();
            for at in 0..self.phones.len() {
                let several = self.phones[at].people.len() > 1;
                for seat in if several { self.present(at) } else { Vec::new() } {
                    person::enter(self, at, seat);
                    // What the office did not understand in a short frame goes again in a plain one.
                    for _ in 0..2 {
                        self.tell(at, Input::Nudge);
                        ends &= self.settle_all();
                    }
                    if self.signs_in_again(at) {
                        ends &= self.settle_all();
                    }
                    self.note_rest();
                }
            }
            if !ends {
                return self.ledger.fail("I4", self.trace.step, "an exchange does not end".into());
            }
            if self.ledger.broken.is_some() || self.rests() {
                return;
            }
        }
        let step = self.trace.step;
        for at in 0..self.phones.len() {
            if !self.phone_rests(at) {
                self.ledger.fail(
                    "I4",
                    step,
                    format!("phone {at} does not come to rest: {}", self.restless(at)),
                );
            }
        }
    }

    /// What there is of each dossier at the place that is open.
    fn restless(&self, at: usize) -> String {
        let Some(open) = self.phones[at].open() else { return "it does not open".to_owned() };
        let epoch = self.office.epoch;
        let case = |(id, held): (&DossierId, &Held)| {
            let (waits, acts, rejected) = (held.waits(epoch), held.pending.len(), held.rejected);
            let offers = open.office.offer_receipts && held.has_receipts_to_offer(epoch);
            format!("{id}: waits {waits}, {acts} acts, rejected {rejected:?}, offers receipts {offers}")
        };
        let cases: Vec<String> = open.replica.cases.iter().map(case).collect();
        format!("{:?}, cursors {:?}; {}", self.phones[at].person(), open.office.cursors, cases.join("; "))
    }

    pub fn top(&self) -> u64 {
        self.office.tables.top()
    }

    fn note_rest(&mut self) {
        let top = self.top();
        for at in 0..self.phones.len() {
            if self.open_rests(at) {
                self.rested.insert((at, self.phones[at].seat()), top);
            }
        }
    }

    fn rests(&self) -> bool {
        (0..self.phones.len()).all(|at| self.phone_rests(at))
    }

    /// Everybody's place on a phone: at rest when it was looked at last, and nothing has come since. Of who is gone
    /// nothing waits, and of who was revoked nothing is left.
    fn phone_rests(&self, at: usize) -> bool {
        let phone = &self.phones[at];
        let copies = phone.disk.clear();
        let waits = |seat: &Place| {
            copies.iter().any(|(whose, slot, _)| whose == seat && matches!(slot, Slot::Sealed(_)))
        };
        let gone = self.gone.iter().filter(|(phone, _)| *phone == at);
        let mut revoked = phone
            .people
            .iter()
            .enumerate()
            .filter(|(_, (_, handle))| self.office.registry.revoked.contains(handle));
        let rests = |seat: &Place| self.rested.get(&(at, *seat)) == Some(&self.top());
        gone.into_iter().all(|(_, seat)| !waits(seat))
            && revoked.all(|(seat, _)| {
                self.gone.contains(&(at, Place(seat as u8))) || phone.disk.is_bare(Place(seat as u8))
            })
            && self.present(at).iter().all(rests)
    }

    fn open_rests(&self, at: usize) -> bool {
        let top = self.top();
        self.phones[at].open().is_some_and(|open| {
            // Who signed in again after a merger reads another log than before.
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
            let carries = self.matter == Matter::Papers && !self.no_pictures;
            done && !offers
                && !(carries && self.brings(at, open))
                && open.office.epoch == self.office.epoch
                && open.office.cursors.last().is_some_and(seen)
        })
    }

    /// People look again at what was turned back. False when there was nothing.
    fn touch(&mut self) -> bool {
        let mut touched = false;
        for at in 0..self.phones.len() {
            for seat in self.present(at) {
                person::enter(self, at, seat);
                self.settle_all();
                let Some(open) = self.phones[at].open() else { continue };
                let cases = open.replica.cases.iter();
                let back = cases.filter(|(_, held)| held.rejected.is_some() || person::is_groundless(held));
                let back = back.map(|(id, _)| *id);
                for id in back.collect::<Vec<_>>() {
                    if !person::grounds_again(self, at, id) {
                        person::extend(self, at, id);
                        filing::again(self, at, id);
                    }
                    self.settle_all();
                    touched = true;
                }
            }
        }
        touched
    }
}
