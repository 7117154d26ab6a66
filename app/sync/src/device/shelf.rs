//! What lies in clear of every member of a device: the vault, and on a shared one the badge. Read before anybody
//! unlocks; nothing of one person's vault is opened for another.

use std::collections::{BTreeMap, BTreeSet};

use dossier::intent::{Answer, Refusal};
use dossier::moment::Moment;
use dossier::place::{Badge, Place, Tile};

use super::{Device, Effect, Stage};
use crate::dice::Dice;
use crate::leader::LeaderSlot;
use crate::receipt::Keys;
use crate::slot::{CopyId, Slot, badge_from_bytes, keys_from_bytes};
use crate::vault::Vault;

/// One member's.
#[derive(Clone)]
pub(super) struct Shelf {
    pub vault: Vault,
    pub badge: Option<Badge>,
    /// What the office signs with; none before the first contact under this build.
    pub keys: Keys,
    /// Copies of saves the office may not have, oldest first.
    pub sealed: BTreeMap<CopyId, Vec<u8>>,
    /// The way in by the team leader's code.
    pub leader: Option<LeaderSlot>,
}

/// Everybody's.
#[derive(Default)]
pub(super) struct Shelves {
    pub by_place: BTreeMap<Place, Shelf>,
    /// Places whose vault does not read: nothing may be written over them.
    damaged: BTreeSet<Place>,
    /// The office had somebody's place wiped.
    pub dismissed: bool,
}

impl Shelves {
    /// What the store holds in clear.
    fn read(slots: Vec<(Place, Slot, Vec<u8>)>) -> Shelves {
        let mut shelves = Shelves::default();
        for (place, slot, bytes) in &slots {
            if *slot == Slot::Vault {
                match Vault::from_bytes(bytes) {
                    Ok(vault) => {
                        shelves.by_place.insert(*place, Shelf::new(vault));
                    }
                    Err(_) => {
                        shelves.damaged.insert(*place);
                    }
                }
            }
        }
        shelves.dismissed = slots.iter().any(|(_, slot, _)| *slot == Slot::Dismissed);
        for (place, slot, bytes) in slots {
            let Some(shelf) = shelves.by_place.get_mut(&place) else { continue };
            match slot {
                Slot::Keys => shelf.keys = keys_from_bytes(&bytes),
                Slot::Badge => shelf.badge = badge_from_bytes(&bytes),
                Slot::Leader => shelf.leader = LeaderSlot::from_bytes(&bytes),
                Slot::Sealed(id) => {
                    shelf.sealed.insert(id, bytes);
                }
                _ => {}
            }
        }
        shelves
    }

    /// Whether nobody is here yet.
    pub fn is_empty(&self) -> bool {
        self.by_place.is_empty() && self.damaged.is_empty()
    }

    /// Whether several people use the device.
    pub fn is_shared(&self) -> bool {
        self.by_place.len() > 1 || self.by_place.values().any(|shelf| shelf.badge.is_some())
    }

    /// The lowest place that nobody has.
    pub fn free(&self) -> Option<Place> {
        (0..=u8::MAX)
            .map(Place)
            .find(|place| !self.by_place.contains_key(place) && !self.damaged.contains(place))
    }

    /// A vault as it is kept from now on.
    pub fn put_vault(&mut self, place: Place, vault: Vault) {
        match self.by_place.get_mut(&place) {
            Some(shelf) => shelf.vault = vault,
            None => {
                self.by_place.insert(place, Shelf::new(vault));
            }
        }
    }

    /// The office's keys as they are kept from now on.
    pub fn put_keys(&mut self, place: Place, keys: Keys) {
        if let Some(shelf) = self.by_place.get_mut(&place) {
            shelf.keys = keys;
        }
    }

    /// A copy that is kept from now on.
    pub fn put_copy(&mut self, place: Place, id: CopyId, copy: Vec<u8>) {
        if let Some(shelf) = self.by_place.get_mut(&place) {
            shelf.sealed.insert(id, copy);
        }
    }

    /// A copy that is of no more use.
    pub fn drop_copy(&mut self, place: Place, id: CopyId) {
        if let Some(shelf) = self.by_place.get_mut(&place) {
            shelf.sealed.remove(&id);
        }
    }

