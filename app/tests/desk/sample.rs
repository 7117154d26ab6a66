//! A made-up evening in a made-up book. Invented people only.

use std::collections::BTreeMap;

use app::desk::marks::RowKey;
use dossier::access::Role;
use dossier::birth::BirthDate;
use dossier::deadline::Due;
use dossier::id::{DossierId, EstablishmentId, GuestId};
use dossier::moment::{Day, MinuteOfDay, Moment};
use dossier::nationality::Nationality;
use dossier::paper::{IdentityPaper, PaperKind};
use dossier::reason::StayReason;
use dossier::sex::Sex;
use dossier::stay::{Guest, Stay};
use dossier::view::{
    BookChoices, BookPage, BookRow, Card, CardGuest, CardState, Desk, Detail, Entry, Happening, House, Link,
    ReceiptView, Review, Stage, Standing, View, Who,
};

pub fn today() -> Day {
    Day::from_date(2026, 11, 24).expect("as written above")
}

pub fn at(hour: u16, minute: u16) -> Moment {
    Moment::at(today(), MinuteOfDay(hour * 60 + minute))
}

pub fn notice(number: u8) -> DossierId {
    DossierId([7, 7, 7, 0, 0, 0, 0, number])
}

pub fn key(number: u8, guest: u8) -> RowKey {
    (notice(number), GuestId([0, 0, 0, guest]))
}

pub fn receipted(hour: u16, minute: u16) -> CardState {
    CardState::Receipted { at: at(hour, minute), number: "SSH-1-000-497".to_owned() }
}

pub fn received(hour: u16, minute: u16) -> CardState {
    CardState::Received { at: at(hour, minute), by: "Lò Văn Chung".to_owned() }
}

/// Notice, name, birth, nationality, number, house and room, state, margin.
pub type Line = (
    u8,
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    (&'static str, &'static str),
    CardState,
    i64,
);

pub fn lines() -> Vec<(Moment, Line)> {
    let lan = "Hoa Địa Lan";
    vec![
        (
            at(23, 31),
            (1, "Mùa A Khua", "17/02/1999", "VNM", "012 299 003 184", (lan, "4"), received(23, 40), 500),
        ),
        (
            at(22, 41),
            (
                2,
                "Thào Thị Chú",
                "08/06/2001",
                "VNM",
                "012 301 007 762",
                ("Suối Mây", "1"),
                receipted(23, 4),
                -4,
            ),
        ),
        (
            at(22, 41),
            (
                2,
                "Giàng A Lềnh",
                "25/12/1998",
                "VNM",
                "012 098 002 915",
                ("Suối Mây", "1"),
                receipted(23, 4),
                -4,
            ),
        ),
        (
            at(22, 20),
            (
                3,
                "Đặng Quốc Khánh",
                "30/04/1985",
                "VNM",
                "001 085 019 447",
                ("Bình Minh", "12"),
                receipted(22, 21),
                39,
            ),
        ),
        (
            at(21, 35),
            (4, "Sùng A Páo", "09/10/2001", "VNM", "012 201 005 873", (lan, "5"), received(22, 7), 53),
        ),
        (
            at(21, 35),
            (4, "Sùng Thị Dính", "14/03/2004", "VNM", "012 304 000 217", (lan, "5"), received(22, 7), 53),
        ),
        (
            at(21, 20),
            (5, "Lò Thị Hạnh", "14/03/1996", "VNM", "012 196 004 318", (lan, "2"), received(22, 6), -64),
        ),
        (
            at(21, 20),
            (6, "Nguyễn Hữu Phước", "02/09/1988", "VNM", "001 088 012 654", (lan, "2"), receipted(22, 6), 54),
        ),
        (
            at(21, 10),
            (
                7,
                "Vàng Văn Ún",
                "1941",
                "VNM",
                "012 041 000 066",
                ("Hộ Vàng Thị Dua", ""),
                CardState::Review(Review::Conflict),
                60,
            ),
        ),
        (
            at(20, 45),
            (
                8,
                "Phạm Thùy Linh",
                "19/09/1993",
                "VNM",
                "037 193 008 201",
                ("Mây Núi", "3"),
                received(20, 46),
                134,
            ),
        ),
        (
            at(20, 15),
            (
                9,
                "Chẻo Sành Mẩy",
                "11/11/1979",
                "VNM",
                "012 179 001 358",
                ("Hộ Tẩn Láo Lở", ""),
                CardState::Review(Review::Twin),
                120,
            ),
        ),
        (
            at(19, 30),
            (
                10,
                "Tôn Nữ Thị Ninh Hoàng Phương Uyên Nhi",
                "05/05/1990",
                "VNM",
                "014 090 006 673",
                ("Nhà nghỉ cộng đồng Chung Hồ", "7"),
                received(19, 33),
                207,
            ),
        ),
        (
            at(19, 5),
            (11, "Claire Dubois", "27/07/1994", "FRA", "20AK48136", (lan, "3"), received(19, 12), 228),
        ),
        (
            Moment::at(today().plus(-2), MinuteOfDay(1145)),
            (
                12,
                "Li Wen",
                "03/10/1987",
                "CHN",
                "EJ4403917",
                ("Mây Núi", "1"),
                CardState::Review(Review::Returned {
                    by: "Lò Văn Chung".to_owned(),
                    reason: "Thiếu số phòng".to_owned(),
                }),
                228,
            ),
        ),
    ]
}

