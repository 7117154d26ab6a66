//! Text messages against a real gateway on this machine: told once, tried again, only with a yes, and naming nobody.

use std::io::{Read as _, Write as _};
use std::net::TcpListener;
use std::sync::{Arc, Mutex};

use axum::body::Body;
use axum::http::{Request, StatusCode};
use dossier::access::Role;
use dossier::behalf::Matter;
use dossier::filing::step::{Payment, ReturnWay, Step};
use serde_json::{Value, json};
use server::clock;
use server::message::gateway::{HttpGateway, Line};
use server::message::send_due;

use crate::behalf::{with, witnessed_for};
use crate::by_code::{WORD, accept, ask_for, code, decide, heads, sent, tap};
use crate::filing::people;
use crate::hand::{Hand, Notice};
use crate::office::{Answer, COMMUNE, TestOffice, ask};
use crate::tenant::tenant;
use crate::working;

const SECRET: &str = "bi-mat-cua-cong-tin-nhan";
const PHONE: &str = "0912000456";

/// A gateway that writes down what it is handed, and answers with the status it is told to.
struct Simulator {
    heard: Arc<Mutex<Vec<Value>>>,
    status: Arc<Mutex<u16>>,
    address: String,
}

impl Simulator {
    fn start() -> Simulator {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = format!("http://{}/gui", listener.local_addr().expect("an address"));
        let (heard, status) = (Arc::new(Mutex::new(Vec::new())), Arc::new(Mutex::new(200)));
        let simulator = Simulator { heard: heard.clone(), status: status.clone(), address };
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let mut stream = stream.expect("a line");
                let (mut bytes, mut piece) = (Vec::new(), [0; 4096]);
                let body = loop {
                    let read = stream.read(&mut piece).expect("bytes");
                    bytes.extend_from_slice(&piece[..read]);
                    let text = String::from_utf8_lossy(&bytes).into_owned();
                    if let Some((head, body)) = text.split_once("\r\n\r\n") {
                        let length = head.to_lowercase();
                        let length = length.split("content-length: ").nth(1).expect("a length");
                        let length: usize =
                            length.split("\r\n").next().expect("a line").parse().expect("digits");
                        if body.len() >= length {
                            assert!(head.contains(SECRET), "it proves itself");
                            break body.to_owned();
                        }
                    }
                };
                let status = *status.lock().expect("a lock");
                if status == 200 {
                    heard.lock().expect("a lock").push(serde_json::from_str(&body).expect("JSON"));
                }
                let answer = format!("HTTP/1.1 {status} x\r\ncontent-length: 0\r\nconnection: close\r\n\r\n");
                stream.write_all(answer.as_bytes()).expect("an answer");
            }
        });
        simulator
    }

    fn texts(&self) -> Vec<String> {
        let heard = self.heard.lock().expect("a lock");
        heard.iter().map(|one| one["text"].as_str().expect("a text").to_owned()).collect()
    }
}

/// An office with a gateway, and a dossier that gives a telephone.
async fn reachable() -> (TestOffice, Simulator, Hand, Notice) {
    let test = working().await;
    let simulator = Simulator::start();
    let out = Arc::new(HttpGateway::new(&simulator.address, SECRET));
    test.office.messages.open(Line { out, inbound: Some(SECRET.to_owned()) });
    let (owner, officer) = people(&test).await;
    let member = Hand::join(&test, 3, Role::TeamMember, COMMUNE, owner.house).await;
    let mut said = tenant(&test);
    said.answers.insert("phone".parse().expect("a key"), PHONE.to_owned());
    let filed = member.filing([6; 5], &said);
    let up = with(member.carrying([&filed]), &filed, witnessed_for(Matter::Filing, 4));
    assert!(member.send(&test, &up).await.issued.is_some(), "a receipt");
    (test, simulator, officer, filed)
}

async fn texted(test: &TestOffice, secret: &str, from: &str, text: &str) -> Answer {
    let request = Request::post("/api/sms").header("x-bankhai-secret", secret);
    let body = Body::from(json!({ "from": from, "text": text }).to_string());
    ask(&test.router, request.body(body).expect("a request")).await
}

async fn reply(test: &TestOffice, from: &str, text: &str) -> String {
    texted(test, SECRET, from, text).await.json()["reply"].as_str().unwrap_or_default().to_owned()
}

async fn send(test: &TestOffice, minutes: i64) -> usize {
    send_due(&test.office, clock::now().plus_minutes(minutes)).await.expect("an outbox")
}

