//! Who is heard at all.

use axum::body::Body;
use axum::http::{Request, StatusCode};
use dossier::access::Role;
use dossier::manage::{Ask, NewVillage, Objection};
use server::clock;
use server::store::{device, token};
use sha2::{Digest, Sha256};

use crate::desk::{Desk, send};
use crate::land;
use crate::office::{self, COMMUNE};

fn new_village(name: &str) -> Ask {
    Ask::AddVillage(NewVillage { commune: COMMUNE, name: name.parse().expect("a name") })
}

#[tokio::test]
async fn what_writes_is_heard_once_and_what_was_changed_on_the_way_is_not() {
    let land = land().await;
    let head = land.head().await;
    let call = head.call(&new_village("bản Chung Hồ"), clock::now());
    assert_eq!(send(&land.test, &call).await.status, StatusCode::OK);
    let again = send(&land.test, &call).await;
    assert_eq!((again.status, again.json()), (StatusCode::CONFLICT, serde_json::json!("Repeated")));

    let mut changed = head.call(&new_village("bản Can Hồ"), clock::now());
    changed.body = head.call(&new_village("bản Căn Câu"), clock::now()).body;
    assert_eq!(send(&land.test, &changed).await.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn a_clock_far_off_a_stranger_and_a_revoked_device_are_refused() {
    let land = land().await;
    let head = land.head().await;
    let late = head.call(&Ask::Agencies, clock::now().plus_minutes(-11));
    let answer = send(&land.test, &late).await;
    assert_eq!((answer.status, answer.json()), (StatusCode::UNAUTHORIZED, serde_json::json!("Clock")));

    let stranger = Desk { key: ed25519_dalek::SigningKey::from_bytes(&[9; 32]), ..head };
    let answer = send(&land.test, &stranger.call(&Ask::Agencies, clock::now())).await;
    assert_eq!(answer.status, StatusCode::UNAUTHORIZED);

    let second = Desk::of(&land.test, "canbo", Role::Officer, 41).await;
    assert!(second.ask(&land.test, Ask::Agencies).await.is_ok());
    let mut transaction = land.test.office.store.begin().await.expect("a transaction");
    device::revoke(&mut *transaction, second.handle, clock::now()).await.expect("revoked");
    transaction.commit().await.expect("a commit");
    let answer = send(&land.test, &second.call(&Ask::Agencies, clock::now())).await;
    assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn a_role_without_the_right_gets_no_list() {
    let land = land().await;
    let owner =
        Desk::at(&land.test, "chunha", Role::Owner, dossier::access::Area::Establishment(land.here), 42)
            .await;
    for question in [Ask::People(None), Ask::Devices(None), Ask::Requests, Ask::Figures, Ask::Agencies] {
        let answer = send(&land.test, &owner.call(&question, clock::now())).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{question:?}");
    }
    assert!(owner.ask(&land.test, Ask::OwnDevices).await.is_ok(), "one's own devices are everybody's to see");
}

#[tokio::test]
async fn a_token_opens_what_its_account_may_until_it_is_ended() {
    let land = land().await;
    let head = land.head().await;
    let (store, today) = (&land.test.office.store, clock::now().day());
    let mut transaction = store.begin().await.expect("a transaction");
    let hash = Sha256::digest(b"thu-mot-token").into();
    token::insert(&mut *transaction, hash, head.account, today, clock::now()).await.expect("a token");
    transaction.commit().await.expect("a commit");
    let with = |bearer: &'static str| {
        let request = Request::get("/api/v1/agencies").header("authorization", format!("Bearer {bearer}"));
        office::ask(&land.test.router, request.body(Body::empty()).expect("a request"))
    };
    assert_eq!(with("thu-mot-token").await.status, StatusCode::OK);
    assert_eq!(with("thu-token-khac").await.status, StatusCode::UNAUTHORIZED);
    let mut transaction = store.begin().await.expect("a transaction");
    token::end_all(&mut *transaction, head.account, clock::now()).await.expect("ended");
    transaction.commit().await.expect("a commit");
    assert_eq!(with("thu-mot-token").await.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn a_body_that_cannot_be_read_is_said_to_be_so() {
    let land = land().await;
    let head = land.head().await;
    let told = head.ask(&land.test, new_village("bản Chung Hồ")).await;
    assert!(told.is_ok());
    let nonsense = sync::request::Spoken { method: "POST", path: "/api/v1/villages", body: b"{" };
    let authorization = sync::request::sign(
        sync::request::DEVICE,
        &head.handle.to_string(),
        &head.key,
        &nonsense,
        clock::now(),
        [1; 8],
    );
    let call = sync::request::Call {
        method: "POST",
        path: nonsense.path.into(),
        body: nonsense.body.into(),
        authorization,
    };
    let answer = send(&land.test, &call).await;
    assert_eq!(answer.status, StatusCode::BAD_REQUEST);
    assert_eq!(answer.json(), serde_json::to_value(Objection::Malformed).expect("a word"));
}
