//! Going on with a dossier somebody else of the team began, shown its slip.

use axum::body::Body;
use axum::http::Request;
use dossier::access::Role;
use dossier::act::{Act, Heads};
use dossier::behalf::{Matter, TrackingCode};
use dossier::content::Content;
use dossier::filing::Filing;
use dossier::id::{DossierId, GuestId};
use dossier::manage::{Ask, Objection, Told};
use dossier::view::Rejection;
use server::story::Story;
use server::{clock, dice};
use sync::frame::ActId;
use sync::frame::Scope;
use sync::frame::down::{Down, Verdict};
use sync::frame::up::{SentAct, Up};
use sync::request::Call;

use super::behalf::{with, witnessed_for};
use super::hand::{Hand, Notice, act_verdict, verdict};
use super::office::{COMMUNE, TestOffice, ask};
use super::tenant::tenant;
use super::{NEXT, owner, working};

/// The code every ground of these tests names.
fn slip() -> TrackingCode {
    TrackingCode::roll([7; 8])
}

async fn follow(test: &TestOffice, hand: &Hand, code: TrackingCode) -> Result<DossierId, Objection> {
    let call = Call::of(&Ask::Follow(code), &hand.handle.to_string(), &hand.key, clock::now(), dice::roll());
    let request = Request::post(&call.path).header("authorization", call.authorization);
    let answer = ask(&test.router, request.body(Body::from(call.body)).expect("a request")).await;
    match serde_json::from_slice(&answer.body) {
        Ok(Told::Followed(dossier)) => Ok(dossier),
        _ => Err(serde_json::from_slice(&answer.body).unwrap_or_else(|_| panic!("{}", answer.text()))),
    }
}

/// What a device that has read everything so far hears since.
async fn hear(test: &TestOffice, hand: &Hand, since: &Down) -> Down {
    let mut up = Up { epoch: since.epoch, have: since.cursors.clone(), ..hand.hello() };
    if up.have.is_empty() {
        up.have = vec![(Scope::Account(hand.account), Default::default())];
    }
    hand.send(test, &up).await
}

/// Somebody else moves in, too.
fn and(said: &Filing, dice: u8, name: &str) -> Filing {
    let mut said = said.clone();
    let row = [("name", name), ("birth", "2001-03-09"), ("sex", "nam"), ("relation", "cung-o-thue")];
    let mut row: Vec<(&str, String)> = row.map(|(key, value)| (key, value.to_owned())).to_vec();
    row.push(("number", format!("0122010{dice:05}")));
    let row = row.into_iter().map(|(key, value)| (key.parse().expect("a key"), value)).collect();
    said.people.insert(GuestId([dice; 4]), row);
    said
}

fn filed(notice: &Notice, hand: &Hand) -> Up {
    with(hand.carrying([notice]), notice, witnessed_for(Matter::Filing, 30))
}

#[tokio::test]
async fn a_second_member_goes_on_with_a_dossier_on_another_tablet_and_what_both_add_stays() {
    let test = working().await;
    let house = owner(&test, 1).await.house;
    let first = Hand::join(&test, 2, Role::TeamMember, COMMUNE, house).await;
    let second = Hand::join(&test, 3, Role::TeamMember, COMMUNE, house).await;
    let said = tenant(&test);
    let begun = first.filing([5; 5], &said);
    first.send(&test, &filed(&begun, &first)).await;
    // The other tablet has read everything there is for it: nothing.
    let before = hear(&test, &second, &Down::default()).await;
    assert!(before.parcels.is_empty());

    assert_eq!(follow(&test, &second, slip()).await, Ok(begun.dossier));
    assert_eq!(follow(&test, &second, slip()).await, Ok(begun.dossier), "a second time changes nothing");
    let told = hear(&test, &second, &before).await;
    assert_eq!((told.parcels.len(), told.receipts.len()), (1, 1));

    // Both add somebody, without having heard of each other.
    let of_first = first.filing_after(&begun, &and(&said, 1, "Giàng A Mẫu"));
    let of_second = second.filing_after(&begun, &and(&said, 2, "Giàng A Chư"));
    let bare = second.send(&test, &second.carrying([&of_second])).await;
    assert_eq!(verdict(&bare, begun.dossier), Some(Verdict::Rejected(Rejection::NoAuthorisation)));
    let mut up = filed(&of_second, &second);
    up.acts[0].id = ActId([0x22; 8]);
    let down = second.send(&test, &up).await;
    assert_eq!(act_verdict(&down, &up.acts[1]), Some(Verdict::Accepted));
    let down = first.send(&test, &first.carrying([&of_first])).await;
    assert_eq!(verdict(&down, begun.dossier), Some(Verdict::Accepted), "who began it goes on as well");
    let story = Story::read(&test.office, begun.dossier).await.expect("read").expect("there");
    let Ok(Content::Filing(both)) = story.history.read() else { panic!("a filing") };
    let names: Vec<&str> = both.present().map(|(_, row)| row["name"].as_str()).collect();
    assert_eq!(names, ["Giàng A Mẫu", "Giàng A Chư"]);

    // Each hears of the other's.
    for hand in [&first, &second] {
        let told = hear(&test, hand, &Down::default()).await;
        assert_eq!(told.parcels.iter().map(|parcel| parcel.changes.len()).sum::<usize>(), 3);
    }
}

