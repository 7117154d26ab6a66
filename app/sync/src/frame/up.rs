//! What a device sends: what it has seen, every outgoing change and act, and after a restore of the office the
//! receipts it holds.

use dossier::act::Act;
use dossier::id::{DeviceHandle, DossierId};
use dossier::moment::Moment;
use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};

use super::compact::{self, acts};
use super::{
    ActId, Form, FrameError, Have, Parcel, Scope, Shared, begin, kind, open, read_compact, read_moment,
    read_postcard, section, things, write_moment, write_parcels, write_postcard,
};
use crate::receipt::{Epoch, Receipt};
use crate::wire::Writer;

pub(super) const DIRECTION: u8 = 1;
const DOMAIN: &[u8] = b"bankhai frame up v1";
const SIGNATURE: usize = 64;
/// Beside the form: the device reads where its person belongs.
const SEATED: u8 = 2;

/// An act on its way to the office.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SentAct {
    /// The dossier.
    pub dossier: DossierId,
    /// What makes a repeat the same act.
    pub id: ActId,
    /// The act.
    pub act: Act,
}

/// One frame upwards.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Up {
    /// How this frame tells its changes, and how the answer may.
    pub form: Form,
    /// Whether the device reads [`super::down::Seat`]; an office of before the seat refuses a frame that says so, and the
    /// device says no more of it when it comes again.
    pub seated: bool,
    /// The device.
    pub handle: DeviceHandle,
    /// The office's epoch as last seen; zeros when never.
    pub epoch: Epoch,
    /// The phone's own clock, a claim.
    pub claimed_at: Moment,
    /// The version of the facts the device holds; 0 for none.
    pub facts: u64,
    /// Per scope, what has been seen of its log.
    pub have: Vec<(Scope, Have)>,
    /// Changes.
    pub parcels: Vec<Parcel>,
    /// Acts.
    pub acts: Vec<SentAct>,
    /// Receipts offered to a restored office.
    pub receipts: Vec<Receipt>,
    /// The version of the procedures the device knows, 0 for none; `None` when it does not ask for them.
    pub catalogue: Option<u32>,
}

impl Up {
    /// A plain frame that says nothing and asks for nothing yet.
    pub fn silent(handle: DeviceHandle, claimed_at: Moment) -> Up {
        Up {
            form: Form::Plain,
            seated: false,
            handle,
            epoch: Epoch::default(),
            claimed_at,
            facts: 0,
            have: Vec::new(),
            parcels: Vec::new(),
            acts: Vec::new(),
            receipts: Vec::new(),
            catalogue: None,
        }
    }

    /// The frame's bytes, signed by the device.
    pub fn encode(&self, key: &SigningKey) -> Vec<u8> {
        self.encode_after(key, &())
    }

    /// The frame's bytes for an office that has what `shared` names.
    pub fn encode_after(&self, key: &SigningKey, shared: &dyn Shared) -> Vec<u8> {
        let mut out = self.body(shared);
        let signature = key.sign(&[DOMAIN, &out.0].concat());
        out.raw(&signature.to_bytes());
        out.0
    }

    fn body(&self, shared: &dyn Shared) -> Writer {
        let mut out = begin(DIRECTION);
        out.raw(&self.handle.0);
        out.raw(&self.epoch.0);
        write_moment(&mut out, self.claimed_at);
        out.number(self.facts);
        out.raw(&[u8::from(self.form == Form::Compact) | if self.seated { SEATED } else { 0 }]);
        out.number(self.have.len() as u64);
        for (scope, have) in &self.have {
            scope.write(&mut out);
            have.write(&mut out);
        }
        write_parcels(&mut out, &self.parcels, self.form, shared);
        match self.form {
            Form::Compact if !self.acts.is_empty() => {
                out.raw(&[kind::ACTS_COMPACT]);
                out.bytes(&acts::encode_acts(&self.acts, self.claimed_at, &self.parcels));
            }
            _ => section(&mut out, kind::ACTS, self.acts.len(), |out| {
                for sent in &self.acts {
                    out.raw(&sent.dossier.0);
                    out.raw(&sent.id.0);
                    write_postcard(out, &sent.act);
                }
            }),
        }
        section(&mut out, kind::RECEIPTS, self.receipts.len(), |out| {
            self.receipts.iter().for_each(|receipt| receipt.write(out));
        });
        if let Some(version) = self.catalogue {
            out.raw(&[kind::CATALOGUE]);
            out.bytes(&version.to_be_bytes());
        }
        out
    }

