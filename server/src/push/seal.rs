//! What is pushed, sealed for one browser (RFC 8291 over RFC 8188, `aes128gcm`): the push service carries it and reads
//! nothing.

use aes_gcm::aead::{Aead as _, KeyInit as _, Payload};
use aes_gcm::{Aes128Gcm, Nonce};
use hkdf::Hkdf;
use p256::elliptic_curve::sec1::ToSec1Point as _;
use p256::{PublicKey, SecretKey};
use sha2::Sha256;

/// Size of a record: the one there is fits in any.
const RECORD: u32 = 4_096;

/// The keys of a subscription, as the browser made them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Keys {
    /// `p256dh`: an uncompressed point.
    pub point: PublicKey,
    /// `auth`.
    pub secret: [u8; 16],
}

/// Seals a message; `once` and `salt` are random and used for nothing else. `None` when `once` is no key, which happens to
/// one of 2³² rolls.
pub fn seal(message: &[u8], to: &Keys, once: [u8; 32], salt: [u8; 16]) -> Option<Vec<u8>> {
    let mine = SecretKey::from_slice(&once).ok()?;
    let own = point(&mine.public_key());
    let shared = p256::ecdh::diffie_hellman(mine.to_nonzero_scalar(), to.point.as_affine());
    let (key, nonce) = derive(shared.raw_secret_bytes(), &to.secret, &point(&to.point), &own, &salt)?;
    // One record, the last: the mark 2, and no padding, for every message is one byte.
    let plain = [message, &[2]].concat();
    let cipher = Aes128Gcm::new(&key.into());
    let sealed = cipher.encrypt(&Nonce::from(nonce), Payload { msg: &plain, aad: &[] }).ok()?;
    let mut body = salt.to_vec();
    body.extend(RECORD.to_be_bytes());
    body.push(own.len() as u8);
    body.extend(own);
    body.extend(sealed);
    Some(body)
}

/// A public key as browsers write one: 65 bytes.
pub fn point(key: &PublicKey) -> Vec<u8> {
    key.to_sec1_point(false).as_bytes().to_vec()
}

/// The content key and the nonce (RFC 8291 §3.4).
fn derive(
    shared: &[u8],
    auth: &[u8; 16],
    theirs: &[u8],
    own: &[u8],
    salt: &[u8; 16],
) -> Option<([u8; 16], [u8; 12])> {
    let mut input = [0; 32];
    let info = [b"WebPush: info\0", theirs, own].concat();
    Hkdf::<Sha256>::new(Some(auth), shared).expand(&info, &mut input).ok()?;
    let content = Hkdf::<Sha256>::new(Some(salt), &input);
    let (mut key, mut nonce) = ([0; 16], [0; 12]);
    content.expand(b"Content-Encoding: aes128gcm\0", &mut key).ok()?;
    content.expand(b"Content-Encoding: nonce\0", &mut nonce).ok()?;
    Some((key, nonce))
}

#[cfg(test)]
mod tests {
    use base64::Engine as _;
    use base64::prelude::BASE64_URL_SAFE_NO_PAD as BASE64;

    use super::*;

    fn exact<const N: usize>(text: &str) -> [u8; N] {
        BASE64.decode(text).expect("base64").try_into().expect("so many bytes")
    }

    #[test]
    fn the_example_of_rfc_8291_comes_out_byte_by_byte() {
        let point = BASE64
            .decode("BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4")
            .expect("base64");
        let to = Keys {
            point: PublicKey::from_sec1_bytes(&point).expect("a point"),
            secret: exact("BTBZMqHH6r4Tts7J_aSIgg"),
        };
        let sealed = seal(
            b"When I grow up, I want to be a watermelon",
            &to,
            exact("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"),
            exact("DGv6ra1nlYgDCS1FRnbzlw"),
        );
        assert_eq!(
            BASE64.encode(sealed.expect("sealed")),
            "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
        );
    }
}
