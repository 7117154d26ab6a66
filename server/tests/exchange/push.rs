//! Web Push against a push service on this machine: it checks who signs, and a browser's own keys open what it carries.

use std::collections::BTreeMap;
use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

use aes_gcm::aead::{Aead as _, KeyInit as _};
use aes_gcm::{Aes128Gcm, Nonce};
use axum::http::StatusCode;
use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD as BASE64;
use dossier::access::Role;
use dossier::act::Act;
use dossier::filing::step::ReturnWay;
use dossier::manage::{Ask, Subscription, Told};
use hkdf::Hkdf;
use p256::ecdsa::signature::Verifier as _;
use p256::ecdsa::{Signature, VerifyingKey};
use p256::elliptic_curve::sec1::ToSec1Point as _;
use p256::{PublicKey, SecretKey};
use serde_json::Value;
use server::clock;
use server::push::hosts::Hosts;
use server::push::{Kind, send_due};
use server::store::device;
use sha2::Sha256;
use sync::frame::ActId;
use sync::frame::up::{SentAct, Up};

use crate::by_code::{accept, ask_for, decide};
use crate::filing::people;
use crate::hand::{Hand, Notice, count};
use crate::office::{COMMUNE, TestOffice};
use crate::tenant::tenant;
use crate::verification::put;
use crate::working;

/// Stands for a service that hangs up without a word.
const SILENT: u16 = 0;
const CONTACT: &str = "mailto:truc@vidu.vn";

/// One message, as a push service gets it.
struct Carried {
    path: String,
    headers: BTreeMap<String, String>,
    body: Vec<u8>,
}

/// A push service that takes whatever is signed for it, and answers with the status it is told to.
struct Service {
    carried: Arc<Mutex<Vec<Carried>>>,
    status: Arc<Mutex<u16>>,
    /// How often it was asked.
    asked: Arc<Mutex<usize>>,
    origin: String,
}

fn read(stream: &mut TcpStream) -> Carried {
    let (mut bytes, mut piece) = (Vec::new(), [0; 4_096]);
    loop {
        let read = stream.read(&mut piece).expect("bytes");
        bytes.extend_from_slice(&piece[..read]);
        let Some(end) = bytes.windows(4).position(|part| part == b"\r\n\r\n") else { continue };
        let head = String::from_utf8(bytes[..end].to_vec()).expect("a head");
        let mut lines = head.split("\r\n");
        let path = lines.next().and_then(|line| line.split(' ').nth(1)).expect("a path").to_owned();
        let headers: BTreeMap<_, _> = lines
            .filter_map(|line| line.split_once(": "))
            .map(|(name, value)| (name.to_lowercase(), value.to_owned()))
            .collect();
        let length: usize = headers["content-length"].parse().expect("digits");
        if bytes.len() >= end + 4 + length {
            return Carried { path, headers, body: bytes[end + 4..].to_vec() };
        }
    }
}

impl Service {
    fn start() -> Service {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let origin = format!("http://{}", listener.local_addr().expect("an address"));
        let (carried, status) = (Arc::new(Mutex::new(Vec::new())), Arc::new(Mutex::new(201)));
        let asked = Arc::new(Mutex::new(0));
        let service =
            Service { carried: carried.clone(), status: status.clone(), asked: asked.clone(), origin };
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let mut stream = stream.expect("a line");
                let one = read(&mut stream);
                let status = *status.lock().expect("a lock");
                *asked.lock().expect("a lock") += 1;
                if status == SILENT {
                    continue;
                }
                if status == 201 {
                    carried.lock().expect("a lock").push(one);
                }
                let answer = format!("HTTP/1.1 {status} x\r\ncontent-length: 0\r\nconnection: close\r\n\r\n");
                stream.write_all(answer.as_bytes()).expect("an answer");
            }
        });
        service
    }

    fn says(&self, status: u16) {
        *self.status.lock().expect("a lock") = status;
    }

    fn taken(&self) -> Vec<Carried> {
        std::mem::take(&mut *self.carried.lock().expect("a lock"))
    }
}

/// A browser: the keys nobody else has.
struct Browser {
    key: SecretKey,
    auth: [u8; 16],
    /// What it subscribed for.
    office: String,
}

fn bytes_of(key: &PublicKey) -> Vec<u8> {
    key.to_sec1_point(false).as_bytes().to_vec()
}

impl Browser {
    fn new(seed: u8, office: &str) -> Browser {
        let key = SecretKey::from_slice(&[seed; 32]).expect("a key");
        Browser { key, auth: [seed; 16], office: office.to_owned() }
    }

