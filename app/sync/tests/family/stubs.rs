//! What a tablet of the community team keeps once a matter is over: number, initials, date and the proof. What is typed
//! here is gone only after a verified receipt and seven days, by the office's clock and within one of its lives.

use dossier::access::Role;
use dossier::behalf::BehalfDraft;
use dossier::filing::intent::{FilingIntent, FormOf};
use dossier::filing::step::{Item, Items, ReturnWay, Step};
use dossier::id::DossierId;
use dossier::intent::{Answer, Intent};
use dossier::moment::Day;
use dossier::place::Place;
use dossier::view::{ReceiptCheck, StubView};
use sync::receipt::Epoch;

use crate::filing::{self, accept, ask, detail, filled, officer, step};
use crate::on_behalf::witnessed;
use crate::phone::PIN;
use crate::{Office, PAO, Phone, at_home, form, papers, saved};

const DAY: i64 = 24 * 60;

fn helper(office: &mut Office) -> Phone {
    let mut tablet = Phone::new(5, Role::TeamMember);
    tablet.enrol(office);
    tablet.sync(office);
    tablet
}

fn filed(tablet: &mut Phone, office: &mut Office) -> DossierId {
    tablet.ask(office, Intent::KeepBehalf(witnessed()));
    let id = saved(tablet.ask(office, Intent::SubmitFor(form(&[PAO]))));
    tablet.sync(office);
    id
}

/// So many days later the member comes in, meets the office and goes; and comes in once more.
fn later(tablet: &mut Phone, office: &mut Office, days: i64) {
    tablet.now = tablet.now.plus_minutes(days * DAY);
    for _ in 0..2 {
        come_in(tablet, office);
        tablet.sync(office);
    }
}

fn come_in(tablet: &mut Phone, office: &mut Office) {
    tablet.ask(office, Intent::Lock);
    assert!(tablet.unlock(office, 0, PIN) == Answer::Done);
}

fn stubs(tablet: &Phone) -> Vec<StubView> {
    tablet.view().home.expect("a home").stubs
}

fn is_here(tablet: &Phone, id: DossierId) -> bool {
    tablet.device.opened().expect("open").replica.cases.contains_key(&id)
}

fn change(tablet: &mut Phone, office: &mut Office, id: DossierId) {
    let Answer::Draft(mut change) = tablet.ask(office, Intent::LoadDraft(Some(id))) else { panic!("a form") };
    change.room = "9".into();
    saved(tablet.ask(office, Intent::Submit(*change)));
}

/// An office, the tablet, and a notice that is a stub by now.
fn let_go() -> (Office, Phone, DossierId) {
    let mut office = Office::new();
    let mut tablet = helper(&mut office);
    let id = filed(&mut tablet, &mut office);
    later(&mut tablet, &mut office, 3);
    later(&mut tablet, &mut office, 8);
    assert!(!is_here(&tablet, id), "let go");
    (office, tablet, id)
}

#[test]
fn a_week_after_the_receipt_number_initials_and_date_stay_and_the_rest_is_off_the_disk() {
    let mut office = Office::new();
    let mut tablet = helper(&mut office);
    let id = filed(&mut tablet, &mut office);
    let number = office.known[&id].numbered.expect("a number").number.to_string();
    let received = tablet.now;
    // The guests leave on the 26th; from the first contact after that the week counts.
    later(&mut tablet, &mut office, 3);
    later(&mut tablet, &mut office, 6);
    assert!(is_here(&tablet, id), "six days are not seven");
    let before = tablet.logs[&Place(0)].len();
    later(&mut tablet, &mut office, 1);
    assert!(!is_here(&tablet, id));
    assert!(tablet.logs[&Place(0)].len() < before);
    let kept = stubs(&tablet);
    assert_eq!(kept.len(), 1);
    let stub = &kept[0];
    assert_eq!((stub.number.as_str(), stub.initials.as_str()), (number.as_str(), "SP"));
    assert!(stub.received == received && stub.news.is_none() && !stub.restored);

    // The proof is still one; what it proves is not here.
    let Answer::Stub(shown, qr) = tablet.ask(&mut office, Intent::Open(id)) else { panic!("a stub") };
    assert_eq!(*shown, *stub);
    let Answer::Checked(check) = tablet.ask(&mut office, Intent::CheckReceipt(qr)) else { panic!("a check") };
    assert!(matches!(check, ReceiptCheck::Genuine { matches: None, .. }), "{check:?}");

    // Switched off and on it is the same: the disk says nothing else.
    let mut tablet = tablet.restarted();
    tablet.start(&mut office);
    assert!(tablet.unlock(&mut office, 0, PIN) == Answer::Done);
    tablet.sync(&mut office);
    assert!(!is_here(&tablet, id) && stubs(&tablet) == kept);
    assert_eq!(tablet.device.opened().expect("open").damaged, 0);
    assert!(tablet.cards().is_empty());
}

