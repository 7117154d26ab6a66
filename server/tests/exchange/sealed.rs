//! Sealed copies at the office: carried by anybody, judged as frames of who made them.

use axum::body::Body;
use axum::http::{Request, StatusCode};
use sync::dice::Dice;
use sync::frame::down::Verdict;
use sync::frame::up::Up;
use sync::sealed::{self, Fate};

use crate::hand::{Hand, act_verdict, count, verdict};
use crate::office::{Answer, TestOffice, ask};
use crate::{owner, working};

/// The copy a device makes of this frame.
pub fn copy(test: &TestOffice, hand: &Hand, up: &Up, dice: u8) -> Vec<u8> {
    let key = server::hex::decode_exact(&test.office.keys.box_public()).expect("a key");
    // A copy speaks of what was saved and of nothing the device has seen.
    let bare = Up { have: Vec::new(), parcels: up.parcels.clone(), acts: up.acts.clone(), ..hand.hello() };
    sealed::seal(&bare.encode(&hand.key), &key, &mut Dice::new([dice; 32])).expect("a copy")
}

pub async fn post(test: &TestOffice, body: Vec<u8>) -> Answer {
    ask(&test.router, Request::post("/sealed").body(Body::from(body)).expect("a request")).await
}

/// Carries copies and reads what became of each.
pub async fn carry(test: &TestOffice, copies: &[Vec<u8>]) -> Vec<Fate> {
    let (body, inside) = sealed::bundle(copies.iter().map(Vec::as_slice));
    assert_eq!(inside, copies.len());
    let answer = post(test, body).await;
    assert_eq!(answer.status, StatusCode::OK);
    assert_eq!(answer.header("content-type"), sealed::CONTENT_TYPE);
    sealed::told(&answer.body).expect("an answer").fates
}

#[tokio::test]
async fn what_was_carried_by_nobody_in_particular_is_its_authors_and_the_author_gets_the_receipt() {
    let test = working().await;
    let (first, second) = (owner(&test, 1).await, owner(&test, 2).await);
    let one = first.notice(1, "Sùng A Pó", "012201000217");
    let other = second.notice(2, "Lầu Thị Dợ", "012301000218");
    let copies = [
        copy(&test, &first, &first.carrying([&one]), 1),
        copy(&test, &second, &second.carrying([&other]), 2),
    ];
    assert_eq!(carry(&test, &copies).await, [Fate::Taken; 2]);
    let rows = count(&test, "log").await;
    assert_eq!(carry(&test, &copies).await, [Fate::Taken; 2]);
    assert_eq!(count(&test, "log").await, rows, "a copy that comes again leaves no row");

    let down = first.send(&test, &first.carrying([&one])).await;
    assert_eq!(verdict(&down, one.dossier), Some(Verdict::Accepted));
    assert_eq!(act_verdict(&down, &one.submit), Some(Verdict::Accepted));
    assert_eq!(down.receipts.len(), 1);
    assert_eq!(down.recorded[0].recorded.by.account, first.account);
    assert_eq!(count(&test, "log").await, rows);
}

#[tokio::test]
async fn a_forged_cut_or_early_copy_is_left_and_the_sound_one_beside_it_is_taken() {
    let test = working().await;
    let (phone, thief) = (owner(&test, 1).await, owner(&test, 2).await);
    let notice = phone.notice(1, "Sùng A Pó", "012201000217");
    let sound = copy(&test, &phone, &phone.carrying([&notice]), 1);
    let forger = Hand { handle: phone.handle, ..thief };
    let forged = copy(&test, &forger, &forger.carrying([&phone.notice(2, "Lầu Thị Dợ", "012301000218")]), 2);
    let mut cut = sound.clone();
    cut.truncate(60);
    let moved = phone.moved(&phone.notice(3, "Vàng A Chỉnh", "012201000011"), "7");
    let mut later = phone.carrying([&moved]);
    later.parcels[0].changes.remove(0);
    let early = copy(&test, &phone, &later, 3);
    let fates = carry(&test, &[forged, cut, early, b"".to_vec(), sound]).await;
    assert_eq!(fates, [Fate::Left, Fate::Left, Fate::Left, Fate::Left, Fate::Taken]);
    assert_eq!(count(&test, "log").await, 4);
}

#[tokio::test]
async fn a_body_that_is_none_is_refused_and_one_that_is_too_large_is_not_read() {
    let test = working().await;
    for body in [Vec::new(), b"<html>".to_vec(), b"BKS\x01\x02".to_vec(), b"BKS\x01\x01\xff\xff\xff".to_vec()]
    {
        assert_eq!(post(&test, body).await.status, StatusCode::BAD_REQUEST);
    }
    let huge = [&b"BKS\x01\x01"[..], &vec![0; 300 * 1024]].concat();
    assert!(post(&test, huge).await.status.as_u16() >= 400);
}
