//! Phiếu xác minh: another commune is asked about a dossier, sees the question and whom it is about, and answers it.

use axum::body::Body;
use axum::http::{Request, StatusCode};
use dossier::access::Role;
use dossier::act::Act;
use dossier::filing::step::{Finding, Outcome, ReturnWay, Step};
use dossier::id::{CommuneCode, DossierId};
use dossier::manage::{Ask, NewMerger, Part, Told, Verification, VerificationReply};
use dossier::moment::Moment;
use dossier::view::Rejection;
use server::store::merger as entered;
use server::{clock, dice, merger};
use sync::frame::down::{Down, Verdict};
use sync::frame::up::Up;
use sync::request::Call;

use crate::filing::{people, step};
use crate::hand::{Hand, Notice, act_verdict};
use crate::office::{COMMUNE, TestOffice, ask};
use crate::tenant::tenant;
use crate::{NEXT, working};

pub async fn put(test: &TestOffice, hand: &Hand, question: Ask) -> Result<Told, StatusCode> {
    let call = Call::of(&question, &hand.handle.to_string(), &hand.key, clock::now(), dice::roll());
    let request = Request::builder().method(call.method).uri(&call.path);
    let request = request.header("authorization", call.authorization).body(Body::from(call.body));
    let answer = ask(&test.router, request.expect("a request")).await;
    match answer.status {
        StatusCode::OK => Ok(serde_json::from_slice(&answer.body).expect("told")),
        other => Err(other),
    }
}

pub async fn slips(test: &TestOffice, hand: &Hand) -> Vec<Verification> {
    match put(test, hand, Ask::Verifications).await {
        Ok(Told::Verifications(slips)) => slips,
        other => panic!("{other:?}"),
    }
}

async fn reply(test: &TestOffice, hand: &Hand, slip: &Verification) -> Result<Told, StatusCode> {
    let words = Some("Có, bản Vàng Pó, từ năm 2009".parse().expect("words"));
    let reply = VerificationReply { asked: slip.asked, finding: Finding::Match, words };
    put(test, hand, Ask::Reply(slip.dossier, reply)).await
}

async fn take(test: &TestOffice, hand: &Hand, notice: &Notice, dice: u8, what: Step) -> (Down, Verdict) {
    let tap = step(notice, dice, what);
    let down = hand.send(test, &Up { acts: vec![tap.clone()], ..hand.hello() }).await;
    let verdict = act_verdict(&down, &tap).expect("a verdict");
    (down, verdict)
}

/// A dossier of the commune that is accepted, and about which another is asked.
async fn asked(test: &TestOffice, (owner, officer): (&Hand, &Hand), to: CommuneCode, dice: u8) -> Notice {
    let filed = owner.filing([dice; 5], &tenant(test));
    owner.send(test, &owner.carrying([&filed])).await;
    let Act::Submit { heads, .. } = filed.submit.act.clone() else { panic!("a submission") };
    let (appointed, way) = (clock::now().day().plus(3), ReturnWay::Electronic);
    let accept = Step::Accept { heads, appointed, way, papers: Vec::new() };
    assert_eq!(take(test, officer, &filed, dice, accept).await.1, Verdict::Accepted);
    let question = "Có thường trú ở bản Vàng Pó?".parse().expect("words");
    let verify = Step::AskVerification { to, question };
    assert_eq!(take(test, officer, &filed, dice + 1, verify).await.1, Verdict::Accepted);
    filed
}

