//! What the office keeps: SQLite, one writer and many readers. The files of this room are the only ones with SQL,
//! one noun a file, one statement a function.

pub mod account;
pub mod adoption;
pub mod attempt;
pub mod code;
pub mod commune;
pub mod complaint;
pub mod consent;
pub mod device;
pub mod dossier;
pub mod establishment;
pub mod filing_figure;
pub mod follower;
pub mod grant;
pub mod invitation;
pub mod merger;
pub mod message;
pub mod office;
pub mod outbox;
pub mod own_data;
pub mod paper;
pub mod payment;
pub mod push;
pub mod request;
pub mod revoked;
pub mod stretch;
pub mod token;
pub mod tracking;
pub mod verification;
pub mod village;

use std::path::Path;
use std::time::Duration;

use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{Sqlite, SqlitePool, Transaction};

/// Versions before this one can corrupt a write-ahead log that two connections reset.
const OLDEST_SAFE: (u32, u32, u32) = (3, 51, 3);

const READERS: u32 = 4;

/// How long somebody stands in line for a connection.
const PATIENCE: Duration = Duration::from_secs(10);

/// Why the database cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The library that was linked is too old.
    #[error("SQLite {0} is older than 3.51.3 and may corrupt a write-ahead log")]
    OldLibrary(String),
    /// A setting did not take.
    #[error("setting {name} is {found}, not {wanted}")]
    Setting {
        /// The pragma.
        name: &'static str,
        /// What must be.
        wanted: &'static str,
        /// What is.
        found: String,
    },
    /// The file is damaged.
    #[error("quick_check found damage: {0}")]
    Damaged(String),
    /// A migration failed, or the file was written by a newer program.
    #[error("migration: {0}")]
    Migration(#[from] sqlx::migrate::MigrateError),
    /// Anything else.
    #[error("database: {0}")]
    Database(#[from] sqlx::Error),
}

/// The database: one connection that writes, a few that only read.
#[derive(Clone)]
pub struct Store {
    writer: SqlitePool,
    readers: SqlitePool,
}

impl Store {
    /// Opens the file, making it if need be (a connection to a file does not go stale and is not tried before each use);
    /// asserts every setting, checks the file and brings the tables up to date.
    pub async fn open(file: &Path) -> Result<Store, StoreError> {
        let options = SqliteConnectOptions::new()
            .filename(file)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            .busy_timeout(Duration::from_secs(5))
            .pragma("secure_delete", "on")
            .pragma("mmap_size", "0");
        let writer = SqlitePoolOptions::new()
            .max_connections(1)
            .min_connections(1)
            .acquire_timeout(PATIENCE)
            .test_before_acquire(false)
            .connect_with(writing(options.clone().create_if_missing(true)))
            .await?;
        assert_library(&writer).await?;
        assert_settings(&writer).await?;
        check(&writer).await?;
        sqlx::migrate!("./migrations").run(&writer).await?;
        let readers = SqlitePoolOptions::new()
            .max_connections(READERS)
            .acquire_timeout(PATIENCE)
            .test_before_acquire(false)
            .connect_with(options.read_only(true).pragma("query_only", "on"))
            .await?;
        assert_setting(&readers, "query_only", "select cast(query_only as text) from pragma_query_only", "1")
            .await?;
        Ok(Store { writer, readers })
    }

    /// The connections that only read.
    pub fn readers(&self) -> &SqlitePool {
        &self.readers
    }

    /// A transaction on the one writing connection. It takes the write lock at once (`begin immediate`): a deferred
    /// one may fail half way, when it turns from reading to writing.
    pub async fn begin(&self) -> Result<Transaction<'static, Sqlite>, sqlx::Error> {
        self.writer.begin_with("begin immediate").await
    }

    /// Whether a transaction can be begun and committed now.
    pub async fn writable(&self) -> Result<(), sqlx::Error> {
        let mut transaction = self.begin().await?;
        office::touch(&mut *transaction).await?;
        transaction.commit().await
    }

    /// Moves the write-ahead log into the file and closes all connections.
    pub async fn close(&self) -> Result<(), sqlx::Error> {
        self.readers.close().await;
        let moved = sqlx::query("pragma wal_checkpoint(truncate)").execute(&self.writer).await;
        self.writer.close().await;
        moved.map(|_| ())
    }
}

/// The writer keeps 8 MB of pages at hand, because dossiers have random ids and touch their indexes everywhere, and
/// moves its log into the file every 16 MB, so that a page changed often is moved once.
fn writing(options: SqliteConnectOptions) -> SqliteConnectOptions {
    options.pragma("cache_size", "-8000").pragma("wal_autocheckpoint", "4000")
}

async fn assert_library(pool: &SqlitePool) -> Result<(), StoreError> {
    let version: String = sqlx::query_scalar("select sqlite_version()").fetch_one(pool).await?;
    if safe(&version) { Ok(()) } else { Err(StoreError::OldLibrary(version)) }
}

fn safe(version: &str) -> bool {
    let mut parts = version.split('.').map(|part| part.parse().unwrap_or(0));
    let mut part = || parts.next().unwrap_or(0);
    (part(), part(), part()) >= OLDEST_SAFE
}

async fn assert_settings(pool: &SqlitePool) -> Result<(), StoreError> {
    assert_setting(pool, "journal_mode", "select cast(journal_mode as text) from pragma_journal_mode", "wal")
        .await?;
    assert_setting(pool, "synchronous", "select cast(synchronous as text) from pragma_synchronous", "2")
        .await?;
    assert_setting(pool, "foreign_keys", "select cast(foreign_keys as text) from pragma_foreign_keys", "1")
        .await?;
    assert_setting(
        pool,
        "secure_delete",
        "select cast(secure_delete as text) from pragma_secure_delete",
        "1",
    )
    .await?;
    assert_setting(pool, "busy_timeout", "select cast(timeout as text) from pragma_busy_timeout", "5000")
        .await
}

async fn assert_setting(
    pool: &SqlitePool,
    name: &'static str,
    sql: &'static str,
    wanted: &'static str,
) -> Result<(), StoreError> {
    let found: String = sqlx::query_scalar(sql).fetch_one(pool).await?;
    if found == wanted { Ok(()) } else { Err(StoreError::Setting { name, wanted, found }) }
}

async fn check(pool: &SqlitePool) -> Result<(), StoreError> {
    let found: String = sqlx::query_scalar("pragma quick_check(1)").fetch_one(pool).await?;
    if found == "ok" { Ok(()) } else { Err(StoreError::Damaged(found)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_with_the_log_reset_fault_are_refused() {
        for (version, verdict) in [
            ("3.40.1", false),
            ("3.51.2", false),
            ("3.51.3", true),
            ("3.52.0", true),
            ("4.0", true),
            ("", false),
        ] {
            assert_eq!(safe(version), verdict, "{version}");
        }
    }

    #[tokio::test]
    async fn a_reader_cannot_write() {
        let dir = tempfile::tempdir().expect("a directory");
        let store = Store::open(&dir.path().join("office.db")).await.expect("a new database");
        assert!(store.writable().await.is_ok());
        let refused = sqlx::query("delete from office").execute(store.readers()).await;
        assert!(refused.is_err());
    }
}
