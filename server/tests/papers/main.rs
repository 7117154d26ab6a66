//! Pictures of papers at a real office: real router, real SQLite, real files, real sockets that are cut.

#[path = "../office/mod.rs"]
mod office;

#[path = "../exchange/hand.rs"]
mod hand;

mod bucket;
mod line;

use axum::body::Body;
use axum::http::{Request, StatusCode};
use dossier::access::Role;
use dossier::filing::PaperRef;
use dossier::id::{CommuneCode, DossierId};
use hand::Hand;
use office::{Answer, COMMUNE, TestOffice, ask, test_office};
use server::exchange::writer;
use server::{clock, dice};
use sync::papers::{self, Arrived, CHUNK, HEAD, Head, Lying, MOST_PICTURES, PaperDigest, Sender};
use sync::request::{Call, CallFailure, DEVICE, Heard, read};

const NEXT: CommuneCode = CommuneCode(3549);

/// An office whose writer works, with its commune.
async fn working() -> TestOffice {
    let test = test_office().await;
    test.add_commune().await;
    tokio::spawn(writer::run(test.office.clone()));
    test
}

async fn owner(test: &TestOffice, seed: u8) -> Hand {
    let house = test.add_house(COMMUNE).await;
    Hand::join(test, seed, Role::Owner, COMMUNE, house).await
}

/// A JPEG by its first bytes.
pub fn picture(seed: u8, length: usize) -> Vec<u8> {
    let mut bytes: Vec<u8> = (0..length).map(|at| (at * 31 % 251) as u8 ^ seed).collect();
    bytes[..3].copy_from_slice(&[0xff, 0xd8, 0xff]);
    bytes
}

