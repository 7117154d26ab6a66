//! Figures of the time notices come in: judged when they are received, so that no notice is opened for a figure.

use axum::body::Body;
use axum::http::Request;
use dossier::access::Role;
use dossier::manage::{Ask, CommuneFigures, Told};
use server::{clock, dice};
use sync::request::Call;

use super::hand::Hand;
use super::office::{COMMUNE, TestOffice, ask};
use super::{owner, working};

async fn figures(test: &TestOffice, hand: &Hand) -> CommuneFigures {
    let call = Call::of(&Ask::Figures, &hand.handle.to_string(), &hand.key, clock::now(), dice::roll());
    let request = Request::get(&call.path).header("authorization", call.authorization);
    let answer = ask(&test.router, request.body(Body::empty()).expect("a request")).await;
    match serde_json::from_slice(&answer.body) {
        Ok(Told::Figures(figures)) => figures.into_iter().next().expect("a commune"),
        _ => panic!("{} {}", answer.status, answer.text()),
    }
}

#[tokio::test]
async fn a_first_receipt_is_in_time_or_not_and_a_later_change_changes_nothing_of_it() {
    let test = working().await;
    let phone = owner(&test, 1).await;
    let officer = Hand::join(&test, 2, Role::Officer, COMMUNE, phone.house).await;
    assert_eq!((figures(&test, &officer).await.judged, figures(&test, &officer).await.in_time), (0, 0));
    let (tonight, late) = (phone.notice(1, "Sùng A Pó", "012201000217"), phone.notice_after(2, 3 * 24 * 60));
    phone.send(&test, &phone.carrying([&tonight])).await;
    // What was begun before and is handed in later is judged then.
    let mut draft = phone.carrying([&late]);
    let submit = draft.acts.pop().expect("a submission");
    phone.send(&test, &draft).await;
    assert_eq!(figures(&test, &officer).await.judged, 1);
    let mut up = phone.hello();
    up.acts = vec![submit];
    phone.send(&test, &up).await;
    let told = figures(&test, &officer).await;
    assert_eq!((told.notices, told.judged, told.in_time), (2, 2, 1));

    phone.send(&test, &phone.carrying([&phone.moved(&late, "7")])).await;
    let told = figures(&test, &officer).await;
    assert_eq!((told.judged, told.in_time), (2, 1));
}
