//! What the office answers: a verdict on everything that came up, receipts, and everything newer.

use std::collections::BTreeSet;

use dossier::act::{Actor, Recorded};
use dossier::id::{CommuneCode, DossierId};
use dossier::moment::Moment;
use dossier::view::Rejection;
use serde::{Deserialize, Serialize};

use super::compact::{acts, numbers, taken, trees};
pub use super::issued::{Issued, IssuedLeaf};
use super::up::SentAct;
use super::{
    ActId, Form, FrameError, Have, Parcel, Scope, Shared, begin, kind, open, read_compact, read_moment,
    read_postcard, section, things, write_moment, write_parcels, write_postcard,
};
use crate::catalogue::Catalogue;
use crate::receipt::{Epoch, Receipt, ReceiptNumber};
use crate::wire::{Reader, Writer};

pub use super::facts::{Facts, Seat};

const DIRECTION: u8 = 2;

/// What the office says of one dossier or act that came up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Verdict {
    /// Stored for good, or there already.
    Accepted,
    /// Not taken; the others are.
    Rejected(Rejection),
}

/// The verdict on one act.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ActVerdict {
    /// The dossier.
    pub dossier: DossierId,
    /// The act.
    pub id: ActId,
    /// What became of it. `Rejected(OutOfOrder)`: the dossier had moved on before the tap arrived.
    pub verdict: Verdict,
}

/// An act in the office's order, with the id it was sent under.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ordered {
    /// The dossier.
    pub dossier: DossierId,
    /// The id it was sent under.
    pub id: ActId,
    /// The act, who and when.
    pub recorded: Recorded,
}

/// An act of the frame that is answered, as the office has ordered it. The device has the act itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Taken {
    /// Its place among the acts of that frame.
    pub act: u32,
    /// Its place in the office's order.
    pub order: u32,
    /// When, by the office's clock.
    pub at: Moment,
    /// Who.
    pub by: Actor,
}

/// The number and time of a receipt, for officers: they need no proof from their own office.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Numbered {
    /// The dossier.
    pub dossier: DossierId,
    /// Its number.
    pub number: ReceiptNumber,
    /// When the office first received it.
    pub at: Moment,
}

/// One frame downwards.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Down {
    /// The office's epoch.
    pub epoch: Epoch,
    /// The office's clock.
    pub at: Moment,
    /// There is more: come again at once.
    pub more: bool,
    /// Verdicts on dossiers.
    pub verdicts: Vec<(DossierId, Verdict)>,
    /// Verdicts on acts.
    pub act_verdicts: Vec<ActVerdict>,
    /// The acts that were taken, when the frame that is answered was compact: then whatever no verdict speaks of is
    /// accepted. [`Down::settle`] puts back what its sender knows.
    pub taken: Option<Vec<Taken>>,
    /// Receipts issued for this exchange.
    pub issued: Option<Issued>,
    /// Receipts issued before: for a repeat, or for another device of the house.
    pub receipts: Vec<Receipt>,
    /// Changes.
    pub parcels: Vec<Parcel>,
    /// Acts.
    pub recorded: Vec<Ordered>,
    /// Numbers.
    pub numbered: Vec<Numbered>,
    /// What the device has seen of each scope once it has kept this frame.
    pub cursors: Vec<(Scope, Have)>,
    /// Facts, when they changed.
    pub facts: Option<Facts>,
    /// Where the person belongs; with the facts, for a device that reads it.
    pub seat: Option<Seat>,
    /// The procedures, for a device that knows others.
    pub catalogue: Option<Catalogue>,
}

impl Down {
    /// The frame's bytes.
    pub fn encode(&self, form: Form) -> Vec<u8> {
        self.encode_after(form, &())
    }

