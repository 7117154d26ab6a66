//! Official forms of a dossier as the office prints them: `GET /api/v1/forms/{dossier}/{form}`, signed as all of
//! `/api/v1` ([`crate::request`]), answered with a PDF; `POST /api/v1/drafts/ct01` prints a declaration that was not
//! handed in, and keeps nothing of it.

use std::collections::BTreeMap;

use dossier::filing::draft::FilingDraft;
use dossier::filing::printed::Printed;
use dossier::id::DossierId;

use crate::papers::Sender;
use crate::request::{Call, post};

/// Where forms are.
pub const PATH: &str = "/api/v1/forms";

/// Where drafts are printed.
pub const DRAFTS: &str = "/api/v1/drafts/ct01";

/// Whether this can be a form: a PDF.
pub fn is_file(bytes: &[u8]) -> bool {
    bytes.starts_with(b"%PDF-")
}

/// Asks for a form.
pub fn call(sender: Sender<'_>, dossier: DossierId, form: Printed) -> Call {
    sender.call(("GET", format!("{PATH}/{dossier}/{}", form.slug()), Vec::new()))
}

/// Asks for a declaration that was not handed in. Pictures are no part of it, and stay here.
pub fn draft(sender: Sender<'_>, draft: &FilingDraft) -> Call {
    let said = FilingDraft { papers: BTreeMap::new(), ..draft.clone() };
    sender.call(post(DRAFTS.to_owned(), &said))
}
