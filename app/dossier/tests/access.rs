//! Who may do what, as facts.

use dossier::access::{
    AccountStatus, Action, Area, DeviceStatus, Grant, Locality, Principal, Resource, Role, can,
};
use dossier::id::{AccountId, CommuneCode, EstablishmentId, VillageId};
use dossier::moment::Day;
use dossier::procedure::Agency;

const TODAY: Day = Day(20_783);
const HERE: CommuneCode = CommuneCode(3394);
const NEXT: CommuneCode = CommuneCode(3549);

fn place(commune: CommuneCode, village: u32, house: u32) -> Resource {
    Resource::At(Locality {
        establishment: Some(EstablishmentId(house)),
        village: Some(VillageId(village)),
        commune,
        province: 12,
    })
}

fn whole(commune: CommuneCode) -> Resource {
    Resource::At(Locality { establishment: None, village: None, commune, province: 12 })
}

fn person(role: Role, area: Area) -> Principal {
    Principal {
        account: AccountId(1),
        status: AccountStatus::Active,
        device: DeviceStatus::Ok,
        commune: HERE,
        grants: vec![Grant { role, area, from: TODAY, until: None }],
    }
}

fn may(person: &Principal, action: Action, resource: Resource) -> bool {
    can(Some(person), action, resource, TODAY)
}

#[test]
fn an_owner_declares_and_reads_only_the_own_house() {
    let owner = person(Role::Owner, Area::Establishment(EstablishmentId(7)));
    for action in [Action::Declare, Action::ReadNotice] {
        assert!(may(&owner, action, place(HERE, 1, 7)));
        assert!(!may(&owner, action, place(HERE, 1, 8)));
        assert!(!may(&owner, action, whole(HERE)));
    }
    assert!(!may(&owner, Action::Decide, place(HERE, 1, 7)));
    assert!(!may(&owner, Action::ReadPeople, whole(HERE)));
}

#[test]
fn an_officer_stops_at_the_border_of_the_commune() {
    let officer = person(Role::Officer, Area::Commune(HERE));
    for action in [Action::Decide, Action::ReadNotice, Action::ReadPeople, Action::ManageDevices] {
        assert!(may(&officer, action, place(HERE, 1, 7)));
        assert!(may(&officer, action, whole(HERE)));
        assert!(!may(&officer, action, place(NEXT, 9, 70)));
        assert!(!may(&officer, action, whole(NEXT)));
    }
    assert!(!may(&officer, Action::Declare, place(HERE, 1, 7)), "an officer declares only on behalf");
    assert!(may(&officer, Action::DeclareOnBehalf, place(HERE, 1, 7)));
}

#[test]
fn a_team_member_files_in_the_own_village_and_reads_no_book() {
    let member = person(Role::TeamMember, Area::Village(VillageId(1)));
    assert!(may(&member, Action::DeclareOnBehalf, place(HERE, 1, 7)));
    assert!(!may(&member, Action::DeclareOnBehalf, place(HERE, 2, 8)));
    assert!(
        !may(&member, Action::DeclareOnBehalf, whole(HERE)),
        "a commune is not inside one of its villages"
    );
    assert!(!may(&member, Action::ReadNotice, place(HERE, 1, 7)));
    assert!(!may(&member, Action::Declare, place(HERE, 1, 7)));
}

#[test]
fn an_administrator_and_a_supervisor_see_no_notice() {
    let administrator = person(Role::Administrator, Area::Everywhere);
    let supervisor = person(Role::ProvincialSupervisor, Area::Province(12));
    for who in [&administrator, &supervisor] {
        for action in [Action::ReadNotice, Action::Decide, Action::Declare, Action::DeclareOnBehalf] {
            assert!(!may(who, action, place(HERE, 1, 7)));
        }
    }
    assert!(may(&supervisor, Action::ReadFigures, whole(NEXT)));
    assert!(!may(&supervisor, Action::ReadPeople, whole(HERE)), "figures, no persons");
    assert!(may(&administrator, Action::ManageUnits, whole(NEXT)));
}

