//! At the door: enrolling, signing in, the PIN, and a PIN that was forgotten.

use dossier::id::DeviceHandle;
use dossier::intent::{Answer, Refusal};
use dossier::moment::Moment;
use dossier::place::{Badge, Place};
use ed25519_dalek::SigningKey;

use super::open::{Opening, hex_key};
use super::{Batch, Device, DoorFailure, DoorReply, DoorRequest, Effect, Open, Stage};
use crate::dice::Dice;
use crate::door::{DoorRefusal, EnrolRequest, Membership, RecoverRequest, SignInRequest};
use crate::drafts::Drafts;
use crate::record::Member;
use crate::vault::{DataKey, PinSlot, Vault};

/// Least signs of a PIN.
pub(super) const LEAST_PIN: usize = 6;

/// A request at the door that waits for its answer.
pub(super) struct Knock {
    pub(super) seq: u32,
    /// Whose place the answer is for.
    pub(super) place: Place,
    pub(super) pin: String,
    pub(super) signing_key: [u8; 32],
}

impl Device {
    /// A new signing key, and what is remembered until the office answers.
    fn knock(&mut self, dice: &mut Dice, seq: u32, pin: String) -> Result<String, Refusal> {
        if !matches!(self.stage, Stage::Fresh) {
            return Err(Refusal::Forbidden);
        }
        if self.door.is_some() {
            return Err(Refusal::Busy);
        }
        if pin.chars().count() < LEAST_PIN {
            return Err(Refusal::WeakPin);
        }
        let place = self.shelves.free().ok_or(Refusal::Forbidden)?;
        let signing_key: [u8; 32] = dice.bytes();
        let public = SigningKey::from_bytes(&signing_key).verifying_key().to_bytes();
        self.door = Some(Knock { seq, place, pin, signing_key });
        Ok(hex(&public))
    }

    pub(super) fn enrol(
        &mut self,
        dice: &mut Dice,
        seq: u32,
        code: String,
        password: String,
        pin: String,
        effects: &mut Vec<Effect>,
    ) {
        let device_name = self.name.clone();
        match self.knock(dice, seq, pin) {
            Ok(device_key) => {
                let request = EnrolRequest { code, password, device_key, device_name };
                effects.push(Effect::Door(DoorRequest::Enrol(request)));
            }
            Err(refusal) => refuse(seq, refusal, effects),
        }
    }

    pub(super) fn sign_in(
        &mut self,
        dice: &mut Dice,
        seq: u32,
        login: String,
        password: String,
        pin: String,
        effects: &mut Vec<Effect>,
    ) {
        let device_name = self.name.clone();
        match self.knock(dice, seq, pin) {
            Ok(device_key) => {
                let request = SignInRequest { login, password, device_key, device_name };
                effects.push(Effect::Door(DoorRequest::SignIn(request)));
            }
            Err(refusal) => refuse(seq, refusal, effects),
        }
    }

    pub(super) fn recover(
        &mut self,
        seq: u32,
        place: Place,
        (login, password): (String, String),
        pin: String,
        effects: &mut Vec<Effect>,
    ) {
        if pin.chars().count() < LEAST_PIN {
            return refuse(seq, Refusal::WeakPin, effects);
        }
        let shelf = self.shelves.by_place.get(&place);
        let (Stage::Locked, Some(shelf), None) = (&self.stage, shelf, &self.door) else {
            return refuse(seq, Refusal::Forbidden, effects);
        };
        if shelf.vault.recovery.is_empty() {
            return refuse(seq, Refusal::Unasked, effects);
        }
        let device = shelf.vault.handle.to_string();
        let slot = hex(&shelf.vault.recovery);
        self.door = Some(Knock { seq, place, pin, signing_key: [0; 32] });
        effects.push(Effect::Door(DoorRequest::Recover(RecoverRequest { login, password, device, slot })));
    }

    pub(super) fn door_answered(
        &mut self,
        now: Moment,
        dice: &mut Dice,
        reply: Result<DoorReply, DoorFailure>,
        effects: &mut Vec<Effect>,
    ) {
        let Some(knock) = self.door.take() else { return };
        match reply {
            Ok(DoorReply::Membership(membership)) => self.joined(now, dice, knock, *membership, effects),
            Ok(DoorReply::Recovered(reply)) => {
                let Some(key) = hex_key(&reply.data_key).map(DataKey::from_bytes) else {
                    return refuse(knock.seq, Refusal::NotOurOffice, effects);
                };
                self.recovered(now, dice, knock, key, effects);
            }
            Err(failure) => refuse(knock.seq, refusal(failure), effects),
        }
    }

