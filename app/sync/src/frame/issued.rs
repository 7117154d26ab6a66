//! Receipts as an answer tells them: the device rebuilds what it knows itself.

use super::{FrameError, things};
use crate::receipt::{Epoch, Root};
use crate::wire::{Reader, Writer};

/// The receipts of one exchange: one signature, and per leaf no more than the device cannot rebuild.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Issued {
    /// What is signed.
    pub root: Root,
    /// The signature, 64 bytes.
    pub signature: Vec<u8>,
    /// The leaves, in the order of the tree.
    pub leaves: Vec<IssuedLeaf>,
}

/// One leaf: the submission it is for, and its number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct IssuedLeaf {
    /// The place of the submission among the acts of the frame that is answered.
    pub act: u32,
    /// The serial.
    pub serial: u32,
    /// The epoch the number was given in.
    pub number_epoch: Epoch,
}

impl Issued {
    pub(super) fn write(&self, out: &mut Writer) {
        self.root.write(out);
        out.raw(&self.signature);
        out.number(self.leaves.len() as u64);
        for leaf in &self.leaves {
            // Nearly always the root's own epoch: the lowest bit says so.
            let other = leaf.number_epoch != self.root.epoch;
            out.number(u64::from(leaf.act) * 2 + u64::from(other));
            out.number(leaf.serial.into());
            if other {
                out.raw(&leaf.number_epoch.0);
            }
        }
    }

    pub(super) fn read(reader: &mut Reader<'_>) -> Result<Issued, FrameError> {
        let root = Root::read(reader)?;
        let signature = reader.array::<64>()?.to_vec();
        let leaves = things(reader, 2, |reader| {
            let act = reader.number()?;
            let serial = reader.fit()?;
            let number_epoch = if act % 2 == 0 { root.epoch } else { Epoch(reader.array()?) };
            let act = u32::try_from(act / 2).map_err(|_| FrameError::Malformed)?;
            Ok(IssuedLeaf { act, serial, number_epoch })
        })?;
        Ok(Issued { root, signature, leaves })
    }
}
