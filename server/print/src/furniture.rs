//! What every form has around its body: head, signatures, foot.

use crate::PrintError;
use crate::code::squares;
use crate::face::{Face, Faces};
use crate::flow::Flow;
use crate::lines::{Line, Span, balanced, lay};
use crate::page::{Mark, Measure};
use crate::sheet::{Align, Cell, Foot, SIGNATURE_HEIGHT, SIGNATURE_WIDTH, Sheet};

const COUNTRY: &str = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM";
const MOTTO: &str = "Độc lập - Tự do - Hạnh phúc";
/// The widest a signature is printed, in points.
const SIGNATURE: f32 = 104.0;

fn one(faces: &Faces, size: f32, width: f32, face: Face, text: &str) -> Vec<Line> {
    lay(faces, size, width, &[Span { face, text }])
}

/// Place and date; where they do not fit on a line, the date has one of its own.
fn dated(faces: &Faces, size: f32, width: f32, text: &str) -> Vec<Line> {
    let whole = one(faces, size, width, Face::Italic, text);
    match text.rsplit_once(", ") {
        Some((place, date)) if whole.len() > 1 => {
            let mut lines =
                balanced(faces, size, width, &Span { face: Face::Italic, text: &format!("{place},") });
            lines.extend(balanced(faces, size, width, &Span { face: Face::Italic, text: date }));
            lines
        }
        _ => whole,
    }
}

/// A signature cell with its lines laid.
struct Laid<'a> {
    top: Vec<(f32, Vec<Line>)>,
    bottom: Vec<(f32, Vec<Line>)>,
    cell: &'a Cell,
}

fn tall(parts: &[(f32, Vec<Line>)]) -> f32 {
    parts.iter().map(|(size, lines)| Measure::line(*size) * lines.len() as f32).sum()
}

