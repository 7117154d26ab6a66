//! The gateway of text messages: a port, and the one way behind it: JSON posted to an address, a secret in a header.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use clap::Args;
use serde::Serialize;
use ureq::Agent;

use crate::outward;

/// Longest time the gateway has for one message.
const PATIENCE: Duration = Duration::from_secs(15);
/// Fewest signs of a secret.
const LEAST_SECRET: usize = 16;
/// The header the secret travels in, both ways.
pub const SECRET: &str = "x-bankhai-secret";

/// One message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Outgoing {
    /// The same for every try of the same message: the gateway sends it once.
    pub id: String,
    /// The telephone.
    pub to: String,
    /// What it says.
    pub text: String,
}

/// It was not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the gateway did not take it")]
pub struct NotTaken;

/// Whoever sends text messages.
pub trait Gateway: Send + Sync {
    /// Hands one over; may block.
    ///
    /// # Errors
    /// [`NotTaken`] when it must be tried again.
    fn send(&self, message: &Outgoing) -> Result<(), NotTaken>;
}

/// A gateway, and what it proves itself with when it brings a message in.
pub struct Line {
    /// The way out.
    pub out: Arc<dyn Gateway>,
    /// The secret of the way in; none comes in without one.
    pub inbound: Option<String>,
}

/// A gateway over HTTP.
pub struct HttpGateway {
    agent: Agent,
    address: String,
    secret: String,
}

impl HttpGateway {
    /// One at this address.
    pub fn new(address: &str, secret: &str) -> HttpGateway {
        HttpGateway {
            agent: outward::agent(PATIENCE),
            address: address.to_owned(),
            secret: secret.to_owned(),
        }
    }
}

impl Gateway for HttpGateway {
    fn send(&self, message: &Outgoing) -> Result<(), NotTaken> {
        let body = serde_json::to_vec(message).map_err(|_| NotTaken)?;
        let post =
            self.agent.post(&self.address).header(SECRET, &self.secret).content_type("application/json");
        match post.send(&body[..]) {
            Ok(answer) if answer.status().is_success() => Ok(()),
            _ => Err(NotTaken),
        }
    }
}

/// How the gateway is named. Secrets come from files: a command line is everybody's to read.
#[derive(Args, Clone, Default)]
pub struct SmsArgs {
    #[arg(
        long,
        env = "BANKHAI_SMS_URL",
        requires = "sms_secret",
        value_name = "URL",
        help = "Cổng tin nhắn SMS: địa chỉ nhận JSON {id, to, text} (mặc định: không gửi tin nhắn)"
    )]
    sms_url: Option<String>,
    #[arg(
        long,
        env = "BANKHAI_SMS_SECRET",
        value_name = "FILE",
        help = "Tệp chứa khóa gửi kèm trong đầu mục X-Bankhai-Secret"
    )]
    sms_secret: Option<PathBuf>,
    #[arg(
        long,
        env = "BANKHAI_SMS_INBOUND_SECRET",
        requires = "sms_url",
        value_name = "FILE",
        help = "Tệp chứa khóa mà cổng phải đưa khi chuyển tin nhắn đến /api/sms (không có: không nhận)"
    )]
    sms_inbound_secret: Option<PathBuf>,
}

impl SmsArgs {
    /// The line, where one is named.
    ///
    /// # Errors
    /// In words, for who starts the office.
    pub fn line(&self) -> Result<Option<Line>, String> {
        let (Some(address), Some(secret)) = (&self.sms_url, &self.sms_secret) else { return Ok(None) };
        if !outward::is_private(address) {
            return Err("cổng tin nhắn phải là https (http chỉ cho 127.0.0.1)".to_owned());
        }
        let out = Arc::new(HttpGateway::new(address, &read(secret)?));
        let inbound = self.sms_inbound_secret.as_ref().map(read).transpose()?;
        Ok(Some(Line { out, inbound }))
    }
}

fn read(file: &PathBuf) -> Result<String, String> {
    let text = std::fs::read_to_string(file)
        .map_err(|cause| format!("không đọc được {}: {cause}", file.display()))?;
    let secret = text.trim().to_owned();
    if secret.len() < LEAST_SECRET {
        return Err(format!("khóa trong {} cần ít nhất {LEAST_SECRET} ký tự", file.display()));
    }
    Ok(secret)
}
