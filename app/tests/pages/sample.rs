//! An invented house, invented guests, invented papers.

use std::collections::BTreeMap;

use dossier::access::Role;
use dossier::deadline::Due;
use dossier::draft::{GuestDraft, StayDraft};
use dossier::id::{DossierId, EstablishmentId, GuestId};
use dossier::intent::StayField;
use dossier::moment::{Day, MinuteOfDay, Moment};
use dossier::nationality::Nationality;
use dossier::paper::{IdentityPaper, PaperKind};
use dossier::place::{Badge, Place, Tile};
use dossier::reason::StayReason;
use dossier::sex::Sex;
use dossier::stay::{Guest, Stay};
use dossier::view::*;

pub fn today() -> Day {
    Day::from_date(2026, 11, 22).unwrap()
}

pub fn at(hour: u16, minute: u16) -> Moment {
    Moment::at(today(), MinuteOfDay(hour * 60 + minute))
}

pub fn who(standing: Standing) -> Who {
    Who {
        name: "Hảng A Vừ".into(),
        role: Role::Owner,
        establishment: Some(house()),
        commune: "xã Sin Suối Hồ".into(),
        agency: "Công an xã Sin Suối Hồ".into(),
        province: "tỉnh Lai Châu".into(),
        duty_phone: "0213 000 0113".into(),
        standing,
    }
}

pub fn house() -> House {
    House {
        id: EstablishmentId(7),
        name: "Homestay Hoa Địa Lan".into(),
        village: "bản Sin Suối Hồ".into(),
        remote: true,
    }
}

pub fn card(
    mark: u8,
    guests: &[(&str, &str, Nationality)],
    room: &str,
    arrive: Moment,
    state: CardState,
) -> Card {
    let foreign = guests.iter().any(|guest| guest.2 != Nationality::VNM);
    let margin = match &state {
        CardState::Receipted { at, .. } | CardState::Received { at, .. } => {
            Some(at.minutes_until(Due::of(arrive).at))
        }
        _ => None,
    };
    Card {
        dossier: DossierId([mark; 8]),
        guests: guests
            .iter()
            .enumerate()
            .map(|(place, (name, birth, nationality))| CardGuest {
                guest: GuestId([mark, 0, 0, place as u8]),
                name: (*name).into(),
                birth: (*birth).into(),
                nationality: *nationality,
            })
            .collect(),
        room: room.into(),
        arrive,
        leave: today().plus(2),
        left: None,
        state,
        due: if foreign { Due::with_foreigner(arrive, true) } else { Due::of(arrive) },
        margin,
        changed: false,
        conflicts: 0,
        twin: None,
        called: false,
        ended: false,
    }
}

pub fn number() -> String {
    "LC-SSH 2611 000482".into()
}

pub fn cards() -> Vec<Card> {
    let france = "FRA".parse().unwrap();
    let home = Nationality::VNM;
    vec![
        card(
            1,
            &[("Lò Thị Hạnh", "14/03/1996", home), ("Nguyễn Hữu Phước", "02/09/1988", home)],
            "2",
            at(19, 40),
            CardState::SavedHere,
        ),
        card(
            2,
            &[("Claire Dubois", "03/06/1985", france)],
            "3",
            at(18, 50),
            CardState::Receipted { at: at(19, 12), number: number() },
        ),
    ]
}

pub fn open(cards: Vec<Card>, link: Link) -> View {
    View {
        revision: 1,
        dismissed: false,
        stage: Stage::Open(Box::new(who(Standing::Queue))),
        link,
        storage: Storage {
            persisted: Some(true),
            quota: Some((1_200_000, 900_000_000)),
            ..Storage::default()
        },
        clock_offset: 0,
        clock_sure: true,
        home: Some(Home { cards, ..Home::default() }),
        desk: None,
        shared: false,
        shut: false,
    }
}

pub fn cut_off(waiting: u32) -> Link {
    Link {
        state: LinkState::Down { retry_at: None },
        waiting,
        last_contact: Some(at(19, 2)),
        bytes_today: 18_200,
    }
}

pub fn busy() -> Link {
    let state = LinkState::Busy { sent: 1_116, total: 1_800, seconds_left: Some(14) };
    Link { state, waiting: 1, last_contact: Some(at(21, 50)), bytes_today: 18_200 }
}