#[tokio::test]
async fn a_slip_opens_nothing_to_who_may_not_file_there_and_guesses_are_slowed() {
    let test = working().await;
    test.add_commune_of(NEXT).await;
    let phone = owner(&test, 1).await;
    let house = phone.house;
    let member = Hand::join(&test, 2, Role::TeamMember, COMMUNE, house).await;
    let begun = member.filing([5; 5], &tenant(&test));
    member.send(&test, &filed(&begun, &member)).await;
    let elsewhere = Hand::join(&test, 4, Role::TeamMember, NEXT, house).await;
    assert_eq!(follow(&test, &elsewhere, slip()).await, Err(Objection::Unknown));
    // A notice is not gone on with: whoever stays tonight is the house's to declare.
    let notice = member.notice(9, "Sùng A Pó", "012201000217");
    let mut up = with(member.carrying([&notice]), &notice, witnessed_for(Matter::StayNotice, 3));
    if let Act::OnBehalf { tracking, .. } = &mut up.acts[0].act {
        *tracking = TrackingCode::roll([9; 8]);
    }
    member.send(&test, &up).await;
    let other = Hand::join(&test, 5, Role::TeamMember, COMMUNE, house).await;
    assert_eq!(follow(&test, &other, TrackingCode::roll([9; 8])).await, Err(Objection::Unknown));
    for guess in 20..40 {
        let call = Ask::Follow(TrackingCode::roll([guess; 8]));
        let call = Call::of(&call, &other.handle.to_string(), &other.key, clock::now(), dice::roll());
        let request = Request::post(&call.path).header("authorization", call.authorization);
        let answer = ask(&test.router, request.body(Body::from(call.body)).expect("a request")).await;
        if answer.status.as_u16() == 429 {
            return;
        }
    }
    panic!("twenty guesses cost nothing");
}

#[tokio::test]
async fn who_only_follows_does_nothing_without_a_ground() {
    let test = working().await;
    let house = owner(&test, 1).await.house;
    let first = Hand::join(&test, 2, Role::TeamMember, COMMUNE, house).await;
    let second = Hand::join(&test, 3, Role::TeamMember, COMMUNE, house).await;
    let begun = first.filing([5; 5], &tenant(&test));
    first.send(&test, &filed(&begun, &first)).await;
    follow(&test, &second, slip()).await.expect("the slip");
    let Act::Submit { heads: Heads(heads), .. } = begun.submit.act.clone() else { panic!("a submission") };
    let again = Act::Submit {
        heads: Heads(heads),
        channel: dossier::act::Channel::Team,
        claimed_at: clock::now(),
        last_contact: None,
    };
    let act = SentAct { dossier: begun.dossier, id: ActId([0x33; 8]), act: again };
    let down = second.send(&test, &Up { acts: vec![act.clone()], ..second.hello() }).await;
    assert_eq!(act_verdict(&down, &act), Some(Verdict::Rejected(Rejection::NoAuthorisation)));
}
