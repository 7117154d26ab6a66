//! Requests about people, devices and areas: JSON under `/api/v1`, each signed by the device's key, so that neither a
//! cookie nor a token lies on a phone.
//!
//! ```text
//! Authorization: Bankhai-Device <handle>.<claimed milliseconds>.<16 hex: nonce>.<128 hex: signature>
//! ```
//!
//! The signature is Ed25519 over five pieces, each behind its length (u32, little endian): the domain, the method,
//! the path with its query, SHA-256 of the body, and the claimed milliseconds (u64, little endian) followed by the
//! nonce. Who has no handle yet signs the same under `Bankhai-Key <64 hex: verifying key>…`.

use std::fmt::Write;

use dossier::access::Area;
use dossier::manage::{Ask, Objection};
use dossier::moment::Moment;
use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};
use serde::Serialize;
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};

use crate::papers;

const DOMAIN: &[u8] = b"bankhai request v1";
/// The scheme of a device the office knows.
pub const DEVICE: &str = "Bankhai-Device";
/// The scheme of a device that asks to be known.
pub const KEY: &str = "Bankhai-Key";
/// How far a claimed time may be from the office's, in minutes.
pub const TOLERANCE_MINUTES: i64 = 10;

/// A request, ready to be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Call {
    /// `GET` or `POST`.
    pub method: &'static str,
    /// The path with its query.
    pub path: String,
    /// JSON, or a piece of a picture; empty for `GET`.
    pub body: Vec<u8>,
    /// The header.
    pub authorization: String,
}

/// What came back for a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heard {
    /// The status.
    pub status: u16,
    /// Whether its content type says JSON.
    pub json: bool,
    /// The body.
    pub body: Vec<u8>,
    /// When, by the clock of who answered; `None` when it did not say.
    pub at: Option<Moment>,
}

/// Why a call was not answered as wished.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CallFailure {
    /// No network.
    Unreachable,
    /// Something else answered.
    NotOurs,
    /// Too much to do.
    Busy,
    /// The office does not let this device do it.
    Forbidden,
    /// The office objected.
    Objected(Objection),
}

impl Call {
    /// What is asked, signed by a device the office knows.
    pub fn of(ask: &Ask, handle: &str, key: &SigningKey, at: Moment, nonce: [u8; 8]) -> Call {
        Call::signed(DEVICE, handle, key, http(ask), (at, nonce))
    }

    /// A question of a device the office does not know, signed by the key it will be known by.
    pub fn by_key(
        request: (&'static str, String, Vec<u8>),
        key: &SigningKey,
        at: Moment,
        nonce: [u8; 8],
    ) -> Call {
        let mut who = String::new();
        key.verifying_key().to_bytes().iter().for_each(|byte| _ = write!(who, "{byte:02x}"));
        Call::signed(KEY, &who, key, request, (at, nonce))
    }

    /// What its body is.
    pub fn content_type(&self) -> &'static str {
        if self.path == papers::PATH { papers::CONTENT_TYPE } else { "application/json" }
    }

