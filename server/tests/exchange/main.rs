//! One exchange against a real office: real router, real SQLite, and devices that are real, by hand or hostile.

#[path = "../office/mod.rs"]
mod office;

mod aside;
mod behalf;
mod by_code;
mod civil;
mod cloned;
mod complaint;
mod consulted;
mod decided;
mod elsewhere;
mod figures;
mod filing;
mod follow;
mod gateway;
mod hand;
mod hostile;
mod hours;
mod living;
mod merger;
mod message;
mod on_paper;
mod one_stop;
mod own_data;
mod paying;
mod payment;
mod printing;
mod province;
mod push;
mod queue;
mod rest;
mod revoked;
mod sealed;
mod statistics;
mod supplement;
mod tenant;
mod verification;

use axum::http::StatusCode;
use dossier::access::Role;
use dossier::act::Act;
use dossier::id::CommuneCode;
use dossier::view::Rejection;
use hand::{Hand, act_verdict, count, verdict};
use office::{COMMUNE, TestOffice, test_office};
use server::clock;
use server::exchange::writer;
use server::store::device;
use sync::frame::down::Verdict;
use sync::frame::up::SentAct;
use sync::frame::{ActId, Have, Scope};

const NEXT: CommuneCode = CommuneCode(3549);

/// An office whose writer works, with its commune.
async fn working() -> TestOffice {
    let test = test_office().await;
    test.add_commune().await;
    tokio::spawn(writer::run(test.office.clone()));
    test
}

async fn owner(test: &TestOffice, seed: u8) -> Hand {
    let house = test.add_house(COMMUNE).await;
    Hand::join(test, seed, Role::Owner, COMMUNE, house).await
}

#[tokio::test]
async fn a_frame_that_comes_again_gets_the_same_receipt_and_leaves_no_row() {
    let test = working().await;
    let phone = owner(&test, 1).await;
    let notice = phone.notice(1, "Sùng A Pó", "012201000217");
    let up = phone.carrying([&notice]);
    let first = phone.send(&test, &up).await;
    assert_eq!(verdict(&first, notice.dossier), Some(Verdict::Accepted));
    let issued = first.issued.expect("a receipt is issued");
    let rows = count(&test, "log").await;
    assert_eq!(rows, 4, "a change, a number, an act, a receipt");

    let second = phone.send(&test, &up).await;
    assert_eq!(second.issued, None);
    let again = second.receipts.first().expect("the receipt comes again");
    assert_eq!((again.serial, again.root), (issued.leaves[0].serial, issued.root));
    assert_eq!(again.verify(&test.office.keys.receipt_verifying()), Ok(()));
    assert_eq!(act_verdict(&second, &notice.submit), Some(Verdict::Accepted));
    assert_eq!(count(&test, "log").await, rows);
    assert_eq!(count(&test, "quarantine").await, 0);
}

#[tokio::test]
async fn an_unknown_or_revoked_device_is_turned_away_and_nothing_is_filed() {
    let test = working().await;
    let phone = owner(&test, 1).await;
    let notice = phone.notice(1, "Sùng A Pó", "012201000217");
    let stranger = Hand { handle: dossier::id::DeviceHandle([9; 3]), ..owner(&test, 2).await };
    assert_eq!(stranger.post(&test, &stranger.hello()).await.status, StatusCode::UNAUTHORIZED);
    let thief = Hand { key: stranger.key.clone(), ..phone };
    let signed_by_another = thief.post(&test, &thief.carrying([&notice])).await;
    assert_eq!(signed_by_another.status, StatusCode::UNAUTHORIZED);

    let phone = owner(&test, 3).await;
    let notice = phone.notice(1, "Sùng A Pó", "012201000217");
    let mut transaction = test.office.store.begin().await.expect("a transaction");
    assert!(device::revoke(&mut *transaction, phone.handle, clock::now()).await.expect("a write"));
    transaction.commit().await.expect("a commit");
    assert_eq!(phone.post(&test, &phone.carrying([&notice])).await.status, StatusCode::GONE);

    let administrator = Hand::join(&test, 4, Role::Administrator, COMMUNE, phone.house).await;
    let notice = administrator.notice(1, "Sùng A Pó", "012201000217");
    let answer = administrator.send(&test, &administrator.carrying([&notice])).await;
    assert_eq!(answer.verdicts, [(notice.dossier, Verdict::Rejected(Rejection::Forbidden))]);
    assert!(answer.cursors.is_empty() && answer.parcels.is_empty(), "nothing of the book is told");
    assert_eq!((count(&test, "log").await, count(&test, "quarantine").await), (0, 2));
}

