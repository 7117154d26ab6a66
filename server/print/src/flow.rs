//! Blocks onto pages, from the top down.

use crate::face::{Face, Faces};
use crate::lines::{Line, Span, lay};
use crate::page::{Mark, Measure};
use crate::sheet::{Align, Block, Field, Sheet, Style};
use crate::{MAX_PAGES, PrintError};

/// Lines of a field that are never parted: its label and the first of its value.
const TOGETHER: usize = 3;
/// Room of a dotted line below which no dots are printed.
const SHORTEST_DOTS: f32 = 14.0;
/// The boxes of a personal number.
const BOXES: usize = 12;

/// Where the pen is.
pub(crate) struct Flow<'a> {
    pub(crate) faces: &'a Faces,
    pub(crate) measure: Measure,
    pub(crate) y: f32,
    pages: Vec<Vec<Mark>>,
}

/// The sheet as pages of marks.
pub(crate) fn lay_out(sheet: &Sheet, faces: &Faces) -> Result<Vec<Vec<Mark>>, PrintError> {
    let measure = Measure::A4;
    let mut flow = Flow { faces, measure, y: measure.top, pages: vec![Vec::new()] };
    flow.head(sheet)?;
    for block in &sheet.body {
        flow.block(block)?;
    }
    if !sheet.signatures.is_empty() {
        flow.y += measure.size * 0.5;
        flow.cells(&sheet.signatures)?;
    }
    flow.foot(&sheet.foot)?;
    Ok(flow.numbered())
}

