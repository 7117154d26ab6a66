//! Accounts and roles: who may give what, where, and that somebody is always left.

use axum::http::StatusCode;
use dossier::access::{AccountStatus, Area, Role};
use dossier::manage::{Ask, Contact, NewPerson, NewRole, Objection, Person, PersonChange, Sim, Told};
use server::clock;
use sync::request::CallFailure;

use crate::desk::Desk;
use crate::office::{COMMUNE, TestOffice};
use crate::{Land, NEXT, land};

const fn objected(objection: Objection) -> Result<Told, CallFailure> {
    Err(CallFailure::Objected(objection))
}

fn role(role: Role, area: Area) -> NewRole {
    NewRole { role, area, from: None, until: None }
}

fn invite(login: &str, given: NewRole) -> Ask {
    let contact = Contact { phone: Some("0912 000 001".parse().expect("a phone")), sim: Sim::Other };
    let name = "Sùng A Thử".parse().expect("a name");
    Ask::Invite(NewPerson { login: login.parse().expect("a login"), name, contact, role: given })
}

async fn people(desk: &Desk, test: &TestOffice) -> Vec<Person> {
    match desk.ask(test, Ask::People(None)).await {
        Ok(Told::People(people)) => people,
        other => panic!("{other:?}"),
    }
}

async fn person(desk: &Desk, land: &Land, login: &str) -> Person {
    people(desk, &land.test).await.into_iter().find(|person| person.login == login).expect("listed")
}

#[tokio::test]
async fn an_invited_person_gets_a_code_that_opens_the_door_and_is_listed_with_how_to_reach_them() {
    let land = land().await;
    let head = land.head().await;
    let asked = invite("sungathu", role(Role::Owner, Area::Establishment(land.here)));
    let Ok(Told::Invited(invited)) = head.ask(&land.test, asked.clone()).await else { panic!("no code") };
    assert_eq!(head.ask(&land.test, asked).await, objected(Objection::Taken), "a login is one person's");
    let listed = person(&head, &land, "sungathu").await;
    assert_eq!((listed.status, listed.contact.sim), (AccountStatus::Invited, Sim::Other));
    assert_eq!(listed.roles[0].place, "Homestay Hoa Địa Lan");
    assert!(listed.changeable);

    let Ok(Told::Invited(newer)) =
        head.ask(&land.test, Ask::ChangePerson(listed.id, PersonChange::NewCode)).await
    else {
        panic!("no code")
    };
    assert_eq!(land.test.enrol(&invited.code).await.status, StatusCode::FORBIDDEN, "replaced");
    assert_eq!(land.test.enrol(&newer.code).await.status, StatusCode::OK);
    assert_eq!(person(&head, &land, "sungathu").await.status, AccountStatus::Active);
}

#[tokio::test]
async fn what_lies_outside_looks_like_what_is_not_there() {
    let land = land().await;
    let head = land.head().await;
    let admin = Desk::of(&land.test, "quantri", Role::Administrator, 50).await;
    let asked = invite("nguoikhac", role(Role::Owner, Area::Establishment(land.there)));
    assert_eq!(head.ask(&land.test, asked.clone()).await, objected(Objection::Unknown));
    assert!(matches!(admin.ask(&land.test, asked).await, Ok(Told::Invited(_))));
    let other = person(&admin, &land, "nguoikhac").await;
    assert!(people(&head, &land.test).await.iter().all(|person| person.login != "nguoikhac"));
    let nobody = dossier::id::AccountId(9_999);
    for id in [other.id, nobody] {
        let asked = Ask::ChangePerson(id, PersonChange::Suspend);
        assert_eq!(head.ask(&land.test, asked).await, objected(Objection::Unknown));
    }
    let Ok(Told::People(narrow)) = admin.ask(&land.test, Ask::People(Some(Area::Commune(NEXT)))).await else {
        panic!("no list")
    };
    assert!(narrow.iter().all(|person| person.login == "nguoikhac"), "{narrow:?}");
}

