//! Xin tài khoản: what a device keeps of a request for an account, and what it asks the office about it.

use dossier::asking::{AskDraft, AskState};
use dossier::manage::{NewRequest, OpenCommune};
use serde::{Deserialize, Serialize};

use crate::request::post;

/// The `Asking` slot.
#[derive(Clone, Serialize, Deserialize)]
pub struct Asked {
    /// The key the request is signed with, and the device will be known by.
    pub signing_key: [u8; 32],
    /// What was typed.
    pub draft: AskDraft,
    /// How far it has come.
    pub state: AskState,
    /// The communes the office serves, as it told them last.
    pub communes: Vec<OpenCommune>,
}

/// What the office answers to a request it has kept.
#[derive(Debug, Serialize, Deserialize)]
pub struct Taken {
    /// The handle the device may get.
    pub handle: String,
}

/// Method, path and body of a request.
pub type Request = (&'static str, String, Vec<u8>);

/// Which communes there are.
pub fn communes() -> Request {
    ("GET", "/api/communes".to_owned(), Vec::new())
}

/// The request itself.
pub fn ask(said: &NewRequest) -> Request {
    post("/api/ask-account".to_owned(), said)
}

/// What became of it.
pub fn answer() -> Request {
    post("/api/ask-account/answer".to_owned(), &())
}
