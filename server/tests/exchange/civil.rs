//! Dossiers of the commune's People's Committee: its justice officer's to read and decide on, and not the police's; and
//! nothing of the police's is the justice officer's.

use axum::http::StatusCode;
use dossier::access::Role;
use dossier::act::Act;
use dossier::behalf::TrackingCode;
use dossier::filing::Filing;
use dossier::filing::printed::Printed;
use dossier::filing::step::{ReturnWay, Step};
use dossier::view::Rejection;
use server::clock;
use server::routes::track;
use server::store::tracking;
use sync::frame::down::{Down, Verdict};
use sync::frame::up::Up;

use crate::filing::{people, step};
use crate::hand::{Hand, Notice, act_verdict};
use crate::office::{COMMUNE, TestOffice};
use crate::printing;
use crate::tenant::{tenant, wrong_name};
use crate::working;

pub fn accept(notice: &Notice) -> Step {
    let Act::Submit { heads, .. } = notice.submit.act.clone() else { panic!("a submission") };
    let appointed = clock::now().day().plus(3);
    Step::Accept { heads, appointed, way: ReturnWay::InPerson, papers: Vec::new() }
}

pub async fn tap(test: &TestOffice, hand: &Hand, of: &Notice, dice: u8, what: Step) -> Option<Verdict> {
    let tap = step(of, dice, what);
    let down = hand.send(test, &Up { acts: vec![tap.clone()], ..hand.hello() }).await;
    act_verdict(&down, &tap)
}

pub async fn file(test: &TestOffice, owner: &Hand, dice: u8, said: &Filing) -> Notice {
    let filed = owner.filing([dice; 5], said);
    let down = owner.send(test, &owner.carrying([&filed])).await;
    assert!(down.issued.is_some(), "a receipt, whoever decides");
    filed
}

pub fn sees(down: &Down, of: &Notice) -> bool {
    let acts = down.recorded.iter().any(|ordered| ordered.dossier == of.dossier);
    let numbered = down.numbered.iter().any(|numbered| numbered.dossier == of.dossier);
    let changes = down.parcels.iter().any(|parcel| parcel.dossier == of.dossier);
    assert!(acts == changes, "all of a dossier or nothing of it");
    assert!(!numbered || changes);
    changes
}

#[tokio::test]
async fn who_follows_a_civil_matter_by_its_code_is_sent_to_the_committee_and_not_to_the_polices_telephone() {
    let test = working().await;
    let (owner, _) = people(&test).await;
    let matters =
        [(5, wrong_name(&test), "UBND xã Sin Suối Hồ"), (6, tenant(&test), "Công an xã Sin Suối Hồ")];
    for (dice, said, agency) in matters {
        let filed = file(&test, &owner, dice, &said).await;
        let code = TrackingCode::roll([dice; 8]);
        let mut work = test.office.store.begin().await.expect("begun");
        let mark = track::mark(&test.office.keys, code);
        tracking::insert(&mut *work, mark, filed.dossier).await.expect("written");
        work.commit().await.expect("kept");
        let told = crate::behalf::track(&test, &code.to_string()).await;
        let phone = told.contains("0213 000 113");
        assert!(told.contains(agency) && phone == agency.starts_with("Công an"), "{told}");
    }
}

#[tokio::test]
async fn each_desk_is_told_of_its_own_agencys_dossiers_and_of_no_others() {
    let test = working().await;
    let (owner, police) = people(&test).await;
    let justice = Hand::join(&test, 5, Role::JusticeOfficer, COMMUNE, owner.house).await;
    let civil = file(&test, &owner, 5, &wrong_name(&test)).await;
    let residence = file(&test, &owner, 6, &tenant(&test)).await;
    let notice = owner.notice(7, "Sùng A Pó", "012201000217");
    owner.send(&test, &owner.carrying([&notice])).await;

    let told = justice.send(&test, &justice.hello()).await;
    let seen = [&civil, &residence, &notice].map(|of| sees(&told, of));
    assert_eq!(seen, [true, false, false], "nothing of the police's book");
    let houses = told.facts.expect("the office's facts").houses;
    assert!(houses.iter().any(|house| house.id == owner.house), "where its dossiers lie");
    let told = police.send(&test, &police.hello()).await;
    let seen = [&civil, &residence, &notice].map(|of| sees(&told, of));
    assert_eq!(seen, [false, true, true], "nothing of civil status");
    // At home all of it is one's own.
    let told = owner.send(&test, &owner.hello()).await;
    assert!([&civil, &residence, &notice].into_iter().all(|of| sees(&told, of)));
    // Nor does it help to name somebody else's scope.
    let mut curious = justice.hello();
    curious.have.push((owner.scope, sync::frame::Have::default()));
    let told = justice.send(&test, &curious).await;
    assert!(!sees(&told, &residence) && !sees(&told, &notice));
    let mut curious = police.hello();
    curious.have.push((owner.scope, sync::frame::Have::default()));
    let told = police.send(&test, &curious).await;
    assert!(sees(&told, &notice) && !sees(&told, &civil));
}

#[tokio::test]
async fn each_agency_takes_the_steps_of_its_own_dossiers() {
    let test = working().await;
    let (owner, police) = people(&test).await;
    let justice = Hand::join(&test, 5, Role::JusticeOfficer, COMMUNE, owner.house).await;
    let civil = file(&test, &owner, 5, &wrong_name(&test)).await;
    let residence = file(&test, &owner, 6, &tenant(&test)).await;
    let forbidden = Some(Verdict::Rejected(Rejection::Forbidden));
    assert_eq!(tap(&test, &police, &civil, 10, accept(&civil)).await, forbidden);
    assert_eq!(tap(&test, &justice, &residence, 11, accept(&residence)).await, forbidden);
    assert_eq!(tap(&test, &justice, &civil, 12, accept(&civil)).await, Some(Verdict::Accepted));
    let Act::Submit { heads, .. } = civil.submit.act.clone() else { panic!("a submission") };
    let decide = Step::Decide { heads, words: "Đã cải chính".parse().expect("words"), until: None };
    assert_eq!(tap(&test, &justice, &civil, 14, decide).await, Some(Verdict::Accepted));
    let told = owner.send(&test, &owner.hello()).await;
    let by = told.recorded.iter().rfind(|ordered| ordered.dossier == civil.dossier).expect("a decision");
    assert_eq!(by.recorded.by.role, Role::JusticeOfficer);
}

#[tokio::test]
async fn papers_of_a_dossier_are_printed_for_who_may_read_it() {
    let test = working().await;
    let (owner, police) = people(&test).await;
    let justice = Hand::join(&test, 5, Role::JusticeOfficer, COMMUNE, owner.house).await;
    let civil = file(&test, &owner, 5, &wrong_name(&test)).await;
    let residence = file(&test, &owner, 6, &tenant(&test)).await;
    let printed =
        async |hand: &Hand, of: &Notice| printing::get(&test, hand, of.dossier, Printed::Ct01).await.status;
    assert_eq!(printed(&owner, &residence).await, StatusCode::OK);
    assert_eq!(printed(&police, &residence).await, StatusCode::OK);
    assert_eq!(printed(&justice, &residence).await, StatusCode::NOT_FOUND);
    // What is not filed on CT01 has no such form, whoever asks.
    assert_eq!(printed(&police, &civil).await, StatusCode::NOT_FOUND);
    assert_eq!(printed(&justice, &civil).await, StatusCode::NOT_FOUND);
}
