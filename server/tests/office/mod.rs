//! An office in a temporary directory, with one commune and one invited owner, spoken to without a network.
#![allow(dead_code, reason = "each test file uses its own part")]

use std::path::Path;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::connect_info::MockConnectInfo;
use axum::http::{HeaderMap, Request, StatusCode};
use dossier::access::{Area, Grant, Role};
use dossier::id::{AccountId, CommuneCode, DeviceHandle, DossierId, EstablishmentId};
use dossier::moment::Moment;
use dossier::view::Standing;
use ed25519_dalek::SigningKey;
use serde_json::{Value, json};
use server::client::{Peer, Proxies};
use server::objects::bucket::Bucket;
use server::office::{Office, Settings};
use server::premises::Premises;
use server::store::account::{self, NewAccount};
use server::store::commune::{self, CommuneRow};
use server::store::device;
use server::store::establishment::{self, EstablishmentRow};
use server::{clock, code, hex, invite, keys, routes};
use sync::receipt::{Epoch, Leaf, Receipt, Root, merkle};
use tempfile::TempDir;
use tower::ServiceExt;

pub const COMMUNE: CommuneCode = CommuneCode(3394);
pub const PASSWORD: &str = "muối ớt xanh chấm thịt gác bếp";

pub struct TestOffice {
    pub dir: TempDir,
    pub office: Office,
    pub router: Router,
}

pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
}

impl Answer {
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).expect("a JSON answer")
    }

    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().expect("a plain header"))
    }
}

/// Opens the office of a directory, with a small site beside its data.
pub async fn open(dir: &Path) -> Office {
    open_behind(dir, Proxies::default()).await
}

/// The same with proxies in front.
pub async fn open_behind(dir: &Path, proxies: Proxies) -> Office {
    open_with(dir, proxies, None).await
}

/// The same with its pictures in a bucket.
pub async fn open_with(dir: &Path, proxies: Proxies, bucket: Option<Bucket>) -> Office {
    let site = dir.join("site");
    std::fs::create_dir_all(site.join("pkg")).expect("a site");
    for (name, content) in [
        ("shell.html", "<!doctype html><title>shell</title>"),
        ("sw.js", "// worker"),
        ("pkg/page.0123abcd.js", "// page"),
        ("pkg/page.0123abcd.js.br", "compressed"),
    ] {
        std::fs::write(site.join(name), content).expect("a file");
    }
    let premises = Premises::open(&dir.join("data"), None).await.unwrap_or_else(|e| panic!("{e}"));
    let settings = Settings { standing: Standing::Queue, site, proxies, bucket };
    Office::open(premises, settings).await.unwrap_or_else(|e| panic!("{e}"))
}

pub async fn test_office() -> TestOffice {
    let dir = tempfile::tempdir().expect("a directory");
    let office = open(dir.path()).await;
    let router = router(routes::router(office.clone()));
    TestOffice { dir, office, router }
}

/// The router as seen from one address.
pub fn router(router: Router) -> Router {
    router.layer(MockConnectInfo(Peer { address: ([127, 0, 0, 1], 9).into(), sealed: false }))
}

pub async fn ask(router: &Router, request: Request<Body>) -> Answer {
    let response = router.clone().oneshot(request).await.expect("an answer");
    let (parts, body) = response.into_parts();
    let body = to_bytes(body, usize::MAX).await.expect("a body").to_vec();
    Answer { status: parts.status, headers: parts.headers, body }
}

/// The status of an answer whose body never ends.
pub async fn head(router: &Router, request: Request<Body>) -> StatusCode {
    router.clone().oneshot(request).await.expect("an answer").status()
}

/// Sends what a page without a script sends.
pub async fn send_form(router: &Router, path: &str, fields: &[(&str, &str)]) -> Answer {
    let coded = |text: &str| text.bytes().map(|byte| format!("%{byte:02x}")).collect::<String>();
    let body: Vec<String> =
        fields.iter().map(|(name, value)| format!("{}={}", coded(name), coded(value))).collect();
    let request = Request::post(path).header("content-type", "application/x-www-form-urlencoded");
    ask(router, request.body(Body::from(body.join("&"))).expect("a request")).await
}

pub async fn get(router: &Router, path: &str) -> Answer {
    ask(router, Request::get(path).body(Body::empty()).expect("a request")).await
}

pub async fn post(router: &Router, path: &str, body: &Value) -> Answer {
    ask(router, Request::post(path).body(Body::from(body.to_string())).expect("a request")).await
}

/// A device's verifying key, in hexadecimal.
pub fn device_key(seed: u8) -> String {
    hex::encode(SigningKey::from_bytes(&[seed; 32]).verifying_key().as_bytes())
}

