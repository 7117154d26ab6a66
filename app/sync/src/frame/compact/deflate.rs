//! The last step: raw deflate with a preset dictionary, by the implementation Automerge brings already.

use std::cell::RefCell;

use flate2::{Compress, Compression, Decompress, FlushCompress, FlushDecompress, Status};

use super::CompactError;

/// How much is inflated at a time, so that a bomb is seen before it has grown.
const STEP: usize = 16 * 1024;

thread_local! {
    /// Its tables are some 300 KB: to make and to zero them anew costs more than a small frame does.
    static DEFLATE: RefCell<Compress> = RefCell::new(Compress::new(Compression::best(), false));
    static INFLATE: RefCell<Decompress> = RefCell::new(Decompress::new(false));
}

/// The bytes, deflated.
pub(crate) fn deflate(bytes: &[u8], dictionary: &[u8]) -> Vec<u8> {
    DEFLATE.with_borrow_mut(|deflate| {
        deflate.reset();
        run(deflate, bytes, dictionary)
    })
}

fn run(deflate: &mut Compress, bytes: &[u8], dictionary: &[u8]) -> Vec<u8> {
    if !dictionary.is_empty() {
        deflate.set_dictionary(dictionary).expect("nothing has been deflated yet");
    }
    let mut out = Vec::with_capacity(bytes.len() / 2 + 64);
    loop {
        let rest = &bytes[deflate.total_in() as usize..];
        let status =
            deflate.compress_vec(rest, &mut out, FlushCompress::Finish).expect("plain bytes deflate");
        if status == Status::StreamEnd {
            return out;
        }
        out.reserve(STEP);
    }
}

/// What was deflated, if it is no longer than `most`.
///
/// # Errors
/// `TooLarge` above `most`; `Malformed` when the bytes are damaged, end early or go on after the end.
pub(crate) fn inflate(bytes: &[u8], dictionary: &[u8], most: usize) -> Result<Vec<u8>, CompactError> {
    INFLATE.with_borrow_mut(|state| {
        state.reset(false);
        open(state, bytes, dictionary, most)
    })
}

fn open(
    inflate: &mut Decompress,
    bytes: &[u8],
    dictionary: &[u8],
    most: usize,
) -> Result<Vec<u8>, CompactError> {
    if !dictionary.is_empty() {
        inflate.set_dictionary(dictionary).map_err(|_| CompactError::Malformed)?;
    }
    let mut out = Vec::new();
    loop {
        out.reserve(STEP);
        let before = (inflate.total_in(), inflate.total_out());
        let rest = &bytes[before.0 as usize..];
        let status = inflate.decompress_vec(rest, &mut out, FlushDecompress::None);
        if out.len() > most {
            return Err(CompactError::TooLarge);
        }
        match status.map_err(|_| CompactError::Malformed)? {
            Status::StreamEnd if inflate.total_in() == bytes.len() as u64 => return Ok(out),
            Status::Ok if (inflate.total_in(), inflate.total_out()) != before => {}
            _ => return Err(CompactError::Malformed),
        }
    }
}
