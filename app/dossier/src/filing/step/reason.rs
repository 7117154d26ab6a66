//! The words a step cannot do without.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::filing::PersonId;
use crate::procedure::{ConsentKind, FieldKey, PaperKey};
use crate::vietnamese::compose_lines;

/// What an item of a supplement request points at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Anchor {
    /// A field of the form.
    Answer(FieldKey),
    /// A column of one person.
    Person(PersonId, FieldKey),
    /// The table of people.
    People,
    /// A consent.
    Consent(ConsentKind),
    /// A paper.
    Paper(PaperKey),
}

/// One thing to add or put right.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Item {
    /// Where, if it has a place.
    pub at: Option<Anchor>,
    /// What.
    pub what: Reason,
}

/// What is to be added, all at once: at least one thing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "Vec<Item>", try_from = "Vec<Item>")]
pub struct Items(Vec<Item>);

/// Words that must be there (a reason, a ground, a question, an item): composed letters, at most [`Reason::MOST`] characters, never empty.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Reason(String);

/// Why a step cannot be built.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum StepError {
    /// No words where the law asks for them.
    #[error("no words")]
    NoWords,
    /// More than [`Reason::MOST`] characters; how many there are.
    #[error("{0} characters")]
    TooLong(usize),
    /// A supplement request that asks for nothing.
    #[error("no items")]
    NoItems,
    /// More than [`Items::MOST`] items; how many there are.
    #[error("{0} items")]
    TooMany(usize),
}

impl Reason {
    /// Most characters.
    pub const MOST: usize = 1_000;

    /// The words.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Reason {
    type Err = StepError;

    fn from_str(text: &str) -> Result<Reason, StepError> {
        let words = compose_lines(text);
        match words.chars().count() {
            _ if !words.chars().any(char::is_alphanumeric) => Err(StepError::NoWords),
            length if length > Reason::MOST => Err(StepError::TooLong(length)),
            _ => Ok(Reason(words)),
        }
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for Reason {
    type Error = StepError;

    fn try_from(text: String) -> Result<Reason, StepError> {
        text.parse()
    }
}

impl From<Reason> for String {
    fn from(words: Reason) -> String {
        words.0
    }
}

impl Items {
    /// Most items of one request.
    pub const MOST: usize = 50;

    /// A request.
    pub fn new(items: Vec<Item>) -> Result<Items, StepError> {
        match items.len() {
            0 => Err(StepError::NoItems),
            many if many > Items::MOST => Err(StepError::TooMany(many)),
            _ => Ok(Items(items)),
        }
    }

    /// What is asked for.
    pub fn iter(&self) -> impl Iterator<Item = &Item> {
        self.0.iter()
    }
}

impl TryFrom<Vec<Item>> for Items {
    type Error = StepError;

    fn try_from(items: Vec<Item>) -> Result<Items, StepError> {
        Items::new(items)
    }
}

impl From<Items> for Vec<Item> {
    fn from(items: Items) -> Vec<Item> {
        items.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::act::Heads;
    use crate::filing::step::Step;

    #[test]
    fn a_refusal_without_a_reason_cannot_be_built() {
        for nothing in ["", "  \n\u{200b} ", "...", "-"] {
            assert_eq!(nothing.parse::<Reason>(), Err(StepError::NoWords));
        }
        assert_eq!("ạ".repeat(1_001).parse::<Reason>(), Err(StepError::TooLong(1_001)));
        let words: Reason = " Chỗ ở thuộc quy hoa\u{323}ch.\n\n\n Điều 23 ".parse().expect("words");
        assert_eq!(words.as_str(), "Chỗ ở thuộc quy hoạch.\n\nĐiều 23");
    }

    #[test]
    fn a_forged_refusal_without_words_does_not_decode() {
        let reason: Reason = "Giấy tờ đã sửa".parse().expect("words");
        let sound = Step::Refuse { heads: Heads::default(), ground: reason.clone(), reason };
        let bytes = postcard::to_allocvec(&sound).expect("plain data");
        assert_eq!(postcard::from_bytes::<Step>(&bytes), Ok(sound));
        // The variant, no heads, two empty texts.
        assert!(postcard::from_bytes::<Step>(&[2, 0, 0, 0]).is_err());
        assert!(postcard::from_bytes::<Step>(&[1, 0, 0, 0]).is_err(), "a supplement without items");
    }

    #[test]
    fn a_supplement_request_asks_for_something() {
        assert_eq!(Items::new(Vec::new()), Err(StepError::NoItems));
        let item = Item { at: None, what: "Bổ sung hợp đồng thuê".parse().expect("words") };
        assert_eq!(Items::new(vec![item.clone(); 51]), Err(StepError::TooMany(51)));
        assert!(Items::new(vec![item]).is_ok());
    }
}
