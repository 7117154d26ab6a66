//! Filing for somebody else: only with a record of the ground, and only what one has begun oneself.

use axum::body::Body;
use axum::http::Request;
use dossier::access::Role;
use dossier::act::Act;
use dossier::behalf::{Authorisation, Basis, Consent, ConsentCode, Matter, TrackingCode};
use dossier::id::EstablishmentId;
use dossier::manage::{Agreed, Ask, Told};
use dossier::moment::Moment;
use dossier::view::Rejection;
use server::{clock, dice};
use sync::frame::down::Verdict;
use sync::frame::up::{SentAct, Up};
use sync::frame::{ActId, Have, Scope};
use sync::receipt::Epoch;
use sync::request::Call;

use super::hand::{Hand, Notice, act_verdict, count, verdict};
use super::office::{COMMUNE, TestOffice, ask};
use super::tenant::tenant;
use super::{owner, working};

/// Authorised before a witness, to hold so many more days.
pub fn witnessed(days: i32) -> Basis {
    witnessed_for(Matter::StayNotice, days)
}

/// The same for this matter.
pub fn witnessed_for(matter: Matter, days: i32) -> Basis {
    let now = clock::now();
    Basis::Authorised(Authorisation {
        giver: "Giàng Thị Chẳn".parse().expect("a name"),
        giver_number: None,
        matter,
        until: now.day().plus(days),
        given_at: now.plus_minutes(-60 * 24 * 5),
        consent: Consent::Witness { name: "Hảng A Chư".parse().expect("a name"), number: None },
    })
}

/// The frame with the ground before everything else that is done to this notice.
pub fn with(mut up: Up, notice: &Notice, basis: Basis) -> Up {
    let until = match &basis {
        Basis::Authorised(authorisation) => authorisation.until.0,
        Basis::Parent { .. } | Basis::Guardian { .. } => 0,
    };
    let act = Act::OnBehalf { basis: Box::new(basis), tracking: TrackingCode::roll([7; 8]) };
    let id = ActId(i64::from(until).to_le_bytes());
    up.acts.insert(0, SentAct { dossier: notice.dossier, id, act });
    up
}

#[tokio::test]
async fn a_team_member_files_for_a_villager_only_with_a_record_of_the_ground() {
    let test = working().await;
    let house = owner(&test, 1).await.house;
    let member = Hand::join(&test, 2, Role::TeamMember, COMMUNE, house).await;
    let notice = member.notice(1, "Sùng A Pó", "012201000217");
    let bare = member.send(&test, &member.carrying([&notice])).await;
    assert_eq!(verdict(&bare, notice.dossier), Some(Verdict::Rejected(Rejection::NoAuthorisation)));
    assert_eq!(count(&test, "log").await, 0, "nothing is kept but in quarantine");

    let expired = with(member.carrying([&notice]), &notice, witnessed(-1));
    let down = member.send(&test, &expired).await;
    assert_eq!(act_verdict(&down, &expired.acts[0]), Some(Verdict::Accepted), "it held once");
    assert_eq!(act_verdict(&down, &expired.acts[1]), Some(Verdict::Rejected(Rejection::NoAuthorisation)));
    assert!(down.issued.is_none(), "no receipt without a ground");

    let sound = with(member.carrying([&notice]), &notice, witnessed(3));
    let down = member.send(&test, &sound).await;
    assert_eq!(act_verdict(&down, &sound.acts[1]), Some(Verdict::Accepted));
    assert!(down.issued.is_some());
    assert_eq!(down.recorded[0].recorded.by.role, Role::TeamMember);
}

#[tokio::test]
async fn who_is_of_age_is_not_filed_for_as_a_child() {
    let test = working().await;
    let house = owner(&test, 1).await.house;
    let member = Hand::join(&test, 2, Role::TeamMember, COMMUNE, house).await;
    let filed = member.filing([5; 5], &tenant(&test));
    let parent = Basis::Parent { parent: "Lò Văn Tả".parse().expect("a name") };
    let claimed = with(member.carrying([&filed]), &filed, parent);
    let down = member.send(&test, &claimed).await;
    assert_eq!(act_verdict(&down, &claimed.acts[1]), Some(Verdict::Rejected(Rejection::NoAuthorisation)));
    assert!(down.issued.is_none(), "no receipt");

    let authorised = with(member.carrying([&filed]), &filed, witnessed_for(Matter::Filing, 3));
    let down = member.send(&test, &authorised).await;
    assert_eq!(act_verdict(&down, &authorised.acts[1]), Some(Verdict::Accepted));
}

