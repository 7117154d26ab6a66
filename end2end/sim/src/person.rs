//! What people do on their phones. Invented persons only.

use dossier::act::{Act, PairVerdict};
use dossier::behalf::{BehalfDraft, Way};
use dossier::draft::{GuestDraft, StayDraft};
use dossier::id::{DossierId, EstablishmentId};
use dossier::intent::{Choice, Intent};
use dossier::moment::{Day, Moment};
use dossier::paper::PaperKind;
use dossier::place::Place;
use dossier::reason::StayReason;
use dossier::sex::Sex;
use dossier::status::Status;
use dossier::view::Card;

use sync::device::Open;
use sync::replica::Held;

use crate::cast::Matter;
use crate::phone::Asked;
use crate::prng::Prng;
use crate::registry::Person;
use crate::world::World;
use crate::{consent, counter, filing, following, slips};

/// Few guests, so that two phones declare the same one.
const GUESTS: [(&str, &str, &str); 6] = [
    ("Trần Thị Thanh Hà", "N1234567", "1991"),
    ("Sùng A Chớ", "N7654321", "1984"),
    ("Claire Dubois", "18FR44210", "1979"),
    ("Nguyễn Văn Quỳnh", "N5550001", "1968"),
    ("Lý Thị Dợ", "N9090909", "2001"),
    ("Wang Xiaomei", "E88123456", "1995"),
];

fn iso(day: Day) -> String {
    let (year, month, date) = day.date();
    format!("{year:04}-{month:02}-{date:02}")
}

fn guest(prng: &mut Prng) -> GuestDraft {
    let (name, number, year) = GUESTS[prng.below(GUESTS.len())];
    GuestDraft {
        name: name.to_owned(),
        birth_year: year.to_owned(),
        sex: Some(if prng.chance(500) { Sex::Female } else { Sex::Male }),
        paper: PaperKind::Passport,
        number: number.to_owned(),
        confirmed: true,
        ..GuestDraft::default()
    }
}

/// A form as filled in by somebody whose phone shows this moment.
fn form(prng: &mut Prng, now: Moment) -> StayDraft {
    let arrive = now.plus_minutes(-(prng.below(600) as i64));
    let guests = (0..=prng.below(3)).map(|_| guest(prng)).collect();
    StayDraft {
        arrive_day: iso(arrive.day()),
        arrive_time: arrive.minute().to_string(),
        leave_day: iso(now.day().plus(1 + prng.below(3) as i32)),
        room: format!("{}", 101 + prng.below(4)),
        reason: Some(StayReason::Tourism),
        guests,
        ..StayDraft::default()
    }
}

/// Changes one thing in a form that was opened to be changed, and hands it in.
pub fn revise(world: &mut World, at: usize, mut draft: StayDraft, how: usize) {
    match how {
        0 => draft.room = format!("{}", 201 + world.prng.below(9)),
        1 => draft.guests.push(guest(&mut world.prng)),
        2 => draft.note.push_str(" khách về muộn"),
        _ => {
            if let Some(first) = draft.guests.first_mut() {
                first.phone = format!("09{:08}", world.prng.below(100_000_000));
            }
        }
    }
    world.ask(at, Intent::Submit(draft), Asked::Save);
}

