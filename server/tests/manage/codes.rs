//! Codes of a team: ciphertext for the leaders of the member's village, and for nobody else.

use dossier::access::{Area, Role};
use dossier::manage::{Ask, HandedCodes, Objection, SealedCode, TeamCodes, Told};
use server::{clock, dice, hex};
use sync::leader::{Code, box_private};
use sync::letterbox;
use sync::request::{Call, CallFailure, DEVICE, post};

use crate::desk::{Desk, heard};
use crate::{COMMUNE, Land, NEXT, land};

fn sealed_for(desk: &Desk, codes: Vec<SealedCode>) -> HandedCodes {
    let public = letterbox::public(&box_private(&desk.key.to_bytes()));
    HandedCodes { box_key: hex::encode(&public), codes }
}

async fn meet(land: &Land, desk: &Desk, codes: Vec<SealedCode>) -> Result<TeamCodes, CallFailure> {
    let request = post("/api/v1/codes".into(), &sealed_for(desk, codes));
    let at = (clock::now(), dice::roll());
    let call = Call::signed(DEVICE, &desk.handle.to_string(), &desk.key, request, at);
    match heard(&land.test, &call).await? {
        Told::Codes(codes) => Ok(codes),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_code_reaches_the_leaders_of_the_members_village_and_nobody_else() {
    let land = land().await;
    let (here, there) = (Area::Village(land.village(COMMUNE).await), Area::Village(land.village(NEXT).await));
    let leader = Desk::at(&land.test, "totruong", Role::TeamLeader, here, 70).await;
    let other = Desk::at(&land.test, "totruong2", Role::TeamLeader, there, 71).await;
    let member = Desk::at(&land.test, "tovien", Role::TeamMember, here, 72).await;
    let owner = Desk::at(&land.test, "chunha", Role::Owner, Area::Establishment(land.here), 73).await;
    let head = land.head().await;
    for desk in [&leader, &other, &owner, &head] {
        assert_eq!(meet(&land, desk, Vec::new()).await, Ok(TeamCodes::default()));
    }
    let told = meet(&land, &member, Vec::new()).await.expect("leaders");
    assert_eq!(told.leaders.iter().map(|one| one.device).collect::<Vec<_>>(), [leader.handle]);
    assert_eq!(told.leaders[0].generation, None);

    let code = Code::of(&member.key.to_bytes(), 1);
    let to = letterbox::public(&box_private(&leader.key.to_bytes()));
    let sealed = code.seal(member.handle, &to, &mut sync::dice::Dice::new([3; 32])).expect("sealed");
    let handed =
        |leader: &Desk| SealedCode { leader: leader.handle, generation: 1, sealed: hex::encode(&sealed) };
    let astray = meet(&land, &member, vec![handed(&other)]).await;
    assert_eq!(astray, Err(CallFailure::Objected(Objection::Unknown)));
    let told = meet(&land, &member, vec![handed(&leader)]).await.expect("taken");
    assert_eq!(told.leaders[0].generation, Some(1));

    let got = meet(&land, &leader, Vec::new()).await.expect("codes").members;
    assert_eq!((got.len(), got[0].device), (1, member.handle));
    let opened = Code::open(
        &hex::decode(&got[0].sealed).expect("bytes"),
        member.handle,
        &box_private(&leader.key.to_bytes()),
    );
    assert!(opened == Some(code));
    for desk in [&other, &owner, &head] {
        assert_eq!(meet(&land, desk, Vec::new()).await, Ok(TeamCodes::default()));
    }

    // Who leads no more hears nothing more, and a revoked tablet's code is not handed on.
    assert_eq!(head.ask(&land.test, Ask::Revoke(member.handle)).await, Ok(Told::Done));
    assert_eq!(meet(&land, &leader, Vec::new()).await.map(|told| told.members.len()), Ok(0));
}
