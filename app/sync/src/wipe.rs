//! Lệnh xóa: what the office answers a device that was revoked, once it has kept what the device brought. It is signed
//! by a receipt key over the frame it answers, so that nobody else can give it, nor give it again later.
//!
//! Magic, version, the number of the key (4, little endian), the signature (64).

use dossier::id::DeviceHandle;
use ed25519_dalek::{Signature, Signer, SigningKey};
use sha2::{Digest, Sha256};

use crate::receipt::Keys;

/// The content type of the answer; its status is 410.
pub const CONTENT_TYPE: &str = "application/vnd.bankhai.wipe";

const DOMAIN: &[u8] = b"bankhai wipe order v1";
/// No frame begins like this: what answers a frame answers no question.
const LOCKED: &[u8] = b"bankhai locked device asks v1";
const MAGIC: [u8; 3] = *b"BKW";
const VERSION: u8 = 1;

/// What an order speaks of: the digest of the frame it answers.
pub fn digest(frame: &[u8]) -> [u8; 32] {
    Sha256::digest(frame).into()
}

/// An order to the device that sent this frame.
pub fn order(device: DeviceHandle, frame: &[u8; 32], key_id: u32, key: &SigningKey) -> Vec<u8> {
    let signature = key.sign(&message(device, frame));
    [&MAGIC[..], &[VERSION], &key_id.to_le_bytes(), &signature.to_bytes()].concat()
}

/// Whether these bytes are the office's order to this device, about this frame.
pub fn is_genuine(order: &[u8], device: DeviceHandle, frame: &[u8; 32], keys: &Keys) -> bool {
    let Some((head, rest)) = order.split_first_chunk::<4>() else { return false };
    let Some((key_id, signature)) = rest.split_first_chunk::<4>() else { return false };
    let (Ok(signature), true) = (Signature::from_slice(signature), head[..3] == MAGIC && head[3] == VERSION)
    else {
        return false;
    };
    let key_id = u32::from_le_bytes(*key_id);
    let known = keys.iter().find(|(id, _)| *id == key_id);
    known.is_some_and(|(_, key)| key.verify_strict(&message(device, frame), &signature).is_ok())
}

/// What an order to a locked device speaks of: the dice of the device's own question. A locked device signs nothing, so
/// anybody may ask for any; only the device that has rolled these dice takes the answer for its own.
pub fn digest_of_question(challenge: &[u8; 32]) -> [u8; 32] {
    Sha256::new().chain_update(LOCKED).chain_update(challenge).finalize().into()
}

fn message(device: DeviceHandle, frame: &[u8; 32]) -> Vec<u8> {
    [DOMAIN, &device.0, frame].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_order_holds_for_one_device_one_frame_and_the_offices_key_alone() {
        let (office, other) = (SigningKey::from_bytes(&[1; 32]), SigningKey::from_bytes(&[2; 32]));
        let keys: Keys = vec![(7, office.verifying_key())];
        let (device, frame) = (DeviceHandle([3; 3]), digest(b"a frame"));
        let genuine = order(device, &frame, 7, &office);
        assert!(is_genuine(&genuine, device, &frame, &keys));
        assert!(!is_genuine(&genuine, DeviceHandle([4; 3]), &frame, &keys));
        assert!(!is_genuine(&genuine, device, &digest(b"another"), &keys));
        assert!(!is_genuine(&order(device, &frame, 8, &office), device, &frame, &keys));
        assert!(!is_genuine(&order(device, &frame, 7, &other), device, &frame, &keys));
        for cut in 0..genuine.len() {
            assert!(!is_genuine(&genuine[..cut], device, &frame, &keys));
        }
    }
}
