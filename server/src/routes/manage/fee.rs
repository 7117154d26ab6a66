//! The fee of a dossier over the network, for a device: how that stands, and the way to the gateway's page. Whoever may
//! write the dossier pays it; whoever decides it is told whether somebody has begun to.

use axum::Json;
use axum::extract::Path;
use dossier::filing::status::FilingStatus;
use dossier::id::DossierId;
use dossier::manage::{Objection, OnlineFee, Told};

use super::{Reply, objection};
use crate::asked::Asked;
use crate::error::Error;
use crate::payment::due::{Begun, pay, stands};
use crate::payment::gateway::Back;
use crate::pictures::{Standing, standings};
use crate::story::Story;

/// `GET /api/v1/fees/{dossier}`.
pub async fn look(Path(dossier): Path<String>, asked: Asked) -> Reply {
    let told =
        |at: &Standing| at.may_write(&asked.person, asked.today) || at.may_decide(&asked.person, asked.today);
    let (dossier, status) = open(&asked, &dossier, told).await?;
    Ok(Json(Told::OnlineFee(stands(&asked.office, dossier, &status).await?)))
}

/// `POST /api/v1/fees/{dossier}`: begins, or goes on with what was begun.
pub async fn begin(Path(dossier): Path<String>, asked: Asked) -> Reply {
    let writes = |at: &Standing| at.may_write(&asked.person, asked.today);
    let (dossier, status) = open(&asked, &dossier, writes).await?;
    let told = match pay(&asked.office, (dossier, &status), Back::App).await? {
        Begun::At(_, opened) => OnlineFee::At(opened.pay_address),
        Begun::NotTaken | Begun::NotDue => OnlineFee::Closed,
        Begun::Paid => OnlineFee::Paid,
        Begun::Away { begun: true } => OnlineFee::Waiting,
        Begun::Away { begun: false } => OnlineFee::Away,
    };
    Ok(Json(Told::OnlineFee(told)))
}

/// The dossier of an address and where it stands, if it is the asker's; any other is as unknown as one that is not there.
async fn open(
    asked: &Asked,
    dossier: &str,
    is_theirs: impl Fn(&Standing) -> bool,
) -> Result<(DossierId, FilingStatus), Error> {
    let unknown = || objection(Objection::Unknown);
    let dossier: DossierId = dossier.parse().map_err(|_| unknown())?;
    let found = standings(&asked.office, [dossier]).await?;
    if !found.iter().any(|(_, standing)| is_theirs(standing)) {
        return Err(unknown());
    }
    let story = Story::read(&asked.office, dossier).await?.ok_or_else(unknown)?;
    Ok((dossier, story.status()))
}
