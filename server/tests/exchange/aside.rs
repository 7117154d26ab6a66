//! What revoked devices brought: its own room, and what becomes of it once somebody has looked.

use axum::body::Body;
use axum::http::{Request, StatusCode};
use dossier::access::Role;
use dossier::manage::{AsideLine, Ask, Objection, Told};
use dossier::moment::{MinuteOfDay, Moment};
use server::store::revoked::MOST;
use server::{clock, dice};
use sync::frame::down::Verdict;
use sync::frame::up::Up;
use sync::request::{Call, CallFailure, Heard, read};
use sync::sealed::Fate;
use sync::wipe;

use crate::hand::{Hand, Notice, count, verdict};
use crate::office::{COMMUNE, TestOffice, ask};
use crate::revoked::revoke;
use crate::sealed::{carry, copy};
use crate::{owner, working};

async fn asked(test: &TestOffice, hand: &Hand, question: Ask) -> Result<Told, CallFailure> {
    let call = Call::of(&question, &hand.handle.to_string(), &hand.key, clock::now(), dice::roll());
    let request = Request::builder().method(call.method).uri(&call.path);
    let request = request.header("authorization", call.authorization).body(Body::from(call.body));
    let answer = ask(&test.router, request.expect("a request")).await;
    let json = answer.header("content-type").starts_with("application/json");
    let status = answer.status.as_u16();
    read(&Heard { status, json, body: answer.body, at: None })
}

async fn aside(test: &TestOffice, officer: &Hand) -> Vec<AsideLine> {
    match asked(test, officer, Ask::Aside).await {
        Ok(Told::Aside(lines)) => lines,
        other => panic!("{other:?}"),
    }
}

async fn officer(test: &TestOffice, phone: &Hand) -> Hand {
    Hand::join(test, 40, Role::Head, COMMUNE, phone.house).await
}

/// One frame of a revoked phone, and the head who looks at it.
async fn kept(test: &TestOffice) -> (Hand, Hand, Notice, AsideLine) {
    let phone = owner(test, 1).await;
    let head = officer(test, &phone).await;
    let notice = phone.notice(1, "Sùng A Pó", "012201000217");
    let before = Up { claimed_at: clock::now().plus_minutes(-60), ..phone.carrying([&notice]) };
    revoke(test, &phone).await;
    assert_eq!(phone.post(test, &before).await.status, StatusCode::GONE);
    let line = aside(test, &head).await.pop().expect("it waits");
    (phone, head, notice, line)
}

#[tokio::test]
async fn what_was_kept_aside_is_listed_with_what_it_claims_and_names_no_guest() {
    let test = working().await;
    let (phone, head, _, line) = kept(&test).await;
    assert_eq!((line.handle, line.notices, line.carried, line.full), (phone.handle, 1, false, false));
    assert!(line.claimed < line.revoked && line.revoked <= Some(line.came), "made before, come after");
    let told = serde_json::to_string(&Told::Aside(aside(&test, &head).await)).expect("json");
    assert!(!told.contains("Pó") && !told.contains("0217"));
}

#[tokio::test]
async fn whoever_decides_first_sees_what_it_is_whose_and_what_it_says() {
    let test = working().await;
    let (phone, head, _, line) = kept(&test).await;
    let parts = match asked(&test, &head, Ask::LookAside(line.number)).await {
        Ok(Told::AsideParts(parts)) => parts,
        other => panic!("{other:?}"),
    };
    let [part] = &parts[..] else { panic!("{parts:?}") };
    assert_eq!(part.title, "Thông báo lưu trú");
    let line_of = |label: &str| part.lines.iter().find(|(named, _)| named == label).map(|(_, value)| value);
    let guest = line_of("Khách").expect("a guest");
    assert!(guest.contains("Sùng A Pó") && guest.contains("012 201 000 217"), "{guest:?}");
    assert_eq!(line_of("Là").map(String::as_str), Some("hồ sơ mới"));
    assert!(line_of("Của").is_some_and(|whose| whose.contains(" · ")), "{:?}", part.lines);
    assert!(line_of("Việc").is_some_and(|deeds| deeds.starts_with("nộp, máy ghi ")), "{:?}", part.lines);
    // Looking takes nothing, and nobody else looks: not a neighbour, nor its author.
    assert_eq!((aside(&test, &head).await.len(), count(&test, "log").await), (1, 0));
    let neighbour = owner(&test, 3).await;
    assert_eq!(asked(&test, &neighbour, Ask::LookAside(line.number)).await, Err(CallFailure::Forbidden));
    assert_eq!(asked(&test, &head, Ask::LookAside(line.number + 1)).await, gone());
    assert!(asked(&test, &phone, Ask::LookAside(line.number)).await.is_err());
}