    fn joined(
        &mut self,
        now: Moment,
        dice: &mut Dice,
        knock: Knock,
        membership: Membership,
        effects: &mut Vec<Effect>,
    ) {
        if matches!(&self.stage, Stage::Open(open) if open.place == knock.place) {
            return self.renewed(now, dice, &knock, membership, effects);
        }
        if !matches!(self.stage, Stage::Fresh) {
            return refuse(knock.seq, Refusal::Forbidden, effects);
        }
        let handle = membership.handle.parse::<DeviceHandle>();
        let (Ok(handle), Some(box_key)) = (handle, hex_key(&membership.box_key)) else {
            return refuse(knock.seq, Refusal::NotOurOffice, effects);
        };
        let key = DataKey::roll(dice);
        let Ok(vault) = Vault::create(&key, &knock.pin, self.rules.cost, handle, &box_key, dice) else {
            return refuse(knock.seq, Refusal::NotOurOffice, effects);
        };
        let place = knock.place;
        // Who comes to others must be told apart from them; a team's tablet will have others.
        let shared = !self.shelves.is_empty() || membership.role.is_team();
        let badge = shared.then(|| (place, Badge::of(&membership.name, membership.role)));
        let member = Member { membership, signing_key: knock.signing_key };
        let opened = Some(Box::new(Open::new(place, key, member, self.roll_actor(dice))));
        let answers = vec![(knock.seq, Answer::Done)];
        let drafts = Some(Drafts::default());
        let batch = Batch {
            vault: Some((place, vault)),
            badge,
            opened,
            answers,
            drafts,
            sync: true,
            ..Batch::default()
        };
        self.keep(now, dice, batch, effects);
    }

    fn recovered(
        &mut self,
        now: Moment,
        dice: &mut Dice,
        knock: Knock,
        key: DataKey,
        effects: &mut Vec<Effect>,
    ) {
        let place = knock.place;
        // Somebody else may have unlocked meanwhile: nobody's work is put under another's eyes.
        let shelf = self.shelves.by_place.get(&place).filter(|_| matches!(self.stage, Stage::Locked));
        let Some(mut vault) = shelf.map(|shelf| shelf.vault.clone()) else {
            return refuse(knock.seq, Refusal::Busy, effects);
        };
        vault.pin = PinSlot::wrap(&key, &knock.pin, self.rules.cost, dice);
        vault.wrong = 0;
        vault.not_before = 0;
        let actor = self.roll_actor(dice);
        self.stage = Stage::Opening(Box::new(Opening { place, key, seq: knock.seq, actor }));
        self.keep(now, dice, Batch { vault: Some((place, vault)), ..Batch::default() }, effects);
        effects.push(Effect::Load(place));
    }

    pub(super) fn unlock(
        &mut self,
        now: Moment,
        dice: &mut Dice,
        seq: u32,
        (place, pin): (Place, &str),
        effects: &mut Vec<Effect>,
    ) {
        let (Stage::Locked, Some(shelf)) = (&self.stage, self.shelves.by_place.get(&place)) else {
            return refuse(seq, Refusal::Locked, effects);
        };
        let (wait, mut vault) = (shelf.wait(now), shelf.vault.clone());
        if wait > 0 {
            return refuse(seq, Refusal::Wait { wait }, effects);
        }
        let opened = vault.pin.open(pin);
        let had_wrong = vault.wrong > 0;
        match opened {
            Ok(key) => {
                vault.wrong = 0;
                vault.not_before = 0;
                let actor = self.roll_actor(dice);
                self.stage = Stage::Opening(Box::new(Opening { place, key, seq, actor }));
                effects.push(Effect::Load(place));
                if had_wrong {
                    let vault = Some((place, vault));
                    self.keep(now, dice, Batch { vault, ..Batch::default() }, effects);
                }
            }
            Err(_) => {
                vault.wrong += 1;
                let wait = Vault::delay(vault.wrong);
                vault.not_before = now.0.saturating_add(i64::from(wait) * 1_000);
                let answers = vec![(seq, Answer::Refused(Refusal::WrongPin { wait }))];
                // Counted before it is answered, and in memory even when the disk takes nothing: neither killing the
                // page nor a full phone gives free tries.
                self.shelves.put_vault(place, vault.clone());
                let vault = Some((place, vault));
                self.keep(now, dice, Batch { vault, answers, ..Batch::default() }, effects);
            }
        }
    }

    pub(super) fn roll_actor(&self, dice: &mut Dice) -> [u8; 5] {
        if self.rules.fresh_actor { dice.bytes() } else { [0; 5] }
    }
}

pub(super) fn refuse(seq: u32, refusal: Refusal, effects: &mut Vec<Effect>) {
    effects.push(Effect::Answer { seq, answer: Answer::Refused(refusal) });
}

fn refusal(failure: DoorFailure) -> Refusal {
    match failure {
        DoorFailure::Unreachable => Refusal::NeedsNetwork,
        DoorFailure::NotOurs => Refusal::NotOurOffice,
        DoorFailure::Refused(DoorRefusal::BadCode) => Refusal::BadCode,
        DoorFailure::Refused(DoorRefusal::BadPassword) => Refusal::BadPassword,
        DoorFailure::Refused(DoorRefusal::WeakPassword) => Refusal::WeakPassword,
        DoorFailure::Refused(DoorRefusal::Busy) => Refusal::Busy,
        DoorFailure::Refused(DoorRefusal::Malformed) => Refusal::NotOurOffice,
    }
}

pub(super) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
