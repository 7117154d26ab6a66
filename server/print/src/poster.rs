//! A paper for a wall: one A4 page that is read from two steps away, with a QR code a phone reads from one.

use crate::PrintError;
use crate::code::squares;
use crate::face::{Face, Faces};
use crate::ink;
use crate::lines::{Span, balanced};
use crate::page::{MM, Mark, Measure};

/// How much larger the code is than on a form.
const CODE: f32 = 3.0;
/// The margins, in points.
const MARGIN: f32 = 18.0 * MM;

/// What stands on it, from the top down.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Poster {
    /// Who speaks: "CÔNG AN XÃ SIN SUỐI HỒ".
    pub above: String,
    /// In capitals, the largest.
    pub title: String,
    /// The establishment's name.
    pub name: String,
    /// Where it is.
    pub place: String,
    /// What the code says.
    pub code: String,
    /// What the code is for, under it.
    pub says: Vec<String>,
    /// Lines at the end, smaller.
    pub foot: Vec<String>,
}

impl Poster {
    /// The page as a PDF file; `across` is a word under everything else.
    ///
    /// # Errors
    /// [`PrintError::TooLong`] when the words do not fit on one page.
    pub(crate) fn draw(&self, across: Option<&str>) -> Result<Vec<u8>, PrintError> {
        let faces = Faces::open()?;
        let measure = Measure::A4;
        let mut pen = Pen { faces: &faces, y: MARGIN, marks: Vec::new() };
        pen.lines(&self.above, 15.0, Face::Regular);
        pen.y += 10.0;
        pen.lines(&self.title, 38.0, Face::Bold);
        pen.y += 10.0;
        pen.lines(&self.name, 26.0, Face::Bold);
        pen.lines(&self.place, 15.0, Face::Regular);
        pen.y += 6.0;
        pen.code(&self.code)?;
        for line in &self.says {
            pen.lines(line, 19.0, Face::Regular);
            pen.y += 3.0;
        }
        pen.y += 14.0;
        for line in &self.foot {
            pen.lines(line, 13.0, Face::Regular);
            pen.y += 2.0;
        }
        if pen.y > measure.height - MARGIN {
            return Err(PrintError::TooLong);
        }
        ink::write(&format!("{} – áp phích", self.title), &faces, &[pen.marks], across)
    }
}

/// Where the next line goes.
struct Pen<'a> {
    faces: &'a Faces,
    y: f32,
    marks: Vec<Mark>,
}

impl Pen<'_> {
    /// A paragraph in the middle of the page.
    fn lines(&mut self, text: &str, size: f32, face: Face) {
        let width = Measure::A4.width - 2.0 * MARGIN;
        for line in balanced(self.faces, size, width, &Span { face, text }) {
            let left = MARGIN + (width - line.width).max(0.0) / 2.0;
            for run in line.runs {
                let (x, y) = (left + run.x, self.y + size * 0.98);
                self.marks.push(Mark::Words { x, y, size, face: run.face, text: run.text });
            }
            self.y += Measure::line(size);
        }
    }

    /// The code in the middle, with its quiet zone.
    fn code(&mut self, text: &str) -> Result<(), PrintError> {
        let (dark, side) = squares(text)?;
        let side = side * CODE;
        let (left, top) = ((Measure::A4.width - side) / 2.0, self.y);
        let placed = dark
            .into_iter()
            .map(|(x, y, width, height)| (left + x * CODE, top + y * CODE, width * CODE, height * CODE));
        self.marks.push(Mark::Squares(placed.collect()));
        self.y += side;
        Ok(())
    }
}
