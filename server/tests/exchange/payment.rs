//! Fees paid online, against a gateway on this machine: paid once however often it is told, asked for where nobody tells,
//! never lost, and naming nobody.

use std::path::Path;
use std::sync::atomic::Ordering;

use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode};
use axum::response::IntoResponse as _;
use dossier::act::Actor;
use dossier::filing::status::{FeeState, FilingStatus, Stage};
use dossier::filing::step::{Payment, ReturnWay, Step};
use dossier::moment::Moment;
use dossier::procedure::Exemption;
use dossier::view::Rejection;
use serde_json::json;
use server::clock;
use server::payment::gateway::Back;
use server::payment::reference::Reference;
use server::payment::signature::Signed;
use server::payment::{begin, look};
use server::routes::payment::take;
use sync::frame::down::Verdict;
use sync::frame::up::Up;
use sync::frame::{Have, Scope};

use crate::by_code::{SECRETS, accept, filed, page, story, tap};
use crate::filing::step;
use crate::gateway::{KEY, OFFICE, Simulator, notice, word};
use crate::hand::{Hand, Notice, act_verdict};
use crate::hours::reopened;
use crate::office::{Answer, COMMUNE, TestOffice, ask};
use crate::working;

const DONG: u64 = 15_000;
const PAY: &str = "/theo-doi/le-phi";
const HUB: &str = "/theo-doi/ho-so";

/// An office with a gateway, and a dossier whose fee is asked for.
async fn owing() -> (TestOffice, Simulator, (Hand, Hand), Notice) {
    let test = working().await;
    let simulator = Simulator::start();
    test.office.payments.open(simulator.gateway());
    let (member, officer, filed) = filed(&test).await;
    accept(&test, &officer, &filed, 7, ReturnWay::Electronic).await;
    tap(&test, &officer, &filed, 8, Step::FeeDue { dong: 15_000 }).await;
    (test, simulator, (member, officer), filed)
}

async fn told(test: &TestOffice, body: &str, signed: &Signed) -> Answer {
    let request = Request::post("/api/v1/payments/notice")
        .header("x-bankhai-time", &signed.time)
        .header("x-bankhai-signature", &signed.signature);
    ask(&test.router, request.body(Body::from(body.to_owned())).expect("a request")).await
}

/// The gateway tells that this was paid.
async fn paid(test: &TestOffice, reference: &str) -> StatusCode {
    let body = word(reference, DONG, "paid");
    told(test, &body, &notice(&body, clock::now())).await.status
}

async fn later(test: &TestOffice, minutes: i64) -> usize {
    look(&test.office, clock::now().plus_minutes(minutes)).await.expect("a look")
}

async fn status(test: &TestOffice, of: &Notice) -> FilingStatus {
    story(test, of).await.status()
}

fn refused(test: &TestOffice) -> u64 {
    test.office.metrics.payments_refused.load(Ordering::Relaxed)
}

fn is_paid_online(status: &FilingStatus) -> bool {
    matches!(status.fee, FeeState::Paid { dong: 15_000, how: Payment::Online, .. })
}

#[tokio::test]
async fn a_fee_paid_online_is_the_same_fact_as_cash_recorded_once_by_the_office_and_told_to_all_devices() {
    let (test, gateway, (member, officer), filed) = owing().await;
    let opened = page(&test, HUB, &[]).await;
    assert!(opened.contains("15.000 đồng") && opened.contains("Nộp lệ phí trực tuyến"), "{opened}");
    let paying = page(&test, PAY, &[]).await;
    let reference = gateway.references().pop().expect("a reference");
    for words in
        ["Lệ phí 15.000 đồng", &format!("https://tra.example.vn/{reference}"), "Mã VietQR", "tra.example.vn"]
    {
        assert!(paying.contains(words), "{words} is not in {paying}");
    }
    let waiting = page(&test, HUB, &[]).await;
    assert!(
        waiting.contains("Đang chờ cổng thanh toán xác nhận") && !waiting.contains("Đã nộp 15.000"),
        "{waiting}"
    );
    assert_eq!(paid(&test, &reference).await, StatusCode::OK);
    let kept = page(&test, HUB, &[]).await;
    assert!(
        kept.contains("Đã nộp 15.000 đồng lúc") && !kept.contains("chờ cổng"),
        "as soon as it is kept: {kept}"
    );
    assert_eq!(later(&test, 0).await, 1);
    let acts = story(&test, &filed).await.acts.len();
    assert_eq!(paid(&test, &reference).await, StatusCode::OK, "told again it is kept already");
    assert_eq!(
        (later(&test, 0).await, story(&test, &filed).await.acts.len()),
        (0, acts),
        "and is one payment"
    );
    assert_eq!(test.office.metrics.payments_kept.load(Ordering::Relaxed), 1);
    let stands = status(&test, &filed).await;
    assert!(is_paid_online(&stands) && stands.stage == Stage::Processing, "as after cash: {stands:?}");
    for (hand, scope) in [(&member, Scope::Account(member.account)), (&officer, Scope::Commune(COMMUNE))] {
        let up = Up { have: vec![(scope, Have::default())], ..hand.hello() };
        let down = hand.send(&test, &up).await;
        let by_gateway = down.recorded.iter().filter(|one| one.recorded.by == Actor::by_gateway(&reference));
        assert_eq!(by_gateway.count(), 1, "heard in the next exchange, with the reference");
    }
    let done = page(&test, HUB, &[]).await;
    assert!(done.contains("Đã nộp 15.000 đồng lúc") && !done.contains("Nộp lệ phí trực tuyến"), "{done}");
    assert!(page(&test, PAY, &[]).await.contains("không còn lệ phí phải nộp"));
    assert_eq!(gateway.heard("POST"), 1);
}

