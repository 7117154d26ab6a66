//! The line to the office: plain HTTP requests, each short and safe to repeat.

use std::time::Duration;

use dossier::manage::Told;
use serde::Serialize;
use serde::de::DeserializeOwned;
use sync::device::{DoorFailure, DoorReply, DoorRequest, Reply};
use sync::door::{DoorRefusal, Membership, RecoverReply};
use sync::request::{Call, CallFailure, Heard, read};
use sync::{copied, frame, sealed, wipe};
use ureq::Agent;

/// A line to one office.
pub struct Link {
    agent: Agent,
    server: String,
}

impl Link {
    /// A line to `server`, an address like `https://khai.example.vn`.
    pub fn new(server: &str) -> Link {
        let agent = Agent::config_builder()
            .timeout_global(Some(Duration::from_secs(60)))
            .http_status_as_error(false)
            // The frame says everything: no header travels that nobody reads.
            .user_agent("")
            .accept("")
            .accept_encoding("")
            .max_redirects(0)
            .build()
            .new_agent();
        Link { agent, server: server.trim_end_matches('/').to_owned() }
    }

    /// `POST /sync`.
    pub fn post(&self, body: &[u8]) -> Reply {
        self.send("sync", frame::CONTENT_TYPE, body)
    }

    /// `POST /sealed`.
    pub fn carry(&self, body: &[u8]) -> Reply {
        self.send("sealed", sealed::CONTENT_TYPE, body)
    }

    fn send(&self, path: &str, kind: &str, body: &[u8]) -> Reply {
        let request = self.agent.post(format!("{}/{path}", self.server)).content_type(kind);
        let Ok(mut response) = request.send(body) else { return Reply::Unreachable };
        let header = |name: &str| response.headers().get(name).and_then(|value| value.to_str().ok());
        let ours = header("content-type") == Some(kind);
        let order = header("content-type") == Some(wipe::CONTENT_TYPE);
        let copied = header("content-type") == Some(copied::CONTENT_TYPE);
        let later = header("retry-after").and_then(|seconds| seconds.parse().ok());
        match response.status().as_u16() {
            200 if ours => match response.body_mut().with_config().limit(1 << 20).read_to_vec() {
                Ok(bytes) => Reply::Frame(bytes),
                Err(_) => Reply::Unreachable,
            },
            410 if order => response.body_mut().read_to_vec().map_or(Reply::Unreachable, Reply::Revoked),
            409 if copied => Reply::Copied,
            401 | 403 => Reply::Forbidden,
            429 | 500..=599 => Reply::Later(later),
            _ => Reply::NotOurs,
        }
    }

    /// Asks about people, devices or areas.
    pub fn call(&self, call: &Call) -> Result<Box<Told>, CallFailure> {
        read(&self.errand(call)?).map(Box::new)
    }

    /// Makes a signed request.
    pub fn errand(&self, call: &Call) -> Result<Heard, CallFailure> {
        let address = format!("{}{}", self.server, call.path);
        let sent = if call.method == "GET" {
            self.agent.get(address).header("authorization", &call.authorization).call()
        } else {
            let post = self.agent.post(address).header("authorization", &call.authorization);
            post.content_type(call.content_type()).send(&call.body[..])
        };
        let mut response = sent.map_err(|_| CallFailure::Unreachable)?;
        let kind = response.headers().get("content-type").and_then(|value| value.to_str().ok());
        let json = kind.is_some_and(|kind| kind.starts_with("application/json"));
        let status = response.status().as_u16();
        let body = response.body_mut().with_config().limit(8 << 20).read_to_vec();
        let body = body.map_err(|_| CallFailure::Unreachable)?;
        // A computer keeps its clock by the network.
        Ok(Heard { status, json, body, at: None })
    }

    /// Asks at the door.
    pub fn knock(&self, request: &DoorRequest) -> Result<DoorReply, DoorFailure> {
        match request {
            DoorRequest::Enrol(body) => {
                self.ask::<Membership>("enrol", body).map(|reply| DoorReply::Membership(Box::new(reply)))
            }
            DoorRequest::SignIn(body) => {
                self.ask::<Membership>("sign-in", body).map(|reply| DoorReply::Membership(Box::new(reply)))
            }
            DoorRequest::Recover(body) => self.ask::<RecoverReply>("recover", body).map(DoorReply::Recovered),
        }
    }

    fn ask<T: DeserializeOwned>(&self, path: &str, body: &impl Serialize) -> Result<T, DoorFailure> {
        let text = serde_json::to_vec(body).map_err(|_| DoorFailure::NotOurs)?;
        let request = self.agent.post(format!("{}/api/{path}", self.server)).content_type("application/json");
        let mut response = request.send(&text[..]).map_err(|_| DoorFailure::Unreachable)?;
        let status = response.status().as_u16();
        let bytes = response.body_mut().read_to_vec().map_err(|_| DoorFailure::Unreachable)?;
        if (200..300).contains(&status) {
            return serde_json::from_slice(&bytes).map_err(|_| DoorFailure::NotOurs);
        }
        Err(serde_json::from_slice::<DoorRefusal>(&bytes).map_or(DoorFailure::NotOurs, DoorFailure::Refused))
    }
}
