//! The office in memory: the smallest shell around the judge.

use std::collections::{BTreeMap, BTreeSet};

use dossier::access::{Locality, Role};
use dossier::behalf::ConsentCode;
use dossier::draft::{GuestDraft, StayDraft};
use dossier::id::{CommuneCode, DossierId, EstablishmentId, VillageId};
use dossier::intent::Answer;
use dossier::moment::{Day, MinuteOfDay, Moment};
use dossier::reason::StayReason;
use dossier::sex::Sex;
use dossier::view::{House, Rejection, Standing};
use ed25519_dalek::{SigningKey, VerifyingKey};
use sync::case::History;
use sync::catalogue::Catalogue;
use sync::copied::Seen;
use sync::frame::down::{Down, Facts, Seat, Verdict};
use sync::frame::up::Up;
use sync::frame::{Have, sender};
use sync::office::answer::{Answer as Reckoning, Item, Missing, Row, unmet};
use sync::office::issue::{Signer, issue};
use sync::office::{Bench, Caller, CodeGiven, Known, Rules as OfficeRules, Write};
use sync::receipt::Epoch;
use sync::sealed::{self, Fate, Told};
use sync::wipe;

use crate::asking::Requests;
use crate::leader::Codes;
use crate::papers::Shelf;
use crate::phone::Phone;

