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

/// The words a place uses.
pub struct Words {
    pub surnames: &'static str,
    pub middles: &'static str,
    pub givens: &'static str,
    pub hamlets: &'static str,
    pub communes: &'static str,
    pub provinces: &'static [(&'static str, &'static str)],
    pub notes: &'static str,
}

const FOREIGN_FIRST: &str = "Anna,Marie,Thomas,James,Sophie,Lukas,Emma,Julien,Noah,Mia,David,Laura,Pierre,Hans,Chen,\
    Wei,Yuki,Kenji,Minjun,Somchai,Olga,Ivan,Carlos,Lucía,François,Zoë";
const FOREIGN_LAST: &str = "Müller,Smith,Dubois,Martin,Schneider,Johnson,Tanaka,Kim,Wang,Li,Garcia,Ivanov,Rossi,\
    Lefèvre,Brown,Jansen,Nielsen,Petrov,Suzuki,Park";
const COUNTRIES: &str = "FRA,DEU,USA,GBR,CHN,JPN,KOR,AUS,NLD,RUS,ESP,ITA,THA,CAN";
const CARRIERS: &str = "096,097,098,086,032,035,038,091,094,083";

/// Where the dictionary comes from.
pub const LAI_CHAU: Words = Words {
    surnames: "Lò,Giàng,Vàng,Sùng,Thào,Lý,Nguyễn,Trần,Tẩn,Phàn,Chang,Hoàng,Mùa,Hảng,Vừ,Lù,Tao,Pờ,Ly,Lê,Phạm,Vũ,Đỗ,Bùi,Đặng,Hà",
    middles: "A,Thị,Văn,Seo,Minh,Thu,Ngọc,Đức,Hồng,Láo,Mí,Xuân,Quốc,Thanh,Kim,Phương,Tuấn,Gia",
    givens: "Páo,Chỉnh,Dế,Súa,Vảng,Mai,Hoa,Lan,Dũng,Hùng,Tú,Sính,Say,Lử,Pạt,Yến,Hải,Linh,Trang,Toàn,Thắng,Bình,Sơn,\
        Nga,Huệ,Cường,Đạt,Long,Thảo,Vân",
    hamlets: "bản Sin Suối Hồ,bản Sin Câu,bản Chảng Phàng,bản Dền Sung,bản Căn Câu,bản Trung Hồ,bản Sân Bay,bản Nậm Pha,\
        tổ 1,tổ 4,tổ 9,bản Thẳm,bản Tả Lèng,bản Lao Chải,bản Hon,bản Khổng Lao",
    communes: "xã Sin Suối Hồ,xã Phong Thổ,xã Dào San,xã Sì Lở Lầu,xã Khổng Lào,xã Tả Lèng,xã Bản Bo,xã Bình Lư,xã Tân Uyên,\
        xã Than Uyên,xã Mường Kim,xã Sìn Hồ,xã Nậm Hàng,xã Mường Tè,xã Bum Tở,xã Pa Ủ,phường Tân Phong,phường Đoàn Kết",
    provinces: &[
        ("012", "Lai Châu"),
        ("010", "Lào Cai"),
        ("001", "Hà Nội"),
        ("011", "Điện Biên"),
        ("015", "Yên Bái"),
        ("025", "Phú Thọ"),
        ("079", "TP. Hồ Chí Minh"),
        ("031", "Hải Phòng"),
        ("036", "Nam Định"),
        ("038", "Thanh Hóa"),
    ],
    notes: ",,,,Khách đi xe máy,Đến muộn sau 22 giờ,Có trẻ em đi cùng,Khách đặt qua điện thoại,Đã xem giấy tờ bản gốc",
};

