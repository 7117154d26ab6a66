//! One evening in Sin Suối Hồ, told through the machines of phone and office.

use crate::{CHINH, COMMUNE, HOUSE, Office, PAO, Phone, at_home, evening, form, saved};
use dossier::access::Role;
use dossier::act::PairVerdict;
use dossier::id::DossierId;
use dossier::intent::{Answer, BookQuery, Choice, Intent, Refusal};
use dossier::view::{Asked, CardState, ReceiptCheck, Rejection, Review, Stage};
use ed25519_dalek::SigningKey;
use sync::decision::{Signed, SignedDecision};
use sync::frame::down::Numbered;
use sync::office::Known;
use sync::receipt::{Epoch, ReceiptNumber};

#[test]
fn a_notice_typed_without_network_is_saved_here_and_later_has_a_receipt_that_verifies() {
    let (mut office, mut phone) = at_home();
    phone.online = false;
    let dossier = saved(phone.ask(&mut office, Intent::Submit(form(&[PAO]))));
    assert_eq!(phone.cards()[0].state, CardState::SavedHere);
    assert_eq!(phone.view().link.waiting, 1);

    phone.online = true;
    phone.sync(&mut office);
    assert!(matches!(&phone.cards()[0].state, CardState::Receipted { at, .. } if *at == evening()));
    assert_eq!(phone.view().link.waiting, 0);

    let Answer::Detail(detail) = phone.ask(&mut office, Intent::Open(dossier)) else { panic!("a detail") };
    let receipt = detail.receipt.expect("a receipt");
    assert!(receipt.current);
    let check = phone.ask(&mut office, Intent::CheckReceipt(receipt.qr.clone()));
    assert!(matches!(check, Answer::Checked(ReceiptCheck::Genuine { matches: Some(true), .. })));
    let forged = receipt.qr.replacen("AAC", "AAD", 1);
    let check = phone.ask(&mut office, Intent::CheckReceipt(forged));
    assert!(!matches!(check, Answer::Checked(ReceiptCheck::Genuine { .. })));
}

#[test]
fn a_result_on_paper_is_checked_here_without_a_network_and_a_changed_one_is_forged() {
    let (mut office, mut phone) = at_home();
    phone.online = false;
    let number = ReceiptNumber { commune: COMMUNE, epoch: office.epoch, serial: 7 };
    let said = Signed {
        number,
        dossier: DossierId([1; 8]),
        decided_at: evening(),
        procedure: "Đăng ký tạm trú".into(),
        person: "LÒ VĂN MẪN".into(),
        number_tail: "4318".into(),
        until: None,
    };
    let mut check = |signed: SignedDecision| phone.ask(&mut office, Intent::CheckReceipt(signed.to_text()));
    let key = SigningKey::from_bytes(&[9; 32]);
    let Answer::Checked(ReceiptCheck::Decided { person, decided_at, .. }) = check(said.clone().sign(1, &key))
    else {
        panic!("a genuine result")
    };
    assert_eq!((person.as_str(), decided_at), ("LÒ VĂN MẪN · số …4318", evening()));
    let stranger = SigningKey::from_bytes(&[8; 32]);
    assert!(check(said.clone().sign(1, &stranger)) == Answer::Checked(ReceiptCheck::Forged));
    assert!(check(said.sign(2, &key)) == Answer::Checked(ReceiptCheck::UnknownKey));
}

#[test]
fn a_phone_that_was_off_knows_everything_again_after_the_pin_and_nothing_before() {
    let (mut office, mut phone) = at_home();
    saved(phone.ask(&mut office, Intent::Submit(form(&[PAO]))));
    let mut phone = phone.restarted();
    phone.start(&mut office);
    assert!(matches!(phone.view().stage, Stage::Locked { .. }));
    assert!(phone.view().home.is_none());
    let wrong = phone.unlock(&mut office, 0, "000000");
    assert!(matches!(wrong, Answer::Refused(Refusal::WrongPin { wait: 0 })));
    assert!(phone.unlock(&mut office, 0, "246810") == Answer::Done);
    assert_eq!(phone.cards()[0].guests[0].name, PAO.0);
}

