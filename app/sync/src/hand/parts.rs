//! Sealed bytes as a row of codes, each small enough for a cheap camera, collected in any order.
//!
//! A part says which whole it is of (the first eight bytes of its SHA-256), how many parts there are, which one it is,
//! and its bytes. Every part but the last is [`CHUNK`] long.

use sha2::{Digest, Sha256};

use crate::base32;

/// What a part's text begins with.
const MARK: &str = "BANKHAI-TO1:";
/// Bytes of the whole in one part: with its head 259 capitals and digits, a code of 53 points a side that mends 15 % of
/// them.
const CHUNK: usize = 144;
/// Most parts of one whole. At four a second they are shown in 25 seconds.
pub const MOST: usize = 99;

type Name = [u8; 8];

/// How far it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// Parts that are here.
    pub have: u8,
    /// Of so many.
    pub of: u8,
}

/// Why a text adds nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PartError {
    /// No part of anything.
    #[error("not a part")]
    NotAPart,
    /// All parts are here, and together they are not what each says they are: they are collected anew.
    #[error("the parts do not make the whole")]
    NotWhole,
}

fn name(whole: &[u8]) -> Name {
    let mut name = Name::default();
    name.copy_from_slice(&Sha256::digest(whole)[..8]);
    name
}

/// The parts of these bytes; `None` when they are none, or more than [`MOST`] parts hold.
pub fn cut(whole: &[u8]) -> Option<Vec<String>> {
    let name = name(whole);
    let of =
        u8::try_from(whole.len().div_ceil(CHUNK)).ok().filter(|of| (1..=MOST).contains(&usize::from(*of)))?;
    let part = |(at, chunk): (u8, &[u8])| {
        format!("{MARK}{}", base32::encode(&[&name[..], &[of, at], chunk].concat()))
    };
    Some((0..of).zip(whole.chunks(CHUNK)).map(part).collect())
}

/// One part.
struct Part {
    name: Name,
    of: u8,
    at: u8,
    bytes: Vec<u8>,
}

impl Part {
    fn read(text: &str) -> Option<Part> {
        // Longer than any part is not even looked at.
        let text = text.strip_prefix(MARK).filter(|text| text.len() <= 2 * CHUNK)?;
        let bytes = base32::decode(text)?;
        let (name, rest) = bytes.split_first_chunk::<8>()?;
        let (&[of, at], bytes) = rest.split_first_chunk::<2>()?;
        if !(1..=MOST).contains(&usize::from(of)) || at >= of {
            return None;
        }
        let full = if at + 1 == of { (1..=CHUNK).contains(&bytes.len()) } else { bytes.len() == CHUNK };
        full.then(|| Part { name: *name, of, at, bytes: bytes.to_vec() })
    }
}

/// The parts seen so far.
#[derive(Default)]
pub struct Parts {
    name: Name,
    seen: Vec<Option<Vec<u8>>>,
}

impl Parts {
    /// Adds what a code said. A part of another whole begins anew: the other device has sealed it once more.
    ///
    /// # Errors
    /// `NotAPart` for every other text; `NotWhole` when the last part shows that they do not belong together.
    pub fn add(&mut self, text: &str) -> Result<Progress, PartError> {
        let part = Part::read(text).ok_or(PartError::NotAPart)?;
        if part.name != self.name || self.seen.len() != usize::from(part.of) {
            *self = Parts { name: part.name, seen: vec![None; usize::from(part.of)] };
        }
        if let Some(place) = self.seen.get_mut(usize::from(part.at)) {
            place.get_or_insert(part.bytes);
        }
        let have = self.seen.iter().flatten().count() as u8;
        if have == part.of && self.whole().is_none() {
            *self = Parts::default();
            return Err(PartError::NotWhole);
        }
        Ok(Progress { have, of: part.of })
    }

    /// All of it, once every part is here.
    pub fn whole(&self) -> Option<Vec<u8>> {
        let parts: Vec<&[u8]> = self.seen.iter().map(|part| part.as_deref()).collect::<Option<_>>()?;
        let whole = parts.concat();
        (!whole.is_empty() && name(&whole) == self.name).then_some(whole)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn some(bytes: usize) -> Vec<u8> {
        (0..bytes).map(|place| (place * 7 + place / 256) as u8).collect()
    }

    #[test]
    fn a_part_is_short_enough_for_a_cheap_camera() {
        let parts = cut(&some(10 * CHUNK)).expect("ten parts");
        assert_eq!(parts.len(), 10);
        assert!(parts.iter().all(|part| part.len() == 259));
        assert_eq!(cut(&[]), None);
        assert_eq!(cut(&some(MOST * CHUNK + 1)), None);
        assert_eq!(cut(&some(MOST * CHUNK)).map(|parts| parts.len()), Some(MOST));
    }

    #[test]
    fn parts_of_two_wholes_are_never_put_together() {
        let (one, other) = (some(2 * CHUNK), [some(2 * CHUNK - 1), vec![0]].concat());
        let (first, second) = (cut(&one).expect("two parts"), cut(&other).expect("two parts"));
        let mut parts = Parts::default();
        assert_eq!(parts.add(&first[0]), Ok(Progress { have: 1, of: 2 }));
        assert_eq!(parts.add(&second[1]), Ok(Progress { have: 1, of: 2 }));
        assert_eq!(parts.whole(), None);
        assert_eq!(parts.add(&second[0]), Ok(Progress { have: 2, of: 2 }));
        assert_eq!(parts.whole(), Some(other));
    }

    #[test]
    fn a_forged_part_is_seen_at_the_end_and_they_are_collected_anew() {
        let one = some(2 * CHUNK);
        let sound = cut(&one).expect("two parts");
        let mut forged = base32::decode(&sound[0][MARK.len()..]).expect("a part");
        *forged.last_mut().expect("not empty") ^= 1;
        let mut parts = Parts::default();
        assert!(parts.add(&format!("{MARK}{}", base32::encode(&forged))).is_ok());
        assert_eq!(parts.add(&sound[1]), Err(PartError::NotWhole));
        assert!(parts.add(&sound[1]).is_ok() && parts.add(&sound[0]).is_ok());
        assert_eq!(parts.whole(), Some(one));
    }

    proptest! {
        #[test]
        fn a_whole_is_collected_in_any_order_however_often_a_part_is_seen(
            whole in prop::collection::vec(any::<u8>(), 1..2_000),
            order in prop::collection::vec(any::<prop::sample::Index>(), 0..60),
        ) {
            let cut = cut(&whole).expect("short enough");
            let mut parts = Parts::default();
            for index in order {
                prop_assert!(parts.add(&cut[index.index(cut.len())]).is_ok());
                prop_assert!(parts.whole().is_none_or(|found| found == whole));
            }
            for part in cut.iter().rev() {
                prop_assert!(parts.add(part).is_ok());
            }
            prop_assert_eq!(parts.whole(), Some(whole));
        }

        #[test]
        fn any_text_is_a_part_or_refused(text: String, bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            let mut parts = Parts::default();
            for text in [text.clone(), format!("{MARK}{text}"), format!("{MARK}{}", base32::encode(&bytes))] {
                let _ = parts.add(&text);
                let _ = parts.whole();
            }
        }
    }
}