    /// A request under either scheme.
    pub fn signed(
        scheme: &str,
        who: &str,
        key: &SigningKey,
        (method, path, body): (&'static str, String, Vec<u8>),
        (at, nonce): (Moment, [u8; 8]),
    ) -> Call {
        let authorization = sign(scheme, who, key, &Spoken { method, path: &path, body: &body }, at, nonce);
        Call { method, path, body, authorization }
    }
}

/// What an answer comes to.
///
/// # Errors
/// See [`CallFailure`].
pub fn read<T: DeserializeOwned>(heard: &Heard) -> Result<T, CallFailure> {
    let Heard { status, json, body, .. } = heard;
    if (200..300).contains(status) && *json {
        return serde_json::from_slice(body).map_err(|_| CallFailure::NotOurs);
    }
    match (status, serde_json::from_slice::<Objection>(body)) {
        (400..=499, Ok(objection)) if *json => Err(CallFailure::Objected(objection)),
        (429 | 500..=599, _) => Err(CallFailure::Busy),
        (401 | 403, _) => Err(CallFailure::Forbidden),
        _ => Err(CallFailure::NotOurs),
    }
}

/// Method, path and body of what is asked.
pub fn http(ask: &Ask) -> (&'static str, String, Vec<u8>) {
    let get = |path: &str| ("GET", path.to_owned(), Vec::new());
    match ask {
        Ask::People(area) => listing("people", *area),
        Ask::Invite(new) => post("/api/v1/people".into(), new),
        Ask::ChangePerson(id, change) => post(format!("/api/v1/people/{}", id.0), change),
        Ask::Give(id, role) => post(format!("/api/v1/people/{}/roles", id.0), role),
        Ask::End(role, last) => post(format!("/api/v1/roles/{role}"), last),
        Ask::Villages(area) => listing("villages", *area),
        Ask::AddVillage(new) => post("/api/v1/villages".into(), new),
        Ask::ChangeVillage(id, change) => post(format!("/api/v1/villages/{}", id.0), change),
        Ask::Houses(area) => listing("establishments", *area),
        Ask::AddHouse(new) => post("/api/v1/establishments".into(), new),
        Ask::MoveHouse(id, village) => post(format!("/api/v1/establishments/{}", id.0), village),
        Ask::Devices(area) => listing("devices", *area),
        Ask::OwnDevices => get("/api/v1/devices/own"),
        Ask::Revoke(handle) => post(format!("/api/v1/devices/{handle}/revoke"), &()),
        Ask::Reinstate(handle) => post(format!("/api/v1/devices/{handle}/reinstate"), &()),
        Ask::Aside => get("/api/v1/aside"),
        Ask::LookAside(number) => get(&format!("/api/v1/aside/{number}")),
        Ask::TakeAside(number) => post(format!("/api/v1/aside/{number}/accept"), &()),
        Ask::DropAside(number, reason) => post(format!("/api/v1/aside/{number}/drop"), reason),
        Ask::Agencies => get("/api/v1/agencies"),
        Ask::ChangeAgency(code, change) => post(format!("/api/v1/agencies/{}", code.0), change),
        Ask::Figures => get("/api/v1/figures"),
        Ask::Statistics => get("/api/v1/statistics"),
        Ask::Follow(code) => post("/api/v1/followed".into(), code),
        Ask::Requests => get("/api/v1/requests"),
        Ask::Approve(number, approval) => post(format!("/api/v1/requests/{number}/approve"), approval),
        Ask::Refuse(number, reason) => post(format!("/api/v1/requests/{number}/refuse"), reason),
        Ask::Mergers => get("/api/v1/mergers"),
        Ask::Merge(new) => post("/api/v1/mergers".into(), new),
        Ask::Counts => get("/api/v1/counts"),
        Ask::Agree(house) => post("/api/v1/consents".into(), house),
        Ask::Verifications => get("/api/v1/verifications"),
        Ask::Reply(dossier, reply) => post(format!("/api/v1/verifications/{dossier}"), reply),
        Ask::Complaints => get("/api/v1/complaints"),
        Ask::AnswerComplaint(number, words) => post(format!("/api/v1/complaints/{number}"), words),
        Ask::Identify(number, code) => post(format!("/api/v1/complaints/{number}/identified"), code),
        Ask::Catalogue => get("/api/v1/procedures"),
        Ask::CatalogueFile(name) => get(&format!("/api/v1/procedures/{name}")),
        Ask::Amend(file) => post("/api/v1/procedures".into(), file),
        Ask::Push => get("/api/v1/push"),
        Ask::BePushed(subscription) => post("/api/v1/push".into(), subscription),
        Ask::EndPush => post("/api/v1/push/end".into(), &()),
        Ask::OnlineFee(dossier) => get(&format!("/api/v1/fees/{dossier}")),
        Ask::PayOnline(dossier) => post(format!("/api/v1/fees/{dossier}"), &()),
        Ask::FindCommunes(words) => post("/api/v1/communes".into(), words),
    }
}

fn listing(what: &str, area: Option<Area>) -> (&'static str, String, Vec<u8>) {
    let of = area.map(|area| format!("?area={area}")).unwrap_or_default();
    ("GET", format!("/api/v1/{what}{of}"), Vec::new())
}

/// A `POST` of this body.
pub fn post(path: String, body: &impl Serialize) -> (&'static str, String, Vec<u8>) {
    // Plain data with names for keys: it always has a JSON form.
    ("POST", path, serde_json::to_vec(body).unwrap_or_default())
}

/// What is signed of a request.
#[derive(Clone, Copy)]
pub struct Spoken<'a> {
    /// The method.
    pub method: &'a str,
    /// The path with its query.
    pub path: &'a str,
    /// The body.
    pub body: &'a [u8],
}

impl Spoken<'_> {
    fn signed(&self, at: Moment, nonce: [u8; 8]) -> Vec<u8> {
        let digest = Sha256::digest(self.body);
        let mut last = at.0.to_le_bytes().to_vec();
        last.extend(nonce);
        let mut text = Vec::new();
        for piece in [DOMAIN, self.method.as_bytes(), self.path.as_bytes(), &digest, &last] {
            text.extend((piece.len() as u32).to_le_bytes());
            text.extend(piece);
        }
        text
    }
}

/// The header of a request: `who` is a handle under [`DEVICE`], a verifying key in hexadecimal under [`KEY`].
pub fn sign(
    scheme: &str,
    who: &str,
    key: &SigningKey,
    spoken: &Spoken,
    at: Moment,
    nonce: [u8; 8],
) -> String {
    let signature = key.sign(&spoken.signed(at, nonce)).to_bytes();
    let mut header = format!("{scheme} {who}.{}.", at.0);
    let mut hex = |bytes: &[u8]| bytes.iter().for_each(|byte| _ = write!(header, "{byte:02x}"));
    hex(&nonce);
    let mut header = header + ".";
    signature.iter().for_each(|byte| _ = write!(header, "{byte:02x}"));
    header
}

/// A header, taken apart. It proves nothing before [`Authorization::holds`] has said so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Authorization<'a> {
    /// [`DEVICE`] or [`KEY`].
    pub scheme: &'a str,
    /// Who claims to speak.
    pub who: &'a str,
    /// When, by their clock.
    pub at: Moment,
    /// Never used twice.
    pub nonce: [u8; 8],
    signature: [u8; 64],
}

