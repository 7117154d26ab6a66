//! Everything between phones and office: packets wait here and are taken in any order.

use sync::device::Reply;
use sync::request::{Call, CallFailure, Heard};

use crate::calls::Line;
use crate::registry::Person;

/// One thing on its way.
pub enum Packet {
    /// A request.
    Up {
        /// The phone.
        phone: usize,
        /// Which life of its app asked; a dead one gets no answer.
        life: u32,
        /// The exchange.
        id: u64,
        /// The frame.
        body: Vec<u8>,
    },
    /// A response.
    Down {
        /// The phone.
        phone: usize,
        /// Which life of its app asked.
        life: u32,
        /// The exchange.
        id: u64,
        /// What it gets.
        reply: Reply,
    },
    /// Sealed copies.
    Carry {
        /// The phone.
        phone: usize,
        /// Which life of its app carries.
        life: u32,
        /// The round.
        id: u64,
        /// Who is at the phone, or was last.
        carrier: Person,
        /// The copies.
        body: Vec<u8>,
    },
    /// What became of them.
    Carried {
        /// The phone.
        phone: usize,
        /// Which life of its app carried.
        life: u32,
        /// The round.
        id: u64,
        /// What it gets.
        reply: Reply,
    },
    /// A signed request.
    Ask {
        /// The phone.
        phone: usize,
        /// Which life of its app asks.
        life: u32,
        /// Who waits for the answer.
        line: Line,
        /// Its number.
        id: u64,
        /// The request.
        call: Call,
    },
    /// What came back.
    Told {
        /// The phone.
        phone: usize,
        /// Which life of its app asked.
        life: u32,
        /// Who waits for it.
        line: Line,
        /// The number of the request.
        id: u64,
        /// What it gets.
        heard: Result<Heard, CallFailure>,
    },
    /// A hint: the log has grown.
    Hint {
        /// The phone.
        phone: usize,
    },
}

/// The air.
#[derive(Default)]
pub struct Network {
    packets: Vec<Packet>,
}

impl Network {
    /// Something sets out.
    pub fn send(&mut self, packet: Packet) {
        self.packets.push(packet);
    }

    /// How much is on its way.
    pub fn len(&self) -> usize {
        self.packets.len()
    }

    /// Takes the packet at this place out.
    pub fn take(&mut self, place: usize) -> Packet {
        self.packets.remove(place)
    }
}
