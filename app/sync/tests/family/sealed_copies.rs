//! What was saved reaches the office though its author never unlocks again.

use crate::{BOX, CHINH, Office, PAO, Phone, at_home, form, saved};
use dossier::access::{Area, Role};
use dossier::id::EstablishmentId;
use dossier::intent::{Answer, Intent};
use dossier::place::Place;
use dossier::view::{CardState, Rejection, Review, Stage};
use sync::device::{Effect, Input};
use sync::frame::up::Up;
use sync::receipt::Epoch;
use sync::slot::Slot;
use sync::{letterbox, sealed};

const OTHER_PIN: &str = "135791";

fn locked(phone: &mut Phone, office: &mut Office) {
    assert!(phone.ask(office, Intent::Lock) == Answer::Done);
}

fn unsent(tablet: &Phone) -> Vec<u32> {
    let Stage::Locked { tiles } = tablet.view().stage else { panic!("locked") };
    tiles.into_iter().map(|tile| tile.unsent).collect()
}

#[test]
fn a_locked_phone_hands_in_what_was_saved_and_its_author_finds_the_receipt() {
    let (mut office, mut phone) = at_home();
    phone.online = false;
    let dossier = saved(phone.ask(&mut office, Intent::Submit(form(&[PAO]))));
    assert!(phone.ask(&mut office, Intent::Extend(dossier, day(27))) == Answer::Saved(dossier));
    locked(&mut phone, &mut office);
    assert_eq!((phone.copies(0), unsent(&phone)), (2, vec![2]));
    let mut phone = phone.restarted();
    phone.start(&mut office);
    assert!(office.known.is_empty());

    // Nobody unlocks; a network comes.
    phone.online = true;
    phone.tell(&mut office, Input::Nudge);
    let known = &office.known[&dossier];
    assert_eq!((known.acts.len(), known.receipts.len()), (2, 2));
    assert_eq!(known.acts[0].recorded.by.name, "Người 1");
    assert_eq!((phone.copies(0), unsent(&phone)), (0, vec![0]));

    assert!(phone.unlock(&mut office, 0, "246810") == Answer::Done);
    assert!(matches!(phone.cards()[0].state, CardState::Receipted { .. }));
    assert_eq!(office.known[&dossier].acts.len(), 2, "what came twice counts once");
    assert_eq!(phone.copies(0), 0);
}

#[test]
fn whoever_is_in_contact_on_a_tablet_carries_for_the_others() {
    let (mut office, mut tablet) = at_home();
    tablet.online = false;
    let theirs = saved(tablet.ask(&mut office, Intent::Submit(form(&[PAO]))));
    locked(&mut tablet, &mut office);
    tablet.online = true;
    tablet.add(&mut office, 2, Role::Owner, OTHER_PIN);
    assert_eq!(office.known[&theirs].acts[0].recorded.by.name, "Người 1", "the carrier is not the author");
    assert_eq!(tablet.copies(0), 0);
    // The carrier's own work goes the ordinary way, and its copy goes with the receipt.
    saved(tablet.ask(&mut office, Intent::Submit(form(&[CHINH]))));
    assert_eq!((tablet.copies(1), office.known.len(), office.carried), (0, 2, 1));
}

#[test]
fn a_copy_carried_twice_costs_nothing_and_a_copy_nobody_took_stays() {
    let (mut office, mut phone) = at_home();
    phone.online = false;
    let dossier = saved(phone.ask(&mut office, Intent::Submit(form(&[PAO]))));
    locked(&mut phone, &mut office);
    assert_eq!(phone.copies(0), 1);
    let disk = (phone.slots.clone(), phone.logs.clone());
    phone.online = true;
    phone.tell(&mut office, Input::Nudge);
    let rows = office.log.len();
    // The answer was lost, or somebody had copied the disk.
    let mut phone = phone.restarted();
    (phone.slots, phone.logs) = disk;
    phone.start(&mut office);
    assert_eq!((office.carried, office.log.len(), office.known[&dossier].receipts.len()), (2, rows, 1));
    assert_eq!(phone.copies(0), 0);
}

#[test]
fn a_restored_office_that_knows_a_notice_from_its_copy_learns_the_earliest_receipt_of_one_it_turned_back() {
    let (mut office, mut phone) = at_home();
    phone.online = false;
    let dossier = saved(phone.ask(&mut office, Intent::Submit(form(&[PAO]))));
    let copies: Vec<Vec<u8>> = phone
        .slots
        .iter()
        .filter(|((_, slot), _)| matches!(slot, Slot::Sealed(_)))
        .map(|(_, bytes)| bytes.clone())
        .collect();
    phone.online = true;
    phone.sync(&mut office);
    let first = office.known[&dossier].numbered.expect("a number").at;

    // The office turns a later change back; it waits for a person.
    let rights = office.devices.clone();
    for (caller, _) in office.devices.values_mut() {
        caller.principal.grants[0].area = Area::Establishment(EstablishmentId(2));
    }
    saved(phone.ask(&mut office, Intent::Extend(dossier, day(27))));
    assert!(matches!(phone.cards()[0].state, CardState::Review(Review::Rejected(Rejection::Forbidden))));

    // Restored to a time before the notice, it hears of it from the sealed copy first.
    let mut restored = Office { epoch: Epoch([2; 8]), devices: rights, ..Office::new() };
    phone.now = phone.now.plus_minutes(90);
    restored.take_sealed(phone.now, &sealed::bundle(copies.iter().map(Vec::as_slice)).0);
    assert_eq!(restored.known[&dossier].numbered.expect("a number").at, phone.now);

    phone.sync(&mut restored);
    assert_eq!(restored.known[&dossier].numbered.expect("a number").at, first);
    let rows = restored.log.len();
    phone.sync(&mut restored);
    assert_eq!(restored.log.len(), rows, "shown once");
}

