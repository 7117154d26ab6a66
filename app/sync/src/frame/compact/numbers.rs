//! Numbers of receipts in few bytes: the dossier by its place among the parcels, serials and times as differences.
//!
//! Form, dice and body as for acts. Body: epochs (8 bytes each), count, then columns of places, communes, epochs,
//! z(serial − last − 1), z(time − last).

use dossier::id::CommuneCode;
use dossier::moment::Moment;

use super::places::{Places, Times, close, column, open};
use super::{signed, zigzag};
use crate::frame::down::Numbered;
use crate::frame::{FrameError, Parcel};
use crate::receipt::{Epoch, ReceiptNumber};
use crate::wire::{Reader, Writer};

/// The numbers as a section. `at` is the frame's own time, `parcels` are those of the same frame.
pub fn encode(numbers: &[Numbered], at: Moment, parcels: &[Parcel]) -> Vec<u8> {
    let (mut places, mut times, mut serial) = (Places::new(parcels), Times(at.0), 0);
    let (mut epochs, mut dice) = (Vec::<Epoch>::new(), Vec::new());
    let mut columns: [Writer; 5] = Default::default();
    for Numbered { dossier, number, at } in numbers {
        places.write(*dossier, &mut columns[0], &mut dice);
        columns[1].number(number.commune.0.into());
        let epoch = epochs.iter().position(|epoch| *epoch == number.epoch).unwrap_or(epochs.len());
        if epoch == epochs.len() {
            epochs.push(number.epoch);
        }
        columns[2].number(epoch as u64);
        columns[3].number(zigzag(i64::from(number.serial) - serial - 1));
        serial = i64::from(number.serial);
        times.write(at.0, &mut columns[4]);
    }
    let mut body = Writer::default();
    body.number(epochs.len() as u64);
    epochs.iter().for_each(|epoch| body.raw(&epoch.0));
    body.number(numbers.len() as u64);
    columns.iter().for_each(|column| body.raw(&column.0));
    close(&dice, body)
}

/// The numbers of a section, with the time and the parcels of its frame.
///
/// # Errors
/// `Malformed` when the bytes do not parse.
pub fn decode(bytes: &[u8], at: Moment, parcels: &[Parcel]) -> Result<Vec<Numbered>, FrameError> {
    let (mut dice, body) = open(bytes)?;
    let mut body = Reader(&body);
    let mut epochs = Vec::new();
    for _ in 0..body.count(8)? {
        epochs.push(Epoch(body.array()?));
    }
    let count = body.count(5)?;
    let mut columns = || column(&mut body, count);
    let (at_places, communes, of_epochs, serials, moments) =
        (columns()?, columns()?, columns()?, columns()?, columns()?);
    body.end()?;
    let (mut places, mut times, mut serial) = (Places::new(parcels), Times(at.0), 0i64);
    let mut numbers = Vec::with_capacity(count);
    for ((((place, commune), epoch), step), moment) in
        at_places.into_iter().zip(communes).zip(of_epochs).zip(serials).zip(moments)
    {
        let malformed = || FrameError::Malformed;
        let dossier = places.read(place, &mut dice)?;
        let commune = CommuneCode(u32::try_from(commune).map_err(|_| malformed())?);
        let epoch = usize::try_from(epoch).ok().and_then(|epoch| epochs.get(epoch)).ok_or_else(malformed)?;
        serial =
            serial.checked_add(signed(step)).and_then(|next| next.checked_add(1)).ok_or_else(malformed)?;
        let number =
            ReceiptNumber { commune, epoch: *epoch, serial: u32::try_from(serial).map_err(|_| malformed())? };
        numbers.push(Numbered { dossier, number, at: Moment(times.read(moment)) });
    }
    dice.end()?;
    Ok(numbers)
}
