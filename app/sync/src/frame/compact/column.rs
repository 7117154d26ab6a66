//! The columns of one shape: what its rows leave open, each kind of value by itself, because like stands next to
//! like and deflates to little.

use super::row::{Cells, Id};
use super::shape::{Action, Key, Object, PRED_IS_KEY, Shape};
use super::{CompactError, signed, zigzag};
use crate::wire::{Reader, Writer};

#[derive(Default)]
struct Ids {
    numbers: Writer,
    actors: Writer,
}

impl Ids {
    fn push(&mut self, (number, actor): Id) {
        self.numbers.number(number);
        self.actors.number(actor);
    }

    fn write(&self, out: &mut Writer) {
        out.raw(&self.numbers.0);
        out.raw(&self.actors.0);
    }
}

/// The columns while they are written.
#[derive(Default)]
pub(super) struct Column {
    objects: Ids,
    keys: Ids,
    hex: Vec<u8>,
    preds: Ids,
    numbers: Writer,
    last: i64,
    lengths: Writer,
    texts: Vec<u8>,
}

impl Column {
    pub fn push(&mut self, shape: &Shape, cells: Cells<'_>) {
        cells.object.into_iter().for_each(|id| self.objects.push(id));
        cells.key.filter(|_| shape.key == Key::Element).into_iter().for_each(|id| self.keys.push(id));
        cells.preds.into_iter().for_each(|id| self.preds.push(id));
        if shape.key == Key::Hex {
            self.hex.extend(cells.hex);
        }
        match shape.action {
            Action::Number => {
                self.numbers.number(zigzag(cells.number.wrapping_sub(self.last)));
                self.last = cells.number;
            }
            Action::Text | Action::Run => {
                self.lengths.number(cells.text.len() as u64);
                self.texts.extend_from_slice(cells.text.as_bytes());
            }
            _ => {}
        }
    }

    pub fn write(&self, out: &mut Writer, dice: &mut Vec<u8>) {
        self.objects.write(out);
        self.keys.write(out);
        dice.extend_from_slice(&self.hex);
        self.preds.write(out);
        out.raw(&self.numbers.0);
        out.raw(&self.lengths.0);
        out.raw(&self.texts);
    }
}

fn read_ids(reader: &mut Reader<'_>, count: usize) -> Result<Vec<Id>, CompactError> {
    let mut numbers = Vec::new();
    for _ in 0..count {
        numbers.push(reader.number()?);
    }
    let pair = |number| Ok((number, reader.number()?));
    numbers.into_iter().map(pair).collect()
}

/// The cells of so many rows of one shape.
pub(super) fn read<'a>(
    shape: &Shape,
    count: usize,
    reader: &mut Reader<'a>,
    dice: &mut Reader<'_>,
) -> Result<Vec<Cells<'a>>, CompactError> {
    if count == 0 {
        return Ok(Vec::new());
    }
    let mut rows = vec![Cells::default(); count];
    if shape.object == Object::Named {
        for (cells, id) in rows.iter_mut().zip(read_ids(reader, count)?) {
            cells.object = Some(id);
        }
    }
    if shape.key == Key::Element {
        for (cells, id) in rows.iter_mut().zip(read_ids(reader, count)?) {
            cells.key = Some(id);
        }
    }
    if shape.key == Key::Hex {
        for cells in &mut rows {
            cells.hex = dice.array()?;
        }
    }
    if shape.preds > 0 && shape.preds != PRED_IS_KEY {
        let each = usize::from(shape.preds);
        let preds = read_ids(reader, count * each)?;
        for (cells, preds) in rows.iter_mut().zip(preds.chunks(each)) {
            cells.preds = preds.to_vec();
        }
    }
    match shape.action {
        Action::Number => {
            let mut last = 0i64;
            for cells in &mut rows {
                last = last.wrapping_add(signed(reader.number()?));
                cells.number = last;
            }
        }
        Action::Text | Action::Run => {
            let mut lengths = Vec::new();
            for _ in 0..count {
                lengths.push(reader.fit()?);
            }
            for (cells, length) in rows.iter_mut().zip(lengths) {
                let text = std::str::from_utf8(reader.take(length)?).map_err(|_| CompactError::Malformed)?;
                cells.text = text.into();
            }
        }
        _ => {}
    }
    Ok(rows)
}