#[test]
fn an_own_phone_keeps_everything() {
    let (mut office, mut phone) = at_home();
    let id = saved(phone.ask(&mut office, Intent::Submit(form(&[PAO]))));
    for days in [3, 8, 30] {
        later(&mut phone, &mut office, days);
    }
    assert!(is_here(&phone, id) && stubs(&phone).is_empty());
}

#[test]
fn a_phones_clock_lets_nothing_go() {
    let mut office = Office::new();
    let mut tablet = helper(&mut office);
    let id = filed(&mut tablet, &mut office);
    later(&mut tablet, &mut office, 3);
    tablet.online = false;
    tablet.now = tablet.now.plus_minutes(400 * DAY);
    come_in(&mut tablet, &mut office);
    come_in(&mut tablet, &mut office);
    assert!(is_here(&tablet, id));
}

#[test]
fn what_still_waits_for_somebody_stays_whole() {
    // Not at the office yet.
    let mut office = Office::new();
    let mut tablet = helper(&mut office);
    let id = filed(&mut tablet, &mut office);
    later(&mut tablet, &mut office, 3);
    tablet.online = false;
    change(&mut tablet, &mut office, id);
    later(&mut tablet, &mut office, 8);
    assert!(is_here(&tablet, id), "a change is not sent");
    // Sent again: the week begins anew with its receipt.
    tablet.online = true;
    later(&mut tablet, &mut office, 0);
    assert!(is_here(&tablet, id));

    // Half-filled.
    let Answer::Draft(draft) = tablet.ask(&mut office, Intent::LoadDraft(Some(id))) else { panic!("a form") };
    tablet.ask(&mut office, Intent::KeepDraft(*draft));
    later(&mut tablet, &mut office, 8);
    later(&mut tablet, &mut office, 8);
    assert!(is_here(&tablet, id), "somebody is changing it");
    tablet.ask(&mut office, Intent::DropDraft(Some(id)));

    // Sent back by an officer.
    let mut desk = officer(&mut office, 3);
    desk.now = tablet.now;
    desk.sync(&mut office);
    assert!(desk.ask(&mut office, Intent::Return(id, "Thiếu số phòng".into())) == Answer::Done);
    desk.sync(&mut office);
    tablet.sync(&mut office);
    later(&mut tablet, &mut office, 8);
    later(&mut tablet, &mut office, 8);
    assert!(is_here(&tablet, id), "it is to be put right here");
}

#[test]
fn a_stay_that_goes_on_can_still_be_extended() {
    let mut office = Office::new();
    let mut tablet = helper(&mut office);
    let id = filed(&mut tablet, &mut office);
    let month = Day::from_date(2026, 12, 24).expect("a day");
    saved(tablet.ask(&mut office, Intent::Extend(id, month)));
    tablet.sync(&mut office);
    later(&mut tablet, &mut office, 10);
    later(&mut tablet, &mut office, 10);
    assert!(is_here(&tablet, id));
}

#[test]
fn what_comes_for_a_stub_is_told_and_does_not_bring_the_content_back() {
    let (mut office, mut tablet, id) = let_go();
    // The officer receives it late, and the house itself writes on.
    tablet.now = tablet.now.plus_minutes(5);
    let mut desk = officer(&mut office, 3);
    desk.now = tablet.now;
    desk.sync(&mut office);
    assert!(desk.ask(&mut office, Intent::Receive(vec![id])) == Answer::Done);
    desk.sync(&mut office);
    tablet.sync(&mut office);
    assert!(tablet.device.opened().expect("open").waiting() == 0 && !is_here(&tablet, id));
    assert_eq!(stubs(&tablet)[0].news, Some(tablet.now));
    let link = tablet.view().link;
    assert_eq!(link.state, dossier::view::LinkState::Idle, "the answer was read");

    let mut phone = Phone::new(1, Role::Owner);
    phone.now = tablet.now.plus_minutes(5);
    phone.enrol(&mut office);
    phone.sync(&mut office);
    for leave in [27, 28] {
        let leave = Day::from_date(2026, 11, leave).expect("a day");
        saved(phone.ask(&mut office, Intent::Extend(id, leave)));
        phone.sync(&mut office);
        tablet.sync(&mut office);
        tablet.sync(&mut office);
        assert!(!is_here(&tablet, id) && stubs(&tablet).len() == 1);
    }
    // Whatever else is done here goes on as ever, also after a restart.
    let mut tablet = tablet.restarted();
    tablet.start(&mut office);
    tablet.unlock(&mut office, 0, PIN);
    let next = filed_on(&mut tablet, &mut office);
    assert!(is_here(&tablet, next) && office.known.contains_key(&next) && !is_here(&tablet, id));
    assert!(stubs(&tablet)[0].news > Some(phone.now.plus_minutes(-1)));
}

