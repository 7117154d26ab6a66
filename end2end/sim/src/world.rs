//! The world of one seed: phones, air, office, and the hand that tells each of them what happens.

use std::collections::{BTreeMap, BTreeSet};

use dossier::id::DeviceHandle;
use dossier::intent::{Answer, Intent};
use dossier::moment::Moment;
use dossier::place::Place;
use sync::device::{Device, DoorFailure, DoorReply, DoorRequest, Effect, Input};
use sync::receipt::Epoch;
use sync::request::CallFailure;

use crate::disk::Transaction;
use crate::fault::{Fault, Luck};
use crate::ledger::Ledger;
use crate::network::{Network, Packet};
use crate::office::Office;
use crate::phone::{Asked, PIN, Phone, Todo, rules};
use crate::prng::Prng;
use crate::registry::Person;
use crate::sabotage::Sabotage;
use crate::schedule::Size;
use crate::trace::Trace;
use crate::{inspect, person, poison};

/// 24 November 2026, 08:00 in Việt Nam.
const BEGIN: i64 = 1_795_482_000_000;
/// Five years, in milliseconds.
const YEARS: i64 = 5 * 365 * 86_400_000;

/// Everything.
pub struct World {
    /// Phones; clones at the end.
    pub phones: Vec<Phone>,
    /// The office.
    pub office: Office,
    /// What is on its way.
    pub air: Network,
    /// What was promised.
    pub ledger: Ledger,
    /// Bad luck.
    pub luck: Luck,
    /// Chance.
    pub prng: Prng,
    /// What happened.
    pub trace: Trace,
    /// The true time.
    pub now: Moment,
    /// People who never unlock their place on a phone again; somebody still switches it on.
    pub gone: BTreeSet<(usize, Place)>,
    /// The number the log ended with when a place was last seen at rest.
    pub rested: BTreeMap<(usize, Place), u64>,
    /// Whether an old backup of a phone was put back on it.
    pub put_back: bool,
    /// Whether a house and an officer are busy with residence dossiers.
    pub filing: bool,
    /// The rule that was taken away.
    pub sabotage: Option<Sabotage>,
}

impl World {
    /// A world of this size, everybody enrolled.
    pub fn new(mut prng: Prng, size: &Size, sabotage: Option<Sabotage>, keep_trace: bool) -> World {
        let luck = Luck::draw(&mut prng);
        let office = Office::new(epoch(&mut prng), sabotage);
        let mut world = World {
            phones: Vec::new(),
            office,
            air: Network::default(),
            ledger: Ledger::default(),
            luck,
            prng,
            trace: Trace::new(keep_trace),
            now: Moment(BEGIN),
            gone: BTreeSet::new(),
            rested: BTreeMap::new(),
            put_back: false,
            filing: size.filing,
            sabotage,
        };
        world.luck.on = false;
        let people = match if size.filing { 4 } else { world.prng.below(10) } {
            0 => {
                world.office.registry.merged = false;
                let mut people =
                    [Person::Officer, Person::Neighbour, Person::Mother, Person::OfficerThere, Person::Son];
                let first = world.prng.below(4);
                people.swap(0, first);
                people
            }
            1..4 => [Person::Mother, Person::Son, Person::Officer, Person::Neighbour, Person::Mother],
            4..8 => [Person::Mother, Person::Officer, Person::Son, Person::Mother, Person::Neighbour],
            _ => [Person::Helper, Person::Mother, Person::Officer, Person::Neighbour, Person::Son],
        };
        let two = !world.office.registry.merged || people[0] == Person::Helper;
        for person in people.into_iter().take(if two { size.phones.max(2) } else { size.phones }) {
            world.join(person);
        }
        let second = [Person::Son, Person::Son, Person::Helper, Person::Neighbour][world.prng.below(4)];
        if people[0] != second && world.prng.chance(400) {
            world.join_beside(0, second);
        }
        world.office.backups.push((world.now, world.office.tables.clone()));
        world.luck.on = true;
        world
    }

    fn join(&mut self, person: Person) {
        let at = self.phones.len();
        self.phones.push(Phone::new(person, 0));
        self.start(at);
        self.enrol(at);
    }

    /// A second person comes to a phone.
    fn join_beside(&mut self, at: usize, person: Person) {
        self.ask(at, Intent::Lock, Asked::Other);
        self.settle_all();
        self.ask(at, Intent::AddPerson, Asked::Other);
        let phone = &mut self.phones[at];
        phone.place = Place(phone.people.len() as u8);
        phone.people.push((person, DeviceHandle([0; 3])));
        self.enrol(at);
    }

    fn enrol(&mut self, at: usize) {
        let intent =
            Intent::Enrol { code: "MA-MOI".into(), password: "mua he o nui".into(), pin: PIN.into() };
        self.ask(at, intent, Asked::Other);
        self.settle_all();
    }

    /// Performs and delivers until nothing is left to do; false when it does not end.
    pub fn settle_all(&mut self) -> bool {
        for _ in 0..4_000 {
            if !self.happen(true) {
                return true;
            }
            if self.ledger.broken.is_some() {
                return true;
            }
        }
        false
    }

    /// Starts the app.
    pub fn start(&mut self, at: usize) {
        let phone = &mut self.phones[at];
        phone.device = Some(Device::new(rules(self.sabotage), "Chrome trên Android"));
        let slots = phone.disk.clear();
        self.tell(at, Input::Started { slots });
    }

    /// A person wants something.
    pub fn ask(&mut self, at: usize, intent: Intent, asked: Asked) {
        let phone = &mut self.phones[at];
        phone.seq += 1;
        phone.asked.insert(phone.seq, asked);
        let seq = phone.seq;
        self.tell(at, Input::Ask { seq, intent });
    }

