//! What the office and the gateway call one payment: sixteen signs of Crockford's base 32, rolled. It names nobody, so it
//! may stand in an address of the gateway, in a log and on a receipt of a bank.

use std::fmt;
use std::str::FromStr;

use crate::dice;

const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const LENGTH: usize = 16;

/// A reference.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reference([u8; LENGTH]);

/// No reference.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a reference of a payment")]
pub struct NoReference;

impl Reference {
    /// A fresh one: 80 bits of chance.
    pub fn mint() -> Reference {
        Reference::of(dice::roll())
    }

    /// The one of these dice.
    pub fn of(dice: [u8; LENGTH]) -> Reference {
        Reference(dice.map(|byte| ALPHABET[usize::from(byte & 31)]))
    }
}

impl FromStr for Reference {
    type Err = NoReference;

    /// Exactly as it was sent: a gateway copies, nobody types it.
    fn from_str(text: &str) -> Result<Reference, NoReference> {
        let signs: [u8; LENGTH] = text.as_bytes().try_into().map_err(|_| NoReference)?;
        if signs.iter().all(|sign| ALPHABET.contains(sign)) { Ok(Reference(signs)) } else { Err(NoReference) }
    }
}

impl fmt::Display for Reference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|sign| write!(f, "{}", char::from(*sign)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reference_reads_back_and_nothing_else_is_one() {
        let reference = Reference::mint();
        assert_eq!(reference.to_string().parse(), Ok(reference));
        for wrong in [
            "",
            "7K2QD0M9XA7K2QD",
            "7K2QD0M9XA7K2QD01",
            "7k2qd0m9xa7k2qd0",
            "7K2QD0M9XA7K2Q/0",
            "é7K2QD0M9XA7K2Q",
        ] {
            assert_eq!(wrong.parse::<Reference>(), Err(NoReference), "{wrong}");
        }
    }
}
