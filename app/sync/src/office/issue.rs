//! Issuing: one signature over everything a frame has submitted. The office and the device build the same tree;
//! the answer names each leaf by the submission's place in the frame, and the device rebuilds the rest.

use dossier::id::CommuneCode;
use dossier::moment::Moment;
use ed25519_dalek::SigningKey;

use super::Due;
use crate::case::PROJECTION_VERSION;
use crate::frame::down::{Issued, IssuedLeaf};
use crate::receipt::{Epoch, Leaf, Receipt, Root, merkle};

/// The office's signing key and its id.
pub struct Signer<'a> {
    /// The id.
    pub key_id: u32,
    /// The key.
    pub key: &'a SigningKey,
}

fn leaf(due: &Due) -> Leaf {
    Leaf {
        serial: due.numbered.number.serial,
        number_epoch: due.numbered.number.epoch,
        dossier: due.dossier,
        content: due.content,
    }
}

/// Signs what is due: the receipts to keep, and what the answer says of them.
pub fn issue(
    due: &[Due],
    commune: CommuneCode,
    epoch: Epoch,
    now: Moment,
    signer: &Signer<'_>,
) -> Option<(Vec<Receipt>, Issued)> {
    if due.is_empty() {
        return None;
    }
    let leaves: Vec<Leaf> = due.iter().map(leaf).collect();
    let (top, paths) = merkle(&leaves);
    let root = Root {
        commune,
        epoch,
        key_id: signer.key_id,
        received_at: now,
        projection_version: PROJECTION_VERSION,
        merkle: top,
    };
    let signature = root.sign(signer.key);
    let receipts =
        leaves.iter().zip(paths).map(|(leaf, path)| Receipt::of(root, leaf, path, &signature)).collect();
    let leaves = due
        .iter()
        .map(|due| IssuedLeaf {
            act: due.act,
            serial: due.numbered.number.serial,
            number_epoch: due.numbered.number.epoch,
        })
        .collect();
    Some((receipts, Issued { root, signature: signature.to_vec(), leaves }))
}

/// The device's side: the receipts an answer stands for, from the leaves rebuilt here. `None` when the tree is
/// not the one that was signed.
pub fn rebuild(issued: &Issued, leaves: &[Leaf]) -> Option<Vec<Receipt>> {
    let (top, paths) = merkle(leaves);
    if top != issued.root.merkle {
        return None;
    }
    let whole = leaves.iter().zip(paths);
    Some(whole.map(|(leaf, path)| Receipt::of(issued.root, leaf, path, &issued.signature)).collect())
}
