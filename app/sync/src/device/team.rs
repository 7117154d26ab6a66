//! Mã của tổ trưởng on the device: a member's code goes to the leaders of the area at a contact, a leader's device keeps
//! the members', and a forgotten secret is replaced with it, without a network.

use dossier::access::Role;
use dossier::id::DeviceHandle;
use dossier::intent::{Answer, Refusal};
use dossier::manage::{HandedCodes, LeaderDevice, MemberCode, SealedCode, ShownCode, TeamCodes, Told};
use dossier::moment::Moment;
use dossier::place::Place;

use super::door::LEAST_PIN;
use super::open::{Opening, hex_key, roll_of};
use super::{Batch, Device, Effect, Open, Stage};
use crate::dice::Dice;
use crate::leader::{Code, HeldCode, LeaderSlot, box_private};
use crate::letterbox;
use crate::request::{Call, CallFailure, DEVICE, Heard, post, read};
use crate::vault::{PinSlot, Vault};

/// Codes are asked for again after so long, in milliseconds: a leader who is at it all day hears of a new member.
const RHYTHM: i64 = 30 * 60_000;
/// Without an answer for so long, in milliseconds, the shell has lost the question.
const LOST: i64 = 120_000;

/// What is known of the office's word on codes.
#[derive(Default)]
pub(super) struct Team {
    /// A leader's: the members' codes.
    pub held: Vec<HeldCode>,
    question: Option<(u64, Moment)>,
    asked: Option<Moment>,
}

impl Open {
    fn takes_part(&self) -> bool {
        self.role().is_team()
    }

    /// The codes a leader may show.
    pub(super) fn shown_codes(&self) -> Vec<ShownCode> {
        let shown = self.team.held.iter().map(|held| ShownCode {
            person: held.person.clone(),
            device_name: held.device_name.clone(),
            code: held.code.grouped(),
            at: Moment(held.at),
        });
        shown.collect()
    }

    /// A leader's list, from what lies at the office. What cannot be opened was sealed to a key this device had before.
    fn opened_codes(&self, members: &[MemberCode]) -> Vec<HeldCode> {
        let private = box_private(&self.member.signing_key);
        let open = |member: &MemberCode| {
            let sealed = from_hex(&member.sealed)?;
            Some(HeldCode {
                device: member.device,
                person: member.person.clone(),
                device_name: member.device_name.clone(),
                generation: member.generation,
                code: Code::open(&sealed, member.device, &private)?,
                at: member.at.0,
            })
        };
        members.iter().filter_map(open).collect()
    }
}

impl Device {
    /// After a contact: makes a code where there is none or it was used, and hands it over.
    pub(super) fn hand_codes(&mut self, now: Moment, batch: u64, effects: &mut Vec<Effect>) {
        let Stage::Open(open) = &self.stage else { return };
        if !open.takes_part() {
            return;
        }
        let mut dice = Dice::new(roll_of(batch, now));
        let (place, handle) = (open.place, open.handle());
        let slot = self.shelves.by_place.get(&place).and_then(|shelf| shelf.leader.as_ref());
        let generation = match slot {
            None => Some(1),
            Some(slot) => slot.used.then(|| slot.generation.saturating_add(1)),
        };
        if let (Some(generation), Role::TeamMember) = (generation, open.role()) {
            let slot = LeaderSlot::wrap(&open.key, &open.member.signing_key, generation, handle, &mut dice);
            // Once it is kept this comes again, and hands the code over.
            let batch = Batch { leader: Some((place, slot)), answered: true, ..Batch::default() };
            if let Stage::Open(open) = &mut self.stage {
                open.team.asked = None;
            }
            return self.keep(now, &mut dice, batch, effects);
        }
        let recent = |at: Moment, within: i64| now.0.saturating_sub(at.0).abs() < within;
        let team = &open.team;
        if team.asked.is_some_and(|at| recent(at, RHYTHM))
            || team.question.is_some_and(|(_, at)| recent(at, LOST))
        {
            return;
        }
        self.ask_codes(now, &mut dice, Vec::new(), effects);
    }

    fn ask_codes(&mut self, now: Moment, dice: &mut Dice, codes: Vec<SealedCode>, effects: &mut Vec<Effect>) {
        let Stage::Open(open) = &mut self.stage else { return };
        let public = letterbox::public(&box_private(&open.member.signing_key));
        let request = post("/api/v1/codes".to_owned(), &HandedCodes { box_key: hex(&public), codes });
        let at = (open.corrected(now), dice.bytes());
        let call = Call::signed(DEVICE, &open.handle().to_string(), &open.signing, request, at);
        self.exchanges += 1;
        open.team.question = Some((self.exchanges, now));
        effects.push(Effect::Errand { id: self.exchanges, call });
    }

