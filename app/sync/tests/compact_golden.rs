//! Frames that were once sent are read for ever.

use std::collections::BTreeSet;

use automerge::Change;
use ed25519_dalek::SigningKey;
use sync::document;
use sync::frame::compact::{self, Limits, acts};
use sync::frame::up::Up;

const PLAIN: &str = include_str!("../../../end2end/fixtures/v1/frames/plain.hex");
const COMPACT_0: &str = include_str!("../../../end2end/fixtures/v1/frames/compact-0.hex");
const COMPACT_1: &str = include_str!("../../../end2end/fixtures/v1/frames/compact-1.hex");
const ACTS: &str = include_str!("../../../end2end/fixtures/v1/frames/acts.hex");

fn bytes(digits: &str) -> Vec<u8> {
    let digits = digits.trim();
    (0..digits.len())
        .step_by(2)
        .map(|at| u8::from_str_radix(&digits[at..at + 2], 16).expect("digits"))
        .collect()
}

fn plain() -> Up {
    let key = SigningKey::from_bytes(&[7; 32]).verifying_key();
    Up::decode(&bytes(PLAIN), &key).expect("a frame")
}

#[test]
fn the_plain_frame_is_still_read() {
    let up = plain();
    let mut names = BTreeSet::new();
    for parcel in &up.parcels {
        let changes: Vec<Change> =
            parcel.changes.iter().map(|raw| Change::from_bytes(raw.clone()).unwrap()).collect();
        let stay = document::read(&document::of(changes.iter()).unwrap()).unwrap();
        names.extend(stay.guests.into_values().map(|guest| guest.name.as_str().to_owned()));
    }
    let names: Vec<String> = names.into_iter().collect();
    assert_eq!(names, NAMES);
}

const NAMES: [&str; 4] = ["Giàng Láo Hoa", "Hoàng A Hùng", "Hoàng Ngọc Thị Chỉnh", "Trần Hồng Minh Vân"];

#[test]
fn the_compact_sections_say_exactly_the_same() {
    let up = plain();
    for section in [COMPACT_0, COMPACT_1] {
        let read = compact::decode(&bytes(section), |_, _, _| None, &Limits::FRAME);
        assert_eq!(read.as_ref(), Ok(&up.parcels));
    }
    assert_eq!(acts::decode_acts(&bytes(ACTS), up.claimed_at, &up.parcels), Ok(up.acts));
}
