//! A change at rest in the office: deflated behind a dictionary of invented changes, without the magic, and without the
//! checksum and the hash, which are computed again. A change of one guest is 180 bytes and lies here in about 70.

use sha2::{Digest, Sha256};

use crate::frame::compact::deflate::{deflate, inflate};
use crate::gate::MOST_BYTES;

const MAGIC: [u8; 4] = [0x85, 0x6f, 0x4a, 0x83];
/// Magic and checksum stand before what is hashed.
const HEAD: usize = 8;
/// As it is.
const PLAIN: u8 = 0;
/// Deflated behind the first dictionary.
const FIRST: u8 = 1;

static DICTIONARY: &[u8] = include_bytes!("../data/packed-1.bin");

/// Bytes that are not a packed change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a packed change")]
pub struct NotPacked;

/// A plain change chunk and its hash, packed.
pub fn pack(hash: &[u8; 32], raw: &[u8]) -> Vec<u8> {
    match raw.split_at_checked(HEAD) {
        Some((head, rest)) if head[..4] == MAGIC && head[4..] == hash[..4] => {
            [&[FIRST], &deflate(rest, DICTIONARY)[..]].concat()
        }
        _ => [&[PLAIN], raw].concat(),
    }
}

/// The chunk and its hash.
pub fn unpack(packed: &[u8]) -> Result<([u8; 32], Vec<u8>), NotPacked> {
    match packed.split_first() {
        Some((&FIRST, deflated)) => {
            let rest = inflate(deflated, DICTIONARY, MOST_BYTES).map_err(|_| NotPacked)?;
            let hash: [u8; 32] = Sha256::digest(&rest).into();
            Ok((hash, [&MAGIC, &hash[..4], &rest].concat()))
        }
        Some((&PLAIN, raw)) => {
            let hashed = raw.get(HEAD..).ok_or(NotPacked)?;
            Ok((Sha256::digest(hashed).into(), raw.to_vec()))
        }
        _ => Err(NotPacked),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::document::seed_change;

    #[test]
    fn a_change_comes_back_with_its_hash() {
        let change = seed_change();
        let packed = pack(&change.hash().0, change.raw_bytes());
        assert_eq!(packed[0], FIRST);
        assert_eq!(unpack(&packed), Ok((change.hash().0, change.raw_bytes().to_vec())));
    }

    proptest! {
        #[test]
        fn any_bytes_come_back_and_any_bytes_are_read_or_refused(raw: Vec<u8>, hash: [u8; 32]) {
            prop_assert_eq!(unpack(&pack(&hash, &raw)).map(|(_, raw)| raw).ok(), (raw.len() >= HEAD).then_some(raw.clone()));
            let _ = unpack(&raw);
        }
    }
}
