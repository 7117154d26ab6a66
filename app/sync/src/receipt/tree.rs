//! The tree under one signature: a leaf per receipt, and a path from each leaf to the root.

use dossier::id::DossierId;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::Epoch;

/// On which side of a pair the sibling stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Side {
    /// Before ours.
    Left,
    /// After ours.
    Right,
}

/// What a leaf is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Leaf {
    /// The serial of the number.
    pub serial: u32,
    /// The epoch the number was given in.
    pub number_epoch: Epoch,
    /// The dossier.
    pub dossier: DossierId,
    /// [`content`].
    pub content: [u8; 32],
}

impl Leaf {
    fn hash(&self) -> [u8; 32] {
        Sha256::new()
            .chain_update([0])
            .chain_update(self.serial.to_be_bytes())
            .chain_update(self.number_epoch.0)
            .chain_update(self.dossier.0)
            .chain_update(self.content)
            .finalize()
            .into()
    }
}

fn node(left: &[u8; 32], right: &[u8; 32]) -> [u8; 32] {
    Sha256::new().chain_update([1]).chain_update(left).chain_update(right).finalize().into()
}

/// A path from a leaf to the root.
pub type Path = Vec<(Side, [u8; 32])>;

/// The Merkle root over the leaves and the path of each. A lone node of a level moves up as it is.
pub fn merkle(leaves: &[Leaf]) -> ([u8; 32], Vec<Path>) {
    let mut level: Vec<[u8; 32]> = leaves.iter().map(Leaf::hash).collect();
    let mut places: Vec<usize> = (0..leaves.len()).collect();
    let mut paths = vec![Path::new(); leaves.len()];
    while level.len() > 1 {
        for (path, place) in paths.iter_mut().zip(places.iter_mut()) {
            if let Some(sibling) = level.get(*place ^ 1) {
                let side = if *place % 2 == 0 { Side::Right } else { Side::Left };
                path.push((side, *sibling));
            }
            *place /= 2;
        }
        level = level
            .chunks(2)
            .map(|pair| match pair {
                [left, right] => node(left, right),
                lone => lone[0],
            })
            .collect();
    }
    (level.first().copied().unwrap_or_default(), paths)
}

/// The root a path leads to from its leaf.
pub(super) fn climb(leaf: &Leaf, path: &Path) -> [u8; 32] {
    path.iter().fold(leaf.hash(), |hash, (side, sibling)| match side {
        Side::Left => node(sibling, &hash),
        Side::Right => node(&hash, sibling),
    })
}
