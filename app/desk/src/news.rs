//! What has just come into the book, and when it is said aloud. Pure: the page derives both from the rows.

use std::collections::{BTreeMap, BTreeSet};

use dossier::id::DossierId;
use dossier::intent::BookQuery;
use dossier::moment::Moment;
use dossier::view::BookPage;

use super::words;

/// Rows and the question they answer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shown {
    /// The question.
    pub query: BookQuery,
    /// The rows.
    pub page: BookPage,
}

/// Notices this page has shown, and those that were not there a moment ago.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Seen {
    query: BookQuery,
    known: BTreeSet<DossierId>,
    turn: u64,
    /// New under the same question: the notice and its establishment.
    pub fresh: BTreeMap<DossierId, String>,
}

impl Seen {
    /// What is new when these rows are shown. Another question brings other rows, not news.
    #[must_use]
    pub fn next(old: Option<&Seen>, shown: &Shown) -> Seen {
        let mut seen = old.cloned().unwrap_or_default();
        let same = old.is_some() && seen.query == shown.query && shown.query.offset == 0;
        let rows = shown.page.rows.iter();
        seen.fresh = rows
            .filter(|row| same && !seen.known.contains(&row.dossier))
            .map(|row| (row.dossier, row.establishment.clone()))
            .collect();
        seen.turn += u64::from(!seen.fresh.is_empty());
        seen.known.extend(shown.page.rows.iter().map(|row| row.dossier));
        seen.query = shown.query.clone();
        seen
    }
}

/// Seconds between two sentences of the live region.
const PAUSE: i64 = 5;

/// The sentence of the live region.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Spoken {
    turn: u64,
    at: Option<Moment>,
    waiting: Vec<String>,
    /// What is said now.
    pub words: String,
}

impl Spoken {
    /// What is said after `seen`, at `now`: at once, but never twice within five seconds; what came between is
    /// said together.
    #[must_use]
    pub fn next(old: Option<&Spoken>, seen: &Seen, now: Moment) -> Spoken {
        let mut spoken = old.cloned().unwrap_or_default();
        if seen.turn != spoken.turn {
            spoken.turn = seen.turn;
            spoken.waiting.extend(seen.fresh.values().cloned());
        }
        let rested = spoken.at.is_none_or(|at| now.0.saturating_sub(at.0) >= PAUSE * 1000);
        if rested && !spoken.waiting.is_empty() {
            spoken.words = words::news(&spoken.waiting);
            spoken.waiting.clear();
            spoken.at = Some(now);
        }
        spoken
    }
}
