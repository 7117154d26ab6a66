//! A code of consent, as it is shown to who had it made.

use serde::{Deserialize, Serialize};

use crate::behalf::ConsentCode;
use crate::moment::Moment;

/// The code and its last moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Agreed {
    /// What is read out.
    pub code: ConsentCode,
    /// Until when yes can be said with it.
    pub until: Moment,
}