    fn subscription(&self, endpoint: String) -> Subscription {
        let p256dh = BASE64.encode(bytes_of(&self.key.public_key()));
        Subscription { endpoint, p256dh, auth: BASE64.encode(self.auth) }
    }

    /// What a message says, once its signature and its seal have held: RFC 8292, and RFC 8291 from the other side.
    fn opens(&self, one: &Carried, origin: &str) -> Vec<u8> {
        let said = one.headers["authorization"].strip_prefix("vapid t=").expect("the scheme");
        let (token, key) = said.split_once(", k=").expect("a key");
        assert_eq!(key, self.office, "the key the browser subscribed for, or a service refuses it");
        let (signed, signature) = token.rsplit_once('.').expect("a signature");
        let point = BASE64.decode(key).expect("base64");
        let verifying = VerifyingKey::from_sec1_bytes(&point).expect("a key");
        let signature = BASE64.decode(signature).expect("base64");
        let signature = Signature::from_slice(&signature).expect("64 bytes");
        verifying.verify(signed.as_bytes(), &signature).expect("the office's own signature");
        let (head, claims) = signed.split_once('.').expect("claims");
        let json =
            |part| serde_json::from_slice::<Value>(&BASE64.decode(part).expect("base64")).expect("JSON");
        assert_eq!(json(head)["alg"], "ES256");
        assert_eq!((&json(claims)["aud"], &json(claims)["sub"]), (&origin.into(), &CONTACT.into()));
        let left = json(claims)["exp"].as_i64().expect("a number") - clock::now().0 / 1_000;
        assert!((1..=24 * 60 * 60).contains(&left), "{left}");

        assert_eq!(one.headers["content-encoding"], "aes128gcm");
        let (salt, rest) = one.body.split_at(16);
        assert_eq!((&rest[..4], rest[4]), (&4_096_u32.to_be_bytes()[..], 65));
        let (theirs, sealed) = rest[5..].split_at(65);
        let sender = PublicKey::from_sec1_bytes(theirs).expect("a point");
        let shared = p256::ecdh::diffie_hellman(self.key.to_nonzero_scalar(), sender.as_affine());
        let info = [b"WebPush: info\0", &bytes_of(&self.key.public_key())[..], theirs].concat();
        let (mut input, mut key, mut nonce) = ([0; 32], [0; 16], [0; 12]);
        let first = Hkdf::<Sha256>::new(Some(&self.auth), shared.raw_secret_bytes());
        first.expand(&info, &mut input).expect("32 bytes");
        let second = Hkdf::<Sha256>::new(Some(salt), &input);
        second.expand(b"Content-Encoding: aes128gcm\0", &mut key).expect("16 bytes");
        second.expand(b"Content-Encoding: nonce\0", &mut nonce).expect("12 bytes");
        let mut plain = Aes128Gcm::new(&key.into()).decrypt(&Nonce::from(nonce), sealed).expect("it opens");
        assert_eq!(plain.pop(), Some(2), "the last record");
        plain
    }
}

/// An office that pushes, its push service, an owner and an officer.
async fn pushing() -> (TestOffice, Service, Hand, Hand) {
    let test = working().await;
    let service = Service::start();
    assert!(test.office.pushes.open(&test.office.keys, CONTACT, Hosts::here(&service.origin)));
    let (owner, officer) = people(&test).await;
    (test, service, owner, officer)
}

async fn key(test: &TestOffice, hand: &Hand) -> (Option<String>, bool) {
    match put(test, hand, Ask::Push).await {
        Ok(Told::Pushed { key, on }) => (key, on),
        other => panic!("{other:?}"),
    }
}

/// The person says yes on this device.
async fn say_yes(test: &TestOffice, service: &Service, hand: &Hand, seed: u8) -> Browser {
    let (public, on) = key(test, hand).await;
    assert!(!on);
    let browser = Browser::new(seed, &public.expect("the office pushes"));
    let endpoint = format!("{}/may/{seed}", service.origin);
    let said = put(test, hand, Ask::BePushed(browser.subscription(endpoint))).await;
    assert_eq!(said, Ok(Told::Done));
    assert!(key(test, hand).await.1);
    browser
}

async fn send(test: &TestOffice, minutes: i64) -> usize {
    send_due(&test.office, clock::now().plus_minutes(minutes)).await.expect("an outbox")
}

async fn receive(test: &TestOffice, officer: &Hand, notice: &Notice, dice: u8) {
    let Act::Submit { heads, .. } = notice.submit.act.clone() else { panic!("a submission") };
    let sent = SentAct { dossier: notice.dossier, id: ActId([dice; 8]), act: Act::Receive { heads } };
    officer.send(test, &Up { acts: vec![sent], ..officer.hello() }).await;
}