#[test]
fn each_agency_is_told_counts_of_its_own_dossiers_and_who_follows_the_province_of_all() {
    let here = Locality { establishment: None, village: None, commune: HERE, province: 12 };
    let there = Locality { commune: NEXT, ..here };
    let away = Locality { commune: CommuneCode(4), province: 1, ..here };
    let told = |role, area| {
        let who = person(role, area);
        let of = |agency, place| who.counting(agency, &place, TODAY).is_some();
        [
            Agency::ALL.iter().filter(|agency| of(Some(**agency), here)).count(),
            Agency::ALL.iter().filter(|agency| of(Some(**agency), there)).count(),
            usize::from(of(None, here)),
            usize::from(of(role.agency(), away)),
        ]
    };
    for role in [Role::Officer, Role::Head, Role::JusticeOfficer] {
        assert_eq!(told(role, Area::Commune(HERE)), [1, 0, 0, 0], "{role:?}");
    }
    assert_eq!(told(Role::ProvinceOfficer, Area::Province(12)), [1, 1, 0, 0]);
    assert_eq!(told(Role::ProvincialSupervisor, Area::Province(12)), [3, 3, 1, 0]);
    for role in [Role::OneStopClerk, Role::Citizen, Role::Administrator] {
        assert_eq!(told(role, Area::Commune(HERE)), [0; 4], "{role:?}");
    }
    let mut both = person(Role::Officer, Area::Commune(HERE));
    both.grants.push(Grant { role: Role::JusticeOfficer, ..both.grants[0] });
    let as_whom = |agency| both.counting(Some(agency), &here, TODAY).map(|grant| grant.role);
    assert_eq!(as_whom(Agency::Police), Some(Role::Officer));
    assert_eq!(as_whom(Agency::Committee), Some(Role::JusticeOfficer), "who is both is told of both");
    both.status = AccountStatus::Suspended;
    assert_eq!(both.counting(Some(Agency::Police), &here, TODAY), None);
}

#[test]
fn a_role_holds_from_its_first_day_to_its_last() {
    let mut officer = person(Role::Officer, Area::Commune(HERE));
    officer.grants[0].from = TODAY.plus(1);
    assert!(!may(&officer, Action::Decide, whole(HERE)), "from tomorrow");
    officer.grants[0].from = TODAY.plus(-30);
    officer.grants[0].until = Some(TODAY);
    assert!(may(&officer, Action::Decide, whole(HERE)), "the last day counts");
    assert!(!can(Some(&officer), Action::Decide, whole(HERE), TODAY.plus(1)));
}

#[test]
fn nothing_but_what_is_everybodys_is_open_to_an_account_or_a_device_that_is_not_in_order() {
    let sound = person(Role::Officer, Area::Commune(HERE));
    let accounts = [AccountStatus::Invited, AccountStatus::Suspended, AccountStatus::Expired];
    let devices = [DeviceStatus::Revoked, DeviceStatus::Cloned];
    let unsound = accounts
        .map(|status| Principal { status, ..sound.clone() })
        .into_iter()
        .chain(devices.map(|device| Principal { device, ..sound.clone() }));
    for who in unsound {
        assert!(!may(&who, Action::Decide, whole(HERE)));
        assert!(!may(&who, Action::Exchange, Resource::Office));
        assert!(!who.may_somewhere(Action::Decide, TODAY));
        assert!(may(&who, Action::ReadPublic, Resource::Public));
        assert!(may(&who, Action::HandIn, Resource::Public), "sealed work always leaves a device");
    }
    assert!(may(&sound, Action::Exchange, Resource::Office));
}

#[test]
fn nobody_without_a_name_gets_past_the_door() {
    for action in [Action::Exchange, Action::Listen, Action::Declare, Action::ReadNotice, Action::Decide] {
        for resource in [place(HERE, 1, 7), whole(HERE), Resource::Office, Resource::Public] {
            assert!(!can(None, action, resource, TODAY));
        }
    }
    assert!(can(None, Action::ReadPublic, Resource::Public, TODAY));
    assert!(can(None, Action::Enrol, Resource::Public, TODAY));
}

#[test]
fn a_person_with_two_roles_acts_in_the_one_that_allows_it() {
    let mut both = person(Role::Owner, Area::Establishment(EstablishmentId(7)));
    let team = Grant { role: Role::TeamMember, area: Area::Village(VillageId(1)), from: TODAY, until: None };
    both.grants.push(team);
    assert_eq!(both.leading(TODAY), Some(Role::Owner));
    assert_eq!(both.acting(Action::Declare, place(HERE, 1, 7), TODAY), Some(Role::Owner));
    assert_eq!(both.acting(Action::DeclareOnBehalf, place(HERE, 1, 8), TODAY), Some(Role::TeamMember));
    assert_eq!(both.acting(Action::Declare, place(HERE, 1, 8), TODAY), None);
}

#[test]
fn nobody_gives_a_role_above_their_own_and_every_role_fits_some_area() {
    assert!(Role::TeamLeader.gives(Role::TeamMember) && !Role::TeamLeader.gives(Role::TeamLeader));
    assert!(Role::Head.gives(Role::Officer) && !Role::Head.gives(Role::Head));
    assert!(!Role::Officer.gives(Role::Officer) && !Role::Owner.gives(Role::Owner));
    for role in Role::ALL {
        assert!(Role::Administrator.gives(role));
        let areas = [
            Area::Establishment(EstablishmentId(1)),
            Area::Village(VillageId(1)),
            Area::Commune(HERE),
            Area::Province(12),
            Area::Everywhere,
        ];
        assert!(areas.into_iter().any(|area| role.fits(area)), "{role:?}");
    }
    assert!(
        !Role::Owner.fits(Area::Commune(HERE))
            && !Role::ProvincialSupervisor.fits(Area::Village(VillageId(1)))
    );
}

