//! The real merger: Thèn Sin (03394), Nậm Xe (03586) and Sin Suối Hồ (03592) became Sin Suối Hồ (03394).

use dossier::access::{Area, Role};
use dossier::id::{CommuneCode, VillageId};
use dossier::manage::{Ask, Merger, NewMerger, Objection, Part, Told, Village, VillageChange, VillageMove};
use dossier::moment::Day;
use server::store::commune::{self, CommuneRow};
use server::store::establishment::{self, EstablishmentRow};
use server::store::village;
use server::{clock, merger, territory};
use sync::request::CallFailure;

use crate::desk::Desk;
use crate::office::{COMMUNE, TestOffice, test_office};

const THEN_SIN: CommuneCode = COMMUNE;
const NAM_XE: CommuneCode = CommuneCode(3586);
const SIN_SUOI_HO: CommuneCode = CommuneCode(3592);
const BEFORE: [(CommuneCode, &str); 3] =
    [(THEN_SIN, "xã Thèn Sin"), (NAM_XE, "xã Nậm Xe"), (SIN_SUOI_HO, "xã Sin Suối Hồ cũ")];

/// The three communes of before, each with one village of the same name and a house in it.
async fn before() -> TestOffice {
    let test = test_office().await;
    for (code, name) in BEFORE {
        test.add_commune_of(code).await;
        let mut transaction = test.office.store.begin().await.expect("a transaction");
        let row = commune::find(&mut *transaction, code).await.expect("a read").expect("a commune");
        let row = CommuneRow { name: name.into(), agency: format!("Công an {name}"), ..row };
        commune::put(&mut *transaction, &row).await.expect("a name");
        let house = EstablishmentRow {
            id: 0,
            commune: code.0,
            name: format!("Nhà nghỉ {name}"),
            village: "bản Trung Tâm".into(),
            kind: "nhà nghỉ".into(),
            remote: true,
            phone: String::new(),
            address: String::new(),
        };
        establishment::insert(&mut transaction, &house).await.expect("a house");
        transaction.commit().await.expect("a commit");
    }
    test
}

fn united(effective: Day) -> NewMerger {
    NewMerger {
        parts: BEFORE.map(|(code, _)| Part { code, divided: false }).to_vec(),
        code: THEN_SIN,
        name: "xã Sin Suối Hồ".parse().expect("a name"),
        agency: "Công an xã Sin Suối Hồ".parse().expect("a name"),
        effective,
        villages: Vec::new(),
    }
}

async fn mergers(desk: &Desk, test: &TestOffice) -> (Vec<Merger>, Vec<Village>) {
    match desk.ask(test, Ask::Mergers).await {
        Ok(Told::Mergers(mergers, unsettled)) => (mergers, unsettled),
        other => panic!("{other:?}"),
    }
}

async fn village_of(test: &TestOffice, code: CommuneCode) -> VillageId {
    let rows = village::list(test.office.store.readers(), code).await.expect("a read");
    VillageId(rows.first().expect("a village").id)
}

#[tokio::test]
async fn three_communes_become_one_today_and_rights_houses_and_names_follow() {
    let test = before().await;
    let admin = Desk::of(&test, "quantri", Role::Administrator, 90).await;
    let officer = Desk::at(&test, "canbocu", Role::Officer, Area::Commune(SIN_SUOI_HO), 91).await;
    let today = clock::now().day();
    let seen = |told: Result<Told, CallFailure>| match told {
        Ok(Told::Houses(houses)) => houses.len(),
        other => panic!("{other:?}"),
    };
    assert_eq!(seen(officer.ask(&test, Ask::Houses(None)).await), 1);
    assert_eq!(admin.ask(&test, Ask::Merge(united(today))).await, Ok(Told::Done));
    let (known, unsettled) = mergers(&admin, &test).await;
    assert!(known[0].applied && unsettled.is_empty());
    assert!(known[0].parts.iter().any(|(_, name)| name == "xã Nậm Xe"), "the names of before are kept");

    let Ok(Told::Houses(houses)) = officer.ask(&test, Ask::Houses(None)).await else { panic!("no list") };
    assert_eq!(houses.len(), 3, "who worked in one of them works in the whole");
    let mut names: Vec<_> = houses.iter().map(|house| house.village_name.as_str()).collect();
    names.sort_unstable();
    assert_eq!(
        names,
        ["bản Trung Tâm", "bản Trung Tâm (xã Nậm Xe)", "bản Trung Tâm (xã Sin Suối Hồ cũ)"],
        "villages of one name are told apart"
    );
    let store = &test.office.store;
    for (code, was) in BEFORE {
        let yesterday = territory::name_on(store, code, today.plus(-1)).await.expect("a read");
        assert_eq!(yesterday.as_deref(), Some(was), "a receipt of yesterday says its own commune");
    }
    let now = territory::name_on(store, THEN_SIN, today).await.expect("a read");
    assert_eq!(now.as_deref(), Some("xã Sin Suối Hồ"));
    let old = commune::find(store.readers(), NAM_XE).await.expect("a read").expect("still known");
    assert_eq!(old.successor, Some(THEN_SIN.0));
    let answer = crate::office::get(&test.router, "/api/communes").await.json();
    assert_eq!(answer.as_array().map(Vec::len), Some(1), "only what stands is offered");
}

