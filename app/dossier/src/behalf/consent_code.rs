//! Mã đồng ý: eight digits a person has the office make, and says to who files for them. It says yes once, to one matter.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::BehalfError;

/// Eight digits. The office keeps a mark of it, never the code; a record of authorisation keeps what was typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "u32", try_from = "u32")]
pub struct ConsentCode(u32);

impl ConsentCode {
    /// How long a code may be said yes with, in minutes.
    pub const LIFETIME_MINUTES: i64 = 15;
    /// How far the clock of a device that was offline may be off, in minutes.
    pub const TOLERANCE_MINUTES: i64 = 5;
    /// There are so many.
    const COUNT: u32 = 100_000_000;

    /// A code of these dice.
    pub fn roll(dice: [u8; 8]) -> ConsentCode {
        // 2⁶⁴ is so much more than there are codes that none is likelier than another by more than 10⁻¹¹.
        ConsentCode((u64::from_le_bytes(dice) % u64::from(ConsentCode::COUNT)) as u32)
    }
}

impl TryFrom<u32> for ConsentCode {
    type Error = BehalfError;

    fn try_from(number: u32) -> Result<ConsentCode, BehalfError> {
        if number < ConsentCode::COUNT { Ok(ConsentCode(number)) } else { Err(BehalfError::Code) }
    }
}

impl From<ConsentCode> for u32 {
    fn from(code: ConsentCode) -> u32 {
        code.0
    }
}

impl FromStr for ConsentCode {
    type Err = BehalfError;

    /// Spaces, dots and hyphens do not matter.
    fn from_str(text: &str) -> Result<ConsentCode, BehalfError> {
        let signs = text.chars().filter(|sign| !sign.is_whitespace() && !matches!(sign, '-' | '.'));
        let digits: String = signs.collect();
        if digits.len() != 8 || !digits.bytes().all(|sign| sign.is_ascii_digit()) {
            return Err(BehalfError::Code);
        }
        digits.parse().map(ConsentCode).map_err(|_| BehalfError::Code)
    }
}

impl fmt::Display for ConsentCode {
    /// `0482 1973`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04} {:04}", self.0 / 10_000, self.0 % 10_000)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_understood_however_it_is_typed() {
        let code: ConsentCode = "04821973".parse().unwrap();
        assert_eq!(code.to_string(), "0482 1973");
        for typed in ["0482 1973", " 04-82-19-73 ", "0482.1973"] {
            assert_eq!(typed.parse(), Ok(code), "{typed}");
        }
        for wrong in ["", "0482197", "048219733", "0482197a", "٠٤٨٢١٩٧٣"] {
            assert_eq!(wrong.parse::<ConsentCode>(), Err(BehalfError::Code), "{wrong}");
        }
        assert_eq!(ConsentCode::try_from(100_000_000), Err(BehalfError::Code));
    }
}
