//! Which establishments declare: accounts and last notices, without looking into any.

use dossier::id::EstablishmentId;
use dossier::moment::{Day, Moment};
use sqlx::{Result, SqliteExecutor};
use std::collections::BTreeMap;

/// One establishment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Declaring {
    /// An account in use declares for it.
    pub has_account: bool,
    /// When its last notice began.
    pub last_notice: Option<Moment>,
}

/// All of them.
pub async fn all(db: impl SqliteExecutor<'_>, today: Day) -> Result<BTreeMap<EstablishmentId, Declaring>> {
    let rows: Vec<(u32, bool, Option<i64>)> = sqlx::query_as(
        "select establishment.id,
            exists (select 1 from role_grant join account on account.id = role_grant.account
                where area_kind = 'establishment' and area = establishment.id and from_day <= ?1
                    and coalesce(until_day, ?1) >= ?1 and account.status = 'active'
                    and coalesce(account.expires_on, ?1) >= ?1),
            (select max(begun_at) from dossier where dossier.establishment = establishment.id and not is_filing)
         from establishment",
    )
    .bind(today.0)
    .fetch_all(db)
    .await?;
    let declaring = |(id, has_account, last): (u32, bool, Option<i64>)| {
        (EstablishmentId(id), Declaring { has_account, last_notice: last.map(Moment) })
    };
    Ok(rows.into_iter().map(declaring).collect())
}

/// The notices of one commune.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Notices {
    /// All of them.
    pub all: u32,
    /// Of these, with a receipt.
    pub receipted: u32,
    /// Of these, with a first receipt whose time was judged.
    pub judged: u32,
    /// Of these, in time.
    pub in_time: u32,
}

/// Notices that began since, by commune.
pub async fn notices(db: impl SqliteExecutor<'_>, since: Moment) -> Result<BTreeMap<u32, Notices>> {
    let rows: Vec<(u32, u32, u32, u32, u32)> = sqlx::query_as(
        "select establishment.commune, count(*), coalesce(sum(exists (
            select 1 from log where log.dossier = dossier.id and log.kind = 4)), 0),
            count(in_time), coalesce(sum(in_time), 0)
         from dossier join establishment on establishment.id = dossier.establishment
         where dossier.begun_at >= ? and not is_filing group by establishment.commune",
    )
    .bind(since.0)
    .fetch_all(db)
    .await?;
    let one =
        |(commune, all, receipted, judged, in_time)| (commune, Notices { all, receipted, judged, in_time });
    Ok(rows.into_iter().map(one).collect())
}
