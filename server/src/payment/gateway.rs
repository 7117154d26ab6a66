//! The payment gateway over HTTP: what the office asks of it, and what it answers. Both sign ([`signature`]).

use dossier::moment::Moment;
use serde::{Deserialize, Serialize};
use std::time::Duration;
use ureq::http::{HeaderMap, Response};
use ureq::{Agent, Body};

use super::reference::Reference;
use super::signature::{PaymentKey, SIGNATURE, Signed, TIME};
use crate::outward;

/// Longest time the gateway has for one answer: somebody waits before a page.
const PATIENCE: Duration = Duration::from_secs(10);
/// Most bytes of an answer.
const MOST_BYTES: u64 = 16 * 1024;
/// Most bytes of an address, and of the text of a VietQR code.
const MOST_ADDRESS: usize = 2_000;
const MOST_QR: usize = 500;
/// What a payment is for, in every bank statement the same: which procedure it was is nobody's business there.
const PURPOSE: &str = "Lệ phí thủ tục hành chính";
/// What the gateway signs when it brings a notice.
pub const NOTICE: &str = "POST /api/v1/payments/notice";

/// What the gateway is asked to take: `POST /payments`. No name, no number of a person or of a dossier.
#[derive(Serialize)]
struct Wanted<'a> {
    reference: &'a str,
    amount: u32,
    purpose: &'a str,
    return_address: &'a str,
    notify_address: &'a str,
}

/// Where it is paid.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Opened {
    /// The gateway's page.
    pub pay_address: String,
    /// The text of a VietQR code.
    pub qr: Option<String>,
}

/// Where somebody comes back to from the gateway's page: which of the office's own pages, and never of which dossier.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Back {
    /// Theo dõi hồ sơ, which asks for the code.
    Tracking,
    /// The app, which knows who is there.
    App,
}

impl Back {
    const fn path(self) -> &'static str {
        match self {
            Back::Tracking => "/theo-doi",
            Back::App => "/may/le-phi",
        }
    }
}

/// What became of a payment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Standing {
    /// Nothing yet.
    Waiting,
    /// Paid.
    Paid,
    /// Called off: under this reference nobody pays any more.
    Cancelled,
}

/// What the gateway tells of one payment, in a notice and when it is asked.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Word {
    /// Which.
    pub reference: String,
    /// How much, in đồng.
    pub amount: u32,
    /// What became of it.
    pub state: Standing,
}

/// No answer that can be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Away {
    /// None came.
    #[error("the gateway of payments did not answer")]
    Silent,
    /// It says no: a status that is none of a success.
    #[error("the gateway of payments answered {0}")]
    Status(u16),
    /// It is not the gateway's, or not what was agreed on.
    #[error("the answer of the gateway of payments cannot be used")]
    Unfit,
}

/// The gateway.
#[derive(Clone)]
pub struct Gateway {
    agent: Agent,
    address: String,
    /// The key of both.
    pub key: PaymentKey,
    office: String,
    notify_address: String,
}

impl Gateway {
    /// The gateway at this address, and this office at its own as everybody reaches it.
    pub fn new(address: &str, key: PaymentKey, office: &str) -> Gateway {
        let (address, office) = (address.trim_end_matches('/'), office.trim_end_matches('/'));
        Gateway {
            agent: outward::agent(PATIENCE),
            address: address.to_owned(),
            key,
            office: office.to_owned(),
            notify_address: format!("{office}/api/v1/payments/notice"),
        }
    }

    /// Whether it is on this machine, and so takes nobody's money.
    pub fn is_here(&self) -> bool {
        outward::is_here(&self.address)
    }

    /// Asks it to take so much under this reference and to send who paid back there; the same again is the same payment.
    /// Blocks.
    ///
    /// # Errors
    /// [`Away`] when nothing can be paid now.
    pub fn begin(&self, reference: Reference, amount: u32, back: Back, now: Moment) -> Result<Opened, Away> {
        let wanted = Wanted {
            reference: &reference.to_string(),
            amount,
            purpose: PURPOSE,
            return_address: &format!("{}{}", self.office, back.path()),
            notify_address: &self.notify_address,
        };
        let (what, body) = ("POST /payments", serde_json::to_vec(&wanted).map_err(|_| Away::Unfit)?);
        let signed = self.key.sign(what, &body, now);
        let post = self.agent.post(format!("{}/payments", self.address)).content_type("application/json");
        let answer = post.header(TIME, &signed.time).header(SIGNATURE, &signed.signature).send(&body[..]);
        let opened: Opened = self.read(what, answer, now)?;
        let fits = outward::is_private(&opened.pay_address)
            && opened.pay_address.len() <= MOST_ADDRESS
            && opened.qr.as_ref().is_none_or(|qr| (1..=MOST_QR).contains(&qr.len()));
        if fits { Ok(opened) } else { Err(Away::Unfit) }
    }

    /// Asks what became of it: `GET /payments/{reference}`. Blocks.
    ///
    /// # Errors
    /// [`Away`] when that is not known now.
    pub fn ask(&self, reference: Reference, now: Moment) -> Result<Word, Away> {
        let what = format!("GET /payments/{reference}");
        let signed = self.key.sign(&what, b"", now);
        let get = self.agent.get(format!("{}/payments/{reference}", self.address));
        let answer = get.header(TIME, &signed.time).header(SIGNATURE, &signed.signature).call();
        let word: Word = self.read(&what, answer, now)?;
        if word.reference == reference.to_string() { Ok(word) } else { Err(Away::Unfit) }
    }

    fn read<T: for<'a> Deserialize<'a>>(
        &self,
        what: &str,
        answer: Result<Response<Body>, ureq::Error>,
        now: Moment,
    ) -> Result<T, Away> {
        let mut answer = answer.map_err(|_| Away::Silent)?;
        if !answer.status().is_success() {
            return Err(Away::Status(answer.status().as_u16()));
        }
        let body = answer.body_mut().with_config().limit(MOST_BYTES).read_to_vec();
        let body = body.map_err(|_| Away::Silent)?;
        let signed = signed(answer.headers());
        self.key.check(&format!("answer {what}"), &body, &signed, now).map_err(|_| Away::Unfit)?;
        serde_json::from_slice(&body).map_err(|_| Away::Unfit)
    }
}

/// The two headers of a signature; empty where they are not.
pub fn signed(headers: &HeaderMap) -> Signed {
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned();
    Signed { time: text(TIME), signature: text(SIGNATURE) }
}
