//! A frame that is full upwards must not make an answer too large to be read downwards, the second time neither.

use crate::{Office, Phone, at_home, form, saved};
use dossier::access::Role;
use dossier::act::Act;
use dossier::intent::{Answer, Intent};
use dossier::view::Rejection;
use ed25519_dalek::SigningKey;
use sync::device::{Effect, Input};
use sync::frame::down::{Down, Verdict};
use sync::frame::up::{SentAct, Up};
use sync::frame::{ActId, MOST_BYTES};

/// The frame a phone would send now.
fn next_frame(phone: &mut Phone) -> Up {
    let key = SigningKey::from_bytes(&phone.device.opened().expect("open").device_key());
    let effects = phone.device.step(phone.now, [7; 32], Input::Nudge);
    let body = effects.into_iter().find_map(|effect| match effect {
        Effect::Post { body, .. } => Some(body),
        _ => None,
    });
    Up::decode(&body.expect("a frame"), &key.verifying_key()).expect("its own frame")
}

/// A phone with more notices than one frame takes, typed without network, and its office.
fn full_phone() -> (Office, Phone) {
    let (mut office, mut phone) = at_home();
    phone.online = false;
    for place in 0..480 {
        let draft = form(&[("Sùng A Pó", &format!("012201{place:06}"))]);
        saved(phone.ask(&mut office, Intent::Submit(draft)));
    }
    (office, phone)
}

#[test]
fn hundreds_of_notices_whose_answer_was_lost_are_receipted_in_the_end() {
    let (mut office, mut phone) = full_phone();
    // The phone's own exchange is under way and lost; the same frame reaches the office by hand.
    phone.now = phone.now.plus_minutes(30);
    let up = next_frame(&mut phone);
    assert!(up.acts.len() > 400, "{}", up.acts.len());
    for time in ["first", "second", "third"] {
        let answer = office.answer(phone.now, &phone.caller.clone(), &up);
        assert!(answer.len() <= MOST_BYTES, "{time}: {}", answer.len());
        assert!(Down::decode(&answer).is_ok(), "{time}");
    }
    // Its answer is taken for lost, and the phone comes again by itself until nothing waits.
    phone.now = phone.now.plus_minutes(30);
    phone.online = true;
    for _ in 0..3 {
        phone.sync(&mut office);
    }
    assert_eq!(phone.view().link.waiting, 0);
    let open = phone.device.opened().expect("open");
    assert!(open.replica.cases.values().all(|held| held.receipt().is_some()));
}

#[test]
fn another_phone_of_the_house_and_the_desk_are_told_all_of_it() {
    let (mut office, mut phone) = full_phone();
    phone.now = phone.now.plus_minutes(30);
    phone.online = true;
    phone.sync(&mut office);
    assert_eq!(phone.view().link.waiting, 0);
    for (seed, role) in [(2, Role::Owner), (3, Role::Officer)] {
        let mut other = Phone::new(seed, role);
        other.enrol(&mut office);
        let open = other.device.opened().expect("open");
        assert_eq!(open.replica.cases.len(), 480, "{role:?}");
        let told = open.replica.cases.values().filter(|held| match role {
            Role::Owner => held.receipt().is_some(),
            _ => held.numbered.is_some(),
        });
        assert_eq!(told.count(), 480, "{role:?}");
    }
}

#[test]
fn an_act_of_a_frames_size_is_refused_and_shuts_nobody_out() {
    let mut office = Office::new();
    let mut phone = Phone::new(1, Role::Owner);
    phone.enrol(&mut office);
    let Answer::Saved(dossier) =
        phone.ask(&mut office, Intent::Submit(form(&[("Sùng A Pó", "012201000217")])))
    else {
        panic!("saved")
    };
    let mut up = next_frame(&mut phone);
    let answered_by = "a".repeat(200 * 1024);
    let act = Act::Call { claimed_at: phone.now, number: String::new(), answered_by };
    up.acts = vec![SentAct { dossier, id: ActId([5; 8]), act }];
    let down = Down::decode(&office.answer(phone.now, &phone.caller.clone(), &up)).expect("a frame");
    assert_eq!(down.act_verdicts[0].verdict, Verdict::Rejected(Rejection::TooLarge));
    let mut desk = Phone::new(2, Role::Officer);
    desk.enrol(&mut office);
    assert!(desk.device.opened().expect("open").replica.cases.contains_key(&dossier));
}
