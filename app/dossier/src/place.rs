//! Chỗ trên máy: several people on one tablet, each behind a PIN of their own.

use serde::{Deserialize, Serialize};

use crate::access::Role;

/// One member's part of a device. The first member of a device has place 0.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Place(pub u8);

impl Place {
    /// The place of a device's first member.
    pub const FIRST: Place = Place(0);
}

/// A member of a locked device, as the lock page shows them. Counts only.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tile {
    /// Whose.
    pub place: Place,
    /// "SM"; empty on an own phone, where no name lies in clear.
    pub initials: String,
    /// The given name; empty on an own phone.
    pub name: String,
    /// What they are to the office; unknown where no name is.
    pub role: Option<Role>,
    /// Saves of theirs that the office may not have yet.
    pub unsent: u32,
    /// Seconds until the next try of their PIN.
    pub wait: u32,
    /// Their team leader can let them in.
    pub led: bool,
}

/// What a tablet keeps in clear of a member, so that they find themselves among the others.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Badge {
    /// "SM".
    pub initials: String,
    /// The given name: the last word of a Vietnamese name.
    pub name: String,
    /// What they are to the office.
    pub role: Role,
}

impl Badge {
    /// The badge of a person.
    pub fn of(name: &str, role: Role) -> Badge {
        let given = name.split_whitespace().next_back().unwrap_or_default();
        Badge { initials: initials(name), name: given.to_owned(), role }
    }
}

/// "Sùng Thị Mỷ" is SM: the first and the given name.
pub fn initials(name: &str) -> String {
    let words: Vec<&str> = name.split_whitespace().collect();
    let first = words.first().and_then(|word| word.chars().next());
    let last = words.last().filter(|_| words.len() > 1).and_then(|word| word.chars().next());
    first.into_iter().chain(last).collect::<String>().to_uppercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_badge_shows_the_first_and_the_given_name_and_spells_only_the_given_one() {
        let badge = Badge::of("Sùng Thị Mỷ", Role::Owner);
        assert_eq!((badge.initials.as_str(), badge.name.as_str()), ("SM", "Mỷ"));
        assert_eq!(Badge::of("Páo", Role::Owner).initials, "P");
        assert_eq!(Badge::of("", Role::Owner).initials, "");
    }
}