#[tokio::test]
async fn the_commune_that_is_asked_sees_the_question_and_whom_it_is_about_and_nobody_else_does() {
    let test = working().await;
    test.add_commune_of(NEXT).await;
    let (owner, officer) = people(&test).await;
    let there = Hand::join(&test, 5, Role::Officer, NEXT, owner.house).await;
    assert_eq!(slips(&test, &there).await, []);
    let filed = asked(&test, (&owner, &officer), NEXT, 10).await;
    let told = slips(&test, &there).await;
    let slip = told.first().expect("a slip");
    assert_eq!((slip.dossier, slip.to, slip.reply), (filed.dossier, NEXT, None));
    assert_eq!(slip.question.as_str(), "Có thường trú ở bản Vàng Pó?");
    assert_eq!(slip.people[0].name, "Lò Văn Mẫn");
    assert_eq!(
        (slip.people[0].birth.as_str(), slip.people[0].number.as_str()),
        ("09/03/2001", "012201004318")
    );
    assert!(slip.due.is_some() && slip.by.contains("Công an xã") && !slip.number.is_empty());
    // What the slip does not need it does not tell: not the house, not who agreed.
    let words = serde_json::to_string(slip).expect("plain data");
    for secret in ["Hảng A Xà", "012080000129", "Hoa Địa Lan"] {
        assert!(!words.contains(secret), "{secret}");
    }
    assert_eq!(slips(&test, &officer).await, [], "who asked has the dossier itself");
    assert_eq!(put(&test, &owner, Ask::Verifications).await, Err(StatusCode::FORBIDDEN));
    // The dossier stays where it is.
    let down = there.send(&test, &there.hello()).await;
    assert!(down.parcels.is_empty() && down.recorded.is_empty());
}

#[tokio::test]
async fn an_answer_stands_under_the_name_of_who_gave_it_and_is_given_once() {
    let test = working().await;
    test.add_commune_of(NEXT).await;
    let (owner, officer) = people(&test).await;
    let there = Hand::join(&test, 5, Role::Officer, NEXT, owner.house).await;
    let second = Hand::join(&test, 6, Role::Officer, NEXT, owner.house).await;
    asked(&test, (&owner, &officer), NEXT, 10).await;
    let slip = slips(&test, &there).await.remove(0);
    assert_eq!(reply(&test, &there, &slip).await, Ok(Told::Done));
    assert_eq!(reply(&test, &second, &slip).await, Err(StatusCode::CONFLICT), "two officers: one wins");
    let told = slips(&test, &second).await;
    assert_eq!(told[0].reply.map(|(_, finding)| finding), Some(Finding::Match));

    let down = officer.send(&test, &officer.hello()).await;
    let last = &down.recorded.last().expect("an act").recorded;
    assert_eq!((last.by.account, last.by.role), (there.account, Role::Officer));
    let status =
        dossier::filing::status::FilingStatus::fold(down.recorded.iter().map(|ordered| &ordered.recorded));
    let verified = status.verified.expect("an answer");
    assert_eq!((verified.from, verified.outcome, verified.first_hand), (NEXT, Outcome::Match, true));
    assert_eq!(verified.words, "Có, bản Vàng Pó, từ năm 2009");
}

#[tokio::test]
async fn nobody_answers_for_a_commune_that_is_not_theirs_and_the_asked_one_decides_nothing() {
    let test = working().await;
    test.add_commune_of(NEXT).await;
    let (owner, officer) = people(&test).await;
    let there = Hand::join(&test, 5, Role::Officer, NEXT, owner.house).await;
    let filed = asked(&test, (&owner, &officer), NEXT, 10).await;
    let asked_at = slips(&test, &there).await[0].asked;
    let forbidden = Verdict::Rejected(Rejection::Forbidden);
    let answer = |from, asked| Step::Reply { from, asked, finding: Finding::Match, words: None };
    // The commune that asked, in the name of the other.
    assert_eq!(take(&test, &officer, &filed, 20, answer(NEXT, asked_at)).await.1, forbidden);
    // The other, beyond what it was asked.
    assert_eq!(take(&test, &there, &filed, 21, answer(COMMUNE, asked_at)).await.1, forbidden);
    let Act::Submit { heads, .. } = filed.submit.act.clone() else { panic!("a submission") };
    let decide = Step::Decide { heads, words: "Đồng ý".parse().expect("words"), until: None };
    assert_eq!(take(&test, &there, &filed, 22, decide).await.1, forbidden);
    let before = answer(NEXT, Moment(asked_at.0 - 1));
    assert_eq!(take(&test, &there, &filed, 23, before).await.1, Verdict::Rejected(Rejection::OutOfOrder));
    // A dossier nobody asked them about.
    let own = owner.filing([40; 5], &tenant(&test));
    owner.send(&test, &owner.carrying([&own])).await;
    assert_eq!(take(&test, &there, &own, 24, answer(NEXT, asked_at)).await.1, forbidden);
    // In a frame of their own it counts like any other way.
    let (down, verdict) = take(&test, &there, &filed, 25, answer(NEXT, asked_at)).await;
    assert_eq!((verdict, down.parcels.len()), (Verdict::Accepted, 0));
    let unknown = VerificationReply { asked: asked_at, finding: Finding::NotFound, words: None };
    let nowhere = put(&test, &there, Ask::Reply(DossierId([9; 8]), unknown)).await;
    assert_eq!(nowhere, Err(StatusCode::NOT_FOUND));
}

