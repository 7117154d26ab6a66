//! The commune's one-stop desk: takes in any procedure, receives and hands out, decides nothing; what it took in lies with
//! the agency that is competent. The justice officer's counter takes in what that desk decides.

use dossier::access::{Area, Grant, Role};
use dossier::act::Act;
use dossier::behalf::Matter;
use dossier::filing::Filing;
use dossier::filing::printed::Printed;
use dossier::filing::step::{Item, Items, Reason, ReturnWay, Step};
use dossier::view::Rejection;
use server::clock;
use server::store::grant;
use sync::frame::down::{Down, Verdict};

use crate::behalf::{with, witnessed, witnessed_for};
use crate::civil::{accept, file, sees, tap};
use crate::filing::people;
use crate::hand::{Hand, Notice, act_verdict, verdict};
use crate::office::{COMMUNE, TestOffice};
use crate::tenant::{record, tenant, wrong_name};
use crate::{NEXT, printing, working};

const FORBIDDEN: Option<Verdict> = Some(Verdict::Rejected(Rejection::Forbidden));

async fn take_in(test: &TestOffice, counter: &Hand, dice: u8, said: &Filing) -> (Notice, Down) {
    let filed = counter.filing([dice; 5], said);
    let up = with(counter.carrying([&filed]), &filed, witnessed_for(Matter::Filing, i32::from(dice)));
    let down = counter.send(test, &up).await;
    (filed, down)
}

fn decide(notice: &Notice) -> Step {
    let Act::Submit { heads, .. } = notice.submit.act.clone() else { panic!("a submission") };
    Step::Decide { heads, words: "Đã giải quyết".parse().expect("words"), until: None }
}

#[tokio::test]
async fn what_the_clerk_takes_in_lies_with_the_competent_agency_and_the_clerk_follows_it() {
    let test = working().await;
    let (owner, police) = people(&test).await;
    let justice = Hand::join(&test, 5, Role::JusticeOfficer, COMMUNE, owner.house).await;
    let province = Hand::join(&test, 6, Role::ProvinceOfficer, COMMUNE, owner.house).await;
    let clerk = Hand::join(&test, 7, Role::OneStopClerk, COMMUNE, owner.house).await;
    let mut taken = Vec::new();
    for (dice, said) in [(1, tenant(&test)), (2, wrong_name(&test)), (3, record(&test))] {
        let (filed, down) = take_in(&test, &clerk, dice, &said).await;
        assert_eq!(verdict(&down, filed.dossier), Some(Verdict::Accepted));
        assert!(down.issued.is_some(), "a receipt");
        assert_eq!(down.recorded[0].recorded.by.role, Role::OneStopClerk);
        taken.push(filed);
    }
    for (desk, own) in [(&police, 0), (&justice, 1), (&province, 2)] {
        let told = desk.send(&test, &desk.hello()).await;
        for (place, filed) in taken.iter().enumerate() {
            assert_eq!(sees(&told, filed), place == own, "desk {own}, dossier {place}");
        }
        let through = told.recorded.iter().any(|ordered| ordered.recorded.is_taken_in());
        assert!(through, "the desk sees by which way it came");
    }
    let told = clerk.send(&test, &clerk.hello()).await;
    assert!(taken.iter().all(|filed| sees(&told, filed)));

    // Received here, decided there, handed out here.
    for (desk, filed, dice) in
        [(&police, &taken[0], 20), (&justice, &taken[1], 30), (&province, &taken[2], 40)]
    {
        assert_eq!(tap(&test, &clerk, filed, dice, accept(filed)).await, Some(Verdict::Accepted));
        assert_eq!(tap(&test, &clerk, filed, dice + 1, decide(filed)).await, FORBIDDEN);
        assert_eq!(tap(&test, desk, filed, dice + 2, decide(filed)).await, Some(Verdict::Accepted));
        let out = Step::HandOver { way: ReturnWay::InPerson };
        assert_eq!(tap(&test, &clerk, filed, dice + 3, out).await, Some(Verdict::Accepted));
    }
    let printed = printing::get(&test, &clerk, taken[0].dossier, Printed::Ct04).await.status;
    assert_eq!(printed, axum::http::StatusCode::OK, "the slip with the appointment");

    // A second role of a later day takes nothing from the desk of the first.
    let (role, area) = (Role::JusticeOfficer, Area::Commune(COMMUNE));
    let second = Grant { role, area, from: clock::now().day(), until: None };
    let mut transaction = test.office.store.begin().await.expect("a transaction");
    grant::insert(&mut *transaction, clerk.account, &second, None, clock::now()).await.expect("a role");
    transaction.commit().await.expect("a commit");
    let told = clerk.send(&test, &clerk.hello()).await;
    assert!(taken.iter().all(|filed| sees(&told, filed)), "whatever other desk they may sit at");
}

