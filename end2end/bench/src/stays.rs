//! Invented stays, as the phone makes them: one change and one submission each.

use dossier::act::{Act, Channel};
use dossier::birth::BirthDate;
use dossier::id::{DeviceHandle, DossierId, GuestId};
use dossier::moment::{Day, MinuteOfDay, Moment};
use dossier::nationality::Nationality;
use dossier::paper::{IdentityPaper, PaperKind};
use dossier::reason::StayReason;
use dossier::sex::Sex;
use dossier::stay::{Guest, Stay};
use ed25519_dalek::SigningKey;
use sync::case::History;
use sync::dice::Dice;
use sync::document;
use sync::door::Membership;
use sync::frame::up::{SentAct, Up};
use sync::frame::{ActId, Form, Parcel};

const FAMILY: [&str; 8] = ["Sùng", "Giàng", "Vàng", "Lò", "Tẩn", "Lý", "Mùa", "Hảng"];
const MIDDLE: [&str; 5] = ["A", "Thị", "Văn", "Láo", "Phù"];
const GIVEN: [&str; 8] = ["Páo", "Dính", "Chỉnh", "Mỷ", "Lở", "Chìn", "Khua", "Sèng"];

fn stay(dice: &mut Dice) -> Stay {
    let [family, middle, given, day, room, digits @ ..]: [u8; 10] = dice.bytes();
    let pick = |from: &[&str], at: u8| from[usize::from(at) % from.len()].to_owned();
    let name = format!("{} {} {}", pick(&FAMILY, family), pick(&MIDDLE, middle), pick(&GIVEN, given));
    let serial: u32 = digits.iter().fold(0, |sum, digit| (sum * 31 + u32::from(*digit)) % 1_000_000);
    let guest = Guest {
        name: name.parse().expect("an invented name"),
        birth: BirthDate::from_packed(20_011_009).expect("a real day"),
        sex: Sex::Male,
        nationality: Nationality::VNM,
        paper: IdentityPaper::parse(PaperKind::IdentityCard, &format!("012201{serial:06}"))
            .expect("twelve digits"),
        permitted_until: None,
        phone: String::new(),
        home: String::new(),
        confirmed: false,
        removed: false,
    };
    let arrive = Day::from_date(2026, 11, 24).expect("a real day");
    Stay {
        arrive: Moment::at(arrive, MinuteOfDay(1_200 + u16::from(day) % 200)),
        leave: arrive.plus(2),
        left: None,
        room: (room % 12 + 1).to_string(),
        reason: StayReason::from_code(1).expect("code 1"),
        reason_text: String::new(),
        note: String::new(),
        guests: [(GuestId(dice.bytes()), guest)].into(),
    }
}

/// Signed frames of so many new stays each, and the bytes of all of them.
pub fn frames(
    membership: &Membership,
    key: &SigningKey,
    frames: usize,
    stays: usize,
) -> (Vec<Vec<u8>>, usize) {
    let handle: DeviceHandle = membership.handle.parse().expect("the office gave a handle");
    let establishment = membership.establishment.as_ref().expect("an owner has a house").id;
    let mut dice = Dice::new([9; 32]);
    let now = Moment::at(Day::from_date(2026, 11, 24).expect("a real day"), MinuteOfDay(1_300));
    let actor = document::actor(handle, dice.bytes());
    let made: Vec<Vec<u8>> = (0..frames)
        .map(|_| {
            let mut up = Up { form: Form::Compact, ..Up::silent(handle, now) };
            for _ in 0..stays {
                let dossier = DossierId::mint(handle, dice.bytes());
                let mut history = History::new();
                let mut doc = history.open();
                doc.set_actor(actor.clone());
                let change = document::write(&mut doc, &stay(&mut dice)).expect("a new stay is a change");
                let raw = change.raw_bytes().to_vec();
                history.take_own(change);
                let heads = history.heads();
                let act =
                    Act::Submit { heads, channel: Channel::OwnPhone, claimed_at: now, last_contact: None };
                up.parcels.push(Parcel { dossier, establishment, changes: vec![raw] });
                up.acts.push(SentAct { dossier, id: ActId(dice.bytes()), act });
            }
            up.encode(key)
        })
        .collect();
    let bytes = made.iter().map(Vec::len).sum();
    (made, bytes)
}
