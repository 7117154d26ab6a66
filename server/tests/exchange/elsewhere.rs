//! Phi địa giới: what the one-stop desk of one commune receives, the agency of another one of the province decides; both
//! follow it, nobody else does, and it is counted once.

use dossier::access::Role;
use dossier::act::{Act, received_at};
use dossier::behalf::Matter;
use dossier::filing::Filing;
use dossier::filing::printed::Printed;
use dossier::filing::step::{Item, Items, Reason, ReturnWay, Step};
use dossier::id::CommuneCode;
use dossier::manage::{NewMerger, Part};
use dossier::view::Rejection;
use server::clock;
use server::store::commune::{self, CommuneRow};
use sync::frame::down::{Down, Verdict};
use sync::frame::up::{SentAct, Up};
use sync::frame::{ActId, Have};
use sync::receipt::Epoch;

use crate::behalf::{with, witnessed_for};
use crate::by_code::{ask_for, heads, page, sent, story};
use crate::civil::{accept, sees, tap};
use crate::hand::{Hand, Notice, act_verdict, count, verdict};
use crate::merger::divide;
use crate::office::{COMMUNE, TestOffice};
use crate::tenant::{filled, record, tenant, wrong_name};
use crate::{NEXT, printing, statistics, working};

const FORBIDDEN: Option<Verdict> = Some(Verdict::Rejected(Rejection::Forbidden));
const ACCEPTED: Option<Verdict> = Some(Verdict::Accepted);
/// A third commune of the province.
const THIRD: CommuneCode = CommuneCode(3586);
const DESK: &str = "Trung tâm PVHCC xã Sin Suối Hồ";

async fn name(test: &TestOffice, code: CommuneCode, name: &str, province_code: u8) {
    test.add_commune_of(code).await;
    let row = commune::find(test.office.store.readers(), code).await.expect("a read").expect("a commune");
    let (name, agency) = (format!("xã {name}"), format!("Công an xã {name}"));
    let mut work = test.office.store.begin().await.expect("begun");
    commune::put(&mut *work, &CommuneRow { name, agency, province_code, ..row }).await.expect("named");
    work.commit().await.expect("kept");
}

/// Three communes of one province.
async fn land() -> TestOffice {
    let test = working().await;
    name(&test, NEXT, "Phong Thổ", 12).await;
    name(&test, THIRD, "Nậm Xe", 12).await;
    test
}

/// The clerk of the first commune, for a house of the second, and who decides there.
async fn people(test: &TestOffice) -> (Hand, Hand) {
    let house = test.add_house(NEXT).await;
    let clerk = Hand::join(test, 1, Role::OneStopClerk, COMMUNE, house).await;
    (Hand { house, ..clerk }, Hand::join(test, 2, Role::Officer, NEXT, house).await)
}

async fn take_in(test: &TestOffice, clerk: &Hand, dice: u8, said: &Filing) -> (Notice, Down) {
    let filed = clerk.filing([dice; 5], said);
    let up = with(clerk.carrying([&filed]), &filed, witnessed_for(Matter::Filing, i32::from(dice)));
    let down = clerk.send(test, &up).await;
    (filed, down)
}

async fn follows(test: &TestOffice, hand: &Hand, of: &Notice) -> bool {
    sees(&hand.send(test, &hand.hello()).await, of)
}

fn words() -> Reason {
    "Theo hồ sơ".parse().expect("words")
}

/// Every step between the first and the last, as far as it may be taken now.
async fn between(test: &TestOffice, of: &Notice) -> Vec<Step> {
    let heads = heads(test, of).await;
    let items = Items::new(vec![Item { at: None, what: words() }]).expect("items");
    vec![
        Step::Supplement { heads: heads.clone(), items, until: None },
        Step::Refuse { heads: heads.clone(), reason: words(), ground: words() },
        Step::AskVerification { to: THIRD, question: words() },
        Step::FeePaid { dong: 15_000, how: dossier::filing::step::Payment::Cash },
        Step::Decide { heads, words: words(), until: None },
    ]
}

