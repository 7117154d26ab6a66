//! A device of which there are two: the office notices, nothing is lost, and each goes on as a device of its own.

use crate::{CHINH, Office, PAO, Phone, at_home, form, saved};
use dossier::access::Role;
use dossier::id::{AccountId, DossierId};
use dossier::intent::{Answer, Intent, Refusal};
use dossier::moment::Day;
use dossier::place::Place;
use dossier::view::{CardState, LinkState};
use sync::dice::Dice;
use sync::slot::Slot;

const PIN: &str = "246810";
const PASSWORD: &str = "mật khẩu dài";

fn day(date: u32) -> Day {
    Day::from_date(2026, 11, date as _).expect("a real day")
}

/// The disk of a phone in another's hands, unlocked there.
fn copy_of(phone: &Phone, office: &mut Office, next: u8) -> Phone {
    let mut copy = Phone::new(1, Role::Owner);
    (copy.slots, copy.logs, copy.now) = (phone.slots.clone(), phone.logs.clone(), phone.now);
    (copy.dice, copy.next) = (Dice::new([next; 32]), [next; 3]);
    copy.start(office);
    assert!(copy.unlock(office, 0, PIN) == Answer::Done);
    copy.online = true;
    copy
}

/// Time goes by: what is said later claims a later time.
fn later(phones: [&mut Phone; 2]) {
    phones.into_iter().for_each(|phone| phone.now = phone.now.plus_minutes(5));
}

fn renewed(phone: &mut Phone, office: &mut Office) {
    assert_eq!(phone.view().link.state, LinkState::Copied);
    let (code, password) = (String::new(), PASSWORD.to_owned());
    assert!(phone.ask(office, Intent::Renew { code, password }) == Answer::Done);
}

/// A phone with one receipted notice, and its copy.
fn two() -> (Office, Phone, Phone, DossierId) {
    let (mut office, mut phone) = at_home();
    let stay = saved(phone.ask(&mut office, Intent::Submit(form(&[PAO]))));
    phone.sync(&mut office);
    let copy = copy_of(&phone, &mut office, 0x91);
    (office, phone, copy, stay)
}

#[test]
fn both_copies_keep_everything_sign_in_again_and_both_edits_stand_at_the_office() {
    let (mut office, mut first, mut second, stay) = two();
    // The first goes on; the second, which knows nothing of that, changes the same notice and files another.
    later([&mut first, &mut second]);
    saved(first.ask(&mut office, Intent::Extend(stay, day(27))));
    later([&mut first, &mut second]);
    first.sync(&mut office);
    assert_eq!(first.view().link.state, LinkState::Idle);
    let rows = office.log.len();
    later([&mut first, &mut second]);
    let other = saved(second.ask(&mut office, Intent::Submit(form(&[CHINH]))));
    assert_eq!((second.view().link.state, second.view().link.waiting), (LinkState::Copied, 1));
    assert_eq!((second.copies(0), office.log.len()), (1, rows), "nothing is taken, nothing is lost");
    // The other is told as well.
    let third = saved(first.ask(&mut office, Intent::Submit(form(&[("Lầu A Sình", "012201000314")]))));
    assert_eq!(first.view().link.state, LinkState::Copied);

    renewed(&mut second, &mut office);
    renewed(&mut first, &mut office);
    for (phone, dossier) in [(&first, third), (&second, other)] {
        assert_eq!((phone.view().link.state, phone.view().link.waiting), (LinkState::Idle, 0));
        assert_eq!(phone.copies(0), 0, "what the former device had sealed is of no more use");
        assert_eq!(office.known[&dossier].receipts.len(), 1);
    }
    assert_eq!(office.known.len(), 3);
    assert_eq!(office.known[&stay].acts.len(), 2);
    // Each has the other's as the phones of one house do, and ids are given under the new handle.
    first.sync(&mut office);
    second.sync(&mut office);
    assert_eq!((first.cards().len(), second.cards().len()), (3, 3));
    let new = saved(second.ask(&mut office, Intent::Submit(form(&[("Giàng A Dế", "012201000315")]))));
    assert!(new.minted_by(dossier::id::DeviceHandle([0x91; 3])));
    assert!(matches!(second.cards()[0].state, CardState::Receipted { .. }));
    // The PIN opens the same vault after a restart, and the new device is one like any other.
    let mut second = second.restarted();
    second.start(&mut office);
    assert!(second.unlock(&mut office, 0, PIN) == Answer::Done);
    assert_eq!((second.cards().len(), second.view().link.state), (4, LinkState::Idle));
}

