//! Mergers and divisions: entered by an administrator of all they touch, carried out on the day.

use std::collections::BTreeSet;

use axum::Json;
use dossier::access::Action;
use dossier::id::{CommuneCode, VillageId};
use dossier::manage::{Merger, NewMerger, Objection, Told};
use dossier::moment::Day;

use super::place::village_of;
use super::{Reply, objection};
use crate::asked::Asked;
use crate::merger::apply_due;
use crate::store::merger;

/// `GET /api/v1/mergers`.
pub async fn list(asked: Asked) -> Reply {
    let atlas = asked.atlas().await?;
    let readers = asked.office.store.readers();
    let sees = |code| atlas.commune(code).is_some_and(|place| asked.may(Action::ManageUnits, &place));
    let mut mergers = Vec::new();
    for row in merger::list(readers).await? {
        let parts = merger::parts(readers, row.id).await?;
        if parts.iter().all(|(part, _)| sees(part.code)) {
            mergers.push(Merger {
                number: row.id,
                parts,
                code: CommuneCode(row.code),
                name: row.name,
                effective: Day(row.effective_day),
                applied: row.applied_at.is_some(),
            });
        }
    }
    let unsettled = atlas.villages.values().filter(|row| row.unsettled && sees(CommuneCode(row.commune)));
    let unsettled = unsettled.filter_map(|row| village_of(&atlas, VillageId(row.id), None, asked.now));
    Ok(Json(Told::Mergers(mergers, unsettled.collect())))
}

/// `POST /api/v1/mergers`.
pub async fn enter(asked: Asked) -> Reply {
    let new: NewMerger = asked.read()?;
    let mut work = asked.begin().await?;
    let codes: BTreeSet<CommuneCode> = new.parts.iter().map(|part| part.code).collect();
    for code in &codes {
        asked.must(Action::ManageUnits, work.atlas.commune(*code))?;
    }
    if let Some(place) = work.atlas.commune(new.code) {
        asked.must(Action::ManageUnits, Some(place))?;
    }
    let stands = |code: &CommuneCode| work.atlas.communes.get(code).is_some_and(|row| row.stands());
    let divided = |code| new.parts.iter().any(|part| part.code == code && part.divided);
    let inside = |village| {
        let row = work.atlas.villages.get(&village);
        row.is_some_and(|row| divided(CommuneCode(row.commune)))
    };
    let fits = !codes.is_empty()
        && codes.len() == new.parts.len()
        && codes.iter().all(stands)
        && new.code.0 <= 99_999
        && new.effective >= asked.today
        && new.villages.iter().all(|one| inside(one.village));
    if !fits {
        return Err(objection(Objection::Unfit));
    }
    for row in merger::list(&mut *work.transaction).await?.iter().filter(|row| row.applied_at.is_none()) {
        let parts = merger::parts(&mut *work.transaction, row.id).await?;
        // A division has one entry for each new commune; a whole commune follows one alone.
        if parts.iter().any(|(part, _)| codes.contains(&part.code) && !(part.divided && divided(part.code))) {
            return Err(objection(Objection::Taken));
        }
    }
    let name = |code| work.atlas.communes.get(&code).map(|row| row.name.clone()).unwrap_or_default();
    merger::insert(&mut work.transaction, &new, name, asked.person.account, asked.now).await?;
    let told = work.done(&asked.office, new.code, Told::Done).await?;
    if apply_due(&asked.office.store, asked.now).await? > 0 {
        asked.office.writer.announce_territory();
    }
    Ok(Json(told))
}
