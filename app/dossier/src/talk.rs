//! How a page and its device talk: one question, one answer, and a fresh [`View`] whenever something changed.
//! Both ends come from the same build, so the encoding (postcard, by the two shells) needs no version.

use serde::{Deserialize, Serialize};

use crate::intent::{Answer, Intent};
use crate::view::View;

/// From the page to the device.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum ToDevice {
    /// A person wants something; the answer carries the same number.
    Ask {
        /// The page's number for this question.
        seq: u32,
        /// What is wanted.
        intent: Intent,
    },
    /// The page became visible, or the browser says a network is there: a good moment to try.
    Nudge,
    /// The page says that it persisted the storage (`navigator.storage.persist()` lives on the page).
    Persisted(bool),
}

/// From the device to the page.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum ToPage {
    /// The answer to one question.
    Answer {
        /// The page's number for the question.
        seq: u32,
        /// The answer.
        answer: Answer,
    },
    /// What to show from now on.
    Show(Box<View>),
}
