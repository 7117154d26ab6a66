//! What of the log somebody is told: a stretch of a scope, as far as they see into it.

use std::collections::BTreeSet;

use dossier::id::DossierId;
use dossier::procedure::Agency;
use sqlx::{AssertSqlSafe, Result, SqliteExecutor};
use sync::frame::Scope;
use sync::office::reach::Weighed;

use super::dossier::{LogRow, code, hex_list};

/// Which of the dossiers of a scope somebody is told of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sight {
    /// All: at home, and what an account filed.
    All,
    /// At a desk of the commune: those of one agency.
    Of(Agency),
    /// At the commune's one-stop desk: what was taken in there, whichever commune decides it, and those of the People's
    /// Committee.
    OneStop,
    /// At the desk of the police of this province: theirs, from all its communes, whichever is asked for.
    Province(u8),
}

/// A stretch of the log: which scope, after which number, up to which.
#[derive(Clone, Copy)]
pub struct Stretch {
    /// The scope.
    pub scope: Scope,
    /// What of it is told.
    pub sight: Sight,
    /// Numbers after this one.
    pub after: u64,
    /// Up to this one.
    pub to: u64,
    /// A number is left out that another one of its dossier, after the first of these and up to the second, has taken the
    /// place of.
    pub but: Option<(u64, u64)>,
    /// At most so many, from where reading begins.
    pub most: u32,
}

/// What an account files or follows.
const FOLLOWED: &str = "log.dossier in (select id from dossier where filed_by = ?1
    union select dossier from follower where account = ?1)";

/// What lies in a commune, and what its desk received for others.
const DESK: &str = "(log.commune = ?1 or log.dossier in (select id from dossier where received_at = ?1))";

impl Stretch {
    /// What is looked at, without what is asked of it: number `?1` the place, `?2` and `?3` the bounds. Nothing in it comes
    /// from outside.
    fn place(&self) -> (String, i64) {
        let (within, at) = match (self.scope, self.sight) {
            (_, Sight::Province(province)) => ("commune.province_code = ?1", province.into()),
            (Scope::Establishment(id), _) => ("log.establishment = ?1", id.0),
            (Scope::Commune(code), Sight::OneStop) => (DESK, code.0),
            (Scope::Commune(code), _) => ("log.commune = ?1", code.0),
            (Scope::Account(id), _) => (FOLLOWED, id.0),
        };
        let besides = match self.sight {
            Sight::Province(_) => {
                " join dossier on dossier.id = log.dossier join commune on commune.code = log.commune"
            }
            Sight::All => "",
            Sight::Of(_) | Sight::OneStop => " join dossier on dossier.id = log.dossier",
        };
        let told = match self.sight {
            Sight::All => String::new(),
            Sight::Of(agency) => format!(" and dossier.agency = {}", code(agency)),
            Sight::OneStop => {
                let here = format!(
                    "(dossier.agency = {} or dossier.one_stop = 1
                         and coalesce(dossier.received_at, log.commune) = log.commune)",
                    code(Agency::Committee)
                );
                match self.scope {
                    Scope::Commune(_) => {
                        format!(" and (dossier.received_at = ?1 or log.commune = ?1 and {here})")
                    }
                    Scope::Establishment(_) | Scope::Account(_) => format!(" and {here}"),
                }
            }
            Sight::Province(_) => format!(" and dossier.agency = {}", code(Agency::ProvincePolice)),
        };
        let but = match self.but {
            Some((after, to)) => format!(
                " and not (log.kind = {kind} and exists (select 1 from log later
                    where later.dossier = log.dossier and later.kind = {kind}
                    and later.number > {after} and later.number <= {to}))",
                kind = LogRow::NUMBERED
            ),
            None => String::new(),
        };
        let sql = format!("{besides} where {within} and log.number > ?2 and log.number <= ?3{told}{but}");
        (sql, i64::from(at))
    }
}

/// The rows of a stretch, oldest first; of these dossiers only, if any are named.
pub async fn rows(
    db: impl SqliteExecutor<'_>,
    stretch: Stretch,
    of: Option<&BTreeSet<DossierId>>,
) -> Result<Vec<LogRow>> {
    let (place, at) = stretch.place();
    let named = of.map(|of| hex_list(of.iter().map(|dossier| dossier.0)));
    let (by, only) = match named {
        Some(_) => {
            (" indexed by log_dossier", " and log.dossier in (select unhex(value) from json_each(?5))")
        }
        None => ("", ""),
    };
    let sql = format!(
        "select log.number, log.dossier, log.establishment, log.commune, log.kind, log.sealed, dossier_key.sealed as key
         from log{by} join dossier_key on dossier_key.dossier = log.dossier{place}{only} order by log.number limit ?4"
    );
    let query = sqlx::query_as(AssertSqlSafe(sql))
        .bind(at)
        .bind(stretch.after.min(i64::MAX as u64) as i64)
        .bind(stretch.to.min(i64::MAX as u64) as i64)
        .bind(stretch.most);
    match named {
        Some(named) => query.bind(named).fetch_all(db).await,
        None => query.fetch_all(db).await,
    }
}

/// What the rows of a stretch weigh as they lie here, newest first.
pub async fn weights(db: impl SqliteExecutor<'_>, stretch: Stretch) -> Result<Vec<Weighed>> {
    let (place, at) = stretch.place();
    let sql = format!(
        "select log.number, log.dossier, length(log.sealed) from log{place} order by log.number desc limit ?4"
    );
    let rows: Vec<(i64, Vec<u8>, i64)> = sqlx::query_as(AssertSqlSafe(sql))
        .bind(at)
        .bind(stretch.after.min(i64::MAX as u64) as i64)
        .bind(stretch.to.min(i64::MAX as u64) as i64)
        .bind(stretch.most)
        .fetch_all(db)
        .await?;
    let weighed = rows.into_iter().filter_map(|(number, dossier, weight)| {
        let dossier = DossierId(dossier.try_into().ok()?);
        Some(Weighed { number: number.max(0) as u64, dossier, weight: weight.max(0) as usize })
    });
    Ok(weighed.collect())
}
