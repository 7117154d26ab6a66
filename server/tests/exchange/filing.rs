//! Residence dossiers over HTTP: judged by the office's own procedures, told to devices, and no notices in any figure.

use dossier::access::Role;
use dossier::act::Act;
use dossier::behalf::{Matter, TrackingCode};
use dossier::filing::step::{ReturnWay, Step};
use dossier::id::CommuneCode;
use dossier::view::Rejection;
use server::clock;
use server::store::adoption;
use sync::frame::ActId;
use sync::frame::down::Verdict;
use sync::frame::up::{SentAct, Up};

use crate::behalf::{track, with, witnessed, witnessed_for};
use crate::hand::{Hand, Notice, act_verdict, count, verdict};
use crate::office::{COMMUNE, TestOffice};
use crate::tenant::{tenant, wrong_name};
use crate::working;

pub async fn people(test: &TestOffice) -> (Hand, Hand) {
    let house = test.add_house(COMMUNE).await;
    let owner = Hand::join(test, 1, Role::Owner, COMMUNE, house).await;
    (owner, Hand::join(test, 2, Role::Officer, COMMUNE, house).await)
}

pub fn step(notice: &Notice, dice: u8, step: Step) -> SentAct {
    SentAct { dossier: notice.dossier, id: ActId([dice; 8]), act: Act::Step(Box::new(step)) }
}

fn accept(notice: &Notice) -> Step {
    let Act::Submit { heads, .. } = notice.submit.act.clone() else { panic!("a submission") };
    let appointed = clock::now().day().plus(3);
    Step::Accept { heads, appointed, way: ReturnWay::Electronic, papers: Vec::new() }
}

#[tokio::test]
async fn a_dossier_gets_a_number_and_a_receipt_and_only_who_decides_takes_steps() {
    let test = working().await;
    let (owner, officer) = people(&test).await;
    let filed = owner.filing([5; 5], &tenant(&test));
    let down = owner.send(&test, &owner.carrying([&filed])).await;
    assert_eq!(verdict(&down, filed.dossier), Some(Verdict::Accepted));
    assert!(down.issued.is_some(), "a receipt in the same answer");
    // The declarant may not; an officer may; and what stands already is not done again.
    let (forbidden, late) = (Rejection::Forbidden, Rejection::OutOfOrder);
    let said = [
        (&owner, 7, Verdict::Rejected(forbidden)),
        (&officer, 8, Verdict::Accepted),
        (&officer, 9, Verdict::Rejected(late)),
    ];
    for (who, dice, expected) in said {
        let tap = step(&filed, dice, accept(&filed));
        let down = who.send(&test, &Up { acts: vec![tap.clone()], ..who.hello() }).await;
        assert_eq!(act_verdict(&down, &tap), Some(expected), "{dice}");
    }
}

#[tokio::test]
async fn no_officer_hands_a_dossier_on_to_another_commune_by_a_tap() {
    let test = working().await;
    let (owner, officer) = people(&test).await;
    let filed = owner.filing([5; 5], &tenant(&test));
    owner.send(&test, &owner.carrying([&filed])).await;
    let tap = step(&filed, 8, Step::Transfer { to: CommuneCode(99_999) });
    let down = officer.send(&test, &Up { acts: vec![tap.clone()], ..officer.hello() }).await;
    assert_eq!(act_verdict(&down, &tap), Some(Verdict::Rejected(Rejection::Forbidden)));
}

#[tokio::test]
async fn what_the_definition_does_not_take_is_turned_back_whatever_the_program_says() {
    let test = working().await;
    let (owner, _) = people(&test).await;
    let mut lacking = tenant(&test);
    lacking.answers.remove("address");
    let mut stranger = tenant(&test);
    stranger.version.procedure = "of-nobody".parse().expect("a name");
    for (dice, said) in [(1, lacking), (2, stranger)] {
        let filed = owner.filing([dice; 5], &said);
        let down = owner.send(&test, &owner.carrying([&filed])).await;
        assert_eq!(verdict(&down, filed.dossier), Some(Verdict::Rejected(Rejection::Invalid)));
    }
}

