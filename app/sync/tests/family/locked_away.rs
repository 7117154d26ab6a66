//! A revoked device that nobody unlocks is wiped as well, once its sealed copies are at the office.

use crate::{CHINH, Office, PAO, Phone, at_home, form, saved};
use dossier::access::Role;
use dossier::intent::{Answer, Intent};
use dossier::place::Place;
use dossier::view::Stage;
use ed25519_dalek::SigningKey;
use sync::device::{Effect, Input, Reply};
use sync::sealed::{self, Fate, Told};
use sync::slot::Slot;
use sync::wipe;

const OTHER_PIN: &str = "135791";

/// A tablet of two, locked; the first has one unsent notice.
fn locked_tablet() -> (Office, Phone) {
    let (mut office, mut tablet) = at_home();
    tablet.ask(&mut office, Intent::Lock);
    tablet.add(&mut office, 2, Role::Owner, OTHER_PIN);
    tablet.ask(&mut office, Intent::Lock);
    assert!(tablet.unlock(&mut office, 0, "246810") == Answer::Done);
    tablet.online = false;
    saved(tablet.ask(&mut office, Intent::Submit(form(&[PAO]))));
    tablet.ask(&mut office, Intent::Lock);
    (office, tablet)
}

/// What lies in one place: its slots, and its log if there is one.
type Held<'a> = (Vec<(&'a (Place, Slot), &'a Vec<u8>)>, Option<&'a Vec<Vec<u8>>>);

fn of(tablet: &Phone, place: u8) -> Held<'_> {
    let slots = tablet.slots.iter().filter(|((whose, _), _)| whose.0 == place).collect();
    (slots, tablet.logs.get(&Place(place)))
}

#[test]
fn a_locked_revoked_place_goes_after_its_copies_and_the_other_stays_byte_for_byte() {
    let (mut office, tablet) = locked_tablet();
    let mut tablet = tablet.restarted();
    office.revoked.push([1; 3]);
    let kept = tablet.slots.clone();
    tablet.online = true;
    tablet.start(&mut office);
    assert_eq!(office.quarantine.len(), 1, "its copy lies aside first");
    assert_eq!(of(&tablet, 0), (Vec::new(), None));
    let other: Vec<_> = kept.iter().filter(|((whose, _), _)| whose.0 == 1).collect();
    assert_eq!(of(&tablet, 1).0, other);
    let Stage::Locked { tiles } = tablet.view().stage else { panic!("locked") };
    assert_eq!((tiles.len(), tiles[0].place), (1, Place(1)));
    assert!(tablet.unlock(&mut office, 1, OTHER_PIN) == Answer::Done);
}

#[test]
fn a_place_whose_copies_the_office_has_no_room_for_is_not_wiped() {
    let (mut office, mut tablet) = locked_tablet();
    office.revoked.push([1; 3]);
    office.full = true;
    tablet.online = true;
    tablet.tell(&mut office, Input::Nudge);
    assert_eq!(tablet.copies(0), 1);
    assert!(tablet.slots.contains_key(&(Place(0), Slot::Vault)));
    office.full = false;
    tablet.now = tablet.now.plus_minutes(30);
    tablet.tell(&mut office, Input::Nudge);
    assert!(!tablet.slots.contains_key(&(Place(0), Slot::Vault)));
}

#[test]
fn whoever_works_on_the_tablet_is_not_disturbed_when_anothers_place_goes() {
    let (mut office, mut tablet) = locked_tablet();
    office.revoked.push([1; 3]);
    assert!(tablet.unlock(&mut office, 1, OTHER_PIN) == Answer::Done);
    tablet.online = true;
    saved(tablet.ask(&mut office, Intent::Submit(form(&[CHINH]))));
    assert!(matches!(tablet.view().stage, Stage::Open(_)));
    assert_eq!(of(&tablet, 0), (Vec::new(), None));
    assert_eq!(tablet.cards().len(), 1);
}

#[test]
fn two_revoked_people_of_one_tablet_both_go_and_it_is_a_new_one() {
    let (mut office, mut tablet) = locked_tablet();
    office.revoked.extend([[1; 3], [2; 3]]);
    tablet.online = true;
    tablet.tell(&mut office, Input::Nudge);
    assert!(tablet.slots.is_empty() && tablet.logs.values().all(Vec::is_empty));
    assert!(matches!(tablet.view().stage, Stage::Fresh));
}

#[test]
fn only_the_office_and_only_for_the_dice_of_this_question_can_order_it() {
    let (mut office, mut phone) = at_home();
    phone.ask(&mut office, Intent::Lock);
    let before = phone.slots.clone();
    let (ours, other) = (office.key.clone(), SigningKey::from_bytes(&[8; 32]));
    let mut earlier = None;
    for round in 0..4 {
        phone.now = phone.now.plus_minutes(30);
        let effects = phone.device.step(phone.now, [round; 32], Input::Nudge);
        let asked = effects.into_iter().find_map(|effect| match effect {
            Effect::PostSealed { id, body } => Some((id, body)),
            _ => None,
        });
        let (id, body) = asked.expect("a locked phone asks");
        let (copies, question) = sealed::unbundle(&body).expect("a body");
        let question = question.expect("a question");
        assert!(copies.is_empty() && question.devices.len() == 1);
        let device = question.devices[0];
        let digest = wipe::digest_of_question(&question.challenge);
        let order = match round {
            0 => wipe::order(device, &digest, 1, &other),
            1 => wipe::order(dossier::id::DeviceHandle([9; 3]), &digest, 1, &ours),
            // An order to somebody who asked before.
            2 => wipe::order(device, &earlier.expect("asked before"), 1, &ours),
            _ => wipe::order(device, &wipe::digest(&question.challenge), 1, &ours),
        };
        earlier = Some(digest);
        let fates: Vec<Fate> = Vec::new();
        let answer = sealed::answer_asked(&Told { fates, orders: vec![(device, order)] });
        phone.device.step(phone.now, [0x40 | round; 32], Input::Carried { id, reply: Reply::Frame(answer) });
        assert!(matches!(phone.view().stage, Stage::Locked { .. }), "{round}");
    }
    assert_eq!(phone.slots, before);
}

#[test]
fn a_phone_of_the_first_format_learns_its_offices_keys_at_the_next_contact_and_asks_seldom() {
    let (mut office, mut phone) = at_home();
    phone.ask(&mut office, Intent::Lock);
    phone.slots.remove(&(Place(0), Slot::Keys));
    let mut phone = phone.restarted();
    phone.start(&mut office);
    let rounds = office.rounds;
    phone.tell(&mut office, Input::Nudge);
    assert_eq!(office.rounds, rounds, "it could not believe the answer");
    assert!(phone.unlock(&mut office, 0, "246810") == Answer::Done);
    assert!(phone.slots.contains_key(&(Place(0), Slot::Keys)));
    phone.ask(&mut office, Intent::Lock);
    let rounds = office.rounds;
    for _ in 0..5 {
        phone.tell(&mut office, Input::Nudge);
        phone.tell(&mut office, Input::Wake);
    }
    assert!(office.rounds <= rounds + 1);
}
