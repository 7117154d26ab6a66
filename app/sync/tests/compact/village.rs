//! Invented guests of invented houses, the same for the same seed: for tests, for the dictionary, for measuring.

#![allow(dead_code, reason = "each user needs a part")]

use std::collections::BTreeMap;

use automerge::{ActorId, AutoCommit, Change, ChangeHash};
use dossier::birth::BirthDate;
use dossier::id::{DeviceHandle, DossierId, EstablishmentId, GuestId};
use dossier::moment::{Day, MinuteOfDay, Moment};
use dossier::paper::{IdentityPaper, PaperKind};
use dossier::reason::StayReason;
use dossier::sex::Sex;
use dossier::stay::{Guest, Stay};
use sync::document;
use sync::frame::Parcel;
use sync::frame::compact::Named;

#[path = "words.rs"]
mod words;

use words::{CARRIERS, COUNTRIES, FOREIGN_FIRST, FOREIGN_LAST};
pub use words::{HA_GIANG, LAI_CHAU, Words};

/// A small generator that replays from its seed.
pub struct Chance(pub u64);

impl Chance {
    pub fn below(&mut self, most: usize) -> usize {
        // SplitMix64.
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed ^ (mixed >> 31)) % most as u64) as usize
    }

    pub fn pick<'a>(&mut self, list: &'a str) -> &'a str {
        let words: Vec<&str> = list.split(',').map(str::trim_start).collect();
        words[self.below(words.len())]
    }

    pub fn bytes<const N: usize>(&mut self) -> [u8; N] {
        std::array::from_fn(|_| self.below(256) as u8)
    }

    pub fn digits(&mut self, count: usize) -> String {
        (0..count).map(|_| char::from(b'0' + self.below(10) as u8)).collect()
    }

    pub fn guest(&mut self, words: &Words, arrive: Day) -> Guest {
        let foreign = self.below(4) == 0;
        let male = self.below(2) == 0;
        let (year, month, day) = (1945 + self.below(61), 1 + self.below(12), 1 + self.below(28));
        let packed = (year * 10_000 + month * 100 + day) as i64;
        let (name, nationality, paper) = if foreign {
            let name = format!("{} {}", self.pick(FOREIGN_FIRST), self.pick(FOREIGN_LAST));
            let number = format!("{}{}", self.pick("A,B,C,D,E,F,G,H,K,L,M,N,P,R,T,X"), self.digits(8));
            (name, self.pick(COUNTRIES).to_owned(), IdentityPaper::parse(PaperKind::Passport, &number))
        } else {
            let more =
                if self.below(10) < 3 { format!(" {}", self.pick(words.middles)) } else { String::new() };
            let (surname, middle) = (self.pick(words.surnames), self.pick(words.middles));
            let name = format!("{surname} {middle}{more} {}", self.pick(words.givens));
            let province = words.provinces[self.below(words.provinces.len())].0;
            let century = if year >= 2000 { 2 } else { 0 } + usize::from(!male);
            let number = format!("{province}{century}{:02}{}", year % 100, self.digits(6));
            (name, "VNM".to_owned(), IdentityPaper::parse(PaperKind::CitizenCard, &number))
        };
        let house =
            if self.below(2) == 0 { format!("Số nhà {}, ", 1 + self.below(120)) } else { String::new() };
        let province = words.provinces[self.below(words.provinces.len())].1;
        let home = if foreign {
            String::new()
        } else {
            format!("{house}{}, {}, {province}", self.pick(words.hamlets), self.pick(words.communes))
        };
        Guest {
            name: name.parse().expect("a name"),
            birth: BirthDate::from_packed(packed).expect("a date"),
            sex: if male { Sex::Male } else { Sex::Female },
            nationality: nationality.parse().expect("a country"),
            paper: paper.expect("a number"),
            permitted_until: foreign.then(|| arrive.plus(15 + self.below(60) as i32)),
            phone: format!("{}{}", self.pick(CARRIERS), self.digits(7)),
            home,
            confirmed: false,
            removed: false,
        }
    }

    pub fn stay(&mut self, words: &Words, guest: GuestId) -> Stay {
        let today = Day::from_date(2026, 11, 21).expect("a day");
        let guests = BTreeMap::from([(guest, self.guest(words, today))]);
        Stay {
            arrive: Moment::at(today, MinuteOfDay((13 * 60 + self.below(600)) as u16)),
            leave: today.plus(1 + self.below(4) as i32),
            left: None,
            room: (100 * (1 + self.below(3)) + 1 + self.below(8)).to_string(),
            reason: [
                StayReason::Tourism,
                StayReason::Tourism,
                StayReason::FamilyVisit,
                StayReason::Business,
                StayReason::Trade,
            ][self.below(5)],
            reason_text: String::new(),
            note: self.pick(words.notes).to_owned(),
            guests,
        }
    }
}

