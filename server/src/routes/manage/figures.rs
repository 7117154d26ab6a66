//! `GET /api/v1/figures`: counts per commune; nobody is named.

use axum::Json;
use dossier::access::Action;
use dossier::manage::{CommuneFigures, Told};

use super::Reply;
use crate::asked::Asked;
use crate::store::adoption;

/// The days notices are counted over.
const DAYS: i64 = 30;

/// The figures of every commune the asker may see them of.
pub async fn list(asked: Asked) -> Reply {
    let atlas = asked.atlas().await?;
    let readers = asked.office.store.readers();
    let declaring = adoption::all(readers, asked.today).await?;
    let notices = adoption::notices(readers, asked.now.plus_minutes(-DAYS * 24 * 60)).await?;
    let mut figures = Vec::new();
    for (code, row) in &atlas.communes {
        if !row.stands() || !asked.sees(Action::ReadFigures, &row.place()) {
            continue;
        }
        let houses = atlas.houses.iter().filter(|(_, house)| house.commune == code.0);
        let with_account =
            houses.clone().filter(|(id, _)| declaring.get(id).is_some_and(|one| one.has_account)).count();
        let notices = notices.get(&code.0).copied().unwrap_or_default();
        figures.push(CommuneFigures {
            code: *code,
            name: row.name.clone(),
            houses: houses.count() as u32,
            with_account: with_account as u32,
            notices: notices.all,
            receipted: notices.receipted,
            judged: notices.judged,
            in_time: notices.in_time,
        });
    }
    Ok(Json(Told::Figures(figures)))
}
