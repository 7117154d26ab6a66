//! Police and justice ask each other in a dossier: the agency that is asked, of the same commune or another, sees the question
//! with its day, answers it, and nobody else does.

use axum::http::StatusCode;
use dossier::access::Role;
use dossier::filing::status::FilingStatus;
use dossier::filing::step::{Finding, Outcome, Step};
use dossier::id::CommuneCode;
use dossier::manage::{Ask, Counts, Told, VerificationReply};
use dossier::moment::Day;
use dossier::procedure::Agency;
use dossier::view::Rejection;
use server::clock;
use sync::frame::down::Verdict;

use crate::civil::{accept, file, tap};
use crate::filing::people;
use crate::hand::{Hand, Notice};
use crate::office::{COMMUNE, TestOffice};
use crate::tenant::{record, tenant, wrong_name};
use crate::verification::{put, slips};
use crate::{NEXT, working};

fn consult(to: CommuneCode, agency: Agency, until: Day) -> Step {
    let question = "Có đăng ký ở đó không?".parse().expect("words");
    Step::Consult { to, agency, question, until }
}

fn soon() -> Day {
    clock::now().day().plus(3)
}

async fn reply(test: &TestOffice, hand: &Hand, of: &Notice) -> Result<Told, StatusCode> {
    let asked = match slips(test, hand).await.into_iter().find(|slip| slip.dossier == of.dossier) {
        Some(slip) => slip.asked,
        None => return Err(StatusCode::NOT_FOUND),
    };
    let reply = VerificationReply { asked, finding: Finding::Match, words: None };
    put(test, hand, Ask::Reply(of.dossier, reply)).await
}

async fn waiting(test: &TestOffice, hand: &Hand) -> u32 {
    match put(test, hand, Ask::Counts).await {
        Ok(Told::Counts(Counts { verifications, .. })) => verifications,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn the_justice_officer_asks_the_police_of_the_commune_and_they_answer_in_the_dossier() {
    let test = working().await;
    let (owner, police) = people(&test).await;
    let justice = Hand::join(&test, 5, Role::JusticeOfficer, COMMUNE, owner.house).await;
    let civil = file(&test, &owner, 1, &wrong_name(&test)).await;
    assert_eq!(tap(&test, &justice, &civil, 10, accept(&civil)).await, Some(Verdict::Accepted));
    let ask = consult(COMMUNE, Agency::Police, soon());
    assert_eq!(tap(&test, &justice, &civil, 11, ask).await, Some(Verdict::Accepted));

    let told = slips(&test, &police).await;
    let slip = told.first().expect("a slip");
    assert_eq!((slip.to, slip.agency, slip.until), (COMMUNE, Agency::Police, Some(soon())));
    assert!(slip.by.contains("UBND xã") && slip.phone.is_empty(), "{}", slip.by);
    assert!(!slip.is_late(soon()) && slip.is_late(soon().plus(1)));
    assert_eq!((waiting(&test, &police).await, waiting(&test, &justice).await), (1, 0));
    assert_eq!(slips(&test, &justice).await, [], "who asked has the dossier itself");
    assert_eq!(reply(&test, &justice, &civil).await, Err(StatusCode::NOT_FOUND));
    assert_eq!(reply(&test, &police, &civil).await, Ok(Told::Done));

    let down = owner.send(&test, &owner.hello()).await;
    let status = FilingStatus::fold(down.recorded.iter().map(|ordered| &ordered.recorded));
    let verified = status.verified.expect("an answer");
    assert_eq!((verified.outcome, verified.first_hand), (Outcome::Match, true));
    assert_eq!(down.recorded.last().expect("it").recorded.by.role, Role::Officer);
}

#[tokio::test]
async fn the_police_ask_a_peoples_committee_and_only_its_justice_officer_sees_and_answers() {
    let test = working().await;
    test.add_commune_of(NEXT).await;
    let (owner, police) = people(&test).await;
    let join = |seed, role, at| Hand::join(&test, seed, role, at, owner.house);
    let here = join(5, Role::JusticeOfficer, COMMUNE).await;
    let there = join(6, Role::JusticeOfficer, NEXT).await;
    let beside = join(7, Role::Officer, NEXT).await;
    let clerk = join(8, Role::OneStopClerk, NEXT).await;
    let residence = file(&test, &owner, 1, &tenant(&test)).await;
    assert_eq!(tap(&test, &police, &residence, 10, accept(&residence)).await, Some(Verdict::Accepted));
    let ask = consult(NEXT, Agency::Committee, soon());
    assert_eq!(tap(&test, &police, &residence, 11, ask).await, Some(Verdict::Accepted));
    assert_eq!(slips(&test, &here).await, []);
    assert_eq!(slips(&test, &beside).await, [], "not the police there");
    assert_eq!(put(&test, &clerk, Ask::Verifications).await, Err(StatusCode::FORBIDDEN));
    let told = slips(&test, &there).await;
    assert_eq!((told.len(), told[0].people[0].name.as_str()), (1, "Lò Văn Mẫn"));
    // In a frame of their own, too, nobody answers for another agency.
    let answer = |dice| {
        let step = Step::Reply { from: NEXT, asked: told[0].asked, finding: Finding::NoMatch, words: None };
        (dice, step)
    };
    let (dice, step) = answer(20);
    let forbidden = Some(Verdict::Rejected(Rejection::Forbidden));
    assert_eq!(tap(&test, &beside, &residence, dice, step).await, forbidden);
    let (dice, step) = answer(21);
    assert_eq!(tap(&test, &there, &residence, dice, step).await, Some(Verdict::Accepted));
    let down = there.send(&test, &there.hello()).await;
    assert!(down.parcels.is_empty(), "the dossier stays where it is");
}

#[tokio::test]
async fn nobody_is_asked_whose_desk_has_no_slips() {
    let test = working().await;
    let (owner, police) = people(&test).await;
    let province = Hand::join(&test, 6, Role::ProvinceOfficer, COMMUNE, owner.house).await;
    let residence = file(&test, &owner, 1, &tenant(&test)).await;
    let criminal = file(&test, &owner, 2, &record(&test)).await;
    assert_eq!(tap(&test, &police, &residence, 10, accept(&residence)).await, Some(Verdict::Accepted));
    assert_eq!(tap(&test, &province, &criminal, 11, accept(&criminal)).await, Some(Verdict::Accepted));
    let invalid = Some(Verdict::Rejected(Rejection::Invalid));
    let ask = consult(COMMUNE, Agency::ProvincePolice, soon());
    assert_eq!(tap(&test, &police, &residence, 12, ask).await, invalid);
    let ask = consult(COMMUNE, Agency::Police, soon());
    assert_eq!(tap(&test, &province, &criminal, 13, ask).await, invalid, "they ask by letter");
}