/// A phone: its handle, and the actor of this start of its program.
#[derive(Clone)]
pub struct Phone {
    pub handle: DeviceHandle,
    pub actor: ActorId,
}

impl Phone {
    pub fn new(chance: &mut Chance) -> Phone {
        let handle = DeviceHandle(chance.bytes());
        Phone { handle, actor: document::actor(handle, chance.bytes()) }
    }
}

/// A notice and its history.
#[derive(Clone)]
pub struct Notice {
    pub dossier: DossierId,
    pub establishment: EstablishmentId,
    pub stay: Stay,
    pub doc: AutoCommit,
    pub changes: Vec<Change>,
}

impl Notice {
    pub fn begin(chance: &mut Chance, words: &Words, phone: &Phone, establishment: u32) -> Notice {
        let dossier = DossierId::mint(phone.handle, chance.bytes());
        let guest = GuestId(chance.bytes());
        Notice::begin_with(chance, words, phone, establishment, (dossier, guest))
    }

    /// The first guest has the last four bytes of the dossier: it costs nothing to tell.
    pub fn begin_short(chance: &mut Chance, words: &Words, phone: &Phone, establishment: u32) -> Notice {
        let dossier = DossierId::mint(phone.handle, chance.bytes());
        let _: [u8; 4] = chance.bytes(); // as many dice as the other way: the same words follow
        let [_, _, _, _, guest @ ..] = dossier.0;
        Notice::begin_with(chance, words, phone, establishment, (dossier, GuestId(guest)))
    }

    fn begin_with(
        chance: &mut Chance,
        words: &Words,
        phone: &Phone,
        establishment: u32,
        (dossier, guest): (DossierId, GuestId),
    ) -> Notice {
        let stay = chance.stay(words, guest);
        let mut notice = Notice {
            dossier,
            establishment: EstablishmentId(establishment),
            stay: stay.clone(),
            doc: document::seed(),
            changes: Vec::new(),
        };
        notice.edit(phone, |now| *now = stay);
        notice
    }

    pub fn edit(&mut self, phone: &Phone, edit: impl FnOnce(&mut Stay)) {
        self.doc.set_actor(phone.actor.clone());
        edit(&mut self.stay);
        self.changes.extend(document::write(&mut self.doc, &self.stay));
    }

    /// Takes what another phone did in the meantime.
    pub fn merge(&mut self, other: &Notice) {
        let new: Vec<Change> =
            other.changes.iter().filter(|change| !self.changes.contains(change)).cloned().collect();
        self.doc.apply_changes(new.clone()).expect("changes of the same notice");
        self.changes.extend(new);
        self.stay = document::read(&self.doc).expect("still a stay");
    }

    /// The changes from a place on.
    pub fn parcel(&self, from: usize) -> Parcel {
        Parcel {
            dossier: self.dossier,
            establishment: self.establishment,
            changes: self.changes[from..].iter().map(|change| change.raw_bytes().to_vec()).collect(),
        }
    }

    pub fn guest(&mut self) -> &mut Guest {
        self.stay.guests.values_mut().next().expect("a guest")
    }
}

/// How a notice begins: [`Notice::begin`] or [`Notice::begin_short`].
pub type Begin = fn(&mut Chance, &Words, &Phone, u32) -> Notice;

/// What both sides have already.
#[derive(Default)]
pub struct Known(pub BTreeMap<(DossierId, ChangeHash), Named>);

impl Known {
    pub fn learn(&mut self, notice: &Notice) {
        for change in &notice.changes {
            self.0.insert((notice.dossier, change.hash()), Named::of(change));
        }
    }

    pub fn name(&self, dossier: DossierId, hash: &ChangeHash) -> Option<Named> {
        self.0.get(&(dossier, *hash)).cloned()
    }

    pub fn find(&self, dossier: DossierId, actor: &ActorId, seq: u64) -> Option<(ChangeHash, u64)> {
        let fits = |((whose, hash), named): (&(DossierId, ChangeHash), &Named)| {
            (*whose == dossier && named.actor == *actor && named.seq == seq).then_some((*hash, named.max_op))
        };
        self.0.iter().find_map(fits)
    }
}

/// Workload W1: eight stays of an evening, then twelve edits of one character in a note.
pub fn evening(seed: u64, words: &Words, begin: Begin) -> Vec<Notice> {
    let mut chance = Chance(seed);
    let phone = Phone::new(&mut chance);
    let mut notices: Vec<Notice> = (0..8).map(|_| begin(&mut chance, words, &phone, 417)).collect();
    let mut left = 12;
    while left > 0 {
        let place = chance.below(notices.len());
        for _ in 0..(3 + chance.below(3)).min(left) {
            let sign = chance.pick("a,e,i,o,u,đ,ă,â,ê,n,h,c,g,t,m,á,à,ả,ế");
            notices[place].edit(&phone, |stay| stay.note.push_str(sign));
            left -= 1;
        }
    }
    notices
}

