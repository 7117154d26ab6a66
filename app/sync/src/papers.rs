//! Photographed pages of papers, as they travel: after the text of their dossier, a chunk at a time, and never twice.
//!
//! A picture is called by its SHA-256, which the dossier names. `POST /api/v1/papers` brings a piece of it: a head of a
//! fixed length, then bytes of the picture from where the office is to, at most, the end of that chunk. The request is
//! signed as all of `/api/v1` ([`crate::request`]), over the head alone: a body that is cut on its way is no lie, and the
//! office keeps what of it has arrived. Each chunk is held to its own digest as soon as it is whole, the picture to the
//! digest it is called by. A head without bytes asks how far the picture is.
//!
//! ```text
//! "BKP" 1 · dossier (8) · digest of the picture (32) · its length (u32, little endian)
//! · where these bytes begin (u32, little endian) · digest of the chunk they belong to (32)
//! ```

use std::ops::Range;

use dossier::filing::PaperRef;
use dossier::id::DossierId;
use dossier::moment::Moment;
use ed25519_dalek::SigningKey;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::request::{Call, DEVICE};
use crate::wire::Reader;

/// The content type of a piece.
pub const CONTENT_TYPE: &str = "application/vnd.bankhai.paper";
/// Where pieces go.
pub const PATH: &str = "/api/v1/papers";
/// Bytes of a chunk: 13 seconds at 20 kbps.
pub const CHUNK: usize = 32 * 1024;
/// Bytes of a head.
pub const HEAD: usize = MAGIC.len() + 8 + 32 + 4 + 4 + 32;
/// Pictures of one dossier at most.
pub const MOST_PICTURES: usize = 32;
/// Dossiers one question is about at most.
pub const MOST_ASKED: usize = 128;

const MAGIC: [u8; 4] = *b"BKP\x01";

/// SHA-256 of a picture, or of a chunk.
pub type PaperDigest = [u8; 32];

/// SHA-256.
pub fn digest(bytes: &[u8]) -> PaperDigest {
    Sha256::digest(bytes).into()
}

/// A digest as it stands in a path.
pub fn hex(digest: &PaperDigest) -> String {
    digest.iter().fold(String::new(), |text, byte| text + &format!("{byte:02x}"))
}

/// Whether this can be the picture of a page: a JPEG of a length that is let in.
pub fn is_picture(bytes: &[u8]) -> bool {
    bytes.starts_with(&[0xff, 0xd8, 0xff]) && bytes.len() <= PaperRef::MOST_BYTES as usize
}

/// What a piece says before its bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Head {
    /// The dossier that names the picture.
    pub dossier: DossierId,
    /// The picture.
    pub picture: PaperDigest,
    /// Its length.
    pub total: u32,
    /// Where the bytes begin.
    pub from: u32,
    /// The chunk they belong to.
    pub chunk: PaperDigest,
}

impl Head {
    /// Its bytes.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(HEAD);
        bytes.extend(MAGIC);
        bytes.extend(self.dossier.0);
        bytes.extend(self.picture);
        bytes.extend(self.total.to_le_bytes());
        bytes.extend(self.from.to_le_bytes());
        bytes.extend(self.chunk);
        bytes
    }

    /// Reads one from the beginning of a body; `None` when it is another thing.
    pub fn read(body: &[u8]) -> Option<Head> {
        let mut reader = Reader(body.get(..HEAD)?);
        if reader.array::<4>().ok()? != MAGIC {
            return None;
        }
        Some(Head {
            dossier: DossierId(reader.array().ok()?),
            picture: reader.array().ok()?,
            total: u32::from_le_bytes(reader.array().ok()?),
            from: u32::from_le_bytes(reader.array().ok()?),
            chunk: reader.array().ok()?,
        })
    }

    /// How many bytes may follow: to the end of the chunk, and of the picture.
    pub fn room(&self) -> usize {
        let chunk = chunk_at(self.total as usize, self.from as usize);
        chunk.end.saturating_sub(self.from as usize)
    }
}

/// Where the chunk lies that a place belongs to.
fn chunk_at(total: usize, place: usize) -> Range<usize> {
    let start = place / CHUNK * CHUNK;
    start.min(total)..start.saturating_add(CHUNK).min(total)
}

/// How far the office has a picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Arrived {
    /// Bytes that are there, from the beginning.
    pub bytes: u32,
    /// Whether it is there whole, and is what it is called.
    pub whole: bool,
}

/// Pictures of one dossier that are at the office.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lying {
    /// The dossier.
    pub dossier: DossierId,
    /// The pictures.
    pub pictures: Vec<PaperDigest>,
}

/// Who sends a request, and when.
pub struct Sender<'a> {
    /// The device's handle.
    pub handle: &'a str,
    /// Its signing key.
    pub key: &'a SigningKey,
    /// The claimed time.
    pub at: Moment,
    /// Never used twice.
    pub nonce: [u8; 8],
}