#[tokio::test]
async fn a_clerk_receives_for_the_neighbouring_commune_which_decides_and_the_clerk_hands_out() {
    let test = land().await;
    let (clerk, police) = people(&test).await;
    let (filed, down) = take_in(&test, &clerk, 1, &tenant(&test)).await;
    assert_eq!(verdict(&down, filed.dossier), ACCEPTED);
    assert_eq!(down.issued.expect("a receipt").root.commune, COMMUNE, "numbered where it was received");
    let acts = story(&test, &filed).await.acts;
    assert_eq!(received_at(&acts), Some((COMMUNE, DESK)));
    assert_eq!(acts.len(), 3, "the ground, where it was received, the submission");

    let colleague = Hand::join(&test, 3, Role::OneStopClerk, COMMUNE, clerk.house).await;
    let own_police = Hand::join(&test, 4, Role::Officer, COMMUNE, clerk.house).await;
    let third = Hand::join(&test, 5, Role::OneStopClerk, THIRD, clerk.house).await;
    let there = Hand::join(&test, 6, Role::OneStopClerk, NEXT, clerk.house).await;
    for (who, hand, sees) in [
        ("the clerk", &clerk, true),
        ("a colleague", &colleague, true),
        ("who decides", &police, true),
        ("the clerk's own police", &own_police, false),
        ("a third commune", &third, false),
        ("the desk of who decides", &there, false),
    ] {
        assert_eq!(follows(&test, hand, &filed).await, sees, "{who}");
    }
    for (dice, hand) in [(10, &own_police), (11, &third), (12, &there)] {
        assert_eq!(tap(&test, hand, &filed, dice, accept(&filed)).await, FORBIDDEN, "{dice}");
    }
    assert_eq!(tap(&test, &colleague, &filed, 20, accept(&filed)).await, ACCEPTED);
    for (dice, step) in (30..).zip(between(&test, &filed).await) {
        assert_eq!(tap(&test, &clerk, &filed, dice, step).await, FORBIDDEN, "{dice}");
    }
    let decide = between(&test, &filed).await.pop().expect("the last");
    assert_eq!(tap(&test, &own_police, &filed, 40, decide.clone()).await, FORBIDDEN);
    assert_eq!(tap(&test, &police, &filed, 41, decide).await, ACCEPTED);
    let out = || Step::HandOver { way: ReturnWay::InPerson };
    assert_eq!(tap(&test, &there, &filed, 42, out()).await, FORBIDDEN);
    assert_eq!(tap(&test, &clerk, &filed, 43, out()).await, ACCEPTED);
}

#[tokio::test]
async fn a_matter_of_the_committee_is_received_elsewhere_too_and_its_own_desk_follows_it_as_ever() {
    let test = land().await;
    let (clerk, police) = people(&test).await;
    let justice = Hand::join(&test, 3, Role::JusticeOfficer, NEXT, clerk.house).await;
    let there = Hand::join(&test, 6, Role::OneStopClerk, NEXT, clerk.house).await;
    let (filed, down) = take_in(&test, &clerk, 1, &wrong_name(&test)).await;
    assert_eq!(verdict(&down, filed.dossier), ACCEPTED);
    for (hand, sees) in [(&clerk, true), (&justice, true), (&there, true), (&police, false)] {
        assert_eq!(follows(&test, hand, &filed).await, sees, "{}", hand.account.0);
    }
}

