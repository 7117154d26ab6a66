//! Dictionaries: bodies of invented stays that both ends know. Their first part fills the table of shapes, their
//! bytes are deflate's window. A number is never given twice; an office keeps all of them.

/// A dictionary by its number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Dictionary(u8);

/// The newest dictionary's number.
pub const NEWEST: u8 = 1;

static FIRST: &[u8] = include_bytes!("../../../data/dictionary-1.bin");

impl Dictionary {
    /// None: every shape travels, nothing is known beforehand.
    pub const NONE: Dictionary = Dictionary(0);
    /// The newest.
    pub const LATEST: Dictionary = Dictionary(NEWEST);

    /// The dictionary of a number; `None` when this code has never heard of it.
    pub fn of(number: u8) -> Option<Dictionary> {
        (number <= NEWEST).then_some(Dictionary(number))
    }

    /// Its number.
    pub fn number(self) -> u8 {
        self.0
    }

    /// Its bytes; none for [`Dictionary::NONE`].
    pub fn bytes(self) -> &'static [u8] {
        match self.0 {
            0 => &[],
            _ => FIRST,
        }
    }
}