impl Sender<'_> {
    pub(crate) fn call(self, request: (&'static str, String, Vec<u8>)) -> Call {
        Call::signed(DEVICE, self.handle, self.key, request, (self.at, self.nonce))
    }

    /// Asks how far a picture is.
    pub fn how_far(self, dossier: DossierId, paper: (PaperDigest, u32)) -> Call {
        let (picture, total) = paper;
        let head = Head { dossier, picture, total, from: 0, chunk: [0; 32] };
        self.call(("POST", PATH.to_owned(), head.to_bytes()))
    }

    /// Brings what follows on `from`, up to the end of the chunk.
    pub fn bring(self, dossier: DossierId, picture: &[u8], from: u32) -> Call {
        let total = picture.len() as u32;
        let chunk = digest(&picture[chunk_at(picture.len(), from as usize)]);
        let head = Head { dossier, picture: digest(picture), total, from, chunk };
        let mut call = self.call(("POST", PATH.to_owned(), head.to_bytes()));
        let from = from as usize;
        call.body.extend(picture.iter().skip(from).take(head.room()));
        call
    }

    /// Asks for a picture.
    pub fn picture(self, dossier: DossierId, picture: PaperDigest) -> Call {
        let path = format!("{PATH}/{dossier}/{}", hex(&picture));
        self.call(("GET", path, Vec::new()))
    }

    /// Asks which pictures of these dossiers are at the office.
    pub fn lying(self, dossiers: &[DossierId]) -> Call {
        self.call(crate::request::post(format!("{PATH}/there"), &dossiers))
    }
}

/// What came of the bytes that arrived.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Taken {
    /// The picture is not whole yet.
    More,
    /// It is whole, and is what it is called.
    Whole,
    /// The chunk is not what its digest says: it is gone, what came before it stays.
    SpoiledChunk,
    /// All chunks fit, and they are not the picture: it begins anew.
    SpoiledPicture,
}

/// Takes bytes of a picture up: `there` is what the office has of it, `arrived` what came behind this head. Bytes that do
/// not follow on what is there are left out.
pub fn take(there: &mut Vec<u8>, head: &Head, arrived: &[u8]) -> Taken {
    let total = head.total as usize;
    if head.from as usize == there.len() && !arrived.is_empty() {
        there.extend(&arrived[..arrived.len().min(head.room())]);
        let chunk = chunk_at(total, head.from as usize);
        if there.len() == chunk.end && digest(&there[chunk.clone()]) != head.chunk {
            there.truncate(chunk.start);
            return Taken::SpoiledChunk;
        }
    }
    if there.len() < total {
        return Taken::More;
    }
    if there.len() == total && digest(there) == head.picture && is_picture(there) {
        return Taken::Whole;
    }
    there.clear();
    Taken::SpoiledPicture
}

#[cfg(test)]
mod tests {
    use super::*;

    fn picture(length: usize) -> Vec<u8> {
        let mut bytes: Vec<u8> = (0..length).map(|at| (at * 31 % 251) as u8).collect();
        bytes[..3].copy_from_slice(&[0xff, 0xd8, 0xff]);
        bytes
    }

    fn head(picture: &[u8], from: usize) -> Head {
        Head {
            dossier: DossierId([1; 8]),
            picture: digest(picture),
            total: picture.len() as u32,
            from: from as u32,
            chunk: digest(&picture[chunk_at(picture.len(), from)]),
        }
    }

    #[test]
    fn a_head_reads_back_and_no_shorter_body_is_one() {
        let head = head(&picture(70_000), 40_000);
        let mut bytes = head.to_bytes();
        bytes.extend([9; 5]);
        assert_eq!((Head::read(&bytes), bytes.len()), (Some(head), HEAD + 5));
        assert!((0..HEAD).all(|end| Head::read(&bytes[..end]).is_none()));
        bytes[3] = 2;
        assert_eq!(Head::read(&bytes), None);
    }

    #[test]
    fn a_piece_ends_with_its_chunk_and_with_the_picture() {
        let whole = picture(70_000);
        assert_eq!(head(&whole, 0).room(), CHUNK);
        assert_eq!(head(&whole, CHUNK - 1).room(), 1);
        assert_eq!(head(&whole, 2 * CHUNK).room(), 70_000 - 2 * CHUNK);
        assert_eq!(head(&whole, 69_999).room(), 1);
        for from in [70_000, 70_001, u32::MAX] {
            assert_eq!(Head { from, ..head(&whole, 0) }.room(), 0);
        }
    }

    #[test]
    fn what_arrives_in_any_pieces_is_the_picture_in_the_end() {
        let whole = picture(100_000);
        let (mut there, mut step) = (Vec::new(), 1);
        loop {
            let from = there.len();
            let end = (from + step).min(from + head(&whole, from).room());
            match take(&mut there, &head(&whole, from), &whole[from..end]) {
                Taken::More => step = step * 3 % 20_011 + 1,
                taken => break assert_eq!((taken, there), (Taken::Whole, whole)),
            }
        }
    }

    #[test]
    fn what_does_not_follow_is_left_out_and_what_is_forged_is_dropped() {
        let whole = picture(70_000);
        let mut there = whole[..CHUNK].to_vec();
        assert_eq!(take(&mut there, &head(&whole, 0), &whole[..CHUNK]), Taken::More);
        assert_eq!(there.len(), CHUNK);
        assert_eq!(take(&mut there, &head(&whole, CHUNK), &[0; CHUNK]), Taken::SpoiledChunk);
        assert_eq!(there.len(), CHUNK);
        // Every chunk is what it says, and all of them are another picture.
        let other = head(&picture(70_001)[..70_000], 0).picture;
        let forged = Head { picture: other.map(|byte| !byte), ..head(&whole, 0) };
        let mut there = whole.clone();
        assert_eq!(take(&mut there, &forged, &[]), Taken::SpoiledPicture);
        assert!(there.is_empty());
        // Right by every digest, and no picture.
        let text = vec![b'a'; 1_000];
        let mut there = Vec::new();
        assert_eq!(take(&mut there, &head(&text, 0), &text), Taken::SpoiledPicture);
    }
}
