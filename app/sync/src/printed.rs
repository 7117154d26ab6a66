//! Official forms of a dossier as the office prints them: `GET /api/v1/forms/{dossier}/{form}`, signed as all of
//! `/api/v1` ([`crate::request`]), answered with a PDF.

use dossier::filing::printed::Printed;
use dossier::id::DossierId;

use crate::papers::Sender;
use crate::request::Call;

/// Where forms are.
pub const PATH: &str = "/api/v1/forms";

/// Whether this can be a form: a PDF.
pub fn is_file(bytes: &[u8]) -> bool {
    bytes.starts_with(b"%PDF-")
}

/// Asks for a form.
pub fn call(sender: Sender<'_>, dossier: DossierId, form: Printed) -> Call {
    sender.call(("GET", format!("{PATH}/{dossier}/{}", form.slug()), Vec::new()))
}
