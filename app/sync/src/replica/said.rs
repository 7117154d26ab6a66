//! What the document of a dossier says: a cache of its changes.

use dossier::content::Content;
use dossier::filing::conflict::FilingPlace;
use dossier::intent::StayField;

use crate::case::History;
use crate::conflict;
use crate::document::{self, ReadError};

/// What it says, and where two devices wrote differently.
#[derive(Clone)]
pub(super) struct Said {
    pub(super) content: Result<Content, ReadError>,
    /// Of a notice.
    pub(super) conflicts: Vec<StayField>,
    /// Of a residence dossier.
    pub(super) places: Vec<FilingPlace>,
}

impl Said {
    /// Before anything was read.
    pub(super) fn nothing() -> Said {
        Said::alone(Err(ReadError::Missing))
    }

    /// What these changes say.
    pub(super) fn read(history: &History) -> Said {
        if !history.has_forked() {
            return Said::alone(history.read());
        }
        let doc = history.open();
        let content = document::read_any(&doc);
        let (conflicts, places) = match &content {
            Ok(Content::Filing(filing)) => (Vec::new(), conflict::places(&doc, filing)),
            _ => (conflict::fields(&doc), Vec::new()),
        };
        Said { content, conflicts, places }
    }

    /// Nobody has written at the same time as somebody else.
    fn alone(content: Result<Content, ReadError>) -> Said {
        Said { content, conflicts: Vec::new(), places: Vec::new() }
    }
}
