//! Làm tiếp hồ sơ: who was shown the slip of a residence dossier goes on with it, on whatever tablet they have.

use axum::Json;
use dossier::access::Action;
use dossier::behalf::TrackingCode;
use dossier::manage::{Objection, Told};

use super::{Reply, objection};
use crate::asked::Asked;
use crate::error::Error;
use crate::routes::track;
use crate::store::{dossier as log, establishment, follower, tracking};
use crate::throttle::Knock;

/// `POST /api/v1/followed`. The slip is in the hands of the person the dossier is about: showing it is asking for help, as
/// saying yes is when it was begun. It opens nothing to who may not file for the place; changing something needs a ground
/// of its own, as the first filing did.
pub async fn begin(asked: Asked) -> Reply {
    let code: TrackingCode = asked.read()?;
    let knock = Knock::with_consent(&asked.office.keys, asked.person.account);
    match knock.wait(&asked.office.store, asked.now).await? {
        0 => {}
        seconds => return Err(Error::Slow(seconds)),
    }
    let mut work = asked.begin().await?;
    let mark = track::mark(&asked.office.keys, code);
    let found = tracking::find(&mut *work.transaction, mark).await?;
    let place = match found {
        Some(dossier) if log::is_filing(&mut *work.transaction, dossier).await? => {
            let placed = log::placed(&mut *work.transaction, [dossier]).await?;
            let houses = placed.iter().map(|one| one.house);
            let mut places = establishment::places(&mut *work.transaction, houses).await?;
            places.pop_first().map(|(_, place)| (dossier, place))
        }
        _ => None,
    };
    let Some((dossier, place)) = place.filter(|(_, place)| asked.may(Action::DeclareOnBehalf, place)) else {
        drop(work);
        knock.failed(&asked.office.store, asked.now).await?;
        return Err(objection(Objection::Unknown));
    };
    follower::add(&mut work.transaction, dossier, asked.person.account).await?;
    Ok(Json(work.done(&asked.office, place.commune, Told::Followed(dossier)).await?))
}
