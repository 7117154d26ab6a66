//! The shape of an operation: everything of it but its numbers and texts. A history has a few dozen.

use std::collections::HashMap;

use super::CompactError;
use crate::wire::{Reader, Writer};

/// Longest key that is told as part of a shape.
pub(super) const LONGEST_NAME: usize = 64;
/// Most predecessors of one operation.
pub(super) const MOST_PREDS: u8 = 14;
/// The one predecessor is the element the operation stands on: a deletion in a text.
pub(super) const PRED_IS_KEY: u8 = 15;
/// Most shapes of one frame, the dictionary's included.
const MOST_SHAPES: usize = 1_000;

/// The object an operation changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Object {
    Root,
    /// The guests' map that the seed made.
    Guests,
    /// The object made last in this change.
    Made,
    /// By counter and actor.
    Named,
}

/// Where in the object.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Key {
    Name(String),
    /// Eight hexadecimal digits, told as four bytes: a guest.
    Hex,
    /// The same, and equal to the last four bytes of the dossier's id.
    HexOfDossier,
    Head,
    /// After the operation before this one.
    Previous,
    /// By counter and actor.
    Element,
}

/// What it does there, and of what type its value is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Action {
    MakeMap,
    MakeList,
    MakeText,
    Delete,
    Text,
    Number,
    /// A number that reads as a date, yyyymmdd.
    Date,
    /// A number of up to twelve digits and at least ten.
    Long,
    /// A text of ten digits.
    Phone,
    Null,
    /// Typed text: one insertion per character, each after the one before.
    Run,
}

const OBJECTS: [Object; 4] = [Object::Root, Object::Guests, Object::Made, Object::Named];
const ACTIONS: [Action; 11] = [
    Action::MakeMap,
    Action::MakeList,
    Action::MakeText,
    Action::Delete,
    Action::Text,
    Action::Number,
    Action::Date,
    Action::Long,
    Action::Phone,
    Action::Null,
    Action::Run,
];

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Shape {
    pub object: Object,
    pub insert: bool,
    pub key: Key,
    pub action: Action,
    /// How many predecessors, or [`PRED_IS_KEY`].
    pub preds: u8,
}

impl Shape {
    fn write(&self, out: &mut Writer) {
        let key = match self.key {
            Key::Name(_) => 0,
            Key::Hex => 1,
            Key::HexOfDossier => 2,
            Key::Head => 3,
            Key::Previous => 4,
            Key::Element => 5,
        };
        let object = OBJECTS.iter().position(|object| *object == self.object).expect("all are listed") as u8;
        let action = ACTIONS.iter().position(|action| *action == self.action).expect("all are listed") as u8;
        out.raw(&[object | u8::from(self.insert) << 2 | key << 3, action | self.preds << 4]);
        if let Key::Name(name) = &self.key {
            out.bytes(name.as_bytes());
        }
    }

    fn read(reader: &mut Reader<'_>) -> Result<Shape, CompactError> {
        let [place, deed] = reader.array()?;
        let key = match place >> 3 {
            0 => {
                let name = reader.bytes()?;
                if name.len() > LONGEST_NAME {
                    return Err(CompactError::TooLarge);
                }
                Key::Name(std::str::from_utf8(name).map_err(|_| CompactError::Malformed)?.to_owned())
            }
            1 => Key::Hex,
            2 => Key::HexOfDossier,
            3 => Key::Head,
            4 => Key::Previous,
            5 => Key::Element,
            _ => return Err(CompactError::Malformed),
        };
        let object = OBJECTS[usize::from(place & 0b11)];
        let action = *ACTIONS.get(usize::from(deed & 0b1111)).ok_or(CompactError::Malformed)?;
        let (insert, preds) = (place & 0b100 != 0, deed >> 4);
        if action == Action::Run && (!insert || preds != 0) || preds == PRED_IS_KEY && key != Key::Element {
            return Err(CompactError::Malformed);
        }
        Ok(Shape { object, insert, key, action, preds })
    }
}

/// The shapes of a frame by number: the dictionary's first, then those it brings itself.
pub(super) struct Table {
    shapes: Vec<Shape>,
    numbers: HashMap<Shape, usize>,
    known: usize,
}

impl Table {
    /// The shapes of a dictionary.
    pub fn new(dictionary: &[u8]) -> Table {
        let mut table = Table { shapes: Vec::new(), numbers: HashMap::new(), known: 0 };
        if !dictionary.is_empty() {
            table.read(&mut Reader(dictionary)).expect("a dictionary begins with its shapes");
        }
        table.known = table.shapes.len();
        table
    }

    /// The number of a shape; a new one is added.
    pub fn number(&mut self, shape: &Shape) -> Option<usize> {
        if let Some(number) = self.numbers.get(shape) {
            return Some(*number);
        }
        if self.shapes.len() == MOST_SHAPES {
            return None;
        }
        self.shapes.push(shape.clone());
        self.numbers.insert(shape.clone(), self.shapes.len() - 1);
        Some(self.shapes.len() - 1)
    }

    /// Every shape, in the order of their numbers.
    pub fn shapes(&self) -> &[Shape] {
        &self.shapes
    }

    /// Those the dictionary does not know.
    pub fn write(&self, out: &mut Writer) {
        let new = &self.shapes[self.known..];
        out.number(new.len() as u64);
        new.iter().for_each(|shape| shape.write(out));
    }

    /// Adds those a frame brings.
    pub fn read(&mut self, reader: &mut Reader<'_>) -> Result<(), CompactError> {
        let count = reader.count(2)?;
        if self.shapes.len() + count > MOST_SHAPES {
            return Err(CompactError::TooLarge);
        }
        for _ in 0..count {
            let shape = Shape::read(reader)?;
            self.numbers.entry(shape.clone()).or_insert(self.shapes.len());
            self.shapes.push(shape);
        }
        Ok(())
    }
}
