//! Forms that wait half-filled on a phone, while life goes on beside them.

use crate::{CHINH, Office, PAO, Phone, at_home, form, saved};
use dossier::access::Role;
use dossier::intent::{Answer, Intent, Refusal};
use dossier::moment::Day;
use dossier::view::CardState;

#[test]
fn a_half_filled_change_and_a_half_filled_new_notice_stand_beside_each_other() {
    let (mut office, mut phone) = at_home();
    let dossier = saved(phone.ask(&mut office, Intent::Submit(form(&[PAO]))));
    assert!(phone.ask(&mut office, Intent::KeepDraft(form(&[CHINH]))) == Answer::Done);
    let Answer::Draft(mut change) = phone.ask(&mut office, Intent::LoadDraft(Some(dossier))) else {
        panic!()
    };
    change.room = "7".into();
    assert!(phone.ask(&mut office, Intent::KeepDraft((*change).clone())) == Answer::Done);

    let mut phone = phone.restarted();
    phone.start(&mut office);
    phone.unlock(&mut office, 0, "246810");
    let home = phone.view().home.expect("an owner's phone");
    assert_eq!((home.has_draft, home.changing), (true, vec![dossier]));
    let kept = phone.ask(&mut office, Intent::LoadDraft(None));
    assert!(kept == Answer::Draft(Box::new(form(&[CHINH]))));
    assert!(phone.ask(&mut office, Intent::LoadDraft(Some(dossier))) == Answer::Draft(change.clone()));

    saved(phone.ask(&mut office, Intent::Submit(*change)));
    let home = phone.view().home.expect("an owner's phone");
    assert_eq!((home.has_draft, home.changing, home.cards[0].room.as_str()), (true, vec![], "7"));
    assert!(phone.ask(&mut office, Intent::DropDraft(None)) == Answer::Done);
    assert!(!phone.view().home.expect("an owner's phone").has_draft);
}

#[test]
fn a_form_that_waited_takes_nothing_back_that_another_phone_wrote_meanwhile() {
    let (mut office, mut one) = at_home();
    let mut two = Phone::new(2, Role::Owner);
    two.enrol(&mut office);
    let dossier = saved(one.ask(&mut office, Intent::Submit(form(&[PAO]))));
    two.sync(&mut office);
    let later = Day::from_date(2026, 11, 29).expect("a real day");
    let opened =
        |phone: &mut Phone, office: &mut Office| match phone.ask(office, Intent::LoadDraft(Some(dossier))) {
            Answer::Draft(form) => *form,
            _ => panic!("a form"),
        };
    let mut waits = opened(&mut one, &mut office);
    waits.guests.push(form(&[CHINH]).guests.remove(0));
    assert!(one.ask(&mut office, Intent::KeepDraft(waits)) == Answer::Done);

    let mut theirs = opened(&mut two, &mut office);
    theirs.room = "8".into();
    saved(two.ask(&mut office, Intent::Submit(theirs)));
    one.sync(&mut office);
    assert_eq!(one.cards()[0].room, "8");
    assert!(one.ask(&mut office, Intent::Extend(dossier, later)) != Answer::Refused(Refusal::Unknown));

    let mut one = one.restarted();
    one.start(&mut office);
    one.unlock(&mut office, 0, "246810");
    let waits = opened(&mut one, &mut office);
    assert_eq!((waits.room.as_str(), waits.guests.len()), ("5", 2));
    saved(one.ask(&mut office, Intent::Submit(waits)));
    two.sync(&mut office);
    for phone in [&one, &two] {
        let card = &phone.cards()[0];
        assert_eq!((card.room.as_str(), card.guests.len(), card.conflicts), ("8", 2, 0));
        assert_eq!(card.leave, later);
        assert!(matches!(card.state, CardState::Receipted { .. }));
    }

    // Both write the room: one card with both values, whoever was later.
    let mut waits = opened(&mut one, &mut office);
    let mut theirs = opened(&mut two, &mut office);
    theirs.room = "9".into();
    saved(two.ask(&mut office, Intent::Submit(theirs)));
    one.sync(&mut office);
    waits.room = "10".into();
    saved(one.ask(&mut office, Intent::Submit(waits)));
    assert_eq!(one.cards()[0].conflicts, 1);
}
