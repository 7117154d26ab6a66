//! An open device: the key, who it is, what it knows.

use std::collections::BTreeMap;

use dossier::access::Role;
use dossier::act::{Act, Heads};
use dossier::id::{DeviceHandle, DossierId};
use dossier::intent::{Answer, Refusal};
use dossier::moment::Moment;
use dossier::place::{Badge, Place};
use dossier::view::{Desk, Home, Link, LinkState, Stage as StageView, View, Who};
use ed25519_dalek::{SigningKey, VerifyingKey};

use super::asking::Applicant;
use super::carry::Copied;
use super::hand::Taking;
use super::line::{Exchange, Retry};
use super::papers::Courier;
use super::team::Team;
use super::{Batch, Device, Effect, Input, Stage};
use crate::catalogue::Catalogue;
use crate::dice::Dice;
use crate::drafts::Drafts;
use crate::forms::Forms;
use crate::receipt::Keys;
use crate::record::{Member, OfficeState, Record, open as unseal};
use crate::replica::{Held, Replica};
use crate::slot::Slot;
use crate::vault::DataKey;

/// Everything an unlocked device holds in memory; locking drops it.
pub struct Open {
    /// Whose place on this device.
    pub(super) place: Place,
    pub(super) key: DataKey,
    pub(super) member: Member,
    /// The member's signing key, its public half computed once.
    pub(super) signing: SigningKey,
    /// All dossiers.
    pub replica: Replica,
    /// What is known of the office.
    pub office: OfficeState,
    pub(super) drafts: Drafts,
    pub(super) forms: Forms,
    /// The procedures, as the office told them last.
    pub catalogue: Catalogue,
    /// What a notice said when its form was opened last: where a change of it begins until the form is kept.
    pub(super) opened: BTreeMap<DossierId, Heads>,
    pub(super) actor: [u8; 5],
    pub(super) exchange: Option<Exchange>,
    pub(super) retry: Retry,
    pub(super) team: Team,
    pub(super) courier: Courier,
    /// A half-filled form that is coming from another device.
    pub(super) taking: Option<Taking>,
    pub(super) bytes_today: u64,
    /// Records of a batch the store did not take, for the file a person is offered.
    pub(super) rescued: Vec<Record>,
    /// Stored bytes that could not be read: kept, counted, never deleted.
    pub damaged: u32,
}

/// Unlocked, and waiting for the store.
pub(super) struct Opening {
    pub place: Place,
    pub key: DataKey,
    pub seq: u32,
    pub actor: [u8; 5],
}

impl Open {
    pub(super) fn new(place: Place, key: DataKey, member: Member, actor: [u8; 5]) -> Open {
        Open {
            place,
            key,
            signing: SigningKey::from_bytes(&member.signing_key),
            member,
            replica: Replica::default(),
            office: OfficeState::default(),
            drafts: Drafts::default(),
            forms: Forms::default(),
            catalogue: Catalogue::default(),
            opened: BTreeMap::new(),
            actor,
            exchange: None,
            retry: Retry::default(),
            team: Team::default(),
            courier: Courier::default(),
            taking: None,
            bytes_today: 0,
            rescued: Vec::new(),
            damaged: 0,
        }
    }

    /// This device's handle.
    pub fn handle(&self) -> DeviceHandle {
        self.member.membership.handle.parse().unwrap_or(DeviceHandle([0; 3]))
    }

    /// Whose place on this device it is.
    pub fn place(&self) -> Place {
        self.place
    }

    /// The role of the person.
    pub fn role(&self) -> Role {
        self.member.membership.role
    }

    /// The device's signing key, for a driver that plays the office's side of the door.
    pub fn device_key(&self) -> [u8; 32] {
        self.member.signing_key
    }

    /// The keys receipts are verified with.
    pub fn receipt_keys(&self) -> Keys {
        let facts = self.office.facts.receipt_keys.iter().map(|(id, key)| (*id, *key));
        let door =
            self.member.membership.receipt_keys.iter().filter_map(|(id, key)| Some((*id, hex_key(key)?)));
        let mut keys: Keys = Vec::new();
        for (id, bytes) in door.chain(facts) {
            // The office mostly says again what the door said; opening a key is a square root.
            if keys.iter().any(|(known, key)| *known == id && *key.as_bytes() == bytes) {
                continue;
            }
            if let Ok(key) = VerifyingKey::from_bytes(&bytes) {
                keys.retain(|(known, _)| *known != id);
                keys.push((id, key));
            }
        }
        keys
    }

    /// The office's clock as far as this phone can tell.
    pub fn corrected(&self, now: Moment) -> Moment {
        Moment(now.0.saturating_add(self.office.clock_offset))
    }

    pub(super) fn rescue(&mut self, records: Vec<Record>) {
        self.rescued.extend(records);
    }

