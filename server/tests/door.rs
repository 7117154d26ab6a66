//! At the door: enrolment, sign-in, recovery, and what is refused there.

mod office;

use axum::http::StatusCode;
use dossier::access::{DeviceStatus, Role};
use dossier::id::DeviceHandle;
use office::{COMMUNE, PASSWORD, post, test_office};
use serde_json::{Value, json};
use server::store::device;
use server::{clock, hex};
use sync::dice::Dice;
use sync::vault::{Cost, DataKey, Vault};

#[tokio::test]
async fn a_code_becomes_an_account_with_a_device_once() {
    let test = test_office().await;
    let (account, code) = test.add_owner("hoadialan").await;
    let typed = code.to_string().to_lowercase().replace('-', " ");
    let answer = test.enrol(&typed).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    assert_eq!(answer.header("cache-control"), "no-store");
    let membership = answer.json();
    assert_eq!(membership["login"], "hoadialan");
    assert_eq!(membership["establishment"]["name"], "Homestay Hoa Địa Lan");
    assert_eq!(membership["agency"], "Công an xã Sin Suối Hồ");
    assert_eq!(membership["standing"], "Queue");
    assert_eq!(membership["receipt_keys"][0][0], 1);
    assert_eq!(membership["box_key"], test.office.keys.box_public());
    let known = test.device(membership["handle"].as_str().expect("a handle")).await.expect("a known device");
    assert_eq!(known.principal.account, account);
    assert_eq!(known.principal.leading(clock::now().day()), Some(Role::Owner));
    assert_eq!(known.principal.commune, COMMUNE);
    assert_eq!(hex::encode(&known.public_key), office::device_key(1));

    let again = test.enrol(&typed).await;
    assert_eq!((again.status, again.json()), (StatusCode::FORBIDDEN, json!("BadCode")));
}

#[tokio::test]
async fn an_unknown_late_or_replaced_code_opens_nothing() {
    let test = test_office().await;
    let (account, old) = test.add_owner("hoadialan").await;
    let new = server::invite::mint(&test.office.store, account).await.expect("a code");
    for code in ["", "chưa có mã", "0000000000", &old.to_string()] {
        let answer = test.enrol(code).await;
        assert_eq!((answer.status, answer.json()), (StatusCode::FORBIDDEN, json!("BadCode")), "{code}");
    }
    let late = server::clock::now().plus_minutes(8 * 24 * 60);
    let readers = test.office.store.readers();
    assert!(server::store::invitation::find(readers, new.hash(), late).await.expect("a read").is_none());
    assert_eq!(test.enrol(&new.to_string()).await.status, StatusCode::OK);
}

