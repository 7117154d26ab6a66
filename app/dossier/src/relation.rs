//! Mối quan hệ với chủ hộ: the closed list of Circular 116/2026/TT-BCA art. 6.1, and chủ hộ for the head himself.

use std::fmt;
use std::str::FromStr;

use crate::vietnamese::{compose, fold};

/// Mối quan hệ với chủ hộ. Its key is the words without accents, joined by hyphens: `con-de`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Relation(u8);

/// A text that is none of the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no such relation to the head of a household")]
pub struct UnknownRelation;

/// In the order of the circular; the head himself first (not in the circular's list, but the form needs him).
const LABELS: [&str; 54] = [
    "chủ hộ",
    "vợ",
    "chồng",
    "cha đẻ",
    "mẹ đẻ",
    "cha vợ",
    "mẹ vợ",
    "cha chồng",
    "mẹ chồng",
    "cha nuôi",
    "mẹ nuôi",
    "cha dượng",
    "mẹ kế",
    "con đẻ",
    "con dâu",
    "con rể",
    "con nuôi",
    "con riêng của vợ hoặc chồng",
    "ông nội",
    "bà nội",
    "ông ngoại",
    "bà ngoại",
    "anh ruột",
    "chị ruột",
    "em ruột",
    "cháu ruột",
    "anh cùng cha khác mẹ",
    "chị cùng cha khác mẹ",
    "em cùng cha khác mẹ",
    "anh cùng mẹ khác cha",
    "chị cùng mẹ khác cha",
    "em cùng mẹ khác cha",
    "anh rể",
    "em rể",
    "chị dâu",
    "em dâu",
    "cụ nội",
    "cụ ngoại",
    "cháu nội",
    "cháu ngoại",
    "bác ruột",
    "chú ruột",
    "cậu ruột",
    "cô ruột",
    "dì ruột",
    "chắt ruột",
    "người giám hộ",
    "người được giám hộ",
    "ở thuê",
    "ở mượn",
    "ở nhờ",
    "cùng ở thuê",
    "cùng ở mượn",
    "cùng ở nhờ",
];

impl Relation {
    /// Chủ hộ himself.
    pub const HEAD: Relation = Relation(0);

    /// All of them, in the order of the circular.
    pub fn all() -> impl Iterator<Item = Relation> {
        (0..LABELS.len() as u8).map(Relation)
    }

    /// The words of the circular.
    pub fn label(self) -> &'static str {
        LABELS[usize::from(self.0)]
    }

    /// The key that is kept: `con-de`.
    pub fn key(self) -> String {
        fold(self.label()).replace(' ', "-")
    }
}

impl FromStr for Relation {
    type Err = UnknownRelation;

    /// Reads the key, or the circular's words in any capitals.
    fn from_str(text: &str) -> Result<Relation, UnknownRelation> {
        let typed = compose(text).to_lowercase();
        Relation::all()
            .find(|relation| relation.label() == typed || relation.key() == typed)
            .ok_or(UnknownRelation)
    }
}

impl fmt::Display for Relation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.label())
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_relation_has_a_key_of_its_own_and_reads_back_from_it_and_from_its_words() {
        let keys: BTreeSet<String> = Relation::all().map(Relation::key).collect();
        assert_eq!(keys.len(), LABELS.len());
        for relation in Relation::all() {
            assert_eq!(relation.key().parse(), Ok(relation));
            assert_eq!(relation.label().to_uppercase().parse(), Ok(relation));
        }
        assert_eq!("".parse::<Relation>(), Err(UnknownRelation));
        assert_eq!((Relation::HEAD.label(), Relation::HEAD.key()), ("chủ hộ", "chu-ho".to_owned()));
    }
}
