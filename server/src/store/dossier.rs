//! Dossiers, their keys, and the log that holds everything said in them.

use std::collections::BTreeSet;

use dossier::id::{AccountId, CommuneCode, DeviceHandle, DossierId, EstablishmentId};
use dossier::moment::Moment;
use dossier::procedure::Agency;
use sqlx::{AssertSqlSafe, Result, SqliteConnection, SqliteExecutor};
use sync::receipt::Epoch;

use super::follower;

/// One row of the log, still sealed.
#[derive(Clone, sqlx::FromRow)]
pub struct LogRow {
    /// Its number.
    pub number: i64,
    /// The dossier.
    pub dossier: Vec<u8>,
    /// The establishment.
    pub establishment: u32,
    /// The commune.
    pub commune: u32,
    /// What it is: one of the kinds below.
    pub kind: u8,
    /// The content, sealed under the dossier's key.
    pub sealed: Vec<u8>,
    /// The dossier's key, sealed under the office's.
    pub key: Vec<u8>,
}

impl LogRow {
    /// A change as it was kept before migration 4: hash and chunk.
    pub const CHANGE: u8 = 1;
    /// An act in its order.
    pub const ORDERED: u8 = 2;
    /// A number given to a dossier.
    pub const NUMBERED: u8 = 3;
    /// A receipt.
    pub const RECEIPT: u8 = 4;
    /// A change, packed.
    pub const PACKED: u8 = 5;
}

/// A dossier that begins.
pub struct NewDossier {
    /// Its id.
    pub id: DossierId,
    /// The establishment.
    pub establishment: EstablishmentId,
    /// The commune.
    pub commune: CommuneCode,
    /// Who began it.
    pub filed_by: AccountId,
    /// Its key, sealed under the office's own.
    pub key: Vec<u8>,
    /// Whether its first receipt came in time; `None` while it has none.
    pub in_time: Option<bool>,
    /// Whose procedure it is of; `None` for a stay notice.
    pub filing: Option<Agency>,
    /// Taken in at the one-stop desk.
    pub one_stop: bool,
    /// The commune whose one-stop desk that was, where it is not the competent one.
    pub received_at: Option<CommuneCode>,
}

/// A row to append.
pub struct NewRow {
    /// The dossier.
    pub dossier: DossierId,
    /// The establishment.
    pub establishment: EstablishmentId,
    /// The commune.
    pub commune: CommuneCode,
    /// What it is.
    pub kind: u8,
    /// The content, sealed.
    pub sealed: Vec<u8>,
}

/// Rows of one statement, the most first: a statement costs more than the rows in it, and few different ones stay
/// prepared.
const AT_ONCE: [usize; 4] = [64, 16, 4, 1];

/// These rows in pieces, each as large as a prepared statement takes.
fn pieces<T>(mut rows: &[T]) -> impl Iterator<Item = &[T]> {
    std::iter::from_fn(move || {
        let size = AT_ONCE.into_iter().find(|size| *size <= rows.len())?;
        let (piece, rest) = rows.split_at(size);
        rows = rest;
        Some(piece)
    })
}

/// The statement that inserts so many rows. Nothing in it comes from outside.
fn inserting(into: &str, columns: usize, rows: usize) -> AssertSqlSafe<String> {
    let row = format!("({})", vec!["?"; columns].join(", "));
    AssertSqlSafe(format!("insert into {into} values {}", vec![row.as_str(); rows].join(", ")))
}

/// The table's number of an agency.
pub(super) fn code(agency: Agency) -> u8 {
    match agency {
        Agency::Police => 0,
        Agency::Committee => 1,
        Agency::ProvincePolice => 2,
    }
}

/// The agency of a table's number.
pub(super) fn agency_of(number: u8) -> Option<Agency> {
    Agency::ALL.iter().copied().find(|agency| code(*agency) == number)
}

/// Begins dossiers, and keeps their sealed keys.
pub async fn begin(db: &mut SqliteConnection, new: &[NewDossier], now: Moment) -> Result<()> {
    for piece in pieces(new) {
        let sql = inserting(
            "dossier (id, establishment, commune, begun_at, filed_by, in_time, is_filing, agency, one_stop, received_at)",
            10,
            piece.len(),
        );
        let mut query = sqlx::query(sql);
        for one in piece {
            query = query.bind(&one.id.0[..]).bind(one.establishment.0).bind(one.commune.0).bind(now.0);
            query = query.bind(one.filed_by.0).bind(one.in_time).bind(one.filing.is_some());
            query = query.bind(code(one.filing.unwrap_or(Agency::Police))).bind(one.one_stop);
            query = query.bind(one.received_at.map(|commune| commune.0));
        }
        query.execute(&mut *db).await?;
        let mut query = sqlx::query(inserting("dossier_key (dossier, sealed)", 2, piece.len()));
        for one in piece {
            query = query.bind(&one.id.0[..]).bind(&one.key[..]);
        }
        query.execute(&mut *db).await?;
    }
    Ok(())
}

