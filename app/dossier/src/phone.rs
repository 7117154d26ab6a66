//! Số điện thoại: to call, not to know a person by; many share one SIM in another's name.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::vietnamese::compose;

/// Số điện thoại: a Vietnamese number with its leading 0, a duty number of 3 to 12 digits, or a foreign
/// number with its + and country code.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct PhoneNumber(String);

/// Why a text is not a phone number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PhoneNumberError {
    /// Something other than digits, a leading +, spaces, dots, hyphens and brackets.
    #[error("not a digit")]
    NotDigits,
    /// Too few or too many digits; how many there are.
    #[error("{0} digits")]
    Length(usize),
}

impl PhoneNumber {
    /// What a phone dials; 0… for Việt Nam, + for abroad.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// A Vietnamese mobile number: ten digits beginning 03, 05, 07, 08 or 09.
    pub fn is_mobile(&self) -> bool {
        self.0.len() == 10 && ["03", "05", "07", "08", "09"].iter().any(|start| self.0.starts_with(start))
    }
}

impl FromStr for PhoneNumber {
    type Err = PhoneNumberError;

    fn from_str(text: &str) -> Result<PhoneNumber, PhoneNumberError> {
        let signs = |c: &char| !matches!(c, ' ' | '.' | '-' | '–' | '(' | ')');
        let typed: String = compose(text).chars().filter(signs).collect();
        let (abroad, digits) = match typed.strip_prefix("+84").or_else(|| typed.strip_prefix("0084")) {
            Some(rest) => (false, format!("0{}", rest.strip_prefix('0').unwrap_or(rest))),
            None => match typed.strip_prefix('+') {
                Some(rest) => (true, rest.to_owned()),
                None => (false, typed),
            },
        };
        if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(PhoneNumberError::NotDigits);
        }
        match (abroad, digits.len()) {
            (false, 3..=12) => Ok(PhoneNumber(digits)),
            (true, 7..=15) => Ok(PhoneNumber(format!("+{digits}"))),
            (_, length) => Err(PhoneNumberError::Length(length)),
        }
    }
}

impl fmt::Display for PhoneNumber {
    /// In groups, as it is read aloud: 0912 345 678.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The first group takes what does not divide by three, and is never shorter than the rest.
        let first = match self.0.len() {
            short @ ..=5 => short,
            length => 3 + length % 3,
        };
        f.write_str(&self.0[..first])?;
        let rest = self.0.as_bytes()[first..].chunks(3);
        rest.into_iter().try_for_each(|group| write!(f, " {}", String::from_utf8_lossy(group)))
    }
}

impl From<PhoneNumber> for String {
    fn from(number: PhoneNumber) -> String {
        number.0
    }
}

impl TryFrom<String> for PhoneNumber {
    type Error = PhoneNumberError;

    fn try_from(text: String) -> Result<PhoneNumber, PhoneNumberError> {
        text.parse()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(typed: &str, shown: &str) {
        assert_eq!(
            typed.parse::<PhoneNumber>().map(|number| number.to_string()),
            Ok(shown.to_owned()),
            "{typed}"
        );
    }

    #[test]
    fn numbers_are_read_however_they_are_typed_and_shown_in_groups() {
        check("0912345678", "0912 345 678");
        check("+84 912.345.678", "0912 345 678");
        check("0084912345678", "0912 345 678");
        check("(0213) 3875-123", "02133 875 123");
        check("113", "113");
        check("+86 138 0013 8000", "+8613 800 138 000");
    }

    #[test]
    fn what_cannot_be_dialled_is_refused() {
        assert_eq!("09x2345678".parse::<PhoneNumber>(), Err(PhoneNumberError::NotDigits));
        assert_eq!("12".parse::<PhoneNumber>(), Err(PhoneNumberError::Length(2)));
        assert_eq!("0".repeat(13).parse::<PhoneNumber>(), Err(PhoneNumberError::Length(13)));
    }

    #[test]
    fn a_mobile_number_is_told_from_a_duty_number() {
        assert!("0912345678".parse::<PhoneNumber>().unwrap().is_mobile());
        assert!(!"02133875123".parse::<PhoneNumber>().unwrap().is_mobile());
    }
}
