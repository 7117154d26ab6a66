//! The columns of one shape: what its rows leave open, each kind of value by itself, because like stands next to
//! like and deflates to little.

use super::row::{Cells, Id};
use super::shape::{Action, Key, Object, PRED_IS_KEY, Shape};
use super::{CompactError, signed, texts, zigzag};
use crate::wire::{Reader, Writer};

/// Pairs of decimal digits of a date, a phone number, a long number.
const DATE: u32 = 4;
const PHONE: u32 = 5;
const LONG: u32 = 6;

/// Writes the rows of one shape.
pub(super) fn write(shape: &Shape, rows: &[Cells<'_>], out: &mut Writer, dice: &mut Vec<u8>, tables: bool) {
    write_ids(rows.iter().filter_map(|cells| cells.object), out);
    write_ids(rows.iter().filter_map(|cells| cells.key), out);
    if shape.key == Key::Hex {
        rows.iter().for_each(|cells| dice.extend_from_slice(&cells.hex));
    }
    write_ids(rows.iter().flat_map(|cells| cells.preds.iter().copied()), out);
    let numbers = rows.iter().map(|cells| cells.number);
    match shape.action {
        Action::Number => {
            let mut last = 0i64;
            for number in numbers {
                out.number(zigzag(number.wrapping_sub(last)));
                last = number;
            }
        }
        Action::Date => write_pairs(numbers, DATE, out),
        Action::Long => write_pairs(numbers, LONG, out),
        Action::Phone => {
            let phone = |cells: &Cells<'_>| cells.text.parse().expect("ten digits");
            write_pairs(rows.iter().map(phone), PHONE, out);
        }
        Action::Text | Action::Run => texts::write(rows.iter().map(|cells| &*cells.text), tables, out),
        Action::MakeMap | Action::MakeList | Action::MakeText | Action::Delete | Action::Null => {}
    }
}

fn write_ids(ids: impl Iterator<Item = Id> + Clone, out: &mut Writer) {
    ids.clone().for_each(|(number, _)| out.number(number));
    ids.for_each(|(_, actor)| out.number(actor));
}

/// All first pairs of digits, then all second ones …: a date's years stand together, a number's provinces.
fn write_pairs(numbers: impl Iterator<Item = i64> + Clone, pairs: u32, out: &mut Writer) {
    for place in (0..pairs).rev() {
        for number in numbers.clone() {
            out.raw(&[(number / 100i64.pow(place) % 100) as u8]);
        }
    }
}

fn read_pairs(reader: &mut Reader<'_>, count: usize, pairs: u32) -> Result<Vec<i64>, CompactError> {
    let mut numbers = vec![0i64; count];
    for _ in 0..pairs {
        for number in &mut numbers {
            let pair = reader.byte()?;
            if pair >= 100 {
                return Err(CompactError::Malformed);
            }
            *number = *number * 100 + i64::from(pair);
        }
    }
    Ok(numbers)
}

fn read_ids(reader: &mut Reader<'_>, count: usize) -> Result<Vec<Id>, CompactError> {
    let mut numbers = Vec::new();
    for _ in 0..count {
        numbers.push(reader.number()?);
    }
    let pair = |number| Ok((number, reader.number()?));
    numbers.into_iter().map(pair).collect()
}

/// The cells of so many rows of one shape; `budget` is how many bytes of text may still be made.
pub(super) fn read<'a>(
    shape: &Shape,
    count: usize,
    reader: &mut Reader<'a>,
    dice: &mut Reader<'_>,
    budget: &mut usize,
) -> Result<Vec<Cells<'a>>, CompactError> {
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
        Action::Date | Action::Long => {
            let pairs = if shape.action == Action::Date { DATE } else { LONG };
            for (cells, number) in rows.iter_mut().zip(read_pairs(reader, count, pairs)?) {
                cells.number = number;
            }
        }
        Action::Phone => {
            for (cells, number) in rows.iter_mut().zip(read_pairs(reader, count, PHONE)?) {
                cells.text = format!("{number:010}").into();
            }
        }
        Action::Text | Action::Run => {
            for (cells, text) in rows.iter_mut().zip(texts::read(reader, count, budget)?) {
                cells.text = text;
            }
        }
        Action::MakeMap | Action::MakeList | Action::MakeText | Action::Delete | Action::Null => {}
    }
    Ok(rows)
}
