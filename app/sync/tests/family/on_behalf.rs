//! A helper of the community team files for a household, told through the machines of tablet and office.

use crate::{CHINH, HOUSE, Office, PAO, Phone, at_home, form, saved};
use dossier::access::Role;
use dossier::act::{Act, Channel};
use dossier::behalf::{BehalfDraft, BehalfFault, BehalfField, ConsentCode, Way};
use dossier::id::{AccountId, DossierId};
use dossier::intent::{Answer, BookQuery, Intent, Refusal};
use dossier::moment::{Day, Moment};
use dossier::view::{CardState, Detail, Happening, Rejection, Review};
use sync::office::CodeGiven;
use sync::receipt::Epoch;

fn helper(office: &mut Office) -> Phone {
    let mut tablet = Phone::new(5, Role::TeamMember);
    tablet.enrol(office);
    tablet.sync(office);
    tablet
}

pub fn witnessed() -> BehalfDraft {
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
    assert_eq!(detail.channel, Some(Channel::Counter));
    assert!(detail.behalf.is_some_and(|behalf| !behalf.tracking.is_empty()), "there is a slip to print");
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

fn coded(code: &str) -> BehalfDraft {
    BehalfDraft { way: Way::Code, code: code.into(), ..witnessed() }
}

fn given(office: &mut Office, code: &str, from: Moment) {
    let until = from.plus_minutes(ConsentCode::LIFETIME_MINUTES);
    let one = CodeGiven { establishment: HOUSE, from, until, made_by: AccountId(900), used: None };
    office.codes.insert(code.parse().expect("a code"), one);
}

fn opened(tablet: &mut Phone, office: &mut Office, dossier: DossierId) -> Detail {
    match tablet.ask(office, Intent::Open(dossier)) {
        Answer::Detail(detail) => *detail,
        _ => panic!("a detail"),
    }
}

fn refused(state: &CardState) -> bool {
    let why = Rejection::NoAuthorisation;
    match state {
        CardState::Review(Review::NotApplied { why: said, .. } | Review::Rejected(said)) => *said == why,
        _ => false,
    }
}

#[test]
fn a_code_typed_without_network_says_yes_when_it_arrives_hours_later() {
    let mut office = Office::new();
    let mut tablet = helper(&mut office);
    let now = tablet.now;
    given(&mut office, "0482 1973", now.plus_minutes(-3));
    tablet.online = false;
    tablet.ask(&mut office, Intent::KeepBehalf(coded("04821973")));
    saved(tablet.ask(&mut office, Intent::SubmitFor(form(&[PAO]))));
    tablet.now = now.plus_minutes(9 * 60);
    tablet.online = true;
    tablet.sync(&mut office);
    assert!(matches!(tablet.cards()[0].state, CardState::Receipted { .. }), "{:?}", tablet.cards()[0].state);

    // Once: the next matter needs its own.
    tablet.now = now.plus_minutes(5);
    tablet.ask(&mut office, Intent::KeepBehalf(coded("04821973")));
    let second = saved(tablet.ask(&mut office, Intent::SubmitFor(form(&[CHINH]))));
    tablet.sync(&mut office);
    assert!(refused(&opened(&mut tablet, &mut office, second).card.state));
}

#[test]
fn a_code_that_does_not_hold_is_told_in_words_and_a_signature_takes_its_place() {
    let mut office = Office::new();
    let mut tablet = helper(&mut office);
    let before = tablet.now.plus_minutes(-ConsentCode::LIFETIME_MINUTES - ConsentCode::TOLERANCE_MINUTES - 1);
    given(&mut office, "0482 1973", before);
    tablet.ask(&mut office, Intent::KeepBehalf(coded("04821973")));
    let dossier = saved(tablet.ask(&mut office, Intent::SubmitFor(form(&[PAO]))));
    tablet.sync(&mut office);
    let detail = opened(&mut tablet, &mut office, dossier);
    assert!(refused(&detail.card.state), "{:?}", detail.card.state);
    let slip = detail.behalf.expect("what was said is still there").tracking;

    let strokes = vec![(0..12).map(|at| (at * 10, 40 + at % 2 * 9)).collect()];
    let signed = BehalfDraft { way: Way::Signature, strokes, ..witnessed() };
    tablet.ask(&mut office, Intent::KeepBehalf(BehalfDraft { giver: String::new(), ..signed.clone() }));
    assert!(matches!(tablet.ask(&mut office, Intent::GroundAgain(dossier)), Answer::BehalfFaults(_)));
    tablet.ask(&mut office, Intent::KeepBehalf(signed));
    assert_eq!(saved(tablet.ask(&mut office, Intent::GroundAgain(dossier))), dossier);
    tablet.sync(&mut office);
    let detail = opened(&mut tablet, &mut office, dossier);
    assert!(matches!(detail.card.state, CardState::Receipted { .. }), "{:?}", detail.card.state);
    assert_eq!(detail.behalf.expect("a ground").tracking, slip, "the slip stays good");
}

#[test]
fn a_ground_recorded_anew_hands_in_nothing_that_the_house_has_handed_in_since() {
    let (mut office, mut mother) = at_home();
    let mut tablet = helper(&mut office);
    tablet.ask(&mut office, Intent::KeepBehalf(coded("0482 1973")));
    let dossier = saved(tablet.ask(&mut office, Intent::SubmitFor(form(&[PAO]))));
    tablet.sync(&mut office);
    assert!(refused(&opened(&mut tablet, &mut office, dossier).card.state));
    // The house has it all the same, and stays a day longer.
    mother.sync(&mut office);
    saved(mother.ask(&mut office, Intent::Extend(dossier, Day::from_date(2026, 11, 29).expect("a day"))));
    tablet.sync(&mut office);
    tablet.ask(&mut office, Intent::KeepBehalf(witnessed()));
    saved(tablet.ask(&mut office, Intent::GroundAgain(dossier)));
    tablet.sync(&mut office);
    let state = opened(&mut tablet, &mut office, dossier).card.state;
    assert!(matches!(state, CardState::Receipted { .. }), "{state:?}");
    let acts: Vec<_> = office.known[&dossier].acts.iter().map(|ordered| &ordered.recorded.act).collect();
    assert!(matches!(acts[..], [Act::Submit { .. }, Act::OnBehalf { .. }]));
}

#[test]
fn a_ground_recorded_anew_for_an_office_that_lost_the_code_comes_before_what_rests_on_it() {
    let mut office = Office::new();
    let mut tablet = helper(&mut office);
    given(&mut office, "0482 1973", tablet.now.plus_minutes(-3));
    tablet.ask(&mut office, Intent::KeepBehalf(coded("0482 1973")));
    let dossier = saved(tablet.ask(&mut office, Intent::SubmitFor(form(&[PAO]))));
    tablet.sync(&mut office);
    let first = office.known[&dossier].numbered.expect("a number").number;

    let mut restored = Office { epoch: Epoch([2; 8]), devices: office.devices.clone(), ..Office::new() };
    tablet.now = tablet.now.plus_minutes(60);
    tablet.sync(&mut restored);
    tablet.sync(&mut restored);
    assert!(refused(&opened(&mut tablet, &mut restored, dossier).card.state));
    tablet.ask(&mut restored, Intent::KeepBehalf(witnessed()));
    saved(tablet.ask(&mut restored, Intent::GroundAgain(dossier)));
    tablet.sync(&mut restored);
    let state = opened(&mut tablet, &mut restored, dossier).card.state;
    assert!(matches!(state, CardState::Receipted { .. }), "{state:?}");
    assert_eq!(restored.known[&dossier].numbered.expect("a number").number, first);
    let acts: Vec<_> = restored.known[&dossier].acts.iter().map(|ordered| &ordered.recorded.act).collect();
    assert!(matches!(acts[..], [Act::OnBehalf { .. }, Act::Submit { .. }]));
}
