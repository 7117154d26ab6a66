//! Bản niêm phong: what one save made, as a signed frame of its author's device, sealed to the office. Anybody's
//! contact may carry it, the author's PIN is not needed, and nobody on the way can read it.
//!
//! A body of `POST /sealed` is magic, version, direction, then one length-prefixed copy after the other; the answer
//! is the same head and one byte for each copy, in the same order.

use crate::dice::Dice;
use crate::frame::MOST_BYTES;
use crate::letterbox;
use crate::wire::{Reader, WireError, Writer};

/// The content type of both directions; any other answer is not the office.
pub const CONTENT_TYPE: &str = "application/vnd.bankhai.sealed";

const PURPOSE: &[u8] = b"bankhai sealed copy v1";
const MAGIC: [u8; 3] = *b"BKS";
const VERSION: u8 = 1;
const HEAD: usize = MAGIC.len() + 2;
const CARRIED: u8 = 1;
const ANSWERED: u8 = 2;

/// Why a body cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SealedError {
    /// Larger than a body may be.
    #[error("too large")]
    TooLarge,
    /// Not ours: somebody else sent or answered.
    #[error("not a body of sealed copies")]
    NotOurs,
    /// A version or value this code does not speak.
    #[error("unknown version")]
    Unknown,
    /// The bytes do not parse.
    #[error("malformed")]
    Malformed,
}

impl From<WireError> for SealedError {
    fn from(_: WireError) -> SealedError {
        SealedError::Malformed
    }
}

/// What the office did with one copy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// Not taken now: it stays where it is and is carried again.
    Left,
    /// What it says is kept at the office, as a notice or, when it was refused, to be looked at.
    Taken,
}

/// Seals a frame to the office. `None` when the box key is none.
pub fn seal(frame: &[u8], box_key: &[u8; 32], dice: &mut Dice) -> Option<Vec<u8>> {
    letterbox::seal(PURPOSE, &[], frame, box_key, dice)
}

/// The frame in a copy; `None` when it was not sealed to this office.
pub fn open(copy: &[u8], box_private: &[u8; 32]) -> Option<Vec<u8>> {
    letterbox::open(PURPOSE, &[], copy, box_private)
}

/// A body of these copies, up to what one body holds, and how many are in it.
pub fn bundle<'a>(copies: impl IntoIterator<Item = &'a [u8]>) -> (Vec<u8>, usize) {
    let mut out = begin(CARRIED);
    let mut inside = 0;
    for copy in copies {
        // A length takes three bytes at most.
        if out.0.len() + 3 + copy.len() > MOST_BYTES {
            break;
        }
        out.bytes(copy);
        inside += 1;
    }
    (out.0, inside)
}

/// The copies of a body.
///
/// # Errors
/// See [`SealedError`].
pub fn unbundle(body: &[u8]) -> Result<Vec<&[u8]>, SealedError> {
    let mut reader = head(body, CARRIED)?;
    let mut copies = Vec::new();
    while !reader.0.is_empty() {
        copies.push(reader.bytes()?);
    }
    Ok(copies)
}

/// The answer to a body.
pub fn answer(fates: &[Fate]) -> Vec<u8> {
    let mut out = begin(ANSWERED);
    for fate in fates {
        out.raw(&[match fate {
            Fate::Left => 0,
            Fate::Taken => 1,
        }]);
    }
    out.0
}

/// What an answer says of each copy.
///
/// # Errors
/// See [`SealedError`].
pub fn fates(answer: &[u8]) -> Result<Vec<Fate>, SealedError> {
    let mut reader = head(answer, ANSWERED)?;
    let mut fates = Vec::new();
    while !reader.0.is_empty() {
        fates.push(match reader.byte()? {
            0 => Fate::Left,
            1 => Fate::Taken,
            _ => return Err(SealedError::Unknown),
        });
    }
    Ok(fates)
}

fn begin(direction: u8) -> Writer {
    let mut out = Writer(MAGIC.to_vec());
    out.raw(&[VERSION, direction]);
    out
}

fn head(bytes: &[u8], direction: u8) -> Result<Reader<'_>, SealedError> {
    if bytes.len() > MOST_BYTES {
        return Err(SealedError::TooLarge);
    }
    let (head, rest) = bytes.split_at_checked(HEAD).ok_or(SealedError::NotOurs)?;
    match (head.starts_with(&MAGIC), &head[MAGIC.len()..]) {
        (false, _) => Err(SealedError::NotOurs),
        (true, [VERSION, told]) if *told == direction => Ok(Reader(rest)),
        (true, _) => Err(SealedError::Unknown),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn only_the_office_opens_a_copy_and_sealing_costs_48_bytes() {
        let (ours, other) = ([7; 32], [8; 32]);
        let mut dice = Dice::new([1; 32]);
        let copy = seal(b"a frame", &letterbox::public(&ours), &mut dice).expect("a copy");
        assert_eq!(copy.len(), b"a frame".len() + letterbox::OVERHEAD);
        assert_eq!(open(&copy, &ours).as_deref(), Some(&b"a frame"[..]));
        assert_eq!(open(&copy, &other), None);
        let again = seal(b"a frame", &letterbox::public(&ours), &mut dice).expect("a copy");
        assert_ne!(copy, again, "two copies of the same say nothing about each other");
    }

    #[test]
    fn a_body_holds_as_many_copies_as_fit_a_frame() {
        let copies = vec![vec![5; 100_000]; 4];
        let (body, inside) = bundle(copies.iter().map(Vec::as_slice));
        assert_eq!(inside, 2);
        assert_eq!(unbundle(&body).expect("a body").len(), 2);
    }

    proptest! {
        #[test]
        fn bodies_and_answers_read_back_and_anything_else_is_refused(
            copies in proptest::collection::vec(proptest::collection::vec(any::<u8>(), 0..300), 0..9),
            noise: Vec<u8>,
            cut in any::<prop::sample::Index>(),
        ) {
            let (body, inside) = bundle(copies.iter().map(Vec::as_slice));
            prop_assert_eq!(inside, copies.len());
            prop_assert_eq!(unbundle(&body).expect("a body"), copies.iter().map(Vec::as_slice).collect::<Vec<_>>());
            let told: Vec<Fate> =
                copies.iter().map(|copy| if copy.len() % 2 == 0 { Fate::Taken } else { Fate::Left }).collect();
            prop_assert_eq!(fates(&answer(&told)), Ok(told));
            prop_assert!(fates(&body).is_err() && unbundle(&answer(&[])).is_err());
            let _ = (unbundle(&noise), fates(&noise), unbundle(&body[..cut.index(body.len())]));
        }
    }
}
