//! Signed requests besides frames: pieces of pictures, slips another commune answers, a slip somebody is shown. What is
//! signed, and how it is read, is the product's own; the routes behind it are played.

use dossier::id::DeviceHandle;
use dossier::manage::{Objection, Told};
use dossier::moment::Moment;
use serde::Serialize;
use serde::de::DeserializeOwned;
use sync::device::Input;
use sync::papers::{HEAD, Head, PATH};
use sync::request::{Authorization, Call, CallFailure, Heard, Spoken, read};

use crate::delivery::NOBODY;
use crate::fault::Fault;
use crate::network::Packet;
use crate::office::Office;
use crate::registry::Person;
use crate::slips;
use crate::world::World;

/// Who waits for the answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Line {
    /// A page.
    Page,
    /// The device itself.
    Device,
}

/// What a route says.
pub enum Said {
    /// JSON.
    Json(Vec<u8>),
    /// A picture.
    Picture(Vec<u8>),
}

/// Who speaks, as the office knows them: person, device, and a number that never comes twice.
#[derive(Clone, Copy)]
pub struct Speaker {
    /// The person.
    pub person: Person,
    /// Their device.
    pub handle: DeviceHandle,
    /// The nonce of the request.
    pub nonce: [u8; 8],
}

/// An answer in JSON.
pub fn json(said: &impl Serialize) -> Result<Said, Objection> {
    serde_json::to_vec(said).map(Said::Json).map_err(|_| Objection::Malformed)
}

/// What a body in JSON says.
pub fn said<T: DeserializeOwned>(call: &Call) -> Result<T, Objection> {
    serde_json::from_slice(&call.body).map_err(|_| Objection::Malformed)
}

/// Whether it is about pictures.
pub fn is_papers(call: &Call) -> bool {
    call.path.starts_with(PATH)
}

/// What is signed of a request: of a piece its head, so that what is cut on its way is no lie.
fn signed(call: &Call) -> Option<&[u8]> {
    if call.path == PATH { call.body.get(..HEAD) } else { Some(&call.body) }
}

impl Office {
    /// One request.
    fn hear(&mut self, call: &Call, now: Moment) -> Heard {
        let heard = |status, json, body| Heard { status, json, body, at: Some(now) };
        if signed(call).is_none() {
            return heard(408, false, Vec::new());
        }
        let Some(speaker) = self.speaker(call) else { return heard(401, false, Vec::new()) };
        if self.registry.revoked.contains(&speaker.handle) {
            return heard(401, false, Vec::new());
        }
        if self.registry.copied.contains(&speaker.handle) {
            return heard(409, false, Vec::new());
        }
        let timely = Authorization::parse(&call.authorization).is_some_and(|header| header.is_timely(now));
        let said = if !timely {
            Err(Objection::Clock)
        } else if !self.nonces.insert((speaker.handle, speaker.nonce)) {
            Err(Objection::Repeated)
        } else {
            self.route(speaker, call, now)
        };
        match said {
            Ok(Said::Json(body)) => heard(200, true, body),
            Ok(Said::Picture(body)) => heard(200, false, body),
            Err(objection) => heard(409, true, serde_json::to_vec(&objection).unwrap_or_default()),
        }
    }

    /// Who signed it.
    pub fn speaker(&self, call: &Call) -> Option<Speaker> {
        let header = Authorization::parse(&call.authorization)?;
        let handle: DeviceHandle = header.who.parse().ok()?;
        let (person, key) = self.registry.devices.get(&handle)?;
        let spoken = Spoken { method: call.method, path: &call.path, body: signed(call)? };
        let nonce = header.nonce;
        header.holds(key.as_bytes(), &spoken).then_some(Speaker { person: *person, handle, nonce })
    }

    fn route(&mut self, speaker: Speaker, call: &Call, now: Moment) -> Result<Said, Objection> {
        let pieces: Vec<&str> = call.path.trim_start_matches("/api/v1/").split('/').collect();
        match (call.method, pieces.as_slice()) {
            ("POST", ["papers"]) => {
                let head = Head::read(&call.body).ok_or(Objection::Malformed)?;
                json(&self.bring(speaker.person, &head, &call.body[HEAD..])?)
            }
            ("POST", ["papers", "there"]) => json(&self.lying(speaker.person, &said::<Vec<_>>(call)?)),
            ("GET", ["papers", dossier, digest]) => {
                self.picture(speaker.person, dossier, digest).map(Said::Picture)
            }
            ("GET", ["verifications"]) => json(&Told::Verifications(self.slips(speaker.person))),
            ("POST", ["verifications", _]) => {
                let (dossier, reply) = slips::reply_in(call).ok_or(Objection::Malformed)?;
                json(&self.reply(speaker, dossier, &reply, now)?)
            }
            ("POST", ["followed"]) => json(&self.follow(speaker.person, said(call)?)?),
            _ => Err(Objection::Unknown),
        }
    }
}

impl World {
    /// A request reaches the office, or does not.
    pub fn arrive(&mut self, (phone, life): (usize, u32), line: Line, id: u64, mut call: Call) {
        let heard = self.heard(phone, life, (line, id), &mut call);
        self.air.send(Packet::Told { phone, life, line, id, heard });
    }

    fn heard(
        &mut self,
        phone: usize,
        life: u32,
        (line, id): (Line, u64),
        call: &mut Call,
    ) -> Result<Heard, CallFailure> {
        if self.no_pictures && is_papers(call) || self.strikes(Fault::Drop, 1_000) {
            return Err(CallFailure::Unreachable);
        }
        if self.strikes(Fault::Captive, 300) {
            return Err(CallFailure::NotOurs);
        }
        if self.strikes(Fault::Busy, 300) {
            return Err(CallFailure::Busy);
        }
        if life != NOBODY && self.strikes(Fault::Duplicate, 1_000) {
            self.air.send(Packet::Ask { phone, life: NOBODY, line, id, call: call.clone() });
        }
        if self.strikes(Fault::Truncate, 600) {
            let length = self.prng.below(call.body.len());
            call.body.truncate(length);
        }
        if call.path == PATH && call.body.len() > HEAD && self.strikes(Fault::Spoil, 3_000) {
            let place = HEAD + self.prng.below(call.body.len() - HEAD);
            call.body[place] ^= 1;
        }
        if self.strikes(Fault::KillBeforeCommit, 500) {
            self.office.readings.killed();
            return Err(CallFailure::Unreachable);
        }
        let stands = slips::stands_for(self, call);
        let heard = self.office.hear(call, self.now);
        self.ledger.read_log(self.trace.step, &self.office);
        self.trace.note(format_args!("office on {} {}: {}", call.method, call.path, heard.status));
        if let Some(stands) = stands {
            slips::watch(self, stands, &heard);
        }
        if self.strikes(Fault::KillAfterCommit, 500) {
            self.office.readings.killed();
            return Err(CallFailure::Unreachable);
        }
        if self.strikes(Fault::ReplyLost, 700) { Err(CallFailure::Unreachable) } else { Ok(heard) }
    }

    /// An answer reaches who asked.
    pub fn hears(&mut self, at: usize, line: Line, id: u64, heard: Result<Heard, CallFailure>) {
        let input = match line {
            Line::Device => Input::Errand { id, heard },
            Line::Page => {
                let answer = heard.and_then(|heard| read::<Told>(&heard)).map(Box::new);
                Input::Called { id, answer }
            }
        };
        self.tell(at, input);
    }
}
