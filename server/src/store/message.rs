//! Text messages that are to be sent, and who wants them.

use dossier::id::DossierId;
use dossier::moment::Moment;
use sqlx::{Result, SqliteExecutor};

/// One that is due.
#[derive(Clone, sqlx::FromRow)]
pub struct MessageRow {
    /// Its number.
    pub id: i64,
    dossier: Vec<u8>,
    /// What it tells of.
    pub kind: String,
    /// Of which act, or of which day.
    pub about: i64,
    /// How often it was tried.
    pub tries: u32,
}

impl MessageRow {
    /// The dossier.
    pub fn dossier(&self) -> Option<DossierId> {
        self.dossier.as_slice().try_into().ok().map(DossierId)
    }
}

/// Whether somebody wants to be told.
pub async fn wished(db: impl SqliteExecutor<'_>, dossier: DossierId) -> Result<bool> {
    let sql = "select exists (select 1 from message_wish where dossier = ?)";
    sqlx::query_scalar(sql).bind(&dossier.0[..]).fetch_one(db).await
}

/// They want to be told from now on; `false` when they did before.
pub async fn wish(db: impl SqliteExecutor<'_>, dossier: DossierId, now: Moment) -> Result<bool> {
    let sql = "insert into message_wish (dossier, since) values (?, ?) on conflict do nothing";
    let done = sqlx::query(sql).bind(&dossier.0[..]).bind(now.0).execute(db).await?;
    Ok(done.rows_affected() == 1)
}

/// They want it no longer.
pub async fn unwish(db: impl SqliteExecutor<'_>, dossier: DossierId) -> Result<()> {
    sqlx::query("delete from message_wish where dossier = ?").bind(&dossier.0[..]).execute(db).await?;
    Ok(())
}

/// Remembers to tell of this, once.
pub async fn put(
    db: impl SqliteExecutor<'_>,
    dossier: DossierId,
    kind: &str,
    about: i64,
    due: Moment,
) -> Result<()> {
    sqlx::query(
        "insert into message (dossier, kind, about, due_at) values (?, ?, ?, ?) on conflict do nothing",
    )
    .bind(&dossier.0[..])
    .bind(kind)
    .bind(about)
    .bind(due.0)
    .execute(db)
    .await?;
    Ok(())
}

/// What is due, oldest first.
pub async fn due(db: impl SqliteExecutor<'_>, now: Moment, most: u32) -> Result<Vec<MessageRow>> {
    sqlx::query_as(
        "select id, dossier, kind, about, tries from message
         where due_at <= ? and sent_at is null and dropped is null order by due_at, id limit ?",
    )
    .bind(now.0)
    .bind(most)
    .fetch_all(db)
    .await
}