#[tokio::test]
async fn nobody_gives_more_than_their_own_role_gives_or_for_an_area_it_is_not_held_for() {
    let land = land().await;
    let village = land.village(COMMUNE).await;
    let head = land.head().await;
    let leader = Desk::at(&land.test, "totruong", Role::TeamLeader, Area::Village(village), 51).await;
    let officer = Desk::of(&land.test, "canbo", Role::Officer, 52).await;
    let head_again = role(Role::Head, Area::Commune(COMMUNE));
    assert_eq!(head.ask(&land.test, invite("truong2", head_again)).await, objected(Objection::NotYours));
    let by_leader = async |login: &str, given| leader.ask(&land.test, invite(login, given)).await;
    let member = role(Role::TeamMember, Area::Village(village));
    assert!(matches!(by_leader("thanhvien", member.clone()).await, Ok(Told::Invited(_))));
    let wide = role(Role::TeamMember, Area::Commune(COMMUNE));
    assert_eq!(by_leader("thanhvien2", wide).await, objected(Objection::Unknown), "only the own village");
    let second = role(Role::TeamLeader, Area::Village(village));
    assert_eq!(by_leader("totruong2", second).await, objected(Objection::NotYours));
    let slip = role(Role::Owner, Area::Commune(COMMUNE));
    assert_eq!(head.ask(&land.test, invite("chu", slip)).await, objected(Objection::Unfit));

    let head_id = person(&officer, &land, "truong").await;
    assert!(!head_id.changeable);
    let stop = Ask::ChangePerson(head_id.id, PersonChange::Suspend);
    assert_eq!(officer.ask(&land.test, stop).await, objected(Objection::NotYours));
}

#[tokio::test]
async fn a_role_ends_on_its_day_and_a_suspended_person_is_out_at_once() {
    let land = land().await;
    let head = land.head().await;
    let officer = Desk::of(&land.test, "canbo", Role::Officer, 52).await;
    let today = clock::now().day();
    assert!(officer.ask(&land.test, Ask::Requests).await.is_ok());
    let held = person(&head, &land, "canbo").await;
    assert_eq!(head.ask(&land.test, Ask::ChangePerson(held.id, PersonChange::Suspend)).await, Ok(Told::Done));
    assert_eq!(officer.ask(&land.test, Ask::Requests).await, Err(CallFailure::Forbidden));
    assert_eq!(head.ask(&land.test, Ask::ChangePerson(held.id, PersonChange::Resume)).await, Ok(Told::Done));
    assert!(officer.ask(&land.test, Ask::Requests).await.is_ok());
    let number = held.roles[0].number;
    let long_ago = head.ask(&land.test, Ask::End(number, today.plus(-9))).await;
    assert_eq!(long_ago, objected(Objection::Unfit));
    // A chosen last day: until then it holds, and may still be changed.
    for last in [today.plus(12), today] {
        assert_eq!(head.ask(&land.test, Ask::End(number, last)).await, Ok(Told::Done));
        assert_eq!(person(&head, &land, "canbo").await.roles[0].until, Some(last));
        assert!(officer.ask(&land.test, Ask::Requests).await.is_ok(), "the last day is one of its days");
    }
    assert_eq!(head.ask(&land.test, Ask::End(number, today.plus(-1))).await, Ok(Told::Done));
    assert_eq!(officer.ask(&land.test, Ask::Requests).await, Err(CallFailure::Forbidden));
    let later = NewRole { from: Some(today.plus(3)), ..role(Role::TeamLeader, Area::Commune(COMMUNE)) };
    assert_eq!(head.ask(&land.test, Ask::Give(held.id, later)).await, Ok(Told::Done));
    assert_eq!(officer.ask(&land.test, Ask::People(None)).await, Err(CallFailure::Forbidden), "not yet");
}

#[tokio::test]
async fn the_last_administrator_cannot_be_locked_out() {
    let land = land().await;
    let admin = Desk::of(&land.test, "quantri", Role::Administrator, 50).await;
    let me = person(&admin, &land, "quantri").await;
    let today = clock::now().day();
    for asked in [
        Ask::ChangePerson(me.id, PersonChange::Suspend),
        Ask::ChangePerson(me.id, PersonChange::Expire(Some(today.plus(9)))),
        Ask::End(me.roles[0].number, today.plus(9)),
    ] {
        assert_eq!(admin.ask(&land.test, asked).await, objected(Objection::LastAdministrator));
    }
    let _second = Desk::of(&land.test, "quantri2", Role::Administrator, 53).await;
    let stop = Ask::ChangePerson(me.id, PersonChange::Suspend);
    assert_eq!(admin.ask(&land.test, stop).await, Ok(Told::Done));
}