#[tokio::test]
async fn nothing_is_sent_without_a_yes_and_with_one_each_thing_is_told_once_and_names_nobody() {
    let (test, gateway, officer, filed) = reachable().await;
    accept(&test, &officer, &filed, 7, ReturnWay::InPerson).await;
    ask_for(&test, &officer, &filed, 8, None).await;
    assert_eq!(send(&test, 1).await, 0, "nobody said yes");
    let code = code();
    let key = [("code", code.as_str()), ("word", WORD)];
    let told = sent(&test, "/theo-doi/ho-so", &key).await.text();
    assert!(told.contains("đuôi 456") && !told.contains(PHONE), "{told}");
    let told = sent(&test, "/theo-doi/tin-nhan", &[&key[..], &[("on", "1")]].concat()).await.text();
    assert!(told.contains("Sẽ báo bằng tin nhắn"), "{told}");
    assert_eq!(send(&test, 1).await, 1, "what arrived; what was before the yes is not told");
    let answer = [("send", "1"), ("a.address", "Nhà 12, bản Sin Suối Hồ")];
    sent(&test, "/theo-doi/bo-sung", &[&key[..], &answer[..]].concat()).await;
    let appointed = clock::now().day().plus(30);
    let words = "Xin lỗi vì trả trễ".parse().expect("words");
    tap(&test, &officer, &filed, 9, Step::Apologise { appointed, words }).await;
    while send(&test, 1).await > 0 {}
    decide(&test, &officer, &filed, 10, 10).await;
    while send(&test, 1).await > 0 {}
    assert_eq!(send(&test, 60 * 24).await, 0, "each once");
    let texts = gateway.texts();
    let days = clock::now().day();
    for words in [
        format!("da nhan ngay {days}"),
        format!("bi tre. Xin loi va hen lai ngay {appointed}"),
        format!("co ket qua ngay {days}, nhan tai noi nop"),
        format!("het thoi han ngay {}", days.plus(10)),
    ] {
        assert!(texts.iter().any(|text| text.contains(&words)), "{words} is not in {texts:?}");
    }
    assert_eq!(texts.len(), 5, "two receipts, an apology, a result, the end of the term: {texts:?}");
    for text in texts {
        assert!(text.is_ascii() && text.len() <= 160, "{text}");
        for secret in ["http", "www", "/", "Man", "man", "4318", "012201", &code] {
            let days = text.replace(&format!("{}", days), "").replace('/', "");
            assert!(!days.contains(secret), "{secret} in {text}");
        }
    }
    let tos = gateway.heard.lock().expect("a lock").iter().all(|one| one["to"] == PHONE);
    assert!(tos, "to the telephone in the dossier and no other");
}

#[tokio::test]
async fn a_gateway_that_fails_is_tried_again_later_under_the_same_name_and_sends_once() {
    let (test, gateway, ..) = reachable().await;
    assert!(reply(&test, "+84912000456", &format!("BAO {}", code())).await.contains("se nhan tin"));
    *gateway.status.lock().expect("a lock") = 503;
    assert_eq!(send(&test, 1).await, 0);
    *gateway.status.lock().expect("a lock") = 200;
    assert_eq!(send(&test, 1).await, 0, "it waits first");
    assert_eq!(send(&test, 3).await, 1);
    assert_eq!(send(&test, 600).await, 0);
    assert_eq!(gateway.texts().len(), 1);
}

#[tokio::test]
async fn what_is_over_before_it_could_be_sent_is_not_told() {
    let (test, gateway, officer, filed) = reachable().await;
    accept(&test, &officer, &filed, 7, ReturnWay::InPerson).await;
    reply(&test, "+84912000456", &format!("BAO {}", code())).await;
    ask_for(&test, &officer, &filed, 8, None).await;
    let answer =
        [("code", code()), ("word", WORD.into()), ("send", "1".into()), ("a.address", "Nhà 12".into())];
    let answer: Vec<(&str, &str)> = answer.iter().map(|(key, value)| (*key, value.as_str())).collect();
    sent(&test, "/theo-doi/bo-sung", &answer).await;
    while send(&test, 1).await > 0 {}
    let texts = gateway.texts();
    assert!(!texts.is_empty() && texts.iter().all(|text| !text.contains("bo sung")), "{texts:?}");
}

