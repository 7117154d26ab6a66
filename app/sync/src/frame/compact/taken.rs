//! The acts of the frame that is answered, as the office has ordered them: the device has each act itself, so its
//! place in that frame stands for it.
//!
//! Form, dice (none) and body as for acts. Body: actors (account, role, name), count, then columns of z(place − last −
//! 1), order, z(time − last), actor.

use dossier::moment::Moment;

use super::acts::{Actors, read_actors};
use super::places::{Times, close, column, open};
use super::{signed, zigzag};
use crate::frame::FrameError;
use crate::frame::down::Taken;
use crate::wire::{Reader, Writer};

/// The acts as a section; `at` is the frame's own time.
pub fn encode(taken: &[Taken], at: Moment) -> Vec<u8> {
    let (mut actors, mut times, mut last) = (Actors::default(), Times(at.0), -1);
    let mut columns: [Writer; 4] = Default::default();
    for one in taken {
        columns[0].number(zigzag(i64::from(one.act) - last - 1));
        last = i64::from(one.act);
        columns[1].number(one.order.into());
        times.write(one.at.0, &mut columns[2]);
        columns[3].number(actors.place(&one.by));
    }
    let mut body = actors.write();
    body.number(taken.len() as u64);
    columns.iter().for_each(|column| body.raw(&column.0));
    close(&[], body)
}

/// The acts of a section, with the time of its frame.
///
/// # Errors
/// `Malformed` when the bytes do not parse.
pub fn decode(bytes: &[u8], at: Moment) -> Result<Vec<Taken>, FrameError> {
    let (dice, body) = open(bytes)?;
    let mut body = Reader(&body);
    let actors = read_actors(&mut body)?;
    let count = body.count(4)?;
    let mut columns = || column(&mut body, count);
    let (places, orders, moments, who) = (columns()?, columns()?, columns()?, columns()?);
    body.end()?;
    dice.end()?;
    let (mut last, mut times) = (-1i64, Times(at.0));
    let mut taken = Vec::with_capacity(count);
    for (((place, order), moment), who) in places.into_iter().zip(orders).zip(moments).zip(who) {
        last = last.checked_add(signed(place)).and_then(|place| place.checked_add(1)).unwrap_or(-1);
        let act = u32::try_from(last).map_err(|_| FrameError::Malformed)?;
        let order = u32::try_from(order).map_err(|_| FrameError::Malformed)?;
        let by = usize::try_from(who).ok().and_then(|who| actors.get(who)).ok_or(FrameError::Malformed)?;
        taken.push(Taken { act, order, at: Moment(times.read(moment)), by: by.clone() });
    }
    Ok(taken)
}