    fn who(&self) -> Who {
        let membership = &self.member.membership;
        let facts = &self.office.facts;
        let known = facts.version > 0;
        let house = |mine: &dossier::view::House| {
            facts.houses.iter().find(|house| house.id == mine.id).unwrap_or(mine).clone()
        };
        Who {
            name: membership.name.clone(),
            role: membership.role,
            establishment: membership.establishment.as_ref().map(house),
            commune: membership.commune_name.clone(),
            agency: membership.agency.clone(),
            province: membership.province.clone(),
            duty_phone: if known { facts.duty_phone.clone() } else { membership.duty_phone.clone() },
            standing: if known { facts.standing } else { membership.standing },
        }
    }

    /// Whether something of this dossier waits for the office: a declarant's changes and acts, an officer's acts.
    pub(super) fn waits(&self, held: &Held) -> bool {
        if self.authors(held) { held.waits(self.office.epoch) } else { !held.pending.is_empty() }
    }

    /// Whether what this dossier says is for this person to write: their house's, or begun by them for somebody.
    pub(super) fn authors(&self, held: &Held) -> bool {
        let account = self.member.membership.account;
        let declaring = |act: &Act| !matches!(act, Act::Receive { .. } | Act::Return { .. } | Act::Step(_));
        self.role().declares()
            || held.pending.iter().any(|pending| declaring(&pending.act))
            || held.refused.iter().any(|refused| declaring(&refused.act))
            || held
                .acts
                .iter()
                .map(|ordered| &ordered.recorded)
                .any(|act| act.by.account == account && declaring(&act.act))
    }

    /// How many dossiers wait to be sent.
    pub fn waiting(&self) -> u32 {
        let waits = self.replica.cases.values().filter(|held| self.waits(held));
        waits.filter(|held| held.rejected.is_none()).count() as u32
    }

    pub(super) fn show(&self, now: Moment, view: &mut View) {
        view.clock_offset = self.office.clock_offset;
        view.clock_sure = self.office.last_contact.is_some();
        view.link = Link {
            state: self.link_state(now),
            waiting: self.waiting(),
            last_contact: self.office.last_contact,
            bytes_today: self.bytes_today,
        };
        match self.role() {
            // Counts only, and what is being typed anew.
            role if view.shut && role.is_police() => view.desk = Some(Desk::default()),
            _ if view.shut => {
                view.home = Some(Home { has_draft: self.drafts.of(None).is_some(), ..Home::default() });
            }
            role if role.is_police() => view.desk = Some(self.desk(now)),
            role if role.declares() || role.is_team() || role == Role::Citizen => {
                view.home = Some(self.home(now))
            }
            // Who works with people and figures alone has no dossiers here.
            _ => {}
        }
    }

    fn link_state(&self, now: Moment) -> LinkState {
        match &self.exchange {
            // Asked all the while, and it is what a person has to do something about.
            Some(exchange) if !self.retry.copied => exchange.state(now),
            _ => self.retry.state(self.office.clock_offset),
        }
    }
}

impl Device {
    pub(super) fn stage_view(&self, now: Moment) -> StageView {
        match &self.stage {
            Stage::Starting | Stage::Opening(_) => StageView::Starting,
            Stage::Fresh if self.shelves.is_empty() => StageView::Fresh,
            Stage::Fresh => StageView::Adding,
            Stage::Locked => StageView::Locked { tiles: self.tiles(now) },
            Stage::Asking(applicant) => StageView::Asking(Box::new(applicant.show())),
            Stage::Open(open) => StageView::Open(Box::new(open.who())),
            Stage::Elsewhere(_) => StageView::Elsewhere,
            Stage::Broken => StageView::Broken("Kho trên máy không mở được.".to_owned()),
        }
    }