    /// The frame's bytes for a device that has what `shared` names.
    pub fn encode_after(&self, form: Form, shared: &dyn Shared) -> Vec<u8> {
        let mut out = begin(DIRECTION);
        out.raw(&self.epoch.0);
        write_moment(&mut out, self.at);
        out.raw(&[u8::from(self.more)]);
        let verdicts = self.verdicts.len() + self.act_verdicts.len();
        section(&mut out, kind::VERDICTS, verdicts, |out| {
            for (dossier, verdict) in &self.verdicts {
                out.raw(&[verdict_code(*verdict)]);
                out.raw(&dossier.0);
            }
            for act in &self.act_verdicts {
                out.raw(&[verdict_code(act.verdict) | ACT]);
                out.raw(&act.dossier.0);
                out.raw(&act.id.0);
            }
        });
        section(&mut out, kind::ISSUED, usize::from(self.issued.is_some()), |out| {
            self.issued.iter().for_each(|issued| issued.write(out));
        });
        if let Some(acts) = &self.taken {
            out.raw(&[kind::TAKEN]);
            out.bytes(&taken::encode(acts, self.at));
        }
        write_parcels(&mut out, &self.parcels, form, shared);
        match form {
            Form::Compact if !self.recorded.is_empty() => {
                out.raw(&[kind::RECORDED_COMPACT]);
                out.bytes(&acts::encode_ordered(&self.recorded, self.at, &self.parcels));
            }
            _ => section(&mut out, kind::RECORDED, self.recorded.len(), |out| {
                self.recorded.iter().for_each(|ordered| write_postcard(out, ordered));
            }),
        }
        self.write_receipts(&mut out, form);
        self.write_numbers(&mut out, form);
        section(&mut out, kind::CURSORS, self.cursors.len(), |out| {
            for (scope, have) in &self.cursors {
                scope.write(out);
                have.write(out);
            }
        });
        section(&mut out, kind::FACTS, usize::from(self.facts.is_some()), |out| {
            self.facts.iter().for_each(|facts| write_postcard(out, facts));
        });
        section(&mut out, kind::SEAT, usize::from(self.seat.is_some()), |out| {
            self.seat.iter().for_each(|seat| write_postcard(out, seat));
        });
        if let Some(catalogue) = &self.catalogue {
            out.raw(&[kind::CATALOGUE]);
            out.bytes(&catalogue.to_bytes());
        }
        out.0
    }

    /// Receipts and numbers come after the parcels, by whose places they are told.
    fn write_receipts(&self, out: &mut Writer, form: Form) {
        let (trees, rest) = match form {
            Form::Compact => trees::whole(&self.receipts),
            Form::Plain => (Vec::new(), self.receipts.iter().collect()),
        };
        section(out, kind::RECEIPTS, rest.len(), |out| rest.iter().for_each(|receipt| receipt.write(out)));
        if !trees.is_empty() {
            out.raw(&[kind::RECEIPTS_COMPACT]);
            out.bytes(&trees::encode(&trees, &self.parcels));
        }
    }

    fn write_numbers(&self, out: &mut Writer, form: Form) {
        if form == Form::Compact && !self.numbered.is_empty() {
            out.raw(&[kind::NUMBERED_COMPACT]);
            out.bytes(&numbers::encode(&self.numbered, self.at, &self.parcels));
            return;
        }
        section(out, kind::NUMBERED, self.numbered.len(), |out| {
            for numbered in &self.numbered {
                out.raw(&numbered.dossier.0);
                out.number(numbered.number.commune.0.into());
                out.raw(&numbered.number.epoch.0);
                out.number(numbered.number.serial.into());
                write_moment(out, numbered.at);
            }
        });
    }

    /// Puts back what the sender of the frame that is answered knows: that what no verdict speaks of was accepted, and
    /// what its acts say. `dossiers` are those whose changes it held, `acts` its acts in their order.
    pub fn settle(&mut self, dossiers: impl IntoIterator<Item = DossierId>, acts: &[SentAct]) {
        let Some(taken) = self.taken.take() else { return };
        let spoken_of: BTreeSet<DossierId> = self.verdicts.iter().map(|(dossier, _)| *dossier).collect();
        let accepted = dossiers.into_iter().filter(|dossier| !spoken_of.contains(dossier));
        self.verdicts.extend(accepted.map(|dossier| (dossier, Verdict::Accepted)));
        let refused: BTreeSet<ActId> = self.act_verdicts.iter().map(|said| said.id).collect();
        let accepted = acts.iter().filter(|sent| !refused.contains(&sent.id));
        self.act_verdicts.extend(accepted.map(|sent| ActVerdict {
            dossier: sent.dossier,
            id: sent.id,
            verdict: Verdict::Accepted,
        }));
        let ordered = taken.into_iter().filter_map(|one| {
            let SentAct { dossier, id, act } = acts.get(one.act as usize)?.clone();
            Some(Ordered {
                dossier,
                id,
                recorded: Recorded { order: one.order, at: one.at, by: one.by, act },
            })
        });
        self.recorded.splice(0..0, ordered);
    }

    /// Reads a frame that stands by itself.
    ///
    /// # Errors
    /// See [`FrameError`].
    pub fn decode(bytes: &[u8]) -> Result<Down, FrameError> {
        Down::decode_after(bytes, &())
    }

