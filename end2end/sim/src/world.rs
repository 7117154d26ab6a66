//! The world of one seed: phones, air, office, and the hand that tells each of them what happens.

use std::collections::{BTreeMap, BTreeSet};

use dossier::filing::intent::FilingAnswer;
use dossier::id::DeviceHandle;
use dossier::intent::{Answer, Intent};
use dossier::manage::Told;
use dossier::moment::Moment;
use dossier::place::Place;
use sync::device::{Device, DoorFailure, DoorReply, DoorRequest, Effect, Input};
use sync::receipt::Epoch;
use sync::request::CallFailure;

use crate::calls::{self, Line};
use crate::cast::{self, Matter};
use crate::disk::Transaction;
use crate::fault::{Fault, Luck};
use crate::ledger::Ledger;
use crate::network::Network;
use crate::office::Office;
use crate::phone::{Asked, PIN, Phone, Todo, rules};
use crate::prng::Prng;
use crate::registry::Person;
use crate::sabotage::Sabotage;
use crate::schedule::Size;
use crate::trace::Trace;
use crate::{filing, person, pictures};

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
    /// What people are busy with.
    pub matter: Matter,
    /// Whether no picture gets through for now.
    pub no_pictures: bool,
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
            matter: size.matter,
            no_pictures: false,
            sabotage,
        };
        world.luck.on = false;
        let (people, merged) = size.matter.people(&mut world.prng);
        world.office.registry.merged = merged;
        let least = size.matter.least_phones(&people, merged);
        for person in people.into_iter().take(size.phones.max(least)) {
            world.join(person);
        }
        let second = [Person::Son, Person::Son, Person::Helper, Person::Neighbour][world.prng.below(4)];
        if people[0] != second && world.prng.chance(400) {
            world.join_beside(0, second);
        }
        cast::prelude(&mut world);
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
            Effect::Call { id, call } => phone.todo.push_back(Todo::Ask(Line::Page, id, call)),
            Effect::Errand { id, call } if calls::is_papers(&call) => {
                phone.todo.push_back(Todo::Ask(Line::Device, id, call));
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
            (Asked::Page(draft, bytes), Answer::Filing(FilingAnswer::Paper(page, paper))) => {
                self.ledger.taken.insert(paper.digest, bytes);
                let mut draft = *draft;
                draft.papers.insert(page, paper);
                filing::hands_in(self, at, draft);
            }
            (Asked::Look(digest), Answer::Filing(FilingAnswer::Picture(bytes))) => {
                pictures::shown(self, &digest, &bytes);
            }
            (Asked::Slips, Answer::Managed(told)) => {
                if let Told::Verifications(slips) = *told {
                    let slips = slips.into_iter().map(|slip| (slip.dossier, slip.asked));
                    self.phones[at].slips = slips.collect();
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
