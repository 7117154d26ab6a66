//! Giới tính, as the papers and the portal write it.

use serde::{Deserialize, Serialize};

/// Giới tính: what the paper says, never what a name suggests.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Sex {
    /// Nam.
    Male,
    /// Nữ.
    Female,
}

impl Sex {
    /// Both, in the order a form offers them.
    pub const ALL: [Sex; 2] = [Sex::Male, Sex::Female];

    /// The Vietnamese word.
    pub const fn label(self) -> &'static str {
        match self {
            Sex::Male => "Nam",
            Sex::Female => "Nữ",
        }
    }

    /// The portal's letter, M or F.
    pub const fn code(self) -> char {
        match self {
            Sex::Male => 'M',
            Sex::Female => 'F',
        }
    }

    /// The sex of a portal letter.
    pub fn from_code(code: char) -> Option<Sex> {
        Sex::ALL.into_iter().find(|sex| sex.code() == code)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sex_reads_back_from_its_portal_letter() {
        for sex in Sex::ALL {
            assert_eq!(Sex::from_code(sex.code()), Some(sex));
        }
        assert_eq!((Sex::from_code('X'), Sex::Female.label()), (None, "Nữ"));
    }
}