#[test]
fn an_edit_whose_beginning_has_not_come_waits_for_it() {
    let (mut office, mut phone) = at_home();
    phone.online = false;
    let dossier = saved(phone.ask(&mut office, Intent::Submit(form(&[PAO]))));
    saved(phone.ask(&mut office, Intent::Extend(dossier, day(27))));
    locked(&mut phone, &mut office);
    let (first, bytes) =
        phone.slots.iter().find(|((_, slot), _)| matches!(slot, Slot::Sealed(_))).expect("copies");
    let (first, bytes) = (*first, bytes.clone());
    phone.slots.remove(&first);
    let mut phone = phone.restarted();
    phone.online = true;
    phone.start(&mut office);
    assert_eq!(phone.copies(0), 1, "not taken without what it follows on");
    phone.slots.insert(first, bytes);
    let mut phone = phone.restarted();
    phone.start(&mut office);
    assert_eq!((phone.copies(0), office.known[&dossier].acts.len()), (0, 2));
}

#[test]
fn a_phone_from_before_copies_makes_one_of_everything_that_waits_when_it_is_unlocked() {
    let (mut office, mut phone) = at_home();
    phone.online = false;
    saved(phone.ask(&mut office, Intent::Submit(form(&[PAO]))));
    saved(phone.ask(&mut office, Intent::Submit(form(&[CHINH]))));
    phone.slots.retain(|(_, slot), _| !matches!(slot, Slot::Sealed(_)));
    let mut phone = phone.restarted();
    phone.start(&mut office);
    assert!(phone.unlock(&mut office, 0, "246810") == Answer::Done);
    assert_eq!(phone.copies(0), 1);
    locked(&mut phone, &mut office);
    phone.online = true;
    phone.tell(&mut office, Input::Nudge);
    assert_eq!(office.known.len(), 2);
}

#[test]
fn the_copy_of_one_guest_weighs_less_than_200_bytes_over_its_frame_and_names_nobody() {
    let (mut office, mut phone) = at_home();
    phone.online = false;
    let before = phone.logs.clone();
    saved(phone.ask(&mut office, Intent::Submit(form(&[PAO]))));
    assert_ne!(phone.logs, before);
    let ((place, _), copy) =
        phone.slots.iter().find(|((_, slot), _)| matches!(slot, Slot::Sealed(_))).expect("a copy");
    assert_eq!(*place, Place(0));
    let frame = sync::sealed::open(copy, &BOX).expect("sealed to the office");
    let (_, key) = office.devices[&[1; 3]].clone();
    let up = Up::decode(&frame, &key).expect("a frame of this device");
    assert_eq!((up.parcels.len(), up.acts.len()), (1, 1));
    assert_eq!(copy.len(), frame.len() + letterbox::OVERHEAD);
    let signing = ed25519_dalek::SigningKey::from_bytes(&phone.device.opened().expect("open").device_key());
    let smallest = Up { parcels: up.parcels.clone(), acts: up.acts.clone(), ..up }.encode(&signing);
    assert!(copy.len() < smallest.len() + 200, "{} of {}", copy.len(), smallest.len());
    assert!(!copy.windows(PAO.1.len()).any(|window| window == PAO.1.as_bytes()));
}

#[test]
fn a_strange_answer_drops_no_copy_and_the_phone_comes_back_later() {
    let (mut office, mut phone) = at_home();
    phone.online = false;
    saved(phone.ask(&mut office, Intent::Submit(form(&[PAO]))));
    locked(&mut phone, &mut office);
    for answer in [Vec::new(), b"BKS\x01\x02".to_vec(), b"BKS\x01\x02\x01\x01".to_vec(), b"<html>".to_vec()] {
        phone.online = true;
        let mut effects = phone.device.step(phone.now, [3; 32], Input::Nudge);
        let Some(Effect::PostSealed { id, .. }) = effects.pop() else { panic!("carried") };
        let reply = sync::device::Reply::Frame(answer);
        let effects = phone.device.step(phone.now, [4; 32], Input::Carried { id, reply });
        assert!(
            matches!(effects[..], [Effect::Wake(at)] if at > phone.now),
            "tried again later, nothing dropped"
        );
    }
    assert_eq!(phone.copies(0), 1);
}

fn day(date: u32) -> dossier::moment::Day {
    dossier::moment::Day::from_date(2026, 11, date as _).expect("a real day")
}
