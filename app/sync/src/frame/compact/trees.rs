//! Receipts by the tree they hang on: when all leaves of a root are told, nobody needs to send a path. What is left of
//! a receipt is its dossier's place, its serial and its content.
//!
//! Form, dice and body as for acts; signatures, Merkle roots and contents stand in the dice. Body: count of roots; per
//! root commune, epoch, key, time, version, count of leaves, then per leaf place, z(serial − last − 1), 0 or 1 and the
//! number's own epoch.

use dossier::id::CommuneCode;
use dossier::moment::Moment;

use super::places::{Places, close, open};
use super::{signed, zigzag};
use crate::frame::{FrameError, Parcel};
use crate::receipt::{Epoch, Leaf, Receipt, Root, merkle};
use crate::wire::{Reader, Writer};

/// Splits receipts into whole trees, each with its receipts in the order of the leaves, and what is left over.
pub fn whole(receipts: &[Receipt]) -> (Vec<&[Receipt]>, Vec<&Receipt>) {
    let (mut trees, mut rest) = (Vec::new(), Vec::new());
    let same = |a: &Receipt, b: &Receipt| a.root == b.root && a.signature == b.signature;
    for run in receipts.chunk_by(same) {
        let leaves: Vec<Leaf> = run.iter().map(Receipt::leaf).collect();
        let (top, paths) = merkle(&leaves);
        let fits = top == run[0].root.merkle && run.iter().zip(&paths).all(|(one, path)| one.path == *path);
        if fits { trees.push(run) } else { rest.extend(run) }
    }
    (trees, rest)
}

/// Whole trees as a section; `parcels` are those of the same frame.
pub fn encode(trees: &[&[Receipt]], parcels: &[Parcel]) -> Vec<u8> {
    let (mut places, mut dice, mut body) = (Places::new(parcels), Vec::new(), Writer::default());
    body.number(trees.len() as u64);
    for tree in trees {
        let Root { commune, epoch, key_id, received_at, projection_version, merkle } = tree[0].root;
        body.number(commune.0.into());
        body.raw(&epoch.0);
        body.number(key_id.into());
        body.number(received_at.0.max(0) as u64);
        body.number(projection_version.into());
        dice.extend_from_slice(&merkle);
        dice.extend_from_slice(&tree[0].signature);
        body.number(tree.len() as u64);
        let mut serial = 0;
        for receipt in *tree {
            places.write(receipt.dossier, &mut body, &mut dice);
            body.number(zigzag(i64::from(receipt.serial) - serial - 1));
            serial = i64::from(receipt.serial);
            let other = receipt.number_epoch != epoch;
            body.number(u64::from(other));
            if other {
                body.raw(&receipt.number_epoch.0);
            }
            dice.extend_from_slice(&receipt.content);
        }
    }
    close(&dice, body)
}

/// The receipts of a section, with the parcels of its frame; says nothing about their truth.
///
/// # Errors
/// `Malformed` when the bytes do not parse or the leaves do not make the root.
pub fn decode(bytes: &[u8], parcels: &[Parcel]) -> Result<Vec<Receipt>, FrameError> {
    let (mut dice, body) = open(bytes)?;
    let (mut places, mut body) = (Places::new(parcels), Reader(&body));
    let mut receipts = Vec::new();
    for _ in 0..body.count(13)? {
        let (commune, epoch) = (CommuneCode(body.fit()?), Epoch(body.array()?));
        let (key_id, received_at) = (body.fit()?, Moment(body.fit()?));
        let (projection_version, merkle_root) = (body.fit()?, dice.array()?);
        let root = Root { commune, epoch, key_id, received_at, projection_version, merkle: merkle_root };
        let signature = dice.array::<64>()?;
        let (mut leaves, mut serial) = (Vec::new(), 0i64);
        for _ in 0..body.count(3)? {
            let code = body.number()?;
            let dossier = places.read(code, &mut dice)?;
            let step = signed(body.number()?);
            serial = serial.checked_add(step).and_then(|next| next.checked_add(1)).unwrap_or(-1);
            let number_epoch = match body.byte()? {
                0 => epoch,
                1 => Epoch(body.array()?),
                _ => return Err(FrameError::Malformed),
            };
            let serial = u32::try_from(serial).map_err(|_| FrameError::Malformed)?;
            leaves.push(Leaf { serial, number_epoch, dossier, content: dice.array()? });
        }
        let (top, paths) = merkle(&leaves);
        if top != root.merkle {
            return Err(FrameError::Malformed);
        }
        let whole = leaves.iter().zip(paths);
        receipts.extend(whole.map(|(leaf, path)| Receipt::of(root, leaf, path, &signature)));
    }
    body.end()?;
    dice.end()?;
    Ok(receipts)
}
