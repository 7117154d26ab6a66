//! The files of the catalogue of procedures: what is in force, the text of one, and new ones, tried first and then
//! published. The catalogue is the whole office's, so only who administers all of it publishes.

use app::text::filing::span;
use axum::Json;
use axum::extract::Path;
use dossier::access::Action;
use dossier::manage::{Amended, CatalogueLine, NewFile, Objection, Told};
use dossier::procedure::load::{SHIPPED, parse};

use super::{Reply, objection};
use crate::asked::Asked;
use crate::error::Error;
use crate::procedures::amend::{self, Texts};
use crate::procedures::{ProceduresError, files};

/// `GET /api/v1/procedures`: a line for each file that can be read; one that cannot is told by its line to whoever tries
/// another.
pub async fn list(asked: Asked) -> Reply {
    let published = asked.office.procedures.now();
    let files = files(asked.office.procedures.folder()).map_err(unreadable)?;
    let line = |(file, text): (String, String)| {
        let one = parse(&file, &text).ok()?;
        Some(CatalogueLine {
            own: !SHIPPED.iter().any(|(name, shipped)| *name == file && *shipped == text),
            file,
            area: published.areas.get(&one.id).cloned().unwrap_or_default(),
            agency: one.agency.label().to_owned(),
            term: span(one.term.ordinary),
            from: one.valid_from,
            until: one.valid_to,
            title: one.title,
        })
    };
    let mut lines: Vec<CatalogueLine> = files.into_iter().filter_map(line).collect();
    lines.sort_by(|one, other| {
        (&one.area, &one.title, one.from).cmp(&(&other.area, &other.title, other.from))
    });
    Ok(Json(Told::Catalogue(lines)))
}

/// `GET /api/v1/procedures/{file}`.
pub async fn text(Path(name): Path<String>, asked: Asked) -> Reply {
    let mut files = files(asked.office.procedures.folder()).map_err(unreadable)?;
    let text = files.remove(&name).ok_or_else(|| objection(Objection::Unknown))?;
    Ok(Json(Told::CatalogueFile(text)))
}

/// `POST /api/v1/procedures`.
pub async fn put(asked: Asked) -> Reply {
    let new: NewFile = asked.read()?;
    // Nobody else lays a file in between.
    let work = asked.begin().await?;
    let whole = work.atlas.communes.values().filter(|row| row.stands());
    if !whole.into_iter().all(|row| asked.may(Action::ManageCatalogue, &row.place())) {
        return Err(objection(Objection::NotYours));
    }
    let folder = asked.office.procedures.folder();
    let name = String::from(new.name);
    let now = asked.office.procedures.now();
    let file = Texts::from([(name.clone(), new.text)]);
    let said = match amend::tried(folder, &file, now.procedures(), asked.today) {
        Ok(changes) => changes.iter().map(amend::said).collect(),
        Err(cause @ ProceduresError::Unreadable { .. }) => return Err(unreadable(cause)),
        Err(fault) => return Ok(amended(Amended::Fault(fault.to_string()))),
    };
    if new.publish {
        amend::lay_all(folder, &file).map_err(unwritten)?;
        asked.office.procedures.reload(asked.today).map_err(unreadable)?;
        let account = asked.office.keys.log_mark("account", asked.person.account.0);
        tracing::info!(account, file = name, "a procedure was published");
    }
    Ok(amended(Amended::Changes(said)))
}

fn amended(told: Amended) -> Json<Told> {
    Json(Told::Amended(told))
}

fn unreadable(cause: ProceduresError) -> Error {
    tracing::error!(%cause, "the folder of procedures");
    Error::Broken("the folder of procedures cannot be read")
}

fn unwritten(cause: std::io::Error) -> Error {
    tracing::error!(%cause, "the folder of procedures");
    Error::Broken("the folder of procedures cannot be written")
}
