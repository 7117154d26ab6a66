//! A notice that is changed after its receipt.

mod family;

use dossier::access::Role;
use dossier::intent::{Answer, Intent};
use family::{Office, Phone, form};

#[test]
fn every_change_of_a_notice_brings_a_receipt_for_what_it_says_now() {
    let mut office = Office::new();
    let mut phone = Phone::new(1, Role::Owner);
    phone.enrol(&mut office);
    let notice = form(&[("Sùng A Páo", "012201005873")]);
    let Answer::Saved(dossier) = phone.ask(&mut office, Intent::Submit(notice)) else { panic!("not saved") };
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