impl TestOffice {
    pub async fn add_commune(&self) {
        self.add_commune_of(COMMUNE).await;
    }

    pub async fn add_commune_of(&self, commune: CommuneCode) {
        let row = CommuneRow {
            code: commune.0,
            name: "xã Sin Suối Hồ".into(),
            province: "tỉnh Lai Châu".into(),
            agency: "Công an xã Sin Suối Hồ".into(),
            duty_phone: "0213 000 113".into(),
            standing: None,
            receive_at_once: false,
            remote: true,
            province_code: 12,
            address: String::new(),
            mailbox: String::new(),
            channels: String::new(),
            successor: None,
        };
        let mut transaction = self.office.store.begin().await.expect("a transaction");
        commune::put(&mut *transaction, &row).await.expect("a commune");
        transaction.commit().await.expect("a commit");
    }

    pub async fn set_province(&self, code: CommuneCode, province: u8) {
        let mut transaction = self.office.store.begin().await.expect("a transaction");
        commune::set_province(&mut *transaction, code, province).await.expect("a write");
        transaction.commit().await.expect("a commit");
    }

    /// An owner of a new house, invited.
    pub async fn add_owner(&self, login: &str) -> (AccountId, code::Code) {
        self.add_commune().await;
        let house = self.add_house(COMMUNE).await;
        self.add_person(login, Role::Owner, COMMUNE, Some(house)).await
    }

    /// A new house of this commune.
    pub async fn add_house(&self, commune: CommuneCode) -> EstablishmentId {
        let row = EstablishmentRow {
            id: 0,
            commune: commune.0,
            name: "Homestay Hoa Địa Lan".into(),
            village: "bản Sin Suối Hồ".into(),
            kind: "homestay".into(),
            remote: true,
            phone: String::new(),
            address: String::new(),
        };
        let mut transaction = self.office.store.begin().await.expect("a transaction");
        let house = establishment::insert(&mut transaction, &row).await.expect("a house");
        transaction.commit().await.expect("a commit");
        house
    }

    /// A person, invited.
    pub async fn add_person(
        &self,
        login: &str,
        role: Role,
        commune: CommuneCode,
        establishment: Option<EstablishmentId>,
    ) -> (AccountId, code::Code) {
        let area = match (establishment, role) {
            (Some(house), _) => Area::Establishment(house),
            (None, Role::Administrator) => Area::Everywhere,
            (None, Role::ProvinceOfficer | Role::ProvincialSupervisor) => Area::Province(12),
            (None, _) => Area::Commune(commune),
        };
        let grant = Grant { role, area, from: clock::now().day(), until: None };
        let new = NewAccount { login, name: "Giàng Thị Mỷ", commune, grant, by: None, at: clock::now() };
        let mut transaction = self.office.store.begin().await.expect("a transaction");
        let account = account::insert(&mut transaction, &new).await.expect("an account");
        transaction.commit().await.expect("a commit");
        (account, invite::mint(&self.office.store, account).await.expect("a code"))
    }

    pub async fn enrol(&self, code: &str) -> Answer {
        let body = json!({
            "code": code, "password": PASSWORD, "device_key": device_key(1), "device_name": "Chrome trên Android",
        });
        post(&self.router, "/api/enrol", &body).await
    }

    pub async fn sign_in(&self, login: &str, password: &str) -> Answer {
        let body = json!({
            "login": login, "password": password, "device_key": device_key(2), "device_name": "máy tính",
        });
        post(&self.router, "/api/sign-in", &body).await
    }

    /// Who stands behind a handle, by the office's own look-up.
    pub async fn device(&self, handle: &str) -> Option<device::KnownDevice> {
        let handle: DeviceHandle = handle.parse().expect("a handle");
        device::find(self.office.store.readers(), handle, clock::now().day()).await.expect("a read")
    }
}

/// A genuine receipt, number 482, signed with the office's key.
pub fn receipt(keys: &keys::Keys) -> Receipt {
    let leaf =
        Leaf { serial: 482, number_epoch: Epoch([3; 8]), dossier: DossierId([1; 8]), content: [2; 32] };
    let (merkle, paths) = merkle(&[leaf]);
    let root = Root {
        commune: COMMUNE,
        epoch: leaf.number_epoch,
        key_id: keys.receipt().id,
        received_at: Moment(1_795_000_000_000),
        projection_version: 1,
        merkle,
    };
    Receipt {
        root,
        serial: leaf.serial,
        number_epoch: leaf.number_epoch,
        dossier: leaf.dossier,
        content: leaf.content,
        path: paths.into_iter().next().expect("one path"),
        signature: root.sign(&keys.receipt().signing).to_vec(),
    }
}
