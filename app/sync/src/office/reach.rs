//! How far back one answer reaches: the newest dossiers, each whole, as many as there is room for. Choosing needs no more
//! of a row than its number, its dossier and its weight, so an office opens only what it is about to tell: who comes to
//! ten thousand dossiers has the newest at once.

use std::collections::{BTreeMap, BTreeSet};

use dossier::id::DossierId;

use crate::frame::{Form, Have, MOST_BYTES};

/// What an answer may weigh: the cap less what verdicts, facts and head need.
pub(super) const BUDGET: usize = MOST_BYTES - 48 * 1024;
/// What an answer in compact form is tried with: notices need a tenth of their weight there. One that does not fit a
/// frame after all is made again with half of it.
pub(super) const COMPACT_BUDGET: usize = 6 * BUDGET;
/// When more than [`BUDGET`] is missing, only so much of it comes at first: about sixty notices. Who has been away long
/// sees the newest after one round trip, however slow the line, and the rest after a second one.
pub(super) const SCREENFUL: usize = 24 * 1024;

/// A row that is missing, as far as choosing needs it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Weighed {
    /// Its number.
    pub number: u64,
    /// Its dossier.
    pub dossier: DossierId,
    /// How many bytes it is.
    pub weight: usize,
}

/// Which of the missing rows are told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reach {
    /// The dossiers that are told, each with every row that is missing of it.
    pub dossiers: BTreeSet<DossierId>,
    /// Nothing above this number is left out.
    pub above: u64,
}

impl Reach {
    /// The newest dossiers of these rows, which are newest first, within so many bytes; one at least. The first row of a
    /// dossier pays for all of them.
    pub fn within(rows: &[Weighed], room: usize) -> Reach {
        let mut weights: BTreeMap<DossierId, usize> = BTreeMap::new();
        for row in rows {
            *weights.entry(row.dossier).or_default() += row.weight;
        }
        let (mut left, mut dossiers) = (room, BTreeSet::new());
        for row in rows {
            if dossiers.contains(&row.dossier) {
                continue;
            }
            let weight = weights.get(&row.dossier).copied().unwrap_or_default();
            if weight > left && !dossiers.is_empty() {
                return Reach { dossiers, above: row.number };
            }
            left = left.saturating_sub(weight);
            dossiers.insert(row.dossier);
        }
        let above = rows.last().map_or(0, |row| row.number.saturating_sub(1));
        Reach { dossiers, above }
    }

    /// What an office reads for an answer in this form to who has seen so much, where `newest` are the newest rows that
    /// are missing, all of them when `complete`. `None`: all of them are read. Twice what the first answer holds, because
    /// not all that lies in a log travels.
    pub fn read(form: Form, have: Have, newest: &[Weighed], complete: bool) -> Option<Reach> {
        let weight: usize = newest.iter().map(|row| row.weight).sum();
        let (whole, room) = match form {
            Form::Compact if have.is_whole() => (BUDGET, 2 * SCREENFUL),
            Form::Compact => (COMPACT_BUDGET, COMPACT_BUDGET),
            Form::Plain => (BUDGET, BUDGET),
        };
        if complete && weight <= whole { None } else { Some(Reach::within(newest, room)) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(number: u64, dossier: u8, weight: usize) -> Weighed {
        Weighed { number, dossier: DossierId([dossier; 8]), weight }
    }

    #[test]
    fn a_dossier_that_is_told_is_told_whole_and_nothing_above_the_cut_is_left_out() {
        let rows = [row(9, 1, 10), row(8, 2, 10), row(6, 1, 10), row(5, 3, 10), row(2, 2, 10)];
        let reach = Reach::within(&rows, 40);
        assert_eq!(reach, Reach { dossiers: [1, 2].map(|one| DossierId([one; 8])).into(), above: 5 });
        let reach = Reach::within(&rows, 30);
        assert_eq!(reach, Reach { dossiers: [DossierId([1; 8])].into(), above: 8 });
    }

    #[test]
    fn the_newest_is_told_however_much_it_weighs_and_all_when_there_is_room() {
        let rows = [row(9, 1, 10), row(7, 2, 10)];
        assert_eq!(Reach::within(&rows, 0), Reach { dossiers: [DossierId([1; 8])].into(), above: 7 });
        assert_eq!(Reach::within(&rows, 20).above, 6);
    }

    #[test]
    fn who_comes_to_a_long_queue_has_a_screenful_read_and_who_was_away_an_evening_everything() {
        let long: Vec<Weighed> = (0..2_000_u16)
            .map(|place| {
                let [high, low] = place.to_be_bytes();
                Weighed {
                    number: 2_000 - u64::from(place),
                    dossier: DossierId([high, low, 0, 0, 0, 0, 0, 0]),
                    weight: 400,
                }
            })
            .collect();
        let first = Reach::read(Form::Compact, Have::default(), &long, false).expect("not all");
        assert!((100..=150).contains(&first.dossiers.len()), "{}", first.dossiers.len());
        let hole = Have { low: 0, from: first.above, to: 2_000 };
        assert_eq!(Reach::read(Form::Compact, hole, &long[120..], true), None);
        assert_eq!(Reach::read(Form::Compact, Have::default(), &long[..300], true), None);
    }
}