/// Workload W3: what forty devices did while one was away, and the two hundred notices it had.
pub fn back_on_network(seed: u64, begin: Begin) -> (Vec<Parcel>, Known) {
    let mut chance = Chance(seed);
    let phones: Vec<Phone> = (0..40).map(|_| Phone::new(&mut chance)).collect();
    let mut known = Known::default();
    let mut parcels = Vec::new();
    for round in 0..2_000 {
        let house = round % 40;
        let phone = &phones[house];
        let mut notice = begin(&mut chance, &HA_GIANG, phone, 400 + house as u32);
        if round < 200 {
            known.learn(&notice);
            let days = 1 + chance.below(4) as i32;
            notice.edit(phone, |stay| stay.leave = stay.leave.plus(days));
            parcels.push(notice.parcel(1));
        } else {
            parcels.push(notice.parcel(0));
        }
    }
    parcels.sort_by_key(|parcel| parcel.dossier);
    (parcels, known)
}

/// What dictionary 1 is made of: about sixty stays of Lai Châu, every field edited somewhere, as a frame body.
pub fn dictionary() -> Vec<u8> {
    let mut chance = Chance(20_261_124);
    let phone = Phone::new(&mut chance);
    let other = Phone::new(&mut chance);
    let mut notices = Vec::new();
    let mut body = Vec::new();
    for round in 0.. {
        let begin: Begin = if (18..26).contains(&round) { Notice::begin_short } else { Notice::begin };
        let mut notice = begin(&mut chance, &LAI_CHAU, &phone, 1);
        match round {
            0..12 => every_edit(round, &mut notice, &phone, &mut chance),
            12..18 => every_edit(round - 12, &mut notice, &other, &mut chance),
            _ => {}
        }
        notices.push(notice.parcel(0));
        let next = sync::frame::compact::sample(&notices).expect("our own changes");
        if next.len() > 16 * 1024 {
            break;
        }
        body = next;
    }
    body
}

/// One of twelve stories of what people change.
pub fn every_edit(round: usize, notice: &mut Notice, phone: &Phone, chance: &mut Chance) {
    let second = GuestId(chance.bytes());
    let more = chance.stay(&LAI_CHAU, second).guests;
    let guest = more[&second].clone();
    match round {
        0 => {
            notice.edit(phone, |stay| stay.leave = stay.leave.plus(1));
            notice.edit(phone, |stay| stay.leave = stay.leave.plus(2));
        }
        1 => notice.edit(phone, |stay| stay.left = Some(stay.arrive.plus_minutes(900))),
        2 => {
            for sign in ["k", "h", "á"] {
                notice.edit(phone, |stay| stay.note.push_str(sign));
            }
        }
        3 => notice.edit(phone, |stay| {
            stay.guests.extend(more);
        }),
        4 => notice.edit(phone, |stay| stay.room = "204".to_owned()),
        5 => {
            notice.guest().phone = guest.phone;
            notice.edit(phone, |_| {});
            notice.guest().home = "tổ 2, phường Tân Phong, Lai Châu".to_owned();
            notice.edit(phone, |_| {});
        }
        6 => {
            notice.guest().name = guest.name;
            notice.edit(phone, |_| {});
        }
        7 => {
            notice.edit(phone, |stay| {
                stay.reason = StayReason::Other;
                stay.reason_text = "Dự lễ hội".to_owned();
            });
        }
        8 => {
            notice.edit(phone, |stay| stay.guests.extend(more));
            notice.stay.guests.get_mut(&second).expect("just added").removed = true;
            notice.edit(phone, |_| {});
        }
        9 => {
            notice.guest().birth = guest.birth;
            notice.guest().confirmed = true;
            notice.edit(phone, |_| {});
        }
        10 => {
            notice.guest().paper = guest.paper;
            notice.edit(phone, |_| {});
        }
        _ => notice.edit(phone, |stay| stay.note = "Khách gửi xe".to_owned()),
    }
}

/// Two phones of a house, three notices, one of them changed on both at once.
pub fn two_phones() -> Vec<Notice> {
    let mut chance = Chance(2);
    let (first, second) = (Phone::new(&mut chance), Phone::new(&mut chance));
    let mut notices: Vec<Notice> =
        (0..3).map(|_| Notice::begin(&mut chance, &LAI_CHAU, &first, 12)).collect();
    let mut there = notices[0].clone();
    notices[0].edit(&first, |stay| stay.leave = stay.leave.plus(1));
    there.edit(&second, |stay| {
        stay.leave = stay.leave.plus(2);
        stay.note.push_str(" xin phòng yên tĩnh");
    });
    notices[0].merge(&there);
    notices[0].edit(&first, |stay| stay.note.push('!'));
    every_edit(3, &mut notices[1], &second, &mut chance);
    notices
}
