//! Slots: values of a device's store that are overwritten, each under a name of its own. Every member of a device
//! has a place, and every place its slots.

use dossier::place::{Badge, Place};
use ed25519_dalek::VerifyingKey;
use serde::{Deserialize, Serialize};

use crate::device::hex_key;
use crate::envelope;
use crate::papers::PaperDigest;
use crate::receipt::Keys;

/// A value that is overwritten.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Slot {
    /// The vault, not sealed: it holds nothing but wrapped keys.
    Vault,
    /// Membership and the device's signing key.
    Member,
    /// What is known of the office.
    Office,
    /// The half-filled forms.
    Draft,
    /// On a device of several people, in clear: initials, given name, role.
    Badge,
    /// The keys the office signs with, in clear: a locked device knows its office by them. They are no secret.
    Keys,
    /// A copy of one save, sealed to the office.
    Sealed(CopyId),
    /// A request for an account: this place is nobody's to the office yet.
    Asking,
    /// The data key under the team leader's code, not sealed.
    Leader,
    /// A leader's: the codes of the team's members.
    Team,
    /// The half-filled forms of residence dossiers.
    Forms,
    /// The procedures, as the office told them last.
    Catalogue,
    /// The office had this place wiped: the first page says so.
    Dismissed,
    /// Which pictures are kept.
    Papers,
    /// A picture of a page of a paper, by its digest. It is written once, and read when it is needed.
    Paper(PaperDigest),
}

/// What tells the sealed copies of one place apart, in the order they were made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct CopyId(pub [u8; 8]);

impl CopyId {
    /// The one after this, or the first. Four random bytes keep two windows from giving the same.
    pub fn after(last: Option<CopyId>, random: [u8; 4]) -> CopyId {
        let [a, b, c, d, ..] = last.map_or([0; 8], |last| last.0);
        let count = u32::from_be_bytes([a, b, c, d]).saturating_add(1).to_be_bytes();
        let mut id = [0; 8];
        id[..4].copy_from_slice(&count);
        id[4..].copy_from_slice(&random);
        CopyId(id)
    }

    fn of_hex(text: &str) -> Option<CopyId> {
        let plain = text.len() == 16 && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
        let number = u64::from_str_radix(text, 16).ok().filter(|_| plain)?;
        Some(CopyId(number.to_be_bytes()))
    }
}

/// What the keys of sealed copies begin with.
const SEALED: &str = "sealed/";
/// What the keys of pictures begin with.
const PAPER: &str = "paper/";
/// The slots with a name of their own.
const NAMED: [(Slot, &str); 13] = [
    (Slot::Vault, "vault"),
    (Slot::Member, "member"),
    (Slot::Office, "office"),
    (Slot::Draft, "draft"),
    (Slot::Badge, "badge"),
    (Slot::Keys, "keys"),
    (Slot::Asking, "asking"),
    (Slot::Leader, "leader"),
    (Slot::Team, "team"),
    (Slot::Forms, "forms"),
    (Slot::Catalogue, "catalogue"),
    (Slot::Dismissed, "dismissed"),
    (Slot::Papers, "papers"),
];

impl Slot {
    /// Every slot of a place that there is one of.
    pub fn named() -> impl Iterator<Item = Slot> {
        NAMED.into_iter().map(|(slot, _)| slot)
    }

    /// Whether it is read while the device is locked: nothing in it needs the vault's key.
    pub fn is_clear(self) -> bool {
        match self {
            Slot::Vault | Slot::Badge | Slot::Keys | Slot::Sealed(_) | Slot::Leader | Slot::Dismissed => true,
            Slot::Member
            | Slot::Office
            | Slot::Draft
            | Slot::Asking
            | Slot::Team
            | Slot::Forms
            | Slot::Catalogue
            | Slot::Papers
            | Slot::Paper(_) => false,
        }
    }

    /// Whether it is read with everything else of its place; what is not, is read when it is needed.
    pub fn is_loaded(self) -> bool {
        !self.is_clear() && !matches!(self, Slot::Paper(_))
    }

    /// The keys of the pictures of a place: from the first of these, to before the second.
    pub fn papers(place: Place) -> (String, String) {
        let at =
            |end: &str| if place == Place::FIRST { end.to_owned() } else { format!("{}/{end}", place.0) };
        (at(PAPER), at("paper0"))
    }

