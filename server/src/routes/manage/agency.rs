//! Agencies, and the communes this office serves.

use axum::Json;
use axum::extract::{Path, State};
use dossier::access::Action;
use dossier::id::CommuneCode;
use dossier::manage::{Agency, AgencyChange, OpenCommune, Told, Words};
use dossier::view::Standing;

use super::Reply;
use crate::asked::Asked;
use crate::error::Error;
use crate::office::Office;
use crate::store::commune::{self, CommuneRow};

/// `GET /api/communes`: everybody's, so that who asks for an account knows where.
pub async fn communes(State(office): State<Office>) -> Result<Json<Vec<OpenCommune>>, Error> {
    let rows = commune::list(office.store.readers()).await?;
    let standing = rows.into_iter().filter(|row| row.stands());
    let shown =
        standing.map(|row| OpenCommune { code: row.code(), name: row.name, duty_phone: row.duty_phone });
    Ok(Json(shown.collect()))
}

/// `GET /api/v1/agencies`.
pub async fn list(asked: Asked) -> Reply {
    let rows = commune::list(asked.office.store.readers()).await?;
    let rows = rows.into_iter().filter(|row| row.stands() && asked.sees(Action::ReadAgency, &row.place()));
    Ok(Json(Told::Agencies(rows.map(|row| shown(&asked, row)).collect())))
}

fn shown(asked: &Asked, row: CommuneRow) -> Agency {
    Agency {
        commune: row.code(),
        changeable: asked.may(Action::ManageAgency, &row.place()),
        standing: row.standing.as_ref().map(|_| row.standing(Standing::Queue)),
        commune_name: row.name,
        province: row.province,
        name: row.agency,
        address: row.address,
        duty_phone: row.duty_phone,
        mailbox: row.mailbox,
        channels: row.channels,
        receive_at_once: row.receive_at_once,
    }
}

/// `POST /api/v1/agencies/{code}`.
pub async fn change(Path(code): Path<u32>, asked: Asked) -> Reply {
    let change: AgencyChange = asked.read()?;
    let mut work = asked.begin().await?;
    let code = CommuneCode(code);
    asked.must(Action::ManageAgency, work.atlas.commune(code))?;
    let Some(row) = work.atlas.communes.remove(&code) else { return Err(Error::NotFound) };
    let text = |line: Option<Words>| line.map(String::from).unwrap_or_default();
    let row = CommuneRow {
        address: text(change.address),
        duty_phone: change.duty_phone.to_string(),
        mailbox: text(change.mailbox),
        channels: text(change.channels),
        standing: change.standing.map(|standing| commune::standing_text(standing).to_owned()),
        receive_at_once: change.receive_at_once,
        ..row
    };
    commune::put(&mut *work.transaction, &row).await?;
    work.done(&asked.office, code, Told::Done).await.map(Json)
}