#[tokio::test]
async fn a_fee_that_is_due_and_a_result_that_no_longer_stands_are_told() {
    let (test, gateway, officer, filed) = reachable().await;
    accept(&test, &officer, &filed, 7, ReturnWay::InPerson).await;
    reply(&test, "+84912000456", &format!("BAO {}", code())).await;
    tap(&test, &officer, &filed, 8, Step::FeeDue { dong: 15_000 }).await;
    while send(&test, 1).await > 0 {}
    tap(&test, &officer, &filed, 9, Step::FeePaid { dong: 15_000, how: Payment::Cash }).await;
    decide(&test, &officer, &filed, 10, 300).await;
    let head = Hand::join(&test, 5, Role::Head, COMMUNE, officer.house).await;
    let (reason, ground) = ("Giấy tờ đã bị sửa".parse(), "Luật Cư trú điều 35".parse());
    let annul = Step::Annul { reason: reason.expect("words"), ground: ground.expect("words") };
    tap(&test, &head, &filed, 11, annul).await;
    while send(&test, 1).await > 0 {}
    let texts = gateway.texts();
    for words in ["cho nop le phi 15.000 dong", "ket qua bi huy bo ngay"] {
        assert!(texts.iter().any(|text| text.contains(words)), "{words} is not in {texts:?}");
    }
    assert!(texts.iter().all(|text| !text.contains("co ket qua")), "over before it was sent: {texts:?}");
    assert!(texts.iter().all(|text| text.is_ascii() && text.len() <= 160));
}

#[tokio::test]
async fn a_dossier_that_cannot_be_read_is_put_off_and_stops_no_other_message() {
    let (test, _gateway, _officer, filed) = reachable().await;
    reply(&test, "+84912000456", &format!("BAO {}", code())).await;
    let mut transaction = test.office.store.begin().await.expect("a transaction");
    sqlx::query("update log set sealed = zeroblob(100) where dossier = ?")
        .bind(filed.dossier.0.as_slice())
        .execute(&mut *transaction)
        .await
        .expect("damage");
    transaction.commit().await.expect("a commit");
    assert_eq!(send(&test, 1).await, 0);
    let tries = sqlx::query_scalar("select max(tries) from message").fetch_one(test.office.store.readers());
    let tries: i64 = tries.await.expect("a count");
    assert_eq!(tries, 1, "it waits its turn");
}

#[tokio::test]
async fn a_code_by_text_is_answered_with_state_and_date_and_only_the_dossiers_own_telephone_turns_messages_on()
 {
    let (test, gateway, officer, filed) = reachable().await;
    let told = reply(&test, "0988111222", &code().to_lowercase()).await;
    assert!(told.contains(": cho tiep nhan, nop ngay"), "{told}");
    accept(&test, &officer, &filed, 7, ReturnWay::InPerson).await;
    let told = reply(&test, "0988111222", &code()).await;
    assert!(told.contains(&format!("hen tra ngay {}", clock::now().day().plus(3))), "{told}");
    assert!(reply(&test, "0988111222", &format!("BAO {}", code())).await.contains("ghi trong to khai"));
    let appointed = clock::now().day().plus(30);
    let late = || Step::Apologise { appointed, words: "Trễ".parse().expect("words") };
    tap(&test, &officer, &filed, 8, late()).await;
    assert_eq!(send(&test, 1).await, 0);
    reply(&test, PHONE, &format!("báo {}", code())).await;
    reply(&test, PHONE, &format!("thôi {}", code())).await;
    let words = "Đồng ý".parse().expect("words");
    let heads = heads(&test, &filed).await;
    tap(&test, &officer, &filed, 9, Step::Decide { heads, words, until: None }).await;
    assert_eq!(send(&test, 60).await, 0, "they said no again");
    assert!(gateway.texts().is_empty());
    for secret in ["0988111222", PHONE] {
        let sql = "select count(*) from message where instr(kind || about || coalesce(dropped, ''), ?) > 0";
        let kept = sqlx::query_scalar::<_, i64>(sql).bind(secret);
        assert_eq!(kept.fetch_one(test.office.store.readers()).await.expect("a count"), 0);
    }
}

#[tokio::test]
async fn the_way_in_is_shut_without_its_secret_and_guesses_by_text_are_slowed() {
    let test = working().await;
    let shut = texted(&test, SECRET, PHONE, "x").await;
    assert_eq!(shut.status, StatusCode::NOT_FOUND, "no gateway is named");
    let (test, ..) = reachable().await;
    assert_eq!(texted(&test, "sai", PHONE, &code()).await.status, StatusCode::UNAUTHORIZED);
    for _ in 0..11 {
        assert!(reply(&test, PHONE, "7K2QD-0M9XA").await.contains("chua thay ma nay"));
    }
    assert!(reply(&test, PHONE, &code()).await.contains("da thu nhieu lan"));
    assert!(!reply(&test, "0988111222", &code()).await.contains("da thu"), "another telephone may ask");
    let broken = Request::post("/api/sms").header("x-bankhai-secret", SECRET).body(Body::from("{"));
    assert_eq!(ask(&test.router, broken.expect("a request")).await.status, StatusCode::BAD_REQUEST);
}
