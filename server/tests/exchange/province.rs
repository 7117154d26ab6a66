//! Dossiers of the police of the province: an officer of theirs sees and decides those of every commune of it, and nothing of
//! the commune police or the People's Committee; nor do those see theirs.

use dossier::access::Role;
use dossier::act::Act;
use dossier::filing::step::Step;
use dossier::id::CommuneCode;
use dossier::view::Rejection;
use sync::frame::down::Verdict;

use crate::civil::{accept, file, sees, tap};
use crate::filing::people;
use crate::hand::Hand;
use crate::office::COMMUNE;
use crate::tenant::{record, tenant, wrong_name};
use crate::{NEXT, working};

#[tokio::test]
async fn the_police_of_the_province_decide_a_criminal_record_from_whichever_commune_it_comes() {
    let test = working().await;
    test.add_commune_of(NEXT).await;
    let far = CommuneCode(4);
    test.add_commune_of(far).await;
    test.set_province(far, 1).await;
    let (owner, police) = people(&test).await;
    let justice = Hand::join(&test, 5, Role::JusticeOfficer, COMMUNE, owner.house).await;
    let province = Hand::join(&test, 6, Role::ProvinceOfficer, COMMUNE, owner.house).await;
    let beside = Hand::join(&test, 7, Role::Owner, NEXT, test.add_house(NEXT).await).await;
    let elsewhere = Hand::join(&test, 8, Role::Owner, far, test.add_house(far).await).await;
    let here = file(&test, &owner, 11, &record(&test)).await;
    let next = file(&test, &beside, 12, &record(&test)).await;
    let away = file(&test, &elsewhere, 13, &record(&test)).await;
    let residence = file(&test, &owner, 14, &tenant(&test)).await;
    let civil = file(&test, &owner, 15, &wrong_name(&test)).await;

    let told = province.send(&test, &province.hello()).await;
    let seen = [&here, &next, &away, &residence, &civil].map(|of| sees(&told, of));
    assert_eq!(seen, [true, true, false, false, false], "of the own province, and nothing but theirs");
    let houses: Vec<_> = told.facts.expect("facts").houses.iter().map(|house| house.id).collect();
    assert_eq!(houses, [owner.house, beside.house], "the houses those are about, and no others");
    for (desk, whose) in [(&police, &residence), (&justice, &civil)] {
        let told = desk.send(&test, &desk.hello()).await;
        assert!(sees(&told, whose) && !sees(&told, &here));
    }

    let forbidden = Some(Verdict::Rejected(Rejection::Forbidden));
    assert_eq!(tap(&test, &police, &here, 20, accept(&here)).await, forbidden);
    assert_eq!(tap(&test, &justice, &here, 21, accept(&here)).await, forbidden);
    assert_eq!(tap(&test, &province, &away, 22, accept(&away)).await, forbidden);
    assert_eq!(tap(&test, &province, &residence, 23, accept(&residence)).await, forbidden);
    assert_eq!(tap(&test, &province, &next, 24, accept(&next)).await, Some(Verdict::Accepted));
    let Act::Submit { heads, .. } = next.submit.act.clone() else { panic!("a submission") };
    let decide = Step::Decide { heads, words: "Không có án tích".parse().expect("words"), until: None };
    assert_eq!(tap(&test, &province, &next, 25, decide).await, Some(Verdict::Accepted));
    let told = beside.send(&test, &beside.hello()).await;
    let by = told.recorded.last().expect("a decision");
    assert_eq!(by.recorded.by.role, Role::ProvinceOfficer);
}
