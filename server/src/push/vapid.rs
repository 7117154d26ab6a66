//! Who pushes (RFC 8292): each request is signed by the office's own key, and names whom its operator is to be asked at.

use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD as BASE64;
use dossier::moment::Moment;
use p256::ecdsa::signature::Signer as _;
use p256::ecdsa::{Signature, SigningKey};
use serde_json::json;

use super::hosts::Endpoint;
use super::seal::point;

/// How long a signature holds, in seconds; a day is the most a service takes.
const HOLDS: i64 = 12 * 60 * 60;

/// The key of this office, and whom a push service can write to.
pub struct Vapid {
    key: SigningKey,
    contact: String,
}

impl Vapid {
    /// A key of these bytes; `None` when they are none, which happens to one of 2³² rolls.
    pub fn new(key: &[u8; 32], contact: &str) -> Option<Vapid> {
        Some(Vapid { key: SigningKey::from_slice(key).ok()?, contact: contact.to_owned() })
    }

    /// What a browser subscribes for: 65 bytes in base64url.
    pub fn public(&self) -> String {
        BASE64.encode(point(&self.key.verifying_key().into()))
    }

    /// The header `Authorization` of a message.
    pub fn authorization(&self, to: &Endpoint, now: Moment) -> String {
        let claims = json!({ "aud": to.origin(), "exp": now.0 / 1_000 + HOLDS, "sub": self.contact });
        let head = json!({ "typ": "JWT", "alg": "ES256" });
        let said = format!("{}.{}", BASE64.encode(head.to_string()), BASE64.encode(claims.to_string()));
        let signature: Signature = self.key.sign(said.as_bytes());
        format!("vapid t={said}.{}, k={}", BASE64.encode(signature.to_bytes()), self.public())
    }
}
