//! Phản ánh, kiến nghị: sealed, by the mark of the code they are followed by.

use dossier::id::{AccountId, CommuneCode};
use dossier::moment::{Day, Moment};
use sqlx::{Result, SqliteExecutor};

/// One as it lies in the table.
#[derive(Clone, sqlx::FromRow)]
pub struct ComplaintRow {
    /// The office's number.
    pub id: u32,
    /// The commune it was sent to.
    pub commune: u32,
    at: i64,
    due: i32,
    /// What was written, sealed.
    pub said: Vec<u8>,
    answered_at: Option<i64>,
    /// Who answered.
    pub answered_by: Option<u32>,
    /// The answer, sealed.
    pub answer: Option<Vec<u8>>,
}

impl ComplaintRow {
    /// When it came.
    pub fn at(&self) -> Moment {
        Moment(self.at)
    }

    /// The last day for an answer.
    pub fn due(&self) -> Day {
        Day(self.due)
    }

    /// When it was answered.
    pub fn answered(&self) -> Option<Moment> {
        self.answered_at.map(Moment)
    }
}

/// Keeps one; the same form sent again changes nothing.
pub async fn put(
    db: impl SqliteExecutor<'_>,
    mark: [u8; 16],
    commune: CommuneCode,
    (at, due): (Moment, Day),
    said: &[u8],
) -> Result<()> {
    sqlx::query(
        "insert into complaint (mark, commune, at, due, said) values (?, ?, ?, ?, ?) on conflict (mark) do nothing",
    )
    .bind(&mark[..])
    .bind(commune.0)
    .bind(at.0)
    .bind(due.0)
    .bind(said)
    .execute(db)
    .await?;
    Ok(())
}

/// The one of a mark.
pub async fn by_mark(db: impl SqliteExecutor<'_>, mark: [u8; 16]) -> Result<Option<ComplaintRow>> {
    sqlx::query_as("select * from complaint where mark = ?").bind(&mark[..]).fetch_optional(db).await
}

/// The one of a number.
pub async fn find(db: impl SqliteExecutor<'_>, id: u32) -> Result<Option<ComplaintRow>> {
    sqlx::query_as("select * from complaint where id = ?").bind(id).fetch_optional(db).await
}

/// What was written to these communes and to those that became part of them: what waits, by what is due first, then what
/// was answered since, the newest first.
pub async fn of(
    db: impl SqliteExecutor<'_>,
    communes: impl IntoIterator<Item = CommuneCode>,
    since: Moment,
) -> Result<Vec<ComplaintRow>> {
    let codes: Vec<String> = communes.into_iter().map(|code| code.0.to_string()).collect();
    sqlx::query_as(
        "select complaint.* from complaint join commune on commune.code = complaint.commune
         where coalesce(commune.successor, complaint.commune) in (select value from json_each(?))
            and (answered_at is null or answered_at >= ?)
         order by answered_at is not null, answered_at desc, due, complaint.id",
    )
    .bind(format!("[{}]", codes.join(",")))
    .bind(since.0)
    .fetch_all(db)
    .await
}

/// Answers one; `false` when it is answered already.
pub async fn answer(
    db: impl SqliteExecutor<'_>,
    id: u32,
    sealed: &[u8],
    by: AccountId,
    at: Moment,
) -> Result<bool> {
    let done = sqlx::query(
        "update complaint set answer = ?, answered_by = ?, answered_at = ? where id = ? and answered_at is null",
    )
    .bind(sealed)
    .bind(by.0)
    .bind(at.0)
    .bind(id)
    .execute(db)
    .await?;
    Ok(done.rows_affected() == 1)
}
