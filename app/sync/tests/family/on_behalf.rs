//! A helper of the community team files for a household, told through the machines of tablet and office.

use crate::{CHINH, HOUSE, Office, PAO, Phone, at_home, form, saved};
use dossier::access::Role;
use dossier::act::Act;
use dossier::behalf::{BehalfDraft, BehalfFault, BehalfField, Way};
use dossier::intent::{Answer, BookQuery, Intent, Refusal};
use dossier::moment::Day;
use dossier::view::{CardState, Happening};
use sync::receipt::Epoch;

fn helper(office: &mut Office) -> Phone {
    let mut tablet = Phone::new(5, Role::TeamMember);
    tablet.enrol(office);
    tablet.sync(office);
    tablet
}

fn witnessed() -> BehalfDraft {
    BehalfDraft {
        house: Some(HOUSE),
        giver: "Giàng Thị Chẳn".into(),
        days: BehalfDraft::USUAL_DAYS,
        way: Way::Witness,
        witness: "Hảng A Chư".into(),
        ..BehalfDraft::default()
    }
}

#[test]
fn a_notice_for_somebody_else_goes_with_its_ground_and_comes_back_with_a_receipt() {
    let (mut office, mut phone) = at_home();
    let mut tablet = helper(&mut office);
    tablet.online = false;
    let Answer::Behalf(blank, houses) = tablet.ask(&mut office, Intent::LoadBehalf) else {
        panic!("a ground to record")
    };
    assert_eq!((blank.days, houses.len()), (BehalfDraft::USUAL_DAYS, 1));
    assert!(tablet.ask(&mut office, Intent::KeepBehalf(witnessed())) == Answer::Done);
    let dossier = saved(tablet.ask(&mut office, Intent::SubmitFor(form(&[PAO]))));
    assert_eq!(tablet.cards()[0].state, CardState::SavedHere);

    tablet.online = true;
    tablet.sync(&mut office);
    assert!(matches!(tablet.cards()[0].state, CardState::Receipted { .. }));
    let Answer::Detail(detail) = tablet.ask(&mut office, Intent::Open(dossier)) else { panic!("a detail") };
    let ground = |entry: &dossier::view::Entry| matches!(entry.what, Happening::OnBehalf { .. });
    assert!(detail.timeline.iter().any(ground), "the ground is kept with the dossier");

    // The house sees what was filed for it, and who did; so does the officer.
    phone.sync(&mut office);
    assert_eq!(phone.cards().len(), 1);
    let mut desk = Phone::new(3, Role::Officer);
    desk.enrol(&mut office);
    desk.sync(&mut office);
    let book = desk.ask(&mut office, Intent::Book(BookQuery { limit: 9, ..BookQuery::default() }));
    let Answer::Book(book) = book else { panic!("a book") };
    assert_eq!(book.rows.len(), 1);
}

#[test]
fn without_a_sound_ground_nothing_is_kept_and_what_is_wrong_is_told() {
    let mut office = Office::new();
    let mut tablet = helper(&mut office);
    let answer = tablet.ask(&mut office, Intent::SubmitFor(form(&[PAO])));
    let Answer::BehalfFaults(faults) = answer else { panic!("faults") };
    assert_eq!(faults[0], BehalfFault::Missing(BehalfField::House));
    assert!(tablet.cards().is_empty());
    assert!(tablet.ask(&mut office, Intent::Submit(form(&[PAO]))) == Answer::Refused(Refusal::Forbidden));
}

#[test]
fn the_ground_is_for_one_notice_and_a_later_change_rests_on_it() {
    let mut office = Office::new();
    let mut tablet = helper(&mut office);
    tablet.ask(&mut office, Intent::KeepBehalf(witnessed()));
    let dossier = saved(tablet.ask(&mut office, Intent::SubmitFor(form(&[PAO]))));
    assert!(
        matches!(tablet.ask(&mut office, Intent::SubmitFor(form(&[CHINH]))), Answer::BehalfFaults(_)),
        "the next person says yes anew"
    );
    let Answer::Draft(mut change) = tablet.ask(&mut office, Intent::LoadDraft(Some(dossier))) else {
        panic!("a form")
    };
    change.room = "9".into();
    saved(tablet.ask(&mut office, Intent::Submit(*change)));
    tablet.sync(&mut office);
    assert!(matches!(tablet.cards()[0].state, CardState::Receipted { .. }));
    assert_eq!(tablet.cards()[0].room, "9");
}

#[test]
fn an_officer_files_for_a_person_at_the_counter_under_the_same_rule() {
    let mut office = Office::new();
    let mut desk = Phone::new(3, Role::Officer);
    desk.enrol(&mut office);
    desk.sync(&mut office);
    assert!(matches!(desk.ask(&mut office, Intent::SubmitFor(form(&[PAO]))), Answer::BehalfFaults(_)));
    desk.ask(&mut office, Intent::KeepBehalf(witnessed()));
    let dossier = saved(desk.ask(&mut office, Intent::SubmitFor(form(&[PAO]))));
    desk.sync(&mut office);
    let Answer::Detail(detail) = desk.ask(&mut office, Intent::Open(dossier)) else { panic!("a detail") };
    assert!(detail.receipt.is_some() && detail.can_receive);
    assert!(desk.ask(&mut office, Intent::Receive(vec![dossier])) == Answer::Done);
}

#[test]
fn what_was_filed_while_its_ground_held_is_taken_though_it_arrives_weeks_later() {
    let mut office = Office::new();
    let mut tablet = helper(&mut office);
    tablet.online = false;
    tablet.ask(&mut office, Intent::KeepBehalf(witnessed()));
    let dossier = saved(tablet.ask(&mut office, Intent::SubmitFor(form(&[PAO]))));
    tablet.now = tablet.now.plus_minutes(20 * 24 * 60);
    tablet.online = true;
    tablet.sync(&mut office);
    assert!(matches!(tablet.cards()[0].state, CardState::Receipted { .. }));

    // A change after the term is not covered by it.
    let Answer::Draft(mut change) = tablet.ask(&mut office, Intent::LoadDraft(Some(dossier))) else {
        panic!("a form")
    };
    change.room = "9".into();
    saved(tablet.ask(&mut office, Intent::Submit(*change)));
    tablet.sync(&mut office);
    assert_eq!(office.known[&dossier].receipts.len(), 1);
}

#[test]
fn after_a_restore_a_ground_comes_before_what_rests_on_it_and_a_submission_before_its_withdrawal() {
    let (mut office, mut phone) = at_home();
    let mut tablet = helper(&mut office);
    tablet.ask(&mut office, Intent::KeepBehalf(witnessed()));
    let filed = saved(tablet.ask(&mut office, Intent::SubmitFor(form(&[PAO]))));
    let own = saved(phone.ask(&mut office, Intent::Submit(form(&[CHINH]))));
    (tablet.online, phone.online) = (false, false);
    saved(tablet.ask(&mut office, Intent::Extend(filed, Day::from_date(2026, 11, 29).expect("a day"))));
    assert!(phone.ask(&mut office, Intent::Withdraw(own)) == Answer::Done);

    let mut restored = Office { epoch: Epoch([2; 8]), devices: office.devices.clone(), ..Office::new() };
    (tablet.online, phone.online) = (true, true);
    tablet.sync(&mut restored);
    phone.sync(&mut restored);
    let acts = |id| restored.known[id].acts.iter().map(|ordered| ordered.recorded.act.clone());
    assert_eq!(acts(&filed).filter(|act| matches!(act, Act::Submit { .. })).count(), 2);
    assert!(matches!(acts(&own).next_back(), Some(Act::Withdraw { .. })));
}