/// The person at this phone does something; nothing when the app is shut or the hand finds nothing to do.
pub fn acts(world: &mut World, at: usize) {
    let Some(open) = world.phones[at].open() else { return unlock(world, at) };
    if world.office.registry.copied.contains(&open.handle()) && world.prng.chance(500) {
        world.signs_in_again(at);
        return;
    }
    match world.phones[at].person() {
        Person::Officer | Person::OfficerThere => return decides(world, at),
        Person::Clerk => return counter::serves(world, at),
        Person::Helper | Person::Colleague if world.matter == Matter::Followed => {
            return following::helps(world, at);
        }
        Person::Helper | Person::Colleague => return helps(world, at),
        Person::Mother | Person::Son | Person::Neighbour => {}
    }
    let mine = own(open);
    let chosen = world.prng.pick(&mine).copied();
    // On a tablet people take turns.
    if world.phones[at].people.len() > 1 && world.prng.chance(300) {
        return world.ask(at, Intent::Lock, Asked::Other);
    }
    match world.prng.below(if world.matter.is_filing() { 16 } else { 100 }) {
        0..12 => return filing::files(world, at),
        12..15 => return filing::chooses(world, at),
        15 if world.matter.is_filing() => return withdraws(world, at),
        _ => {}
    }
    let choice = world.prng.below(100);
    let Some(id) = chosen.filter(|_| choice >= if mine.len() < 8 { 22 } else { 4 }) else {
        return begins(world, at);
    };
    match choice {
        0..50 => {
            let how = world.prng.below(4);
            world.ask(at, Intent::LoadDraft(Some(id)), Asked::Form(how));
        }
        50..60 => extend(world, at, id),
        60..66 => world.ask(at, Intent::Close(id), Asked::Save),
        66..70 => world.ask(at, Intent::Withdraw(id), Asked::Acts(vec![id])),
        70..74 => {
            let answered_by = "Chẻo Văn Sơn".to_owned();
            world.ask(at, Intent::RecordCall { dossiers: vec![id], answered_by }, Asked::Acts(vec![id]));
        }
        74..84 => settles(world, at),
        84..90 => chooses(world, at),
        90..93 => world.ask(at, Intent::Lock, Asked::Other),
        _ => world.ask(at, Intent::SyncNow, Asked::Other),
    }
}

/// Takes a residence dossier back.
fn withdraws(world: &mut World, at: usize) {
    let Some(open) = world.phones[at].open() else { return };
    let filings = filing::own(open);
    if let Some(id) = world.prng.pick(&filings).copied() {
        world.ask(at, Intent::Withdraw(id), Asked::Acts(vec![id]));
    }
}

/// One more night.
pub fn extend(world: &mut World, at: usize, id: DossierId) {
    let stay = world.phones[at].open().and_then(|open| open.replica.cases.get(&id)?.stay().ok().cloned());
    if let Some(stay) = stay {
        world.ask(at, Intent::Extend(id, stay.leave.plus(1)), Asked::Save);
    }
}

fn own(open: &Open) -> Vec<DossierId> {
    let notices =
        open.replica.cases.iter().filter(|(_, held)| held.reminted.is_none() && held.filing().is_err());
    notices.map(|(id, _)| *id).collect()
}

/// One of those who use the phone unlocks their place.
pub fn unlock(world: &mut World, at: usize) {
    let seats = world.present(at);
    if let Some(seat) = world.prng.pick(&seats).copied() {
        enter(world, at, seat);
    }
}

/// Comes to the phone: whoever is there locks first; once in a while the PIN is wrong.
pub fn enter(world: &mut World, at: usize, place: Place) {
    if world.phones[at].device.is_none() {
        world.start(at);
    }
    if world.phones[at].open().is_some() {
        if world.phones[at].seat() == place {
            return;
        }
        world.ask(at, Intent::Lock, Asked::Other);
    }
    world.phones[at].place = place;
    let pin = if world.strikes(crate::fault::Fault::WrongPin, 500) { "000000" } else { crate::phone::PIN };
    world.ask(at, Intent::Unlock { place, pin: pin.to_owned() }, Asked::Other);
}

/// A helper files for somebody, or goes on with what they filed.
fn helps(world: &mut World, at: usize) {
    let Some(open) = world.phones[at].open() else { return };
    let mine = own(open);
    let chosen = world.prng.pick(&mine).copied();
    match (world.prng.below(10), chosen) {
        (0..3, Some(id)) => {
            if !grounds_again(world, at, id) {
                extend(world, at, id);
            }
        }
        (3, _) => world.ask(at, Intent::Lock, Asked::Other),
        (4, _) => world.ask(at, Intent::SyncNow, Asked::Other),
        _ => begins(world, at),
    }
}

/// A notice nobody has begun; for somebody else, on what ground they said yes.
pub fn begins(world: &mut World, at: usize) {
    let Some(open) = world.phones[at].open() else { return };
    let now = open.corrected(world.phones[at].clock(world.now));
    if !world.phones[at].person().role().is_team() {
        let draft = form(&mut world.prng, now);
        return world.ask(at, Intent::Submit(draft), Asked::Save);
    }
    let house = EstablishmentId(1);
    let said = world.luck.on && world.prng.chance(500);
    let ground = if said {
        let code = consent::read_out(world, house).to_string();
        BehalfDraft { way: Way::Code, code, ..ground(house) }
    } else {
        ground(house)
    };
    world.ask(at, Intent::KeepBehalf(ground), Asked::Other);
    let draft = form(&mut world.prng, now);
    world.ask(at, Intent::SubmitFor(draft), Asked::Save);
}

