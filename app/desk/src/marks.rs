//! Where the officer stands in the book: the row, the ticked notices, the opened one. All of it by id, so that
//! rows may come and go underneath.

use std::collections::BTreeSet;

use dossier::id::{DossierId, GuestId};
use dossier::view::{BookRow, CardState, Review};

/// One row: a guest in a notice.
pub type RowKey = (DossierId, GuestId);

/// Where the officer stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Marks {
    /// The row with the cursor.
    pub cursor: Option<RowKey>,
    /// Ticked notices; a notice is received whole, so its rows are ticked together.
    pub ticked: BTreeSet<DossierId>,
    /// The notice beside the table.
    pub opened: Option<DossierId>,
    /// The notice a reason is being written for.
    pub returning: Option<DossierId>,
}

impl Marks {
    /// Moves the cursor by some rows; what is open beside the table follows. From nowhere, and from a row that has
    /// gone, it goes to the first.
    pub fn step(&mut self, rows: &[RowKey], by: isize) {
        let here = self.cursor.and_then(|cursor| rows.iter().position(|row| *row == cursor));
        let Some(last) = rows.len().checked_sub(1) else { return };
        let place = here.map_or(0, |here| here.saturating_add_signed(by).min(last));
        self.stand(rows[place]);
    }

    /// Puts the cursor on a row; what is open beside the table follows.
    pub fn stand(&mut self, row: RowKey) {
        self.cursor = Some(row);
        if self.opened.is_some() {
            self.open(row.0);
        }
    }

    /// Ticks a notice, or takes the tick away.
    pub fn tick(&mut self, notice: DossierId) {
        if !self.ticked.remove(&notice) {
            self.ticked.insert(notice);
        }
    }

    /// Ticks all notices in sight, or none when all are ticked.
    pub fn tick_all(&mut self, rows: &[RowKey]) {
        let all: BTreeSet<DossierId> = rows.iter().map(|row| row.0).collect();
        self.ticked = if all.is_subset(&self.ticked) { BTreeSet::new() } else { all };
    }

    /// Opens a notice beside the table.
    pub fn open(&mut self, notice: DossierId) {
        self.opened = Some(notice);
        if self.returning != Some(notice) {
            self.returning = None;
        }
    }

    /// Closes the innermost thing: the reason, then the notice, then the ticks.
    pub fn close(&mut self) {
        if self.returning.take().is_none() && self.opened.take().is_none() {
            self.ticked.clear();
        }
    }
}

/// Whether the office may still receive what this row belongs to, as far as a row can tell.
pub fn receivable(row: &BookRow) -> bool {
    let waits = match &row.state {
        CardState::Receipted { .. } => true,
        CardState::Review(review) => matches!(review, Review::Conflict | Review::Twin),
        CardState::SavedHere | CardState::Sending | CardState::Received { .. } => false,
    };
    waits && !row.pending
}

/// Ticked notices in sight: how many, and those among them that can be received. Never one that is not on screen.
pub fn chosen(rows: &[BookRow], ticked: &BTreeSet<DossierId>) -> (usize, Vec<DossierId>) {
    let mut all = BTreeSet::new();
    let mut receive = Vec::new();
    for row in rows.iter().filter(|row| ticked.contains(&row.dossier)) {
        if all.insert(row.dossier) && receivable(row) {
            receive.push(row.dossier);
        }
    }
    (all.len(), receive)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(notice: u8, guest: u8) -> RowKey {
        (DossierId([notice; 8]), GuestId([guest; 4]))
    }

    #[test]
    fn the_cursor_walks_and_stops_at_the_ends() {
        let rows = [row(1, 1), row(1, 2), row(2, 1)];
        let mut marks = Marks::default();
        let mut places = Vec::new();
        for by in [1, 1, 1, 1, -1, isize::MIN] {
            marks.step(&rows, by);
            places.push(rows.iter().position(|row| Some(*row) == marks.cursor));
        }
        assert_eq!(places, [Some(0), Some(1), Some(2), Some(2), Some(1), Some(0)]);
        marks.step(&[], 1);
        assert_eq!(marks.cursor, Some(rows[0]), "an empty book moves nothing");
    }

    #[test]
    fn an_open_notice_follows_the_cursor_and_a_reason_does_not() {
        let rows = [row(1, 1), row(2, 1)];
        let mut marks = Marks::default();
        marks.step(&rows, 1);
        assert_eq!(marks.opened, None);
        marks.open(rows[0].0);
        marks.returning = Some(rows[0].0);
        marks.step(&rows, 1);
        assert_eq!((marks.opened, marks.returning), (Some(rows[1].0), None));
    }

    #[test]
    fn escape_closes_one_thing_at_a_time() {
        let mut marks = Marks::default();
        marks.open(row(1, 1).0);
        marks.returning = marks.opened;
        marks.tick(row(1, 1).0);
        marks.close();
        assert_eq!((marks.returning, marks.opened.is_some(), marks.ticked.len()), (None, true, 1));
        marks.close();
        assert_eq!((marks.opened, marks.ticked.len()), (None, 1));
        marks.close();
        assert!(marks.ticked.is_empty());
    }

    #[test]
    fn ticking_all_twice_ticks_none() {
        let rows = [row(1, 1), row(1, 2), row(2, 1)];
        let mut marks = Marks::default();
        marks.tick_all(&rows);
        assert_eq!(marks.ticked.len(), 2, "two notices, three people");
        marks.tick_all(&rows);
        assert!(marks.ticked.is_empty());
    }
}
