//! An office in bad hours: too many at once, and a database that was restored from an older copy.

use std::time::{Duration, Instant};

use axum::body::Body;
use axum::http::{Request, StatusCode};
use dossier::access::Role;
use futures_util::StreamExt;
use server::exchange::writer;
use server::routes;
use server::store::dossier as log;
use sync::frame::Have;
use sync::frame::down::Verdict;
use sync::frame::up::Up;
use sync::receipt::{Epoch, Receipt};
use tower::ServiceExt;

use crate::hand::{Hand, count, verdict};
use crate::office::{COMMUNE, TestOffice, open, router, test_office};
use crate::{owner, working};

#[tokio::test]
async fn whoever_finds_the_queue_full_is_asked_to_come_back_and_loses_nothing() {
    let test = test_office().await;
    test.add_commune().await;
    let phone = owner(&test, 1).await;
    let early: Vec<_> = (0..256)
        .map(|_| {
            let (router, body) =
                (test.router.clone(), phone.carrying([&phone.notice(1, "Sùng A Pó", "012201000217")]));
            let body = Body::from(body.encode(&phone.key));
            tokio::spawn(router.oneshot(Request::post("/sync").body(body).expect("a request")))
        })
        .collect();
    let begun = Instant::now();
    while test.office.writer.waiting() < 256 && begun.elapsed() < Duration::from_secs(20) {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    let late = phone.notice(2, "Chang Thị Pàng", "012301000219");
    let refused = phone.post(&test, &phone.carrying([&late])).await;
    assert_eq!(refused.status, StatusCode::SERVICE_UNAVAILABLE);
    let seconds: u64 = refused.header("retry-after").parse().expect("seconds");
    assert!((1..=60).contains(&seconds), "{seconds}");

    tokio::spawn(writer::run(test.office.clone()));
    for answer in early {
        assert_eq!(answer.await.expect("a task").expect("an answer").status(), StatusCode::OK);
    }
    assert_eq!(count(&test, "log").await, 4, "256 times the same frame is one notice");
    let down = phone.send(&test, &phone.carrying([&late])).await;
    assert_eq!(verdict(&down, late.dossier), Some(Verdict::Accepted));
}

/// The office of the same directory, opened again; with the database of `copy` if there is one.
pub async fn reopened(test: TestOffice, copy: Option<&[u8]>) -> TestOffice {
    let TestOffice { dir, office, router: old } = test;
    office.close();
    office.store.close().await.expect("closed");
    drop((office, old));
    // The writer holds the office until it has seen the end.
    tokio::time::sleep(Duration::from_millis(100)).await;
    if let Some(copy) = copy {
        std::fs::write(dir.path().join("data/bankhai.db"), copy).expect("restored");
    }
    let office = open(dir.path()).await;
    tokio::spawn(writer::run(office.clone()));
    let router = router(routes::router(office.clone()));
    TestOffice { dir, office, router }
}

async fn receipts(test: &TestOffice, phone: &Hand, epoch: Epoch) -> Vec<Receipt> {
    let up = Up { epoch, ..phone.hello() };
    phone.send(test, &up).await.receipts
}

#[tokio::test]
async fn after_a_restore_everything_comes_back_under_the_number_it_had() {
    let test = working().await;
    let phone = owner(&test, 1).await;
    let before = phone.notice(1, "Sùng A Pó", "012201000217");
    phone.send(&test, &phone.carrying([&before])).await;
    let first = test.office.epoch.dice;
    let test = reopened(test, None).await;
    assert_eq!(test.office.epoch.dice, first, "closing and opening is the same life");
    let copy = std::fs::read(test.dir.path().join("data/bankhai.db")).expect("a copy");
    let after = phone.notice(2, "Chang Thị Pàng", "012301000219");
    phone.send(&test, &phone.carrying([&after])).await;
    let held = receipts(&test, &phone, Epoch(first)).await;
    assert_eq!(held.len(), 2);

    let test = reopened(test, Some(&copy)).await;
    let second = test.office.epoch.dice;
    assert_ne!(second, first, "a new epoch");
    let forgotten = log::story(test.office.store.readers(), after.dossier).await.expect("a read");
    assert!(forgotten.is_empty());

    // The phone still speaks to the office of before: it hears of the restore and nothing is judged.
    let rows = count(&test, "log").await;
    let mut up = phone.carrying([&before, &after]);
    up.epoch = Epoch(first);
    let told = phone.send(&test, &up).await;
    assert_eq!(told.epoch, Epoch(second));
    assert!(told.verdicts.is_empty() && told.issued.is_none());
    assert_eq!(count(&test, "log").await, rows);

    // Then it offers everything, receipts too.
    let mut up = phone.carrying([&before, &after]);
    up.epoch = Epoch(second);
    up.receipts = held.clone();
    phone.send(&test, &up).await;
    let again = receipts(&test, &phone, Epoch(second)).await;
    for receipt in &held {
        let same = again.iter().filter(|other| other.dossier == receipt.dossier);
        let numbers: Vec<_> = same.map(|other| other.number()).collect();
        assert!(
            !numbers.is_empty() && numbers.iter().all(|number| *number == receipt.number()),
            "{numbers:?}"
        );
    }
    // And what is new gets a number nobody had.
    let new = phone.notice(3, "Vàng Seo Lử", "012201000220");
    let mut up = phone.carrying([&new]);
    up.epoch = Epoch(second);
    let issued = phone.send(&test, &up).await.issued.expect("a receipt");
    assert_eq!(issued.leaves[0].number_epoch, Epoch(second));
}

#[tokio::test]
async fn an_open_desk_hears_of_a_filing_within_two_seconds() {
    let test = working().await;
    let phone = owner(&test, 1).await;
    let other = owner(&test, 2).await;
    let desk = Hand::join(&test, 3, Role::Officer, COMMUNE, phone.house).await;
    let listen = async |hand: &Hand| {
        let body = Body::from(hand.hello().encode(&hand.key));
        let request = Request::post("/events").body(body).expect("a request");
        let response = test.router.clone().oneshot(request).await.expect("an answer");
        assert_eq!(response.status(), StatusCode::OK);
        assert_eq!(response.headers()["cache-control"], "no-store");
        response.into_body().into_data_stream()
    };
    let mut hints = listen(&desk).await;
    let mut not_theirs = listen(&other).await;
    let notice = phone.notice(1, "Sùng A Pó", "012201000217");
    let begun = Instant::now();
    phone.send(&test, &phone.carrying([&notice])).await;
    let hint = tokio::time::timeout(Duration::from_secs(2), hints.next()).await.expect("within two seconds");
    let hint = String::from_utf8(hint.expect("a hint").expect("bytes").to_vec()).expect("text");
    assert!(begun.elapsed() < Duration::from_secs(2));
    let number: u64 = hint.trim().strip_prefix("data:").expect("data").trim().parse().expect("a log number");
    let mut up = desk.hello();
    up.have = vec![(desk.scope, Have::all(number))];
    up.epoch = Epoch(test.office.epoch.dice);
    assert!(desk.send(&test, &up).await.parcels.is_empty(), "the hint names the newest number");
    let silent = tokio::time::timeout(Duration::from_millis(200), not_theirs.next()).await;
    assert!(silent.is_err(), "another house hears nothing");
    // When the office closes, its streams end.
    test.office.close();
    assert!(tokio::time::timeout(Duration::from_secs(2), hints.next()).await.expect("an end").is_none());
}

#[tokio::test]
async fn what_came_between_an_exchange_and_the_listening_is_hinted_at_once() {
    let test = working().await;
    let phone = owner(&test, 1).await;
    let desk = Hand::join(&test, 3, Role::Officer, COMMUNE, phone.house).await;
    let first = |up: Up| {
        let body = Body::from(up.encode(&desk.key));
        let router = test.router.clone();
        async move {
            let request = Request::post("/events").body(body).expect("a request");
            let response = router.oneshot(request).await.expect("an answer");
            let mut hints = response.into_body().into_data_stream();
            tokio::time::timeout(Duration::from_millis(500), hints.next()).await.is_ok()
        }
    };
    let seen = |to| {
        let epoch = Epoch(test.office.epoch.dice);
        Up { epoch, have: vec![(desk.scope, Have::all(to))], ..desk.hello() }
    };
    let (one, two) =
        (phone.notice(1, "Sùng A Pó", "012201000217"), phone.notice(2, "Vàng Seo Lử", "012201000220"));
    phone.send(&test, &phone.carrying([&one])).await;
    let top = log::top(test.office.store.readers()).await.expect("a number");
    assert!(!first(seen(top)).await, "nothing is newer than what it has");
    phone.send(&test, &phone.carrying([&two])).await;
    assert!(first(seen(top)).await, "the second came while it was not listening");
}

#[tokio::test]
async fn a_dossier_that_cannot_be_read_holds_up_nobody_else() {
    let test = working().await;
    let (phone, other) = (owner(&test, 1).await, owner(&test, 2).await);
    let notice = phone.notice(1, "Sùng A Pó", "012201000217");
    phone.send(&test, &phone.carrying([&notice])).await;
    let mut transaction = test.office.store.begin().await.expect("a transaction");
    sqlx::query("update log set sealed = zeroblob(100) where number = 1")
        .execute(&mut *transaction)
        .await
        .expect("damage");
    // While this transaction is open the writer waits, and both frames land in one batch.
    let good = other.notice(2, "Chang Thị Pàng", "012301000219");
    let (broken, fine) = (phone.carrying([&phone.moved(&notice, "7")]), other.carrying([&good]));
    let commit = async {
        tokio::time::sleep(Duration::from_millis(300)).await;
        transaction.commit().await.expect("a commit");
    };
    let (broken, fine, ()) = tokio::join!(phone.post(&test, &broken), other.post(&test, &fine), commit);
    assert_eq!(broken.status, StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(fine.status, StatusCode::OK);
}