async fn filed(test: &TestOffice, owner: &Hand) -> Notice {
    let filed = owner.filing([5; 5], &tenant(test));
    assert!(owner.send(test, &owner.carrying([&filed])).await.issued.is_some(), "a receipt");
    filed
}

#[tokio::test]
async fn who_said_yes_is_told_of_each_answer_once_and_the_service_that_carries_it_reads_nothing() {
    let (test, service, owner, officer) = pushing().await;
    let notice = owner.notice(1, "Sùng A Pó", "012201000217");
    owner.send(&test, &owner.carrying([&notice])).await;
    receive(&test, &officer, &notice, 20).await;
    assert_eq!(send(&test, 1).await, 0, "nobody said yes");
    let browser = say_yes(&test, &service, &owner, 9).await;
    assert_eq!(send(&test, 1).await, 0, "what was before the yes is not told");

    let second = owner.notice(2, "Sùng A Pó", "012201000217");
    owner.send(&test, &owner.carrying([&second])).await;
    assert_eq!(send(&test, 1).await, 0, "nobody is told of what they did themselves");
    receive(&test, &officer, &second, 21).await;
    let matter = filed(&test, &owner).await;
    accept(&test, &officer, &matter, 22, ReturnWay::Electronic).await;
    ask_for(&test, &officer, &matter, 23, None).await;
    let mut transaction = test.office.store.begin().await.expect("a transaction");
    sqlx::query("update commune set receive_at_once = 1").execute(&mut *transaction).await.expect("a write");
    transaction.commit().await.expect("a commit");
    let third = owner.notice(3, "Sùng A Pó", "012201000217");
    owner.send(&test, &owner.carrying([&third])).await;
    assert_eq!(
        send(&test, 1).await,
        2,
        "a notice received, a supplement asked for; neither an appointment nor what is received at once"
    );
    assert_eq!(send(&test, 60 * 24).await, 0, "each once");
    let told = service.taken();
    let said: Vec<Vec<u8>> = told.iter().map(|one| browser.opens(one, &service.origin)).collect();
    assert_eq!(said, [[Kind::Received.byte()], [Kind::Asked.byte()]]);
    for one in &told {
        assert_eq!((one.path.as_str(), one.headers["ttl"].as_str()), ("/may/9", "259200"));
        let topic = &one.headers["topic"];
        assert!(topic.len() == 32 && topic.bytes().all(|c| c.is_ascii_hexdigit()), "{topic}");
        let seen = format!("{:?} {}", one.headers, String::from_utf8_lossy(&one.body));
        for secret in ["Sùng", "Mẫn", "012201", &notice.dossier.to_string(), &matter.dossier.to_string()] {
            assert!(!seen.contains(secret), "{secret} in {seen}");
        }
    }
    assert_ne!(told[0].headers["topic"], told[1].headers["topic"], "one kind does not hide another");
    assert_eq!(told[0].body.len(), told[1].body.len());
}

#[tokio::test]
async fn a_decision_is_told_and_what_the_service_does_not_take_comes_later_and_once() {
    let (test, service, owner, officer) = pushing().await;
    let browser = say_yes(&test, &service, &owner, 9).await;
    let matter = filed(&test, &owner).await;
    accept(&test, &officer, &matter, 22, ReturnWay::Electronic).await;
    decide(&test, &officer, &matter, 23, 90).await;
    service.says(503);
    assert_eq!(send(&test, 0).await, 0);
    assert_eq!(send(&test, 0).await, 0, "not before its time");
    service.says(429);
    assert_eq!(send(&test, 2).await, 0);
    service.says(201);
    assert_eq!(send(&test, 3).await, 0, "the wait has grown");
    assert_eq!(send(&test, 5).await, 1);
    assert_eq!(send(&test, 60 * 24).await, 0);
    assert_eq!(browser.opens(&service.taken()[0], &service.origin), [Kind::Decided.byte()]);
}

#[tokio::test]
async fn a_service_that_says_nothing_is_asked_once_a_look_and_has_everything_when_it_is_back() {
    let (test, service, owner, officer) = pushing().await;
    say_yes(&test, &service, &owner, 9).await;
    for dice in [1, 2, 3] {
        let notice = owner.notice(dice, "Sùng A Pó", "012201000217");
        owner.send(&test, &owner.carrying([&notice])).await;
        receive(&test, &officer, &notice, 20 + dice).await;
    }
    service.says(SILENT);
    assert_eq!(send(&test, 1).await, 0);
    assert_eq!(*service.asked.lock().expect("a lock"), 1);
    service.says(201);
    assert_eq!(send(&test, 3).await, 3);
}

