//! A phone or tablet: the device's machine, its disk, its line.

use std::collections::{BTreeMap, VecDeque};

use dossier::access::{AccountStatus, Area, DeviceStatus, Grant, Principal, Role};
use dossier::id::{AccountId, DeviceHandle};
use dossier::intent::{Answer, Intent};
use dossier::moment::{Day, Moment};
use dossier::place::Place;
use dossier::view::{Card, Standing, View};
use ed25519_dalek::VerifyingKey;
use sync::device::{Device, DoorReply, DoorRequest, Effect, Input, Reply, Rules, Writes};
use sync::dice::Dice;
use sync::door::Membership;
use sync::letterbox;
use sync::office::Caller;
use sync::papers;
use sync::printed;
use sync::request::CallFailure;
use sync::slot::Slot;
use sync::vault::Cost;

use crate::{BOX, COMMUNE, HOUSE, Office, evening, house, leading};

/// The PIN of who joins first.
pub const PIN: &str = "246810";

/// A phone, its disk and the person who has come last.
pub struct Phone {
    pub device: Device,
    pub caller: Caller,
    pub now: Moment,
    pub online: bool,
    pub slots: BTreeMap<(Place, Slot), Vec<u8>>,
    pub logs: BTreeMap<Place, Vec<Vec<u8>>>,
    handle: [u8; 3],
    /// The handle the office gives at the next sign-in.
    pub next: [u8; 3],
    pub dice: Dice,
    seq: u32,
}

impl Phone {
    pub fn new(seed: u8, role: Role) -> Phone {
        let cost = Cost { memory: 8, passes: 1 };
        Phone {
            device: Device::new(Rules { cost, ..Rules::PRODUCT }, "máy thử"),
            caller: caller(seed, role),
            now: evening(),
            online: false,
            slots: BTreeMap::new(),
            logs: BTreeMap::new(),
            handle: [seed; 3],
            next: [seed | 0x80; 3],
            dice: Dice::new([seed; 32]),
            seq: 0,
        }
    }

    pub fn enrol(&mut self, office: &mut Office) {
        self.tell(office, Input::Started { slots: Vec::new() });
        self.online = true;
        self.join(office, PIN);
    }

    fn join(&mut self, office: &mut Office, pin: &str) {
        let (code, password) = ("MA-MOI".into(), "mật khẩu dài".into());
        assert!(self.ask(office, Intent::Enrol { code, password, pin: pin.into() }) == Answer::Done);
    }

    /// Somebody else joins on the same device, which is locked.
    pub fn add(&mut self, office: &mut Office, seed: u8, role: Role, pin: &str) {
        assert!(self.ask(office, Intent::AddPerson) == Answer::Done);
        (self.caller, self.handle) = (caller(seed, role), [seed; 3]);
        self.join(office, pin);
    }

    /// Starts with what is on the disk.
    pub fn start(&mut self, office: &mut Office) {
        let clear = self.slots.iter().filter(|((_, slot), _)| slot.is_clear());
        let slots = clear.map(|((place, slot), bytes)| (*place, *slot, bytes.clone())).collect();
        self.tell(office, Input::Started { slots });
    }

    /// The first member's PIN.
    pub fn unlock(&mut self, office: &mut Office, place: u8, pin: &str) -> Answer {
        self.ask(office, Intent::Unlock { place: Place(place), pin: pin.into() })
    }

    pub fn ask(&mut self, office: &mut Office, intent: Intent) -> Answer {
        self.seq += 1;
        let seq = self.seq;
        let mut answers = self.tell(office, Input::Ask { seq, intent });
        let place = answers.iter().position(|(to, _)| *to == seq).expect("an answer");
        answers.swap_remove(place).1
    }

    pub fn sync(&mut self, office: &mut Office) {
        self.tell(office, Input::Nudge);
    }

    /// The same phone switched off and on: memory is gone, the disk is there.
    pub fn restarted(self) -> Phone {
        let Phone { slots, logs, online, now, caller, .. } = self;
        let fresh = Phone::new(self.handle[0], leading(&caller));
        Phone { slots, logs, online, now, dice: Dice::new([0xee; 32]), ..fresh }
    }

    pub fn view(&self) -> View {
        self.device.view(self.now)
    }

    pub fn cards(&self) -> Vec<Card> {
        self.view().home.expect("an owner's phone").cards
    }

