//! A ruled table that goes on over pages.

use crate::PrintError;
use crate::face::Face;
use crate::flow::Flow;
use crate::lines::{Line, Span, balanced, lay};
use crate::page::{Mark, Measure};
use crate::sheet::{Align, Column};

/// White between a rule and the words, in points.
const INSIDE: f32 = 3.0;

/// One row's lines, cell by cell.
struct Row(Vec<Vec<Line>>);

impl Row {
    fn tall(&self) -> usize {
        self.0.iter().map(Vec::len).max().unwrap_or(0).max(1)
    }

    /// The first `lines` of every cell, and what is left of the row.
    fn cut(self, lines: usize) -> (Self, Option<Self>) {
        let mut rest = Vec::new();
        let mut first = Vec::new();
        for mut cell in self.0 {
            rest.push(cell.split_off(lines.min(cell.len())));
            first.push(cell);
        }
        let more = rest.iter().any(|cell| !cell.is_empty());
        (Self(first), more.then_some(Self(rest)))
    }
}

impl Flow<'_> {
    pub(crate) fn table(&mut self, columns: &[Column], rows: &[Vec<String>]) -> Result<(), PrintError> {
        if columns.is_empty() {
            return Ok(());
        }
        let size = self.measure.size * 0.9;
        let parts: f32 = columns.iter().map(|column| f32::from(column.share.max(1))).sum();
        let widths: Vec<f32> = columns
            .iter()
            .map(|column| self.measure.body() * f32::from(column.share.max(1)) / parts)
            .collect();
        let aligns: Vec<Align> = columns.iter().map(|column| column.align).collect();
        let middle = vec![Align::Middle; columns.len()];
        let heads: Vec<String> = columns.iter().map(|column| column.head.clone()).collect();
        let head_height = height(laid(self, &heads, &widths, size, Face::Bold).tall(), size);
        self.y += size * 0.3;
        self.keep(head_height + height(2, size))?;
        let head = laid(self, &heads, &widths, size, Face::Bold);
        self.row(head, &widths, &middle, size);
        for cells in rows {
            let cells = gathered(cells, columns.len());
            let mut left = Some(laid(self, &cells, &widths, size, Face::Regular));
            while let Some(row) = left.take() {
                let whole = height(row.tall(), size);
                let page = self.measure.floor() - self.measure.top - head_height - 2.0 * height(1, size);
                if self.y + whole.min(page) > self.measure.floor() {
                    self.turn()?;
                    let again = laid(self, &heads, &widths, size, Face::Bold);
                    self.row(again, &widths, &middle, size);
                }
                let fit =
                    ((self.measure.floor() - self.y - 2.0 * INSIDE) / Measure::line(size)).max(1.0) as usize;
                let (now, rest) = row.cut(fit);
                self.row(now, &widths, &aligns, size);
                left = rest;
            }
        }
        self.y += size * 0.4;
        Ok(())
    }

    fn row(&mut self, row: Row, widths: &[f32], aligns: &[Align], size: f32) {
        let tall = height(row.tall(), size);
        let mut x = self.measure.left;
        let top = self.y;
        for ((lines, width), align) in row.0.into_iter().zip(widths).zip(aligns) {
            self.mark(Mark::Box { x, y: top, width: *width, height: tall });
            let down = (tall - lines.len() as f32 * Measure::line(size)) / 2.0;
            self.stack(lines, (x + INSIDE, width - 2.0 * INSIDE), top + down, size, *align);
            x += width;
        }
        self.y += tall;
    }
}

fn height(lines: usize, size: f32) -> f32 {
    lines as f32 * Measure::line(size) + 2.0 * INSIDE
}

fn laid(flow: &Flow<'_>, cells: &[String], widths: &[f32], size: f32, face: Face) -> Row {
    let lines = cells.iter().zip(widths).map(|(text, width)| {
        let (inner, span) = ((width - 2.0 * INSIDE).max(1.0), Span { face, text });
        if face == Face::Bold {
            balanced(flow.faces, size, inner, &span)
        } else {
            lay(flow.faces, size, inner, &[span])
        }
    });
    Row(lines.collect())
}

/// As many cells as columns: missing ones empty, what is too much joined to the last.
fn gathered(cells: &[String], columns: usize) -> Vec<String> {
    let mut gathered: Vec<String> = cells.iter().take(columns).cloned().collect();
    gathered.resize(columns, String::new());
    if let Some(last) = gathered.last_mut() {
        for more in cells.iter().skip(columns) {
            last.push(' ');
            last.push_str(more);
        }
    }
    gathered
}
