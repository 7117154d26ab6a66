//! Giữ riêng: somebody of the commune looks at what a revoked device brought, and takes it or drops it.

use app::text::aside as words;
use axum::Json;
use axum::extract::Path;
use dossier::access::{Action, Grant};
use dossier::id::{AccountId, CommuneCode, DeviceHandle, VillageId};
use dossier::manage::{AsideLine, AsidePart, Objection, Told, Words};
use dossier::moment::Moment;
use dossier::procedure::{Agency, pinned};

use super::{Reply, objection};
use crate::asked::{Asked, Work};
use crate::atlas::Atlas;
use crate::error::Error;
use crate::revoked::{look as revoked_look, take};
use crate::store::account::{self, AccountRow};
use crate::store::revoked::{self, AsideRow};

/// `GET /api/v1/aside`.
pub async fn list(asked: Asked) -> Reply {
    let atlas = asked.atlas().await?;
    let readers = asked.office.store.readers();
    let people = account::list(readers).await?;
    let seen: Vec<u32> = people.iter().filter(|row| is_seen(&asked, &atlas, row)).map(|row| row.id).collect();
    let rows = revoked::waiting(readers).await?;
    let lines = rows.iter().filter(|row| seen.contains(&row.account)).filter_map(shown);
    Ok(Json(Told::Aside(lines.collect())))
}

/// Whether what a person's devices brought is the asker's to look at: one of their roles lies in the asker's area. Nobody
/// decides about their own.
fn is_seen(asked: &Asked, atlas: &Atlas, row: &AccountRow) -> bool {
    let grants: Vec<Grant> = row.grants().into_iter().filter(|grant| grant.holds(asked.today)).collect();
    let home = atlas.commune(CommuneCode(row.commune));
    let open = |place| asked.sees(Action::ReviewAside, &place);
    AccountId(row.id) != asked.person.account
        && match grants.is_empty() {
            true => home.is_some_and(open),
            false => grants.iter().filter_map(|grant| atlas.place(grant.area)).any(open),
        }
}

fn shown(row: &AsideRow) -> Option<AsideLine> {
    Some(AsideLine {
        number: row.id,
        handle: DeviceHandle(row.device.as_slice().try_into().ok()?),
        name: row.name.clone(),
        person: row.person.clone(),
        came: Moment(row.at),
        claimed: row.claimed_at.map(Moment),
        revoked: row.status_at.map(Moment),
        notices: row.notices,
        carried: row.carried,
        full: row.full,
    })
}

async fn waiting(asked: &Asked, work: &mut Work, number: u32) -> Result<(AsideRow, CommuneCode), Error> {
    let unknown = || objection(Objection::Unknown);
    let row = revoked::find(&mut *work.transaction, number).await?.ok_or_else(unknown)?;
    let person = account::find(&mut *work.transaction, AccountId(row.account)).await?.ok_or_else(unknown)?;
    if is_seen(asked, &work.atlas, &person) { Ok((row, CommuneCode(person.commune))) } else { Err(unknown()) }
}

/// `GET /api/v1/aside/{number}`: what it is, before somebody decides. The content is shown where the asker may read what
/// lies in that house.
pub async fn look(Path(number): Path<u32>, asked: Asked) -> Reply {
    let (readers, unknown) = (asked.office.store.readers(), || objection(Objection::Unknown));
    let atlas = asked.atlas().await?;
    let row = revoked::find(readers, number).await?.ok_or_else(unknown)?;
    let person = account::find(readers, AccountId(row.account)).await?;
    person.filter(|person| is_seen(&asked, &atlas, person)).ok_or_else(unknown)?;
    let published = asked.office.procedures.now();
    let procedures = published.procedures();
    let parts = revoked_look(&asked.office, &row).await?.into_iter().map(|brought| {
        let house = brought.house.and_then(|id| atlas.houses.get(&id));
        let village = house.and_then(|house| atlas.villages.get(&VillageId(house.village)));
        let place = brought.house.and_then(|id| atlas.house(id));
        let filing = brought.content.as_ref().and_then(|content| content.filing());
        let procedure = filing.and_then(|filing| pinned(procedures, &filing.version));
        let agency = procedure.map_or(Agency::Police, |procedure| procedure.agency);
        let open = place.is_some_and(|place| asked.may(Action::reading(agency), &place));
        if !open {
            return AsidePart { title: String::new(), lines: Vec::new() };
        }
        let said = brought.content.as_ref().map(|content| words::said(content, procedures));
        let (title, said) = said.unwrap_or_default();
        let whose = [house.map(|house| house.name.as_str()), village.map(|village| village.name.as_str())];
        let whose = whose.into_iter().flatten().collect::<Vec<_>>().join(" · ");
        let deeds = brought.acts.iter().map(words::deed).collect();
        AsidePart { title, lines: words::lines(brought.known, whose, deeds, said) }
    });
    Ok(Json(Told::AsideParts(parts.collect())))
}

/// `POST /api/v1/aside/{number}/accept`.
pub async fn accept(Path(number): Path<u32>, asked: Asked) -> Reply {
    let mut work = asked.begin().await?;
    let (row, _) = waiting(&asked, &mut work, number).await?;
    // The writer of dossiers has a transaction of its own, and a frame that comes twice leaves no row.
    work.transaction.rollback().await?;
    if !take(&asked.office, &row).await? {
        // Something comes before it, or its author has no right to it: it stays until somebody drops it.
        return Err(objection(Objection::Unfit));
    }
    settle(&asked, number, true, "").await
}

/// `POST /api/v1/aside/{number}/drop`.
pub async fn drop(Path(number): Path<u32>, asked: Asked) -> Reply {
    let reason: Words = asked.read()?;
    settle(&asked, number, false, reason.as_str()).await
}

async fn settle(asked: &Asked, number: u32, taken: bool, reason: &str) -> Reply {
    let mut work = asked.begin().await?;
    let (row, commune) = waiting(asked, &mut work, number).await?;
    let by = asked.person.account;
    if !revoked::decide(&mut *work.transaction, row.id, taken, reason, by, asked.now).await? {
        return Err(objection(Objection::Taken));
    }
    tracing::info!(
        account = asked.office.keys.log_mark("account", by.0),
        taken,
        "looked at what was kept aside"
    );
    work.done(&asked.office, commune, Told::Done).await.map(Json)
}
