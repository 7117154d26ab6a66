//! A revoked device at the door: what it brings is kept, and it is told to wipe itself.

use axum::http::StatusCode;
use server::clock;
use server::store::device;
use sync::sealed::{Fate, Question};
use sync::wipe;

use crate::hand::{Hand, count};
use crate::office::TestOffice;
use crate::sealed::{carry, copy, post};
use crate::{owner, working};

pub async fn revoke(test: &TestOffice, hand: &Hand) {
    let mut transaction = test.office.store.begin().await.expect("a transaction");
    assert!(device::revoke(&mut *transaction, hand.handle, clock::now()).await.expect("a write"));
    transaction.commit().await.expect("a commit");
}

#[tokio::test]
async fn a_revoked_devices_frame_is_kept_whole_and_answered_with_an_order_it_can_verify() {
    let test = working().await;
    let phone = owner(&test, 1).await;
    let notice = phone.notice(1, "Sùng A Pó", "012201000217");
    revoke(&test, &phone).await;
    let up = phone.carrying([&notice]);
    let frame = wipe::digest(&up.encode(&phone.key));
    for _ in 0..2 {
        let answer = phone.post(&test, &up).await;
        assert_eq!(answer.status, StatusCode::GONE);
        assert_eq!(answer.header("content-type"), wipe::CONTENT_TYPE);
        let keys = test.office.keys.receipt_verifying();
        assert!(wipe::is_genuine(&answer.body, phone.handle, &frame, &keys));
    }
    assert_eq!((count(&test, "log").await, count(&test, "quarantine").await), (0, 1));
    let row: (String, Vec<u8>) = sqlx::query_as("select why, sealed from quarantine")
        .fetch_one(test.office.store.readers())
        .await
        .expect("a row");
    assert_eq!(row.0, "Revoked");
    let name = "Sùng A Pó".as_bytes();
    assert!(!row.1.windows(name.len()).any(|window| window == name), "sealed");

    // A frame that brings nothing leaves nothing.
    assert_eq!(phone.post(&test, &phone.hello()).await.status, StatusCode::GONE);
    assert_eq!(count(&test, "quarantine").await, 1);
}

#[tokio::test]
async fn nobody_else_gets_an_order_for_a_revoked_device() {
    let test = working().await;
    let (phone, thief) = (owner(&test, 1).await, owner(&test, 2).await);
    revoke(&test, &phone).await;
    let forger = Hand { handle: phone.handle, ..thief };
    let notice = forger.notice(1, "Sùng A Pó", "012201000217");
    assert_eq!(forger.post(&test, &forger.carrying([&notice])).await.status, StatusCode::UNAUTHORIZED);
    assert_eq!(count(&test, "quarantine").await, 0);
}

#[tokio::test]
async fn a_sealed_copy_of_a_revoked_device_goes_to_quarantine_once_and_is_taken() {
    let test = working().await;
    let phone = owner(&test, 1).await;
    let notice = phone.notice(1, "Sùng A Pó", "012201000217");
    revoke(&test, &phone).await;
    let copies = [copy(&test, &phone, &phone.carrying([&notice]), 1)];
    assert_eq!(carry(&test, &copies).await, [Fate::Taken]);
    assert_eq!(carry(&test, &copies).await, [Fate::Taken]);
    assert_eq!((count(&test, "log").await, count(&test, "quarantine").await), (0, 1));
}

#[tokio::test]
async fn a_locked_device_is_told_by_its_own_dice_that_it_was_revoked_and_nobody_else_is() {
    let test = working().await;
    let (lost, sound) = (owner(&test, 1).await, owner(&test, 2).await);
    let notice = lost.notice(1, "Sùng A Pó", "012201000217");
    revoke(&test, &lost).await;
    let unknown = dossier::id::DeviceHandle([0x77; 3]);
    let devices = vec![lost.handle, sound.handle, unknown];
    let question = Question { challenge: [9; 32], devices };
    let copies = [copy(&test, &lost, &lost.carrying([&notice]), 1)];
    let (body, inside) = sync::sealed::asking(&question, copies.iter().map(Vec::as_slice));
    assert_eq!(inside, 1);
    let answer = post(&test, body).await;
    assert_eq!((answer.status, answer.header("cache-control")), (StatusCode::OK, "no-store"));
    let told = sync::sealed::told(&answer.body).expect("an answer");
    assert_eq!((told.fates, told.orders.len()), (vec![Fate::Taken], 1));
    let (device, order) = &told.orders[0];
    let keys = test.office.keys.receipt_verifying();
    assert_eq!(*device, lost.handle);
    assert!(wipe::is_genuine(order, lost.handle, &wipe::digest_of_question(&[9; 32]), &keys));
    assert!(!wipe::is_genuine(order, lost.handle, &wipe::digest_of_question(&[8; 32]), &keys));
    assert!(
        !wipe::is_genuine(order, lost.handle, &wipe::digest(&[9; 32]), &keys),
        "no frame is answered by it"
    );
    assert_eq!((count(&test, "log").await, count(&test, "quarantine").await), (0, 1));
}
