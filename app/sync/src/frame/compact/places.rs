//! What the other compact sections of a frame share: dossiers told by their place among its parcels, and a body that
//! is deflated when that is shorter.

use std::collections::HashMap;

use dossier::id::DossierId;

use super::{deflate, signed, zigzag};
use crate::frame::{FrameError, Parcel};
use crate::wire::{Reader, Writer};

/// Bytes of a body at most, once inflated.
const MOST_INFLATED: usize = 1 << 20;

/// The dossiers a section speaks of: those of the parcels first, then new ones in the order they are named.
pub(super) struct Places {
    dossiers: Vec<DossierId>,
    places: HashMap<DossierId, usize>,
    last: i64,
}

impl Places {
    pub fn new(parcels: &[Parcel]) -> Places {
        let mut places = Places { dossiers: Vec::new(), places: HashMap::new(), last: -1 };
        parcels.iter().for_each(|parcel| places.enter(parcel.dossier));
        places
    }

    fn enter(&mut self, dossier: DossierId) {
        self.places.entry(dossier).or_insert(self.dossiers.len());
        self.dossiers.push(dossier);
    }

    /// 0 and eight bytes in the dice for a new one, else z(place − last) + 1.
    pub fn write(&mut self, dossier: DossierId, column: &mut Writer, dice: &mut Vec<u8>) {
        if let Some(place) = self.places.get(&dossier) {
            let place = *place as i64;
            column.number(zigzag(place - self.last) + 1);
            self.last = place;
        } else {
            column.number(0);
            dice.extend_from_slice(&dossier.0);
            self.enter(dossier);
        }
    }

    pub fn read(&mut self, code: u64, dice: &mut Reader<'_>) -> Result<DossierId, FrameError> {
        let Some(step) = code.checked_sub(1) else {
            let dossier = DossierId(dice.array()?);
            self.enter(dossier);
            return Ok(dossier);
        };
        self.last = self.last.checked_add(signed(step)).ok_or(FrameError::Malformed)?;
        let place = usize::try_from(self.last).map_err(|_| FrameError::Malformed)?;
        self.dossiers.get(place).copied().ok_or(FrameError::Malformed)
    }
}

/// A section of dice and body. What its receiver would not inflate is told as it is: the frame is too large then, and less
/// is told at a time.
pub(super) fn close(dice: &[u8], body: Writer) -> Vec<u8> {
    let deflated = deflate::deflate(&body.0, &[]);
    let worth = deflated.len() < body.0.len() && body.0.len() <= MOST_INFLATED;
    let (form, body) = if worth { (1, deflated) } else { (0, body.0) };
    let mut out = Writer(vec![form]);
    out.bytes(dice);
    out.raw(&body);
    out.0
}

/// Dice and body of a section.
pub(super) fn open(bytes: &[u8]) -> Result<(Reader<'_>, Vec<u8>), FrameError> {
    let mut reader = Reader(bytes);
    let form = reader.byte()?;
    let dice = Reader(reader.bytes()?);
    let body = match form {
        0 => reader.0.to_vec(),
        1 => deflate::inflate(reader.0, &[], MOST_INFLATED).map_err(|_| FrameError::Malformed)?,
        _ => return Err(FrameError::Unknown),
    };
    Ok((dice, body))
}

/// A column of so many numbers.
pub(super) fn column(body: &mut Reader<'_>, count: usize) -> Result<Vec<u64>, FrameError> {
    (0..count).map(|_| Ok(body.number()?)).collect()
}

/// Times as differences, each to the one before.
pub(super) struct Times(pub i64);

impl Times {
    pub fn write(&mut self, moment: i64, column: &mut Writer) {
        column.number(zigzag(moment.wrapping_sub(self.0)));
        self.0 = moment;
    }

    pub fn read(&mut self, code: u64) -> i64 {
        self.0 = self.0.wrapping_add(signed(code));
        self.0
    }
}