pub fn rows() -> Vec<BookRow> {
    let lines = lines().into_iter().enumerate();
    lines
        .map(|(place, (arrive, (number, name, birth, nation, paper, (house, room), state, margin)))| {
            BookRow {
                dossier: notice(number),
                guest: GuestId([0, 0, 0, u8::try_from(place).expect("as written above")]),
                arrive,
                leave: today().plus(1),
                name: name.to_owned(),
                birth: birth.to_owned(),
                nationality: nation.parse().expect("as written above"),
                number: paper.to_owned(),
                establishment: house.to_owned(),
                village: "Sín Chải".to_owned(),
                room: room.to_owned(),
                state,
                margin: Some(margin),
                pending: number == 3,
            }
        })
        .collect()
}

pub fn page(rows: Vec<BookRow>) -> BookPage {
    BookPage {
        total: u32::try_from(rows.len()).expect("as written above"),
        late: 2,
        review: 2,
        establishments: 6,
        choices: BookChoices {
            villages: vec!["Sín Chải".to_owned(), "Chung Hồ".to_owned()],
            establishments: vec![(EstablishmentId(4), "Homestay Suối Mây".to_owned())],
            nationalities: vec![
                Nationality::VNM,
                "FRA".parse().expect("as written above"),
                "CHN".parse().expect("as written above"),
            ],
        },
        rows,
    }
}

pub fn guest(name: &str, year: &str, number: &str) -> Guest {
    Guest {
        name: name.parse().expect("as written above"),
        birth: BirthDate::parse("8", "6", year, today()).expect("as written above"),
        sex: Sex::Female,
        nationality: Nationality::VNM,
        paper: IdentityPaper::parse(PaperKind::IdentityCard, number).expect("as written above"),
        permitted_until: None,
        phone: String::new(),
        home: "bản Sàng Mà Pho".to_owned(),
        confirmed: false,
        removed: false,
    }
}

pub fn card(number: u8, state: CardState, margin: Option<i64>) -> Card {
    Card {
        dossier: notice(number),
        guests: vec![CardGuest {
            guest: GuestId([0, 0, 0, 1]),
            name: "Thào Thị Chú".to_owned(),
            birth: "08/06/2001".to_owned(),
            nationality: Nationality::VNM,
        }],
        room: "1".to_owned(),
        arrive: at(22, 41),
        leave: today().plus(2),
        left: None,
        state,
        due: Due { at: at(23, 0), foreign_limit: None, is_next_morning: false, is_night_before: false },
        margin,
        changed: false,
        conflicts: 0,
        twin: None,
        called: false,
        ended: false,
    }
}

pub fn detail() -> Detail {
    let entry = |at, what| Entry { at, what };
    let guests = BTreeMap::from([
        (GuestId([0, 0, 0, 1]), guest("Thào Thị Chú", "2001", "012301007762")),
        (GuestId([0, 0, 0, 2]), guest("Giàng A Lềnh", "1998", "012098002915")),
    ]);
    Detail {
        card: card(2, receipted(23, 4), Some(-4)),
        stay: Stay {
            arrive: at(22, 41),
            leave: today().plus(2),
            left: None,
            room: "1".to_owned(),
            reason: StayReason::FamilyVisit,
            reason_text: String::new(),
            note: String::new(),
            guests,
        },
        draft: dossier::draft::StayDraft::default(),
        house: House {
            id: EstablishmentId(4),
            name: "Homestay Suối Mây".to_owned(),
            village: "Sín Chải".to_owned(),
            remote: true,
        },
        declarant: "Tẩn A Sèng".to_owned(),
        channel: None,
        behalf: None,
        receipt: Some(ReceiptView {
            number: "SSH-1-000-497".to_owned(),
            received_at: at(23, 4),
            qr: String::new(),
            current: true,
        }),
        timeline: vec![
            entry(at(22, 41), Happening::Arrived),
            entry(at(22, 46), Happening::SavedOnDevice { last_contact: Some(at(21, 12)) }),
            entry(at(23, 0), Happening::Due),
            entry(at(23, 4), Happening::Receipted { number: "SSH-1-000-497".to_owned() }),
        ],
        conflicts: Vec::new(),
        twin: None,
        can_receive: true,
        can_return: true,
    }
}

pub fn view() -> View {
    View {
        revision: 3,
        stage: Stage::Open(Box::new(Who {
            name: "Lò Văn Chung".to_owned(),
            role: Role::Officer,
            establishment: None,
            commune: "xã Sin Suối Hồ".to_owned(),
            agency: "Công an xã Sin Suối Hồ".to_owned(),
            province: "tỉnh Lai Châu".to_owned(),
            duty_phone: "02130000000".to_owned(),
            standing: Standing::Announced,
        })),
        link: Link { last_contact: Some(Moment(at(23, 41).0 + 6000)), ..Link::default() },
        desk: Some(Desk { tonight: 61, waiting: 5, late: 2, review: 2, unsent: 1, ..Desk::default() }),
        ..View::default()
    }
}
