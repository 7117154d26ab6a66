//! Without contact for long, what lies stored stays shut on screen; what is typed anew is saved and sent.

use crate::{CHINH, Office, PAO, Phone, at_home, form, saved};
use dossier::access::Role;
use dossier::intent::{Answer, Intent, Refusal};
use dossier::moment::Moment;

fn days_later(phone: &mut Phone, days: i64) {
    phone.now = Moment(phone.now.0 + days * 86_400_000);
}

fn tonight(phone: &Phone) -> dossier::draft::StayDraft {
    let day = phone.now.day();
    let written = |day: dossier::moment::Day| {
        let (year, month, date) = day.date();
        format!("{year:04}-{month:02}-{date:02}")
    };
    dossier::draft::StayDraft { arrive_day: written(day), leave_day: written(day.plus(1)), ..form(&[CHINH]) }
}

#[test]
fn after_thirty_days_an_own_phone_shows_nothing_stored_and_a_new_notice_is_saved_and_sent() {
    let (mut office, mut phone) = at_home();
    phone.sync(&mut office);
    phone.online = false;
    let old = saved(phone.ask(&mut office, Intent::Submit(form(&[PAO]))));
    days_later(&mut phone, 29);
    assert!(!phone.view().shut && phone.cards().len() == 1);
    days_later(&mut phone, 1);
    assert!(phone.view().shut && phone.cards().is_empty());
    let overdue = Answer::Refused(Refusal::Overdue);
    assert!(phone.ask(&mut office, Intent::Open(old)) == overdue);
    assert!(phone.ask(&mut office, Intent::LoadDraft(Some(old))) == overdue);
    assert!(phone.ask(&mut office, Intent::Withdraw(old)) == overdue);

    // The PIN still opens, and what is typed now is kept, though it does not show.
    phone.ask(&mut office, Intent::Lock);
    assert!(phone.unlock(&mut office, 0, "246810") == Answer::Done);
    assert!(matches!(phone.ask(&mut office, Intent::LoadDraft(None)), Answer::Draft(_)));
    let draft = tonight(&phone);
    let new = saved(phone.ask(&mut office, Intent::Submit(draft)));
    assert!(phone.cards().is_empty());

    phone.online = true;
    phone.sync(&mut office);
    assert!(!phone.view().shut && phone.cards().len() == 2, "any contact opens it");
    assert!([old, new].iter().all(|id| office.known[id].receipts.len() == 1));
}

#[test]
fn a_shared_tablet_shuts_after_seven_days_for_everybody_on_it() {
    let mut office = Office::new();
    let mut tablet = Phone::new(5, Role::TeamMember);
    tablet.enrol(&mut office);
    tablet.sync(&mut office);
    tablet.online = false;
    days_later(&mut tablet, 6);
    assert!(!tablet.view().shut);
    days_later(&mut tablet, 1);
    assert!(tablet.view().shut);
    assert!(matches!(tablet.ask(&mut office, Intent::LoadBehalf), Answer::Behalf(..)));
}

#[test]
fn a_desk_that_is_overdue_shows_no_book_and_takes_no_tap() {
    let (mut office, _) = at_home();
    let mut desk = Phone::new(3, Role::Officer);
    desk.enrol(&mut office);
    desk.sync(&mut office);
    desk.online = false;
    days_later(&mut desk, 30);
    let overdue = Answer::Refused(Refusal::Overdue);
    assert!(desk.ask(&mut office, Intent::Book(Default::default())) == overdue);
    assert!(desk.ask(&mut office, Intent::Receive(Vec::new())) == overdue);
}