/// A notice of a later day.
fn filed_on(tablet: &mut Phone, office: &mut Office) -> DossierId {
    tablet.ask(office, Intent::KeepBehalf(witnessed()));
    let (year, month, day) = tablet.now.day().date();
    let arrive_day = format!("{year:04}-{month:02}-{day:02}");
    let (year, month, day) = tablet.now.day().plus(1).date();
    let leave_day = format!("{year:04}-{month:02}-{day:02}");
    let draft = dossier::draft::StayDraft { arrive_day, leave_day, ..form(&[crate::CHINH]) };
    let id = saved(tablet.ask(office, Intent::SubmitFor(draft)));
    tablet.sync(office);
    id
}

#[test]
fn a_restored_office_is_offered_what_is_still_whole_and_the_week_begins_anew() {
    let mut office = Office::new();
    let mut tablet = helper(&mut office);
    let id = filed(&mut tablet, &mut office);
    later(&mut tablet, &mut office, 3);
    tablet.now = tablet.now.plus_minutes(8 * DAY);
    // Due by now; yet the office of the first life is gone before the member comes in.
    let mut restored = Office { epoch: Epoch([2; 8]), devices: office.devices.clone(), ..Office::new() };
    tablet.sync(&mut restored);
    later(&mut tablet, &mut restored, 0);
    assert!(is_here(&tablet, id), "nothing is let go across a restore");
    assert!(restored.known.contains_key(&id), "it was offered again");
    later(&mut tablet, &mut restored, 6);
    assert!(is_here(&tablet, id));
    later(&mut tablet, &mut restored, 2);
    assert!(!is_here(&tablet, id) && !stubs(&tablet)[0].restored);
}

#[test]
fn after_a_restore_a_stub_is_no_source_and_does_not_say_the_office_has_it_until_it_does() {
    let (office, mut tablet, id) = let_go();
    let number = stubs(&tablet)[0].number.clone();
    // From a state before the notice: nobody brings it back from here.
    let mut restored = Office { epoch: Epoch([2; 8]), devices: office.devices.clone(), ..Office::new() };
    later(&mut tablet, &mut restored, 0);
    assert!(stubs(&tablet)[0].restored && !restored.known.contains_key(&id));
    assert_eq!(stubs(&tablet)[0].number, number, "the number and its proof stay");

    // From a state that has it: told again in full, and still only a stub here.
    let mut restored = Office { epoch: Epoch([3; 8]), ..office };
    later(&mut tablet, &mut restored, 0);
    assert!(!is_here(&tablet, id));
    let stub = &stubs(&tablet)[0];
    assert!(!stub.restored && stub.news.is_none(), "it knows it, and nothing of that is new");
}

#[test]
fn a_residence_dossier_stays_whole_until_it_has_ended() {
    let mut office = filing::office();
    let mut tablet = helper(&mut office);
    let mut draft = filled(&mut tablet, &mut office);
    let (page, lease) = papers::keep(&mut tablet, &mut office, papers::picture(1, 20_000));
    draft.papers = [(page, lease)].into();
    let said = BehalfDraft { days: 60, ..witnessed() };
    let ground = FilingIntent::KeepGround(draft.version.procedure.clone(), Box::new(said));
    assert!(ask(&mut tablet, &mut office, ground) == Answer::Done);
    let id = saved(ask(&mut tablet, &mut office, FilingIntent::Submit(Box::new(draft))));
    tablet.sync(&mut office);
    assert_eq!(tablet.view().home.expect("a home").filings[0].papers, (1, 1));
    let mut desk = officer(&mut office, 3);
    desk.sync(&mut office);
    let asked = Item { at: None, what: "Hợp đồng thuê nhà".parse().expect("words") };
    let seen = detail(&mut desk, &mut office, id);
    let items = Items::try_from(vec![asked]).expect("one item");
    step(&mut desk, &mut office, id, Step::Supplement { heads: seen.heads, items, until: None });
    later(&mut tablet, &mut office, 8);
    later(&mut tablet, &mut office, 8);
    assert!(is_here(&tablet, id), "there is something to bring");

    let mut draft = filing::form(&mut tablet, &mut office, FormOf::Change(id));
    draft.answers.insert(filing::key("phone"), "0912000457".into());
    assert!(ask(&mut tablet, &mut office, FilingIntent::Submit(Box::new(draft))) == Answer::Saved(id));
    tablet.sync(&mut office);
    desk.now = tablet.now;
    desk.sync(&mut office);
    let seen = detail(&mut desk, &mut office, id);
    step(&mut desk, &mut office, id, accept(&seen));
    let seen = detail(&mut desk, &mut office, id);
    let words = "Đã cập nhật thông tin tạm trú".parse().expect("words");
    let until = Day::from_date(2027, 10, 31);
    step(&mut desk, &mut office, id, Step::Decide { heads: seen.heads, words, until });
    step(&mut desk, &mut office, id, Step::HandOver { way: ReturnWay::Electronic });
    tablet.sync(&mut office);
    later(&mut tablet, &mut office, 1);
    assert!(is_here(&tablet, id), "the result was only just heard of");
    later(&mut tablet, &mut office, 8);
    assert!(!is_here(&tablet, id));
    assert_eq!(stubs(&tablet)[0].initials, "LM");
}
