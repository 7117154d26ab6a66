//! Notices of communes that were merged: nothing is hidden by what a device has seen before, nothing comes twice.

use dossier::access::Role;
use dossier::id::{AccountId, CommuneCode, VillageId};
use dossier::intent::{Answer, Intent};
use dossier::manage::{NewMerger, Part, VillageMove};
use server::client::Plain;
use server::store::{merger as entered, village};
use server::{clock, merger, serve};
use sync::frame::up::Up;
use sync::frame::{Have, Scope};
use sync::receipt::Epoch;
use tokio::net::TcpListener;
use tokio::sync::oneshot;

use crate::hand::{Hand, count, form};
use crate::living::{ask, enrolled, opened};
use crate::office::{COMMUNE, TestOffice, test_office};
use crate::working;

const NAM_XE: CommuneCode = CommuneCode(3586);
const SIN_SUOI_HO: CommuneCode = CommuneCode(3592);

/// Merges all three into the first, today.
async fn merge(test: &TestOffice, by: AccountId) {
    let new = NewMerger {
        parts: [COMMUNE, NAM_XE, SIN_SUOI_HO].map(|code| Part { code, divided: false }).to_vec(),
        code: COMMUNE,
        name: "xã Sin Suối Hồ".parse().expect("a name"),
        agency: "Công an xã Sin Suối Hồ".parse().expect("a name"),
        effective: clock::now().day(),
        villages: Vec::new(),
    };
    divide(test, by, new).await;
}

/// Enters a change of communes of today, and carries it out.
pub async fn divide(test: &TestOffice, by: AccountId, new: NewMerger) {
    let mut transaction = test.office.store.begin().await.expect("a transaction");
    entered::insert(&mut transaction, &new, |code| format!("xã {code}"), by, clock::now())
        .await
        .expect("an entry");
    transaction.commit().await.expect("a commit");
    assert_eq!(merger::apply_due(&test.office.store, clock::now()).await.expect("a merger"), 1);
}

#[tokio::test]
async fn who_had_seen_everything_of_an_old_commune_is_told_what_came_over() {
    let test = working().await;
    test.add_commune_of(NAM_XE).await;
    test.add_commune_of(SIN_SUOI_HO).await;
    let house = test.add_house(NAM_XE).await;
    let phone = Hand::join(&test, 1, Role::Owner, NAM_XE, house).await;
    let notice = phone.notice(1, "Sùng A Pó", "012201000217");
    let first = phone.send(&test, &phone.carrying([&notice])).await;
    let number = first.issued.expect("a receipt").root.commune;
    assert_eq!(number, NAM_XE);

    let officer = Hand::join(&test, 2, Role::Officer, SIN_SUOI_HO, house).await;
    let empty = officer.send(&test, &officer.hello()).await;
    assert!(empty.parcels.is_empty());
    let (scope, have) = empty.cursors[0];
    assert_eq!(scope, Scope::Commune(SIN_SUOI_HO));
    let rows = count(&test, "log").await;
    merge(&test, officer.account).await;
    assert_eq!(count(&test, "log").await, rows, "said again, not twice");

    let mut up = officer.hello();
    (up.epoch, up.have) = (Epoch(test.office.epoch.dice), vec![(officer.scope, have)]);
    let told = officer.send(&test, &up).await;
    assert_eq!((told.parcels.len(), told.numbered.len(), told.recorded.len()), (1, 1, 1));
    assert_eq!(told.numbered[0].number.commune, NAM_XE, "the number is the one on the receipt");
    assert_eq!(told.cursors[0].0, officer.scope, "the cursor keeps the name the device knows");
    // The answer was lost: the same question gets the same.
    let again = officer.send(&test, &up).await;
    assert_eq!(again.parcels, told.parcels);
    up.have = vec![(officer.scope, told.cursors[0].1)];
    assert!(officer.send(&test, &up).await.parcels.is_empty());

    // The receipt comes again to whoever lost it, and is genuine.
    let mut lost = phone.hello();
    lost.have = vec![(phone.scope, Have::default())];
    let down = phone.send(&test, &lost).await;
    let receipt = down.receipts.first().expect("the receipt");
    assert_eq!(receipt.verify(&test.office.keys.receipt_verifying()), Ok(()));
    assert_eq!(receipt.root.commune, NAM_XE);
    // What is filed from now on is numbered by the new commune.
    let next = phone.notice(2, "Sùng A Pó", "012201000217");
    let down = phone.send(&test, &phone.carrying([&next])).await;
    assert_eq!(down.issued.expect("a receipt").root.commune, COMMUNE);
}

