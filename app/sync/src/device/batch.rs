//! A batch: what one step keeps, in one transaction, and what follows once the disk has it.

use dossier::intent::{Answer, Refusal};
use dossier::moment::Moment;
use dossier::place::{Badge, Place};
use dossier::view::Storage;

use super::{Device, Effect, Open, Stage, Writes, asking, carry, dismissed};
use crate::catalogue::Catalogue;
use crate::dice::Dice;
use crate::drafts::Drafts;
use crate::envelope;
use crate::forms::Forms;
use crate::kept::Kept;
use crate::leader::{HeldCode, LeaderSlot};
use crate::papers::PaperDigest;
use crate::receipt::Keys;
use crate::record::{Member, OfficeState, Record, seal};
use crate::slot::{CopyId, Slot, badge_to_bytes, keys_to_bytes};
use crate::vault::Vault;

/// Records on their way to disk, and what to do once they are there.
#[derive(Default)]
pub(super) struct Batch {
    pub(super) id: u64,
    pub(super) records: Vec<Record>,
    /// What stays of the log before these records, where not all of it does.
    pub(super) log: Option<Vec<Vec<u8>>>,
    pub(super) office: Option<OfficeState>,
    pub(super) drafts: Option<Drafts>,
    pub(super) forms: Option<Forms>,
    /// Which pictures are kept from then on, one that is written with it, and those that go.
    pub(super) kept: Option<Kept>,
    pub(super) picture: Option<(PaperDigest, Vec<u8>)>,
    pub(super) gone: Vec<PaperDigest>,
    /// A picture is at the office: the next one goes.
    pub(super) pictures: bool,
    /// The procedures, told anew.
    pub(super) catalogue: Option<Catalogue>,
    pub(super) vault: Option<(Place, Vault)>,
    pub(super) badge: Option<(Place, Badge)>,
    /// The member, once the office has said where they belong from now on.
    pub(super) member: Option<Member>,
    /// The office's keys, where they are others than those in clear.
    pub(super) keys: Option<(Place, Keys)>,
    pub(super) leader: Option<(Place, LeaderSlot)>,
    /// A leader's codes of the members.
    pub(super) held: Option<Vec<HeldCode>>,
    pub(super) opened: Option<Box<Open>>,
    /// Who is at the device is another device from then on.
    pub(super) renewed: Option<Member>,
    pub(super) applicant: Option<Box<asking::Applicant>>,
    /// Who asked is a member from now on.
    pub(super) answered_asking: bool,
    pub(super) answers: Vec<(u32, Answer)>,
    /// What of it is sealed to the office besides, and what came of that.
    pub(super) copied: carry::Copied,
    pub(super) copy: Option<(Place, CopyId, Vec<u8>)>,
    /// Copies that are of no more use.
    pub(super) taken: Vec<(Place, CopyId)>,
    /// Whose place is wiped.
    pub(super) wiped: Option<(Place, dismissed::Wish)>,
    pub(super) sync: bool,
    /// An answer of the office: what it has need not lie here sealed.
    pub(super) answered: bool,
    /// More copies wait than were carried.
    pub(super) carry: bool,
}

impl Device {
    /// Sends a batch to the disk. An empty one is done at once.
    pub(super) fn keep(&mut self, now: Moment, dice: &mut Dice, mut batch: Batch, effects: &mut Vec<Effect>) {
        let mut writes = Writes::default();
        if let Some((place, vault)) = &batch.vault {
            writes.slots.push((*place, Slot::Vault, vault.to_bytes()));
        }
        if let Some((place, badge)) = &batch.badge {
            writes.slots.push((*place, Slot::Badge, badge_to_bytes(badge)));
        }
        if let Some((place, slot)) = &batch.leader {
            writes.slots.push((*place, Slot::Leader, slot.to_bytes()));
        }
        let open = match (&batch.opened, &self.stage) {
            (Some(open), _) | (None, Stage::Open(open)) => Some(open),
            _ => None, // locked: nothing can be sealed, only the vault's own slot is written
        };
        if let Some(open) = open {
            let place = open.place;
            writes.place = place;
            writes.rewritten = batch.log.take();
            writes.append.extend(batch.records.iter().map(|record| seal(record, &open.key, dice)));
            if batch.opened.is_some() {
                writes.slots.push((place, Slot::Member, seal(&open.member, &open.key, dice)));
            }
            if let Some(member) = batch.renewed.as_ref().or(batch.member.as_ref()) {
                writes.slots.push((place, Slot::Member, seal(member, &open.key, dice)));
            }
            if let Some(office) = &batch.office {
                writes.slots.push((place, Slot::Office, seal(office, &open.key, dice)));
            }
            let shelf = self.shelves.by_place.get(&place);
            let keys = open.receipt_keys();
            if shelf.is_none_or(|shelf| shelf.keys != keys) {
                writes.slots.push((place, Slot::Keys, keys_to_bytes(&keys)));
                batch.keys = Some((place, keys));
            }
            let copy = if self.rules.seal_copies { open.copy(now, dice, &batch) } else { None };
            batch.copy = shelf.zip(copy).map(|(shelf, copy)| (place, shelf.next_copy(dice.bytes()), copy));
            if let Some(held) = &batch.held {
                writes.slots.push((place, Slot::Team, seal(held, &open.key, dice)));
            }
            if let Some(forms) = &batch.forms {
                writes.slots.push((place, Slot::Forms, seal(forms, &open.key, dice)));
            }
            if let Some(kept) = &batch.kept {
                writes.slots.push((place, Slot::Papers, seal(kept, &open.key, dice)));
            }
            if let Some((digest, picture)) = batch.picture.take() {
                let sealed = open.key.seal(&envelope::wrap(&picture), dice);
                writes.slots.push((place, Slot::Paper(digest), sealed));
            }
            writes.drops.extend(batch.gone.iter().map(|digest| (place, Slot::Paper(*digest))));
            if let Some(catalogue) = &batch.catalogue {
                writes.slots.push((place, Slot::Catalogue, seal(catalogue, &open.key, dice)));
            }
            if let Some(drafts) = &batch.drafts {
                writes.slots.push((place, Slot::Draft, seal(drafts, &open.key, dice)));
            }
        }
        if let Some(applicant) = &batch.applicant {
            applicant.write(&mut writes, dice);
        }
        if let Some((place, id, copy)) = &batch.copy {
            writes.slots.push((*place, Slot::Sealed(*id), copy.clone()));
        }
        writes.drops.extend(batch.taken.iter().map(|(place, id)| (*place, Slot::Sealed(*id))));
        if let (true, Some(open)) = (batch.answered_asking, &batch.opened) {
            writes.drops.push((open.place, Slot::Asking));
        }
        if let Some((place, wish)) = batch.wiped {
            self.wipe(place, wish, &mut writes);
        }
        self.batches += 1;
        batch.id = self.batches;
        let id = batch.id;
        self.batch = Some(batch);
        if writes.is_empty() {
            self.kept(now, dice, id, effects);
        } else {
            effects.push(Effect::Keep { batch: id, writes });
        }
    }