#[tokio::test]
async fn a_frame_shows_no_dossier_its_author_may_not_know() {
    let test = working().await;
    let phone = owner(&test, 1).await;
    let head = officer(&test, &phone).await;
    let theirs = phone.notice(1, "Sùng A Pó", "012201000217");
    phone.send(&test, &phone.carrying([&theirs])).await;
    // Somebody else's device speaks of it with an act alone.
    let other = owner(&test, 5).await;
    let up = Up { parcels: Vec::new(), ..other.carrying([&theirs]) };
    revoke(&test, &other).await;
    assert_eq!(other.post(&test, &up).await.status, StatusCode::GONE);
    let line = aside(&test, &head).await.pop().expect("it waits");
    let Ok(Told::AsideParts(parts)) = asked(&test, &head, Ask::LookAside(line.number)).await else {
        panic!("parts")
    };
    assert!(parts.len() == 1 && !format!("{parts:?}").contains("Pó"), "{parts:?}");
    assert!(parts[0].lines.iter().any(|(_, value)| value == "sửa hồ sơ nơi nhận đã có"), "{parts:?}");
}

#[tokio::test]
async fn what_is_taken_is_filed_as_its_authors_receipted_and_dated_when_it_came() {
    let test = working().await;
    let (phone, head, notice, line) = kept(&test).await;
    // It came two hours ago, or when the day began: before that the person's role did not hold.
    let midnight = Moment::at(line.came.day(), MinuteOfDay(0));
    let came = line.came.plus_minutes(-120).max(midnight);
    let mut transaction = test.office.store.begin().await.expect("a transaction");
    sqlx::query("update quarantine set at = ?")
        .bind(came.0)
        .execute(&mut *transaction)
        .await
        .expect("a write");
    transaction.commit().await.expect("a commit");
    assert_eq!(asked(&test, &head, Ask::TakeAside(line.number)).await, Ok(Told::Done));
    assert!(aside(&test, &head).await.is_empty());
    assert_eq!(asked(&test, &head, Ask::TakeAside(line.number)).await, gone(), "once");

    // Another phone of the house sees it, by its author, with a receipt that verifies.
    let other = Hand::join(&test, 2, Role::Owner, COMMUNE, phone.house).await;
    let down = other.send(&test, &other.hello()).await;
    assert_eq!((down.parcels.len(), down.recorded.len(), down.receipts.len()), (1, 1, 1));
    assert_eq!(down.parcels[0].dossier, notice.dossier);
    assert_eq!(down.recorded[0].recorded.by.account, phone.account);
    let receipt = &down.receipts[0];
    assert_eq!(receipt.verify(&test.office.keys.receipt_verifying()), Ok(()));
    assert_eq!((receipt.root.received_at, down.recorded[0].recorded.at), (came, came));
    // The phone is no more in order than before, and was not heard.
    assert_eq!(phone.post(&test, &phone.hello()).await.status, StatusCode::GONE);
    let row: (Vec<u8>, String, Option<i64>) =
        sqlx::query_as("select sealed, decided, decided_by from quarantine")
            .fetch_one(test.office.store.readers())
            .await
            .expect("a record stays");
    assert_eq!((row.0, row.1.as_str(), row.2), (Vec::new(), "accepted", Some(head.account.0.into())));
}

fn gone() -> Result<Told, CallFailure> {
    Err(CallFailure::Objected(Objection::Unknown))
}