#[test]
fn the_same_unsent_notice_in_both_copies_is_one_notice_at_the_office() {
    let (mut office, mut first, _, _) = two();
    first.online = false;
    let waiting = saved(first.ask(&mut office, Intent::Submit(form(&[CHINH]))));
    let mut second = copy_of(&first, &mut office, 0x92);
    office.copied.insert([1; 3]);
    first.online = true;
    for phone in [&mut first, &mut second] {
        phone.sync(&mut office);
        assert_eq!(phone.view().link.waiting, 1);
        renewed(phone, &mut office);
        assert_eq!(phone.view().link.waiting, 0);
    }
    assert_eq!((office.known.len(), office.known[&waiting].receipts.len()), (2, 1));
    assert!(matches!(second.cards()[0].state, CardState::Receipted { .. }));
}

#[test]
fn an_old_backup_that_was_put_back_is_noticed_at_its_first_contact() {
    let (mut office, mut phone) = at_home();
    saved(phone.ask(&mut office, Intent::Submit(form(&[PAO]))));
    phone.sync(&mut office);
    let (slots, logs) = (phone.slots.clone(), phone.logs.clone());
    saved(phone.ask(&mut office, Intent::Submit(form(&[CHINH]))));
    phone.now = phone.now.plus_minutes(60);
    phone.sync(&mut office);
    let mut back = phone.restarted();
    (back.slots, back.logs) = (slots, logs);
    back.now = back.now.plus_minutes(60);
    back.start(&mut office);
    assert!(back.unlock(&mut office, 0, PIN) == Answer::Done);
    assert_eq!(back.view().link.state, LinkState::Copied);
    renewed(&mut back, &mut office);
    assert_eq!((back.cards().len(), office.known.len()), (2, 2));
}

#[test]
fn a_phone_that_lost_what_it_knew_of_the_office_or_whose_clock_went_back_is_one_phone() {
    let (mut office, mut phone, _, stay) = two();
    phone.now = phone.now.plus_minutes(60);
    saved(phone.ask(&mut office, Intent::Extend(stay, day(27))));
    phone.slots.remove(&(Place::FIRST, Slot::Office));
    let mut phone = phone.restarted();
    phone.start(&mut office);
    assert!(phone.unlock(&mut office, 0, PIN) == Answer::Done);
    phone.now = phone.now.plus_minutes(-600);
    phone.sync(&mut office);
    saved(phone.ask(&mut office, Intent::Extend(stay, day(28))));
    phone.sync(&mut office);
    phone.now = phone.now.plus_minutes(900);
    phone.sync(&mut office);
    assert_eq!(phone.view().link.state, LinkState::Idle);
    assert!(office.copied.is_empty());
}

#[test]
fn nobody_else_takes_over_what_lies_on_a_copy_and_a_device_in_order_is_not_renewed() {
    let (mut office, mut phone, mut copy, _) = two();
    let renew = || Intent::Renew { code: String::new(), password: PASSWORD.into() };
    assert!(phone.ask(&mut office, renew()) == Answer::Refused(Refusal::Forbidden));
    office.copied.insert([1; 3]);
    let stay = saved(copy.ask(&mut office, Intent::Submit(form(&[CHINH]))));
    copy.caller.principal.account = AccountId(77);
    assert!(copy.ask(&mut office, renew()) == Answer::Refused(Refusal::Forbidden));
    assert_eq!((copy.view().link.waiting, copy.view().link.state), (1, LinkState::Copied));
    assert!(!office.known.contains_key(&stay));
    // Put in order by the commune, it goes on as it was.
    office.copied.clear();
    office.seen.clear();
    copy.sync(&mut office);
    assert_eq!((copy.view().link.waiting, copy.view().link.state), (0, LinkState::Idle));
}