#[tokio::test]
async fn an_easy_password_is_refused_and_the_code_stays_good() {
    let test = test_office().await;
    let (_, code) = test.add_owner("hoadialan").await;
    let body = json!({
        "code": code.to_string(), "password": "hoadialan2026", "device_key": office::device_key(1), "device_name": "",
    });
    let answer = post(&test.router, "/api/enrol", &body).await;
    assert_eq!((answer.status, answer.json()), (StatusCode::UNPROCESSABLE_ENTITY, json!("WeakPassword")));
    assert_eq!(test.enrol(&code.to_string()).await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_password_enrols_one_more_device() {
    let test = test_office().await;
    let (_, code) = test.add_owner("hoadialan").await;
    let first = test.enrol(&code.to_string()).await.json();
    let second = test.sign_in(" HoaDiaLan ", PASSWORD).await;
    assert_eq!(second.status, StatusCode::OK, "{}", second.text());
    assert_ne!(first["handle"], second.json()["handle"]);
    assert_eq!(first["account"], second.json()["account"]);
}

#[tokio::test]
async fn wrong_login_and_wrong_password_look_alike() {
    let test = test_office().await;
    let (_, code) = test.add_owner("hoadialan").await;
    test.enrol(&code.to_string()).await;
    let wrong_password = test.sign_in("hoadialan", "sai").await;
    let wrong_login = test.sign_in("khongco", PASSWORD).await;
    let (_, _) = test.add_owner("chuanhan").await;
    let no_password_yet = test.sign_in("chuanhan", "").await;
    for answer in [&wrong_password, &wrong_login, &no_password_yet] {
        assert_eq!((answer.status, answer.json()), (StatusCode::FORBIDDEN, json!("BadPassword")));
        assert_eq!(answer.headers, wrong_password.headers);
    }
}

#[tokio::test]
async fn guessing_at_an_account_has_to_wait_and_other_accounts_do_not() {
    let test = test_office().await;
    let (_, code) = test.add_owner("hoadialan").await;
    test.enrol(&code.to_string()).await;
    let (_, other) = test.add_owner("suoimay").await;
    test.enrol(&other.to_string()).await;
    for _ in 0..6 {
        assert_eq!(test.sign_in("hoadialan", "sai").await.status, StatusCode::FORBIDDEN);
    }
    let slowed = test.sign_in("hoadialan", PASSWORD).await;
    assert_eq!((slowed.status, slowed.json()), (StatusCode::TOO_MANY_REQUESTS, json!("Busy")));
    let wait: u64 = slowed.header("retry-after").parse().expect("seconds");
    assert!((1..=30).contains(&wait), "{wait}");
    assert_eq!(test.sign_in("suoimay", PASSWORD).await.status, StatusCode::OK);
}

#[tokio::test]
async fn only_the_persons_own_vault_is_opened() {
    let test = test_office().await;
    let (_, code) = test.add_owner("hoadialan").await;
    let (_, other) = test.add_owner("suoimay").await;
    let mine = test.enrol(&code.to_string()).await.json();
    let theirs = test.enrol(&other.to_string()).await.json();
    let slot = |membership: &Value| {
        let handle: DeviceHandle =
            membership["handle"].as_str().expect("a handle").parse().expect("a handle");
        let box_key = hex::decode_exact(membership["box_key"].as_str().expect("a key")).expect("32 bytes");
        let (key, cost) = (DataKey::from_bytes([9; 32]), Cost { memory: 8, passes: 1 });
        let vault =
            Vault::create(&key, "1", cost, handle, &box_key, &mut Dice::new([3; 32])).expect("a vault");
        (handle, hex::encode(&vault.recovery))
    };
    let recover = |device: String, slot: String, password: &'static str| {
        let body = json!({ "login": "hoadialan", "password": password, "device": device, "slot": slot });
        let router = test.router.clone();
        async move { post(&router, "/api/recover", &body).await }
    };
    let (my_device, my_slot) = slot(&mine);
    let (their_device, their_slot) = slot(&theirs);

    let opened = recover(my_device.to_string(), my_slot.clone(), PASSWORD).await;
    assert_eq!((opened.status, opened.json()["data_key"].clone()), (StatusCode::OK, json!("09".repeat(32))));
    for (device, slot, password, refusal) in [
        (my_device.to_string(), my_slot.clone(), "sai", "BadPassword"),
        (their_device.to_string(), their_slot.clone(), PASSWORD, "BadPassword"),
        (my_device.to_string(), their_slot, PASSWORD, "Malformed"),
        (my_device.to_string(), "00".repeat(80), PASSWORD, "Malformed"),
        ("zz".into(), my_slot.clone(), PASSWORD, "Malformed"),
    ] {
        assert_eq!(recover(device, slot, password).await.json(), json!(refusal));
    }

    let mut transaction = test.office.store.begin().await.expect("a transaction");
    assert!(device::revoke(&mut *transaction, my_device, clock::now()).await.expect("a write"));
    transaction.commit().await.expect("a commit");
    assert_eq!(recover(my_device.to_string(), my_slot, PASSWORD).await.json(), json!("BadPassword"));
    let known = test.device(&my_device.to_string()).await.expect("still known");
    assert!(known.principal.device == DeviceStatus::Revoked && !known.principal.is_in());
}

#[tokio::test]
async fn what_cannot_be_read_is_refused_with_a_reason() {
    let test = test_office().await;
    for path in ["/api/enrol", "/api/sign-in", "/api/recover"] {
        let answer = post(&test.router, path, &json!({ "login": 5 })).await;
        assert_eq!((answer.status, answer.json()), (StatusCode::BAD_REQUEST, json!("Malformed")), "{path}");
    }
    let (_, code) = test.add_owner("hoadialan").await;
    // All zeros is a point of small order: anybody could sign for it.
    let body = json!({
        "code": code.to_string(), "password": PASSWORD, "device_key": "00".repeat(32), "device_name": "",
    });
    assert_eq!(post(&test.router, "/api/enrol", &body).await.json(), json!("Malformed"));
}