pub fn guest_draft() -> GuestDraft {
    GuestDraft {
        name: "Sùng Thị Dính".into(),
        birth_day: "14".into(),
        birth_month: "03".into(),
        birth_year: "1994".into(),
        sex: Some(Sex::Female),
        paper: PaperKind::IdentityCard,
        number: "012 304 000 217".into(),
        ..GuestDraft::default()
    }
}

pub fn draft() -> StayDraft {
    let first = GuestDraft {
        name: "Sùng A Páo".into(),
        birth_day: "09".into(),
        birth_month: "10".into(),
        birth_year: "2001".into(),
        sex: Some(Sex::Male),
        paper: PaperKind::IdentityCard,
        number: "012 201 005 873".into(),
        ..GuestDraft::default()
    };
    StayDraft {
        arrive_day: "2026-11-22".into(),
        arrive_time: "21:35".into(),
        leave_day: "2026-11-24".into(),
        room: "5".into(),
        reason: Some(StayReason::Tourism),
        guests: vec![first, guest_draft()],
        ..StayDraft::default()
    }
}

pub fn detail(state: CardState) -> Detail {
    let arrive = at(21, 35);
    let mut card = card(
        1,
        &[("Sùng A Páo", "09/10/2001", Nationality::VNM), ("Sùng Thị Dính", "14/03/2004", Nationality::VNM)],
        "5",
        arrive,
        state,
    );
    card.conflicts = 1;
    let guest = |name: &str, birth: (&str, &str, &str), sex, number: &str| Guest {
        name: name.parse().unwrap(),
        birth: dossier::birth::BirthDate::parse(birth.0, birth.1, birth.2, today()).unwrap(),
        sex,
        nationality: Nationality::VNM,
        paper: IdentityPaper::parse(PaperKind::IdentityCard, number).unwrap(),
        permitted_until: None,
        phone: String::new(),
        home: String::new(),
        confirmed: false,
        removed: false,
    };
    let guests = BTreeMap::from([
        (GuestId([1, 0, 0, 0]), guest("Sùng A Páo", ("09", "10", "2001"), Sex::Male, "012201005873")),
        (GuestId([1, 0, 0, 1]), guest("Sùng Thị Dính", ("14", "03", "2004"), Sex::Female, "012304000217")),
    ]);
    let stay = Stay {
        arrive,
        leave: today().plus(2),
        left: None,
        room: "5".into(),
        reason: StayReason::Tourism,
        reason_text: String::new(),
        note: String::new(),
        guests,
    };
    let receipted = matches!(card.state, CardState::Receipted { .. } | CardState::Received { .. });
    let receipt = receipted.then(|| ReceiptView {
        number: number(),
        received_at: at(22, 7),
        qr: format!("BK1.{}", "3f9a2c71d0".repeat(16)),
        current: true,
    });
    let entry = |at, what| Entry { at, what };
    let mut timeline = vec![
        entry(arrive, Happening::Arrived),
        entry(at(21, 44), Happening::SavedOnDevice { last_contact: Some(at(19, 2)) }),
    ];
    if receipted {
        timeline.push(entry(at(22, 7), Happening::Receipted { number: number() }));
    }
    timeline.push(entry(at(23, 0), Happening::Due));
    Detail {
        stay,
        draft: draft(),
        house: house(),
        declarant: "Hảng A Vừ".into(),
        channel: None,
        behalf: None,
        receipt,
        timeline,
        conflicts: vec![Conflict {
            field: StayField::Leave,
            guest: None,
            values: vec![
                ConflictValue { text: "24/11/2026".into(), here: true, shown: true },
                ConflictValue { text: "25/11/2026".into(), here: false, shown: false },
            ],
        }],
        twin: Some(card.clone()),
        can_receive: false,
        can_return: false,
        card,
    }
}

/// The tile of an owner on a shared tablet.
pub fn tile(place: u8, name: &str, unsent: u32) -> Tile {
    let badge = Badge::of(name, Role::Owner);
    let Badge { initials, name, role } = badge;
    Tile { place: Place(place), initials, name, role: Some(role), unsent, wait: 0, led: false }
}

/// The tile of somebody of whom nothing lies in clear.
pub fn unnamed(place: u8) -> Tile {
    Tile { place: Place(place), ..Tile::default() }
}

/// What a tablet of the team keeps of a notice that is over.
pub fn stub() -> StubView {
    StubView {
        dossier: DossierId([9; 8]),
        number: number(),
        initials: "SP".into(),
        received: at(19, 12),
        news: None,
        restored: false,
    }
}
