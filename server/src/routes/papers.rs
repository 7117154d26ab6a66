//! Photographed pages of papers under `/api/v1/papers`: brought a piece at a time, asked about, shown.

use axum::Json;
use axum::extract::{FromRequestParts, Path, Request, State};
use axum::http::header::{AUTHORIZATION, CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use dossier::id::DossierId;
use dossier::manage::Objection;
use futures_util::StreamExt as _;
use sync::papers::{Arrived, HEAD, Head, Lying, MOST_ASKED};

use crate::access::Gate;
use crate::asked::{Asked, by_signature};
use crate::error::Error;
use crate::office::Office;
use crate::store::paper;
use crate::{clock, hex, pictures};

/// `POST /api/v1/papers`: a head, which is signed, and bytes that may stop anywhere.
pub async fn bring(State(office): State<Office>, request: Request) -> Result<Json<Arrived>, Error> {
    let malformed = || Error::Managed(Objection::Malformed);
    let (mut parts, body) = request.into_parts();
    let gate = Gate::from_request_parts(&mut parts, &office).await?;
    let header = parts.headers.get(AUTHORIZATION).and_then(|header| header.to_str().ok());
    let header = header.ok_or(Error::Unauthenticated)?.to_owned();
    let mut body = body.into_data_stream();
    let mut bytes = Vec::new();
    while bytes.len() < HEAD {
        match body.next().await {
            Some(Ok(piece)) => bytes.extend(piece),
            Some(Err(_)) | None => break,
        }
    }
    // A line that drops here has said nothing about anybody: the device tries again.
    if bytes.len() < HEAD {
        return Err(Error::Cut);
    }
    let begun = if bytes.len() > HEAD { bytes.split_off(HEAD) } else { Vec::new() };
    let (person, _) = by_signature(&office, &gate, &parts, &header, &bytes, clock::now()).await?;
    let head = Head::read(&bytes).ok_or_else(malformed)?;
    pictures::bring(office, person, head, (begun, body)).await.map(Json)
}

/// `POST /api/v1/papers/there`: which pictures of these dossiers are whole, of those the asker may read.
pub async fn there(asked: Asked) -> Result<Json<Vec<Lying>>, Error> {
    let dossiers: Vec<DossierId> = asked.read()?;
    if dossiers.len() > MOST_ASKED {
        return Err(Error::Managed(Objection::Malformed));
    }
    let standings = pictures::standings(&asked.office, dossiers).await?;
    let open = standings.into_iter().filter(|(_, at)| at.may_read(&asked.person, asked.today));
    let open: Vec<DossierId> = open.map(|(dossier, _)| dossier).collect();
    let mut lying: Vec<Lying> = Vec::new();
    for (dossier, picture) in paper::whole(asked.office.store.readers(), open).await? {
        match lying.last_mut().filter(|last| last.dossier == dossier) {
            Some(last) => last.pictures.push(picture),
            None => lying.push(Lying { dossier, pictures: vec![picture] }),
        }
    }
    Ok(Json(lying))
}

/// `GET /api/v1/papers/{dossier}/{digest}`.
pub async fn show(Path((dossier, digest)): Path<(String, String)>, asked: Asked) -> Result<Response, Error> {
    let unknown = || Error::Managed(Objection::Unknown);
    let dossier: DossierId = dossier.parse().map_err(|_| unknown())?;
    let digest = hex::decode_exact(&digest).ok_or_else(unknown)?;
    let picture = pictures::show(&asked.office, &asked.person, (dossier, digest)).await?;
    let headers = [(CONTENT_TYPE, "image/jpeg"), (CACHE_CONTROL, "no-store")];
    Ok((headers, picture).into_response())
}