impl Flow<'_> {
    pub(crate) fn mark(&mut self, mark: Mark) {
        if let Some(page) = self.pages.last_mut() {
            page.push(mark);
        }
    }

    /// Begins a page when less than `height` is left on this one.
    pub(crate) fn keep(&mut self, height: f32) -> Result<(), PrintError> {
        if self.y + height > self.measure.floor() && self.y > self.measure.top {
            return self.turn();
        }
        Ok(())
    }

    pub(crate) fn turn(&mut self) -> Result<(), PrintError> {
        if self.pages.len() == MAX_PAGES {
            return Err(PrintError::TooLong);
        }
        self.pages.push(Vec::new());
        self.y = self.measure.top + self.measure.size;
        Ok(())
    }

    /// The line's words with its top at `top`.
    pub(crate) fn set(&mut self, line: Line, x: f32, top: f32, size: f32) {
        for run in line.runs {
            let y = top + size * 0.98;
            self.mark(Mark::Words { x: x + run.x, y, size, face: run.face, text: run.text });
        }
    }

    /// Lines one under the other from `top`, each in the middle of `width` or at its left; returns where they end.
    pub(crate) fn stack(
        &mut self,
        lines: Vec<Line>,
        (x, width): (f32, f32),
        top: f32,
        size: f32,
        align: Align,
    ) -> f32 {
        let mut y = top;
        for line in lines {
            let in_by = if align == Align::Middle { (width - line.width).max(0.0) / 2.0 } else { 0.0 };
            self.set(line, x + in_by, y, size);
            y += Measure::line(size);
        }
        y
    }

    fn block(&mut self, block: &Block) -> Result<(), PrintError> {
        match block {
            Block::Fields(fields) => self.fields(fields),
            Block::Boxes { label, digits } => self.boxes(label, digits),
            Block::Text { style, align, text } => self.text(*style, *align, text),
            Block::Bullets(items) => items.iter().try_for_each(|item| self.bullet(item)),
            Block::Table { columns, rows } => self.table(columns, rows),
            Block::Cells(cells) => self.cells(cells),
            Block::Gap(tenths) => {
                self.y += Measure::line(self.measure.size) * f32::from(*tenths) / 10.0;
                Ok(())
            }
        }
    }

    fn fields(&mut self, fields: &[Field]) -> Result<(), PrintError> {
        let parts: f32 = fields.iter().map(|field| f32::from(field.share.max(1))).sum();
        let places: Vec<(f32, Vec<Line>)> = fields
            .iter()
            .map(|field| {
                let width = self.measure.body() * f32::from(field.share.max(1)) / parts;
                (width, self.field_lines(field, width - 6.0))
            })
            .collect();
        if fields.len() < 2 || places.iter().any(|(_, lines)| lines.len() > 1) {
            return fields.iter().try_for_each(|field| self.field(field));
        }
        self.keep(self.step())?;
        let mut x = self.measure.left;
        for ((width, lines), field) in places.into_iter().zip(fields) {
            let last = x + width > self.measure.width - self.measure.right - 1.0;
            let end = x + width - if last { 0.0 } else { 6.0 };
            let line = lines.into_iter().next().unwrap_or_default();
            self.field_line(line, x, end, field);
            x += width;
        }
        self.y += self.step();
        Ok(())
    }

    /// A line of a form: more open than a paragraph's.
    fn step(&self) -> f32 {
        self.measure.size * 1.5
    }

    fn field_lines(&self, field: &Field, width: f32) -> Vec<Line> {
        let spans = [
            Span { face: Face::Regular, text: &field.label },
            Span { face: Face::Regular, text: &field.value },
        ];
        lay(self.faces, self.measure.size, width, &spans)
    }

    fn field(&mut self, field: &Field) -> Result<(), PrintError> {
        let lines = self.field_lines(field, self.measure.body());
        self.keep(self.step() * lines.len().min(TOGETHER) as f32)?;
        let end = self.measure.width - self.measure.right;
        let last = lines.len().saturating_sub(1);
        for (place, line) in lines.into_iter().enumerate() {
            self.keep(self.step())?;
            if place == last {
                self.field_line(line, self.measure.left, end, field);
            } else {
                self.set(line, self.measure.left, self.y, self.measure.size);
            }
            self.y += self.step();
        }
        Ok(())
    }

    /// A field's line; where nothing is filled in, dots run to its end.
    fn field_line(&mut self, line: Line, x: f32, end: f32, field: &Field) {
        let from = x + line.width + 3.0;
        let size = self.measure.size;
        if field.value.trim().is_empty() && end - from > SHORTEST_DOTS {
            self.mark(Mark::Dots { x: from, y: self.y + size, width: end - from });
        }
        self.set(line, x, self.y, size);
    }

    fn boxes(&mut self, label: &str, digits: &str) -> Result<(), PrintError> {
        let size = self.measure.size;
        let side = size * 1.36;
        let label_width = self.faces.width(Face::Regular, size, label);
        let wide = side * BOXES as f32;
        if digits.chars().count() > BOXES || label_width + wide + 8.0 > self.measure.body() {
            return self.field(&Field::new(label, digits));
        }
        self.y += size * 0.12;
        self.keep(side + size * 0.3)?;
        let lines = lay(self.faces, size, self.measure.body(), &[Span { face: Face::Regular, text: label }]);
        let top = self.y;
        for line in lines {
            self.set(line, self.measure.left, top + size * 0.12, size);
        }
        let left = self.measure.left + (label_width + 8.0).max(self.measure.body() - wide);
        let mut letters = digits.chars();
        for place in 0..BOXES {
            let x = left + side * place as f32;
            self.mark(Mark::Box { x, y: top, width: side, height: side });
            if let Some(letter) = letters.next() {
                let text = letter.to_string();
                let spans = [Span { face: Face::Regular, text: &text }];
                let drawn = lay(self.faces, size, side, &spans);
                self.stack(drawn, (x, side), top + size * 0.1, size, Align::Middle);
            }
        }
        self.y = top + side + size * 0.26;
        Ok(())
    }

    fn text(&mut self, style: Style, align: Align, text: &str) -> Result<(), PrintError> {
        let (face, size) = match style {
            Style::Plain => (Face::Regular, self.measure.size),
            Style::Bold => (Face::Bold, self.measure.size),
            Style::Italic => (Face::Italic, self.measure.size),
            Style::Note => (Face::Italic, self.measure.size * 0.84),
        };
        let with_next = if style == Style::Bold { self.step() * 2.0 } else { 0.0 };
        for part in text.split('\n') {
            let lines = lay(self.faces, size, self.measure.body(), &[Span { face, text: part }]);
            self.keep(Measure::line(size) * lines.len().min(2) as f32 + with_next)?;
            self.paragraph(lines, self.measure.left, size, align)?;
        }
        self.y += size * 0.2;
        Ok(())
    }

    fn paragraph(&mut self, lines: Vec<Line>, x: f32, size: f32, align: Align) -> Result<(), PrintError> {
        let width = self.measure.width - self.measure.right - x;
        for line in lines {
            self.keep(Measure::line(size))?;
            self.y = self.stack(vec![line], (x, width), self.y, size, align);
        }
        Ok(())
    }

    fn bullet(&mut self, item: &str) -> Result<(), PrintError> {
        let size = self.measure.size;
        let in_by = size * 1.1;
        let lines =
            lay(self.faces, size, self.measure.body() - in_by, &[Span { face: Face::Regular, text: item }]);
        self.keep(Measure::line(size) * lines.len().min(2) as f32)?;
        let dash = lay(self.faces, size, in_by, &[Span { face: Face::Regular, text: "–" }]);
        self.stack(dash, (self.measure.left, in_by), self.y, size, Align::Left);
        self.paragraph(lines, self.measure.left + in_by, size, Align::Left)?;
        self.y += size * 0.15;
        Ok(())
    }

    /// The pages; more than one carry their number at the bottom.
    fn numbered(mut self) -> Vec<Vec<Mark>> {
        let all = self.pages.len();
        let size = self.measure.size * 0.8;
        if all > 1 {
            for (place, page) in self.pages.iter_mut().enumerate() {
                let text = format!("{}/{all}", place + 1);
                let wide = self.faces.width(Face::Regular, size, &text);
                let (x, y) =
                    ((self.measure.width - wide) / 2.0, self.measure.height - self.measure.bottom * 0.45);
                page.push(Mark::Words { x, y, size, face: Face::Regular, text });
            }
        }
        self.pages
    }
}