#[tokio::test]
async fn another_province_and_what_only_the_competent_commune_receives_are_refused_at_the_gate() {
    let test = land().await;
    let (clerk, _) = people(&test).await;
    // A criminal record is the police's of the province; a declaration of people without papers is for their own commune.
    for (dice, said) in [(1, record(&test)), (2, filled(&test, "residence-declaration", &[]))] {
        let (filed, down) = take_in(&test, &clerk, dice, &said).await;
        assert_eq!(verdict(&down, filed.dossier), FORBIDDEN, "{dice}");
    }
    let notice = clerk.notice(3, "Sùng A Pó", "012201000217");
    let up = with(clerk.carrying([&notice]), &notice, witnessed_for(Matter::StayNotice, 3));
    assert_eq!(verdict(&clerk.send(&test, &up).await, notice.dossier), FORBIDDEN, "a stay notice");
    // Nobody else receives for a neighbour.
    for (seed, role) in [(7, Role::Officer), (8, Role::TeamMember), (9, Role::JusticeOfficer)] {
        let other = Hand::join(&test, seed, role, COMMUNE, clerk.house).await;
        let (filed, down) = take_in(&test, &other, seed, &tenant(&test)).await;
        assert_eq!(verdict(&down, filed.dossier), FORBIDDEN, "{role:?}");
    }
    for province in [11, 0] {
        name(&test, NEXT, "Phong Thổ", province).await;
        let (filed, down) = take_in(&test, &clerk, 20 + province, &tenant(&test)).await;
        assert_eq!(verdict(&down, filed.dossier), FORBIDDEN, "province {province}");
    }
    name(&test, COMMUNE, "Sin Suối Hồ", 0).await;
    let (filed, down) = take_in(&test, &clerk, 40, &tenant(&test)).await;
    assert_eq!(verdict(&down, filed.dossier), FORBIDDEN, "two provinces nobody knows are not one");
    assert_eq!(count(&test, "dossier").await, 0, "nothing was begun");
}

#[tokio::test]
async fn no_device_says_where_a_dossier_was_received_and_at_home_nothing_is_said_of_it() {
    let test = land().await;
    let (clerk, police) = people(&test).await;
    let house = test.add_house(COMMUNE).await;
    let at_home = Hand { house, ..Hand::join(&test, 3, Role::OneStopClerk, COMMUNE, house).await };
    let (own, _) = take_in(&test, &at_home, 1, &tenant(&test)).await;
    let (filed, _) = take_in(&test, &clerk, 2, &tenant(&test)).await;
    let claim = |of: &Notice, dice: u8| SentAct {
        dossier: of.dossier,
        id: ActId([dice; 8]),
        act: Act::ReceivedAt { commune: THIRD, desk: "Trung tâm PVHCC xã Nậm Xe".into() },
    };
    for (hand, of, dice) in [(&at_home, &own, 10), (&clerk, &filed, 11), (&police, &filed, 12)] {
        let said = claim(of, dice);
        let down = hand.send(&test, &Up { acts: vec![said.clone()], ..hand.hello() }).await;
        assert!(matches!(act_verdict(&down, &said), Some(Verdict::Rejected(_))), "{dice}");
    }
    assert_eq!(received_at(&story(&test, &own).await.acts), None);
    assert_eq!(received_at(&story(&test, &filed).await.acts), Some((COMMUNE, DESK)));
}

#[tokio::test]
async fn a_desk_is_told_of_the_villages_of_its_province_and_of_nobodys_house_there() {
    let test = land().await;
    name(&test, CommuneCode(99), "Xa", 11).await;
    test.add_house(CommuneCode(99)).await;
    let (clerk, police) = people(&test).await;
    let facts = clerk.send(&test, &clerk.hello()).await.facts.expect("facts");
    let told: Vec<_> = facts.houses.iter().map(|house| (house.name.as_str(), house.elsewhere())).collect();
    assert_eq!(told, [("Nhà khác trong bản", Some("xã Phong Thổ"))]);
    let facts = police.send(&test, &police.hello()).await.facts.expect("facts");
    assert!(facts.houses.iter().all(|house| house.elsewhere().is_none()), "an officer works at home");
}

