//! Somebody's box: anybody seals to its public half, only its owner opens. HPKE (RFC 9180) with X25519, HKDF-SHA256
//! and ChaCha20-Poly1305; sealed bytes are the encapsulated key (32), then the ciphertext (16 more than the plain).

use hpke::aead::ChaCha20Poly1305;
use hpke::kdf::HkdfSha256;
use hpke::kem::X25519HkdfSha256;
use hpke::{Deserializable, Kem, OpModeR, OpModeS, Serializable};

use crate::dice::Dice;

type Public = <X25519HkdfSha256 as Kem>::PublicKey;
type Private = <X25519HkdfSha256 as Kem>::PrivateKey;

/// What sealing adds to the plain bytes.
pub const OVERHEAD: usize = 32 + 16;

/// Seals for one purpose, bound to `bound` besides. `None` when `to` is no key.
pub fn seal(purpose: &[u8], bound: &[u8], plain: &[u8], to: &[u8; 32], dice: &mut Dice) -> Option<Vec<u8>> {
    let to = Public::from_bytes(to).ok()?;
    let (encapsulated, sealed) = hpke::single_shot_seal_with_rng::<
        ChaCha20Poly1305,
        HkdfSha256,
        X25519HkdfSha256,
    >(&OpModeS::Base, &to, purpose, plain, bound, dice)
    .ok()?;
    Some([&encapsulated.to_bytes()[..], &sealed].concat())
}

/// Opens what was sealed for this purpose, bound to the same. `None` for everything else.
pub fn open(purpose: &[u8], bound: &[u8], sealed: &[u8], with: &[u8; 32]) -> Option<Vec<u8>> {
    let (encapsulated, sealed) = sealed.split_first_chunk::<32>()?;
    let with = Private::from_bytes(with).ok()?;
    let from = <X25519HkdfSha256 as Kem>::EncappedKey::from_bytes(encapsulated).ok()?;
    hpke::single_shot_open::<ChaCha20Poly1305, HkdfSha256, X25519HkdfSha256>(
        &OpModeR::Base,
        &with,
        &from,
        purpose,
        sealed,
        bound,
    )
    .ok()
}

/// The public half of a private key.
pub fn public(private: &[u8; 32]) -> [u8; 32] {
    let private = Private::from_bytes(private).expect("X25519 takes any 32 bytes");
    X25519HkdfSha256::sk_to_pk(&private).to_bytes().into()
}