    /// Reads a frame that follows on what is `shared`.
    ///
    /// # Errors
    /// See [`FrameError`].
    pub fn decode_after(bytes: &[u8], shared: &dyn Shared) -> Result<Down, FrameError> {
        let mut reader = open(bytes, DIRECTION)?;
        let mut down = Down {
            epoch: Epoch(reader.array()?),
            at: read_moment(&mut reader)?,
            more: reader.byte()? != 0,
            ..Down::default()
        };
        while !reader.0.is_empty() {
            let kind = reader.byte()?;
            let mut body = Reader(reader.bytes()?);
            match kind {
                kind::VERDICTS => down.read_verdicts(&mut body)?,
                kind::ISSUED => down.issued = things(&mut body, 100, Issued::read)?.pop(),
                kind::RECEIPTS => {
                    down.receipts = things(&mut body, 100, |reader| Ok(Receipt::read(reader)?))?;
                }
                kind::RECEIPTS_COMPACT => {
                    down.receipts.extend(trees::decode(std::mem::take(&mut body.0), &down.parcels)?);
                }
                kind::TAKEN => down.taken = Some(taken::decode(std::mem::take(&mut body.0), down.at)?),
                kind::NUMBERED_COMPACT => {
                    let told = std::mem::take(&mut body.0);
                    down.numbered = numbers::decode(told, down.at, &down.parcels)?;
                }
                kind::CHANGES_PLAIN => down.parcels = things(&mut body, 10, Parcel::read)?,
                kind::CHANGES_COMPACT => down.parcels = read_compact(std::mem::take(&mut body.0), shared)?,
                kind::RECORDED_COMPACT => {
                    let told = std::mem::take(&mut body.0);
                    down.recorded = acts::decode_ordered(told, down.at, &down.parcels)?;
                }
                kind::RECORDED => down.recorded = things(&mut body, 2, read_postcard)?,
                kind::NUMBERED => {
                    down.numbered = things(&mut body, 19, |reader| {
                        let dossier = DossierId(reader.array()?);
                        let commune = CommuneCode(reader.fit()?);
                        let epoch = Epoch(reader.array()?);
                        let number = ReceiptNumber { commune, epoch, serial: reader.fit()? };
                        Ok(Numbered { dossier, number, at: read_moment(reader)? })
                    })?;
                }
                kind::CURSORS => {
                    down.cursors =
                        things(&mut body, 4, |reader| Ok((Scope::read(reader)?, Have::read(reader)?)))?;
                }
                kind::FACTS => down.facts = things(&mut body, 2, read_postcard)?.pop(),
                kind::SEAT => down.seat = things(&mut body, 2, read_postcard)?.pop(),
                kind::CATALOGUE => {
                    // A word of a procedure file that this build does not know yet must not cost it its receipts.
                    down.catalogue = Catalogue::from_bytes(std::mem::take(&mut body.0)).ok();
                }
                _ => return Err(FrameError::Unknown),
            }
            body.end()?;
        }
        Ok(down)
    }

    fn read_verdicts(&mut self, body: &mut Reader<'_>) -> Result<(), FrameError> {
        for _ in 0..body.count(9)? {
            let code = body.byte()?;
            let verdict = code_verdict(code & !ACT)?;
            let dossier = DossierId(body.array()?);
            if code & ACT == 0 {
                self.verdicts.push((dossier, verdict));
            } else {
                self.act_verdicts.push(ActVerdict { dossier, id: ActId(body.array()?), verdict });
            }
        }
        Ok(())
    }
}

const ACT: u8 = 0x80;

const REJECTIONS: [Rejection; 7] = [
    Rejection::TooLarge,
    Rejection::Malformed,
    Rejection::OutOfOrder,
    Rejection::Invalid,
    Rejection::Forbidden,
    Rejection::IdTaken,
    Rejection::NoAuthorisation,
];

fn verdict_code(verdict: Verdict) -> u8 {
    match verdict {
        Verdict::Accepted => 0,
        Verdict::Rejected(why) => {
            1 + REJECTIONS.iter().position(|known| *known == why).expect("all are listed") as u8
        }
    }
}

fn code_verdict(code: u8) -> Result<Verdict, FrameError> {
    match code {
        0 => Ok(Verdict::Accepted),
        code => REJECTIONS
            .get(usize::from(code) - 1)
            .map(|why| Verdict::Rejected(*why))
            .ok_or(FrameError::Unknown),
    }
}
