//! What of the log somebody is told: a stretch of a scope, as far as they see into it.

use dossier::procedure::Agency;
use sqlx::{AssertSqlSafe, Result, SqliteExecutor};
use sync::frame::Scope;

use super::dossier::{LogRow, code};

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
    /// At most so many, the oldest.
    pub most: u32,
}

/// What an account files or follows.
const FOLLOWED: &str = "log.dossier in (select id from dossier where filed_by = ?1
    union select dossier from follower where account = ?1)";

/// What lies in a commune, and what its desk received for others.
const DESK: &str = "(log.commune = ?1 or log.dossier in (select id from dossier where received_at = ?1))";

/// The rows of a stretch, oldest first.
pub async fn rows(db: impl SqliteExecutor<'_>, stretch: Stretch) -> Result<Vec<LogRow>> {
    let (within, at) = match (stretch.scope, stretch.sight) {
        (_, Sight::Province(province)) => ("commune.province_code = ?1", province.into()),
        (Scope::Establishment(id), _) => ("log.establishment = ?1", id.0),
        (Scope::Commune(code), Sight::OneStop) => (DESK, code.0),
        (Scope::Commune(code), _) => ("log.commune = ?1", code.0),
        (Scope::Account(id), _) => (FOLLOWED, id.0),
    };
    let besides = match stretch.sight {
        Sight::Province(_) => {
            " join dossier on dossier.id = log.dossier join commune on commune.code = log.commune"
        }
        Sight::All => "",
        Sight::Of(_) | Sight::OneStop => " join dossier on dossier.id = log.dossier",
    };
    let told = match stretch.sight {
        Sight::All => String::new(),
        Sight::Of(agency) => format!(" and dossier.agency = {}", code(agency)),
        Sight::OneStop => {
            let here = format!(
                "(dossier.agency = {} or dossier.one_stop = 1
                    and coalesce(dossier.received_at, log.commune) = log.commune)",
                code(Agency::Committee)
            );
            match stretch.scope {
                Scope::Commune(_) => {
                    format!(" and (dossier.received_at = ?1 or log.commune = ?1 and {here})")
                }
                Scope::Establishment(_) | Scope::Account(_) => format!(" and {here}"),
            }
        }
        Sight::Province(_) => format!(" and dossier.agency = {}", code(Agency::ProvincePolice)),
    };
    // Nothing in it comes from outside.
    let sql = format!(
        "select log.number, log.dossier, log.establishment, log.commune, log.kind, log.sealed, dossier_key.sealed as key
         from log join dossier_key on dossier_key.dossier = log.dossier{besides}
         where {within} and log.number > ?2 and log.number <= ?3{told} order by log.number limit ?4"
    );
    sqlx::query_as(AssertSqlSafe(sql))
        .bind(at)
        .bind(stretch.after.min(i64::MAX as u64) as i64)
        .bind(stretch.to.min(i64::MAX as u64) as i64)
        .bind(stretch.most)
        .fetch_all(db)
        .await
}
