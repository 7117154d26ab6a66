//! A family of phones and their office in memory: the smallest shells that perform the machines' effects.

use std::collections::{BTreeMap, VecDeque};

use dossier::access::{AccountStatus, Area, DeviceStatus, Grant, Place, Principal, Role};
use dossier::draft::{GuestDraft, StayDraft};
use dossier::id::{AccountId, CommuneCode, DossierId, EstablishmentId, VillageId};
use dossier::intent::{Answer, Intent};
use dossier::moment::{Day, MinuteOfDay, Moment};
use dossier::reason::StayReason;
use dossier::sex::Sex;
use dossier::view::{Card, House, Standing, View};
use ed25519_dalek::SigningKey;
use sync::case::History;
use sync::device::{Device, DoorReply, DoorRequest, Effect, Input, Reply, Rules};
use sync::dice::Dice;
use sync::door::Membership;
use sync::frame::Have;
use sync::frame::down::Facts;
use sync::frame::up::Up;
use sync::office::answer::{Answer as Reckoning, Item, Missing, Row, unmet};
use sync::office::issue::{Signer, issue};
use sync::office::{Bench, Caller, Known, Rules as OfficeRules, Write};
use sync::receipt::Epoch;
use sync::record::Slot;
use sync::request::CallFailure;
use sync::vault::Cost;

pub const COMMUNE: CommuneCode = CommuneCode(3394);
pub const HOUSE: EstablishmentId = EstablishmentId(1);

/// 21:40 on 24/11/2026 in Sin Suối Hồ.
pub fn evening() -> Moment {
    Moment::at(Day::from_date(2026, 11, 24).expect("a real day"), MinuteOfDay(21 * 60 + 40))
}

pub struct Office {
    pub epoch: Epoch,
    pub key: SigningKey,
    pub known: BTreeMap<DossierId, Known>,
    pub log: Vec<Row>,
    pub serials: BTreeMap<CommuneCode, u32>,
    pub receive_at_once: bool,
}

impl Office {
    pub fn new() -> Office {
        Office {
            epoch: Epoch([1; 8]),
            key: SigningKey::from_bytes(&[9; 32]),
            known: BTreeMap::new(),
            log: Vec::new(),
            serials: BTreeMap::new(),
            receive_at_once: false,
        }
    }

    pub fn answer(&mut self, now: Moment, caller: &Caller, up: &Up) -> Vec<u8> {
        let keys = vec![(1, self.key.verifying_key())];
        let at_once = self.receive_at_once;
        let judged = Bench {
            rules: OfficeRules::PRODUCT,
            epoch: self.epoch,
            now,
            keys: &keys,
            place_of: &|id| (id.0 < 10).then(|| place(id)),
            receive_at_once: &|_| at_once,
            serials: &mut self.serials,
            known: &mut self.known,
        }
        .judge(caller, up);
        let signer = Signer { key_id: 1, key: &self.key };
        let (receipts, issued) = issue(&judged.due, COMMUNE, self.epoch, now, &signer)
            .map_or((Vec::new(), None), |(receipts, issued)| (receipts, Some(issued)));
        let mut items: Vec<Item> = judged
            .writes
            .iter()
            .filter_map(|write| match write {
                Write::Change { dossier, hash, raw } => Some(Item::Change(*dossier, *hash, raw.clone())),
                Write::Ordered(ordered) => Some(Item::Ordered(ordered.clone())),
                Write::Numbered(numbered) => Some(Item::Numbered(*numbered)),
                Write::Receipt(receipt) => Some(Item::Receipt(receipt.clone())),
                Write::Begin { .. } | Write::Quarantine { .. } => None,
            })
            .collect();
        for receipt in receipts {
            self.known.get_mut(&receipt.dossier).expect("a known dossier").receipts.push(receipt.clone());
            items.push(Item::Receipt(receipt));
        }
        for item in items {
            let number = self.log.len() as u64 + 1;
            self.log.push(Row { number, establishment: HOUSE, item });
        }
        let missing: Vec<Missing> = up
            .have
            .iter()
            .map(|(scope, have)| {
                let have = if up.epoch == self.epoch { *have } else { Have::default() };
                let rows = self.log.iter().filter(|row| !have.holds(row.number)).cloned().collect();
                Missing { scope: *scope, have, top: self.log.len() as u64, rows, whole: true }
            })
            .collect();
        let facts = Facts {
            version: 7,
            houses: vec![house()],
            duty_phone: "0213000113".into(),
            standing: Standing::Queue,
            receipt_keys: vec![(1, self.key.verifying_key().to_bytes())],
        };
        let role = leading(caller);
        let history = |dossier| Some((dossier, self.known.get(&dossier)?.history.clone()));
        let histories = unmet(&missing).into_iter().filter_map(history).collect();
        Reckoning {
            histories,
            epoch: self.epoch,
            now,
            role,
            up,
            judged,
            issued,
            missing,
            facts: (up.facts != 7).then_some(facts),
        }
        .encode()
    }
}

fn leading(caller: &Caller) -> Role {
    caller.principal.leading(Day(1)).expect("a role")
}

fn place(id: EstablishmentId) -> Place {
    Place { establishment: Some(id), village: Some(VillageId(1)), commune: COMMUNE, province: 12 }
}

