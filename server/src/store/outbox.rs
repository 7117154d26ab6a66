//! What is on its way out of the office: sent once, tried again later, or given up with a reason. The tables of what goes to
//! telephones and to browsers are alike in this.

use dossier::moment::Moment;
use sqlx::{AssertSqlSafe, Result, SqliteExecutor};

/// A table of what goes out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outbox {
    /// Text messages.
    Message,
    /// Web pushes.
    Push,
}

impl Outbox {
    const fn table(self) -> &'static str {
        match self {
            Outbox::Message => "message",
            Outbox::Push => "push",
        }
    }

    /// It was taken by who carries it.
    pub async fn sent(self, db: impl SqliteExecutor<'_>, id: i64, now: Moment) -> Result<()> {
        let sql = format!("update {} set sent_at = ?, tries = tries + 1 where id = ?", self.table());
        sqlx::query(AssertSqlSafe(sql)).bind(now.0).bind(id).execute(db).await?;
        Ok(())
    }

    /// It was not, and is tried again then.
    pub async fn later(self, db: impl SqliteExecutor<'_>, id: i64, due: Moment) -> Result<()> {
        let sql = format!("update {} set due_at = ?, tries = tries + 1 where id = ?", self.table());
        sqlx::query(AssertSqlSafe(sql)).bind(due.0).bind(id).execute(db).await?;
        Ok(())
    }

    /// It is not sent any more, and why.
    pub async fn dropped(self, db: impl SqliteExecutor<'_>, id: i64, why: &str) -> Result<()> {
        let sql = format!("update {} set dropped = ? where id = ?", self.table());
        sqlx::query(AssertSqlSafe(sql)).bind(why).bind(id).execute(db).await?;
        Ok(())
    }
}
