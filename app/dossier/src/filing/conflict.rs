//! Hai máy ghi khác nhau: a place of a residence dossier that holds two values until a person chooses.

use serde::{Deserialize, Serialize};

use super::PersonId;
use crate::procedure::{ConsentKind, FieldKey};
use crate::view::ConflictValue;

/// Where two values may stand.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum FilingPlace {
    /// A field of the form.
    Answer(FieldKey),
    /// A column of one person.
    Person(PersonId, FieldKey),
    /// A consent: it is one value, nobody changes half of it.
    Consent(ConsentKind),
}

/// A place two devices wrote differently.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FilingConflict {
    /// Where.
    pub place: FilingPlace,
    /// What is asked there, in the form's words.
    pub label: String,
    /// Whose it is, when it is a person's of the table.
    pub whose: Option<String>,
    /// The values, printed, in an order every device agrees on.
    pub values: Vec<ConflictValue>,
}
