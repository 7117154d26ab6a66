//! Communes follow each other, villages go to another one: what devices say of it without a new sign-in.

use dossier::access::Role;
use dossier::id::CommuneCode;
use dossier::intent::{Answer, BookQuery, Intent, Refusal};
use dossier::view::{BookPage, Stage, Who};
use ed25519_dalek::SigningKey;
use sync::device::{Effect, Input, Reply};
use sync::frame::down::Seat;
use sync::frame::up::Up;
use sync::frame::{Form, Scope};

use crate::{COMMUNE, Office, PAO, Phone, at_home, form, house, phone, saved};

fn who(phone: &Phone) -> Who {
    match phone.view().stage {
        Stage::Open(who) => *who,
        _ => panic!("open"),
    }
}

fn merged(commune: CommuneCode) -> Seat {
    Seat {
        commune,
        commune_name: "xã Nậm Xe".into(),
        province: "tỉnh Lai Châu".into(),
        agency: "Công an xã Nậm Xe".into(),
    }
}

fn book(desk: &mut Phone, office: &mut Office) -> BookPage {
    match desk.ask(office, Intent::Book(BookQuery { limit: 50, ..BookQuery::default() })) {
        Answer::Book(page) => *page,
        _ => panic!("a book"),
    }
}

#[test]
fn after_a_merger_a_phone_says_the_new_names_and_says_them_still_when_it_was_off() {
    let (mut office, mut phone) = at_home();
    phone.sync(&mut office);
    let before = who(&phone);
    assert_ne!(before.commune, "xã Nậm Xe");
    (office.told, office.seat) = (9, Some(merged(COMMUNE)));
    phone.sync(&mut office);
    let after = who(&phone);
    assert_eq!((after.commune.as_str(), after.agency.as_str()), ("xã Nậm Xe", "Công an xã Nậm Xe"));
    assert_eq!((after.name, after.role), (before.name, before.role), "nothing else of them changed");

    let mut phone = phone.restarted();
    phone.start(&mut office);
    phone.online = false;
    assert!(phone.unlock(&mut office, 0, phone::PIN) == Answer::Done);
    assert_eq!(who(&phone).agency, "Công an xã Nậm Xe");
}

#[test]
fn an_officer_of_an_old_commune_asks_for_the_new_one_and_loses_no_notice() {
    let (mut office, mut phone) = at_home();
    let dossier = saved(phone.ask(&mut office, Intent::Submit(form(&[PAO]))));
    let mut desk = Phone::new(2, Role::Officer);
    desk.enrol(&mut office);
    desk.sync(&mut office);
    (office.told, office.seat) = (9, Some(merged(CommuneCode(3586))));
    desk.sync(&mut office);
    desk.sync(&mut office);
    let opened = desk.device.opened().expect("open");
    assert!(opened.office.cursors.iter().any(|(scope, _)| *scope == Scope::Commune(CommuneCode(3586))));
    assert_eq!(book(&mut desk, &mut office).total, 1, "told again, shown once");
    assert!(matches!(desk.ask(&mut office, Intent::Open(dossier)), Answer::Detail(_)));
}

#[test]
fn what_went_to_another_commune_is_shown_no_more_unless_something_done_here_is_unsent() {
    let (mut office, mut phone) = at_home();
    let dossier = saved(phone.ask(&mut office, Intent::Submit(form(&[PAO]))));
    let mut desk = Phone::new(2, Role::Officer);
    desk.enrol(&mut office);
    desk.sync(&mut office);
    assert_eq!(book(&mut desk, &mut office).total, 1);
    assert_eq!(desk.view().desk.expect("a desk").waiting, 1);

    (office.told, office.houses) = (9, Vec::new());
    desk.sync(&mut office);
    assert_eq!(book(&mut desk, &mut office).total, 0);
    assert_eq!(desk.view().desk.expect("a desk").waiting, 0);
    assert!(desk.ask(&mut office, Intent::Open(dossier)) == Answer::Refused(Refusal::Unknown));

    // It comes back with its village.
    (office.told, office.houses) = (11, vec![house()]);
    desk.sync(&mut office);
    desk.online = false;
    assert!(desk.ask(&mut office, Intent::Receive(vec![dossier])) == Answer::Done);
    assert_eq!(desk.device.opened().expect("open").waiting(), 1);
    assert_eq!(book(&mut desk, &mut office).total, 1);
}

/// The frame a device would send now.
fn frame(phone: &mut Phone) -> (u64, Up) {
    let key = SigningKey::from_bytes(&phone.device.opened().expect("open").device_key()).verifying_key();
    let effects = phone.device.step(phone.now, [7; 32], Input::Nudge);
    let post = effects.into_iter().find_map(|effect| match effect {
        Effect::Post { id, body } => Some((id, body)),
        _ => None,
    });
    let (id, body) = post.expect("a frame");
    (id, Up::decode(&body, &key).expect("its own"))
}

#[test]
fn a_device_says_that_it_reads_its_seat_and_says_it_no_more_to_an_office_that_did_not_answer() {
    let (_, mut phone) = at_home();
    let (id, first) = frame(&mut phone);
    assert_eq!((first.form, first.seated), (Form::Compact, true));
    phone.device.step(phone.now, [8; 32], Input::Reply { id, reply: Reply::NotOurs });
    let (_, second) = frame(&mut phone);
    assert_eq!((second.form, second.seated), (Form::Plain, false), "what an office of v1 reads");
}