#[tokio::test]
async fn a_dossier_never_becomes_another_agencys_after_it_began() {
    let test = working().await;
    let (owner, police) = people(&test).await;
    let justice = Hand::join(&test, 5, Role::JusticeOfficer, COMMUNE, owner.house).await;
    let filed = owner.filing([5; 5], &tenant(&test));
    owner.send(&test, &owner.carrying([&filed])).await;
    let rows = count(&test, "log").await;
    let civil = owner.begun_again(&filed, &wrong_name(&test));
    let down = owner.send(&test, &owner.carrying([&civil])).await;
    assert_eq!(verdict(&down, filed.dossier), Some(Verdict::Rejected(Rejection::Invalid)));
    assert_eq!(act_verdict(&down, &civil.submit).map(|said| said == Verdict::Accepted), Some(false));
    assert!(down.issued.is_none(), "no receipt for what nobody's desk shows");
    assert_eq!(count(&test, "log").await, rows, "nor is it kept");
    assert!(justice.send(&test, &justice.hello()).await.parcels.is_empty());
    let tap = step(&filed, 7, accept(&filed));
    let down = justice.send(&test, &Up { acts: vec![tap.clone()], ..justice.hello() }).await;
    assert_eq!(act_verdict(&down, &tap), Some(Verdict::Rejected(Rejection::Forbidden)));
    // It goes on as what it is, and with who was competent when it began.
    let tap = step(&filed, 8, accept(&filed));
    let down = police.send(&test, &Up { acts: vec![tap.clone()], ..police.hello() }).await;
    assert_eq!(act_verdict(&down, &tap), Some(Verdict::Accepted));
    let mut other = tenant(&test);
    other.answers.insert("address".parse().expect("a key"), "Bản Thèn Sin".to_owned());
    let changed = owner.filing_after(&filed, &other);
    let down = owner.send(&test, &owner.carrying([&changed])).await;
    assert_eq!(verdict(&down, filed.dossier), Some(Verdict::Accepted));
}

#[tokio::test]
async fn a_dossier_never_becomes_a_notice_nor_a_notice_a_dossier() {
    let test = working().await;
    let (owner, _) = people(&test).await;
    let notice = owner.notice(1, "Sùng A Pó", "012201000217");
    owner.send(&test, &owner.carrying([&notice])).await;
    let filing = owner.begun_again(&notice, &tenant(&test));
    let down = owner.send(&test, &owner.carrying([&filing])).await;
    assert_eq!(verdict(&down, notice.dossier), Some(Verdict::Rejected(Rejection::Invalid)));
}

#[tokio::test]
async fn the_procedures_are_told_to_who_knows_others_and_to_nobody_else() {
    let test = working().await;
    let (owner, _) = people(&test).await;
    let told = |known| Up { catalogue: known, ..owner.hello() };
    let down = owner.send(&test, &told(Some(0))).await;
    assert_eq!(down.catalogue.as_ref(), Some(&test.office.procedures.now().catalogue));
    let known = Some(test.office.procedures.now().catalogue.version);
    assert_eq!(owner.send(&test, &told(known)).await.catalogue, None);
    assert_eq!(owner.send(&test, &told(None)).await.catalogue, None, "an older device does not read it");
}

#[tokio::test]
async fn a_dossier_is_no_notice_in_the_figures() {
    let test = working().await;
    let (owner, _) = people(&test).await;
    let filed = owner.filing([5; 5], &tenant(&test));
    let notice = owner.notice(6, "Sùng A Páo", "012201005873");
    owner.send(&test, &owner.carrying([&filed, &notice])).await;
    let since = clock::now().plus_minutes(-60);
    let counted = adoption::notices(test.office.store.readers(), since).await.expect("figures");
    assert_eq!(counted[&COMMUNE.0].all, 1);
}