    /// Reads a frame whose device key is known: signature first, then the rest.
    ///
    /// # Errors
    /// `Dependency` when all is well but a change follows one that is not in the frame: see [`dossiers`] and
    /// [`Up::decode_after`].
    pub fn decode(bytes: &[u8], key: &VerifyingKey) -> Result<Up, FrameError> {
        Up::decode_after(bytes, key, &())
    }

    /// Reads a frame that follows on what is `shared`. That may hold only dossiers the sender may see.
    ///
    /// # Errors
    /// See [`FrameError`].
    pub fn decode_after(bytes: &[u8], key: &VerifyingKey, shared: &dyn Shared) -> Result<Up, FrameError> {
        let end = bytes.len().checked_sub(SIGNATURE).ok_or(FrameError::NotAFrame)?;
        let (signed, signature) = bytes.split_at(end);
        open(bytes, DIRECTION)?;
        let signature = Signature::from_slice(signature).map_err(|_| FrameError::Signature)?;
        key.verify_strict(&[DOMAIN, signed].concat(), &signature).map_err(|_| FrameError::Signature)?;
        Up::read(signed, shared)
    }

    fn read(signed: &[u8], shared: &dyn Shared) -> Result<Up, FrameError> {
        let (mut up, mut reader) = Up::read_head(signed)?;
        while !reader.0.is_empty() {
            let kind = reader.byte()?;
            let mut body = crate::wire::Reader(reader.bytes()?);
            match kind {
                kind::CHANGES_PLAIN => up.parcels = things(&mut body, 10, Parcel::read)?,
                kind::CHANGES_COMPACT => up.parcels = read_compact(std::mem::take(&mut body.0), shared)?,
                kind::ACTS_COMPACT => {
                    let told = std::mem::take(&mut body.0);
                    up.acts = acts::decode_acts(told, up.claimed_at, &up.parcels)?;
                }
                kind::ACTS => {
                    up.acts = things(&mut body, 18, |reader| {
                        Ok(SentAct {
                            dossier: DossierId(reader.array()?),
                            id: ActId(reader.array()?),
                            act: read_postcard(reader)?,
                        })
                    })?;
                }
                kind::RECEIPTS => up.receipts = things(&mut body, 100, |reader| Ok(Receipt::read(reader)?))?,
                kind::CATALOGUE => up.catalogue = Some(u32::from_be_bytes(body.array()?)),
                _ => return Err(FrameError::Unknown),
            }
            body.end()?;
        }
        Ok(up)
    }

    fn read_head(signed: &[u8]) -> Result<(Up, crate::wire::Reader<'_>), FrameError> {
        let mut reader = open(signed, DIRECTION)?;
        let handle = DeviceHandle(reader.array()?);
        let (epoch, claimed_at) = (Epoch(reader.array()?), read_moment(&mut reader)?);
        let (facts, flags) = (reader.number()?, reader.byte()?);
        let up = Up {
            handle,
            epoch,
            claimed_at,
            facts,
            form: match flags & !SEATED {
                0 => Form::Plain,
                1 => Form::Compact,
                _ => return Err(FrameError::Unknown),
            },
            seated: flags & SEATED != 0,
            have: things(&mut reader, 4, |reader| Ok((Scope::read(reader)?, Have::read(reader)?)))?,
            parcels: Vec::new(),
            acts: Vec::new(),
            receipts: Vec::new(),
            catalogue: None,
        };
        Ok((up, reader))
    }
}

/// The dossiers whose changes a frame tells in compact form. Nothing is proven yet.
///
/// # Errors
/// See [`FrameError`].
pub fn dossiers(bytes: &[u8]) -> Result<Vec<DossierId>, FrameError> {
    let end = bytes.len().checked_sub(SIGNATURE).ok_or(FrameError::NotAFrame)?;
    let (_, mut reader) = Up::read_head(&bytes[..end])?;
    while !reader.0.is_empty() {
        let (kind, body) = (reader.byte()?, reader.bytes()?);
        if kind == kind::CHANGES_COMPACT {
            return compact::dossiers(body, &compact::Limits::FRAME).map_err(|_| FrameError::Malformed);
        }
    }
    Ok(Vec::new())
}
