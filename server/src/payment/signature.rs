//! How office and gateway prove themselves to each other: HMAC-SHA256 under the key both have, over what is asked, the
//! second it was said, and the body.
//!
//! ```text
//! POST /payments\n1795966800\n{"reference":…}
//! ```
//!
//! An answer is signed as well, with `answer ` before what it answers. The path is that of the interface, wherever a
//! gateway puts it.

use dossier::moment::Moment;
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;
use subtle::ConstantTimeEq as _;

use crate::hex;

/// The header of the second it was said: seconds since 1970.
pub const TIME: &str = "x-bankhai-time";
/// The header of the signature, in hexadecimal.
pub const SIGNATURE: &str = "x-bankhai-signature";
/// How far the clocks of the two may be apart, in seconds. What comes again within it changes nothing.
const APART: i64 = 300;

/// The key both have.
#[derive(Clone)]
pub struct PaymentKey(Hmac<Sha256>);

/// Not said by who has the key, or not lately.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not signed with the key of payments, or not now")]
pub struct Forged;

/// What goes with a body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signed {
    /// For [`TIME`].
    pub time: String,
    /// For [`SIGNATURE`].
    pub signature: String,
}

impl PaymentKey {
    /// The key of these bytes.
    pub fn new(bytes: &[u8]) -> PaymentKey {
        PaymentKey(Hmac::new_from_slice(bytes).expect("HMAC takes a key of any length"))
    }

    /// Signs this body for this purpose.
    pub fn sign(&self, what: &str, body: &[u8], now: Moment) -> Signed {
        let time = (now.0 / 1_000).to_string();
        let signature = hex::encode(&self.mac(what, &time, body));
        Signed { time, signature }
    }

    /// Whether who has the key has just said this.
    ///
    /// # Errors
    /// [`Forged`], whatever of it is not right.
    pub fn check(&self, what: &str, body: &[u8], signed: &Signed, now: Moment) -> Result<(), Forged> {
        let said: i64 = signed.time.parse().map_err(|_| Forged)?;
        let shown = hex::decode(&signed.signature).ok_or(Forged)?;
        let same = bool::from(shown.ct_eq(&self.mac(what, &signed.time, body)));
        let lately = (now.0 / 1_000).abs_diff(said) <= APART.unsigned_abs();
        if same && lately { Ok(()) } else { Err(Forged) }
    }

    fn mac(&self, what: &str, time: &str, body: &[u8]) -> Vec<u8> {
        let said = self.0.clone().chain_update(what).chain_update("\n").chain_update(time).chain_update("\n");
        said.chain_update(body).finalize().into_bytes().to_vec()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_signed_holds_for_this_purpose_this_body_and_five_minutes() {
        let (key, now) = (PaymentKey::new(b"khoa-chung-cua-hai-ben"), Moment(1_795_966_800_000));
        let signed = key.sign("POST /payments", b"{}", now);
        let check = |what, body: &[u8], signed: &Signed, seconds: i64| {
            key.check(what, body, signed, Moment(now.0 + seconds * 1_000))
        };
        for seconds in [-300, 0, 300] {
            assert_eq!(check("POST /payments", b"{}", &signed, seconds), Ok(()), "{seconds}");
        }
        assert_eq!(check("POST /payments", b"{}", &signed, 301), Err(Forged));
        assert_eq!(check("POST /payments", b"{}", &signed, -301), Err(Forged));
        assert_eq!(check("answer POST /payments", b"{}", &signed, 0), Err(Forged));
        assert_eq!(check("POST /payments", b"{ }", &signed, 0), Err(Forged));
        let other = PaymentKey::new(b"khoa-cua-nguoi-khac").sign("POST /payments", b"{}", now);
        assert_eq!(check("POST /payments", b"{}", &other, 0), Err(Forged));
        let later = Signed { time: (now.0 / 1_000 + 1).to_string(), ..signed.clone() };
        assert_eq!(check("POST /payments", b"{}", &later, 0), Err(Forged), "the time is signed, too");
        for signature in ["", "zz", &signed.signature[2..]] {
            let cut = Signed { signature: signature.to_owned(), ..signed.clone() };
            assert_eq!(check("POST /payments", b"{}", &cut, 0), Err(Forged), "{signature}");
        }
    }
}
