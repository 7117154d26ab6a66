//! Residence dossiers in figures: counted from their logs when somebody looks, by month, procedure and way.

use axum::body::Body;
use axum::http::{Request, StatusCode};
use dossier::access::Role;
use dossier::act::{Act, Channel};
use dossier::filing::step::{ReturnWay, Step};
use dossier::id::CommuneCode;
use dossier::manage::{Ask, DossierFigures, Tally, Told};
use dossier::view::Rejection;
use server::{clock, dice};
use sync::frame::down::Verdict;
use sync::frame::up::Up;
use sync::request::Call;

use super::civil::{accept, file, sees, tap as tap_of};
use super::filing::{people, step};
use super::hand::{Hand, Notice, act_verdict};
use super::office::{Answer, COMMUNE, TestOffice, ask};
use super::tenant::{record, tenant, wrong_name};
use super::{NEXT, working};

pub async fn statistics(test: &TestOffice, hand: &Hand) -> Vec<DossierFigures> {
    counted(test, hand).await.0
}

async fn asked(test: &TestOffice, hand: &Hand) -> Answer {
    let call = Call::of(&Ask::Statistics, &hand.handle.to_string(), &hand.key, clock::now(), dice::roll());
    let request = Request::get(&call.path).header("authorization", call.authorization);
    ask(&test.router, request.body(Body::empty()).expect("a request")).await
}

/// What was counted, and how many could not be read.
async fn counted(test: &TestOffice, hand: &Hand) -> (Vec<DossierFigures>, u32) {
    let answer = asked(test, hand).await;
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
async fn justice_and_province_are_told_their_own_procedures_in_figures_and_open_no_dossier_by_them() {
    let test = working().await;
    test.add_commune_of(NEXT).await;
    let far = CommuneCode(4);
    test.add_commune_of(far).await;
    test.set_province(far, 1).await;
    let (owner, police) = people(&test).await;
    let beside = Hand::join(&test, 7, Role::Owner, NEXT, test.add_house(NEXT).await).await;
    let away = Hand::join(&test, 8, Role::Owner, far, test.add_house(far).await).await;
    let (residence, civil, criminal) = (tenant(&test), wrong_name(&test), record(&test));
    let mut filed = Vec::new();
    for (place, who) in (0..).zip([&owner, &beside, &away]) {
        for (which, said) in (0..).zip([&residence, &civil, &criminal]) {
            filed.push(file(&test, who, 20 + place * 3 + which, said).await);
        }
    }
    let titles = |told: &[DossierFigures]| {
        let mut rows: Vec<_> =
            told.iter().map(|one| (one.commune, one.procedure.to_string(), one.tally.received)).collect();
        rows.sort();
        rows
    };
    let [of_police, of_committee, of_province] =
        [&residence, &civil, &criminal].map(|said| said.version.procedure.to_string());

    let justice = Hand::join(&test, 5, Role::JusticeOfficer, COMMUNE, owner.house).await;
    let told = statistics(&test, &justice).await;
    assert_eq!(titles(&told), [(COMMUNE, of_committee.clone(), 1)], "of the own commune's committee alone");
    assert!(told[0].village.is_some(), "and by village, as the police of the commune are told");
    assert_eq!(titles(&statistics(&test, &police).await), [(COMMUNE, of_police.clone(), 1)]);

    let province = Hand::join(&test, 6, Role::ProvinceOfficer, COMMUNE, owner.house).await;
    let told = statistics(&test, &province).await;
    let mut own = vec![(COMMUNE, of_province.clone(), 1), (NEXT, of_province.clone(), 1)];
    own.sort();
    assert_eq!(titles(&told), own, "commune by commune of the own province");
    assert!(told.iter().all(|one| one.village.is_none()), "and of no village");

    let supervisor = Hand::join(&test, 3, Role::ProvincialSupervisor, COMMUNE, owner.house).await;
    let told = statistics(&test, &supervisor).await;
    let mut all: Vec<_> = [COMMUNE, NEXT]
        .into_iter()
        .flat_map(|commune| [&of_police, &of_committee, &of_province].map(|of| (commune, of.clone(), 1)))
        .collect();
    all.sort();
    assert_eq!(titles(&told), all);
    assert!(told.iter().all(|one| one.village.is_none()));

    // What is told in figures is no way into a dossier.
    let down = supervisor.send(&test, &supervisor.hello()).await;
    assert!(filed.iter().all(|one| !sees(&down, one)), "figures, and no dossier");
    let down = province.send(&test, &province.hello()).await;
    let seen: Vec<bool> = filed.iter().map(|one| sees(&down, one)).collect();
    assert_eq!(seen, [false, false, true, false, false, true, false, false, false], "none but their own");
    for one in &filed {
        let refused = Some(Verdict::Rejected(Rejection::Forbidden));
        assert_eq!(tap_of(&test, &supervisor, one, 70, accept(one)).await, refused);
    }

    // Who works at the one-stop desk, for a house or in the settings is told of none.
    for (seed, role) in [(10, Role::OneStopClerk), (11, Role::Administrator), (12, Role::Owner)] {
        let other = Hand::join(&test, seed, role, COMMUNE, owner.house).await;
        assert_eq!(asked(&test, &other).await.status, StatusCode::FORBIDDEN, "{role:?}");
    }
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