/// What is measured: other names and places than the dictionary's, as in the bench's generator.
pub const HA_GIANG: Words = Words {
    surnames: "Nguyễn,Trần,Lê,Phạm,Hoàng,Vàng,Giàng,Sùng,Vừ,Lò,Lý,Thào,Mùa,Hạng,Cứ,Ly,Nông,Hà,Đặng,Triệu,Bàn,Phàn,Chảo,Tẩn,\
        Lù,Xìn,Ma,Quan,Bùi,Đỗ,Vũ,Ngô,Dương,Đinh,Mai,Tô",
    middles: "Văn,Thị,Mí,Seo,A,Đức,Ngọc,Minh,Thu,Hồng,Xuân,Quốc,Thanh,Hữu,Kim,Bích,Tuấn,Gia,Bảo,Mỹ,Phương,Anh,Chí,Láo,Chỉn,Tả",
    givens: "Dũng,Hùng,Sính,Páo,Chứ,Dế,Mai,Lan,Hoa,Huệ,Thắng,Tuyết,Hạnh,Phượng,Khánh,Linh,Trang,Quỳnh,Bình,Cường,Sơn,Tú,Nhung,\
        Yến,Thảo,Vân,Đạt,Long,Lử,Sùng,Mỷ,Và,Say,Tủa,Nủ,Súng,Hòa,Hải,Toàn,Trường,Việt,Nga,Oanh,Ước",
    hamlets: "thôn Lô Lô Chải,thôn Thèn Pả,thôn Cẳng Tằng,thôn Séo Lủng,thôn Má Lủng,thôn Lao Xa,bản Nà Khương,tổ 3,tổ 5,tổ 12,\
        thôn Choản Thèn,thôn Ngải Trồ,xóm Bản Giốc,bản Tả Kố Khừ,thôn Phố Cổ,khu 2",
    communes: "xã Lũng Cú,xã Đồng Văn,xã Sà Phìn,xã Phố Bảng,xã Mèo Vạc,xã Tả Lủng,xã Xín Mần,xã Y Tý,xã Bát Xát,xã Mường Khương,\
        xã Trà Lĩnh,xã Đàm Thủy,xã Sín Thầu,xã Pa Ủ,phường Hà Giang 1,phường Cầu Giấy,phường Bến Thành,phường Hải Châu",
    provinces: &[
        ("002", "Hà Giang"),
        ("004", "Cao Bằng"),
        ("010", "Lào Cai"),
        ("011", "Điện Biên"),
        ("012", "Lai Châu"),
        ("020", "Lạng Sơn"),
        ("001", "Hà Nội"),
        ("079", "TP. Hồ Chí Minh"),
        ("031", "Hải Phòng"),
        ("048", "Đà Nẵng"),
        ("019", "Thái Nguyên"),
        ("024", "Bắc Giang"),
    ],
    notes: ",,,,Đi cùng đoàn xe máy, gửi xe tại nhà chủ,Khách cần phòng tầng trệt,Đến muộn sau 22 giờ,\
        Có trẻ em dưới 6 tuổi đi cùng,Đã xuất trình CCCD bản gốc,Khách đặt qua điện thoại",
};

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

    fn digits(&mut self, count: usize) -> String {
        (0..count).map(|_| char::from(b'0' + self.below(10) as u8)).collect()
    }

    fn guest(&mut self, words: &Words, arrive: Day) -> Guest {
        let foreign = self.below(4) == 0;
        let male = self.below(2) == 0;
        let (year, month, day) = (1945 + self.below(61), 1 + self.below(12), 1 + self.below(28));
        let packed = (year * 10_000 + month * 100 + day) as i64;
        let (name, nationality, paper) = if foreign {
            let name = format!("{} {}", self.pick(FOREIGN_FIRST), self.pick(FOREIGN_LAST));
            let number = format!("{}{}", self.pick("A,B,C,D,E,F,G,H,K,L,M,N,P,R,T,X"), self.digits(8));
            (name, self.pick(COUNTRIES).to_owned(), IdentityPaper::parse(PaperKind::Passport, &number))
        } else {
            let more = if self.below(10) < 3 { format!(" {}", self.pick(words.middles)) } else { String::new() };
            let (surname, middle) = (self.pick(words.surnames), self.pick(words.middles));
            let name = format!("{surname} {middle}{more} {}", self.pick(words.givens));
            let province = words.provinces[self.below(words.provinces.len())].0;
            let century = if year >= 2000 { 2 } else { 0 } + usize::from(!male);
            let number = format!("{province}{century}{:02}{}", year % 100, self.digits(6));
            (name, "VNM".to_owned(), IdentityPaper::parse(PaperKind::CitizenCard, &number))
        };
        let house = if self.below(2) == 0 { format!("Số nhà {}, ", 1 + self.below(120)) } else { String::new() };
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
            reason: [StayReason::Tourism, StayReason::Tourism, StayReason::FamilyVisit, StayReason::Business, StayReason::Trade]
                [self.below(5)],
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
pub fn evening(seed: u64) -> Vec<Notice> {
    let mut chance = Chance(seed);
    let phone = Phone::new(&mut chance);
    let mut notices: Vec<Notice> =
        (0..8).map(|_| Notice::begin(&mut chance, &HA_GIANG, &phone, 417)).collect();
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
pub fn back_on_network(seed: u64) -> (Vec<Parcel>, Known) {
    let mut chance = Chance(seed);
    let phones: Vec<Phone> = (0..40).map(|_| Phone::new(&mut chance)).collect();
    let mut known = Known::default();
    let mut parcels = Vec::new();
    for round in 0..2_000 {
        let house = round % 40;
        let phone = &phones[house];
        let mut notice = Notice::begin(&mut chance, &HA_GIANG, phone, 400 + house as u32);
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
        let mut notice = Notice::begin(&mut chance, &LAI_CHAU, &phone, 1);
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

fn every_edit(round: usize, notice: &mut Notice, phone: &Phone, chance: &mut Chance) {
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
