//! Phản ánh, kiến nghị at the desk of the agency they were written to.

use axum::Json;
use axum::extract::Path;
use dossier::access::Action;
use dossier::behalf::TrackingCode;
use dossier::filing::step::Reason;
use dossier::id::CommuneCode;
use dossier::manage::{Objection, Told};

use super::{Reply, objection};
use crate::asked::Asked;
use crate::complaint as written;
use crate::own_data;
use crate::store::{complaint, own_data as store};

/// How long an answered one stays on the list, in days.
const ANSWERED_DAYS: i64 = 90;

/// `GET /api/v1/complaints`.
pub async fn list(asked: Asked) -> Reply {
    let atlas = asked.atlas().await?;
    let open = |code: &CommuneCode| {
        let place = atlas.commune(*code);
        place.is_some_and(|place| asked.sees(Action::HearComplaints, &place))
    };
    let communes = atlas.communes.keys().copied().filter(open);
    let since = asked.now.plus_minutes(-ANSWERED_DAYS * 24 * 60);
    let mut told = Vec::new();
    for row in complaint::of(asked.office.store.readers(), communes, since).await? {
        told.push(written::open(&asked.office, &row).await?);
    }
    Ok(Json(Told::Complaints(told)))
}

/// `POST /api/v1/complaints/{number}/identified`: who asks what is held about them has shown who they are, and the code they
/// were given for it. Anybody may ask in a name and number they know; only who asked has the code.
pub async fn identify(Path(number): Path<u32>, asked: Asked) -> Reply {
    let unknown = || objection(Objection::Unknown);
    let code: TrackingCode = asked.read()?;
    let mut work = asked.begin().await?;
    let row = complaint::find(&mut *work.transaction, number).await?.ok_or_else(unknown)?;
    let place = asked.must(Action::Decide, work.atlas.today(CommuneCode(row.commune)))?;
    let brought = complaint::by_mark(&mut *work.transaction, written::mark(&asked.office.keys, code)).await?;
    if brought.is_none_or(|brought| brought.id != number) {
        return Err(objection(Objection::OtherCode));
    }
    store::forget(&mut *work.transaction, asked.now).await?;
    let until = own_data::until(asked.now);
    let by = asked.person.account;
    if !store::identify(&mut *work.transaction, number, by, (asked.now, until)).await? {
        return Err(objection(Objection::Taken));
    }
    let sealed = written::seal(&asked.office, &own_data::opened(until)?)?;
    // An answer that was there before said no: it stands, and opens nothing.
    if !complaint::answer(&mut *work.transaction, number, &sealed, by, asked.now).await? {
        return Err(objection(Objection::Taken));
    }
    work.done(&asked.office, place.commune, Told::Done).await.map(Json)
}

/// `POST /api/v1/complaints/{number}`.
pub async fn answer(Path(number): Path<u32>, asked: Asked) -> Reply {
    let unknown = || objection(Objection::Unknown);
    let words: Reason = asked.read()?;
    let mut work = asked.begin().await?;
    let row = complaint::find(&mut *work.transaction, number).await?.ok_or_else(unknown)?;
    let place = asked.must(Action::HearComplaints, work.atlas.today(CommuneCode(row.commune)))?;
    let sealed = written::seal(&asked.office, &words)?;
    if !complaint::answer(&mut *work.transaction, number, &sealed, asked.person.account, asked.now).await? {
        return Err(objection(Objection::Taken));
    }
    work.done(&asked.office, place.commune, Told::Done).await.map(Json)
}
