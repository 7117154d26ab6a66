//! A device that asks about people, devices and areas.

use axum::body::Body;
use axum::http::Request;
use dossier::access::{Area, Grant, Role};
use dossier::id::{AccountId, DeviceHandle};
use dossier::manage::{Ask, Told};
use dossier::moment::Moment;
use ed25519_dalek::SigningKey;
use server::store::account::{self, NewAccount};
use server::store::device;
use server::{clock, dice};
use sync::request::{Call, CallFailure, Heard, read};

use crate::office::{Answer, COMMUNE, TestOffice, ask};

/// A person at a device the office knows.
pub struct Desk {
    pub account: AccountId,
    pub handle: DeviceHandle,
    pub key: SigningKey,
}

impl Desk {
    /// A new person with this role for the whole of where it is usually held.
    pub async fn of(test: &TestOffice, login: &str, role: Role, seed: u8) -> Desk {
        let area = match role {
            Role::Administrator => Area::Everywhere,
            Role::ProvincialSupervisor => Area::Province(12),
            _ => Area::Commune(COMMUNE),
        };
        Desk::at(test, login, role, area, seed).await
    }

    /// A new person with this role for this area.
    pub async fn at(test: &TestOffice, login: &str, role: Role, area: Area, seed: u8) -> Desk {
        let grant = Grant { role, area, from: clock::now().day(), until: None };
        let (name, at) = ("Lò Văn Thử", clock::now());
        let new = NewAccount { login, name, commune: COMMUNE, grant, by: None, at };
        let mut transaction = test.office.store.begin().await.expect("a transaction");
        let account = account::insert(&mut transaction, &new).await.expect("an account");
        account::set_active(&mut *transaction, account).await.expect("in use");
        let key = SigningKey::from_bytes(&[seed; 32]);
        let handle = DeviceHandle([seed, 0, 1]);
        let public = key.verifying_key().to_bytes();
        let added = device::insert(&mut *transaction, handle, account, public, "máy bàn", at).await;
        assert!(added.expect("a device"));
        transaction.commit().await.expect("a commit");
        Desk { account, handle, key }
    }

    pub fn call(&self, question: &Ask, at: Moment) -> Call {
        Call::of(question, &self.handle.to_string(), &self.key, at, dice::roll())
    }

    /// Asks and says what was told.
    pub async fn ask(&self, test: &TestOffice, question: Ask) -> Result<Told, CallFailure> {
        heard(test, &self.call(&question, clock::now())).await
    }
}

/// Sends a call and says what was told.
pub async fn heard(test: &TestOffice, call: &Call) -> Result<Told, CallFailure> {
    let answer = send(test, call).await;
    let json = answer.header("content-type").starts_with("application/json");
    read(&Heard { status: answer.status.as_u16(), json, body: answer.body, at: None })
}

/// Sends a call as it is.
pub async fn send(test: &TestOffice, call: &Call) -> Answer {
    let request = Request::builder()
        .method(call.method)
        .uri(&call.path)
        .header("authorization", &call.authorization)
        .body(Body::from(call.body.clone()))
        .expect("a request");
    ask(&test.router, request).await
}