#[tokio::test]
async fn nothing_personal_leaves_for_the_gateway() {
    let (test, gateway, ..) = owing().await;
    page(&test, PAY, &[]).await;
    let reference = gateway.references().pop().expect("a reference");
    let sandbox = gateway.sandbox.lock().expect("a lock");
    let body = format!(
        "{{\"reference\":\"{reference}\",\"amount\":15000,\"purpose\":\"Lệ phí thủ tục hành chính\",\
         \"return_address\":\"{OFFICE}/theo-doi\",\"notify_address\":\"{OFFICE}/api/v1/payments/notice\"}}"
    );
    assert_eq!(sandbox.lines[0]["body"], json!(body));
    // Signatures are hexadecimal digits of any kind.
    let said: String =
        sandbox.lines.iter().map(|line| format!("{} {} ", line["path"], line["body"])).collect();
    for secret in SECRETS.iter().copied().chain(["4318", "tạm trú", crate::by_code::code().as_str()]) {
        assert!(!said.contains(secret), "{secret} in {said}");
    }
}

#[tokio::test]
async fn a_notice_that_is_forged_or_old_or_of_another_amount_or_reference_changes_nothing_and_is_counted() {
    let (test, gateway, _, filed) = owing().await;
    page(&test, PAY, &[]).await;
    let reference = gateway.references().pop().expect("a reference");
    let (body, now) = (word(&reference, DONG, "paid"), clock::now());
    let mut forged = notice(&body, now);
    forged.signature = forged.signature.chars().rev().collect();
    let unsigned = Signed { time: String::new(), signature: String::new() };
    for signed in [forged, unsigned, notice(&body, now.plus_minutes(-6)), notice("{}", now)] {
        assert_eq!(told(&test, &body, &signed).await.status, StatusCode::UNAUTHORIZED);
    }
    for (body, status) in [
        (word(&reference, 14_999, "paid"), StatusCode::UNPROCESSABLE_ENTITY),
        (word("7K2QD0M9XA7K2QD0", DONG, "paid"), StatusCode::NOT_FOUND),
        (word("' or 1=1 --", DONG, "paid"), StatusCode::NOT_FOUND),
        (word(&reference, DONG, "given"), StatusCode::BAD_REQUEST),
        ("{".to_owned(), StatusCode::BAD_REQUEST),
        (word(&reference, DONG, "waiting"), StatusCode::OK),
    ] {
        assert_eq!(told(&test, &body, &notice(&body, now)).await.status, status, "{body}");
    }
    assert_eq!(refused(&test), 3, "who keeps the office's accounts sees it in the figures");
    assert_eq!(later(&test, 0).await, 0);
    assert_eq!(status(&test, &filed).await.fee, FeeState::Due { dong: 15_000 });
    let without = working().await;
    assert_eq!(told(&without, &body, &notice(&body, now)).await.status, StatusCode::NOT_FOUND, "no gateway");
}