/// Who files a dossier for somebody else follows it from now on, whoever began it; who did before goes on following.
pub async fn follow(db: &mut SqliteConnection, dossier: DossierId, account: AccountId) -> Result<()> {
    let before: Option<Option<u32>> = sqlx::query_scalar("select filed_by from dossier where id = ?")
        .bind(&dossier.0[..])
        .fetch_optional(&mut *db)
        .await?;
    let Some(before) = before.filter(|before| *before != Some(account.0)) else { return Ok(()) };
    sqlx::query("update dossier set filed_by = ? where id = ?")
        .bind(account.0)
        .bind(&dossier.0[..])
        .execute(&mut *db)
        .await?;
    if let Some(before) = before {
        follower::insert(&mut *db, dossier, AccountId(before)).await?;
    }
    say_again(db, dossier).await
}

/// The one-stop desk that took it in follows it from now on, whoever began it.
pub async fn set_one_stop(db: &mut SqliteConnection, dossier: DossierId) -> Result<()> {
    let changed = sqlx::query("update dossier set one_stop = 1 where id = ? and one_stop = 0")
        .bind(&dossier.0[..])
        .execute(&mut *db)
        .await?;
    if changed.rows_affected() > 0 { say_again(db, dossier).await } else { Ok(()) }
}

/// The one-stop desk of another commune that took it in follows it from now on, whoever began it.
pub async fn set_received_at(
    db: &mut SqliteConnection,
    dossier: DossierId,
    commune: CommuneCode,
) -> Result<()> {
    sqlx::query("update dossier set received_at = ? where id = ?")
        .bind(commune.0)
        .bind(&dossier.0[..])
        .execute(&mut *db)
        .await?;
    say_again(db, dossier).await
}

/// What was said in a dossier is said again under new numbers, in the old order: the devices of who follows it from now on
/// may have read beyond it, and could not see it.
pub(super) async fn say_again(db: &mut SqliteConnection, dossier: DossierId) -> Result<()> {
    let last = top(&mut *db).await?.min(i64::MAX as u64) as i64;
    for statement in [
        "insert into log (dossier, establishment, commune, kind, sealed)
         select dossier, establishment, commune, kind, sealed from log where dossier = ?1 and number <= ?2
         order by number",
        "delete from log where dossier = ?1 and number <= ?2",
    ] {
        sqlx::query(statement).bind(&dossier.0[..]).bind(last).execute(&mut *db).await?;
    }
    Ok(())
}

/// Remembers of a dossier begun before whether its first receipt came in time.
pub async fn set_in_time(db: impl SqliteExecutor<'_>, dossier: DossierId, in_time: bool) -> Result<()> {
    sqlx::query("update dossier set in_time = ? where id = ?")
        .bind(in_time)
        .bind(&dossier.0[..])
        .execute(db)
        .await?;
    Ok(())
}

/// Appends to the log; the number of the last row. The rows of one transaction have numbers without a gap: nobody else
/// writes meanwhile.
pub async fn append(db: &mut SqliteConnection, rows: &[NewRow]) -> Result<u64> {
    let mut last = 0;
    for piece in pieces(rows) {
        let sql = inserting("log (dossier, establishment, commune, kind, sealed)", 5, piece.len());
        let mut query = sqlx::query(sql);
        for row in piece {
            query = query.bind(&row.dossier.0[..]).bind(row.establishment.0).bind(row.commune.0);
            query = query.bind(row.kind).bind(&row.sealed[..]);
        }
        last = query.execute(&mut *db).await?.last_insert_rowid().max(0) as u64;
    }
    Ok(last)
}

/// Whether it is a residence dossier, not a notice.
pub async fn is_filing(db: impl SqliteExecutor<'_>, dossier: DossierId) -> Result<bool> {
    let row: Option<bool> = sqlx::query_scalar("select is_filing from dossier where id = ?")
        .bind(&dossier.0[..])
        .fetch_optional(db)
        .await?;
    Ok(row.unwrap_or_default())
}

/// Everything said in one dossier, in order.
pub async fn story(db: impl SqliteExecutor<'_>, dossier: DossierId) -> Result<Vec<LogRow>> {
    stories(db, [dossier]).await
}

/// Everything said in these dossiers, in order.
pub async fn stories(
    db: impl SqliteExecutor<'_>,
    dossiers: impl IntoIterator<Item = DossierId>,
) -> Result<Vec<LogRow>> {
    sqlx::query_as(
        "select log.number, log.dossier, log.establishment, log.commune, log.kind, log.sealed, dossier_key.sealed as key
         from log join dossier_key on dossier_key.dossier = log.dossier
         where log.dossier in (select unhex(value) from json_each(?)) order by log.number",
    )
    .bind(hex_list(dossiers.into_iter().map(|dossier| dossier.0)))
    .fetch_all(db)
    .await
}

/// A JSON list of hexadecimal strings: one parameter for any number of keys.
pub(super) fn hex_list(keys: impl IntoIterator<Item = impl AsRef<[u8]>>) -> String {
    let keys: Vec<String> =
        keys.into_iter().map(|key| format!("\"{}\"", crate::hex::encode(key.as_ref()))).collect();
    format!("[{}]", keys.join(","))
}

