//! Bản niêm phong: what one save made, as a signed frame of its author's device, sealed to the office. Anybody's
//! contact may carry it, the author's PIN is not needed, and nobody on the way can read it.
//!
//! A body of `POST /sealed` is magic, version, direction, then one length-prefixed copy after the other; the answer
//! is the same head and one byte for each copy, in the same order.
//!
//! A body may ask besides whether devices were revoked, for those that are locked: another direction, 32 random bytes, how
//! many, their handles; then the copies. Its answer is a direction of its own, how many copies, their bytes, and then for
//! each revoked device its handle and, behind its length, an order to wipe (`wipe.rs`) over those 32 bytes.

use dossier::id::DeviceHandle;

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
const ASKING: u8 = 3;
const TOLD: u8 = 4;
/// Devices one body asks about at most: every place of a tablet.
pub const MOST_ASKED: usize = 256;

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

/// What a locked device asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// Random bytes, for this question alone.
    pub challenge: [u8; 32],
    /// Which devices.
    pub devices: Vec<DeviceHandle>,
}

/// What the office says to a body.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Told {
    /// What became of each copy.
    pub fates: Vec<Fate>,
    /// Orders to devices that were asked about.
    pub orders: Vec<(DeviceHandle, Vec<u8>)>,
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
    fill(begin(CARRIED), copies)
}

/// The same, with a question.
pub fn asking<'a>(question: &Question, copies: impl IntoIterator<Item = &'a [u8]>) -> (Vec<u8>, usize) {
    let mut out = begin(ASKING);
    out.raw(&question.challenge);
    out.number(question.devices.len().min(MOST_ASKED) as u64);
    question.devices.iter().take(MOST_ASKED).for_each(|device| out.raw(&device.0));
    fill(out, copies)
}

fn fill<'a>(mut out: Writer, copies: impl IntoIterator<Item = &'a [u8]>) -> (Vec<u8>, usize) {
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

/// The copies of a body, and what it asks.
///
/// # Errors
/// See [`SealedError`].
pub fn unbundle(body: &[u8]) -> Result<(Vec<&[u8]>, Option<Question>), SealedError> {
    let (mut reader, question) = match head(body, CARRIED) {
        Ok(reader) => (reader, None),
        Err(SealedError::Unknown) => {
            let mut reader = head(body, ASKING)?;
            let (challenge, count) = (reader.array()?, reader.number()?);
            if count > MOST_ASKED as u64 {
                return Err(SealedError::TooLarge);
            }
            let mut devices = Vec::new();
            for _ in 0..count {
                devices.push(DeviceHandle(reader.array()?));
            }
            (reader, Some(Question { challenge, devices }))
        }
        Err(error) => return Err(error),
    };
    let mut copies = Vec::new();
    while !reader.0.is_empty() {
        copies.push(reader.bytes()?);
    }
    Ok((copies, question))
}

/// The answer to a body that asks nothing.
pub fn answer(fates: &[Fate]) -> Vec<u8> {
    let mut out = begin(ANSWERED);
    fates.iter().for_each(|fate| out.raw(&[fate.to_byte()]));
    out.0
}

/// The answer to a body that asks.
pub fn answer_asked(told: &Told) -> Vec<u8> {
    let mut out = begin(TOLD);
    out.number(told.fates.len() as u64);
    told.fates.iter().for_each(|fate| out.raw(&[fate.to_byte()]));
    for (device, order) in &told.orders {
        out.raw(&device.0);
        out.bytes(order);
    }
    out.0
}

impl Fate {
    fn to_byte(self) -> u8 {
        match self {
            Fate::Left => 0,
            Fate::Taken => 1,
        }
    }

    fn read(reader: &mut Reader) -> Result<Fate, SealedError> {
        match reader.byte()? {
            0 => Ok(Fate::Left),
            1 => Ok(Fate::Taken),
            _ => Err(SealedError::Unknown),
        }
    }
}

/// What an answer says.
///
/// # Errors
/// See [`SealedError`].
pub fn told(answer: &[u8]) -> Result<Told, SealedError> {
    let mut told = Told::default();
    let mut reader = match head(answer, ANSWERED) {
        Ok(mut reader) => {
            while !reader.0.is_empty() {
                told.fates.push(Fate::read(&mut reader)?);
            }
            return Ok(told);
        }
        Err(SealedError::Unknown) => head(answer, TOLD)?,
        Err(error) => return Err(error),
    };
    for _ in 0..reader.number()? {
        told.fates.push(Fate::read(&mut reader)?);
    }
    while !reader.0.is_empty() {
        told.orders.push((DeviceHandle(reader.array()?), reader.bytes()?.to_vec()));
    }
    Ok(told)
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
        assert_eq!(unbundle(&body).expect("a body").0.len(), 2);
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
            let plain = copies.iter().map(Vec::as_slice).collect::<Vec<_>>();
            prop_assert_eq!(unbundle(&body).expect("a body"), (plain.clone(), None));
            let question = Question { challenge: [7; 32], devices: vec![DeviceHandle([1; 3]); copies.len()] };
            let (asked, inside) = asking(&question, plain.iter().copied());
            prop_assert_eq!(inside, copies.len());
            prop_assert_eq!(unbundle(&asked).expect("a body"), (plain, Some(question)));
            let _ = unbundle(&asked[..cut.index(asked.len())]);
            let fates: Vec<Fate> =
                copies.iter().map(|copy| if copy.len() % 2 == 0 { Fate::Taken } else { Fate::Left }).collect();
            let said = Told { fates, orders: Vec::new() };
            prop_assert_eq!(told(&answer(&said.fates)), Ok(said.clone()));
            let orders = copies.iter().map(|copy| (DeviceHandle([9; 3]), copy.clone())).collect();
            let said = Told { orders, ..said };
            let answered = answer_asked(&said);
            let _ = told(&answered[..cut.index(answered.len())]);
            prop_assert_eq!(told(&answered), Ok(said));
            prop_assert!(told(&body).is_err() && unbundle(&answer(&[])).is_err());
            let _ = (unbundle(&noise), told(&noise), unbundle(&body[..cut.index(body.len())]));
        }
    }
}