#[tokio::test]
async fn the_clerk_sees_nothing_of_what_was_filed_with_the_police_online_and_no_stay_notice() {
    let test = working().await;
    test.add_commune_of(NEXT).await;
    let (owner, _) = people(&test).await;
    let clerk = Hand::join(&test, 7, Role::OneStopClerk, COMMUNE, owner.house).await;
    let there = Hand::join(&test, 8, Role::OneStopClerk, NEXT, owner.house).await;
    let residence = file(&test, &owner, 1, &tenant(&test)).await;
    let civil = file(&test, &owner, 2, &wrong_name(&test)).await;
    let notice = owner.notice(3, "Sùng A Pó", "012201000217");
    owner.send(&test, &owner.carrying([&notice])).await;
    let told = clerk.send(&test, &clerk.hello()).await;
    let seen = [&residence, &civil, &notice].map(|of| sees(&told, of));
    assert_eq!(seen, [false, true, false]);
    assert_eq!(tap(&test, &clerk, &residence, 10, accept(&residence)).await, FORBIDDEN);
    assert_eq!(tap(&test, &there, &civil, 11, accept(&civil)).await, FORBIDDEN);
    assert!(!sees(&there.send(&test, &there.hello()).await, &civil));
    assert_eq!(tap(&test, &clerk, &civil, 12, accept(&civil)).await, Some(Verdict::Accepted));
    // Nothing between receiving and handing out.
    let Act::Submit { heads, .. } = civil.submit.act.clone() else { panic!("a submission") };
    let words = || "Thiếu giấy".parse::<Reason>().expect("words");
    let items = Items::new(vec![Item { at: None, what: words() }]).expect("items");
    for (dice, step) in [
        (13, Step::Supplement { heads: heads.clone(), items, until: None }),
        (14, Step::Refuse { heads, reason: words(), ground: words() }),
        (15, decide(&civil)),
    ] {
        assert_eq!(tap(&test, &clerk, &civil, dice, step).await, FORBIDDEN);
    }
    let receive = Act::Receive { heads: Default::default() };
    let tap =
        sync::frame::up::SentAct { dossier: notice.dossier, id: sync::frame::ActId([16; 8]), act: receive };
    let down = clerk.send(&test, &sync::frame::up::Up { acts: vec![tap.clone()], ..clerk.hello() }).await;
    assert_eq!(act_verdict(&down, &tap), FORBIDDEN);
}

#[tokio::test]
async fn a_counter_takes_in_what_it_may_and_no_stay_notice() {
    let test = working().await;
    let (owner, police) = people(&test).await;
    let justice = Hand::join(&test, 5, Role::JusticeOfficer, COMMUNE, owner.house).await;
    let clerk = Hand::join(&test, 7, Role::OneStopClerk, COMMUNE, owner.house).await;
    let accepted = Some(Verdict::Accepted);
    let said = [
        (&justice, 1, wrong_name(&test), accepted),
        (&justice, 2, tenant(&test), FORBIDDEN),
        (&justice, 3, record(&test), FORBIDDEN),
        (&police, 4, tenant(&test), accepted),
        (&police, 5, wrong_name(&test), FORBIDDEN),
    ];
    for (counter, dice, said, expected) in said {
        let (filed, down) = take_in(&test, counter, dice, &said).await;
        assert_eq!(verdict(&down, filed.dossier), expected, "{dice}");
    }
    for counter in [&justice, &clerk] {
        let notice = counter.notice(9, "Sùng A Pó", "012201000217");
        let down = counter.send(&test, &with(counter.carrying([&notice]), &notice, witnessed(3))).await;
        assert_eq!(verdict(&down, notice.dossier), FORBIDDEN);
    }
    // Whoever files for somebody says on what ground.
    let bare = justice.filing([10; 5], &wrong_name(&test));
    let down = justice.send(&test, &justice.carrying([&bare])).await;
    assert_eq!(verdict(&down, bare.dossier), Some(Verdict::Rejected(Rejection::NoAuthorisation)));
}

#[tokio::test]
async fn what_was_taken_in_is_followed_although_the_house_brought_it_to_a_restored_office_first() {
    let test = working().await;
    let (owner, _) = people(&test).await;
    let clerk = Hand::join(&test, 7, Role::OneStopClerk, COMMUNE, owner.house).await;
    let filed = clerk.filing([1; 5], &tenant(&test));
    let mut changes = owner.carrying([&filed]);
    changes.acts.clear();
    owner.send(&test, &changes).await;
    let read = clerk.send(&test, &clerk.hello()).await;
    assert!(read.parcels.is_empty(), "not theirs yet");
    let epoch = sync::receipt::Epoch(test.office.epoch.dice);
    clerk.send(&test, &with(clerk.carrying([&filed]), &filed, witnessed_for(Matter::Filing, 4))).await;
    let since = sync::frame::up::Up { epoch, have: read.cursors, ..clerk.hello() };
    let told = clerk.send(&test, &since).await;
    assert!(sees(&told, &filed));
}