#[tokio::test]
async fn a_merger_of_tomorrow_waits_for_its_day_and_is_entered_once() {
    let test = before().await;
    let admin = Desk::of(&test, "quantri", Role::Administrator, 90).await;
    let now = clock::now();
    let tomorrow = now.day().plus(1);
    assert_eq!(admin.ask(&test, Ask::Merge(united(tomorrow))).await, Ok(Told::Done));
    assert_eq!(merger::apply_due(&test.office.store, now).await.expect("a look"), 0);
    assert!(!mergers(&admin, &test).await.0[0].applied);
    let again = admin.ask(&test, Ask::Merge(united(tomorrow))).await;
    assert_eq!(again, Err(CallFailure::Objected(Objection::Taken)));
    let past = admin.ask(&test, Ask::Merge(united(now.day().plus(-1)))).await;
    assert_eq!(past, Err(CallFailure::Objected(Objection::Unfit)));
    let head = Desk::of(&test, "truong", Role::Head, 92).await;
    assert_eq!(head.ask(&test, Ask::Merge(united(tomorrow))).await, Err(CallFailure::Forbidden));

    let store = &test.office.store;
    let later = now.plus_minutes(24 * 60);
    assert_eq!(merger::apply_due(store, later).await.expect("a merger"), 1);
    assert_eq!(merger::apply_due(store, later).await.expect("a look"), 0, "carried out once");
    assert!(mergers(&admin, &test).await.0[0].applied);
}

#[tokio::test]
async fn a_divided_commune_asks_for_each_village_nobody_assigned() {
    let test = before().await;
    let admin = Desk::of(&test, "quantri", Role::Administrator, 90).await;
    let today = clock::now().day();
    for name in ["bản Mấn", "bản Màu"] {
        let mut transaction = test.office.store.begin().await.expect("a transaction");
        village::named(&mut transaction, NAM_XE, name).await.expect("a village");
        transaction.commit().await.expect("a commit");
    }
    let assigned = village_of(&test, NAM_XE).await;
    let new = NewMerger {
        parts: vec![Part { code: NAM_XE, divided: true }],
        code: SIN_SUOI_HO,
        villages: vec![VillageMove { village: assigned, to: THEN_SIN }],
        ..united(today)
    };
    assert_eq!(admin.ask(&test, Ask::Merge(new)).await, Ok(Told::Done));
    let (_, unsettled) = mergers(&admin, &test).await;
    assert_eq!(unsettled.len(), 2);
    assert!(unsettled.iter().all(|one| one.commune == SIN_SUOI_HO && one.id != assigned));
    let rows = village::all(test.office.store.readers()).await.expect("a read");
    let there = rows.iter().find(|row| row.id == assigned.0).expect("a village");
    assert_eq!((there.commune, there.unsettled), (THEN_SIN.0, false));
    let join = Ask::ChangeVillage(unsettled[0].id, VillageChange::Join(THEN_SIN));
    assert_eq!(admin.ask(&test, join).await, Ok(Told::Done));
    assert_eq!(mergers(&admin, &test).await.1.len(), 1);
}
