//! Residence dossiers in figures: counted from their logs when somebody looks, by month, procedure and way.

use axum::body::Body;
use axum::http::Request;
use dossier::access::Role;
use dossier::act::{Act, Channel};
use dossier::filing::step::{ReturnWay, Step};
use dossier::manage::{Ask, DossierFigures, Tally, Told};
use server::{clock, dice};
use sync::frame::down::Verdict;
use sync::frame::up::Up;
use sync::request::Call;

use super::filing::{people, step};
use super::hand::{Hand, Notice, act_verdict};
use super::office::{COMMUNE, TestOffice, ask};
use super::tenant::{tenant, wrong_name};
use super::working;

pub async fn statistics(test: &TestOffice, hand: &Hand) -> Vec<DossierFigures> {
    counted(test, hand).await.0
}

/// What was counted, and how many could not be read.
async fn counted(test: &TestOffice, hand: &Hand) -> (Vec<DossierFigures>, u32) {
    let call = Call::of(&Ask::Statistics, &hand.handle.to_string(), &hand.key, clock::now(), dice::roll());
    let request = Request::get(&call.path).header("authorization", call.authorization);
    let answer = ask(&test.router, request.body(Body::empty()).expect("a request")).await;
    match serde_json::from_slice(&answer.body) {
        Ok(Told::Statistics(figures, unread)) => (figures, unread),
        _ => panic!("{} {}", answer.status, answer.text()),
    }
}

async fn tap(test: &TestOffice, officer: &Hand, notice: &Notice, dice: u8, done: Step) {
    let tap = step(notice, dice, done);
    let down = officer.send(test, &Up { acts: vec![tap.clone()], ..officer.hello() }).await;
    assert_eq!(act_verdict(&down, &tap), Some(Verdict::Accepted));
}

#[tokio::test]
async fn a_dossier_is_counted_as_it_goes_on_and_each_agency_counts_its_own() {
    let test = working().await;
    let (phone, officer) = people(&test).await;
    assert_eq!(statistics(&test, &officer).await, []);
    let filed = phone.filing([5; 5], &tenant(&test));
    let civil = phone.filing([6; 5], &wrong_name(&test));
    // A draft that reached the office was not handed in.
    let mut draft = phone.carrying([&filed, &civil]);
    let submits = std::mem::take(&mut draft.acts);
    phone.send(&test, &draft).await;
    assert_eq!(statistics(&test, &officer).await, []);

    phone.send(&test, &Up { acts: submits, ..phone.hello() }).await;
    let [one] = &statistics(&test, &officer).await[..] else { panic!("one procedure of the police") };
    let (year, month, _) = clock::now().day().date();
    assert_eq!((one.title.as_str(), one.channel), ("Đăng ký tạm trú", Channel::OwnPhone));
    assert_eq!((one.month.date(), one.village.is_some()), ((year, month, 1), true));
    let came = Tally { received: 1, online: 1, open: 1, ..Tally::default() };
    assert_eq!((one.commune, one.tally), (COMMUNE, came));

    let Act::Submit { heads, .. } = filed.submit.act.clone() else { panic!("a submission") };
    let (appointed, way) = (clock::now().day().plus(3), ReturnWay::Electronic);
    tap(
        &test,
        &officer,
        &filed,
        7,
        Step::Accept { heads: heads.clone(), appointed, way, papers: Vec::new() },
    )
    .await;
    assert_eq!(statistics(&test, &officer).await[0].tally, came);
    let words = "Đồng ý".parse().expect("words");
    tap(&test, &officer, &filed, 8, Step::Decide { heads, words, until: None }).await;
    let settled = Tally { open: 0, early: 1, electronic: 1, signed: 1, ..came };
    assert_eq!(statistics(&test, &officer).await[0].tally, settled);

    // Who follows the province is told of all procedures, and of no village.
    let supervisor = Hand::join(&test, 3, Role::ProvincialSupervisor, COMMUNE, phone.house).await;
    let told = statistics(&test, &supervisor).await;
    assert!(told.iter().all(|one| one.village.is_none()));
    let all = told.iter().fold(Tally::default(), |mut all, one| {
        all += one.tally;
        all
    });
    assert_eq!((told.len(), all.received, all.open), (2, 2, 1));
}

#[tokio::test]
async fn a_dossier_that_cannot_be_read_is_left_out_and_told_and_the_others_are_counted() {
    let test = working().await;
    let (phone, officer) = people(&test).await;
    let [damaged, sound] = [[5; 5], [6; 5]].map(|dice| phone.filing(dice, &tenant(&test)));
    phone.send(&test, &phone.carrying([&damaged, &sound])).await;
    let mut transaction = test.office.store.begin().await.expect("a transaction");
    sqlx::query("update log set sealed = zeroblob(100) where dossier = ?")
        .bind(damaged.dossier.0.as_slice())
        .execute(&mut *transaction)
        .await
        .expect("damage");
    transaction.commit().await.expect("a commit");
    for _ in 0..2 {
        let (figures, unread) = counted(&test, &officer).await;
        assert_eq!((figures.len(), unread), (1, 1));
        assert_eq!(figures[0].tally.received, 1);
    }
}
