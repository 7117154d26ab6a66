//! What a phone does with its effects, one by one: its app, or all of it, may go down before and after each.

use sync::device::{Input, Reply};

use crate::fault::Fault;
use crate::network::Packet;
use crate::phone::Todo;
use crate::registry::Person;
use crate::sabotage::Sabotage;
use crate::world::World;
use crate::{inspect, pictures, poison};

impl World {
    /// The app or the whole phone goes down; perhaps right before an effect, perhaps right after.
    fn falls(&mut self, at: usize) -> bool {
        if self.strikes(Fault::AppKill, 120) {
            let early = self.sabotage == Some(Sabotage::SavedBeforeFlush);
            let phone = &mut self.phones[at];
            phone.die();
            // A transaction handed over before the kill is there in whole or not at all.
            if !early && self.prng.chance(500) {
                phone.disk.flush()
            } else {
                phone.disk.discard()
            }
            return true;
        }
        if self.strikes(Fault::PowerLoss, 120) {
            let torn = self.prng.chance(500);
            let phone = &mut self.phones[at];
            phone.die();
            phone.disk.lose_power(torn);
            if self.sabotage == Some(Sabotage::EmptyIsValid) {
                phone.disk.take_empty_for_valid();
            }
            return true;
        }
        false
    }

    /// Performs what a phone has to do next; false when that is nothing.
    pub fn perform_one(&mut self, at: usize) -> bool {
        let waits = !self.phones[at].todo.is_empty();
        if waits {
            self.perform(at);
        }
        waits && self.ledger.broken.is_none()
    }

    /// Performs the next one.
    pub fn perform(&mut self, at: usize) {
        if self.falls(at) {
            return;
        }
        let Some(todo) = self.phones[at].todo.pop_front() else { return };
        match todo {
            Todo::Keep(transaction) => {
                let batch = transaction.batch;
                if self.strikes(Fault::WriteFails, 60) {
                    return self.tell(at, Input::NotKept(batch));
                }
                let phone = &mut self.phones[at];
                phone.disk.write(transaction);
                phone.todo.push_front(Todo::Flush(Some(batch)));
            }
            Todo::Flush(batch) => {
                let phone = &mut self.phones[at];
                phone.disk.flush();
                if self.sabotage == Some(Sabotage::PurgeOnAck) {
                    phone.purge();
                }
                if let Some(batch) = batch {
                    self.tell(at, Input::Kept(batch));
                }
                inspect::phone(self, at);
            }
            Todo::Load(place) => {
                let (slots, log) = self.phones[at].disk.read(place);
                self.tell(at, Input::Loaded { place, slots, log });
            }
            Todo::Post(id, _) if self.sabotage == Some(Sabotage::PicturesFirst) && self.keeps_back(at) => {
                self.tell(at, Input::Reply { id, reply: Reply::Unreachable });
            }
            Todo::Post(id, body) => {
                let helper = self.phones[at].person() == Person::Helper;
                let spoilt = self.strikes(Fault::Poison, if helper { 1_000 } else { 300 });
                let body = if spoilt { poison::spoil(self, at, body) } else { body };
                self.trace.note(format_args!("phone {at} posts {id}, {} bytes", body.len()));
                let life = self.phones[at].life;
                self.air.send(Packet::Up { phone: at, life, id, body });
            }
            Todo::Carry(id, body) => {
                self.trace.note(format_args!("phone {at} carries {id}, {} bytes", body.len()));
                let life = self.phones[at].life;
                let carrier = self.phones[at].person();
                self.air.send(Packet::Carry { phone: at, life, id, carrier, body });
            }
            Todo::Ask(line, id, call) => {
                pictures::sends(self, at, &call);
                self.trace.note(format_args!(
                    "phone {at} asks {id}: {}, {} bytes",
                    call.path,
                    call.body.len()
                ));
                let life = self.phones[at].life;
                self.air.send(Packet::Ask { phone: at, life, line, id, call });
            }
        }
        self.falls(at);
    }
}