#[tokio::test]
async fn a_subscription_the_service_does_not_know_any_more_is_gone() {
    for status in [404, 410] {
        let (test, service, owner, officer) = pushing().await;
        say_yes(&test, &service, &owner, 9).await;
        for dice in [1, 2] {
            let notice = owner.notice(dice, "Sùng A Pó", "012201000217");
            owner.send(&test, &owner.carrying([&notice])).await;
            receive(&test, &officer, &notice, 20 + dice).await;
        }
        service.says(status);
        assert_eq!(send(&test, 1).await, 0);
        assert_eq!(count(&test, "push_subscription").await, 0);
        assert!(!key(&test, &owner).await.1, "and the phone says so");
        service.says(201);
        assert_eq!(send(&test, 60 * 24).await, 0, "nothing waits for it");
    }
}

#[tokio::test]
async fn a_device_is_told_only_while_it_may_read_what_it_is_told_of() {
    let (test, service, owner, officer) = pushing().await;
    let other = Hand::join(&test, 7, Role::Owner, COMMUNE, test.add_house(COMMUNE).await).await;
    say_yes(&test, &service, &other, 8).await;
    say_yes(&test, &service, &officer, 7).await;
    let browser = say_yes(&test, &service, &owner, 9).await;
    let first = owner.notice(1, "Sùng A Pó", "012201000217");
    owner.send(&test, &owner.carrying([&first])).await;
    receive(&test, &officer, &first, 20).await;
    assert_eq!(send(&test, 1).await, 1, "the one who filed it, and neither a stranger nor the officer");
    browser.opens(&service.taken()[0], &service.origin);

    let next = owner.notice(2, "Sùng A Pó", "012201000217");
    owner.send(&test, &owner.carrying([&next])).await;
    receive(&test, &officer, &next, 21).await;
    let mut transaction = test.office.store.begin().await.expect("a transaction");
    device::revoke(&mut *transaction, owner.handle, clock::now()).await.expect("a write");
    transaction.commit().await.expect("a commit");
    assert_eq!(send(&test, 1).await, 0, "a revoked device is told nothing");

    let third = other.notice(3, "Sùng A Pó", "012201000217");
    other.send(&test, &other.carrying([&third])).await;
    receive(&test, &officer, &third, 22).await;
    assert_eq!(put(&test, &other, Ask::EndPush).await, Ok(Told::Done));
    assert_eq!(send(&test, 1).await, 0, "nor one whose person said no");
    assert_eq!(service.taken().len(), 0);
}

#[tokio::test]
async fn the_office_posts_nowhere_but_to_push_services_and_not_at_all_where_pushing_is_off() {
    let (test, service, owner, _) = pushing().await;
    let browser = Browser::new(9, "");
    for endpoint in [
        "http://127.0.0.1:1/healthz".to_owned(),
        "http://169.254.169.254/latest/meta-data/".to_owned(),
        "https://example.test/x".to_owned(),
        format!("{}0/x", service.origin),
        service.origin.replace("http://", "http://a@"),
        String::new(),
    ] {
        let said = put(&test, &owner, Ask::BePushed(browser.subscription(endpoint.clone()))).await;
        assert_eq!(said, Err(StatusCode::UNPROCESSABLE_ENTITY), "{endpoint}");
    }
    let endpoint = format!("{}/x", service.origin);
    let wrong = Subscription { auth: "AAAA".into(), ..browser.subscription(endpoint.clone()) };
    assert_eq!(put(&test, &owner, Ask::BePushed(wrong)).await, Err(StatusCode::UNPROCESSABLE_ENTITY));
    // On a tablet several people share, it would tell everybody.
    let mut transaction = test.office.store.begin().await.expect("a transaction");
    sqlx::query("update device set shared = 1").execute(&mut *transaction).await.expect("a write");
    transaction.commit().await.expect("a commit");
    let said = put(&test, &owner, Ask::BePushed(browser.subscription(endpoint.clone()))).await;
    assert_eq!(said, Err(StatusCode::UNPROCESSABLE_ENTITY));
    assert_eq!(count(&test, "push_subscription").await, 0);

    let off = working().await;
    let (owner, _) = people(&off).await;
    assert_eq!(key(&off, &owner).await, (None, false));
    let said = put(&off, &owner, Ask::BePushed(browser.subscription(endpoint))).await;
    assert_eq!(said, Err(StatusCode::NOT_FOUND));
}