#[tokio::test]
async fn a_phone_that_is_told_everything_again_shows_nothing_twice() {
    let test = test_office().await;
    for code in [COMMUNE, NAM_XE, SIN_SUOI_HO] {
        test.add_commune_of(code).await;
    }
    let house = test.add_house(NAM_XE).await;
    let (owner, code) = test.add_person("namxe", Role::Owner, NAM_XE, Some(house)).await;
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let server = format!("http://{}", listener.local_addr().expect("an address"));
    let (stop, stopped) = oneshot::channel::<()>();
    let running = tokio::spawn(serve::until(Plain(listener), test.office.clone(), async {
        let _ = stopped.await;
    }));
    let state = test.dir.path().join("phone");
    let evening = move || {
        let mut phone = enrolled(state, &server, &code.to_string());
        let Answer::Saved(dossier) = ask(&mut phone, Intent::Submit(form("Sùng A Pó", "012201000217", "5")))
        else {
            panic!("saved")
        };
        (phone, dossier)
    };
    let (mut phone, dossier) = tokio::task::spawn_blocking(evening).await.expect("an evening");
    let before = opened(&mut phone, dossier);
    merge(&test, owner).await;
    let again = move || {
        assert!(ask(&mut phone, Intent::SyncNow) == Answer::Done);
        assert!(ask(&mut phone, Intent::SyncNow) == Answer::Done);
        opened(&mut phone, dossier)
    };
    let after = tokio::task::spawn_blocking(again).await.expect("a morning");
    assert_eq!(after.timeline, before.timeline);
    assert_eq!(after.card.state, before.card.state);
    assert_eq!(after.receipt.map(|receipt| receipt.number), before.receipt.map(|receipt| receipt.number));
    stop.send(()).expect("running");
    running.await.expect("a task").unwrap_or_else(|error| panic!("{error}"));
}

#[tokio::test]
async fn a_village_that_goes_to_another_commune_takes_its_notices_along_and_devices_are_told_where_they_belong()
 {
    let test = working().await;
    for code in [NAM_XE, SIN_SUOI_HO] {
        test.add_commune_of(code).await;
    }
    let house = test.add_house(NAM_XE).await;
    let phone = Hand::join(&test, 1, Role::Owner, NAM_XE, house).await;
    phone.send(&test, &phone.carrying([&phone.notice(1, "Sùng A Pó", "012201000217")])).await;
    let [left, heir] =
        [(2, NAM_XE), (3, COMMUNE)].map(|(seed, at)| Hand::join(&test, seed, Role::Officer, at, house));
    let (left, heir) = (left.await, heir.await);
    let hello = |hand: &Hand| Up { seated: true, ..hand.hello() };
    let before = left.send(&test, &hello(&left)).await;
    // The house, and the place of the village's other households.
    assert_eq!((before.parcels.len(), before.facts.expect("facts").houses.len()), (1, 2));
    assert_eq!(before.seat.expect("a seat").commune, NAM_XE);

    let village = village::list(test.office.store.readers(), NAM_XE).await.expect("a read")[0].id;
    let villages = vec![VillageMove { village: VillageId(village), to: COMMUNE }];
    divide(
        &test,
        left.account,
        NewMerger {
            parts: vec![Part { code: NAM_XE, divided: true }],
            code: SIN_SUOI_HO,
            name: "xã Sin Suối Hồ mới".parse().expect("a name"),
            agency: "Công an xã Sin Suối Hồ mới".parse().expect("a name"),
            effective: clock::now().day(),
            villages,
        },
    )
    .await;

    let after = left.send(&test, &hello(&left)).await;
    assert!(
        after.parcels.is_empty() && after.facts.expect("facts").houses.is_empty(),
        "nothing of it is theirs"
    );
    let seat = after.seat.expect("a seat");
    assert_eq!((seat.commune, seat.agency.as_str()), (SIN_SUOI_HO, "Công an xã Sin Suối Hồ mới"));
    let there = heir.send(&test, &hello(&heir)).await;
    assert_eq!((there.parcels.len(), there.facts.expect("facts").houses.len()), (1, 2));
    let owner = phone.send(&test, &hello(&phone)).await;
    assert_eq!(owner.seat.expect("a seat").commune, COMMUNE);
    // The facts have one version for who reads the seat and one for who does not: who learns to read it is told it.
    let version = owner.facts.expect("facts").version;
    let old = phone.send(&test, &Up { facts: version, ..phone.hello() }).await;
    assert!(old.seat.is_none() && old.facts.is_some());
    let known = phone.send(&test, &Up { facts: version, ..hello(&phone) }).await;
    assert!(known.seat.is_none() && known.facts.is_none(), "what is known travels once");
}
