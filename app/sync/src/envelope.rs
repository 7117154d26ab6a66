//! The envelope around everything stored: magic, version, kind, length, checksum. Zero bytes, half a record
//! or somebody else's file is an error, never an empty dossier (measured: Automerge's own loader takes zero
//! bytes for an empty document and drops a damaged tail in silence).

use sha2::{Digest, Sha256};

const MAGIC: [u8; 3] = *b"BKE";
const VERSION: u8 = 1;
const HEAD: usize = MAGIC.len() + 1 + 4 + 8;

/// Why stored bytes are not one of our records.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EnvelopeError {
    /// Too short, or another length than it says.
    #[error("wrong length")]
    Length,
    /// Not our magic or version.
    #[error("not an envelope of this version")]
    Magic,
    /// The content is damaged.
    #[error("checksum differs")]
    Checksum,
}

fn checksum(content: &[u8]) -> [u8; 8] {
    let mut sum = [0; 8];
    sum.copy_from_slice(&Sha256::digest(content)[..8]);
    sum
}

/// Content in its envelope.
pub fn wrap(content: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(HEAD + content.len());
    bytes.extend_from_slice(&MAGIC);
    bytes.push(VERSION);
    // A record is at most a frame's slice long (256 KiB), far below 4 GiB.
    bytes.extend_from_slice(&(content.len() as u32).to_le_bytes());
    bytes.extend_from_slice(&checksum(content));
    bytes.extend_from_slice(content);
    bytes
}

/// The content of an envelope.
pub fn unwrap(bytes: &[u8]) -> Result<&[u8], EnvelopeError> {
    if bytes.len() < HEAD {
        return Err(EnvelopeError::Length);
    }
    let (head, content) = bytes.split_at(HEAD);
    if head[..3] != MAGIC || head[3] != VERSION {
        return Err(EnvelopeError::Magic);
    }
    if head[4..8] != (content.len() as u32).to_le_bytes() {
        return Err(EnvelopeError::Length);
    }
    if head[8..] != checksum(content) {
        return Err(EnvelopeError::Checksum);
    }
    Ok(content)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn zero_bytes_are_an_error_and_not_an_empty_record() {
        assert_eq!(unwrap(&[]), Err(EnvelopeError::Length));
        assert_eq!(unwrap(&wrap(b"")), Ok(&b""[..]));
    }

    proptest! {
        #[test]
        fn every_flipped_bit_and_every_cut_is_noticed(content: Vec<u8>, at: usize, bit in 0u8..8) {
            let whole = wrap(&content);
            prop_assert_eq!(unwrap(&whole), Ok(&content[..]));
            let mut damaged = whole.clone();
            let place = at % damaged.len();
            damaged[place] ^= 1 << bit;
            prop_assert!(unwrap(&damaged).is_err());
            prop_assert!(unwrap(&whole[..at % whole.len()]).is_err());
        }
    }
}