#[test]
fn a_withdrawal_that_came_too_late_is_told_to_the_owner_until_it_was_read() {
    let (mut office, mut phone) = at_home();
    let mut desk = Phone::new(3, Role::Officer);
    desk.enrol(&mut office);
    let dossier = saved(phone.ask(&mut office, Intent::Submit(form(&[PAO]))));
    phone.online = false;
    assert!(phone.ask(&mut office, Intent::Withdraw(dossier)) == Answer::Done);
    assert!(phone.cards()[0].ended);
    desk.sync(&mut office);
    assert!(desk.ask(&mut office, Intent::Receive(vec![dossier])) == Answer::Done);
    phone.online = true;
    phone.sync(&mut office);
    let card = &phone.cards()[0];
    assert!(!card.ended);
    let told = Review::NotApplied { asked: Asked::Withdrawal, why: Rejection::OutOfOrder };
    assert_eq!(card.state, CardState::Review(told));
    assert!(phone.ask(&mut office, Intent::PutAway(dossier)) == Answer::Done);
    assert!(matches!(phone.cards()[0].state, CardState::Received { .. }));
}

#[test]
fn two_phones_that_edit_different_fields_offline_lose_nothing_and_ask_nobody() {
    let (mut office, mut one) = at_home();
    let mut two = Phone::new(2, Role::Owner);
    two.enrol(&mut office);
    let dossier = saved(one.ask(&mut office, Intent::Submit(form(&[PAO]))));
    two.sync(&mut office);
    one.online = false;
    two.online = false;
    let Answer::Draft(mut mine) = one.ask(&mut office, Intent::LoadDraft(Some(dossier))) else { panic!() };
    mine.room = "7".into();
    saved(one.ask(&mut office, Intent::Submit(*mine)));
    let Answer::Draft(mut theirs) = two.ask(&mut office, Intent::LoadDraft(Some(dossier))) else { panic!() };
    theirs.guests.push(form(&[CHINH]).guests.remove(0));
    saved(two.ask(&mut office, Intent::Submit(*theirs)));
    for phone in [&mut one, &mut two] {
        phone.online = true;
        phone.sync(&mut office);
    }
    one.sync(&mut office);
    for phone in [&one, &two] {
        let card = &phone.cards()[0];
        assert_eq!((card.room.as_str(), card.guests.len(), card.conflicts), ("7", 2, 0));
        assert!(matches!(card.state, CardState::Receipted { .. }));
    }
    let mut desk = Phone::new(3, Role::Officer);
    desk.enrol(&mut office);
    desk.sync(&mut office);
    assert!(desk.ask(&mut office, Intent::Receive(vec![dossier])) == Answer::Done);
    one.sync(&mut office);
    assert!(matches!(one.cards()[0].state, CardState::Received { .. }), "the officer saw all of it");
}

#[test]
fn one_field_written_on_two_phones_is_one_card_with_both_values_until_somebody_chooses() {
    let (mut office, mut one) = at_home();
    let mut two = Phone::new(2, Role::Owner);
    two.enrol(&mut office);
    let dossier = saved(one.ask(&mut office, Intent::Submit(form(&[PAO]))));
    two.sync(&mut office);
    for (phone, room) in [(&mut one, "7"), (&mut two, "8")] {
        phone.online = false;
        let Answer::Draft(mut form) = phone.ask(&mut office, Intent::LoadDraft(Some(dossier))) else {
            panic!()
        };
        form.room = room.into();
        saved(phone.ask(&mut office, Intent::Submit(*form)));
        phone.online = true;
    }
    one.sync(&mut office);
    two.sync(&mut office);
    one.sync(&mut office);
    let Answer::Detail(detail) = one.ask(&mut office, Intent::Open(dossier)) else { panic!() };
    assert!(matches!(detail.card.state, CardState::Review(Review::Conflict)));
    let conflict = &detail.conflicts[0];
    let mut values: Vec<_> = conflict.values.iter().map(|value| value.text.as_str()).collect();
    values.sort_unstable();
    assert_eq!(values, ["7", "8"]);
    assert_eq!(conflict.values.iter().filter(|value| value.here).count(), 1);

    let place = conflict.values.iter().position(|value| value.text == "8").unwrap();
    let choice = Choice { dossier, field: conflict.field, place };
    assert!(one.ask(&mut office, Intent::Choose(choice)) == Answer::Done);
    two.sync(&mut office);
    for phone in [&one, &two] {
        assert_eq!((phone.cards()[0].room.as_str(), phone.cards()[0].conflicts), ("8", 0));
    }
}

#[test]
fn a_name_typed_in_another_form_of_the_same_letters_is_no_conflict() {
    let (mut office, mut one) = at_home();
    let mut two = Phone::new(2, Role::Owner);
    two.enrol(&mut office);
    let dossier = saved(one.ask(&mut office, Intent::Submit(form(&[("Nguyễn Thị Hoa", PAO.1)]))));
    two.sync(&mut office);
    for (phone, name) in [(&mut one, "Nguyễn Thị Hoà"), (&mut two, "Nguye\u{302}\u{303}n  Thị Hòa")] {
        phone.online = false;
        let Answer::Draft(mut form) = phone.ask(&mut office, Intent::LoadDraft(Some(dossier))) else {
            panic!()
        };
        form.guests[0].name = name.into();
        saved(phone.ask(&mut office, Intent::Submit(*form)));
        phone.online = true;
        phone.sync(&mut office);
    }
    one.sync(&mut office);
    assert_eq!(one.cards()[0].conflicts, 0);
}