fn with<T>(hand: &Hand, make: impl FnOnce(Sender<'_>) -> T) -> T {
    let handle = hand.handle.to_string();
    make(Sender { handle: &handle, key: &hand.key, at: clock::now(), nonce: dice::roll() })
}

async fn put(test: &TestOffice, call: Call) -> Answer {
    let request = Request::builder().method(call.method).uri(&call.path);
    let request = request.header("authorization", &call.authorization).body(Body::from(call.body));
    ask(&test.router, request.expect("a request")).await
}

async fn bring(test: &TestOffice, hand: &Hand, dossier: DossierId, picture: &[u8], from: usize) -> Answer {
    put(test, with(hand, |sender| sender.bring(dossier, picture, from as u32))).await
}

async fn bring_all(test: &TestOffice, hand: &Hand, dossier: DossierId, picture: &[u8]) -> Arrived {
    let mut far = Arrived { bytes: 0, whole: false };
    while !far.whole {
        let answer = bring(test, hand, dossier, picture, far.bytes as usize).await;
        far = serde_json::from_slice(&answer.body).unwrap_or_else(|_| panic!("{}", answer.text()));
    }
    far
}

async fn how_far(test: &TestOffice, hand: &Hand, dossier: DossierId, picture: &[u8]) -> Arrived {
    let paper = (papers::digest(picture), picture.len() as u32);
    let answer = put(test, with(hand, |sender| sender.how_far(dossier, paper))).await;
    serde_json::from_slice(&answer.body).unwrap_or_else(|_| panic!("{}", answer.text()))
}

async fn show(test: &TestOffice, hand: &Hand, dossier: DossierId, picture: PaperDigest) -> Answer {
    put(test, with(hand, |sender| sender.picture(dossier, picture))).await
}

async fn lying(test: &TestOffice, hand: &Hand, dossier: DossierId) -> Vec<Lying> {
    let answer = put(test, with(hand, |sender| sender.lying(&[dossier]))).await;
    serde_json::from_slice(&answer.body).expect("a list")
}

async fn filed(test: &TestOffice, hand: &Hand, dice: u8, pages: &[&[u8]]) -> DossierId {
    let parcel = hand.papers([dice; 5], pages);
    let dossier = parcel.dossier;
    let mut up = hand.hello();
    up.parcels.push(parcel);
    let down = hand.send(test, &up).await;
    assert_eq!(hand::verdict(&down, dossier), Some(sync::frame::down::Verdict::Accepted));
    dossier
}

#[tokio::test]
async fn a_picture_in_pieces_is_kept_sealed_and_shown_to_those_who_may_read_its_dossier() {
    let test = working().await;
    test.add_commune_of(NEXT).await;
    let (phone, stranger) = (owner(&test, 1).await, owner(&test, 2).await);
    let here = Hand::join(&test, 3, Role::Officer, COMMUNE, phone.house).await;
    let there = Hand::join(&test, 4, Role::Officer, NEXT, phone.house).await;
    let page = picture(1, 100_000);
    let (digest, dossier) = (papers::digest(&page), filed(&test, &phone, 1, &[&page]).await);
    assert_eq!(how_far(&test, &phone, dossier, &page).await, Arrived { bytes: 0, whole: false });
    assert_eq!(bring_all(&test, &phone, dossier, &page).await, Arrived { bytes: 100_000, whole: true });
    assert_eq!(hand::count(&test, "paper_piece").await, 0, "it lies with the objects now");
    for hand in [&phone, &here] {
        let answer = show(&test, hand, dossier, digest).await;
        assert_eq!((answer.status, answer.body == page), (StatusCode::OK, true));
        assert_eq!(
            (answer.header("content-type"), answer.header("cache-control")),
            ("image/jpeg", "no-store")
        );
        assert_eq!(lying(&test, hand, dossier).await, [Lying { dossier, pictures: vec![digest] }]);
    }
    for hand in [&stranger, &there] {
        assert_eq!(show(&test, hand, dossier, digest).await.status, StatusCode::NOT_FOUND);
        assert_eq!(lying(&test, hand, dossier).await, []);
        assert_eq!(bring(&test, hand, dossier, &page, 0).await.status, StatusCode::NOT_FOUND);
    }
    assert_eq!(
        bring(&test, &here, dossier, &page, 0).await.status,
        StatusCode::NOT_FOUND,
        "who reads writes not"
    );
    let file = test.dir.path().join(format!("data/objects/papers/{dossier}/{}", papers::hex(&digest)));
    let sealed = std::fs::read(file).expect("a file");
    assert!(!sealed.windows(32).any(|part| part == &page[1_000..1_032]), "nothing of it lies in clear");
}

#[tokio::test]
async fn what_no_dossier_names_and_what_is_too_large_or_too_many_is_refused() {
    let test = working().await;
    let phone = owner(&test, 1).await;
    let (page, other) = (picture(1, 50_000), picture(2, 50_000));
    let dossier = filed(&test, &phone, 1, &[&page]).await;
    assert_eq!(bring(&test, &phone, dossier, &other, 0).await.status, StatusCode::NOT_FOUND);
    assert_eq!(bring(&test, &phone, DossierId([9; 8]), &page, 0).await.status, StatusCode::NOT_FOUND);
    let large = picture(3, PaperRef::MOST_BYTES as usize + 1);
    let larger = filed(&test, &phone, 2, &[&large]).await;
    assert_eq!(bring(&test, &phone, larger, &large, 0).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    let pages: Vec<Vec<u8>> = (0..=MOST_PICTURES).map(|seed| picture(seed as u8, 100)).collect();
    let all: Vec<&[u8]> = pages.iter().map(Vec::as_slice).collect();
    let crowded = filed(&test, &phone, 3, &all).await;
    for page in &pages[..MOST_PICTURES] {
        bring_all(&test, &phone, crowded, page).await;
    }
    let last = bring(&test, &phone, crowded, &pages[MOST_PICTURES], 0).await;
    assert_eq!(last.status, StatusCode::UNPROCESSABLE_ENTITY);
    // A notice has no papers.
    let notice = phone.notice(7, "Sùng A Pó", "012201000217");
    phone.send(&test, &phone.carrying([&notice])).await;
    assert_eq!(bring(&test, &phone, notice.dossier, &page, 0).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_head_that_broke_off_says_nothing_of_who_sent_it_and_is_sent_again() {
    let test = working().await;
    let phone = owner(&test, 1).await;
    let page = picture(1, 50_000);
    let dossier = filed(&test, &phone, 1, &[&page]).await;
    let paper = (papers::digest(&page), page.len() as u32);
    for length in [0, 1, HEAD - 1] {
        let mut call = with(&phone, |sender| sender.how_far(dossier, paper));
        call.body.truncate(length);
        let answer = put(&test, call).await;
        assert_eq!(answer.status, StatusCode::REQUEST_TIMEOUT);
        let heard = Heard { status: 408, json: false, body: answer.body.to_vec(), at: None };
        assert_eq!(read::<Arrived>(&heard), Err(CallFailure::NotOurs), "no word against the picture");
    }
}

#[tokio::test]
async fn a_forged_chunk_is_gone_and_a_forged_picture_is_never_whole() {
    let test = working().await;
    let phone = owner(&test, 1).await;
    let page = picture(1, 60_000);
    let dossier = filed(&test, &phone, 1, &[&page]).await;
    let forge = |from: usize, change: &dyn Fn(&mut Call)| {
        let mut call = with(&phone, |sender| sender.bring(dossier, &page, from as u32));
        change(&mut call);
        call
    };
    // The bytes of the chunk are others than its digest says.
    let answer = put(&test, forge(0, &|call| *call.body.last_mut().expect("bytes") ^= 1)).await;
    assert_eq!(answer.json(), serde_json::json!({ "bytes": 0, "whole": false }));
    // The head is another than was signed.
    let answer = put(&test, forge(0, &|call| call.body[20] ^= 1)).await;
    assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
    // Heard before.
    let call = forge(0, &|_| {});
    assert_eq!(put(&test, call.clone()).await.status, StatusCode::OK);
    assert_eq!(put(&test, call).await.status, StatusCode::CONFLICT);
    // Right chunks of another picture under this one's name.
    let other = picture(2, 60_000);
    let chunk = papers::digest(&other[CHUNK..]);
    let head = Head { dossier, picture: papers::digest(&page), total: 60_000, from: CHUNK as u32, chunk };
    let request = ("POST", papers::PATH.to_owned(), head.to_bytes());
    let at = (clock::now(), dice::roll());
    let mut call = Call::signed(DEVICE, &phone.handle.to_string(), &phone.key, request, at);
    call.body.extend(&other[CHUNK..]);
    assert_eq!(put(&test, call).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(show(&test, &phone, dossier, papers::digest(&page)).await.status, StatusCode::NOT_FOUND);
    assert_eq!(bring_all(&test, &phone, dossier, &page).await, Arrived { bytes: 60_000, whole: true });
}

#[tokio::test]
async fn bytes_of_somebody_else_are_turned_away_in_words() {
    let test = working().await;
    let phone = owner(&test, 1).await;
    let head = vec![0xff; papers::HEAD];
    let request = ("POST", papers::PATH.to_owned(), head);
    let at = (clock::now(), dice::roll());
    let call = Call::signed(DEVICE, &phone.handle.to_string(), &phone.key, request, at);
    assert_eq!(put(&test, call).await.status, StatusCode::BAD_REQUEST);
    for (dossier, digest) in [("x", "00"), ("0000000000000001", "zz")] {
        let request = ("GET", format!("{}/{dossier}/{digest}", papers::PATH), Vec::new());
        let at = (clock::now(), dice::roll());
        let call = Call::signed(DEVICE, &phone.handle.to_string(), &phone.key, request, at);
        assert_eq!(put(&test, call).await.status, StatusCode::NOT_FOUND);
    }
}
