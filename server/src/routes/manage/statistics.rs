//! Residence dossiers in figures.

use std::collections::BTreeMap;

use axum::Json;
use dossier::access::{Action, Area};
use dossier::id::VillageId;
use dossier::manage::{DossierFigures, Tally, Told};
use dossier::moment::Day;

use super::Reply;
use crate::asked::Asked;
use crate::statistics;
use crate::store::filing_figure;

/// `GET /api/v1/statistics`: of the communes the asker may follow, each agency of its own procedures. Who follows many
/// communes is told of no village: the fewer dossiers a count has, the more it says of who handed them in.
pub async fn list(asked: Asked) -> Reply {
    let unread = statistics::count(&asked.office).await?;
    let atlas = asked.atlas().await?;
    let published = asked.office.procedures.now();
    let procedures = published.procedures();
    let mut cells: BTreeMap<_, Tally> = BTreeMap::new();
    for one in filing_figure::all(asked.office.store.readers()).await? {
        let Some(place) = atlas.commune(one.commune) else { continue };
        if !asked.sees(Action::ReadDossierFigures, &place) {
            continue;
        }
        let figure = &one.figure;
        let of = procedures.iter().find(|procedure| procedure.id == figure.procedure);
        let agency = of.map(|procedure| procedure.agency);
        let Some(right) = asked.person.counting(agency, &place, asked.today) else { continue };
        let village = matches!(right.area, Area::Commune(_)).then_some(VillageId(one.village));
        let mut add = |day: Day, tally: Tally| {
            let (year, month, _) = day.date();
            let month = Day::from_date(year, month, 1).unwrap_or(day);
            let cell = (one.commune, village, figure.procedure.clone(), figure.channel, month);
            *cells.entry(cell).or_default() += tally;
        };
        add(figure.filed, Tally::coming(figure, asked.today));
        if let Some(end) = figure.end {
            add(end.on, Tally::ending(figure, end));
        }
    }
    let told = cells.into_iter().map(|((commune, village, procedure, channel, month), tally)| {
        let village =
            village.map(|id| atlas.villages.get(&id).map(|row| row.name.clone()).unwrap_or_default());
        let title = procedures.iter().rev().find(|one| one.id == procedure).map(|one| one.title.clone());
        DossierFigures {
            commune,
            commune_name: atlas.communes.get(&commune).map(|row| row.name.clone()).unwrap_or_default(),
            village,
            title: title.unwrap_or_else(|| procedure.to_string()),
            procedure,
            channel,
            month,
            tally,
        }
    });
    Ok(Json(Told::Statistics(told.collect(), unread)))
}