#[test]
fn the_same_guest_declared_on_two_phones_is_a_pair_to_settle_and_one_stays() {
    let (mut office, mut one) = at_home();
    let mut two = Phone::new(2, Role::Owner);
    two.enrol(&mut office);
    one.online = false;
    two.online = false;
    let first = saved(one.ask(&mut office, Intent::Submit(form(&[PAO]))));
    let second = saved(two.ask(&mut office, Intent::Submit(form(&[PAO]))));
    for phone in [&mut one, &mut two] {
        phone.online = true;
        phone.sync(&mut office);
    }
    one.sync(&mut office);
    assert!(one.cards().iter().all(|card| card.twin.is_some()));
    let settle = Intent::Settle { keep: first, other: second, verdict: PairVerdict::SameStay };
    assert!(one.ask(&mut office, settle) == Answer::Done);
    two.sync(&mut office);
    for phone in [&one, &two] {
        let cards = phone.cards();
        let ended: Vec<_> = cards.iter().filter(|card| card.ended).map(|card| card.dossier).collect();
        assert_eq!((cards.len(), ended), (2, vec![second]), "nothing is deleted");
        assert!(cards.iter().all(|card| card.twin.is_none()));
    }
}

#[test]
fn a_pair_settled_both_ways_keeps_one_notice_and_the_phone_that_came_second_is_told() {
    let (mut office, mut one) = at_home();
    let mut two = Phone::new(2, Role::Owner);
    two.enrol(&mut office);
    let first = saved(one.ask(&mut office, Intent::Submit(form(&[PAO]))));
    let second = saved(one.ask(&mut office, Intent::Submit(form(&[PAO]))));
    two.sync(&mut office);
    two.online = false;
    let settle = |keep, other| Intent::Settle { keep, other, verdict: PairVerdict::SameStay };
    assert!(two.ask(&mut office, settle(second, first)) == Answer::Done);
    assert!(one.ask(&mut office, settle(first, second)) == Answer::Done);
    two.online = true;
    two.sync(&mut office);
    let cards = two.cards();
    let open: Vec<_> = cards.iter().filter(|card| !card.ended).collect();
    let told = Review::NotApplied { asked: Asked::Pair, why: Rejection::OutOfOrder };
    assert_eq!((open.len(), open[0].dossier), (1, first));
    assert_eq!(open[0].state, CardState::Review(told));
    assert!(two.ask(&mut office, Intent::PutAway(first)) == Answer::Done);
    assert!(two.cards().iter().all(|card| matches!(card.state, CardState::Receipted { .. })));
}

#[test]
fn namesakes_with_different_numbers_are_two_people() {
    let (mut office, mut phone) = at_home();
    saved(phone.ask(&mut office, Intent::Submit(form(&[("Giàng A Páo", "012201000011")]))));
    saved(phone.ask(&mut office, Intent::Submit(form(&[("Giàng A Páo", "012201000012")]))));
    assert!(phone.cards().iter().all(|card| card.twin.is_none()));
}

#[test]
fn an_officer_offline_receives_and_a_tap_on_a_notice_that_moved_on_is_refused() {
    let (mut office, mut phone) = at_home();
    let mut desk = Phone::new(3, Role::Officer);
    desk.enrol(&mut office);
    let first = saved(phone.ask(&mut office, Intent::Submit(form(&[PAO]))));
    let second = saved(phone.ask(&mut office, Intent::Submit(form(&[CHINH]))));
    desk.sync(&mut office);
    let query = BookQuery { search: "sung a pao".into(), limit: 50, ..BookQuery::default() };
    let Answer::Book(page) = desk.ask(&mut office, Intent::Book(query)) else { panic!("a book") };
    assert_eq!((page.total, page.rows[0].name.as_str()), (1, PAO.0));

    desk.online = false;
    assert!(desk.ask(&mut office, Intent::Receive(vec![first, second])) == Answer::Done);
    let Answer::Draft(mut form) = phone.ask(&mut office, Intent::LoadDraft(Some(second))) else { panic!() };
    form.room = "9".into();
    saved(phone.ask(&mut office, Intent::Submit(*form)));
    desk.online = true;
    desk.sync(&mut office);
    phone.sync(&mut office);
    let cards = phone.cards();
    let state = |id| cards.iter().find(|card| card.dossier == id).map(|card| card.state.clone());
    assert!(matches!(state(first), Some(CardState::Received { .. })));
    assert!(matches!(state(second), Some(CardState::Receipted { .. })));
    assert_eq!(desk.view().desk.expect("a desk").refused.len(), 1);
    assert!(desk.ask(&mut office, Intent::PutAway(second)) == Answer::Done);
    assert!(desk.view().desk.expect("a desk").refused.is_empty());
}