#[tokio::test]
async fn a_notice_that_never_came_is_asked_for_with_growing_waits() {
    let (test, gateway, _, filed) = owing().await;
    page(&test, PAY, &[]).await;
    assert_eq!((later(&test, 0).await, gateway.heard("GET")), (0, 0), "a notice has a minute to come");
    for (minutes, asked) in [(2, 1), (2, 1), (4, 2), (5, 2)] {
        assert_eq!((later(&test, minutes).await, gateway.heard("GET")), (0, asked), "{minutes}");
    }
    gateway.turn("paid");
    gateway.set(|sandbox| sandbox.forges = true);
    assert_eq!((later(&test, 60).await, gateway.heard("GET")), (0, 3), "nobody else's word counts");
    gateway.set(|sandbox| sandbox.forges = false);
    assert_eq!((later(&test, 120).await, gateway.heard("GET")), (1, 4));
    assert!(is_paid_online(&status(&test, &filed).await));
    assert_eq!((later(&test, 100_000).await, gateway.heard("GET")), (0, 4), "what is paid is not asked for");
}

#[tokio::test]
async fn a_gateway_that_is_away_is_told_by_the_button_and_the_next_try_is_the_same_payment() {
    let (test, gateway, _, filed) = owing().await;
    gateway.set(|sandbox| sandbox.away = true);
    assert!(page(&test, PAY, &[]).await.contains("Cổng thanh toán chưa trả lời"));
    let opened = page(&test, HUB, &[]).await;
    assert!(opened.contains("Nộp lệ phí trực tuyến") && !opened.contains("Đang chờ cổng"), "{opened}");
    assert_eq!(later(&test, 2).await, 0, "nor can it be asked");
    gateway.set(|sandbox| (sandbox.away, sandbox.forges) = (false, true));
    assert!(page(&test, PAY, &[]).await.contains("Cổng thanh toán chưa trả lời"), "somebody else's page");
    gateway.set(|sandbox| sandbox.forges = false);
    let (one, other) = tokio::join!(page(&test, PAY, &[]), page(&test, PAY, &[]));
    let references = gateway.references();
    let [reference] = references.as_slice() else { panic!("one payment: {references:?}") };
    assert!(one.contains(reference.as_str()) && other.contains(reference.as_str()));
    assert_eq!(paid(&test, reference).await, StatusCode::OK);
    later(&test, 0).await;
    assert!(is_paid_online(&status(&test, &filed).await));
}

#[tokio::test]
async fn what_comes_after_the_fee_was_waived_or_the_dossier_ended_is_kept_and_given_back_by_an_officer() {
    for ends in [false, true] {
        let (test, gateway, (_, officer), filed) = owing().await;
        page(&test, PAY, &[]).await;
        let reference = gateway.references().pop().expect("a reference");
        if ends {
            page(&test, "/theo-doi/rut", &[("sure", "1")]).await;
        } else {
            tap(&test, &officer, &filed, 9, Step::Exempt { reason: Exemption::BorderCommune }).await;
        }
        let before = status(&test, &filed).await;
        assert_eq!(paid(&test, &reference).await, StatusCode::OK);
        assert_eq!((later(&test, 0).await, later(&test, 0).await), (1, 0));
        let after = status(&test, &filed).await;
        assert_eq!(
            after,
            FilingStatus { surplus: 15_000, ..before.clone() },
            "nothing else is changed by it"
        );
        assert!(page(&test, HUB, &[]).await.contains("Đã nộp thừa 15.000 đồng"));
        assert_eq!(test.office.metrics.payments_over.load(Ordering::Relaxed), 1);
        tap(&test, &officer, &filed, 10, Step::Refunded { dong: 14_000 }).await;
        assert_eq!(status(&test, &filed).await.surplus, 15_000, "all of it or nothing");
        tap(&test, &officer, &filed, 11, Step::Refunded { dong: 15_000 }).await;
        assert_eq!(status(&test, &filed).await, before);
    }
}

#[tokio::test]
async fn no_device_says_what_only_the_gateway_knows_whatever_its_role() {
    let (test, _, (member, officer), filed) = owing().await;
    let said = [Step::FeePaid { dong: 15_000, how: Payment::Online }, Step::PaidOver { dong: 15_000 }];
    for (dice, what) in (20..).zip(said) {
        for hand in [&officer, &member] {
            let tap = step(&filed, dice, what.clone());
            let down = hand.send(&test, &Up { acts: vec![tap.clone()], ..hand.hello() }).await;
            assert_eq!(act_verdict(&down, &tap), Some(Verdict::Rejected(Rejection::Forbidden)), "{what:?}");
        }
    }
}

