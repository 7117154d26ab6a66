//! What a dossier says: there are two kinds, and a document is of one of them for ever.

use serde::{Deserialize, Serialize};

use crate::filing::Filing;
use crate::stay::Stay;

/// What a dossier says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Content {
    /// A stay notice.
    Stay(Stay),
    /// A residence dossier, or one of another procedure.
    Filing(Filing),
}

impl Content {
    /// The notice, if it is one.
    pub fn stay(&self) -> Option<&Stay> {
        if let Content::Stay(stay) = self { Some(stay) } else { None }
    }

    /// The residence dossier, if it is one.
    pub fn filing(&self) -> Option<&Filing> {
        if let Content::Filing(filing) = self { Some(filing) } else { None }
    }
}
