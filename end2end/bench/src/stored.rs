//! What the office's database holds, split as SQLite itself counts it. The content is sealed; its length is not.

use std::path::Path;

use sqlx::sqlite::{SqliteConnectOptions, SqlitePoolOptions};

/// Nonce and tag of one sealed value.
const SEAL: i64 = 12 + 16;

/// Bytes by what they are for.
#[derive(Clone, Copy, Default)]
pub struct Stored {
    /// Changes and acts: the history, as it is compressed before it is sealed.
    pub history: i64,
    /// Numbers and receipts: the office's side of the proof.
    pub proof: i64,
    /// What sealing adds to every row.
    pub seals: i64,
    /// The dossiers' sealed keys.
    pub keys: i64,
    /// Pages of the tables, less all of the above: book columns, record heads, free space.
    pub columns: i64,
    /// Pages of the indexes.
    pub indexes: i64,
    /// The database as a whole.
    pub whole: i64,
}

/// Reads a database that an office has open.
pub fn read(file: &Path) -> Result<Stored, Box<dyn std::error::Error>> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let options = SqliteConnectOptions::new().filename(file).read_only(true);
        let pool = SqlitePoolOptions::new().max_connections(1).connect_with(options).await?;
        let of_kinds = |kinds: &'static str| {
            let sql =
                format!("select coalesce(sum(length(sealed)), 0), count(*) from log where kind in ({kinds})");
            sqlx::query_as::<_, (i64, i64)>(sqlx::AssertSqlSafe(sql)).fetch_one(&pool)
        };
        let (history, first) = of_kinds("1, 2, 5").await?;
        let (proof, second) = of_kinds("3, 4").await?;
        let keys: i64 = sqlx::query_scalar("select coalesce(sum(length(sealed)), 0) from dossier_key")
            .fetch_one(&pool)
            .await?;
        let pages = |kind: &'static str| {
            let sql = format!(
                "select coalesce(sum(pgsize), 0) from dbstat where name in
                 (select name from sqlite_schema where type = '{kind}')"
            );
            sqlx::query_scalar::<_, i64>(sqlx::AssertSqlSafe(sql)).fetch_one(&pool)
        };
        let (tables, indexes) = (pages("table").await?, pages("index").await?);
        let whole: i64 =
            sqlx::query_scalar("select page_count * page_size from pragma_page_count, pragma_page_size")
                .fetch_one(&pool)
                .await?;
        pool.close().await;
        let seals = (first + second) * SEAL;
        let (history, proof) = (history - first * SEAL, proof - second * SEAL);
        let columns = tables - history - proof - seals - keys;
        Ok(Stored { history, proof, seals, keys, columns, indexes, whole })
    })
}

impl Stored {
    /// What has come since.
    pub fn since(self, before: Stored) -> Stored {
        Stored {
            history: self.history - before.history,
            proof: self.proof - before.proof,
            seals: self.seals - before.seals,
            keys: self.keys - before.keys,
            columns: self.columns - before.columns,
            indexes: self.indexes - before.indexes,
            whole: self.whole - before.whole,
        }
    }
}