    pub fn tell(&mut self, office: &mut Office, input: Input) -> Vec<(u32, Answer)> {
        let mut inputs = VecDeque::from([input]);
        let mut answers = Vec::new();
        while let Some(input) = inputs.pop_front() {
            for effect in self.device.step(self.now, self.dice.bytes(), input) {
                match effect {
                    Effect::Keep { batch, writes } => {
                        self.write(writes);
                        inputs.push_back(Input::Kept(batch));
                    }
                    Effect::Load(place) => {
                        let loaded = |(whose, slot): &(Place, Slot)| *whose == place && slot.is_loaded();
                        let own = self.slots.iter().filter(|(key, _)| loaded(key));
                        let slots = own.map(|((_, slot), bytes)| (*slot, bytes.clone())).collect();
                        let log = self.logs.get(&place).cloned().unwrap_or_default();
                        inputs.push_back(Input::Loaded { place, slots, log });
                    }
                    Effect::Door(DoorRequest::Enrol(request)) => {
                        let reply = DoorReply::Membership(Box::new(self.membership(office)));
                        let key = VerifyingKey::from_bytes(&unhex(&request.device_key)).expect("a key");
                        office.devices.insert(self.handle, (self.caller.clone(), key));
                        inputs.push_back(Input::Door(Ok(reply)));
                    }
                    Effect::Door(DoorRequest::SignIn(request)) => {
                        // The same person, known by another handle from now on.
                        let before = std::mem::replace(&mut self.handle, self.next);
                        self.caller.others.push(DeviceHandle(before));
                        let reply = DoorReply::Membership(Box::new(self.membership(office)));
                        let key = VerifyingKey::from_bytes(&unhex(&request.device_key)).expect("a key");
                        office.devices.insert(self.handle, (self.caller.clone(), key));
                        inputs.push_back(Input::Door(Ok(reply)));
                    }
                    Effect::Door(DoorRequest::Recover(_)) => panic!("nobody forgets a PIN here"),
                    Effect::Post { id, body } => {
                        inputs.push_back(Input::Reply { id, reply: self.post(office, &body) });
                    }
                    // Nobody manages anything here: the line is dead for such questions.
                    Effect::Call { id, .. } => {
                        inputs.push_back(Input::Called { id, answer: Err(CallFailure::Unreachable) });
                    }
                    Effect::Read { id, place, slot } => {
                        let bytes = self.slots.get(&(place, slot)).cloned();
                        inputs.push_back(Input::Read { id, bytes });
                    }
                    Effect::Errand { id, call }
                        if [papers::PATH, printed::PATH, printed::DRAFTS]
                            .iter()
                            .any(|path| call.path.starts_with(path)) =>
                    {
                        let Office { shelf, known, .. } = &mut *office;
                        let heard = if self.online { Some(shelf.hear(&call, known)) } else { None };
                        let heard = heard.unwrap_or(Err(CallFailure::Unreachable));
                        inputs.push_back(Input::Errand { id, heard });
                    }
                    Effect::Errand { id, call } => {
                        let membership = self.membership(office);
                        let (now, who) = (self.now, (self.handle, &self.caller));
                        let heard = self.online.then(|| office.hear(now, &call, who, membership));
                        let heard = heard.ok_or(CallFailure::Unreachable);
                        inputs.push_back(Input::Errand { id, heard });
                    }
                    Effect::PostSealed { id, body } => {
                        let answer = self.online.then(|| office.take_sealed(self.now, &body));
                        let reply = answer.map_or(Reply::Unreachable, Reply::Frame);
                        inputs.push_back(Input::Carried { id, reply });
                    }
                    Effect::Answer { seq, answer } => answers.push((seq, answer)),
                    Effect::Listen(_) | Effect::Wake(_) | Effect::Show | Effect::TakeLock => {}
                }
            }
        }
        answers
    }

    fn post(&mut self, office: &mut Office, body: &[u8]) -> Reply {
        if !self.online {
            return Reply::Unreachable;
        }
        match office.order(body) {
            Some(order) => Reply::Revoked(order),
            None if office.is_copied(body) => Reply::Copied,
            None => Reply::Frame(office.exchange(self.now, body)),
        }
    }

    fn write(&mut self, writes: Writes) {
        let Writes { place, rewritten, append, slots, drops, forgotten } = writes;
        let log = self.logs.entry(place).or_default();
        *log = rewritten.unwrap_or_else(|| std::mem::take(log));
        log.extend(append);
        self.slots.extend(slots.into_iter().map(|(place, slot, bytes)| ((place, slot), bytes)));
        for key in drops {
            self.slots.remove(&key);
        }
        if let Some(place) = forgotten {
            self.logs.remove(&place);
            self.slots.retain(|(whose, slot), _| *whose != place || !matches!(slot, Slot::Paper(_)));
        }
    }

    /// How many sealed copies lie in a place.
    pub fn copies(&self, place: u8) -> usize {
        let sealed = |(whose, slot): &&(Place, Slot)| whose.0 == place && matches!(slot, Slot::Sealed(_));
        self.slots.keys().filter(sealed).count()
    }

    fn membership(&self, office: &Office) -> Membership {
        let hex = |bytes: &[u8]| bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>();
        Membership {
            account: self.caller.principal.account,
            login: "hoadialan".into(),
            name: self.caller.name.clone(),
            role: leading(&self.caller),
            handle: hex(&self.handle),
            establishment: self.caller.principal.establishment(Day(1)).map(|_| house()),
            commune: COMMUNE,
            commune_name: "xã Sin Suối Hồ".into(),
            province: "tỉnh Lai Châu".into(),
            agency: "Công an xã Sin Suối Hồ".into(),
            duty_phone: "0213000113".into(),
            standing: Standing::Queue,
            receipt_keys: vec![(1, hex(&office.key.verifying_key().to_bytes()))],
            box_key: hex(&letterbox::public(&BOX)),
        }
    }
}

fn caller(seed: u8, role: Role) -> Caller {
    let area = if role.declares() { Area::Establishment(HOUSE) } else { Area::Commune(COMMUNE) };
    let principal = Principal {
        account: AccountId(seed.into()),
        status: AccountStatus::Active,
        device: DeviceStatus::Ok,
        commune: COMMUNE,
        grants: vec![Grant { role, area, from: Day(0), until: None }],
    };
    Caller {
        principal, name: format!("Người {seed}"), others: Vec::new(), holds: None, desk: String::new()
    }
}

pub fn unhex(text: &str) -> [u8; 32] {
    std::array::from_fn(|at| u8::from_str_radix(&text[2 * at..2 * at + 2], 16).expect("hexadecimal"))
}
