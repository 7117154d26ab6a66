//! What a device is told, and what it asks its shell to do.

use dossier::intent::{Answer, Intent};
use dossier::manage::Told;
use dossier::moment::Moment;
use dossier::place::Place;
use dossier::view::Storage;

use crate::door::{DoorRefusal, EnrolRequest, Membership, RecoverReply, RecoverRequest, SignInRequest};
use crate::request::{Call, CallFailure, Heard};
use crate::slot::Slot;

/// What a device may be told.
pub enum Input {
    /// The store is open.
    Started {
        /// The slots of all places that are read without a key ([`Slot::is_clear`]).
        slots: Vec<(Place, Slot, Vec<u8>)>,
    },
    /// A person wants something.
    Ask {
        /// The page's number for the question.
        seq: u32,
        /// What.
        intent: Intent,
    },
    /// The answer to [`Effect::Load`].
    Loaded {
        /// Whose.
        place: Place,
        /// The slots that hold something.
        slots: Vec<(Slot, Vec<u8>)>,
        /// The log, oldest first.
        log: Vec<Vec<u8>>,
    },
    /// A batch is on disk.
    Kept(u64),
    /// A batch is not on disk.
    NotKept(u64),
    /// The answer to [`Effect::Door`].
    Door(Result<DoorReply, DoorFailure>),
    /// The answer to [`Effect::Post`].
    Reply {
        /// The number of the exchange.
        id: u64,
        /// What came.
        reply: Reply,
    },
    /// The answer to [`Effect::PostSealed`].
    Carried {
        /// The number of the round.
        id: u64,
        /// What came.
        reply: Reply,
    },
    /// The answer to [`Effect::Call`].
    Called {
        /// The number of the call.
        id: u64,
        /// What came.
        answer: Result<Box<Told>, CallFailure>,
    },
    /// The answer to [`Effect::Errand`].
    Errand {
        /// The number of the errand.
        id: u64,
        /// What came.
        heard: Result<Heard, CallFailure>,
    },
    /// The answer to [`Effect::Read`].
    Read {
        /// The number of the reading.
        id: u64,
        /// What lies there; `None` when nothing does, or it cannot be read.
        bytes: Option<Vec<u8>>,
    },
    /// Bytes of the exchange truly gone.
    Progress {
        /// So far.
        sent: u32,
        /// In all.
        total: u32,
    },
    /// A good moment to try: `online`, visible, a hint from the office.
    Nudge,
    /// A time asked for by [`Effect::Wake`] has come.
    Wake,
    /// The stream of hints has ended.
    ListenEnded,
    /// How safe the storage is.
    Storage(Storage),
    /// Another window has taken over, or gives back.
    Elsewhere(bool),
}

/// What the office said at the door.
pub enum DoorReply {
    /// Enrolled.
    Membership(Box<Membership>),
    /// The recovery slot, opened.
    Recovered(RecoverReply),
}

/// Why the door did not open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DoorFailure {
    /// No network.
    Unreachable,
    /// Something else answered.
    NotOurs,
    /// The office refused.
    Refused(DoorRefusal),
}

/// What came back for an exchange.
pub enum Reply {
    /// Bytes of the office's content type for this question.
    Frame(Vec<u8>),
    /// The office is busy or broken; seconds of `Retry-After`, if it said.
    Later(Option<u32>),
    /// The office does not know this device any more.
    Forbidden,
    /// The office has revoked this device and kept what it brought: its order to wipe.
    Revoked(Vec<u8>),
    /// The office has heard another copy of this device, and takes nothing of either.
    Copied,
    /// Something answered that is not the office.
    NotOurs,
    /// Nothing answered.
    Unreachable,
}

/// What goes to the disk in one strict transaction, in this order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Writes {
    /// Whose log grows.
    pub place: Place,
    /// What that log holds from then on, before what is appended: everything else in it is removed.
    pub rewritten: Option<Vec<Vec<u8>>>,
    /// Sealed records, to append in this order.
    pub append: Vec<Vec<u8>>,
    /// Slots, to overwrite.
    pub slots: Vec<(Place, Slot, Vec<u8>)>,
    /// Slots, to remove.
    pub drops: Vec<(Place, Slot)>,
    /// Whose log is removed, all of it, and with it every picture of the place ([`Slot::papers`]).
    pub forgotten: Option<Place>,
}

impl Writes {
    /// Whether there is nothing to write.
    pub fn is_empty(&self) -> bool {
        let nothing = self.append.is_empty() && self.slots.is_empty() && self.drops.is_empty();
        nothing && self.rewritten.is_none() && self.forgotten.is_none()
    }
}

/// What a device asks its shell to do.
pub enum Effect {
    /// Keep all of this in one strict transaction, then say [`Input::Kept`] or [`Input::NotKept`].
    Keep {
        /// The number of the batch.
        batch: u64,
        /// What.
        writes: Writes,
    },
    /// Read everything of this place back that is loaded ([`Slot::is_loaded`]).
    Load(Place),
    /// Read one slot.
    Read {
        /// The number of the reading.
        id: u64,
        /// Whose.
        place: Place,
        /// Which.
        slot: Slot,
    },
    /// Ask at the door.
    Door(DoorRequest),
    /// `POST /sync`.
    Post {
        /// The number of the exchange.
        id: u64,
        /// The frame.
        body: Vec<u8>,
    },
    /// `POST /sealed`.
    PostSealed {
        /// The number of the round.
        id: u64,
        /// Sealed copies.
        body: Vec<u8>,
    },
    /// A signed request about people, devices or areas; never repeated by the shell.
    Call {
        /// The number of the call.
        id: u64,
        /// The request.
        call: Call,
    },
    /// A signed request the device makes of itself.
    Errand {
        /// The number of the errand.
        id: u64,
        /// The request.
        call: Call,
    },
    /// `POST /events` with this frame, and [`Input::Nudge`] for every hint.
    Listen(Vec<u8>),
    /// Say [`Input::Wake`] at this moment of the phone's clock.
    Wake(Moment),
    /// Answer the page.
    Answer {
        /// The page's number for the question.
        seq: u32,
        /// The answer.
        answer: Answer,
    },
    /// Something on screen changed: fetch [`super::Device::view`].
    Show,
    /// Take the lock of the one writer; the other window steps back.
    TakeLock,
}

/// A request at the door.
pub enum DoorRequest {
    /// `POST /api/enrol`.
    Enrol(EnrolRequest),
    /// `POST /api/sign-in`.
    SignIn(SignInRequest),
    /// `POST /api/recover`.
    Recover(RecoverRequest),
}