#[tokio::test]
async fn after_a_merger_whoever_works_at_the_new_desk_follows_what_the_old_one_received() {
    let test = land().await;
    let (clerk, police) = people(&test).await;
    let (filed, _) = take_in(&test, &clerk, 1, &tenant(&test)).await;
    let third = Hand::join(&test, 5, Role::OneStopClerk, THIRD, clerk.house).await;
    let before = third.send(&test, &third.hello()).await;
    assert!(!sees(&before, &filed));
    let new = NewMerger {
        parts: [COMMUNE, THIRD].map(|code| Part { code, divided: false }).to_vec(),
        code: CommuneCode(3592),
        name: "xã Sin Suối Hồ mới".parse().expect("a name"),
        agency: "Công an xã Sin Suối Hồ mới".parse().expect("a name"),
        effective: clock::now().day(),
        villages: Vec::new(),
    };
    let rows = count(&test, "log").await;
    divide(&test, police.account, new).await;
    assert_eq!(count(&test, "log").await, rows, "said again, not twice");
    // Who had read everything is told what came over.
    let mut up = Up { epoch: Epoch(test.office.epoch.dice), have: before.cursors, ..third.hello() };
    assert!(sees(&third.send(&test, &up).await, &filed));
    up.have = vec![(clerk.scope, Have::default())];
    assert!(sees(&clerk.send(&test, &Up { handle: clerk.handle, ..up }).await, &filed));
    assert!(follows(&test, &police, &filed).await, "who decides is the same");
    assert_eq!(tap(&test, &third, &filed, 20, accept(&filed)).await, ACCEPTED);
    assert_eq!(received_at(&story(&test, &filed).await.acts), Some((COMMUNE, DESK)), "the desk of then");
}

#[tokio::test]
async fn it_is_counted_once_where_it_is_decided() {
    let test = land().await;
    let (clerk, police) = people(&test).await;
    let own_police = Hand::join(&test, 4, Role::Officer, COMMUNE, clerk.house).await;
    take_in(&test, &clerk, 1, &tenant(&test)).await;
    let [one] = &statistics::statistics(&test, &police).await[..] else { panic!("one procedure") };
    assert_eq!((one.commune, one.tally.received, one.tally.open), (NEXT, 1, 1));
    assert_eq!(statistics::statistics(&test, &own_police).await, []);
}

#[tokio::test]
async fn the_slip_and_the_page_of_the_code_say_who_received_it_and_who_decides() {
    let test = land().await;
    let (clerk, police) = people(&test).await;
    let (filed, _) = take_in(&test, &clerk, 1, &tenant(&test)).await;
    let public = sent(&test, "/theo-doi", &[("code", &crate::by_code::code())]).await.text();
    let opened = page(&test, "/theo-doi/ho-so", &[]).await;
    for told in [public, opened] {
        assert!(told.contains("Nơi tiếp nhận: Trung tâm PVHCC xã Sin Suối Hồ"), "{told}");
        assert!(told.contains("Nơi giải quyết: "), "{told}");
        assert!(told.contains("Công an xã Phong Thổ") && !told.contains("Công an xã Sin Suối Hồ"), "{told}");
    }
    assert_eq!(tap(&test, &clerk, &filed, 20, accept(&filed)).await, ACCEPTED);
    for hand in [&clerk, &police] {
        let slip = printing::read(&test, hand, filed.dossier, Printed::Ct04).await;
        for words in
            ["TRUNG TÂM PVHCC XÃ SIN SUỐI HỒ", "Trung tâm PVHCC xã Sin Suối Hồ", "Công an xã Phong Thổ"]
        {
            assert!(slip.contains(words), "{words}: {slip}");
        }
    }
    // What is answered by the code gets a receipt under the number on the slip.
    let number = story(&test, &filed).await.number;
    ask_for(&test, &police, &filed, 21, None).await;
    let address = ("a.address", "Nhà 12, bản Vàng Pó, xã Phong Thổ, tỉnh Lai Châu");
    let told = page(&test, "/theo-doi/bo-sung", &[("send", "1"), address]).await;
    assert!(told.contains("Đã gửi phần bổ sung"), "{told}");
    let kept = story(&test, &filed).await;
    assert_eq!(kept.number, number);
    assert_eq!(kept.receipt.map(|receipt| receipt.number()), number);
}
