//! Parcels and frames somebody made to hurt: each gets a typed answer, and the notices beside it are taken.

use axum::http::StatusCode;
use dossier::view::Rejection;
use sha2::{Digest, Sha256};
use sync::frame::Parcel;
use sync::frame::down::Verdict;
use sync::wire::{Reader, Writer};

use crate::hand::{Hand, Notice, act_verdict, count, post_bytes, verdict};
use crate::{owner, working};

/// The chunk's type and content under a fresh, fitting checksum.
fn chunk(kind: u8, content: &[u8]) -> Vec<u8> {
    let mut hashed = Writer(vec![kind]);
    hashed.bytes(content);
    let sum = Sha256::digest(&hashed.0);
    [&[0x85, 0x6f, 0x4a, 0x83][..], &sum[..4], &hashed.0].concat()
}

/// The content of a change chunk.
fn content(raw: &[u8]) -> Vec<u8> {
    let mut reader = Reader(&raw[9..]);
    reader.bytes().expect("a chunk").to_vec()
}

/// The change with its operations numbered from `start_op`.
fn numbered_from(raw: &[u8], start_op: u64) -> Vec<u8> {
    let content = content(raw);
    let mut reader = Reader(&content);
    for _ in 0..reader.number().expect("dependencies") {
        reader.take(32).expect("a dependency");
    }
    reader.bytes().expect("an actor");
    reader.number().expect("a sequence number");
    let head = content.len() - reader.0.len();
    reader.number().expect("a counter");
    let mut changed = Writer(content[..head].to_vec());
    changed.number(start_op);
    changed.raw(reader.0);
    chunk(1, &changed.0)
}

fn bad(phone: &Hand, dice: u8, changes: impl FnOnce(&Notice) -> Vec<Vec<u8>>) -> Notice {
    let mut notice = phone.notice(dice, "Lầu Thị Dợ", "012301000218");
    let changes = changes(&notice);
    notice.parcel = Parcel { changes, ..notice.parcel };
    notice
}

#[test]
fn the_forger_itself_leaves_a_change_as_it_was() {
    let test = tokio::runtime::Runtime::new().expect("a runtime");
    let notice = test.block_on(async {
        let test = working().await;
        owner(&test, 1).await.notice(1, "Sùng A Pó", "012201000217")
    });
    let raw = &notice.parcel.changes[0];
    assert_eq!(&numbered_from(raw, 2), raw, "the seed has the first operation");
}

#[tokio::test]
async fn one_bad_notice_never_stops_the_good_ones_beside_it() {
    let test = working().await;
    let phone = owner(&test, 1).await;
    let first = |notice: &Notice| notice.parcel.changes[0].clone();
    let cases: Vec<(&str, Notice, Rejection)> = vec![
        ("garbage", bad(&phone, 10, |_| vec![vec![0xa5; 300]]), Rejection::Malformed),
        ("nothing", bad(&phone, 11, |_| vec![Vec::new()]), Rejection::Malformed),
        ("no change at all", bad(&phone, 12, |_| Vec::new()), Rejection::Invalid),
        (
            "truncated",
            bad(&phone, 13, |notice| vec![first(notice)[..first(notice).len() - 1].to_vec()]),
            Rejection::Malformed,
        ),
        (
            "a flipped bit",
            bad(&phone, 14, |notice| {
                let mut raw = first(notice);
                let middle = raw.len() / 2;
                raw[middle] ^= 1;
                vec![raw]
            }),
            Rejection::Malformed,
        ),
        ("oversized", bad(&phone, 15, |_| vec![chunk(1, &vec![0; 70 * 1024])]), Rejection::TooLarge),
        (
            "a compressed chunk",
            bad(&phone, 16, |notice| vec![chunk(2, &content(&first(notice)))]),
            Rejection::Malformed,
        ),
        (
            "a whole document",
            bad(&phone, 17, |notice| vec![chunk(0, &content(&first(notice)))]),
            Rejection::Malformed,
        ),
        (
            "a counter near 2³²",
            bad(&phone, 18, |notice| vec![numbered_from(&first(notice), (1 << 32) - 20)]),
            Rejection::Malformed,
        ),
        (
            "a counter near 2⁶⁴",
            bad(&phone, 19, |notice| vec![numbered_from(&first(notice), u64::MAX - 3)]),
            Rejection::Malformed,
        ),
        (
            "a change without what it follows",
            bad(&phone, 20, |notice| vec![phone.moved(notice, "9").parcel.changes[1].clone()]),
            Rejection::OutOfOrder,
        ),
    ];
    for (place, (what, bad, why)) in cases.into_iter().enumerate() {
        let dice = 100 + 2 * place as u8;
        let before = phone.notice(dice, "Sùng A Pó", "012201000217");
        let after = phone.notice(dice + 1, "Chang Thị Pàng", "012301000219");
        let down = phone.send(&test, &phone.carrying([&before, &bad, &after])).await;
        assert_eq!(verdict(&down, bad.dossier), Some(Verdict::Rejected(why)), "{what}");
        assert!(matches!(act_verdict(&down, &bad.submit), Some(Verdict::Rejected(_))), "{what}");
        for good in [&before, &after] {
            assert_eq!(verdict(&down, good.dossier), Some(Verdict::Accepted), "beside {what}");
        }
        assert_eq!(down.issued.map(|issued| issued.leaves.len()), Some(2), "beside {what}");
        assert_eq!(count(&test, "quarantine").await, place as i64 + 1, "{what}");
        assert_eq!(count(&test, "dossier").await, 2 * (place as i64 + 1), "{what}");
    }
}

#[tokio::test]
async fn frames_that_cannot_be_read_change_nothing() {
    let test = working().await;
    let phone = owner(&test, 1).await;
    let notice = phone.notice(1, "Sùng A Pó", "012201000217");
    let good = phone.carrying([&notice]).encode(&phone.key);
    for length in (0..good.len()).step_by(7) {
        let answer = post_bytes(&test, good[..length].to_vec()).await;
        assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "cut at {length}");
    }
    for place in (0..good.len()).step_by(5) {
        let mut bytes = good.clone();
        bytes[place] ^= 0x10;
        assert_eq!(post_bytes(&test, bytes).await.status, StatusCode::UNAUTHORIZED, "flipped at {place}");
    }
    let mut long = good.clone();
    long.resize(300 * 1024, 0);
    assert_eq!(post_bytes(&test, long).await.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert_eq!((count(&test, "log").await, count(&test, "quarantine").await), (0, 0));
    assert_eq!(post_bytes(&test, good).await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_device_that_sends_rubbish_for_ever_does_not_fill_the_disk() {
    let test = working().await;
    let (phone, other) = (owner(&test, 1).await, owner(&test, 2).await);
    for dice in 0..70 {
        phone.send(&test, &phone.carrying([&bad(&phone, dice, |_| vec![vec![0xa5; 300]])])).await;
    }
    assert_eq!(count(&test, "quarantine").await, 64);
    other.send(&test, &other.carrying([&bad(&other, 1, |_| vec![vec![0xa5; 300]])])).await;
    assert_eq!(count(&test, "quarantine").await, 65, "another device has its own share");
    let good = phone.notice(100, "Sùng A Pó", "012201000217");
    let down = phone.send(&test, &phone.carrying([&good])).await;
    assert_eq!(verdict(&down, good.dossier), Some(Verdict::Accepted));
}
