//! Keys: short names a procedure file gives to itself, its fields and its papers.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// Why a text is not a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum SlugError {
    /// Nothing in it.
    #[error("a key may not be empty")]
    Empty,
    /// Longer than this kind of key may be; the most characters it may have.
    #[error("a key of more than {0} characters")]
    TooLong(usize),
    /// A character outside a-z, 0-9 and the hyphen.
    #[error("a key has only a-z, 0-9 and hyphens, not {0:?}")]
    Character(char),
}

fn slug(text: &str, most: usize) -> Result<String, SlugError> {
    if let Some(odd) = text.chars().find(|c| !matches!(c, 'a'..='z' | '0'..='9' | '-')) {
        return Err(SlugError::Character(odd));
    }
    match text.len() {
        0 => Err(SlugError::Empty),
        length if length > most => Err(SlugError::TooLong(most)),
        _ => Ok(text.to_owned()),
    }
}

macro_rules! slugs {
    ($($(#[$note:meta])* $name:ident, $most:literal;)*) => {$(
        $(#[$note])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(into = "String", try_from = "String")]
        pub struct $name(String);

        impl $name {
            /// Most characters.
            pub const MOST: usize = $most;

            /// The key as it is written.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl FromStr for $name {
            type Err = SlugError;
            fn from_str(text: &str) -> Result<$name, SlugError> {
                slug(text, $most).map($name)
            }
        }

        impl TryFrom<String> for $name {
            type Error = SlugError;
            fn try_from(text: String) -> Result<$name, SlugError> {
                text.parse()
            }
        }

        impl From<$name> for String {
            fn from(key: $name) -> String {
                key.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl std::borrow::Borrow<str> for $name {
            fn borrow(&self) -> &str {
                &self.0
            }
        }
    )*};
}

slugs! {
    /// The name of a procedure, the same through all its versions: `temporary-residence`.
    ProcedureId, 40;
    /// The name of a field or column: `head-name`.
    FieldKey, 24;
    /// The name of a paper a procedure asks for: `lease`.
    PaperKey, 24;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_short_and_plain() {
        assert_eq!("head-name".parse::<FieldKey>().map(|key| key.to_string()), Ok("head-name".to_owned()));
        assert_eq!("".parse::<FieldKey>(), Err(SlugError::Empty));
        assert_eq!("Tên".parse::<FieldKey>(), Err(SlugError::Character('T')));
        assert_eq!("a".repeat(25).parse::<FieldKey>(), Err(SlugError::TooLong(24)));
        assert!("a".repeat(40).parse::<ProcedureId>().is_ok());
    }
}
