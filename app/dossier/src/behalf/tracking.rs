//! Mã theo dõi: what a person without an account follows a matter by. Random, apart from every id and number, and
//! written so that it is read out and typed without mistakes.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// Fifty random bits, ten signs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "u64", try_from = "u64")]
pub struct TrackingCode(u64);

/// Why a text is not a tracking code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TrackingError {
    /// Not ten signs.
    #[error("wrong length")]
    Length,
    /// A sign no code has.
    #[error("not a sign of a code")]
    Sign,
}

/// Crockford's base 32: no I, L, O, U.
const SIGNS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const LENGTH: usize = 10;
const LARGEST: u64 = (1 << 50) - 1;

impl TrackingCode {
    /// A code from the dice.
    pub fn roll(dice: [u8; 8]) -> TrackingCode {
        TrackingCode(u64::from_le_bytes(dice) & LARGEST)
    }

    /// Its bits, for a digest.
    pub fn bytes(self) -> [u8; 8] {
        self.0.to_be_bytes()
    }
}

impl fmt::Display for TrackingCode {
    /// In two groups: 7K2QD-0M9XA.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for place in 0..LENGTH {
            if place == LENGTH / 2 {
                f.write_str("-")?;
            }
            let sign = SIGNS[(self.0 >> (5 * (LENGTH - 1 - place)) & 31) as usize];
            write!(f, "{}", char::from(sign))?;
        }
        Ok(())
    }
}

impl FromStr for TrackingCode {
    type Err = TrackingError;

    /// Case, spaces and hyphens do not matter; O is read as 0, I and L as 1.
    fn from_str(text: &str) -> Result<TrackingCode, TrackingError> {
        let signs = text.chars().filter(|sign| !sign.is_whitespace() && *sign != '-');
        let (mut value, mut count) = (0_u64, 0);
        for sign in signs {
            let sign = match sign.to_ascii_uppercase() {
                'O' => '0',
                'I' | 'L' => '1',
                sign => sign,
            };
            let known =
                u8::try_from(sign).ok().and_then(|sign| SIGNS.iter().position(|known| *known == sign));
            count += 1;
            if count > LENGTH {
                return Err(TrackingError::Length);
            }
            value = value << 5 | known.ok_or(TrackingError::Sign)? as u64;
        }
        if count == LENGTH { Ok(TrackingCode(value)) } else { Err(TrackingError::Length) }
    }
}

impl From<TrackingCode> for u64 {
    fn from(code: TrackingCode) -> u64 {
        code.0
    }
}

impl TryFrom<u64> for TrackingCode {
    type Error = TrackingError;

    fn try_from(value: u64) -> Result<TrackingCode, TrackingError> {
        if value <= LARGEST { Ok(TrackingCode(value)) } else { Err(TrackingError::Length) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_reads_back_however_it_is_typed() {
        let code = TrackingCode::roll([0xff, 1, 2, 3, 4, 5, 6, 0xff]);
        let text = code.to_string();
        assert_eq!(text.len(), 11);
        assert_eq!(text.parse(), Ok(code));
        assert_eq!(
            text.to_lowercase().replace('-', " ").replace('0', "o").replace('1', "l").parse(),
            Ok(code)
        );
    }

    #[test]
    fn what_is_no_code_is_refused() {
        assert_eq!("7K2QD-0M9X".parse::<TrackingCode>(), Err(TrackingError::Length));
        assert_eq!("7K2QD-0M9XAA".parse::<TrackingCode>(), Err(TrackingError::Length));
        assert_eq!("7K2QD-0M9X!".parse::<TrackingCode>(), Err(TrackingError::Sign));
        assert_eq!("7K2QD-0M9Xế".parse::<TrackingCode>(), Err(TrackingError::Sign));
    }
}