#[tokio::test]
async fn no_owner_reaches_into_another_house() {
    let test = working().await;
    let (mine, theirs) = (owner(&test, 1).await, owner(&test, 2).await);
    let notice = mine.notice(1, "Sùng A Pó", "012201000217");
    mine.send(&test, &mine.carrying([&notice])).await;
    let rows = count(&test, "log").await;

    // Pushed under my house's number.
    let moved = mine.moved(&notice, "7");
    let down = theirs.send(&test, &theirs.carrying([&moved])).await;
    assert_eq!(verdict(&down, notice.dossier), Some(Verdict::Rejected(Rejection::Forbidden)));
    assert_eq!(act_verdict(&down, &moved.submit), Some(Verdict::Rejected(Rejection::Forbidden)));
    // Pushed under their own house's number: the dossier is another's.
    let mut disguised = mine.moved(&notice, "7");
    disguised.parcel.establishment = theirs.house;
    let down = theirs.send(&test, &theirs.carrying([&disguised])).await;
    assert_eq!(verdict(&down, notice.dossier), Some(Verdict::Rejected(Rejection::IdTaken)));
    // Withdrawn.
    let mut up = theirs.hello();
    let withdraw = Act::Withdraw { claimed_at: server::clock::now() };
    up.acts.push(SentAct { dossier: notice.dossier, id: ActId([7; 8]), act: withdraw });
    let down = theirs.send(&test, &up).await;
    assert_eq!(act_verdict(&down, &up.acts[0]), Some(Verdict::Rejected(Rejection::Forbidden)));
    // Asked for.
    let mut up = theirs.hello();
    up.have = vec![(mine.scope, Have::default()), (Scope::Commune(COMMUNE), Have::default())];
    let down = theirs.send(&test, &up).await;
    assert!(down.parcels.is_empty() && down.recorded.is_empty() && down.receipts.is_empty());
    assert!(down.cursors.is_empty());
    assert_eq!(count(&test, "log").await, rows);
}

#[tokio::test]
async fn an_officer_sees_and_decides_nothing_beyond_the_commune() {
    let test = working().await;
    test.add_commune_of(NEXT).await;
    let phone = owner(&test, 1).await;
    let notice = phone.notice(1, "Sùng A Pó", "012201000217");
    phone.send(&test, &phone.carrying([&notice])).await;
    let rows = count(&test, "log").await;
    let here = Hand::join(&test, 2, Role::Officer, COMMUNE, phone.house).await;
    let seen = here.send(&test, &here.hello()).await;
    assert_eq!((seen.parcels.len(), seen.numbered.len()), (1, 1));
    assert!(seen.receipts.is_empty(), "officers need no proof from their own office");

    let there = Hand::join(&test, 3, Role::Officer, NEXT, phone.house).await;
    let mut up = there.hello();
    up.have =
        vec![(there.scope, Have::default()), (here.scope, Have::default()), (phone.scope, Have::default())];
    let Act::Submit { heads, .. } = notice.submit.act.clone() else { panic!("a submission") };
    let receive = Act::Receive { heads };
    up.acts.push(SentAct { dossier: notice.dossier, id: ActId([7; 8]), act: receive });
    let down = there.send(&test, &up).await;
    assert!(down.parcels.is_empty() && down.recorded.is_empty() && down.numbered.is_empty());
    assert_eq!(act_verdict(&down, &up.acts[0]), Some(Verdict::Rejected(Rejection::Forbidden)));
    assert!(down.facts.expect("facts").houses.is_empty());
    // Nor is a notice typed elsewhere taken from them, whatever ground they name.
    let typed = there.notice(9, "Sùng A Pó", "012201000217");
    let down = there.send(&test, &behalf::with(there.carrying([&typed]), &typed, behalf::witnessed(3))).await;
    assert_eq!(verdict(&down, typed.dossier), Some(Verdict::Rejected(Rejection::Forbidden)));
    assert_eq!(count(&test, "log").await, rows);
}

#[tokio::test]
async fn a_scope_named_a_thousand_times_is_read_once() {
    let test = working().await;
    let phone = owner(&test, 1).await;
    let notice = phone.notice(1, "Sùng A Pó", "012201000217");
    phone.send(&test, &phone.carrying([&notice])).await;
    let mut up = phone.hello();
    up.have = vec![(phone.scope, Have::default()); 1_000];
    let down = phone.send(&test, &up).await;
    assert_eq!((down.cursors.len(), down.parcels.len()), (1, 1));
}
