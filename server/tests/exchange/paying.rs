//! A fee paid online by who filed with an own account: the device is told whether that can be done, begins it as itself, and
//! says "paid" no sooner than the office; nobody else's device begins anything.

use axum::body::Body;
use axum::http::{Request, StatusCode};
use dossier::access::Role;
use dossier::filing::status::FeeState;
use dossier::filing::step::{Payment, ReturnWay, Step};
use dossier::id::DossierId;
use dossier::manage::{Ask, OnlineFee, Told};
use serde_json::json;
use server::payment::look;
use server::{clock, dice};
use sync::frame::{Have, Scope, up::Up};
use sync::request::Call;

use crate::by_code::{accept, filed as filed_for, page, story, tap};
use crate::civil::{accept as accepting, file};
use crate::filing::people;
use crate::gateway::{OFFICE, Simulator, notice, word};
use crate::hand::{Hand, Notice};
use crate::office::{Answer, COMMUNE, TestOffice, ask};
use crate::tenant::{tenant, wrong_name};
use crate::{NEXT, working};

async fn asked(test: &TestOffice, hand: &Hand, question: &Ask) -> Answer {
    let call = Call::of(question, &hand.handle.to_string(), &hand.key, clock::now(), dice::roll());
    let request = Request::builder().method(call.method).uri(&call.path);
    let request = request.header("authorization", call.authorization).body(Body::from(call.body));
    ask(&test.router, request.expect("a request")).await
}

async fn said(test: &TestOffice, hand: &Hand, question: &Ask) -> OnlineFee {
    let answer = asked(test, hand, question).await;
    match serde_json::from_slice(&answer.body) {
        Ok(Told::OnlineFee(fee)) => fee,
        _ => panic!("{} {}", answer.status, answer.text()),
    }
}

async fn stands(test: &TestOffice, hand: &Hand, of: &Notice) -> OnlineFee {
    said(test, hand, &Ask::OnlineFee(of.dossier)).await
}

async fn pays(test: &TestOffice, hand: &Hand, of: &Notice) -> OnlineFee {
    said(test, hand, &Ask::PayOnline(of.dossier)).await
}

/// An owner's own dossier whose fee an officer has asked for; no gateway is named yet.
async fn owing(test: &TestOffice) -> (Hand, Hand, Notice) {
    let (owner, officer) = people(test).await;
    let filed = file(test, &owner, 5, &tenant(test)).await;
    accept(test, &officer, &filed, 7, ReturnWay::Electronic).await;
    tap(test, &officer, &filed, 8, Step::FeeDue { dong: 15_000 }).await;
    (owner, officer, filed)
}

/// The gateway tells that this was paid, and the office writes it down.
async fn paid(test: &TestOffice, reference: &str) {
    let body = word(reference, 15_000, "paid");
    let signed = notice(&body, clock::now());
    let request = Request::post("/api/v1/payments/notice")
        .header("x-bankhai-time", &signed.time)
        .header("x-bankhai-signature", &signed.signature);
    let answer = ask(&test.router, request.body(Body::from(body)).expect("a request")).await;
    assert_eq!(answer.status, StatusCode::OK);
}

#[tokio::test]
async fn who_filed_is_offered_to_pay_online_only_where_and_while_it_can_be_done() {
    let test = working().await;
    let (owner, officer, filed) = owing(&test).await;
    assert_eq!(stands(&test, &owner, &filed).await, OnlineFee::Closed, "no gateway is named");
    assert_eq!(pays(&test, &owner, &filed).await, OnlineFee::Closed);
    let gateway = Simulator::start();
    test.office.payments.open(gateway.gateway());
    assert_eq!(stands(&test, &owner, &filed).await, OnlineFee::Open);
    assert_eq!(gateway.heard("POST"), 0, "to ask begins nothing");
    gateway.set(|sandbox| sandbox.away = true);
    assert_eq!(pays(&test, &owner, &filed).await, OnlineFee::Away);
    assert_eq!(stands(&test, &owner, &filed).await, OnlineFee::Open, "nothing was begun that could be paid");
    tap(&test, &officer, &filed, 9, Step::FeePaid { dong: 15_000, how: Payment::Cash }).await;
    assert_eq!(stands(&test, &owner, &filed).await, OnlineFee::Closed, "cash was taken meanwhile");
    gateway.set(|sandbox| sandbox.away = false);
    assert_eq!(pays(&test, &owner, &filed).await, OnlineFee::Closed);
    assert_eq!(gateway.references(), Vec::<String>::new());
}