#[test]
fn a_one_stop_clerk_takes_in_whatever_is_brought_and_decides_nothing() {
    let clerk = person(Role::OneStopClerk, Area::Commune(HERE));
    for agency in Agency::ALL.iter().copied() {
        assert!(may(&clerk, Action::for_another(Some(agency)), place(HERE, 1, 7)), "{agency:?}");
        assert!(!may(&clerk, Action::for_another(Some(agency)), place(NEXT, 9, 70)), "{agency:?}");
        assert!(!may(&clerk, Action::deciding(agency), whole(HERE)), "{agency:?}");
        assert!(!may(&clerk, Action::reading(agency), whole(HERE)), "{agency:?}");
    }
    assert!(may(&clerk, Action::Receive, whole(HERE)) && !may(&clerk, Action::Receive, whole(NEXT)));
    assert!(!may(&clerk, Action::for_another(None), place(HERE, 1, 7)), "a stay notice is the police's");
}

#[test]
fn a_one_stop_clerk_receives_for_the_other_communes_of_the_province_and_for_no_others() {
    let commune = |code, province| Locality { establishment: None, village: None, commune: code, province };
    let lies = |code| Some(commune(code, 12));
    let clerk = person(Role::OneStopClerk, Area::Commune(HERE));
    let desk = |who: &Principal, at: Locality| who.receiving_for(&at, lies, TODAY);
    assert_eq!(desk(&clerk, commune(NEXT, 12)), Some((Role::OneStopClerk, HERE)));
    assert_eq!(desk(&clerk, commune(HERE, 12)), None, "at home it is received as ever");
    assert_eq!(desk(&clerk, commune(NEXT, 11)), None, "another province");
    let nowhere = |code| Some(commune(code, 0));
    assert_eq!(
        clerk.receiving_for(&commune(NEXT, 0), nowhere, TODAY),
        None,
        "provinces nobody has looked up"
    );
    for role in Role::ALL.into_iter().filter(|role| *role != Role::OneStopClerk) {
        assert_eq!(desk(&person(role, Area::Commune(HERE)), commune(NEXT, 12)), None, "{role:?}");
    }
    let suspended = Principal { status: AccountStatus::Suspended, ..clerk.clone() };
    assert_eq!(desk(&suspended, commune(NEXT, 12)), None);
    assert_eq!(clerk.receiving_for(&commune(NEXT, 12), lies, TODAY.plus(-1)), None, "before the first day");
}

#[test]
fn each_counter_takes_in_its_own_agencys_dossiers() {
    let justice = person(Role::JusticeOfficer, Area::Commune(HERE));
    let police = person(Role::Officer, Area::Commune(HERE));
    for (who, own) in [(&justice, Agency::Committee), (&police, Agency::Police)] {
        for agency in Agency::ALL.iter().copied() {
            let files = may(who, Action::for_another(Some(agency)), place(HERE, 1, 7));
            assert_eq!(files, agency == own, "{agency:?}");
        }
    }
    assert!(!may(&justice, Action::for_another(None), place(HERE, 1, 7)));
}

#[test]
fn the_police_of_a_province_decide_theirs_in_every_commune_and_read_no_book() {
    let officer = person(Role::ProvinceOfficer, Area::Province(12));
    assert!(
        Role::ProvinceOfficer.fits(Area::Province(12)) && !Role::ProvinceOfficer.fits(Area::Commune(HERE))
    );
    for at in [whole(HERE), place(NEXT, 9, 70)] {
        assert!(may(&officer, Action::DecideProvince, at) && may(&officer, Action::ReadProvince, at));
        for action in
            [Action::ReadNotice, Action::Decide, Action::ReadCivil, Action::DecideCivil, Action::Receive]
        {
            assert!(!may(&officer, action, at), "{action:?}");
        }
    }
    assert_eq!(officer.province(TODAY), Some(12));
    assert_eq!(person(Role::ProvincialSupervisor, Area::Province(12)).province(TODAY), None);
}

#[test]
fn a_slip_is_answered_by_who_works_for_the_agency_that_is_asked() {
    let here = Locality { establishment: None, village: None, commune: HERE, province: 12 };
    let justice = person(Role::JusticeOfficer, Area::Commune(HERE));
    assert_eq!(justice.answering(Agency::Committee, &here, TODAY), Some(Role::JusticeOfficer));
    assert_eq!(justice.answering(Agency::Police, &here, TODAY), None);
    let both = Principal {
        grants: vec![justice.grants[0], Grant { role: Role::Head, ..justice.grants[0] }],
        ..justice.clone()
    };
    assert_eq!(both.answering(Agency::Police, &here, TODAY), Some(Role::Head));
    let gone = Principal { status: AccountStatus::Suspended, ..both };
    assert_eq!(gone.answering(Agency::Police, &here, TODAY), None);
}