/// Whether the office did not take the ground something was filed on.
pub fn is_groundless(held: &Held) -> bool {
    held.refused.iter().any(|refused| matches!(refused.act, Act::OnBehalf { .. }))
}

/// A helper records anew on what ground they filed. False where there is no need.
pub fn grounds_again(world: &mut World, at: usize, id: DossierId) -> bool {
    let held = world.phones[at].open().and_then(|open| open.replica.cases.get(&id));
    let groundless = held.is_some_and(is_groundless);
    if groundless {
        world.ask(at, Intent::KeepBehalf(ground(EstablishmentId(1))), Asked::Other);
        world.ask(at, Intent::GroundAgain(id), Asked::Save);
    }
    groundless
}

/// Told before a witness, for as long as can be: that a ground ends is tested where it is judged.
pub fn ground(house: EstablishmentId) -> BehalfDraft {
    BehalfDraft {
        house: Some(house),
        giver: "Giàng Thị Chẳn".to_owned(),
        days: 365,
        way: Way::Witness,
        witness: "Hảng A Chư".to_owned(),
        ..BehalfDraft::default()
    }
}

fn decides(world: &mut World, at: usize) {
    let asked = world.matter == Matter::Slips && world.phones[at].person() == Person::OfficerThere;
    if asked && slips::answers(world, at) {
        return;
    }
    let Some(open) = world.phones[at].open() else { return };
    let submitted = |status: Status| matches!(status, Status::Submitted { .. });
    let notices = || open.replica.cases.iter().filter(|(_, held)| held.filing().is_err());
    let waiting: Vec<DossierId> =
        notices().filter(|(_, held)| submitted(held.status())).map(|(id, _)| *id).collect();
    let all: Vec<DossierId> = notices().map(|(id, _)| *id).collect();
    if world.prng.chance(if world.matter.is_filing() { 900 } else { 350 }) {
        return filing::steps(world, at);
    }
    match world.prng.below(10) {
        0..6 => {
            let Some(id) = world.prng.pick(&waiting).copied() else { return };
            world.ask(at, Intent::Receive(vec![id]), Asked::Acts(vec![id]));
        }
        6..8 => {
            let Some(id) = world.prng.pick(&all).copied() else { return };
            let reason = "Thiếu số phòng".to_owned();
            world.ask(at, Intent::Return(id, reason), Asked::Acts(vec![id]));
        }
        8 => world.ask(at, Intent::Lock, Asked::Other),
        _ => world.ask(at, Intent::SyncNow, Asked::Other),
    }
}

fn cards(world: &World, at: usize) -> Vec<Card> {
    let phone = &world.phones[at];
    let view = phone.device.as_ref().map(|device| device.view(phone.clock(world.now)));
    view.and_then(|view| view.home).map(|home| home.cards).unwrap_or_default()
}

fn settles(world: &mut World, at: usize) {
    let pairs: Vec<(DossierId, DossierId)> =
        cards(world, at).iter().filter_map(|card| Some((card.dossier, card.twin?))).collect();
    let Some((keep, other)) = world.prng.pick(&pairs).copied() else { return };
    let same = world.prng.chance(700);
    let verdict = if same { PairVerdict::SameStay } else { PairVerdict::Different };
    world.ask(at, Intent::Settle { keep, other, verdict }, Asked::Acts(vec![keep, other]));
}

fn chooses(world: &mut World, at: usize) {
    let Some(open) = world.phones[at].open() else { return };
    let held = open.replica.cases.iter().find_map(|(id, held)| Some((*id, *held.conflicts().first()?)));
    let Some((dossier, field)) = held else { return };
    let place = world.prng.below(2);
    world.ask(at, Intent::Choose(Choice { dossier, field, place }), Asked::Acts(vec![dossier]));
}
