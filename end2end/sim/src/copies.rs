//! Devices of which there are two, or one that was put back: how far each says it has read, as the office remembers
//! it, and what people do who are told.

use std::collections::BTreeMap;

use dossier::id::DeviceHandle;
use dossier::intent::Intent;
use dossier::place::Place;
use sync::copied::Seen;
use sync::device::Input;
use sync::replica::Held;

use crate::fault::Fault;
use crate::person;
use crate::phone::Asked;
use crate::world::World;

/// How far devices have read: in memory with every frame, in the tables with every frame that brings something.
#[derive(Default)]
pub struct Readings {
    heard: BTreeMap<DeviceHandle, Seen>,
    written: BTreeMap<DeviceHandle, Seen>,
}

fn remember(known: &mut BTreeMap<DeviceHandle, Seen>, handle: DeviceHandle, seen: Seen) {
    if let Some(seen) = seen.remembered(known.get(&handle)) {
        known.insert(handle, seen);
    }
}

impl Readings {
    /// Whether a device that says this cannot be the one that was heard before; else it is remembered.
    pub fn hear(&mut self, handle: DeviceHandle, seen: Seen) -> bool {
        let two = self.heard.get(&handle).is_some_and(|before| seen.contradicts(before));
        if !two {
            remember(&mut self.heard, handle, seen);
        }
        two
    }

    /// Committed with what the frame has brought.
    pub fn write(&mut self, handle: DeviceHandle, seen: Seen) {
        remember(&mut self.written, handle, seen);
    }

    /// The office was killed: what was not written is forgotten.
    pub fn killed(&mut self) {
        self.heard.clone_from(&self.written);
    }
}

impl World {
    /// A second phone with the same disk and the same identity.
    pub fn copy(&mut self, at: usize) {
        let copy = self.phones[at].copied(self.phones[at].offset);
        self.phones.push(copy);
    }

    /// Who is told of a copy signs in again. False when nobody was told.
    pub fn signs_in_again(&mut self, at: usize) -> bool {
        let told = |handle: DeviceHandle| self.office.registry.copied.contains(&handle);
        let is_told = self.phones[at].open().is_some_and(|open| told(open.handle()));
        if is_told {
            let password = "mua he o nui".to_owned();
            self.ask(at, Intent::Renew { code: String::new(), password }, Asked::Other);
        }
        is_told
    }

    /// A backup of a phone is made, or put back on it. What is on a disk alone is gone with the disk, whatever a
    /// program does: so only where nothing waits, and in a schedule whose office loses nothing.
    pub fn back_up(&mut self, at: usize, made: bool, back: bool) {
        if made {
            let mut disk = self.phones[at].disk.clone();
            disk.discard();
            self.phones[at].backup = Some(disk);
        }
        let phone = &mut self.phones[at];
        let sent = |held: &Held| held.rejected.is_none() && held.refused.is_empty();
        let rests =
            phone.open().is_some_and(|open| open.waiting() == 0 && open.replica.cases.values().all(sent));
        let calm = self.ledger.restores == 0 && self.office.registry.revoked.is_empty();
        if !back || phone.people.len() > 1 || !rests || !phone.todo.is_empty() || !calm {
            return;
        }
        let Some(old) = phone.backup.take() else { return };
        phone.die();
        phone.disk = old;
        self.put_back = true;
        self.ledger.forget(at);
        self.luck.count(Fault::PutBack);
        self.trace.note(format_args!("! {}", Fault::PutBack.name()));
    }

    /// Copies nobody has noticed take turns: what the first one does is news, it says that it has read it, and then
    /// the next one comes and has not. From then on nobody may go by the name of another. Whose clock is behind goes
    /// first: what claims an earlier time may only be late.
    pub fn tell_apart(&mut self) {
        let shared = self.shared();
        let mut turned = Vec::new();
        for (handle, mut copies) in shared {
            copies.sort_by_key(|(at, _)| self.phones[*at].offset);
            if self.moves(&copies) {
                for (at, seat) in copies {
                    self.turn(at, seat);
                }
                turned.push(handle);
            }
        }
        if turned.is_empty() {
            return;
        }
        self.come_to_rest();
        let shared = self.shared();
        if let Some(handle) = turned.into_iter().find(|handle| shared.contains_key(handle)) {
            let what = format!("{} phones go by the name of one device: {handle}", shared[&handle].len());
            self.ledger.fail("I12", self.trace.step, what);
        }
    }

    /// Places of several phones that go by one name.
    fn shared(&self) -> BTreeMap<DeviceHandle, Vec<(usize, Place)>> {
        let mut shared: BTreeMap<DeviceHandle, Vec<(usize, Place)>> = BTreeMap::new();
        for at in 0..self.phones.len() {
            for seat in self.present(at) {
                let (_, handle) = self.phones[at].people[usize::from(seat.0)];
                shared.entry(handle).or_default().push((at, seat));
            }
        }
        let revoked = &self.office.registry.revoked;
        shared.retain(|handle, copies| copies.len() > 1 && !revoked.contains(handle));
        shared
    }

    /// The first copy, or whoever else files where that one is an officer's, does something that reaches the office.
    fn moves(&mut self, copies: &[(usize, Place)]) -> bool {
        let files = |world: &World, at: usize, seat: Place| {
            let (person, handle) = world.phones[at].people[usize::from(seat.0)];
            !person.role().works_on_dossiers() && !world.office.registry.revoked.contains(&handle)
        };
        let Some(first) = copies.first().copied() else { return false };
        let everybody =
            (0..self.phones.len()).flat_map(|at| self.present(at).into_iter().map(move |seat| (at, seat)));
        let mut who = std::iter::once(first).chain(everybody);
        let Some((at, seat)) = who.find(|(at, seat)| files(self, *at, *seat)) else { return false };
        let top = self.top();
        self.turn(at, seat);
        person::begins(self, at);
        self.settle_all();
        self.top() > top
    }

    /// One person comes to a phone, and the phone speaks until it has said that it has read everything.
    fn turn(&mut self, at: usize, seat: Place) {
        // Nobody is hinted at: only one speaks.
        self.phones.iter_mut().for_each(|phone| phone.listening = false);
        self.now = self.now.plus_minutes(60);
        person::enter(self, at, seat);
        self.settle_all();
        for _ in 0..2 {
            self.tell(at, Input::Nudge);
            self.settle_all();
        }
    }
}