    /// All copies, each person's oldest first.
    pub fn copies(&self) -> impl Iterator<Item = (Place, CopyId, &[u8])> {
        self.by_place
            .iter()
            .flat_map(|(place, shelf)| shelf.sealed.iter().map(|(id, copy)| (*place, *id, copy.as_slice())))
    }

    /// A leader's way in as it is kept from now on.
    pub fn put_leader(&mut self, place: Place, slot: LeaderSlot) {
        if let Some(shelf) = self.by_place.get_mut(&place) {
            shelf.leader = Some(slot);
        }
    }

    /// A badge as it is kept from now on.
    pub fn put_badge(&mut self, place: Place, badge: Badge) {
        if let Some(shelf) = self.by_place.get_mut(&place) {
            shelf.badge = Some(badge);
        }
    }
}

impl Shelf {
    fn new(vault: Vault) -> Shelf {
        Shelf { vault, badge: None, keys: Keys::new(), sealed: BTreeMap::new(), leader: None }
    }

    /// The id of the next copy.
    pub fn next_copy(&self, random: [u8; 4]) -> CopyId {
        CopyId::after(self.sealed.last_key_value().map(|(id, _)| *id), random)
    }

    /// Seconds until the next try of the PIN.
    pub fn wait(&self, now: Moment) -> u32 {
        let left = self.vault.not_before.saturating_sub(now.0);
        // A clock set back must not lock a person out for longer than the delay itself.
        let most = i64::from(Vault::delay(self.vault.wrong)) * 1_000;
        (left.clamp(0, most) as u64).div_ceil(1_000) as u32
    }
}

impl Device {
    pub(super) fn start(
        &mut self,
        now: Moment,
        dice: &mut Dice,
        slots: Vec<(Place, Slot, Vec<u8>)>,
        effects: &mut Vec<Effect>,
    ) {
        self.shelves = Shelves::read(slots);
        self.stage = if self.shelves.is_empty() {
            Stage::Fresh
        } else if self.shelves.by_place.is_empty() {
            // Bytes are there and are not a vault.
            Stage::Broken
        } else {
            Stage::Locked
        };
        effects.push(Effect::Show);
        self.carry(now, dice, true, effects);
    }

    /// Somebody comes to the others: the way in is shown, everything that is here stays.
    pub(super) fn add_person(&mut self, effects: &mut Vec<Effect>) -> Answer {
        match (&self.stage, &self.door) {
            (Stage::Locked, None) => self.stage = Stage::Fresh,
            (Stage::Locked, Some(_)) => return Answer::Refused(Refusal::Busy),
            _ => return Answer::Refused(Refusal::Forbidden),
        }
        effects.push(Effect::Show);
        Answer::Done
    }

    /// Nobody comes after all.
    pub(super) fn add_nobody(&mut self, effects: &mut Vec<Effect>) -> Answer {
        match (&self.stage, &self.door) {
            (Stage::Fresh, None) if !self.shelves.is_empty() => self.stage = Stage::Locked,
            (Stage::Fresh, Some(_)) => return Answer::Refused(Refusal::Busy),
            _ => return Answer::Refused(Refusal::Forbidden),
        }
        effects.push(Effect::Show);
        Answer::Done
    }

    pub(super) fn tiles(&self, now: Moment) -> Vec<Tile> {
        let tile = |(place, shelf): (&Place, &Shelf)| {
            let badge = shelf.badge.as_ref();
            Tile {
                place: *place,
                initials: badge.map_or_else(String::new, |badge| badge.initials.clone()),
                name: badge.map_or_else(String::new, |badge| badge.name.clone()),
                role: badge.map(|badge| badge.role),
                unsent: u32::try_from(shelf.sealed.len()).unwrap_or(u32::MAX),
                wait: shelf.wait(now),
                led: shelf.leader.is_some(),
            }
        };
        self.shelves.by_place.iter().map(tile).collect()
    }

    /// Another window has taken over, or gives back.
    pub(super) fn step_aside(&mut self, elsewhere: bool, effects: &mut Vec<Effect>) {
        let stage = std::mem::replace(&mut self.stage, Stage::Starting);
        self.stage = match (elsewhere, stage) {
            (true, already @ Stage::Elsewhere(_)) => already,
            // The other window writes from now on: what this one knows grows old and is read again later.
            (true, _) => Stage::Elsewhere(Box::new(Stage::Starting)),
            (false, Stage::Elsewhere(before)) => *before,
            (false, stage) => stage,
        };
        effects.push(Effect::Show);
    }
}