    pub(super) fn loaded(
        &mut self,
        now: Moment,
        dice: &mut Dice,
        place: Place,
        slots: Vec<(Slot, Vec<u8>)>,
        log: Vec<Vec<u8>>,
        effects: &mut Vec<Effect>,
    ) {
        // What was read for somebody else comes too late.
        let opening = match std::mem::replace(&mut self.stage, Stage::Locked) {
            Stage::Opening(opening) if opening.place == place => opening,
            other => {
                self.stage = other;
                return;
            }
        };
        let slot = |wanted: Slot| slots.iter().find(|(slot, _)| *slot == wanted).map(|(_, bytes)| bytes);
        let seq = opening.seq;
        if let (None, Some(asked)) = (slot(Slot::Member), slot(Slot::Asking))
            && let Some(asked) = unseal(asked, &opening.key)
        {
            self.stage = Stage::Asking(Box::new(Applicant::opened(place, opening.key, asked)));
            effects.extend([Effect::Answer { seq, answer: Answer::Done }, Effect::Show]);
            self.queue.push_back((now, roll_of(seq.into(), now), Input::Nudge));
            return;
        }
        let Some(member) = slot(Slot::Member).and_then(|bytes| unseal::<Member>(bytes, &opening.key)) else {
            self.stage = Stage::Broken;
            let answer = Answer::Refused(Refusal::Locked);
            effects.extend([Effect::Answer { seq: opening.seq, answer }, Effect::Show]);
            return;
        };
        let mut open = Open::new(place, opening.key, member, opening.actor);
        if !self.rules.fresh_actor {
            open.actor = [0; 5];
        }
        let mut damaged = 0;
        let mut count = |sealed: Option<bool>| damaged += u32::from(sealed.is_none());
        if let Some(bytes) = slot(Slot::Office) {
            let office = unseal(bytes, &open.key);
            count(office.is_some().then_some(true));
            open.office = office.unwrap_or_default();
        }
        if let Some(bytes) = slot(Slot::Draft) {
            let drafts = Drafts::unseal(bytes, &open.key);
            count(drafts.is_some().then_some(true));
            open.drafts = drafts.unwrap_or_default();
        }
        if let Some(bytes) = slot(Slot::Forms) {
            let forms = Forms::unseal(bytes, &open.key);
            count(forms.is_some().then_some(true));
            open.forms = forms.unwrap_or_default();
        }
        if let Some(bytes) = slot(Slot::Papers) {
            let kept = unseal(bytes, &open.key);
            count(kept.is_some().then_some(true));
            open.courier.kept = kept.unwrap_or_default();
        }
        // What cannot be read is asked for again: no person typed it.
        open.catalogue = slot(Slot::Catalogue).and_then(|bytes| unseal(bytes, &open.key)).unwrap_or_default();
        if let Some(bytes) = slot(Slot::Team) {
            let held = unseal(bytes, &open.key);
            count(held.is_some().then_some(true));
            open.team.held = held.unwrap_or_default();
        }
        let mut records = Vec::new();
        let mut about = Vec::new();
        for sealed in log {
            let record = unseal::<Record>(&sealed, &open.key);
            count(record.is_some().then_some(true));
            about.push((record.as_ref().map(Record::dossier), sealed));
            records.extend(record);
        }
        open.damaged = damaged;
        open.replica.apply_all(records);
        let (records, log) = open.let_go(about);
        let forms = open.office.last_contact.and_then(|heard| open.forms.by(heard));
        let badge = self.badge_of(&open);
        let bare = self.shelves.by_place.get(&place).is_some_and(|shelf| shelf.sealed.is_empty());
        // Saved before there were copies, or carried by somebody and not yet known to be.
        let copied = if bare && open.waiting() > 0 { Copied::Waiting } else { Copied::Nothing };
        self.stage = Stage::Open(Box::new(open));
        effects.push(Effect::Answer { seq, answer: Answer::Done });
        effects.push(Effect::Show);
        if badge.is_some() || copied != Copied::Nothing || !records.is_empty() || forms.is_some() {
            let batch = Batch { badge, copied, records, log, forms, ..Batch::default() };
            self.keep(now, dice, batch, effects);
        }
        // The first try is the device's own: a person who has unlocked should not have to ask.
        self.queue.push_back((now, roll_of(seq.into(), now), Input::Nudge));
    }

    /// The badge a member still lacks on a device that others use as well.
    fn badge_of(&self, open: &Open) -> Option<(Place, Badge)> {
        let bare = self.shelves.by_place.get(&open.place).is_some_and(|shelf| shelf.badge.is_none());
        let membership = &open.member.membership;
        let shared = self.shelves.is_shared() || membership.role.is_team();
        (bare && shared).then(|| (open.place, Badge::of(&membership.name, membership.role)))
    }

    pub(super) fn lock(&mut self, now: Moment, dice: &mut Dice, effects: &mut Vec<Effect>) -> Answer {
        if matches!(self.stage, Stage::Open(_) | Stage::Asking(_)) {
            self.stage = Stage::Locked;
            effects.push(Effect::Show);
            self.carry(now, dice, true, effects);
        }
        Answer::Done
    }
}

/// Dice for the nudge a device gives itself: only jitter and what must not repeat are drawn from them.
pub(super) fn roll_of(seq: u64, now: Moment) -> [u8; 32] {
    let mut seed = [0; 32];
    seed[..8].copy_from_slice(&seq.to_le_bytes());
    seed[8..16].copy_from_slice(&now.0.to_le_bytes());
    Dice::new(seed).bytes()
}

/// A verifying key in hexadecimal.
pub(crate) fn hex_key(text: &str) -> Option<[u8; 32]> {
    let mut bytes = [0; 32];
    if text.len() != 64 {
        return None;
    }
    for (place, pair) in bytes.iter_mut().zip(text.as_bytes().chunks(2)) {
        *place = u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()?;
    }
    Some(bytes)
}
