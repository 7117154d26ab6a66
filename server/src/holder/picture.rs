//! A picture of a page as a browser sends it, shrunk there: looked at from outside and never decoded here. What it holds is
//! for the officer's eyes, so nothing is let in that would open to more than a page.

use sync::papers::{self, PaperDigest};

/// The longer side, in points: what the page shrinks to, and what the app does (`frontend/src/photo.rs`).
pub const LONG: u16 = 1_600;

/// A JPEG within the bounds of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture(Vec<u8>);

/// Why bytes are no picture of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PictureError {
    /// Another thing than a JPEG, or a JPEG that was cut off.
    #[error("no JPEG")]
    NotJpeg,
    /// More bytes than are let in ([`dossier::filing::PaperRef::MOST_BYTES`]).
    #[error("{0} bytes")]
    TooHeavy(usize),
    /// A side that is longer than [`LONG`].
    #[error("{0} points")]
    TooLong(u16),
}

impl Picture {
    /// Reads the markers of a JPEG up to its frame, which says how large it is (ITU-T T.81, B.1.1 and B.2.2).
    pub fn read(bytes: Vec<u8>) -> Result<Picture, PictureError> {
        let long = longer_side(&bytes).filter(|_| bytes.ends_with(&[0xff, 0xd9]));
        match long.ok_or(PictureError::NotJpeg)? {
            0 => Err(PictureError::NotJpeg),
            long if long > LONG => Err(PictureError::TooLong(long)),
            _ if !papers::is_picture(&bytes) => Err(PictureError::TooHeavy(bytes.len())),
            _ => Ok(Picture(bytes)),
        }
    }

    /// The bytes.
    pub fn bytes(&self) -> &[u8] {
        &self.0
    }

    /// What it is called.
    pub fn digest(&self) -> PaperDigest {
        papers::digest(&self.0)
    }
}

/// The longer side by the frame header; `None` where there is none before the picture itself begins.
fn longer_side(bytes: &[u8]) -> Option<u16> {
    let mut rest = bytes.strip_prefix(&[0xff, 0xd8])?;
    loop {
        let [0xff, marker, more @ ..] = rest else { return None };
        match marker {
            // Any number of these may stand before a marker.
            0xff => rest = &rest[1..],
            // A frame, of whichever kind: length, precision, height, width.
            0xc0..=0xcf if ![0xc4, 0xc8, 0xcc].contains(marker) => {
                let [_, _, _, h, high, w, wide, ..] = more else { return None };
                let (high, wide) = (u16::from_be_bytes([*h, *high]), u16::from_be_bytes([*w, *wide]));
                return Some(if high == 0 || wide == 0 { 0 } else { high.max(wide) });
            }
            // Tables and notes carry their length; what else may stand alone is none of a page's.
            0xc4 | 0xcc | 0xdb | 0xdd | 0xe0..=0xef | 0xfe => {
                let [high, low, ..] = more else { return None };
                let length = usize::from(u16::from_be_bytes([*high, *low]));
                rest = more.get(length.max(2)..)?;
            }
            _ => return None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Notes, the frame of a picture of this size, and so many bytes of it.
    fn jpeg(wide: u16, high: u16, length: usize) -> Vec<u8> {
        let ([w, wide], [h, high]) = (wide.to_be_bytes(), high.to_be_bytes());
        let mut bytes = vec![0xff, 0xd8, 0xff, 0xe0, 0, 4, 1, 1, 0xff, 0xff, 0xdb, 0, 3, 9];
        bytes.extend([0xff, 0xc0, 0, 11, 8, h, high, w, wide, 1, 1, 0x11, 0, 0xff, 0xda]);
        bytes.resize(length - 2, 7);
        bytes.extend([0xff, 0xd9]);
        bytes
    }

    #[test]
    fn a_page_as_a_browser_shrinks_it_is_let_in() {
        for (wide, high) in [(1_600, 1_200), (1_200, 1_600), (1, 1)] {
            assert!(Picture::read(jpeg(wide, high, 150_000)).is_ok(), "{wide} × {high}");
        }
    }

    #[test]
    fn what_opens_to_more_than_a_page_is_not() {
        assert_eq!(Picture::read(jpeg(1_601, 1, 500)), Err(PictureError::TooLong(1_601)));
        assert_eq!(Picture::read(jpeg(1, 65_535, 500)), Err(PictureError::TooLong(65_535)));
        assert_eq!(Picture::read(jpeg(0, 9, 500)), Err(PictureError::NotJpeg));
        assert_eq!(Picture::read(jpeg(9, 9, 196_609)), Err(PictureError::TooHeavy(196_609)));
    }

    #[test]
    fn what_is_no_jpeg_or_breaks_off_is_not() {
        let whole = jpeg(1_000, 800, 400);
        for cut in 0..whole.len() {
            assert_eq!(Picture::read(whole[..cut].to_vec()), Err(PictureError::NotJpeg), "{cut}");
        }
        for other in [&b"\x89PNG\r\n\x1a\n"[..], b"%PDF-1.7", b"<svg/>", &[0xff, 0xd8, 0xff, 0xd9]] {
            assert_eq!(Picture::read(other.to_vec()), Err(PictureError::NotJpeg));
        }
    }
}
