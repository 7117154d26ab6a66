//! A result on paper: anybody asks the office whether it is genuine and whether it still stands.

use axum::body::Body;
use axum::http::Request;
use dossier::access::Role;
use dossier::act::Act;
use dossier::filing::step::{ReturnWay, Step};
use dossier::procedure::pinned;
use server::clock;
use server::story::Story;
use sync::decision::SignedDecision;
use sync::frame::up::Up;

use crate::filing::{people, step};
use crate::hand::{Hand, Notice};
use crate::office::{COMMUNE, TestOffice, ask};
use crate::tenant::tenant;
use crate::working;

async fn tap(test: &TestOffice, hand: &Hand, of: &Notice, dice: u8, what: Step) {
    hand.send(test, &Up { acts: vec![step(of, dice, what)], ..hand.hello() }).await;
}

/// What the QR code of the notice of the result says.
async fn on_paper(test: &TestOffice, of: &Notice) -> Option<String> {
    let story = Story::read(&test.office, of.dossier).await.expect("a read").expect("a dossier");
    let content = story.history.read().expect("a content");
    let filing = content.filing().expect("a residence dossier");
    let published = test.office.procedures.now();
    let procedure = pinned(published.procedures(), &filing.version).expect("a procedure");
    story.signed_result(&test.office, filing, procedure)
}

async fn checked(test: &TestOffice, text: &str) -> String {
    let request = Request::post("/kiem-tra").header("content-type", "application/x-www-form-urlencoded");
    let body = Body::from(format!("receipt={text}"));
    ask(&test.router, request.body(body).expect("a request")).await.text()
}

#[tokio::test]
async fn a_result_is_genuine_for_anybody_and_no_longer_stands_once_it_was_annulled() {
    let test = working().await;
    let (owner, officer) = people(&test).await;
    let filed = owner.filing([5; 5], &tenant(&test));
    owner.send(&test, &owner.carrying([&filed])).await;
    assert_eq!(on_paper(&test, &filed).await, None, "nothing was decided");
    let Act::Submit { heads, .. } = filed.submit.act.clone() else { panic!("a submission") };
    let (appointed, until) = (clock::now().day().plus(3), clock::now().day().plus(300));
    let accept =
        Step::Accept { heads: heads.clone(), appointed, way: ReturnWay::Electronic, papers: Vec::new() };
    tap(&test, &officer, &filed, 7, accept).await;
    let words = "Đồng ý đăng ký tạm trú".parse().expect("words");
    tap(&test, &officer, &filed, 8, Step::Decide { heads, words, until: Some(until) }).await;

    let text = on_paper(&test, &filed).await.expect("a signed result");
    assert_eq!(on_paper(&test, &filed).await, Some(text.clone()), "printed again it is the same");
    let told = checked(&test, &text).await;
    for words in ["đang có hiệu lực", "LÒ VĂN MẪN · số …4318", "Đăng ký tạm trú", &until.to_string()]
    {
        assert!(told.contains(words), "{words} is not in: {told}");
    }
    for secret in ["012201004318", "Hảng A Xà", "Đồng ý đăng ký tạm trú", "Sin Suối Hồ"] {
        assert!(!told.contains(secret), "{secret} is told, and the code does not say it");
    }
    // Another name under the same signature.
    let said = SignedDecision::from_text(&text).expect("its own text").said;
    let forged = sync::decision::Signed { person: "LÒ VĂN MẨN".to_owned(), ..said };
    let stranger = forged.sign(test.office.keys.receipt().id, &owner.key).to_text();
    assert!(checked(&test, &stranger).await.contains("GIẢ"));
    assert!(checked(&test, &text[..text.len() - 8]).await.contains("hông phải"));

    let annul = Step::Annul {
        reason: "Giấy tờ đã bị sửa".parse().expect("words"),
        ground: "Luật Cư trú điều 35".parse().expect("words"),
    };
    tap(&test, &officer, &filed, 9, annul.clone()).await;
    assert!(on_paper(&test, &filed).await.is_some(), "an officer decides, and annuls nothing");
    let head = Hand::join(&test, 3, Role::Head, COMMUNE, owner.house).await;
    tap(&test, &head, &filed, 10, annul).await;
    assert_eq!(on_paper(&test, &filed).await, None, "what no longer stands is not signed again");
    let told = checked(&test, &text).await;
    assert!(told.contains("Kết quả đã bị hủy bỏ"), "{told}");
    assert!(!told.contains("Giấy tờ đã bị sửa"), "why is not everybody's to read");
}
