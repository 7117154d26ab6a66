//! What becomes of a packet.

use dossier::id::DeviceHandle;
use ed25519_dalek::SigningKey;
use sync::device::{Input, Reply};
use sync::{frame, wipe};

use crate::fault::Fault;
use crate::network::Packet;
use crate::office::{Fate, Response};
use crate::registry::{KEY_ID, Person};
use crate::world::World;

/// The life of no app: whoever gets this answer does not exist.
pub const NOBODY: u32 = u32::MAX;

/// An order to wipe by somebody who stands between phone and office.
fn forged(body: &[u8]) -> Vec<u8> {
    let stranger = SigningKey::from_bytes(&[66; 32]);
    let handle = frame::sender(body).map_or(DeviceHandle([0; 3]), |(handle, _)| handle);
    wipe::order(handle, &wipe::digest(body), KEY_ID, &stranger)
}

impl World {
    /// A packet arrives, or does not.
    pub fn deliver(&mut self, packet: Packet) {
        match packet {
            Packet::Up { phone, life, id, body } => {
                let reply = self.request(phone, life, id, body);
                self.air.send(Packet::Down { phone, life, id, reply });
            }
            Packet::Down { phone, life, id, reply } => {
                if self.phones[phone].life == life {
                    self.trace.note(format_args!("phone {phone} gets {id}"));
                    self.tell(phone, Input::Reply { id, reply });
                }
            }
            Packet::Carry { phone, life, id, carrier, body } => {
                let reply = self.hand_in(&body, carrier);
                self.air.send(Packet::Carried { phone, life, id, reply });
            }
            Packet::Carried { phone, life, id, reply } => {
                if self.phones[phone].life == life {
                    self.tell(phone, Input::Carried { id, reply });
                }
            }
            Packet::Ask { phone, life, line, id, call } => self.arrive((phone, life), line, id, call),
            Packet::Told { phone, life, line, id, heard } => {
                if self.phones[phone].life == life {
                    self.hears(phone, line, id, heard);
                }
            }
            Packet::Hint { phone } => {
                if self.phones[phone].listening {
                    self.tell(phone, Input::Nudge);
                }
            }
        }
    }

    /// Sealed copies reach the office, or do not.
    fn hand_in(&mut self, body: &[u8], carrier: Person) -> Reply {
        if self.strikes(Fault::Drop, 1_000) {
            return Reply::Unreachable;
        }
        if self.strikes(Fault::Captive, 300) {
            return Reply::NotOurs;
        }
        let killed = self.strikes(Fault::KillBeforeCommit, 500);
        let fate = if killed { Fate::BeforeCommit } else { Fate::Lives };
        let rows = self.office.tables.rows.len();
        let answer = self.office.take_sealed(body, self.now, fate, carrier);
        self.ledger.read_log(self.trace.step, &self.office);
        self.trace.note(format_args!("office log from {rows} at {}", self.office.tables.rows.len()));
        match answer {
            Some(answer) if !self.strikes(Fault::ReplyLost, 700) => Reply::Frame(answer),
            _ => Reply::Unreachable,
        }
    }

    fn request(&mut self, phone: usize, life: u32, id: u64, mut body: Vec<u8>) -> Reply {
        if self.strikes(Fault::Drop, 1_000) {
            return Reply::Unreachable;
        }
        if self.strikes(Fault::Captive, 300) {
            return Reply::NotOurs;
        }
        if self.strikes(Fault::Busy, 300) {
            return Reply::Later(Some(3));
        }
        if self.strikes(Fault::Forge, 200) {
            return Reply::Revoked(forged(&body));
        }
        if life != NOBODY && self.strikes(Fault::Duplicate, 1_000) {
            self.air.send(Packet::Up { phone, life: NOBODY, id, body: body.clone() });
        }
        if self.strikes(Fault::Truncate, 300) {
            body.truncate(self.prng.below(body.len()));
        }
        let fate = if self.strikes(Fault::KillBeforeCommit, 500) {
            Fate::BeforeCommit
        } else if self.strikes(Fault::KillAfterCommit, 500) {
            Fate::AfterCommit
        } else {
            Fate::Lives
        };
        let rows = self.office.tables.rows.len();
        let few = self.luck.on && self.prng.chance(150);
        let chance = self.prng.below(1_000);
        let response = self.office.exchange(&body, self.now, fate, few, chance);
        self.ledger.read_log(self.trace.step, &self.office);
        if self.office.tables.rows.len() != rows {
            self.trace.note(format_args!("office log at {}", self.office.tables.rows.len()));
            for at in 0..self.phones.len() {
                if at != phone && self.phones[at].listening && self.prng.chance(500) {
                    self.air.send(Packet::Hint { phone: at });
                }
            }
        }
        match response {
            Response::Refused => Reply::Later(None),
            Response::Broken => Reply::Unreachable,
            Response::Order(order) => Reply::Revoked(order),
            Response::Copied => Reply::Copied,
            Response::Frame(_) if self.strikes(Fault::ReplyLost, 700) => Reply::Unreachable,
            Response::Frame(mut frame) => {
                if let Ok(down) = sync::frame::down::Down::decode(&frame) {
                    for (id, verdict) in &down.verdicts {
                        self.trace.note(format_args!("office on {id}: {verdict:?}"));
                    }
                    for receipt in &down.receipts {
                        self.trace.note(format_args!("receipt {} for {}", receipt.number(), receipt.dossier));
                    }
                    if let Some(issued) = &down.issued {
                        self.trace.note(format_args!("issued {:?}", issued.leaves));
                    }
                    for act in &down.act_verdicts {
                        self.trace.note(format_args!(
                            "office on {} act {:02x?}: {:?}",
                            act.dossier, act.id.0, act.verdict
                        ));
                    }
                }
                if self.strikes(Fault::Truncate, 300) {
                    frame.truncate(self.prng.below(frame.len()));
                }
                Reply::Frame(frame)
            }
        }
    }
}
