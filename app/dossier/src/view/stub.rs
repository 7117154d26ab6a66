//! Phần còn giữ: what is left on a tablet of the community team of a dossier the office has.

use serde::{Deserialize, Serialize};

use crate::id::DossierId;
use crate::moment::Moment;

/// Number, initials and date.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StubView {
    /// The dossier.
    pub dossier: DossierId,
    /// Số tiếp nhận.
    pub number: String,
    /// "SP", of the first person in it.
    pub initials: String,
    /// When the office received it.
    pub received: Moment,
    /// When the office did something new about it.
    pub news: Option<Moment>,
    /// The office has been restored since, and has not spoken of it: nobody can say from here whether it has it.
    pub restored: bool,
}