impl<'a> Authorization<'a> {
    /// Takes a header apart; `None` for another scheme, or another form.
    pub fn parse(header: &'a str) -> Option<Authorization<'a>> {
        let (scheme, rest) = header.split_once(' ')?;
        let scheme = [DEVICE, KEY].into_iter().find(|known| *known == scheme)?;
        let mut pieces = rest.split('.');
        let (who, at) = (pieces.next()?, pieces.next()?);
        let nonce = hex(pieces.next()?)?;
        let signature = hex(pieces.next()?)?;
        if pieces.next().is_some() || at.len() > 20 {
            return None;
        }
        Some(Authorization { scheme, who, at: Moment(at.parse().ok()?), nonce, signature })
    }

    /// Whether this key signed this request.
    pub fn holds(&self, key: &[u8; 32], spoken: &Spoken) -> bool {
        let Ok(key) = VerifyingKey::from_bytes(key) else { return false };
        let signature = Signature::from_bytes(&self.signature);
        key.verify_strict(&spoken.signed(self.at, self.nonce), &signature).is_ok()
    }

    /// Whether the claimed time is near enough to the office's.
    pub fn is_timely(&self, now: Moment) -> bool {
        self.at.0.abs_diff(now.0) <= TOLERANCE_MINUTES.unsigned_abs() * 60_000
    }
}

fn hex<const N: usize>(text: &str) -> Option<[u8; N]> {
    if text.len() != N * 2 || !text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    let mut bytes = [0; N];
    for (place, pair) in bytes.iter_mut().zip(text.as_bytes().chunks(2)) {
        *place = u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()?;
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use dossier::manage::Told;

    const AT: Moment = Moment(1_795_000_000_000);

    fn key() -> SigningKey {
        SigningKey::from_bytes(&[7; 32])
    }

    #[test]
    fn a_signed_question_holds_and_nothing_of_it_can_be_changed() {
        let call = Call::of(&Ask::End(4, dossier::moment::Day(20_000)), "0a0b0c", &key(), AT, [9; 8]);
        let header = Authorization::parse(&call.authorization).expect("a header");
        assert_eq!((header.scheme, header.who, header.at, header.nonce), (DEVICE, "0a0b0c", AT, [9; 8]));
        let public = key().verifying_key().to_bytes();
        let spoken = Spoken { method: call.method, path: &call.path, body: &call.body };
        assert!(header.holds(&public, &spoken));
        for changed in [
            Spoken { method: "GET", ..spoken },
            Spoken { path: "/api/v1/roles/5", ..spoken },
            Spoken { body: b"20001", ..spoken },
        ] {
            assert!(!header.holds(&public, &changed));
        }
        let later = Authorization { at: Moment(AT.0 + 1), ..header.clone() };
        let another = Authorization { nonce: [8; 8], ..header.clone() };
        assert!(!later.holds(&public, &spoken) && !another.holds(&public, &spoken));
        let stranger = SigningKey::from_bytes(&[8; 32]).verifying_key().to_bytes();
        assert!(!header.holds(&stranger, &spoken));
    }

    #[test]
    fn ten_minutes_either_way_are_near_enough() {
        let call = Call::of(&Ask::Agencies, "0a0b0c", &key(), AT, [9; 8]);
        let header = Authorization::parse(&call.authorization).expect("a header");
        assert!(header.is_timely(AT.plus_minutes(10)) && header.is_timely(AT.plus_minutes(-10)));
        assert!(!header.is_timely(AT.plus_minutes(11)) && !header.is_timely(Moment(i64::MAX)));
    }

    #[test]
    fn a_header_of_any_other_form_is_none() {
        let good = Call::of(&Ask::Agencies, "0a0b0c", &key(), AT, [9; 8]).authorization;
        assert!(Authorization::parse(&good).is_some());
        for bad in [
            "",
            "Bearer abc",
            "Bankhai-Device",
            "Bankhai-Device a.b.c.d",
            &format!("{good}.00"),
            &good[..good.len() - 1],
            &good.replace(".0909", ".+909"),
        ] {
            assert_eq!(Authorization::parse(bad), None, "{bad}");
        }
    }

    #[test]
    fn an_answer_is_told_from_an_objection_and_from_a_portals_page() {
        let said =
            |status, json, body: &[u8]| read::<Told>(&Heard { status, json, body: body.to_vec(), at: None });
        assert_eq!(said(200, true, b"\"Done\""), Ok(Told::Done));
        assert_eq!(said(200, false, b"\"Done\""), Err(CallFailure::NotOurs));
        assert_eq!(said(404, true, b"\"Unknown\""), Err(CallFailure::Objected(Objection::Unknown)));
        assert_eq!(said(404, false, b"<html>"), Err(CallFailure::NotOurs));
        assert_eq!(said(503, false, b""), Err(CallFailure::Busy));
        assert_eq!(said(401, false, b""), Err(CallFailure::Forbidden));
    }
}
