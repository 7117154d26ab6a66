//! Họ, chữ đệm và tên khai sinh: one field, as the paper prints it.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::vietnamese::compose;

/// Họ, chữ đệm và tên khai sinh, kept as typed in composed letters. Never split into first and last; one
/// word is a whole name. Two people may share it, so it is never a key.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct FullName(String);

/// Why a text is not a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum FullNameError {
    /// No letter at all.
    #[error("no letter")]
    Empty,
    /// More characters than the portal takes; how many there are.
    #[error("longer than the portal takes: {0} characters")]
    TooLong(usize),
    /// Not a Latin letter, space, apostrophe, hyphen or full stop.
    #[error("a character no name has")]
    Character(char),
}

impl FullName {
    /// Characters the Ministry's portal takes.
    pub const LONGEST: usize = 100;

    /// The name as it is printed.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether it is one word only: a foreign mononym, or a name typed in part.
    pub fn is_one_word(&self) -> bool {
        !self.0.contains(' ')
    }
}

impl FromStr for FullName {
    type Err = FullNameError;

    fn from_str(text: &str) -> Result<FullName, FullNameError> {
        let name = compose(text);
        if let Some(odd) = name.chars().find(|c| !is_name_character(*c)) {
            return Err(FullNameError::Character(odd));
        }
        if !name.chars().any(char::is_alphabetic) {
            return Err(FullNameError::Empty);
        }
        match name.chars().count() {
            length if length > FullName::LONGEST => Err(FullNameError::TooLong(length)),
            _ => Ok(FullName(name)),
        }
    }
}

/// Latin letters with any accent (passports carry a Latin line), marks no composed letter holds (Ê Đê ê̆).
fn is_name_character(c: char) -> bool {
    let latin = matches!(c, 'a'..='z' | 'A'..='Z' | '\u{c0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}');
    latin && c.is_alphabetic()
        || matches!(c, '\u{300}'..='\u{36f}' | ' ' | '\'' | '’' | '‘' | 'ʼ' | '-' | '.')
}

impl fmt::Display for FullName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<FullName> for String {
    fn from(name: FullName) -> String {
        name.0
    }
}

impl TryFrom<String> for FullName {
    type Error = FullNameError;

    fn try_from(text: String) -> Result<FullName, FullNameError> {
        text.parse()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_every_people_are_kept_as_typed() {
        for name in [
            "Giàng A Páo",
            "Tẩn Láo Lở",
            "H'Hen Niê",
            "Y Ƀhăm Ênuôl",
            "Nay H’Ŭt",
            "Suharto",
            "Jean-Luc St. Clair",
        ] {
            let parsed: FullName = name.parse().unwrap();
            assert_eq!(parsed.as_str(), name);
        }
    }

    #[test]
    fn a_mononym_is_a_whole_name() {
        assert!("Suharto".parse::<FullName>().unwrap().is_one_word());
        assert!(!"Vàng A Thử".parse::<FullName>().unwrap().is_one_word());
    }

    #[test]
    fn decomposed_letters_and_stray_spaces_are_put_right() {
        let name: FullName = "  Va\u{300}ng\u{a0} A  Thu\u{31b}\u{309}\u{200b} ".parse().unwrap();
        assert_eq!(name.as_str(), "Vàng A Thử");
    }

    #[test]
    fn what_is_no_name_is_refused() {
        assert_eq!(" . ".parse::<FullName>(), Err(FullNameError::Empty));
        assert_eq!("Vàng A 3".parse::<FullName>(), Err(FullNameError::Character('3')));
        assert_eq!("王伟".parse::<FullName>(), Err(FullNameError::Character('王')));
        assert_eq!("a".repeat(101).parse::<FullName>(), Err(FullNameError::TooLong(101)));
        assert!("ạ".repeat(100).parse::<FullName>().is_ok());
    }
}
