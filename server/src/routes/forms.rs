//! `GET /api/v1/forms/{dossier}/{form}`: an official form of a dossier. `POST /api/v1/drafts/ct01`: the declaration of a
//! form that was not handed in.

use axum::extract::Path;
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use dossier::filing::draft::FilingDraft;
use dossier::filing::printed::Printed;
use dossier::id::DossierId;
use dossier::manage::Objection;

use crate::asked::Asked;
use crate::error::Error;
use crate::printing;

/// The form, for whoever may read the dossier.
pub async fn show(Path((dossier, form)): Path<(String, String)>, asked: Asked) -> Result<Response, Error> {
    let unknown = || Error::Managed(Objection::Unknown);
    let dossier: DossierId = dossier.parse().map_err(|_| unknown())?;
    let form = Printed::named(&form).ok_or_else(unknown)?;
    let file = printing::filled(&asked.office, &asked.person, (dossier, form)).await?;
    Ok(handed(file, form))
}

/// A declaration as far as it was typed, marked as a draft. Nothing of it is kept or written down.
pub async fn draft(asked: Asked) -> Result<Response, Error> {
    let draft: FilingDraft = asked.read()?;
    let file = printing::draft(&asked.office, &asked.person, &draft).await?;
    Ok(handed(file, Printed::Ct01))
}

fn handed(file: Vec<u8>, form: Printed) -> Response {
    let named = format!("attachment; filename=\"{}\"", form.file());
    let headers = [
        (CONTENT_TYPE, "application/pdf"),
        (CACHE_CONTROL, "no-store"),
        (CONTENT_DISPOSITION, named.as_str()),
    ];
    (headers, file).into_response()
}
