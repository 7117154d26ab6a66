//! A phone: the device's state machine, its disk, its own clock, and effects performed one by one, so that the
//! app can die before and after each.

use std::collections::{BTreeMap, VecDeque};

use dossier::filing::draft::FilingDraft;
use dossier::id::{DeviceHandle, DossierId};
use dossier::moment::Moment;
use dossier::place::Place;
use ed25519_dalek::SigningKey;
use sync::device::{Device, Open, Rules};
use sync::papers::PaperDigest;
use sync::record::{Member, Record};
use sync::request::Call;
use sync::slot::Slot;
use sync::vault::{Cost, DataKey, Vault};

use crate::calls::Line;
use crate::disk::{Disk, Transaction};
use crate::registry::Person;
use crate::sabotage::Sabotage;

/// The PIN of every phone.
pub const PIN: &str = "246810";

/// An effect that waits to be performed.
pub enum Todo {
    /// Write a transaction.
    Keep(Transaction),
    /// Make it safe, and say so if it was not said before.
    Flush(Option<u64>),
    /// Read everything of a place back.
    Load(Place),
    /// Send a frame.
    Post(u64, Vec<u8>),
    /// Carry sealed copies.
    Carry(u64, Vec<u8>),
    /// Send a signed request.
    Ask(Line, u64, Call),
}

/// What a person is waiting for.
pub enum Asked {
    /// A notice to be saved.
    Save,
    /// Acts on these notices.
    Acts(Vec<DossierId>),
    /// A form to change; how.
    Form(usize),
    /// A picture to be kept, for this form.
    Page(Box<FilingDraft>, Vec<u8>),
    /// A picture to be shown.
    Look(PaperDigest),
    /// What other communes ask.
    Slips,
    /// Anything else.
    Other,
}

/// A phone.
pub struct Phone {
    /// Who uses it, by their places, and the handle each has.
    pub people: Vec<(Person, DeviceHandle)>,
    /// Whose place was asked for last.
    pub place: Place,
    /// The running app, if it runs.
    pub device: Option<Device>,
    /// The disk.
    pub disk: Disk,
    /// The disk as it was once, laid aside.
    pub backup: Option<Disk>,
    /// How wrong its clock is, in milliseconds.
    pub offset: i64,
    /// Counts the starts of the app.
    pub life: u32,
    /// Effects in their order.
    pub todo: VecDeque<Todo>,
    /// What people wait for, by the number of the question.
    pub asked: BTreeMap<u32, Asked>,
    /// The last question.
    pub seq: u32,
    /// Whether it has asked for hints.
    pub listening: bool,
    /// What other communes asked when somebody last looked.
    pub slips: Vec<(DossierId, Moment)>,
}

/// The device's rules under a sabotage; a guess of the PIN is as cheap as can be.
pub fn rules(sabotage: Option<Sabotage>) -> Rules {
    Rules {
        cost: Cost { memory: 8, passes: 1 },
        fresh_actor: sabotage != Some(Sabotage::SameActor),
        heed_epoch: sabotage != Some(Sabotage::NoEpoch),
        independent_dossiers: sabotage != Some(Sabotage::PoisonBlocks),
        seal_copies: sabotage != Some(Sabotage::AuthorOnly),
        heed_lease: sabotage != Some(Sabotage::OpenForEver),
        verify_orders: sabotage != Some(Sabotage::ObeysAnybody),
    }
}

impl Phone {
    /// A phone fresh from the shop.
    pub fn new(person: Person, offset: i64) -> Phone {
        Phone {
            people: vec![(person, DeviceHandle([0; 3]))],
            place: Place::FIRST,
            device: None,
            disk: Disk::default(),
            backup: None,
            offset,
            life: 0,
            todo: VecDeque::new(),
            asked: BTreeMap::new(),
            seq: 0,
            listening: false,
            slips: Vec::new(),
        }
    }

    /// A second phone with the same disk and the same identity.
    pub fn copied(&self, offset: i64) -> Phone {
        let mut disk = self.disk.clone();
        disk.discard();
        Phone { people: self.people.clone(), disk, ..Phone::new(self.person(), offset) }
    }

    /// Whose place is open, or was asked for last.
    pub fn seat(&self) -> Place {
        self.open().map_or(self.place, Open::place)
    }

    /// Who is at it, or was last.
    pub fn person(&self) -> Person {
        self.people[usize::from(self.seat().0)].0
    }

    /// Places that are still somebody's.
    pub fn seats(&self) -> Vec<Place> {
        let seats = (0..self.people.len()).map(|seat| Place(seat as u8));
        seats.filter(|seat| self.disk.slot(*seat, Slot::Vault).is_some()).collect()
    }

    /// What its own clock shows.
    pub fn clock(&self, now: Moment) -> Moment {
        Moment(now.0 + self.offset)
    }

    /// The unlocked device.
    pub fn open(&self) -> Option<&Open> {
        self.device.as_ref().and_then(Device::opened)
    }

    /// Whether an office has told which procedures there are.
    pub fn knows_procedures(&self) -> bool {
        self.disk.slot(self.seat(), Slot::Catalogue).is_some()
    }

    /// The app is gone; what it had not yet done is not done.
    pub fn die(&mut self) {
        self.device = None;
        self.todo.clear();
        self.asked.clear();
        self.life += 1;
        self.listening = false;
    }

    fn data_key(&self) -> Option<DataKey> {
        Vault::from_bytes(&self.disk.slot(self.seat(), Slot::Vault)?).ok()?.pin.open(PIN).ok()
    }

    /// The key its frames are signed with, for a phone in hostile hands.
    pub fn signing_key(&self) -> Option<SigningKey> {
        let sealed = self.disk.slot(self.seat(), Slot::Member)?;
        let member: Member = sync::record::open(&sealed, &self.data_key()?)?;
        Some(SigningKey::from_bytes(&member.signing_key))
    }

    /// The wrong driver: deletes every record of a dossier the office has just accepted.
    pub fn purge(&mut self) {
        let Some(key) = self.data_key() else { return };
        let read = |sealed: &Vec<u8>| sync::record::open::<Record>(sealed, &key);
        let (seat, mut accepted) = (self.seat(), Vec::new());
        for sealed in self.disk.log_mut(seat).iter() {
            if let Some(Record::AtOffice { dossier, .. }) = read(sealed) {
                accepted.push(dossier);
            }
        }
        let about = |record: Record| match record {
            Record::Change { dossier, .. }
            | Record::Begun { dossier, .. }
            | Record::AtOffice { dossier, .. } => Some(dossier),
            _ => None,
        };
        self.disk
            .log_mut(seat)
            .retain(|sealed| read(sealed).and_then(about).is_none_or(|dossier| !accepted.contains(&dossier)));
    }
}
