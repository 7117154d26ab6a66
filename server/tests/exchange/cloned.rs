//! A device of which there are two, at a real office: noticed by what it has read, and never for what a line does to
//! frames.

use axum::http::StatusCode;
use dossier::access::DeviceStatus;
use dossier::id::DeviceHandle;
use ed25519_dalek::SigningKey;
use server::clock;
use server::store::device;
use sync::copied;
use sync::frame::Have;
use sync::frame::down::Verdict;
use sync::frame::up::Up;
use sync::receipt::Epoch;
use sync::sealed::Fate;

use crate::hand::{Hand, act_verdict, count, verdict};
use crate::office::TestOffice;
use crate::sealed::{carry, copy};
use crate::{owner, working};

/// A frame of a device that has met the office and read its log so far; `minutes` from now by its own clock.
fn reading(test: &TestOffice, hand: &Hand, low: u64, minutes: i64) -> Up {
    Up {
        epoch: Epoch(test.office.epoch.dice),
        have: vec![(hand.scope, Have::all(low))],
        claimed_at: clock::now().plus_minutes(minutes),
        ..hand.hello()
    }
}

async fn status(test: &TestOffice, hand: &Hand) -> DeviceStatus {
    let found = device::find(test.office.store.readers(), hand.handle, clock::now().day()).await;
    found.expect("a read").expect("a device").principal.device
}

/// A phone that has filed one notice and knows that it has.
async fn phone_that_has_read(test: &TestOffice) -> Hand {
    let phone = owner(test, 1).await;
    let notice = phone.notice(1, "Sùng A Pó", "012201000217");
    let down = phone.send(test, &phone.carrying([&notice])).await;
    let (_, read) = down.cursors[0];
    assert_eq!(read.low, 4);
    assert_eq!(phone.post(test, &reading(test, &phone, read.low, 1)).await.status, StatusCode::OK);
    phone
}

#[tokio::test]
async fn a_device_that_has_read_less_than_before_is_marked_told_and_left_with_all_it_has() {
    let test = working().await;
    let phone = phone_that_has_read(&test).await;
    let rows = count(&test, "log").await;
    let notice = phone.notice(2, "Lầu Thị Dợ", "012301000218");
    let up = Up {
        parcels: vec![notice.parcel.clone()],
        acts: vec![notice.submit.clone()],
        ..reading(&test, &phone, 2, 2)
    };
    for _ in 0..2 {
        let answer = phone.post(&test, &up).await;
        assert_eq!(
            (answer.status, answer.header("content-type")),
            (StatusCode::CONFLICT, copied::CONTENT_TYPE)
        );
        assert!(answer.body.is_empty());
    }
    assert_eq!(status(&test, &phone).await, DeviceStatus::Cloned);
    // Whoever speaks for it, with all it has read or with nothing, is told the same; a sealed copy is left.
    for up in [reading(&test, &phone, 4, 3), phone.hello()] {
        assert_eq!(phone.post(&test, &up).await.status, StatusCode::CONFLICT);
    }
    assert_eq!(carry(&test, &[copy(&test, &phone, &phone.carrying([&notice]), 1)]).await, [Fate::Left]);
    assert_eq!((count(&test, "log").await, count(&test, "quarantine").await), (rows, 0));
    // Nobody else learns it.
    let thief = Hand { handle: phone.handle, ..owner(&test, 2).await };
    assert_eq!(thief.post(&test, &thief.hello()).await.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn the_same_person_by_another_handle_goes_on_with_everything_that_waited() {
    let test = working().await;
    let phone = phone_that_has_read(&test).await;
    let (one, other) =
        (phone.notice(2, "Lầu Thị Dợ", "012301000218"), phone.notice(3, "Vàng A Chỉnh", "012201000011"));
    assert_eq!(phone.post(&test, &reading(&test, &phone, 0, 2)).await.status, StatusCode::CONFLICT);
    // Both copies sign in again; each brings what it has, one of them what both have.
    for (seed, brings) in [(0x21, vec![&one]), (0x22, vec![&one, &other])] {
        let (key, handle) = (SigningKey::from_bytes(&[seed; 32]), DeviceHandle([seed; 3]));
        let public = key.verifying_key().to_bytes();
        let mut transaction = test.office.store.begin().await.expect("a transaction");
        device::insert(&mut *transaction, handle, phone.account, public, "máy thử", clock::now())
            .await
            .expect("a device");
        transaction.commit().await.expect("a commit");
        let again = Hand { key, handle, ..phone_of(&phone) };
        let waiting = phone.carrying(brings.iter().copied());
        let up = Up { parcels: waiting.parcels, acts: waiting.acts, ..reading(&test, &again, 2, 3) };
        let down = again.send(&test, &up).await;
        for notice in brings {
            assert_eq!(verdict(&down, notice.dossier), Some(Verdict::Accepted));
            assert_eq!(act_verdict(&down, &notice.submit), Some(Verdict::Accepted));
        }
    }
    assert_eq!(count(&test, "dossier").await, 3, "what both had stands once");
}

fn phone_of(hand: &Hand) -> Hand {
    Hand {
        key: hand.key.clone(),
        handle: hand.handle,
        account: hand.account,
        house: hand.house,
        scope: hand.scope,
    }
}

#[tokio::test]
async fn what_a_line_repeats_or_delays_and_a_device_that_begins_anew_alarm_nobody() {
    let test = working().await;
    let phone = phone_that_has_read(&test).await;
    let down = phone.send(&test, &reading(&test, &phone, 4, 10)).await;
    assert_eq!(down.cursors[0].1.low, 4);
    for harmless in [
        // The same frame again, an earlier one that was under way for long, one of a clock that was set back.
        reading(&test, &phone, 4, 10),
        reading(&test, &phone, 0, 5),
        reading(&test, &phone, 4, -600),
        // What it knew of the office is lost.
        phone.hello(),
        // Another log: the person moved to another commune's scope.
        Up { have: Vec::new(), ..reading(&test, &phone, 0, 20) },
    ] {
        assert_eq!(phone.post(&test, &harmless).await.status, StatusCode::OK);
    }
    assert_eq!(status(&test, &phone).await, DeviceStatus::Ok);
}

#[tokio::test]
async fn what_a_device_has_read_outlives_the_office_and_counts_anew_once_the_desk_has_put_it_in_order() {
    let test = working().await;
    let phone = phone_that_has_read(&test).await;
    // What only memory knew is gone; what was written with a frame that carried is not.
    let notice = phone.notice(2, "Lầu Thị Dợ", "012301000218");
    let carried = phone.carrying([&notice]);
    let up = Up { parcels: carried.parcels, acts: carried.acts, ..reading(&test, &phone, 4, 2) };
    phone.send(&test, &up).await;
    test.office.readings.forget(phone.handle);
    let back = reading(&test, &phone, 2, 3);
    assert_eq!(phone.post(&test, &back).await.status, StatusCode::CONFLICT);

    let mut transaction = test.office.store.begin().await.expect("a transaction");
    assert!(device::reinstate(&mut *transaction, phone.handle, clock::now()).await.expect("a write"));
    assert!(
        !device::reinstate(&mut *transaction, phone.handle, clock::now()).await.expect("in order already")
    );
    transaction.commit().await.expect("a commit");
    test.office.readings.forget(phone.handle);
    assert_eq!(phone.post(&test, &back).await.status, StatusCode::OK);
    assert_eq!(
        phone.post(&test, &reading(&test, &phone, 0, 4)).await.status,
        StatusCode::CONFLICT,
        "two after all"
    );
}
