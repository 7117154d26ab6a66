//! Questions about people, devices and areas leave the device signed, and are asked by nobody but who has unlocked it.

use crate::at_home;
use dossier::intent::{Answer, Intent, Refusal};
use dossier::manage::{Ask, Objection, Told};
use sync::device::{Effect, Input};
use sync::request::{Authorization, Call, CallFailure, Spoken};

fn question(seq: u32) -> Input {
    Input::Ask { seq, intent: Intent::Manage(Box::new(Ask::OwnDevices)) }
}

fn call(effects: Vec<Effect>) -> (u64, Call) {
    let found = effects.into_iter().find_map(|effect| match effect {
        Effect::Call { id, call } => Some((id, call)),
        _ => None,
    });
    found.expect("a call")
}

fn answer(effects: Vec<Effect>) -> (u32, Answer) {
    let found = effects.into_iter().find_map(|effect| match effect {
        Effect::Answer { seq, answer } => Some((seq, answer)),
        _ => None,
    });
    found.expect("an answer")
}

#[test]
fn a_question_is_signed_by_the_device_and_its_answer_reaches_who_asked() {
    let (_, mut phone) = at_home();
    let (first, call_of_first) = call(phone.device.step(phone.now, [1; 32], question(71)));
    let (second, call_of_second) = call(phone.device.step(phone.now, [2; 32], question(72)));
    let opened = phone.device.opened().expect("open");
    let header = Authorization::parse(&call_of_first.authorization).expect("a header");
    assert_eq!(header.who, opened.handle().to_string());
    let key = ed25519_dalek::SigningKey::from_bytes(&opened.device_key()).verifying_key().to_bytes();
    let Call { method, path, body, .. } = &call_of_first;
    assert!(header.holds(&key, &Spoken { method, path, body }));
    assert_ne!(call_of_first.authorization, call_of_second.authorization, "a nonce is used once");

    let told = Input::Called { id: second, answer: Ok(Box::new(Told::Done)) };
    let answered = answer(phone.device.step(phone.now, [3; 32], told));
    assert!(answered == (72, Answer::Managed(Box::new(Told::Done))));
    let objected = CallFailure::Objected(Objection::Unknown);
    let answered =
        answer(phone.device.step(phone.now, [4; 32], Input::Called { id: first, answer: Err(objected) }));
    assert!(answered == (71, Answer::Refused(Refusal::Managed(Objection::Unknown))));
    let again = Input::Called { id: first, answer: Ok(Box::new(Told::Done)) };
    assert!(phone.device.step(phone.now, [5; 32], again).is_empty(), "an answer counts once");
}

#[test]
fn a_locked_device_asks_nothing_and_shows_no_answer_that_comes_late() {
    let (mut office, mut phone) = at_home();
    let (id, _) = call(phone.device.step(phone.now, [1; 32], question(71)));
    phone.ask(&mut office, Intent::Lock);
    let late = phone.device.step(phone.now, [2; 32], Input::Called { id, answer: Ok(Box::new(Told::Done)) });
    assert!(answer(late) == (71, Answer::Refused(Refusal::Locked)));
    let refused = answer(phone.device.step(phone.now, [3; 32], question(72)));
    assert!(refused == (72, Answer::Refused(Refusal::Locked)));
}

#[test]
fn without_network_the_person_is_told_so() {
    let (mut office, mut phone) = at_home();
    let answered = phone.ask(&mut office, Intent::Manage(Box::new(Ask::OwnDevices)));
    assert!(answered == Answer::Refused(Refusal::NeedsNetwork));
}