pub const COMMUNE: CommuneCode = CommuneCode(3394);
/// The private half of the office's box key.
pub const BOX: [u8; 32] = [0x5a; 32];
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
    /// By handle: whose device it is, and the key its frames are signed with.
    pub devices: BTreeMap<[u8; 3], (Caller, VerifyingKey)>,
    /// How many sealed copies have come.
    pub carried: usize,
    /// In how many bodies.
    pub rounds: usize,
    /// There is no room for what revoked devices bring.
    pub full: bool,
    /// Revoked devices.
    pub revoked: Vec<[u8; 3]>,
    /// Codes of consent it gave out.
    pub codes: BTreeMap<ConsentCode, CodeGiven>,
    /// The version of what it tells of houses and of where people belong.
    pub told: u64,
    /// The houses it tells of.
    pub houses: Vec<House>,
    /// Where everybody belongs since a merger.
    pub seat: Option<Seat>,
    /// How far each device has read, and those of which there are two.
    pub seen: BTreeMap<[u8; 3], Seen>,
    pub copied: BTreeSet<[u8; 3]>,
    /// What revoked devices have brought.
    pub quarantine: Vec<Vec<u8>>,
    /// Who asks for an account.
    pub requests: Requests,
    /// Codes of a team.
    pub team: Codes,
    /// Minutes the office's clock is ahead of the phones'.
    pub clock_ahead: i64,
    /// The procedures it works with; none, unless a test speaks of them.
    pub catalogue: Catalogue,
    /// Pictures of papers.
    pub shelf: Shelf,
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
            devices: BTreeMap::new(),
            carried: 0,
            rounds: 0,
            full: false,
            revoked: Vec::new(),
            codes: BTreeMap::new(),
            told: 7,
            houses: vec![house()],
            seat: None,
            seen: BTreeMap::new(),
            copied: BTreeSet::new(),
            quarantine: Vec::new(),
            requests: Requests::default(),
            team: Codes::default(),
            clock_ahead: 0,
            catalogue: Catalogue::default(),
            shelf: Shelf::default(),
        }
    }

    /// `POST /sync`.
    pub fn exchange(&mut self, now: Moment, body: &[u8]) -> Vec<u8> {
        let (caller, up) = self.admit(body);
        self.answer(now, &caller, &up)
    }

    /// Whether this frame comes from a device of which there are two.
    pub fn is_copied(&mut self, body: &[u8]) -> bool {
        let (_, up) = self.admit(body);
        let (handle, before) = (up.handle.0, self.seen.get(&up.handle.0));
        if let Some(seen) = Seen::of(&up, self.epoch) {
            if before.is_some_and(|before| seen.contradicts(before)) {
                self.copied.insert(handle);
            }
            if let Some(seen) = seen.remembered(before) {
                self.seen.insert(handle, seen);
            }
        }
        self.copied.contains(&handle)
    }

    /// What a revoked device is told, once what it brings is kept.
    pub fn order(&mut self, body: &[u8]) -> Option<Vec<u8>> {
        let (handle, _) = sender(body).expect("a frame");
        self.revoked.contains(&handle.0).then(|| {
            self.quarantine.push(body.to_vec());
            wipe::order(handle, &wipe::digest(body), 1, &self.key)
        })
    }

    /// `POST /sealed`.
    pub fn take_sealed(&mut self, now: Moment, body: &[u8]) -> Vec<u8> {
        let (copies, question) = sealed::unbundle(body).expect("a body of copies");
        self.carried += copies.len();
        self.rounds += 1;
        let mut fates = Vec::new();
        for copy in copies {
            let frame = sealed::open(copy, &BOX).expect("sealed to this office");
            let (handle, _) = sender(&frame).expect("a frame");
            if self.revoked.contains(&handle.0) {
                fates.push(if self.full { Fate::Left } else { Fate::Taken });
                self.quarantine.push(frame);
                continue;
            }
            let (caller, up) = self.admit(&frame);
            if self.copied.contains(&up.handle.0) {
                fates.push(Fate::Left);
                continue;
            }
            let judged = Down::decode(&self.answer(now, &caller, &up)).expect("an answer");
            let late = |verdict| verdict == Verdict::Rejected(Rejection::OutOfOrder);
            let left = judged.verdicts.iter().any(|(_, verdict)| late(*verdict));
            fates.push(if left { Fate::Left } else { Fate::Taken });
        }
        let Some(question) = question else { return sealed::answer(&fates) };
        let digest = wipe::digest_of_question(&question.challenge);
        let out = question.devices.iter().filter(|device| self.revoked.contains(&device.0));
        let orders = out.map(|device| (*device, wipe::order(*device, &digest, 1, &self.key))).collect();
        sealed::answer_asked(&Told { fates, orders })
    }

    fn admit(&self, body: &[u8]) -> (Caller, Up) {
        let (handle, _) = sender(body).expect("a frame");
        let (caller, key) = self.devices[&handle.0].clone();
        let here: BTreeMap<DossierId, History> =
            self.known.iter().map(|(dossier, known)| (*dossier, known.history.clone())).collect();
        let up = Up::decode_after(body, &key, &here).expect("a frame of this device");
        (caller, up)
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
            commune_of: &|_| None,
            receive_at_once: &|_| at_once,
            procedures: &self.catalogue.procedures,
            serials: &mut self.serials,
            codes: &mut self.codes,
            known: &mut self.known,
        }
        .judge(caller, up);
        let signer = Signer { key_id: 1, key: &self.key };
        let (receipts, issued) = issue(&judged.due, caller.principal.commune, self.epoch, now, &signer)
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
                Missing { scope: *scope, have, top: self.log.len() as u64, rows, above: 0 }
            })
            .collect();
        let facts = Facts {
            version: self.told,
            houses: self.houses.clone(),
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
            facts: (up.facts != self.told).then_some(facts),
            catalogue: Some(&self.catalogue),
            seat: self.seat.clone().filter(|_| up.seated && up.facts != self.told),
        }
        .encode()
    }
}

/// The role a caller is here in.
pub fn leading(caller: &Caller) -> Role {
    caller.principal.leading(Day(1)).expect("a role")
}

fn place(id: EstablishmentId) -> Locality {
    Locality { establishment: Some(id), village: Some(VillageId(1)), commune: COMMUNE, province: 12 }
}

pub fn house() -> House {
    House {
        id: HOUSE, name: "Homestay Hoa Địa Lan".into(), village: "Sin Suối Hồ".into(), remote: false
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
