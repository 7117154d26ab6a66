//! The letters: Tinos, of Times' measure and with every Vietnamese sign, and how wide they are.

use krilla::text::Font;
use skrifa::instance::{LocationRef, Size};
use skrifa::{FontRef, MetadataProvider};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::PrintError;

const REGULAR: &[u8] = include_bytes!("../fonts/Tinos-Regular.ttf");
const BOLD: &[u8] = include_bytes!("../fonts/Tinos-Bold.ttf");
const ITALIC: &[u8] = include_bytes!("../fonts/Tinos-Italic.ttf");

/// One of the three cuts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Face {
    Regular,
    Bold,
    Italic,
}

/// One cut, ready to measure and to draw.
pub(crate) struct Cut {
    pub(crate) font: Font,
    read: FontRef<'static>,
    units: f32,
}

/// All cuts.
pub(crate) struct Faces {
    regular: Cut,
    bold: Cut,
    italic: Cut,
}

impl Cut {
    fn open(bytes: &'static [u8]) -> Result<Self, PrintError> {
        let font = Font::new(bytes.into(), 0).ok_or(PrintError::Font)?;
        let read = FontRef::new(bytes).map_err(|_| PrintError::Font)?;
        let units = font.units_per_em();
        Ok(Self { font, read, units })
    }

    /// The number of the glyph (0 is the empty box) and its advance in ems.
    pub(crate) fn glyphs<'a>(&'a self, text: &'a str) -> impl Iterator<Item = (usize, char, u32, f32)> + 'a {
        let letters = self.read.charmap();
        let metrics = self.read.glyph_metrics(Size::unscaled(), LocationRef::default());
        text.char_indices().map(move |(at, letter)| {
            let glyph = letters.map(letter).unwrap_or_default();
            let advance =
                if is_combining_mark(letter) { 0.0 } else { metrics.advance_width(glyph).unwrap_or(0.0) };
            (at, letter, glyph.to_u32(), advance / self.units)
        })
    }
}

impl Faces {
    pub(crate) fn open() -> Result<Self, PrintError> {
        Ok(Self { regular: Cut::open(REGULAR)?, bold: Cut::open(BOLD)?, italic: Cut::open(ITALIC)? })
    }

    pub(crate) fn cut(&self, face: Face) -> &Cut {
        match face {
            Face::Regular => &self.regular,
            Face::Bold => &self.bold,
            Face::Italic => &self.italic,
        }
    }

    /// The width of `text` in points.
    pub(crate) fn width(&self, face: Face, size: f32, text: &str) -> f32 {
        self.cut(face).glyphs(text).map(|(_, _, _, advance)| advance).sum::<f32>() * size
    }
}

/// The words of a text as they are drawn: composed signs, nothing that only steers a screen.
pub(crate) fn words(text: &str) -> Vec<String> {
    let composed: String = text
        .nfc()
        .map(|letter| if letter.is_control() { ' ' } else { letter })
        .filter(|l| !steers(*l))
        .collect();
    composed.split(' ').flat_map(breakable).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// Other white space breaks lines too, the no-break space does not.
fn breakable(word: &str) -> impl Iterator<Item = &str> {
    word.split(|letter: char| letter.is_whitespace() && letter != '\u{a0}')
}

/// Marks of direction, width and joining: they have no shape on paper.
fn steers(letter: char) -> bool {
    matches!(letter, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
        | '\u{feff}' | '\u{fe00}'..='\u{fe0f}' | '\u{ad}')
}