#[tokio::test]
async fn a_team_member_files_a_dossier_for_a_villager_and_its_code_tells_where_it_stands_and_no_name() {
    let test = working().await;
    let (owner, officer) = people(&test).await;
    let member = Hand::join(&test, 3, Role::TeamMember, COMMUNE, owner.house).await;
    let filed = member.filing([6; 5], &tenant(&test));
    let for_a_notice = with(member.carrying([&filed]), &filed, witnessed(3));
    let down = member.send(&test, &for_a_notice).await;
    let refused = Some(Verdict::Rejected(Rejection::NoAuthorisation));
    assert_eq!(act_verdict(&down, &for_a_notice.acts[0]), refused, "said yes to something else");

    let up = with(member.carrying([&filed]), &filed, witnessed_for(Matter::Filing, 4));
    let down = member.send(&test, &up).await;
    assert!(down.issued.is_some(), "a receipt");
    let code = TrackingCode::roll([7; 8]).to_string();
    let told = track(&test, &code).await;
    assert!(told.contains("Đăng ký tạm trú") && told.contains("Chờ tiếp nhận"), "{told}");
    let tap = step(&filed, 8, accept(&filed));
    officer.send(&test, &Up { acts: vec![tap], ..officer.hello() }).await;
    let told = track(&test, &code).await;
    let appointed = format!("Hẹn trả kết quả ngày {}", clock::now().day().plus(3));
    assert!(told.contains("Đã tiếp nhận") && told.contains(&appointed), "{told}");
    assert!(told.contains("Biên nhận "));
    for secret in ["Lò Văn Mẫn", "Hảng A Xà", "Giàng Thị Chẳn", "012201004318"] {
        assert!(!told.contains(secret), "{secret}");
    }
}

#[tokio::test]
async fn a_household_that_is_on_no_list_has_a_place_in_its_village_and_no_figure_counts_it() {
    let test = working().await;
    let house = test.add_house(COMMUNE).await;
    let officer = Hand::join(&test, 2, Role::Officer, COMMUNE, house).await;
    let member = Hand::join(&test, 3, Role::TeamMember, COMMUNE, house).await;
    let down = member.send(&test, &member.hello()).await;
    let houses = down.facts.expect("the office's facts").houses;
    let last = houses.last().expect("a house");
    assert_eq!((houses.len(), last.name.as_str()), (2, "Nhà khác trong bản"));

    let elsewhere = Hand { house: last.id, ..member };
    let filed = elsewhere.filing([6; 5], &tenant(&test));
    let up = with(elsewhere.carrying([&filed]), &filed, witnessed_for(Matter::Filing, 4));
    assert!(elsewhere.send(&test, &up).await.issued.is_some());
    let tap = step(&filed, 8, accept(&filed));
    let down = officer.send(&test, &Up { acts: vec![tap.clone()], ..officer.hello() }).await;
    assert_eq!(act_verdict(&down, &tap), Some(Verdict::Accepted));

    let counted = server::store::establishment::all(test.office.store.readers()).await.expect("all");
    assert!(counted.iter().all(|row| row.id != last.id.0));
}

#[tokio::test]
async fn a_code_alone_tells_which_dossier_of_residence_it_opens_and_of_any_other_only_that_it_is_one() {
    let test = working().await;
    let (owner, _) = people(&test).await;
    let clerk = Hand::join(&test, 7, Role::OneStopClerk, COMMUNE, owner.house).await;
    let filed = clerk.filing([6; 5], &wrong_name(&test));
    let up = with(clerk.carrying([&filed]), &filed, witnessed_for(Matter::Filing, 4));
    assert!(clerk.send(&test, &up).await.issued.is_some(), "a receipt");
    let told = track(&test, &TrackingCode::roll([7; 8]).to_string()).await;
    assert!(told.contains("<h2>Hồ sơ<") && told.contains("Chờ tiếp nhận"), "{told}");
    assert!(!told.contains("cư trú") && !told.contains("hộ tịch"), "{told}");
}