    /// Tells the device something and takes its effects in.
    pub fn tell(&mut self, at: usize, input: Input) {
        let roll = self.prng.roll();
        let phone = &mut self.phones[at];
        let clock = phone.clock(self.now);
        let Some(device) = &mut phone.device else { return };
        let effects = device.step(clock, roll, input);
        let known = device.opened().map(|open| (open.place(), open.handle()));
        if let Some((seat, handle)) = known {
            phone.people[usize::from(seat.0)].1 = handle;
        }
        for effect in effects {
            self.take(at, effect);
        }
    }

    /// At the door: who is at the phone has another device from now on, if they hear of it.
    fn knock(&mut self, at: usize, device_key: &str) {
        let person = self.phones[at].person();
        let membership = self.office.registry.enrol(person, device_key);
        let heard = membership.filter(|_| !self.strikes(Fault::Drop, 1_000));
        let reply = heard.map(|membership| DoorReply::Membership(Box::new(membership)));
        self.tell(at, Input::Door(reply.ok_or(DoorFailure::Unreachable)));
    }

    fn take(&mut self, at: usize, effect: Effect) {
        let phone = &mut self.phones[at];
        match effect {
            Effect::Keep { batch, writes } => {
                let transaction = Transaction { batch, writes };
                if self.sabotage == Some(Sabotage::SavedBeforeFlush) {
                    phone.disk.write(transaction);
                    phone.todo.push_back(Todo::Flush(None));
                    return self.tell(at, Input::Kept(batch));
                }
                phone.todo.push_back(Todo::Keep(transaction));
            }
            Effect::Load(place) => phone.todo.push_back(Todo::Load(place)),
            Effect::Post { id, body } => phone.todo.push_back(Todo::Post(id, body)),
            Effect::PostSealed { id, body } => phone.todo.push_back(Todo::Carry(id, body)),
            Effect::Door(DoorRequest::Enrol(request)) => self.knock(at, &request.device_key),
            Effect::Door(DoorRequest::SignIn(request)) => self.knock(at, &request.device_key),
            Effect::Read { id, place, slot } => {
                let bytes = phone.disk.slot(place, slot);
                self.tell(at, Input::Read { id, bytes });
            }
            Effect::Listen(_) => phone.listening = true,
            Effect::Answer { seq, answer } => self.answered(at, seq, answer),
            Effect::Call { id, .. } => {
                self.tell(at, Input::Called { id, answer: Err(CallFailure::Unreachable) });
            }
            Effect::Errand { id, .. } => {
                self.tell(at, Input::Errand { id, heard: Err(CallFailure::Unreachable) });
            }
            Effect::Door(_) | Effect::Wake(_) | Effect::Show | Effect::TakeLock => {}
        }
    }

    fn answered(&mut self, at: usize, seq: u32, answer: Answer) {
        let phone = &mut self.phones[at];
        let Some(asked) = phone.asked.remove(&seq) else { return };
        match (asked, answer) {
            (Asked::Form(how), Answer::Draft(draft)) => person::revise(self, at, *draft, how),
            (Asked::Save, Answer::Saved(id)) => {
                self.trace.note(format_args!("phone {at} saved {id}"));
                let account = self.phones[at].person().account();
                if let Some(held) = self.phones[at].open().and_then(|open| open.replica.cases.get(&id)) {
                    self.ledger.promise(id, held, account);
                }
            }
            (Asked::Acts(ids), Answer::Done) => {
                let account = self.phones[at].person().account();
                for id in ids {
                    if let Some(held) = self.phones[at].open().and_then(|open| open.replica.cases.get(&id)) {
                        self.ledger.promise_acts(id, held, account);
                    }
                }
            }
            (Asked::Save, Answer::Faults(faults)) => {
                self.ledger.fail(
                    "I7",
                    self.trace.step,
                    format!("phone {at}: a good form was refused: {faults:?}"),
                );
            }
            _ => {}
        }
    }

    /// One thing happens: an effect is performed or a packet arrives. False when there is nothing.
    pub fn happen(&mut self, in_order: bool) -> bool {
        let busy: Vec<usize> =
            (0..self.phones.len()).filter(|at| !self.phones[*at].todo.is_empty()).collect();
        let flying = self.air.len();
        if busy.is_empty() && flying == 0 {
            return false;
        }
        let choice = self.prng.below(busy.len() + flying.min(3));
        match busy.get(choice) {
            Some(at) => self.perform(*at),
            None => {
                let place = if in_order { 0 } else { self.prng.below(flying) };
                if place > 0 {
                    self.luck.count(Fault::Reorder);
                }
                if flying > 1 && self.strikes(Fault::Delay, 500) {
                    return true;
                }
                let packet = self.air.take(place);
                self.deliver(packet);
            }
        }
        true
    }

    /// Whether bad luck of this kind strikes.
    pub fn strikes(&mut self, fault: Fault, scale: u32) -> bool {
        let strikes = self.luck.strikes(fault, scale, &mut self.prng);
        if strikes {
            self.trace.note(format_args!("! {}", fault.name()));
        }
        strikes
    }

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

    fn perform(&mut self, at: usize) {
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
        }
        self.falls(at);
    }

    /// A clock somebody has set.
    pub fn set_clock(&mut self, at: usize) {
        let years = (self.prng.next() % (2 * YEARS as u64)) as i64 - YEARS;
        self.phones[at].offset = if self.prng.chance(300) { 0 } else { years };
    }
}

/// A new epoch.
pub fn epoch(prng: &mut Prng) -> Epoch {
    Epoch(prng.next().to_le_bytes())
}
