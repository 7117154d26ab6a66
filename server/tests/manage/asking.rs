//! Asking for an account from a phone nobody knows, and what the desk makes of it.

use axum::body::Body;
use axum::http::{Request, StatusCode};
use dossier::access::Role;
use dossier::manage::{AccountRequest, Approval, Ask, Contact, NewRequest, Objection, Sim, Told, Where};
use ed25519_dalek::SigningKey;
use serde_json::json;
use server::{clock, dice, hex};
use sync::request::{CallFailure, KEY, Spoken, sign};

use crate::desk::Desk;
use crate::office::{Answer, COMMUNE, TestOffice, ask};
use crate::{Land, land};

fn applicant() -> NewRequest {
    let words = |text: &str| text.parse().expect("words");
    NewRequest {
        name: words("Vàng Thị Thử"),
        contact: Contact { phone: Some("0912 000 002".parse().expect("a phone")), sim: Sim::Unknown },
        commune: COMMUNE,
        village: words("bản Sin Suối Hồ"),
        role: Role::Owner,
        house: Some(words("Homestay Thử")),
        device_name: words("Chrome trên Android"),
        note: None,
    }
}

async fn post(test: &TestOffice, key: &SigningKey, path: &str, body: Vec<u8>) -> Answer {
    let who = hex::encode(key.verifying_key().as_bytes());
    let spoken = Spoken { method: "POST", path, body: &body };
    let header = sign(KEY, &who, key, &spoken, clock::now(), dice::roll());
    let request = Request::post(path).header("authorization", header).body(Body::from(body.clone()));
    ask(&test.router, request.expect("a request")).await
}

async fn apply(land: &Land, key: &SigningKey, said: &NewRequest) -> Answer {
    post(&land.test, key, "/api/ask-account", serde_json::to_vec(said).expect("JSON")).await
}

async fn verdict(land: &Land, key: &SigningKey) -> serde_json::Value {
    post(&land.test, key, "/api/ask-account/answer", Vec::new()).await.json()
}

async fn waiting(desk: &Desk, land: &Land) -> Vec<AccountRequest> {
    match desk.ask(&land.test, Ask::Requests).await {
        Ok(Told::Requests(requests)) => requests,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_phone_asks_waits_and_is_in_once_the_desk_has_approved() {
    let land = land().await;
    let head = land.head().await;
    let key = SigningKey::from_bytes(&[80; 32]);
    let answer = apply(&land, &key, &applicant()).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    assert_eq!(verdict(&land, &key).await, json!("Waiting"));
    let seen = waiting(&head, &land).await;
    assert_eq!(seen[0].said, applicant());
    let village = land.village(COMMUNE).await;
    let (name, kind) = ("Homestay Thử".parse().expect("words"), "homestay".parse().expect("words"));
    let approval = Approval {
        login: "vangthithu".parse().expect("a login"),
        role: Role::Owner,
        at: Where::New { village, name, kind },
        until: None,
    };
    let approve = Ask::Approve(seen[0].number, approval);
    assert_eq!(head.ask(&land.test, approve.clone()).await, Ok(Told::Done));
    let taken = Err(CallFailure::Objected(Objection::Taken));
    assert_eq!(head.ask(&land.test, approve).await, taken, "decided once");
    assert!(waiting(&head, &land).await.is_empty());
    let membership = verdict(&land, &key).await["Approved"].clone();
    assert_eq!(membership["handle"], answer.json()["handle"]);
    assert_eq!(membership["establishment"]["name"], "Homestay Thử");
    let known = land.test.device(membership["handle"].as_str().expect("a handle")).await.expect("known");
    assert!(known.principal.is_in());
}

#[tokio::test]
async fn a_refusal_says_why_and_the_same_phone_may_ask_again() {
    let land = land().await;
    let head = land.head().await;
    let key = SigningKey::from_bytes(&[80; 32]);
    apply(&land, &key, &applicant()).await;
    let number = waiting(&head, &land).await[0].number;
    let reason = "Gọi lại không đúng số".parse().expect("words");
    assert_eq!(head.ask(&land.test, Ask::Refuse(number, reason)).await, Ok(Told::Done));
    assert_eq!(verdict(&land, &key).await, json!({ "Refused": "Gọi lại không đúng số" }));
    apply(&land, &key, &applicant()).await;
    assert_eq!(verdict(&land, &key).await, json!("Waiting"));
    assert_eq!(waiting(&head, &land).await.len(), 1);
}

#[tokio::test]
async fn nobody_asks_for_a_desk_for_another_place_or_with_a_key_that_is_not_theirs() {
    let land = land().await;
    let key = SigningKey::from_bytes(&[80; 32]);
    let officer = NewRequest { role: Role::Officer, ..applicant() };
    assert_eq!(apply(&land, &key, &officer).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    let nowhere = NewRequest { commune: dossier::id::CommuneCode(1), ..applicant() };
    assert_eq!(apply(&land, &key, &nowhere).await.status, StatusCode::NOT_FOUND);
    let other = SigningKey::from_bytes(&[81; 32]);
    assert_eq!(
        post(&land.test, &other, "/api/ask-account/answer", Vec::new()).await.status,
        StatusCode::NOT_FOUND
    );
    let body = serde_json::to_vec(&applicant()).expect("JSON");
    let spoken = Spoken { method: "POST", path: "/api/ask-account", body: &body };
    let who = hex::encode(key.verifying_key().as_bytes());
    let forged = sign(KEY, &who, &other, &spoken, clock::now(), dice::roll());
    let request = Request::post("/api/ask-account").header("authorization", forged);
    let answer = ask(&land.test.router, request.body(Body::from(body)).expect("a request")).await;
    assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
}