#[tokio::test]
async fn a_payment_that_was_called_off_is_begun_anew_and_of_two_that_come_one_is_to_be_given_back() {
    let (test, gateway, _, filed) = owing().await;
    page(&test, PAY, &[]).await;
    let first = gateway.references().pop().expect("a reference");
    gateway.turn("cancelled");
    later(&test, 2).await;
    let opened = page(&test, HUB, &[]).await;
    assert!(opened.contains("Nộp lệ phí trực tuyến") && !opened.contains("Đang chờ cổng"), "{opened}");
    page(&test, PAY, &[]).await;
    let second = gateway.references().into_iter().find(|one| *one != first).expect("another reference");
    for reference in [&second, &first, &second] {
        assert_eq!(paid(&test, reference).await, StatusCode::OK);
        later(&test, 0).await;
    }
    let stands = status(&test, &filed).await;
    assert!(is_paid_online(&stands) && stands.surplus == 15_000, "{stands:?}");
}

#[tokio::test]
async fn what_was_kept_is_recorded_after_a_restart_and_a_restored_office_asks_for_what_it_no_longer_knows() {
    let (test, gateway, _, filed) = owing().await;
    page(&test, PAY, &[]).await;
    let reference = gateway.references().pop().expect("a reference");
    let test = reopened(test, None).await;
    let copy = std::fs::read(test.dir.path().join("data/bankhai.db")).expect("a copy");
    test.office.payments.open(gateway.gateway());
    assert_eq!(paid(&test, &reference).await, StatusCode::OK);
    // The office stops before anything is recorded.
    let test = reopened(test, None).await;
    assert_eq!(status(&test, &filed).await.fee, FeeState::Due { dong: 15_000 });
    assert_eq!((later(&test, 0).await, later(&test, 0).await), (1, 0));
    assert!(is_paid_online(&status(&test, &filed).await), "although no gateway is named any more");
    // A copy from before the notice comes back: the gateway still knows.
    gateway.turn("paid");
    let test = reopened(test, Some(&copy)).await;
    test.office.payments.open(gateway.gateway());
    assert_eq!(status(&test, &filed).await.fee, FeeState::Due { dong: 15_000 });
    assert_eq!(later(&test, 2).await, 1);
    assert!(is_paid_online(&status(&test, &filed).await));
}

/// What office and gateway said to each other when the interface was written down.
const RECORD: &str = "../end2end/fixtures/payment/v1.jsonl";

#[tokio::test]
async fn the_recorded_sandbox_says_today_what_it_said_byte_for_byte_signatures_included() {
    let (test, gateway, _, filed) = owing().await;
    let own = gateway.gateway();
    let (reference, now) = (Reference::of(*b"tham-chieu-thu-1"), Moment(1_795_966_800_000));
    let begun = begin(&test.office, &own, (filed.dossier, 15_000), (reference, Back::Tracking), now)
        .await
        .expect("kept");
    assert!(begun.is_ok(), "{begun:?}");
    let asking = own.clone();
    let asked = move || asking.ask(reference, now.plus_minutes(1));
    tokio::task::spawn_blocking(asked).await.expect("a task").expect("an answer");
    let id = reference.to_string();
    for (amount, state, seconds) in [(14_999, "paid", 61), (DONG, "paid", 62), (DONG, "paid", 63)] {
        let now = Moment(now.0 + seconds * 1_000);
        let body = word(&id, amount, state);
        let signed = notice(&body, now);
        let answer = match take(&test.office, &signed, body.as_bytes(), now).await {
            Ok(answer) => answer,
            Err(error) => error.into_response(),
        };
        let status = answer.status().as_u16();
        let said = to_bytes(answer.into_body(), usize::MAX).await.expect("a body");
        let line = json!({
            "by": "gateway", "method": "POST", "path": "/api/v1/payments/notice", "time": signed.time,
            "signature": signed.signature, "body": body,
            "answer": { "status": status, "body": String::from_utf8_lossy(&said) },
        });
        gateway.set(|sandbox| sandbox.lines.push(line));
    }
    gateway.turn("paid");
    let asking = move || own.ask(reference, now.plus_minutes(2));
    tokio::task::spawn_blocking(asking).await.expect("a task").expect("an answer");
    let lines: Vec<String> =
        gateway.sandbox.lock().expect("a lock").lines.iter().map(ToString::to_string).collect();
    let said = lines.join("\n") + "\n";
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(RECORD);
    // The record is a released interface: it is written anew only where another one is released.
    if std::env::var_os("BANKHAI_RECORD").is_some() {
        std::fs::create_dir_all(file.parent().expect("a folder")).expect("a folder");
        std::fs::write(&file, &said).expect("a record");
    }
    let record = std::fs::read_to_string(&file).expect("the record");
    assert_eq!(said, record, "with the key {}", String::from_utf8_lossy(KEY));
}