impl Flow<'_> {
    pub(crate) fn head(&mut self, sheet: &Sheet) -> Result<(), PrintError> {
        let (left, body, size) = (self.measure.left, self.measure.body(), self.measure.size);
        let small = size * 0.76;
        if !sheet.head.form.is_empty() {
            let lines = one(self.faces, small, body, Face::Italic, &sheet.head.form);
            for line in lines {
                self.keep(Measure::line(small))?;
                let x = left + (body - line.width).max(0.0);
                self.set(line, x, self.y, small);
                self.y += Measure::line(small);
            }
            self.y += size * 0.5;
        }
        let top = self.y;
        let country = size * 0.95;
        let agencies = sheet.head.agency.len();
        let (place, agency_end) = if agencies == 0 {
            ((left, body), top)
        } else {
            let split = body * 0.42;
            let column = (left, split - 6.0);
            let mut y = top;
            for (at, name) in sheet.head.agency.iter().enumerate() {
                let face = if at + 1 == agencies { Face::Bold } else { Face::Regular };
                let lines = one(self.faces, country, column.1, face, name);
                y = self.stack(lines, column, y, country, Align::Middle);
            }
            self.underline(column, y + 1.5, column.1 * 0.36);
            y += size * 0.55;
            let lines = one(self.faces, size, column.1, Face::Regular, &sheet.head.number);
            y = self.stack(lines, column, y, size, Align::Middle);
            ((left + split, body - split), y)
        };
        let lines = one(self.faces, country, place.1, Face::Bold, COUNTRY);
        let mut y = self.stack(lines, place, top, country, Align::Middle);
        let lines = one(self.faces, size, place.1, Face::Bold, MOTTO);
        let motto = self.faces.width(Face::Bold, size, MOTTO).min(place.1);
        y = self.stack(lines, place, y, size, Align::Middle);
        self.underline(place, y + 1.5, motto);
        y += size * 0.55;
        let lines = one(self.faces, size, place.1, Face::Italic, &sheet.head.place_and_date);
        y = self.stack(lines, place, y, size, Align::Middle);
        self.y = y.max(agency_end) + size * 0.9;
        self.title(sheet)
    }

    fn underline(&mut self, (x, width): (f32, f32), y: f32, long: f32) {
        let from = x + (width - long) / 2.0;
        self.mark(Mark::Rule { from: (from, y), to: (from + long, y), thick: 0.7 });
    }

    fn title(&mut self, sheet: &Sheet) -> Result<(), PrintError> {
        let (size, body) = (self.measure.size, self.measure.body());
        let great = size * 1.14;
        let mut parts: Vec<(f32, Vec<Line>)> =
            sheet.title.iter().map(|line| (great, one(self.faces, great, body, Face::Bold, line))).collect();
        parts.push((size, one(self.faces, size, body, Face::Italic, &sheet.subtitle)));
        self.centred(parts)?;
        self.y += size * 0.5;
        if !sheet.addressee.is_empty() {
            let lines = one(self.faces, size, body, Face::Regular, &sheet.addressee);
            self.centred(vec![(size, lines)])?;
            self.y += size * 0.5;
        }
        Ok(())
    }

    fn centred(&mut self, parts: Vec<(f32, Vec<Line>)>) -> Result<(), PrintError> {
        let place = (self.measure.left, self.measure.body());
        for (size, lines) in parts {
            for line in lines {
                self.keep(Measure::line(size))?;
                self.y = self.stack(vec![line], place, self.y, size, Align::Middle);
            }
        }
        Ok(())
    }

    /// Cells side by side, kept on one page; words longer than a page go on under each other instead.
    pub(crate) fn cells(&mut self, cells: &[Cell]) -> Result<(), PrintError> {
        if cells.is_empty() {
            return Ok(());
        }
        let size = self.measure.size * if cells.len() > 3 { 0.84 } else { 0.94 };
        let width = self.measure.body() / cells.len() as f32;
        let laid: Vec<Laid<'_>> = cells.iter().map(|cell| self.laid(cell, size, width - 8.0)).collect();
        let above = laid.iter().map(|cell| tall(&cell.top)).fold(0.0, f32::max);
        let below = laid.iter().map(|cell| tall(&cell.bottom)).fold(0.0, f32::max);
        let drawn = SIGNATURE.min(width - 10.0) / f32::from(SIGNATURE_WIDTH);
        let field = (f32::from(SIGNATURE_HEIGHT) * drawn).max(size * 3.0) + size * 0.4;
        let page = self.measure.floor() - self.measure.top - self.measure.size * 2.0;
        if above + field + below > page {
            return self.cells_in_full(laid);
        }
        self.keep(above + field + below)?;
        let top = self.y;
        for (place, cell) in laid.into_iter().enumerate() {
            let column = (self.measure.left + width * place as f32 + 4.0, width - 8.0);
            let mut y = top;
            for (size, lines) in cell.top {
                y = self.stack(lines, column, y, size, Align::Middle);
            }
            let left = column.0 + (column.1 - f32::from(SIGNATURE_WIDTH) * drawn) / 2.0;
            self.signature(cell.cell, (left, top + above + size * 0.2), drawn);
            y = top + above + field;
            for (size, lines) in cell.bottom {
                y = self.stack(lines, column, y, size, Align::Middle);
            }
        }
        self.y = top + above + field + below + size * 0.5;
        Ok(())
    }

    fn laid<'c>(&self, cell: &'c Cell, size: f32, width: f32) -> Laid<'c> {
        let small = size * 0.92;
        let lines =
            |size: f32, face, text: &str| (size, balanced(self.faces, size, width, &Span { face, text }));
        let top = vec![
            (small, dated(self.faces, small, width, &cell.place_and_date)),
            lines(size, Face::Bold, &cell.heading),
            lines(small, Face::Italic, &cell.hint),
            lines(size, Face::Regular, &cell.words),
        ];
        let mut bottom = vec![lines(size, Face::Bold, &cell.name)];
        bottom.extend(cell.under.iter().map(|line| lines(small, Face::Regular, line)));
        Laid { top, bottom, cell }
    }

    fn signature(&mut self, cell: &Cell, (x, y): (f32, f32), scale: f32) {
        for stroke in &cell.signature.0 {
            let points = stroke.iter().map(|(across, down)| {
                let across = f32::from((*across).min(SIGNATURE_WIDTH));
                (x + across * scale, y + f32::from((*down).min(SIGNATURE_HEIGHT)) * scale)
            });
            self.mark(Mark::Stroke(points.collect()));
        }
    }

    fn cells_in_full(&mut self, cells: Vec<Laid<'_>>) -> Result<(), PrintError> {
        for cell in cells {
            self.centred(cell.top)?;
            let scale = SIGNATURE / f32::from(SIGNATURE_WIDTH);
            let field = f32::from(SIGNATURE_HEIGHT) * scale;
            self.keep(field)?;
            let left = self.measure.left + (self.measure.body() - SIGNATURE) / 2.0;
            self.signature(cell.cell, (left, self.y), scale);
            self.y += field;
            self.centred(cell.bottom)?;
        }
        Ok(())
    }

    pub(crate) fn foot(&mut self, foot: &Foot) -> Result<(), PrintError> {
        let (left, body, size) = (self.measure.left, self.measure.body(), self.measure.size);
        if let Some(code) = &foot.code {
            let (squares, side) = squares(&code.text)?;
            self.keep(side)?;
            let (x, y) = (left, self.y);
            let moved =
                squares.into_iter().map(|(right, down, wide, tall)| (x + right, y + down, wide, tall));
            self.mark(Mark::Squares(moved.collect()));
            let beside = (left + side + 4.0, body - side - 4.0);
            let lines: Vec<Line> = code
                .lines
                .iter()
                .flat_map(|line| one(self.faces, size, beside.1, Face::Regular, line))
                .collect();
            let page_end = self.measure.floor();
            let mut under = self.y + side;
            let mut y = self.y + ((side - Measure::line(size) * lines.len() as f32) / 2.0).max(0.0);
            for line in lines {
                if y + Measure::line(size) > page_end {
                    self.turn()?;
                    (y, under) = (self.y, self.y);
                }
                y = self.stack(vec![line], beside, y, size, Align::Left);
            }
            self.y = y.max(under);
        }
        self.notes(&foot.notes)
    }

    fn notes(&mut self, notes: &[String]) -> Result<(), PrintError> {
        let (left, body) = (self.measure.left, self.measure.body());
        let small = self.measure.size * 0.8;
        let laid = |(place, note): (usize, &String)| {
            let face = if place == 0 { Face::Bold } else { Face::Regular };
            one(self.faces, small, body, face, note)
        };
        let laid: Vec<Vec<Line>> = notes.iter().enumerate().map(laid).collect();
        let tall = Measure::line(small) * (laid.iter().map(Vec::len).sum::<usize>() + 1) as f32;
        for (place, lines) in laid.into_iter().enumerate() {
            if place == 0 {
                // All of them on one page, as on the back of the printed forms.
                self.keep(tall.min(self.measure.floor() * 0.8))?;
                self.y += small * 0.4;
                let y = self.y;
                self.mark(Mark::Rule { from: (left, y), to: (left + body * 0.3, y), thick: 0.5 });
                self.y += small * 0.4;
            }
            for line in lines {
                self.keep(Measure::line(small))?;
                self.y = self.stack(vec![line], (left, body), self.y, small, Align::Left);
            }
        }
        Ok(())
    }
}