    /// Its key in a store: as it always was in the first place, after the place's number and a stroke in others.
    pub fn key(self, place: Place) -> String {
        let name = match self {
            Slot::Sealed(id) => format!("{SEALED}{:016x}", u64::from_be_bytes(id.0)),
            Slot::Paper(digest) => {
                digest.iter().fold(PAPER.to_owned(), |name, byte| name + &format!("{byte:02x}"))
            }
            named => NAMED.iter().find(|(slot, _)| *slot == named).map_or("", |(_, name)| name).to_owned(),
        };
        if place == Place::FIRST { name } else { format!("{}/{name}", place.0) }
    }

    /// The slot of a key, and whose it is. `None` for what is no slot of this build: it is left alone.
    pub fn of_key(key: &str) -> Option<(Place, Slot)> {
        let numbered = key.split_once('/').and_then(|(place, name)| Some((place.parse().ok()?, name)));
        let (place, name) = numbered.unwrap_or((0, key));
        let named = NAMED.iter().find(|(_, known)| *known == name).map(|(slot, _)| *slot);
        let sealed = || name.strip_prefix(SEALED).and_then(CopyId::of_hex).map(Slot::Sealed);
        let paper = || name.strip_prefix(PAPER).and_then(hex_key).map(Slot::Paper);
        let slot = named.or_else(sealed).or_else(paper)?;
        // One key for one slot: "0/vault" is nobody's.
        (slot.key(Place(place)) == key).then_some((Place(place), slot))
    }
}

/// The bytes of a badge.
pub fn badge_to_bytes(badge: &Badge) -> Vec<u8> {
    envelope::wrap(&postcard::to_allocvec(badge).expect("plain data"))
}

/// Reads a badge; `None` when it is damaged: the tile then has no name.
pub fn badge_from_bytes(bytes: &[u8]) -> Option<Badge> {
    postcard::from_bytes(envelope::unwrap(bytes).ok()?).ok()
}

/// The bytes of an office's keys.
pub fn keys_to_bytes(keys: &Keys) -> Vec<u8> {
    let plain: Vec<(u32, [u8; 32])> = keys.iter().map(|(id, key)| (*id, key.to_bytes())).collect();
    envelope::wrap(&postcard::to_allocvec(&plain).expect("plain data"))
}

/// Reads an office's keys; none when they are damaged: a locked device then waits until somebody unlocks it.
pub fn keys_from_bytes(bytes: &[u8]) -> Keys {
    let plain = envelope::unwrap(bytes).ok().and_then(|bytes| postcard::from_bytes(bytes).ok());
    let plain: Vec<(u32, [u8; 32])> = plain.unwrap_or_default();
    plain.iter().filter_map(|(id, key)| Some((*id, VerifyingKey::from_bytes(key).ok()?))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_slot_of_every_place_has_one_key_and_the_first_place_keeps_the_old_ones() {
        assert_eq!(Slot::Vault.key(Place::FIRST), "vault");
        assert_eq!(Slot::Draft.key(Place(3)), "3/draft");
        let copy = Slot::Sealed(CopyId::after(None, [0xab; 4]));
        for slot in NAMED.map(|(slot, _)| slot).into_iter().chain([copy, Slot::Paper([0xcd; 32])]) {
            for place in [Place::FIRST, Place(1), Place(255)] {
                assert_eq!(Slot::of_key(&slot.key(place)), Some((place, slot)));
            }
        }
        for stranger in [
            "",
            "fence",
            "0/vault",
            "256/vault",
            "01/vault",
            "1/fence",
            "1/",
            "sealed/",
            "sealed/00000001abababAB",
            "paper/",
            &format!("paper/{}", "CD".repeat(32)),
        ] {
            assert_eq!(Slot::of_key(stranger), None, "{stranger}");
        }
    }

    #[test]
    fn the_pictures_of_a_place_lie_together_and_nothing_else_between_them() {
        for place in [Place::FIRST, Place(1), Place(12)] {
            let (from, to) = Slot::papers(place);
            let between = |key: String| from < key && key < to;
            assert!(between(Slot::Paper([0; 32]).key(place)) && between(Slot::Paper([0xff; 32]).key(place)));
            assert!(Slot::named().all(|slot| !between(slot.key(place))));
            assert!(!between(Slot::Paper([7; 32]).key(Place(2))));
        }
    }

    #[test]
    fn a_later_copy_comes_after_the_earlier_ones() {
        let first = CopyId::after(None, [0xff; 4]);
        let second = CopyId::after(Some(first), [0; 4]);
        assert!(first < second);
    }
}