    /// What the office says of codes.
    pub(super) fn codes_told(
        &mut self,
        now: Moment,
        dice: &mut Dice,
        (id, heard): (u64, Result<Heard, CallFailure>),
        effects: &mut Vec<Effect>,
    ) {
        let Stage::Open(open) = &mut self.stage else { return };
        if open.team.question.take_if(|(known, _)| *known == id).is_none() {
            return;
        }
        // Nothing is lost when it fails: the next contact asks again.
        let Ok(Told::Codes(told)) = heard.and_then(|heard| read(&heard)) else { return };
        open.team.asked = Some(now);
        let TeamCodes { leaders, members } = told;
        let held = open.opened_codes(&members);
        if held != open.team.held {
            return self.keep(now, dice, Batch { held: Some(held), ..Batch::default() }, effects);
        }
        let Stage::Open(open) = &self.stage else { return };
        let slot = self.shelves.by_place.get(&open.place).and_then(|shelf| shelf.leader.as_ref());
        let Some(generation) = slot.map(|slot| slot.generation) else { return };
        let (handle, code) = (open.handle(), Code::of(&open.member.signing_key, generation));
        let codes: Vec<SealedCode> = leaders
            .iter()
            .filter(|leader| leader.generation != Some(generation))
            .filter_map(|leader| sealed(&code, generation, handle, leader, dice))
            .collect();
        if !codes.is_empty() {
            self.ask_codes(now, dice, codes, effects);
        }
    }

    /// Quên mật khẩu: the leader's code opens the place, and a new secret is set. Nothing unsent is touched.
    pub(super) fn reset_by_leader(
        &mut self,
        now: Moment,
        dice: &mut Dice,
        seq: u32,
        (place, typed, pin): (Place, &str, &str),
        effects: &mut Vec<Effect>,
    ) {
        let refused = |refusal| Effect::Answer { seq, answer: Answer::Refused(refusal) };
        if pin.chars().count() < LEAST_PIN {
            return effects.push(refused(Refusal::WeakPin));
        }
        let (Stage::Locked, Some(shelf)) = (&self.stage, self.shelves.by_place.get(&place)) else {
            return effects.push(refused(Refusal::Locked));
        };
        let wait = shelf.wait(now);
        if wait > 0 {
            return effects.push(refused(Refusal::Wait { wait }));
        }
        let (mut vault, slot) = (shelf.vault.clone(), shelf.leader.clone());
        let opened = Code::parse(typed).zip(slot).and_then(|(code, mut slot)| {
            let key = slot.open(&code, vault.handle).ok()?;
            slot.used = true;
            Some((key, slot))
        });
        let Some((key, slot)) = opened else {
            vault.wrong += 1;
            let wait = Vault::delay(vault.wrong);
            vault.not_before = now.0.saturating_add(i64::from(wait) * 1_000);
            let answers = vec![(seq, Answer::Refused(Refusal::WrongCode { wait }))];
            // In memory even when the disk takes nothing, like a wrong PIN.
            self.shelves.put_vault(place, vault.clone());
            let vault = Some((place, vault));
            return self.keep(now, dice, Batch { vault, answers, ..Batch::default() }, effects);
        };
        vault.pin = PinSlot::wrap(&key, pin, self.rules.cost, dice);
        vault.wrong = 0;
        vault.not_before = 0;
        let actor = self.roll_actor(dice);
        self.stage = Stage::Opening(Box::new(Opening { place, key, seq, actor }));
        let batch = Batch { vault: Some((place, vault)), leader: Some((place, slot)), ..Batch::default() };
        self.keep(now, dice, batch, effects);
        effects.push(Effect::Load(place));
    }
}

fn sealed(
    code: &Code,
    generation: u32,
    member: DeviceHandle,
    leader: &LeaderDevice,
    dice: &mut Dice,
) -> Option<SealedCode> {
    let sealed = code.seal(member, &hex_key(&leader.box_key)?, dice)?;
    Some(SealedCode { leader: leader.device, generation, sealed: hex(&sealed) })
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn from_hex(text: &str) -> Option<Vec<u8>> {
    if !text.len().is_multiple_of(2) || text.len() > 1_024 {
        return None;
    }
    let pairs = text.as_bytes().chunks(2);
    pairs.map(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()).collect()
}