#[tokio::test]
async fn what_is_dropped_leaves_a_record_without_content_and_does_not_come_back() {
    let test = working().await;
    let (phone, head, notice, line) = kept(&test).await;
    let reason = "máy đã mất từ hôm trước".parse().expect("words");
    assert_eq!(asked(&test, &head, Ask::DropAside(line.number, reason)).await, Ok(Told::Done));
    let row: (Vec<u8>, String, String) = sqlx::query_as("select sealed, decided, reason from quarantine")
        .fetch_one(test.office.store.readers())
        .await
        .expect("a record stays");
    assert_eq!(row, (Vec::new(), "dropped".into(), "máy đã mất từ hôm trước".into()));
    let copies = [copy(&test, &phone, &phone.carrying([&notice]), 1)];
    for _ in 0..2 {
        assert_eq!(carry(&test, &copies).await, [Fate::Taken]);
    }
    assert_eq!(
        (count(&test, "quarantine").await, count(&test, "log").await),
        (2, 0),
        "another frame, looked at anew"
    );
    // Only the police of the place look.
    let neighbour = owner(&test, 3).await;
    assert_eq!(asked(&test, &neighbour, Ask::Aside).await, Err(CallFailure::Forbidden));
}

#[tokio::test]
async fn what_its_author_has_no_right_to_or_what_follows_on_nothing_stays_until_it_is_dropped() {
    let test = working().await;
    let (phone, head, ..) = kept(&test).await;
    let mut other = owner(&test, 5).await;
    other.house = phone.house;
    let foreign = other.notice(9, "Sùng A Pó", "012201000217");
    revoke(&test, &other).await;
    assert_eq!(other.post(&test, &other.carrying([&foreign])).await.status, StatusCode::GONE);
    let line = aside(&test, &head).await.pop().expect("it waits");
    assert_eq!(line.handle, other.handle);
    let unfit = Err(CallFailure::Objected(Objection::Unfit));
    assert_eq!(asked(&test, &head, Ask::TakeAside(line.number)).await, unfit);
    assert_eq!((aside(&test, &head).await.len(), count(&test, "log").await), (2, 0));
}

#[tokio::test]
async fn a_full_room_of_copies_stops_no_order_and_a_full_room_of_frames_loses_nothing() {
    let test = working().await;
    let phone = owner(&test, 1).await;
    let head = officer(&test, &phone).await;
    let notice = phone.notice(1, "Sùng A Pó", "012201000217");
    revoke(&test, &phone).await;
    let said = |minutes: i64| Up {
        claimed_at: Moment(clock::now().0 + minutes * 60_000),
        have: Vec::new(),
        ..phone.carrying([&notice])
    };
    for round in 0..MOST {
        let sealed = [copy(&test, &phone, &said(i64::from(round)), 1)];
        assert_eq!(carry(&test, &sealed).await, [Fate::Taken]);
    }
    let more = [copy(&test, &phone, &said(-1), 1)];
    assert_eq!(carry(&test, &more).await, [Fate::Left], "it stays with whoever carries it");
    assert!(aside(&test, &head).await.iter().all(|line| line.full && line.carried));
    // The device itself hands over and is told to wipe all the same.
    for round in 0..MOST {
        assert_eq!(phone.post(&test, &said(1_000 + i64::from(round))).await.status, StatusCode::GONE);
    }
    let up = said(5_000);
    let answer = phone.post(&test, &up).await;
    assert_eq!((answer.status, answer.header("retry-after")), (StatusCode::SERVICE_UNAVAILABLE, "3"));
    // With nothing to hand over it is told, however full the room is.
    let hello = phone.hello();
    let answer = phone.post(&test, &hello).await;
    assert_eq!(answer.status, StatusCode::GONE);
    let keys = test.office.keys.receipt_verifying();
    assert!(wipe::is_genuine(&answer.body, phone.handle, &wipe::digest(&hello.encode(&phone.key)), &keys));
    // Somebody makes room: the device comes back and is heard.
    let line = aside(&test, &head).await.into_iter().find(|line| !line.carried).expect("one of its own");
    let reason = "đã hỏi lại".parse().expect("words");
    assert_eq!(asked(&test, &head, Ask::DropAside(line.number, reason)).await, Ok(Told::Done));
    assert_eq!(phone.post(&test, &up).await.status, StatusCode::GONE);
    // What others send is judged as ever.
    let other = Hand::join(&test, 2, Role::Owner, COMMUNE, phone.house).await;
    let theirs = other.notice(2, "Lầu Thị Dợ", "012301000218");
    let down = other.send(&test, &other.carrying([&theirs])).await;
    assert_eq!(verdict(&down, theirs.dossier), Some(Verdict::Accepted));
}