    pub(super) fn kept(&mut self, now: Moment, dice: &mut Dice, id: u64, effects: &mut Vec<Effect>) {
        let Some(batch) = self.batch.take_if(|batch| batch.id == id) else { return };
        if let Some((place, vault)) = batch.vault {
            self.shelves.put_vault(place, vault);
        }
        if let Some((place, badge)) = batch.badge {
            self.shelves.put_badge(place, badge);
        }
        if let Some((place, keys)) = batch.keys {
            self.shelves.put_keys(place, keys);
        }
        if let Some((place, slot)) = batch.leader {
            self.shelves.put_leader(place, slot);
        }
        if let Some(open) = batch.opened {
            self.stage = Stage::Open(open);
        }
        if let Some(applicant) = batch.applicant {
            self.stage = Stage::Asking(applicant);
        }
        for (place, id) in batch.taken {
            self.shelves.drop_copy(place, id);
        }
        if let Some((place, wish)) = batch.wiped {
            self.wiped(place, wish);
        }
        if let Some((place, id, copy)) = batch.copy {
            self.shelves.put_copy(place, id, copy);
        }
        self.storage = Storage { failed: false, full: false, ..self.storage };
        if let Stage::Open(open) = &mut self.stage {
            open.replica.apply_all(batch.records);
            if let Some(member) = batch.renewed {
                open.become_of(member);
            }
            if let Some(office) = batch.office {
                if office.epoch != open.office.epoch {
                    open.courier.begin_anew();
                }
                open.office = office;
            }
            if let Some(member) = batch.member {
                open.member = member;
            }
            if let Some(drafts) = batch.drafts {
                open.drafts = drafts;
            }
            if let Some(forms) = batch.forms {
                open.forms = forms;
            }
            if let Some(kept) = batch.kept {
                open.courier.kept = kept;
            }
            if let Some(catalogue) = batch.catalogue {
                open.catalogue = catalogue;
            }
            if let Some(held) = batch.held {
                open.team.held = held;
            }
        }
        effects.extend(batch.answers.into_iter().map(|(seq, answer)| Effect::Answer { seq, answer }));
        effects.push(Effect::Show);
        if batch.sync {
            self.sync(now, effects);
            self.inquire_soon(now, id);
        }
        if batch.carry {
            self.carry(now, dice, true, effects);
        }
        if batch.answered {
            self.listen(now, effects);
            self.carry_along(now, dice, effects);
            self.hand_codes(now, id, effects);
            if self.batch.is_none() {
                self.drop_copies(now, effects);
            }
        }
        if batch.answered || batch.pictures {
            self.carry_pictures(now, dice, effects);
        }
    }

    /// Asks for hints, naming what lies here by now: what came to the office meanwhile is hinted at once.
    fn listen(&mut self, now: Moment, effects: &mut Vec<Effect>) {
        let Stage::Open(open) = &mut self.stage else { return };
        if !open.retry.listening {
            open.retry.listening = true;
            let (up, _) = open.hello(now);
            effects.push(Effect::Listen(up.encode(&open.signing)));
        }
    }

    pub(super) fn not_kept(&mut self, id: u64, effects: &mut Vec<Effect>) {
        let Some(batch) = self.batch.take_if(|batch| batch.id == id) else { return };
        self.storage.failed = true;
        if let Stage::Open(open) = &mut self.stage {
            open.rescue(batch.records);
            open.exchange = None;
        }
        let refused = |(seq, _)| Effect::Answer { seq, answer: Answer::Refused(Refusal::NotKept) };
        effects.extend(batch.answers.into_iter().map(refused));
        effects.push(Effect::Show);
    }
}
