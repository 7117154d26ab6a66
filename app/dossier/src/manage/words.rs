//! What is typed at the desk: a line of words, and a login.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::vietnamese::compose;

/// One line somebody wrote: a name, an address, a reason. Composed letters, never empty; what cannot be seen falls away.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Words(String);

/// Why a text is no line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WordsError {
    /// Nothing but spaces.
    #[error("empty")]
    Empty,
    /// More than [`Words::LONGEST`] characters.
    #[error("too long")]
    Long,
}

impl Words {
    /// Characters of the longest line.
    pub const LONGEST: usize = 200;

    /// The line.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Words {
    type Err = WordsError;

    fn from_str(text: &str) -> Result<Words, WordsError> {
        let text = compose(text.trim());
        match text.chars().count() {
            0 => Err(WordsError::Empty),
            count if count > Words::LONGEST => Err(WordsError::Long),
            _ => Ok(Words(text)),
        }
    }
}

/// Tên đăng nhập: 3 to 32 small Latin letters, digits, dots, hyphens and low lines.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Login(String);

/// Why a text is no login.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LoginError {
    /// Fewer than 3 or more than 32 characters.
    #[error("wrong length")]
    Length,
    /// Something other than a-z, 0-9, dot, hyphen and low line.
    #[error("a character no login has")]
    Character,
}

impl Login {
    /// The login.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Login {
    type Err = LoginError;

    fn from_str(text: &str) -> Result<Login, LoginError> {
        let text = text.trim().to_lowercase();
        if !text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b"._-".contains(&b)) {
            return Err(LoginError::Character);
        }
        if (3..=32).contains(&text.len()) { Ok(Login(text)) } else { Err(LoginError::Length) }
    }
}

macro_rules! typed {
    ($($name:ident, $error:ident);*) => {$(
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl From<$name> for String {
            fn from(typed: $name) -> String {
                typed.0
            }
        }

        impl TryFrom<String> for $name {
            type Error = $error;

            fn try_from(text: String) -> Result<$name, $error> {
                text.parse()
            }
        }
    )*};
}

typed!(Words, WordsError; Login, LoginError);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_kept_as_it_is_read_and_nothing_unseen_gets_in() {
        assert_eq!("  bản Sin Suối Hồ ".parse::<Words>().map(String::from), Ok("bản Sin Suối Hồ".into()));
        assert_eq!(" ".parse::<Words>(), Err(WordsError::Empty));
        assert_eq!("a\u{0}b".parse::<Words>().map(String::from), Ok("ab".into()));
        assert_eq!("a".repeat(201).parse::<Words>(), Err(WordsError::Long));
    }

    #[test]
    fn a_login_is_what_every_keyboard_types() {
        assert_eq!(" HoaDiaLan2 ".parse::<Login>().map(String::from), Ok("hoadialan2".into()));
        assert_eq!("hoa địa".parse::<Login>(), Err(LoginError::Character));
        assert_eq!("ab".parse::<Login>(), Err(LoginError::Length));
    }
}
