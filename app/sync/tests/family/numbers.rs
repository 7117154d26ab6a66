//! Which of its numbers a dossier stands under, once communes have merged and the office was restored.

use crate::{CHINH, Office, PAO, Phone, at_home, form, saved};
use dossier::access::Role;
use dossier::id::{CommuneCode, DossierId};
use dossier::intent::{Answer, Intent};
use dossier::moment::Day;
use dossier::view::{CardState, ReceiptCheck};
use sync::receipt::Epoch;

/// The commune the other was merged into.
const AFTER: CommuneCode = CommuneCode(3592);

fn day(date: u32) -> Day {
    Day::from_date(2026, 11, date as _).expect("a real day")
}

/// The office comes back from a backup of this moment.
fn restored(office: &mut Office, life: u8) {
    office.epoch = Epoch([life; 8]);
    office.serials.clear();
}

fn merged(office: &mut Office) {
    for (caller, _) in office.devices.values_mut() {
        caller.principal.commune = AFTER;
    }
}

fn shown(phone: &Phone, dossier: DossierId) -> String {
    let cards = phone.cards();
    let card = cards.iter().find(|card| card.dossier == dossier).expect("a card");
    match &card.state {
        CardState::Receipted { number, .. } => number.clone(),
        state => panic!("{state:?}"),
    }
}

fn stands(office: &Office, dossier: DossierId) -> String {
    office.known[&dossier].numbered.expect("a number").number.to_string()
}

#[test]
fn after_a_merger_and_two_restores_a_phone_shows_the_number_that_stands_and_both_still_verify() {
    let (mut office, mut phone) = at_home();
    let stays = [PAO, CHINH].map(|guest| saved(phone.ask(&mut office, Intent::Submit(form(&[guest])))));
    let before = stays.map(|stay| shown(&phone, stay));
    let qr = |phone: &mut Phone, office: &mut Office| match phone.ask(office, Intent::Open(stays[0])) {
        Answer::Detail(detail) => detail.receipt.expect("a receipt").qr,
        _ => panic!("a detail"),
    };
    let old = qr(&mut phone, &mut office);
    restored(&mut office, 2);
    merged(&mut office);
    phone.sync(&mut office);
    assert_eq!(stays.map(|stay| shown(&phone, stay)), before, "a number that was given stays");
    // Both change in one exchange, under one signature, and get numbers of the commune they are in now.
    phone.now = phone.now.plus_minutes(30);
    phone.online = false;
    for stay in stays {
        saved(phone.ask(&mut office, Intent::Extend(stay, day(27))));
    }
    phone.online = true;
    phone.sync(&mut office);
    let after = stays.map(|stay| shown(&phone, stay));
    assert_eq!(after, stays.map(|stay| stands(&office, stay)));
    assert!(before.iter().all(|number| !after.contains(number)));
    let new = qr(&mut phone, &mut office);

    // The next life of the office tells all receipts again, in another order than they were given.
    restored(&mut office, 3);
    phone.sync(&mut office);
    assert_eq!(stays.map(|stay| shown(&phone, stay)), stays.map(|stay| stands(&office, stay)));
    let mut phone = phone.restarted();
    phone.start(&mut office);
    assert!(phone.unlock(&mut office, 0, "246810") == Answer::Done);
    assert_eq!(stays.map(|stay| shown(&phone, stay)), after);
    for text in [old, new] {
        let check = phone.ask(&mut office, Intent::CheckReceipt(text));
        assert!(matches!(check, Answer::Checked(ReceiptCheck::Genuine { matches: Some(true), .. })));
    }
}

#[test]
fn a_number_of_a_life_the_office_has_lost_is_not_the_one_that_stands() {
    let (mut office, mut mother) = at_home();
    let mut son = Phone::new(2, Role::Owner);
    son.enrol(&mut office);
    let stay = saved(mother.ask(&mut office, Intent::Submit(form(&[PAO]))));
    let before = shown(&mother, stay);
    let backup = (office.known.clone(), office.log.clone());
    // What came after the backup, the son's phone would have to bring again, and it stays off.
    merged(&mut office);
    son.now = son.now.plus_minutes(30);
    son.sync(&mut office);
    saved(son.ask(&mut office, Intent::Extend(stay, day(27))));
    mother.sync(&mut office);
    assert_ne!(shown(&mother, stay), before);
    restored(&mut office, 2);
    (office.known, office.log) = backup;
    mother.sync(&mut office);
    assert_eq!((shown(&mother, stay), stands(&office, stay)), (before.clone(), before));
}
