//! Residence dossiers as statistics count them.

use dossier::filing::figure::Figure;
use dossier::id::{CommuneCode, DossierId};
use sqlx::{Result, SqliteExecutor};

/// One dossier that is counted.
pub struct Counted {
    /// The commune it lies in, in the units of today.
    pub commune: CommuneCode,
    /// The village of its house.
    pub village: u32,
    /// What is counted.
    pub figure: Figure,
}

/// Dossiers that have gone on since they were counted, with the newest number of each; at most so many.
pub async fn stale(db: impl SqliteExecutor<'_>, most: u32) -> Result<Vec<(DossierId, i64)>> {
    let rows: Vec<(Vec<u8>, i64)> = sqlx::query_as(
        "select id, (select max(number) from log where log.dossier = dossier.id) as top from dossier
         left join filing_figure on filing_figure.dossier = dossier.id
         where is_filing and top > coalesce(upto, 0) limit ?",
    )
    .bind(most)
    .fetch_all(db)
    .await?;
    let one = |(id, top): (Vec<u8>, i64)| Some((DossierId(id.try_into().ok()?), top));
    Ok(rows.into_iter().filter_map(one).collect())
}

/// Keeps what is counted of a dossier, unless somebody has counted further meanwhile.
pub async fn set(
    db: impl SqliteExecutor<'_>,
    (dossier, upto): (DossierId, i64),
    commune: CommuneCode,
    figure: Option<&Figure>,
) -> Result<()> {
    // Plain data with names for keys: it always has a JSON form.
    let figure = figure.and_then(|figure| serde_json::to_string(figure).ok());
    sqlx::query(
        "insert into filing_figure (dossier, upto, commune, figure) values (?, ?, ?, ?)
         on conflict (dossier) do update set upto = excluded.upto, commune = excluded.commune, figure = excluded.figure
         where excluded.upto > upto",
    )
    .bind(&dossier.0[..])
    .bind(upto)
    .bind(commune.0)
    .bind(figure)
    .execute(db)
    .await?;
    Ok(())
}

/// All that are counted. One whose figure an older program wrote otherwise is left out until it goes on.
pub async fn all(db: impl SqliteExecutor<'_>) -> Result<Vec<Counted>> {
    let rows: Vec<(u32, u32, String)> = sqlx::query_as(
        "select coalesce(commune.successor, filing_figure.commune), establishment.village, figure
         from filing_figure join dossier on dossier.id = filing_figure.dossier
         join establishment on establishment.id = dossier.establishment
         left join commune on commune.code = filing_figure.commune where figure is not null",
    )
    .fetch_all(db)
    .await?;
    let one = |(commune, village, figure): (u32, u32, String)| {
        Some(Counted { commune: CommuneCode(commune), village, figure: serde_json::from_str(&figure).ok()? })
    };
    Ok(rows.into_iter().filter_map(one).collect())
}
