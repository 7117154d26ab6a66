//! Đăng nhập lại: of this device there is a copy, and the office takes nothing of either. Who is at it signs in again:
//! another handle and another key for the same place and the same vault. Everything that waits goes under the new one;
//! ids that were given stay, so that what both copies hold is one dossier at the office.

use dossier::id::DeviceHandle;
use dossier::intent::{Answer, Refusal};
use dossier::moment::Moment;
use ed25519_dalek::SigningKey;

use super::carry::Copied;
use super::door::{Knock, hex, refuse};
use super::line::Retry;
use super::open::hex_key;
use super::{Batch, Device, DoorRequest, Effect, Open, Stage};
use crate::dice::Dice;
use crate::door::{EnrolRequest, Membership, SignInRequest};
use crate::record::Member;

impl Device {
    /// Asks at the door for another handle, with a one-time code or the password alone.
    pub(super) fn renew(
        &mut self,
        dice: &mut Dice,
        seq: u32,
        code: String,
        password: String,
        effects: &mut Vec<Effect>,
    ) {
        let Stage::Open(open) = &self.stage else { return refuse(seq, Refusal::Locked, effects) };
        if self.door.is_some() {
            return refuse(seq, Refusal::Busy, effects);
        }
        // A device in order has no use for another name.
        if !open.retry.copied {
            return refuse(seq, Refusal::Forbidden, effects);
        }
        let signing_key: [u8; 32] = dice.bytes();
        let device_key = hex(&SigningKey::from_bytes(&signing_key).verifying_key().to_bytes());
        let (login, device_name) = (open.member.membership.login.clone(), self.name.clone());
        self.door = Some(Knock { seq, place: open.place, pin: String::new(), signing_key });
        effects.push(Effect::Door(if code.trim().is_empty() {
            DoorRequest::SignIn(SignInRequest { login, password, device_key, device_name })
        } else {
            DoorRequest::Enrol(EnrolRequest { code, password, device_key, device_name })
        }));
    }

    /// The office knows the device under another handle. One transaction changes the key, the vault's name and the copies.
    pub(super) fn renewed(
        &mut self,
        now: Moment,
        dice: &mut Dice,
        knock: &Knock,
        membership: Membership,
        effects: &mut Vec<Effect>,
    ) {
        let Stage::Open(open) = &self.stage else { return refuse(knock.seq, Refusal::Locked, effects) };
        // Somebody else's password does not make this person's work theirs.
        if membership.account != open.member.membership.account {
            return refuse(knock.seq, Refusal::Forbidden, effects);
        }
        let handle = membership.handle.parse::<DeviceHandle>();
        let (Ok(handle), Some(box_key)) = (handle, hex_key(&membership.box_key)) else {
            return refuse(knock.seq, Refusal::NotOurOffice, effects);
        };
        let place = knock.place;
        let vault = self.shelves.by_place.get(&place).map(|shelf| &shelf.vault);
        let Some(Ok(vault)) = vault.map(|vault| vault.rebound(&open.key, handle, &box_key, dice)) else {
            return refuse(knock.seq, Refusal::NotOurOffice, effects);
        };
        // What the former device sealed the office lays aside for somebody to look at. One copy of all that waits stands for it, when it fits.
        let whole = !open.fill(now).1.more;
        let stale = self.shelves.copies().filter(|(whose, ..)| *whose == place && whole);
        let taken = stale.map(|(whose, id, _)| (whose, id)).collect();
        let batch = Batch {
            vault: Some((place, vault)),
            renewed: Some(Member { membership, signing_key: knock.signing_key }),
            answers: vec![(knock.seq, Answer::Done)],
            copied: Copied::Waiting,
            taken,
            sync: true,
            ..Batch::default()
        };
        self.keep(now, dice, batch, effects);
    }
}

impl Open {
    /// Another device from now on; an answer that is still on its way to the former one is no answer to this.
    pub(super) fn become_of(&mut self, member: Member) {
        self.signing = SigningKey::from_bytes(&member.signing_key);
        self.member = member;
        self.exchange = None;
        self.retry = Retry::default();
    }
}
