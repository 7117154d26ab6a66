//! One-time codes: ten signs of Crockford's base 32, said over the telephone without mistakes.

use std::fmt;

use sha2::{Digest, Sha256};

use crate::dice;

const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const LENGTH: usize = 10;

/// A code lives for seven days.
pub const LIFETIME_MINUTES: i64 = 7 * 24 * 60;

/// A code, 50 bits of chance. Shown once, then known by its hash only.
pub struct Code([u8; LENGTH]);

impl Code {
    /// A fresh code.
    pub fn mint() -> Code {
        Code(dice::roll::<LENGTH>().map(|byte| ALPHABET[usize::from(byte & 31)]))
    }

    /// The code somebody typed: case, spaces and hyphens do not matter; O is 0, I and L are 1.
    pub fn parse(text: &str) -> Option<Code> {
        let mut signs = text.chars().filter(|c| !c.is_whitespace() && *c != '-').map(sign);
        let mut code = [0; LENGTH];
        for place in &mut code {
            *place = signs.next()??;
        }
        signs.next().is_none().then_some(Code(code))
    }

    /// What is kept of it.
    pub fn hash(&self) -> [u8; 32] {
        Sha256::digest(self.0).into()
    }
}

fn sign(c: char) -> Option<u8> {
    let upper = match c.to_ascii_uppercase() {
        'O' => '0',
        'I' | 'L' => '1',
        other => other,
    };
    ALPHABET.iter().copied().find(|letter| char::from(*letter) == upper)
}

impl fmt::Display for Code {
    /// `7K2QD-9MXWA`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, sign) in self.0.iter().enumerate() {
            if place == LENGTH / 2 {
                f.write_str("-")?;
            }
            write!(f, "{}", char::from(*sign))?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_understood_however_it_is_typed() {
        let code = Code(*b"01ABCDEFGH");
        let hash = code.hash();
        for typed in [code.to_string().as_str(), "01abcdefgh", " oI-abcd efgh ", "OLABCDEFGH"] {
            assert_eq!(Code::parse(typed).map(|code| code.hash()), Some(hash), "{typed}");
        }
        for wrong in ["", "01ABCDEFG", "01ABCDEFGHJ", "U1ABCDEFGH", "é1ABCDEFGH"] {
            assert!(Code::parse(wrong).is_none(), "{wrong}");
        }
    }

    #[test]
    fn no_two_codes_are_alike() {
        let codes: std::collections::HashSet<String> = (0..200).map(|_| Code::mint().to_string()).collect();
        assert_eq!(codes.len(), 200);
    }
}