#[tokio::test]
async fn nobody_goes_on_with_what_another_helper_or_the_house_has_begun() {
    let test = working().await;
    let phone = owner(&test, 1).await;
    let theirs = phone.notice(1, "Sùng A Pó", "012201000217");
    phone.send(&test, &phone.carrying([&theirs])).await;
    let member = Hand::join(&test, 2, Role::TeamMember, COMMUNE, phone.house).await;
    let moved = phone.moved(&theirs, "9");
    let down = member.send(&test, &with(member.carrying([&moved]), &moved, witnessed(3))).await;
    assert_eq!(verdict(&down, theirs.dossier), Some(Verdict::Rejected(Rejection::Forbidden)));

    // Nor do they get to see it: their scope is what they filed.
    let mut up = member.hello();
    up.have = vec![(phone.scope, Default::default()), (Scope::Commune(COMMUNE), Default::default())];
    let down = member.send(&test, &up).await;
    assert!(down.parcels.is_empty() && down.recorded.is_empty());
}

#[tokio::test]
async fn a_helper_follows_what_they_filed_from_every_device() {
    let test = working().await;
    let phone = owner(&test, 1).await;
    let member = Hand::join(&test, 2, Role::TeamMember, COMMUNE, phone.house).await;
    let notice = member.notice(1, "Sùng A Pó", "012201000217");
    member.send(&test, &with(member.carrying([&notice]), &notice, witnessed(3))).await;
    let mut up = member.hello();
    up.have = vec![(Scope::Account(member.account), Default::default())];
    let down = member.send(&test, &up).await;
    assert_eq!((down.parcels.len(), down.recorded.len()), (1, 2));
    let other = Hand::join(&test, 3, Role::TeamMember, COMMUNE, phone.house).await;
    let down = other.send(&test, &up_of(&other, &member)).await;
    assert!(down.parcels.is_empty(), "an account's filings are its own");
    let owners = phone.send(&test, &phone.hello()).await;
    assert_eq!(owners.parcels.len(), 1, "the house sees what was filed for it");
}

#[tokio::test]
async fn a_helper_follows_what_they_filed_although_the_house_brought_it_to_a_restored_office_first() {
    let test = working().await;
    let phone = owner(&test, 1).await;
    let member = Hand::join(&test, 2, Role::TeamMember, COMMUNE, phone.house).await;
    let notice = member.notice(1, "Sùng A Pó", "012201000217");
    // The house's phone had the helper's notice too, and does what was done to it by nobody else.
    let mut changes = phone.carrying([&notice]);
    changes.acts.clear();
    phone.send(&test, &changes).await;
    let epoch = Epoch(test.office.epoch.dice);
    let since = |have| Up { epoch, have, ..member.hello() };
    let read = member.send(&test, &since(vec![(Scope::Account(member.account), Have::default())])).await;
    assert!(read.parcels.is_empty(), "not theirs yet");

    member.send(&test, &with(member.carrying([&notice]), &notice, witnessed(3))).await;
    let told = member.send(&test, &since(read.cursors)).await;
    assert_eq!((told.parcels.len(), told.recorded.len(), told.receipts.len()), (1, 2, 1));
    assert_eq!(
        count(&test, "log").await,
        5,
        "said again, not twice: a change, a ground, a number, an act, a receipt"
    );
    let up = Up { acts: Vec::new(), ..member.carrying([&notice]) };
    member.send(&test, &up).await;
    let rest = member.send(&test, &since(told.cursors)).await;
    assert!(rest.parcels.is_empty() && rest.recorded.is_empty(), "once is enough");
}

fn up_of(hand: &Hand, whose: &Hand) -> Up {
    let mut up = hand.hello();
    up.have = vec![(Scope::Account(whose.account), Default::default())];
    up
}

#[tokio::test]
async fn whoever_holds_the_code_follows_the_matter_and_learns_no_name() {
    let test = working().await;
    let house = owner(&test, 1).await.house;
    let member = Hand::join(&test, 2, Role::TeamMember, COMMUNE, house).await;
    let notice = member.notice(1, "Sùng A Pó", "012201000217");
    let code = TrackingCode::roll([7; 8]).to_string();
    assert!(track(&test, &code).await.contains("Chưa thấy mã này"), "nothing has arrived yet");
    member.send(&test, &with(member.carrying([&notice]), &notice, witnessed(3))).await;
    let told = track(&test, &code.to_lowercase()).await;
    assert!(told.contains("Đã gửi · có biên nhận") && told.contains("Công an xã Sin Suối Hồ"), "{told}");
    for secret in ["Sùng A Pó", "Giàng Thị Chẳn", "012201000217"] {
        assert!(!told.contains(secret), "{secret}");
    }
    assert!(track(&test, "7K2QD-0M9XA").await.contains("Chưa thấy mã này"));
    assert!(track(&test, "<script>").await.contains("Chưa thấy mã này"));
}

pub async fn track(test: &TestOffice, code: &str) -> String {
    let request = Request::post("/theo-doi").header("content-type", "application/x-www-form-urlencoded");
    let code: String = code.bytes().map(|byte| format!("%{byte:02x}")).collect();
    ask(&test.router, request.body(Body::from(format!("code={code}"))).expect("a request")).await.text()
}

