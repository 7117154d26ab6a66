//! Villages, establishments, adoption, agencies, figures.

use dossier::access::{Area, Role};
use dossier::manage::{AgencyChange, Ask, NewHouse, NewVillage, Objection, Told, Village, VillageChange};
use dossier::view::Standing;
use sync::request::CallFailure;

use crate::desk::Desk;
use crate::office::{COMMUNE, get};
use crate::{Land, NEXT, land};

async fn villages(desk: &Desk, land: &Land) -> Vec<Village> {
    match desk.ask(&land.test, Ask::Villages(None)).await {
        Ok(Told::Villages(_, villages)) => villages,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_village_shows_who_declares_and_who_never_did() {
    let land = land().await;
    let head = land.head().await;
    let seen = villages(&head, &land).await;
    assert_eq!(seen.len(), 1, "the neighbour's villages are the neighbour's");
    let adoption = seen[0].adoption.clone().expect("the police may know");
    assert_eq!((seen[0].houses, adoption.with_account, adoption.never), (1, 0, 1));
    Desk::at(&land.test, "chunha", Role::Owner, Area::Establishment(land.here), 60).await;
    let adoption = villages(&head, &land).await[0].adoption.clone().expect("the police may know");
    assert_eq!((adoption.with_account, adoption.never, adoption.silent), (1, 1, 0));
    let admin = Desk::of(&land.test, "quantri", Role::Administrator, 61).await;
    assert!(villages(&admin, &land).await.iter().all(|village| village.adoption.is_none()));
}

#[tokio::test]
async fn villages_and_houses_are_added_renamed_and_moved_inside_the_commune() {
    let land = land().await;
    let head = land.head().await;
    let old = land.village(COMMUNE).await;
    let name = "bản Chung Hồ".parse().expect("a name");
    let add = Ask::AddVillage(NewVillage { commune: COMMUNE, name });
    assert_eq!(head.ask(&land.test, add.clone()).await, Ok(Told::Done));
    let taken = Err(CallFailure::Objected(Objection::Taken));
    assert_eq!(head.ask(&land.test, add).await, taken);
    let rename = Ask::ChangeVillage(old, VillageChange::Rename("bản Chung Hồ".parse().expect("a name")));
    assert_eq!(head.ask(&land.test, rename).await, taken);
    let new = villages(&head, &land).await.into_iter().find(|village| village.id != old).expect("added");
    let house = NewHouse {
        village: new.id,
        name: "Nhà nghỉ Ban Mai".parse().expect("a name"),
        kind: "nhà nghỉ".parse().expect("a kind"),
        phone: None,
        address: None,
    };
    assert_eq!(head.ask(&land.test, Ask::AddHouse(house)).await, Ok(Told::Done));
    assert_eq!(head.ask(&land.test, Ask::MoveHouse(land.here, new.id)).await, Ok(Told::Done));
    let Ok(Told::Houses(houses)) = head.ask(&land.test, Ask::Houses(Some(Area::Village(new.id)))).await
    else {
        panic!("no list")
    };
    assert_eq!(houses.len(), 2);
    let unknown = Err(CallFailure::Objected(Objection::Unknown));
    let there = land.village(NEXT).await;
    assert_eq!(head.ask(&land.test, Ask::MoveHouse(land.here, there)).await, unknown);
    assert_eq!(head.ask(&land.test, Ask::MoveHouse(land.there, new.id)).await, unknown);
}

#[tokio::test]
async fn an_agency_says_where_it_sits_and_only_its_head_changes_that() {
    let land = land().await;
    let head = land.head().await;
    let change = AgencyChange {
        address: Some("bản Sin Suối Hồ".parse().expect("words")),
        duty_phone: "0213 000 114".parse().expect("a phone"),
        mailbox: None,
        channels: Some("Ứng dụng này; trực tiếp".parse().expect("words")),
        standing: Some(Standing::Announced),
        receive_at_once: true,
    };
    let officer = Desk::of(&land.test, "canbo", Role::Officer, 62).await;
    let asked = Ask::ChangeAgency(COMMUNE, change.clone());
    assert_eq!(officer.ask(&land.test, asked.clone()).await, Err(CallFailure::Forbidden));
    assert_eq!(head.ask(&land.test, asked).await, Ok(Told::Done));
    let elsewhere = head.ask(&land.test, Ask::ChangeAgency(NEXT, change)).await;
    assert_eq!(elsewhere, Err(CallFailure::Objected(Objection::Unknown)));
    let Ok(Told::Agencies(agencies)) = officer.ask(&land.test, Ask::Agencies).await else {
        panic!("no list")
    };
    assert_eq!(agencies.len(), 1);
    let agency = &agencies[0];
    assert_eq!((agency.duty_phone.as_str(), agency.address.as_str()), ("0213 000 114", "bản Sin Suối Hồ"));
    assert_eq!((agency.standing, agency.receive_at_once), (Some(Standing::Announced), true));
    assert!(!agency.changeable);
}

#[tokio::test]
async fn a_province_sees_figures_and_nobody() {
    let land = land().await;
    let supervisor = Desk::of(&land.test, "tinh", Role::ProvincialSupervisor, 63).await;
    let Ok(Told::Figures(figures)) = supervisor.ask(&land.test, Ask::Figures).await else { panic!("none") };
    assert_eq!(
        figures.iter().map(|one| (one.code, one.houses)).collect::<Vec<_>>(),
        [(COMMUNE, 1), (NEXT, 1)]
    );
    for question in [Ask::People(None), Ask::Houses(None), Ask::Devices(None)] {
        assert_eq!(supervisor.ask(&land.test, question).await, Err(CallFailure::Forbidden));
    }
}

#[tokio::test]
async fn everybody_may_know_which_communes_are_served() {
    let land = land().await;
    let answer = get(&land.test.router, "/api/communes").await;
    let codes: Vec<u64> =
        answer.json().as_array().expect("a list").iter().filter_map(|one| one["code"].as_u64()).collect();
    assert_eq!(codes, [3394, 3549]);
}