#[tokio::test]
async fn the_way_leads_to_the_gateway_and_back_into_the_app_and_it_is_paid_when_the_office_says_so() {
    let test = working().await;
    let gateway = Simulator::start();
    test.office.payments.open(gateway.gateway());
    let (owner, _, filed) = owing(&test).await;
    let begun = pays(&test, &owner, &filed).await;
    let reference = gateway.references().pop().expect("a reference");
    assert_eq!(begun, OnlineFee::At(format!("https://tra.example.vn/{reference}")));
    gateway.set(|sandbox| sandbox.away = true);
    assert_eq!(pays(&test, &owner, &filed).await, OnlineFee::Waiting, "who has been there may have paid");
    gateway.set(|sandbox| sandbox.away = false);
    let body = format!(
        "{{\"reference\":\"{reference}\",\"amount\":15000,\"purpose\":\"Lệ phí thủ tục hành chính\",\
         \"return_address\":\"{OFFICE}/may/le-phi\",\"notify_address\":\"{OFFICE}/api/v1/payments/notice\"}}"
    );
    assert_eq!(gateway.sandbox.lock().expect("a lock").lines[0]["body"], json!(body), "and nothing else");
    assert_eq!(stands(&test, &owner, &filed).await, OnlineFee::Waiting);
    assert_eq!(pays(&test, &owner, &filed).await, begun, "who goes there again pays the same payment");
    assert_eq!(gateway.references().len(), 1);

    paid(&test, &reference).await;
    assert_eq!(stands(&test, &owner, &filed).await, OnlineFee::Paid, "kept, and not yet an act");
    assert_eq!(pays(&test, &owner, &filed).await, OnlineFee::Paid, "and nobody pays it again");
    assert_eq!(story(&test, &filed).await.status().fee, FeeState::Due { dong: 15_000 });
    assert_eq!(look(&test.office, clock::now()).await.expect("a look"), 1);
    assert_eq!(stands(&test, &owner, &filed).await, OnlineFee::Closed);
    let up = Up { have: vec![(Scope::Establishment(owner.house), Have::default())], ..owner.hello() };
    let down = owner.send(&test, &up).await;
    let fee = down.recorded.iter().any(|one| one.recorded.act == fee_paid());
    assert!(fee, "the phone hears it in its next exchange");
}

fn fee_paid() -> dossier::act::Act {
    dossier::act::Act::Step(Box::new(Step::FeePaid { dong: 15_000, how: Payment::Online }))
}

#[tokio::test]
async fn nobody_elses_device_begins_a_payment_and_only_who_decides_hears_that_one_was_begun() {
    let test = working().await;
    test.add_commune_of(NEXT).await;
    let gateway = Simulator::start();
    test.office.payments.open(gateway.gateway());
    let (owner, officer, filed) = owing(&test).await;
    pays(&test, &owner, &filed).await;
    let house = test.add_house(COMMUNE).await;
    let mut others = Vec::new();
    for (seed, role, commune, house) in [
        (10, Role::Owner, COMMUNE, house),
        (11, Role::TeamMember, COMMUNE, owner.house),
        (12, Role::TeamLeader, COMMUNE, owner.house),
        (13, Role::JusticeOfficer, COMMUNE, owner.house),
        (14, Role::OneStopClerk, COMMUNE, owner.house),
        (15, Role::ProvincialSupervisor, COMMUNE, owner.house),
        (16, Role::ProvinceOfficer, COMMUNE, owner.house),
        (17, Role::Administrator, COMMUNE, owner.house),
        (18, Role::Officer, NEXT, owner.house),
        (19, Role::Citizen, COMMUNE, owner.house),
    ] {
        others.push((role, Hand::join(&test, seed, role, commune, house).await));
    }
    for (role, hand) in &others {
        for question in [Ask::OnlineFee(filed.dossier), Ask::PayOnline(filed.dossier)] {
            assert_eq!(asked(&test, hand, &question).await.status, StatusCode::NOT_FOUND, "{role:?}");
        }
    }
    assert_eq!(
        stands(&test, &officer, &filed).await,
        OnlineFee::Waiting,
        "the desk asks before it takes cash"
    );
    let begins = asked(&test, &officer, &Ask::PayOnline(filed.dossier)).await;
    assert_eq!(begins.status, StatusCode::NOT_FOUND, "and pays nothing for others");
    let nowhere = DossierId([9; 8]);
    assert_eq!(asked(&test, &owner, &Ask::PayOnline(nowhere)).await.status, StatusCode::NOT_FOUND);
    let unsigned = Request::post(format!("/api/v1/fees/{}", filed.dossier)).body(Body::from("null"));
    assert_eq!(ask(&test.router, unsigned.expect("a request")).await.status, StatusCode::UNAUTHORIZED);
    assert_eq!(gateway.references().len(), 1);

    // What the People's Committee decides its justice officer asks about, and not the police.
    let civil = file(&test, &owner, 6, &wrong_name(&test)).await;
    let (_, justice) = &others[3];
    tap(&test, justice, &civil, 20, accepting(&civil)).await;
    tap(&test, justice, &civil, 21, Step::FeeDue { dong: 15_000 }).await;
    assert_eq!(stands(&test, justice, &civil).await, OnlineFee::Open);
    let asks = asked(&test, &officer, &Ask::OnlineFee(civil.dossier)).await;
    assert_eq!(asks.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn who_filed_for_a_villager_and_the_villager_with_the_code_pay_one_payment() {
    let test = working().await;
    let gateway = Simulator::start();
    test.office.payments.open(gateway.gateway());
    let (member, officer, filed) = filed_for(&test).await;
    accept(&test, &officer, &filed, 7, ReturnWay::Electronic).await;
    tap(&test, &officer, &filed, 8, Step::FeeDue { dong: 15_000 }).await;
    let by_code = page(&test, "/theo-doi/le-phi", &[]).await;
    let reference = gateway.references().pop().expect("a reference");
    let way = format!("https://tra.example.vn/{reference}");
    assert!(by_code.contains(&way), "{by_code}");
    assert_eq!(pays(&test, &member, &filed).await, OnlineFee::At(way));
    assert_eq!(gateway.references().len(), 1);
}