#[tokio::test]
async fn a_question_falls_away_with_its_dossier_and_with_an_answer_that_came_another_way() {
    let test = working().await;
    test.add_commune_of(NEXT).await;
    let (owner, officer) = people(&test).await;
    let there = Hand::join(&test, 5, Role::Officer, NEXT, owner.house).await;
    let withdrawn = asked(&test, (&owner, &officer), NEXT, 10).await;
    let lettered = asked(&test, (&owner, &officer), NEXT, 30).await;
    let told = slips(&test, &there).await;
    assert_eq!(told.len(), 2);
    let act = Act::Withdraw { claimed_at: clock::now() };
    let withdraw =
        sync::frame::up::SentAct { dossier: withdrawn.dossier, id: sync::frame::ActId([50; 8]), act };
    owner.send(&test, &Up { acts: vec![withdraw], ..owner.hello() }).await;
    let letter = Step::Verified { outcome: Outcome::NotFound, words: "Công văn đến".into() };
    assert_eq!(take(&test, &officer, &lettered, 51, letter).await.1, Verdict::Accepted);
    assert_eq!(slips(&test, &there).await, []);
    assert_eq!(reply(&test, &there, &told[0]).await, Err(StatusCode::CONFLICT));
}

#[tokio::test]
async fn a_question_to_a_commune_that_was_merged_reaches_what_followed_it() {
    let test = working().await;
    let before = CommuneCode(3586);
    for code in [NEXT, before] {
        test.add_commune_of(code).await;
    }
    let (owner, officer) = people(&test).await;
    asked(&test, (&owner, &officer), before, 10).await;
    let there = Hand::join(&test, 5, Role::Officer, NEXT, owner.house).await;
    assert_eq!(slips(&test, &there).await, []);
    let new = NewMerger {
        parts: [NEXT, before].map(|code| Part { code, divided: false }).to_vec(),
        code: NEXT,
        name: "xã Phong Thổ".parse().expect("a name"),
        agency: "Công an xã Phong Thổ".parse().expect("a name"),
        effective: clock::now().day(),
        villages: Vec::new(),
    };
    let mut transaction = test.office.store.begin().await.expect("a transaction");
    let named = |code: CommuneCode| format!("xã {code}");
    entered::insert(&mut transaction, &new, named, officer.account, clock::now()).await.expect("an entry");
    transaction.commit().await.expect("a commit");
    assert_eq!(merger::apply_due(&test.office.store, clock::now()).await.expect("a merger"), 1);

    let told = slips(&test, &there).await;
    assert_eq!((told.len(), told[0].to), (1, before));
    assert_eq!(reply(&test, &there, &told[0]).await, Ok(Told::Done));
    assert!(slips(&test, &there).await[0].reply.is_some());
}

#[tokio::test]
async fn a_commune_is_found_by_an_old_address_and_it_is_said_whether_a_slip_reaches_it() {
    let test = working().await;
    let (_, officer) = people(&test).await;
    let find = |text: &str| put(&test, &officer, Ask::FindCommunes(text.parse().expect("words")));
    let Ok(Told::Found(found)) = find("bản 1, xã Thèn Sin, huyện Tam Đường, tỉnh Lai Châu").await
    else {
        panic!("found")
    };
    let first = found.first().expect("one");
    assert_eq!((first.code, first.name.as_str(), first.here), (COMMUNE, "Xã Sin Suối Hồ", true));
    assert_eq!(first.province, "Tỉnh Lai Châu");
    let Ok(Told::Found(found)) = find("phong thổ").await else { panic!("found") };
    assert!(found.iter().any(|one| one.code == NEXT && !one.here));
}
