//! The office's clock: the one that judges time.

use std::time::{SystemTime, UNIX_EPOCH};

use dossier::moment::Moment;

/// Now, UTC. A clock set before 1970 reads as 1970: it is wrong anyway, and receipts carry what it said.
pub fn now() -> Moment {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Moment(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
}