/// Which of these dossiers an account files or follows.
pub async fn followed_by(
    db: impl SqliteExecutor<'_>,
    dossiers: impl IntoIterator<Item = DossierId>,
    account: AccountId,
) -> Result<BTreeSet<DossierId>> {
    let ids: Vec<Vec<u8>> = sqlx::query_scalar(
        "select id from dossier where id in (select unhex(value) from json_each(?2))
            and (filed_by = ?1 or exists (select 1 from follower where account = ?1 and follower.dossier = id))",
    )
    .bind(account.0)
    .bind(hex_list(dossiers.into_iter().map(|dossier| dossier.0)))
    .fetch_all(db)
    .await?;
    Ok(ids.into_iter().filter_map(|id| id.try_into().ok().map(DossierId)).collect())
}

/// Where a dossier stands, without what it says.
pub struct Placed {
    /// The dossier.
    pub dossier: DossierId,
    /// The house it is about.
    pub house: EstablishmentId,
    /// Who began it, if the office knows.
    pub filed_by: Option<AccountId>,
    /// Whose it is to decide on.
    pub agency: Agency,
    /// Taken in at the one-stop desk.
    pub one_stop: bool,
    /// The commune whose one-stop desk that was, where it is not the competent one.
    pub received_at: Option<CommuneCode>,
}

type PlacedRow = (Vec<u8>, u32, Option<u32>, u8, bool, Option<u32>);

/// Where these dossiers stand.
pub async fn placed(
    db: impl SqliteExecutor<'_>,
    dossiers: impl IntoIterator<Item = DossierId>,
) -> Result<Vec<Placed>> {
    let rows: Vec<PlacedRow> = sqlx::query_as(
        "select id, establishment, filed_by, agency, one_stop, received_at from dossier
         where id in (select unhex(value) from json_each(?))",
    )
    .bind(hex_list(dossiers.into_iter().map(|dossier| dossier.0)))
    .fetch_all(db)
    .await?;
    let placed = |(id, house, filed_by, agency, one_stop, received_at): PlacedRow| {
        Some(Placed {
            dossier: DossierId(id.try_into().ok()?),
            house: EstablishmentId(house),
            filed_by: filed_by.map(AccountId),
            agency: agency_of(agency)?,
            one_stop,
            received_at: received_at.map(CommuneCode),
        })
    };
    Ok(rows.into_iter().filter_map(placed).collect())
}

/// The newest number of the log.
pub async fn top(db: impl SqliteExecutor<'_>) -> Result<u64> {
    let top: Option<i64> = sqlx::query_scalar("select max(number) from log").fetch_one(db).await?;
    Ok(top.unwrap_or(0).max(0) as u64)
}

/// The last serial of a commune in an epoch.
pub async fn serial(db: impl SqliteExecutor<'_>, commune: CommuneCode, epoch: Epoch) -> Result<u32> {
    let last: Option<u32> = sqlx::query_scalar("select last from serial where commune = ? and epoch = ?")
        .bind(commune.0)
        .bind(&epoch.0[..])
        .fetch_optional(db)
        .await?;
    Ok(last.unwrap_or(0))
}

/// Remembers the last serial.
pub async fn set_serial(
    db: impl SqliteExecutor<'_>,
    commune: CommuneCode,
    epoch: Epoch,
    last: u32,
) -> Result<()> {
    sqlx::query(
        "insert into serial (commune, epoch, last) values (?, ?, ?)
         on conflict (commune, epoch) do update set last = max(last, excluded.last)",
    )
    .bind(commune.0)
    .bind(&epoch.0[..])
    .bind(last)
    .execute(db)
    .await?;
    Ok(())
}

/// Rows of one device in quarantine; what it sends beyond them says nothing new, and must not fill the disk.
const MOST_QUARANTINED: u32 = 64;

/// Keeps bytes that were not taken, up to [`MOST_QUARANTINED`] of a device.
pub async fn quarantine(
    db: impl SqliteExecutor<'_>,
    dossier: DossierId,
    device: DeviceHandle,
    now: Moment,
    why: &str,
    sealed: &[u8],
) -> Result<()> {
    sqlx::query(
        "insert into quarantine (dossier, device, at, why, sealed) select ?1, ?2, ?3, ?4, ?5
         where (select count(*) from quarantine where device = ?2 and frame is null) < ?6",
    )
    .bind(&dossier.0[..])
    .bind(&device.0[..])
    .bind(now.0)
    .bind(why)
    .bind(sealed)
    .bind(MOST_QUARANTINED)
    .execute(db)
    .await?;
    Ok(())
}

/// Communes whose dated rule receives every notice at once.
pub async fn receiving_at_once(db: impl SqliteExecutor<'_>) -> Result<Vec<u32>> {
    sqlx::query_scalar("select code from commune where receive_at_once = 1").fetch_all(db).await
}