#[test]
fn a_restored_office_gets_everything_back_under_the_same_number() {
    let (mut office, mut phone) = at_home();
    let dossier = saved(phone.ask(&mut office, Intent::Submit(form(&[PAO]))));
    let CardState::Receipted { number, .. } = phone.cards()[0].state.clone() else { panic!("a receipt") };
    let mut restored = Office { epoch: Epoch([2; 8]), devices: office.devices.clone(), ..Office::new() };
    phone.sync(&mut restored);
    let known = restored.known.get(&dossier).expect("offered again");
    assert_eq!(known.numbered.expect("a number").number.to_string(), number);
    assert!(
        matches!(&phone.cards()[0].state, CardState::Receipted { number: still, .. } if *still == number)
    );
    let other = saved(phone.ask(&mut restored, Intent::Submit(form(&[CHINH]))));
    assert_ne!(restored.known[&other].numbered.unwrap().number.to_string(), number);
}

#[test]
fn a_restored_office_that_gave_another_number_first_still_counts_from_the_earliest_receipt() {
    let (mut office, mut mother) = at_home();
    let dossier = saved(mother.ask(&mut office, Intent::Submit(form(&[PAO]))));
    let first = office.known[&dossier].numbered.expect("a number").at;
    let mut restored = Office { epoch: Epoch([2; 8]), devices: office.devices.clone(), ..Office::new() };
    mother.now = mother.now.plus_minutes(90);
    // An office that has given a number of its own before the old receipt comes.
    restored.known.insert(dossier, {
        let mut known = Known::new(HOUSE, COMMUNE);
        for change in office.known[&dossier].history.changes() {
            known.history.take(change.raw_bytes()).expect("a change that was taken before");
        }
        let number = ReceiptNumber { commune: COMMUNE, epoch: Epoch([2; 8]), serial: 1 };
        known.numbered = Some(Numbered { dossier, number, at: first.plus_minutes(90) });
        known
    });
    mother.sync(&mut restored);
    let numbered = restored.known[&dossier].numbered.expect("a number");
    assert_eq!((numbered.number.epoch, numbered.at), (Epoch([2; 8]), first));
    let card = &mother.cards()[0];
    assert_eq!(card.margin, Some(first.minutes_until(card.due.at)));
}

#[test]
fn a_commune_whose_rule_receives_at_once_says_so_with_its_own_name() {
    let (mut office, mut phone) = at_home();
    office.receive_at_once = true;
    saved(phone.ask(&mut office, Intent::Submit(form(&[PAO]))));
    assert!(matches!(&phone.cards()[0].state, CardState::Received { by, .. } if by.starts_with("Quy tắc")));
}

#[test]
fn a_repeated_frame_changes_nothing_at_the_office() {
    let (mut office, mut phone) = at_home();
    saved(phone.ask(&mut office, Intent::Submit(form(&[PAO]))));
    let rows = office.log.len();
    phone.sync(&mut office);
    phone.sync(&mut office);
    assert_eq!(office.log.len(), rows);
}

#[test]
fn every_change_of_a_notice_brings_a_receipt_for_what_it_says_now() {
    let mut office = Office::new();
    let mut phone = Phone::new(1, Role::Owner);
    phone.enrol(&mut office);
    let Answer::Saved(dossier) = phone.ask(&mut office, Intent::Submit(form(&[PAO]))) else {
        panic!("not saved")
    };
    let mut seen = Vec::new();
    for room in ["7", "8", "9"] {
        phone.now = phone.now.plus_minutes(1);
        let Answer::Draft(mut draft) = phone.ask(&mut office, Intent::LoadDraft(Some(dossier))) else {
            panic!("no form")
        };
        draft.room = room.into();
        assert!(matches!(phone.ask(&mut office, Intent::Submit(*draft)), Answer::Saved(_)));
        let Answer::Detail(detail) = phone.ask(&mut office, Intent::Open(dossier)) else {
            panic!("no detail")
        };
        let receipt = detail.receipt.expect("a receipt");
        assert!(receipt.current, "the receipt speaks of room {room}");
        assert!(!seen.contains(&receipt.qr));
        seen.push(receipt.qr);
    }
}
