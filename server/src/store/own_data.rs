//! Requests to see what is held about oneself, and which dossiers speak of who asks.

use dossier::id::{AccountId, DossierId};
use dossier::moment::Moment;
use sqlx::{Result, SqliteExecutor};

/// One as it lies in the table.
#[derive(Clone, sqlx::FromRow)]
pub struct OwnDataRow {
    /// The number of the letter that asks.
    pub complaint: u32,
    /// The personal number asked about, sealed.
    pub number: Vec<u8>,
    identified_at: Option<i64>,
    until_at: Option<i64>,
    searched: Option<Vec<u8>>,
    /// How many dossiers could not be read.
    pub unread: u32,
    finished_at: Option<i64>,
}

impl OwnDataRow {
    /// Until when it is open; `None` while nobody has seen who asks.
    pub fn until(&self) -> Option<Moment> {
        self.until_at.map(Moment)
    }

    /// Whether the search has come to its end.
    pub fn is_finished(&self) -> bool {
        self.finished_at.is_some()
    }

    /// Since when it may be searched for: what was there by then is found.
    pub fn since(&self) -> Option<Moment> {
        self.identified_at.map(Moment)
    }

    /// The last dossier looked into.
    pub fn searched(&self) -> &[u8] {
        self.searched.as_deref().unwrap_or_default()
    }
}

/// Begins one; the same form sent again changes nothing.
pub async fn put(db: impl SqliteExecutor<'_>, complaint: u32, number: &[u8]) -> Result<()> {
    sqlx::query("insert into own_data (complaint, number) values (?, ?) on conflict (complaint) do nothing")
        .bind(complaint)
        .bind(number)
        .execute(db)
        .await?;
    Ok(())
}

/// The one of a letter.
pub async fn find(db: impl SqliteExecutor<'_>, complaint: u32) -> Result<Option<OwnDataRow>> {
    sqlx::query_as("select * from own_data where complaint = ?").bind(complaint).fetch_optional(db).await
}

/// Opens it: this officer has seen who asks. `false` when it was open already.
pub async fn identify(
    db: impl SqliteExecutor<'_>,
    complaint: u32,
    by: AccountId,
    (at, until): (Moment, Moment),
) -> Result<bool> {
    let done = sqlx::query(
        "update own_data set identified_by = ?, identified_at = ?, until_at = ?
         where complaint = ? and identified_at is null",
    )
    .bind(by.0)
    .bind(at.0)
    .bind(until.0)
    .bind(complaint)
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Forgets which dossiers spoke of those whose time to read is over.
pub async fn forget(db: impl SqliteExecutor<'_>, now: Moment) -> Result<()> {
    let sql = "delete from own_datum where complaint in (select complaint from own_data where until_at < ?)";
    sqlx::query(sql).bind(now.0).execute(db).await?;
    Ok(())
}

/// The next dossiers to look into, in the order of their ids.
pub async fn next(db: impl SqliteExecutor<'_>, after: &[u8], most: u32) -> Result<Vec<DossierId>> {
    let ids: Vec<Vec<u8>> = sqlx::query_scalar("select id from dossier where id > ? order by id limit ?")
        .bind(after)
        .bind(most)
        .fetch_all(db)
        .await?;
    Ok(ids.into_iter().filter_map(|id| id.try_into().ok()).map(DossierId).collect())
}

/// The search has come from one dossier to another, so many of those between unreadable; to the end, if it says so. `false`
/// when another visit has gone on from there meanwhile.
pub async fn go_on(
    db: impl SqliteExecutor<'_>,
    complaint: u32,
    (from, to): (&[u8], &[u8]),
    unread: u32,
    finished: Option<Moment>,
) -> Result<bool> {
    let done = sqlx::query(
        "update own_data set searched = ?, unread = unread + ?, finished_at = ?
         where complaint = ? and coalesce(searched, x'') = ? and finished_at is null",
    )
    .bind(to)
    .bind(unread)
    .bind(finished.map(|at| at.0))
    .bind(complaint)
    .bind(from)
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// This dossier speaks of who asks.
pub async fn add(db: impl SqliteExecutor<'_>, complaint: u32, dossier: DossierId) -> Result<()> {
    sqlx::query("insert into own_datum (complaint, dossier) values (?, ?) on conflict do nothing")
        .bind(complaint)
        .bind(&dossier.0[..])
        .execute(db)
        .await?;
    Ok(())
}

/// The dossiers that speak of who asks, the newest first.
pub async fn found(db: impl SqliteExecutor<'_>, complaint: u32) -> Result<Vec<DossierId>> {
    let ids: Vec<Vec<u8>> = sqlx::query_scalar(
        "select own_datum.dossier from own_datum join dossier on dossier.id = own_datum.dossier
         where complaint = ? order by dossier.begun_at desc",
    )
    .bind(complaint)
    .fetch_all(db)
    .await?;
    Ok(ids.into_iter().filter_map(|id| id.try_into().ok()).map(DossierId).collect())
}

/// How many dossiers the search has looked into, and how many there are.
pub async fn progress(db: impl SqliteExecutor<'_>, complaint: u32) -> Result<(u64, u64)> {
    let (looked, all): (i64, i64) = sqlx::query_as(
        "select (select count(*) from dossier where id <= coalesce(own_data.searched, x'')),
                (select count(*) from dossier)
         from own_data where complaint = ?",
    )
    .bind(complaint)
    .fetch_one(db)
    .await?;
    Ok((looked.max(0) as u64, all.max(0) as u64))
}