pub fn house() -> House {
    House {
        id: HOUSE, name: "Homestay Hoa Địa Lan".into(), village: "Sin Suối Hồ".into(), remote: false
    }
}

/// A phone, its disk and its person.
pub struct Phone {
    pub device: Device,
    pub caller: Caller,
    pub now: Moment,
    pub online: bool,
    pub slots: BTreeMap<Slot, Vec<u8>>,
    pub log: Vec<Vec<u8>>,
    key: SigningKey,
    handle: [u8; 3],
    dice: Dice,
    seq: u32,
    box_key: String,
}

impl Phone {
    pub fn new(seed: u8, role: Role) -> Phone {
        let area = if role.declares() { Area::Establishment(HOUSE) } else { Area::Commune(COMMUNE) };
        let principal = Principal {
            account: AccountId(seed.into()),
            status: AccountStatus::Active,
            device: DeviceStatus::Ok,
            commune: COMMUNE,
            grants: vec![Grant { role, area, from: Day(0), until: None }],
        };
        let cost = Cost { memory: 8, passes: 1 };
        Phone {
            device: Device::new(Rules { cost, ..Rules::PRODUCT }, "máy thử"),
            caller: Caller { principal, name: format!("Người {seed}") },
            now: evening(),
            online: false,
            slots: BTreeMap::new(),
            log: Vec::new(),
            key: SigningKey::from_bytes(&[0; 32]),
            handle: [seed; 3],
            dice: Dice::new([seed; 32]),
            seq: 0,
            // The public half of an invented box key.
            box_key: "de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f".into(),
        }
    }

    pub fn enrol(&mut self, office: &mut Office) {
        self.tell(office, Input::Started { vault: None });
        self.online = true;
        let (code, password, pin) = ("MA-MOI".into(), "mật khẩu dài".into(), "246810".into());
        assert!(self.ask(office, Intent::Enrol { code, password, pin }) == Answer::Done);
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
        let Phone { slots, log, key, online, now, caller, .. } = self;
        let fresh = Phone::new(self.handle[0], leading(&caller));
        Phone { slots, log, key, online, now, dice: Dice::new([0xee; 32]), ..fresh }
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
                    Effect::Keep { batch, append, slots } => {
                        self.log.extend(append);
                        self.slots.extend(slots);
                        inputs.push_back(Input::Kept(batch));
                    }
                    Effect::Load => {
                        let slots = self.slots.iter().map(|(slot, bytes)| (*slot, bytes.clone())).collect();
                        inputs.push_back(Input::Loaded { slots, log: self.log.clone() });
                    }
                    Effect::Door(DoorRequest::Enrol(request)) => {
                        let reply = DoorReply::Membership(Box::new(self.membership(office)));
                        assert_eq!(request.device_key.len(), 64);
                        inputs.push_back(Input::Door(Ok(reply)));
                    }
                    Effect::Door(_) => panic!("only enrolment is played here"),
                    Effect::Post { id, body } => {
                        inputs.push_back(Input::Reply { id, reply: self.post(office, &body) });
                    }
                    // Nobody manages anything here: the line is dead for such questions.
                    Effect::Call { id, .. } => {
                        inputs.push_back(Input::Called { id, answer: Err(CallFailure::Unreachable) });
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
        // The key in the frame's own device: the office knows it from the door.
        let opened = self.device.opened().expect("an open device posts");
        self.key = SigningKey::from_bytes(&opened.device_key());
        let here: BTreeMap<DossierId, History> =
            office.known.iter().map(|(dossier, known)| (*dossier, known.history.clone())).collect();
        let up = Up::decode_after(body, &self.key.verifying_key(), &here).expect("a frame of this device");
        Reply::Frame(office.answer(self.now, &self.caller, &up))
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
            box_key: self.box_key.clone(),
        }
    }
}

/// A form for tonight with these guests: name and number.
pub fn form(guests: &[(&str, &str)]) -> StayDraft {
    StayDraft {
        arrive_day: "2026-11-24".into(),
        arrive_time: "21:35".into(),
        leave_day: "2026-11-26".into(),
        room: "5".into(),
        reason: Some(StayReason::from_code(1).expect("code 1")),
        guests: guests
            .iter()
            .map(|(name, number)| GuestDraft {
                name: (*name).into(),
                birth_year: "2001".into(),
                sex: Some(Sex::Male),
                number: (*number).into(),
                ..GuestDraft::default()
            })
            .collect(),
        ..StayDraft::default()
    }
}

/// A guest. Everybody here is invented.
pub const PAO: (&str, &str) = ("Sùng A Páo", "012201005873");
/// Another.
pub const CHINH: (&str, &str) = ("Vàng A Chỉnh", "012201000011");

/// What was kept, or a panic that says why not.
pub fn saved(answer: Answer) -> DossierId {
    match answer {
        Answer::Saved(dossier) => dossier,
        Answer::Faults(faults) => panic!("{faults:?}"),
        _ => panic!("not saved"),
    }
}

/// An office, and an owner's phone that has joined.
pub fn at_home() -> (Office, Phone) {
    let mut office = Office::new();
    let mut phone = Phone::new(1, Role::Owner);
    phone.enrol(&mut office);
    (office, phone)
}
