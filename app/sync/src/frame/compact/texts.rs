//! A column of texts. Few rows: all lengths, then all bytes, so that deflate finds them in the dictionary. Many rows:
//! every text in its parts ("xã Phong Thổ", "Vàng", "A"), each part told once and then by number, because a number
//! costs a third of what deflate needs to point back.

use std::borrow::Cow;
use std::collections::HashMap;

use super::CompactError;
use crate::wire::{Reader, Writer};

/// From so many rows on, texts are told in parts.
const MANY: usize = 48;

/// The parts of a text: what stands between commas, or between blanks when there is no comma.
fn parts(text: &str) -> impl Iterator<Item = &str> {
    text.split(separator(text.contains(',')))
}

fn separator(commas: bool) -> &'static str {
    if commas { ", " } else { " " }
}

/// Writes a column; `tables` is off in a dictionary, which is there to be pointed at.
pub(super) fn write<'a>(
    texts: impl ExactSizeIterator<Item = &'a str> + Clone,
    tables: bool,
    out: &mut Writer,
) {
    if texts.len() < MANY || !tables {
        texts.clone().for_each(|text| out.number(text.len() as u64));
        texts.for_each(|text| out.raw(text.as_bytes()));
        return;
    }
    let mut numbers: HashMap<&str, u64> = HashMap::new();
    let mut new: Vec<&str> = Vec::new();
    let mut told = Writer::default();
    for text in texts.clone() {
        out.number(parts(text).count() as u64 * 2 + u64::from(text.contains(',')));
        for part in parts(text) {
            let number = numbers.get(part).copied().unwrap_or(0);
            told.number(number);
            if number == 0 {
                new.push(part);
                numbers.insert(part, new.len() as u64);
            }
        }
    }
    out.raw(&told.0);
    new.iter().for_each(|part| out.number(part.len() as u64));
    new.iter().for_each(|part| out.raw(part.as_bytes()));
}

/// Reads a column of so many texts, together no longer than `budget`.
pub(super) fn read<'a>(
    reader: &mut Reader<'a>,
    count: usize,
    budget: &mut usize,
) -> Result<Vec<Cow<'a, str>>, CompactError> {
    if count < MANY {
        return Ok(plain(reader, count)?.into_iter().map(Cow::Borrowed).collect());
    }
    let mut heads = Vec::new();
    for _ in 0..count {
        heads.push(reader.number()?);
    }
    let mut told = Vec::new();
    for head in &heads {
        let mut numbers = Vec::new();
        for _ in 0..head / 2 {
            numbers.push(reader.number()?);
        }
        told.push(numbers);
    }
    let new = plain(reader, told.iter().flatten().filter(|number| **number == 0).count())?;
    let mut met = 0;
    let mut texts = Vec::new();
    for (head, numbers) in heads.iter().zip(told) {
        let mut text = String::new();
        for (place, number) in numbers.into_iter().enumerate() {
            met += usize::from(number == 0);
            let number = if number == 0 { met } else { usize::try_from(number).unwrap_or(usize::MAX) };
            let part =
                new.get(number.wrapping_sub(1)).filter(|_| number <= met).ok_or(CompactError::Malformed)?;
            let separator = if place > 0 { separator(head % 2 == 1) } else { "" };
            *budget = budget.checked_sub(part.len() + separator.len()).ok_or(CompactError::TooLarge)?;
            text.push_str(separator);
            text.push_str(part);
        }
        texts.push(Cow::Owned(text));
    }
    Ok(texts)
}

fn plain<'a>(reader: &mut Reader<'a>, count: usize) -> Result<Vec<&'a str>, CompactError> {
    let mut lengths = Vec::new();
    for _ in 0..count {
        lengths.push(reader.fit()?);
    }
    let text = |length| std::str::from_utf8(reader.take(length)?).map_err(|_| CompactError::Malformed);
    lengths.into_iter().map(text).collect()
}