/// A code somebody has made for a house, or the status of the refusal.
async fn agreed(test: &TestOffice, hand: &Hand, house: EstablishmentId) -> Result<Agreed, u16> {
    let call = Call::of(&Ask::Agree(house), &hand.handle.to_string(), &hand.key, clock::now(), dice::roll());
    let request = Request::builder().method(call.method).uri(&call.path);
    let request = request.header("authorization", call.authorization).body(Body::from(call.body));
    let answer = ask(&test.router, request.expect("a request")).await;
    match serde_json::from_slice(&answer.body) {
        Ok(Told::Agreed(agreed)) => Ok(agreed),
        _ => Err(answer.status.as_u16()),
    }
}

fn coded(code: ConsentCode, given_at: Moment) -> Basis {
    let Basis::Authorised(given) = witnessed(3) else { panic!("an authorisation") };
    Basis::Authorised(Authorisation { given_at, consent: Consent::Code(code), ..given })
}

#[tokio::test]
async fn a_code_says_yes_once_for_the_house_that_made_it_and_is_kept_as_a_mark_only() {
    let test = working().await;
    let phone = owner(&test, 1).await;
    let other = owner(&test, 4).await;
    let member = Hand::join(&test, 2, Role::TeamMember, COMMUNE, phone.house).await;
    assert_eq!(agreed(&test, &other, phone.house).await, Err(404), "nobody says yes for another house");
    assert_eq!(agreed(&test, &member, phone.house).await, Err(403), "nor does who files");
    let made = agreed(&test, &phone, phone.house).await.expect("a code");
    let sql = "select count(*) from consent where hex(mark) like '%' || ? || '%'";
    let clear = sqlx::query_scalar::<_, i64>(sql).bind(made.code.to_string().replace(' ', ""));
    assert_eq!(clear.fetch_one(test.office.store.readers()).await.expect("a count"), 0);

    let refused = Some(Verdict::Rejected(Rejection::NoAuthorisation));
    let now = clock::now();
    let elsewhere =
        Hand { house: other.house, ..Hand::join(&test, 3, Role::TeamMember, COMMUNE, other.house).await };
    let notice = elsewhere.notice(3, "Sùng A Pó", "012201000217");
    let up = with(elsewhere.carrying([&notice]), &notice, coded(made.code, now));
    assert_eq!(act_verdict(&elsewhere.send(&test, &up).await, &up.acts[0]), refused, "for another house");

    let late = member.notice(1, "Sùng A Pó", "012201000217");
    let up = with(member.carrying([&late]), &late, coded(made.code, now.plus_minutes(21)));
    assert_eq!(act_verdict(&member.send(&test, &up).await, &up.acts[0]), refused, "said after its end");
    let up = with(member.carrying([&late]), &late, coded(made.code, now));
    let down = member.send(&test, &up).await;
    assert_eq!(act_verdict(&down, &up.acts[1]), Some(Verdict::Accepted));
    assert!(down.issued.is_some());
    let again = member.send(&test, &up).await;
    assert_eq!(act_verdict(&again, &up.acts[0]), Some(Verdict::Accepted), "the same matter comes again");
    let next = member.notice(5, "Sùng A Pó", "012201000217");
    let up = with(member.carrying([&next]), &next, coded(made.code, now));
    assert_eq!(act_verdict(&member.send(&test, &up).await, &up.acts[0]), refused, "used for another matter");
}

#[tokio::test]
async fn who_called_back_makes_a_code_and_files_nothing_under_it_and_both_sides_are_slowed() {
    let test = working().await;
    let phone = owner(&test, 1).await;
    let officer = Hand::join(&test, 6, Role::Officer, COMMUNE, phone.house).await;
    let made = agreed(&test, &officer, phone.house).await.expect("a code");
    let own = officer.notice(1, "Sùng A Pó", "012201000217");
    let up = with(officer.carrying([&own]), &own, coded(made.code, clock::now()));
    let refused = Some(Verdict::Rejected(Rejection::NoAuthorisation));
    assert_eq!(act_verdict(&officer.send(&test, &up).await, &up.acts[0]), refused);

    // Eleven codes nobody gave out: then even a good one has to wait, and a witness still does.
    let member = Hand::join(&test, 2, Role::TeamMember, COMMUNE, phone.house).await;
    for guess in 0..11 {
        let notice = member.notice(20 + guess, "Sùng A Pó", "012201000217");
        let code = ConsentCode::try_from(u32::from(guess)).expect("a code");
        member.send(&test, &with(member.carrying([&notice]), &notice, coded(code, clock::now()))).await;
    }
    let notice = member.notice(40, "Sùng A Pó", "012201000217");
    let up = with(member.carrying([&notice]), &notice, coded(made.code, clock::now()));
    assert_eq!(act_verdict(&member.send(&test, &up).await, &up.acts[0]), refused);
    let up = with(member.carrying([&notice]), &notice, witnessed(3));
    assert_eq!(act_verdict(&member.send(&test, &up).await, &up.acts[0]), Some(Verdict::Accepted));

    for _ in 0..6 {
        assert!(agreed(&test, &phone, phone.house).await.is_ok());
    }
    assert_eq!(agreed(&test, &phone, phone.house).await, Err(429), "six in a row are enough for now");
}
