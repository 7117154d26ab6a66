//! Which agency of which commune was asked about which dossier: a projection of the acts.

use dossier::id::{CommuneCode, DossierId};
use dossier::moment::Moment;
use dossier::procedure::Agency;
use sqlx::{Result, SqliteConnection, SqliteExecutor};

use super::dossier::{agency_of, code};

/// One asking.
#[derive(Clone, sqlx::FromRow)]
pub struct SlipRow {
    dossier: Vec<u8>,
    asked_at: i64,
    commune: u32,
    agency: u8,
    settled_at: Option<i64>,
}

impl SlipRow {
    /// The dossier.
    pub fn dossier(&self) -> Option<DossierId> {
        self.dossier.as_slice().try_into().ok().map(DossierId)
    }

    /// When it was asked.
    pub fn asked(&self) -> Moment {
        Moment(self.asked_at)
    }

    /// The commune as the question names it.
    pub fn commune(&self) -> CommuneCode {
        CommuneCode(self.commune)
    }

    /// Which agency of it; `None` for one this program does not know.
    pub fn agency(&self) -> Option<Agency> {
        agency_of(self.agency)
    }

    /// Whether it still waits.
    pub fn waits(&self) -> bool {
        self.settled_at.is_none()
    }
}

/// Writes down what a dossier asks by now: this question, or none; an earlier one is settled.
pub async fn stand(
    db: &mut SqliteConnection,
    dossier: DossierId,
    open: Option<(CommuneCode, Agency, Moment)>,
    now: Moment,
) -> Result<()> {
    sqlx::query(
        "update verification set settled_at = ?1 where dossier = ?2 and settled_at is null and asked_at is not ?3",
    )
    .bind(now.0)
    .bind(&dossier.0[..])
    .bind(open.map(|(.., asked)| asked.0))
    .execute(&mut *db)
    .await?;
    if let Some((commune, agency, asked)) = open {
        sqlx::query(
            "insert into verification (dossier, asked_at, commune, agency) values (?, ?, ?, ?) on conflict do nothing",
        )
        .bind(&dossier.0[..])
        .bind(asked.0)
        .bind(commune.0)
        .bind(code(agency))
        .execute(db)
        .await?;
    }
    Ok(())
}

/// What is asked of these communes and of those that became part of them: all that waits, and what was settled since.
pub async fn of(
    db: impl SqliteExecutor<'_>,
    communes: impl IntoIterator<Item = CommuneCode>,
    since: Moment,
) -> Result<Vec<SlipRow>> {
    let codes: Vec<String> = communes.into_iter().map(|code| code.0.to_string()).collect();
    sqlx::query_as(
        "select verification.* from verification left join commune on commune.code = verification.commune
         where coalesce(commune.successor, verification.commune) in (select value from json_each(?))
            and (settled_at is null or settled_at >= ?) order by settled_at is not null, asked_at",
    )
    .bind(format!("[{}]", codes.join(",")))
    .bind(since.0)
    .fetch_all(db)
    .await
}

/// One asking.
pub async fn find(db: impl SqliteExecutor<'_>, dossier: DossierId, asked: Moment) -> Result<Option<SlipRow>> {
    sqlx::query_as("select * from verification where dossier = ? and asked_at = ?")
        .bind(&dossier.0[..])
        .bind(asked.0)
        .fetch_optional(db)
        .await
}
