//! What a person does to notices: each intent becomes records, nothing is changed before they are kept.

use automerge::{AutoCommit, Change};
use dossier::access::Action;
use dossier::act::{Act, Channel, Heads, PairVerdict};
use dossier::behalf::{Basis, BehalfDraft, TrackingCode};
use dossier::draft::{StayDraft, StayNotice};
use dossier::filing::intent::FilingIntent;
use dossier::id::{DossierId, EstablishmentId, GuestId};
use dossier::intent::{Answer, Intent, Refusal};
use dossier::moment::Moment;
use dossier::stay::Stay;

use super::carry::Copied;
use super::lease::opens_stored;
use super::printing::Wanted;
use super::{Batch, Device, Effect, Open, Stage};
use crate::case::History;
use crate::dice::Dice;
use crate::document;
use crate::frame::ActId;
use crate::record::Record;

/// What an intent comes to.
pub(super) enum Outcome {
    Answer(Answer),
    Batch(Box<Batch>),
}

impl Device {
    pub(super) fn ask_open(
        &mut self,
        now: Moment,
        dice: &mut Dice,
        seq: u32,
        intent: Intent,
        effects: &mut Vec<Effect>,
    ) {
        let shut = self.is_shut(now);
        let Stage::Open(open) = &mut self.stage else { return };
        if shut && opens_stored(&intent) {
            let answer = Answer::Refused(Refusal::Overdue);
            return effects.push(Effect::Answer { seq, answer });
        }
        if matches!(intent, Intent::SyncNow) {
            effects.push(Effect::Answer { seq, answer: Answer::Done });
            return self.sync(now, effects);
        }
        if let Intent::Filing(intent @ (FilingIntent::Picture(..) | FilingIntent::KeptPaper(_))) = &intent {
            return self.show_picture(now, dice, seq, intent, effects);
        }
        if let Intent::Filing(FilingIntent::Print(dossier, form)) = &intent {
            return self.print(now, dice, seq, &Wanted::Form(*dossier, *form), effects);
        }
        if let Intent::Filing(FilingIntent::PrintDraft(draft)) = &intent {
            return self.print(now, dice, seq, &Wanted::Draft(draft), effects);
        }
        match open.carry_out(now, dice, intent) {
            Outcome::Answer(answer) => effects.push(Effect::Answer { seq, answer }),
            Outcome::Batch(mut batch) => {
                for (place, _) in &mut batch.answers {
                    *place = seq;
                }
                batch.copied = Copied::Records;
                self.keep(now, dice, *batch, effects);
            }
        }
    }
}

impl Open {
    fn carry_out(&mut self, now: Moment, dice: &mut Dice, intent: Intent) -> Outcome {
        let (owner, helper) = (self.role().declares(), self.role().files_for_others());
        let own = |id: &DossierId| self.replica.cases.get(id).is_some_and(|held| self.authors(held));
        let officer = self.role().is_police();
        let done = |refusal: Refusal| Outcome::Answer(Answer::Refused(refusal));
        match intent {
            Intent::KeepDraft(draft) => {
                let began = draft.dossier.and_then(|id| self.began(id).cloned());
                let drafts = Some(self.drafts.with(draft, began));
                Outcome::Batch(Box::new(Batch { drafts, ..answered(Answer::Done) }))
            }
            Intent::DropDraft(of) => {
                let drafts = Some(self.drafts.without(of));
                Outcome::Batch(Box::new(Batch { drafts, ..answered(Answer::Done) }))
            }
            Intent::LoadDraft(of) => match self.drafts.of(of).cloned().or_else(|| self.blank(of)) {
                Some(draft) => Outcome::Answer(Answer::Draft(Box::new(draft))),
                None => done(Refusal::Unknown),
            },
            Intent::KeepBehalf(behalf) if helper => {
                let drafts = Some(self.drafts.on_ground(behalf));
                Outcome::Batch(Box::new(Batch { drafts, ..answered(Answer::Done) }))
            }
            Intent::LoadBehalf if helper => {
                let new = || BehalfDraft { days: BehalfDraft::USUAL_DAYS, ..BehalfDraft::default() };
                let behalf = self.drafts.behalf().cloned().unwrap_or_else(new);
                Outcome::Answer(Answer::Behalf(Box::new(behalf), self.office.facts.houses.clone()))
            }
            Intent::Submit(draft) if owner || draft.dossier.is_some_and(|id| own(&id)) => {
                self.submit(now, dice, &draft)
            }
            Intent::SubmitFor(draft)
                if self.role().may(Action::DeclareOnBehalf) && draft.dossier.is_none() =>
            {
                self.submit_for(now, dice, &draft)
            }
            // A team's device holds nothing but what its member filed, or follows by a slip.
            Intent::GroundAgain(id) if helper && (own(&id) || self.role().is_team()) => {
                self.ground_again(now, dice, id)
            }
            Intent::Extend(id, leave) if own(&id) => {
                self.change(now, dice, id, |stay, _| Stay { leave, ..stay.clone() })
            }
            Intent::Close(id) if own(&id) => {
                // Kept to the minute, like the document keeps it.
                let left = Moment(self.corrected(now).0.div_euclid(60_000) * 60_000);
                self.change(now, dice, id, |stay, _| Stay { left: Some(left), ..stay.clone() })
            }
            Intent::Withdraw(id) if own(&id) => {
                self.act(now, dice, &[id], |_| Some(Act::Withdraw { claimed_at: now }))
            }
            Intent::RecordCall { dossiers, answered_by } if dossiers.iter().all(own) => {
                let number: String = self.duty_phone().chars().filter(char::is_ascii_digit).collect();
                self.act(now, dice, &dossiers, |_| {
                    let (number, answered_by) = (number.clone(), answered_by.trim().to_owned());
                    Some(Act::Call { claimed_at: now, number, answered_by })
                })
            }
            Intent::Settle { keep, other, verdict } if own(&keep) && own(&other) => match verdict {
                PairVerdict::SameStay => {
                    self.act(now, dice, &[other], |_| Some(Act::Settle { other: keep, verdict }))
                }
                PairVerdict::Different => {
                    self.act(now, dice, &[keep], |_| Some(Act::Settle { other, verdict }))
                }
            },
            Intent::Choose(choice) if own(&choice.dossier) => {
                self.choose_with(now, choice.dossier, |doc| document::choose(doc, choice.field, choice.place))
            }
            Intent::PutAway(id) => {
                let records = vec![Record::PutAway(id)];
                Outcome::Batch(Box::new(Batch { records, ..answered(Answer::Done) }))
            }
            Intent::Open(id) => match self.detail(now, id) {
                Some(detail) => Outcome::Answer(Answer::Detail(Box::new(detail))),
                None => match self.opened_stub(id) {
                    Some((stub, qr)) => Outcome::Answer(Answer::Stub(Box::new(stub), qr)),
                    None => done(Refusal::Unknown),
                },
            },
            Intent::ShowCodes => Outcome::Answer(Answer::Codes(self.shown_codes())),
            Intent::CheckReceipt(text) => Outcome::Answer(Answer::Checked(self.check_receipt(&text))),
            Intent::Book(query) if officer => Outcome::Answer(Answer::Book(Box::new(self.book(now, &query)))),
            Intent::Receive(ids) if officer => {
                self.act(now, dice, &ids, |heads| Some(Act::Receive { heads: heads.clone() }))
            }
            Intent::Return(_, reason) if officer && reason.trim().is_empty() => done(Refusal::NeedsReason),
            Intent::Return(id, reason) if officer => self.act(now, dice, &[id], |heads| {
                Some(Act::Return { heads: heads.clone(), reason: reason.trim().to_owned() })
            }),
            Intent::Filing(intent) => self.carry_out_filing(now, dice, intent),
            Intent::Export => Outcome::Answer(Answer::File(self.export(dice))),
            _ => done(Refusal::Forbidden),
        }
    }

    /// The form before anything is typed: of a new notice, or of one that is there.
    fn blank(&mut self, of: Option<DossierId>) -> Option<StayDraft> {
        let Some(id) = of else { return Some(StayDraft::default()) };
        let held = self.replica.cases.get(&id)?;
        self.opened.insert(id, held.history.heads());
        held.stay().ok().map(|stay| super::detail::form(id, stay))
    }

    /// What a notice said when the form that changes it was opened.
    fn began(&self, id: DossierId) -> Option<&Heads> {
        self.drafts.began(id).or_else(|| self.opened.get(&id))
    }

    fn duty_phone(&self) -> &str {
        let facts = &self.office.facts;
        if facts.version > 0 { &facts.duty_phone } else { &self.member.membership.duty_phone }
    }

    fn submit(&mut self, now: Moment, dice: &mut Dice, draft: &StayDraft) -> Outcome {
        // A phone whose clock has fallen back must not turn back a notice that is already kept, nor anything since
        // the office was last heard.
        let kept =
            draft.dossier.and_then(|id| self.replica.cases.get(&id)?.stay().ok().map(|stay| stay.arrive));
        let least = kept.max(self.office.last_contact).unwrap_or_default();
        let notice = match draft.parse(self.corrected(now).max(least)) {
            Ok(notice) => notice,
            Err(faults) => return Outcome::Answer(Answer::Faults(faults)),
        };
        let mut outcome = match draft.dossier {
            Some(id) => {
                let began = self.began(id).cloned();
                self.change_from(now, dice, id, began, |stay, dice| revised(stay, &notice, dice))
            }
            None => match self.member.membership.establishment.as_ref().map(|house| house.id) {
                Some(house) => self.begin(now, dice, house, notice, None),
                None => return Outcome::Answer(Answer::Refused(Refusal::Forbidden)),
            },
        };
        if let Outcome::Batch(batch) = &mut outcome {
            batch.drafts = Some(self.drafts.without(draft.dossier));
        }
        outcome
    }

    pub(super) fn begin(
        &mut self,
        now: Moment,
        dice: &mut Dice,
        establishment: EstablishmentId,
        notice: StayNotice,
        basis: Option<Basis>,
    ) -> Outcome {
        let id = DossierId::mint(self.handle(), dice.bytes());
        let mut stay = notice.stay;
        for (place, (_, guest)) in notice.guests.into_iter().enumerate() {
            // A guest's id is unique within its document; the first takes the dossier's own dice, which travel anyway
            // (measured: three bytes a stay in an evening's frame).
            let [_, _, _, _, own @ ..] = id.0;
            stay.guests.insert(GuestId(if place == 0 { own } else { dice.bytes() }), guest);
        }
        let mut history = History::new();
        let mut doc = self.edit(&history);
        let Some(change) = document::write(&mut doc, &stay) else {
            return Outcome::Answer(Answer::Refused(Refusal::Unknown));
        };
        let mut records = vec![Record::Begun { dossier: id, establishment }];
        records.extend(basis.map(|basis| on_ground(now, dice, id, basis)));
        self.changed(now, id, &mut history, change, &mut records);
        Outcome::Batch(Box::new(Batch { records, sync: true, ..answered(Answer::Saved(id)) }))
    }

    fn change(
        &mut self,
        now: Moment,
        dice: &mut Dice,
        id: DossierId,
        edit: impl FnOnce(&Stay, &mut Dice) -> Stay,
    ) -> Outcome {
        self.change_from(now, dice, id, None, edit)
    }

    /// A change of what the notice said at these heads, or of what it says now. Only what differs from there is written:
    /// what others have written since stands, and where both wrote a field, both values do.
    fn change_from(
        &mut self,
        now: Moment,
        dice: &mut Dice,
        id: DossierId,
        began: Option<Heads>,
        edit: impl FnOnce(&Stay, &mut Dice) -> Stay,
    ) -> Outcome {
        let unknown = Outcome::Answer(Answer::Refused(Refusal::Unknown));
        let Some(held) = self.replica.cases.get(&id) else { return unknown };
        let mut history = held.history.clone();
        let began = began.filter(|began| *began != history.heads());
        let mut doc = match began.and_then(|began| history.at(&began)) {
            Some(mut past) => {
                // This device may have written since, and an actor's changes are one line.
                past.set_actor(document::actor(self.handle(), dice.bytes()));
                past
            }
            None => self.edit(&history),
        };
        let Ok(before) = document::read(&doc) else { return unknown };
        let after = edit(&before, dice);
        let Some(change) = document::revise(&mut doc, Some(&before), &after) else {
            // Nothing differs: what is there is already kept.
            return Outcome::Batch(Box::new(answered(Answer::Saved(id))));
        };
        let mut records = Vec::new();
        self.changed(now, id, &mut history, change, &mut records);
        Outcome::Batch(Box::new(Batch { records, sync: true, ..answered(Answer::Saved(id)) }))
    }

    /// Writes what a person chose of two values; what is not there to choose from any more is told.
    pub(super) fn choose_with(
        &mut self,
        now: Moment,
        dossier: DossierId,
        choose: impl FnOnce(&mut AutoCommit) -> Option<Change>,
    ) -> Outcome {
        let Some(held) = self.replica.cases.get(&dossier) else {
            return Outcome::Answer(Answer::Refused(Refusal::Unknown));
        };
        let mut history = held.history.clone();
        let mut doc = self.edit(&history);
        let Some(change) = choose(&mut doc) else {
            return Outcome::Answer(Answer::Refused(Refusal::Overtaken));
        };
        let mut records = Vec::new();
        self.changed(now, dossier, &mut history, change, &mut records);
        Outcome::Batch(Box::new(Batch { records, sync: true, ..answered(Answer::Done) }))
    }

    /// By which way this person's notices come (Circular 116/2026/TT-BCA art. 14.1).
    pub(super) fn channel(&self) -> Channel {
        match self.role() {
            role if role.is_team() => Channel::Team,
            role if role.works_on_dossiers() => Channel::Counter,
            _ => Channel::OwnPhone,
        }
    }

    /// A change and its submission: every edit of a notice is handed in as exactly these heads.
    pub(super) fn changed(
        &self,
        now: Moment,
        dossier: DossierId,
        history: &mut History,
        change: Change,
        records: &mut Vec<Record>,
    ) {
        records.push(Record::Change { dossier, raw: change.raw_bytes().to_vec(), from_office: None });
        history.take_own(change);
        records.extend(self.handed_in(now, dossier, history.heads()));
    }

    /// The submission of exactly this content; what was turned back before is tried again.
    pub(super) fn handed_in(&self, now: Moment, dossier: DossierId, heads: Heads) -> [Record; 2] {
        let id = ActId::of_submission(&heads);
        let (channel, last_contact) = (self.channel(), self.office.last_contact);
        let submit = Act::Submit { heads, channel, claimed_at: now, last_contact };
        [Record::Pending { dossier, id, act: submit, at: now }, Record::Rejected { dossier, why: None }]
    }

    pub(super) fn act(
        &self,
        now: Moment,
        dice: &mut Dice,
        dossiers: &[DossierId],
        act: impl Fn(&Heads) -> Option<Act>,
    ) -> Outcome {
        let mut records = Vec::new();
        for dossier in dossiers {
            let Some(held) = self.replica.cases.get(dossier) else {
                return Outcome::Answer(Answer::Refused(Refusal::Unknown));
            };
            if let Some(act) = act(&held.history.heads()) {
                records.push(Record::Pending { dossier: *dossier, id: ActId(dice.bytes()), act, at: now });
            }
        }
        Outcome::Batch(Box::new(Batch { records, sync: true, ..answered(Answer::Done) }))
    }

    pub(super) fn edit(&self, history: &History) -> AutoCommit {
        let mut doc = history.open();
        doc.set_actor(document::actor(self.handle(), self.actor));
        doc
    }

    /// Everything that is not at the office, sealed by the vault's key. Nothing opens such a file yet: a bundle for the
    /// office is another kind, and reserved.
    fn export(&self, dice: &mut Dice) -> Vec<u8> {
        let mut records = self.rescued.clone();
        for (dossier, held) in &self.replica.cases {
            if self.waits(held) {
                records.push(Record::Begun { dossier: *dossier, establishment: held.establishment });
                let raw = held.unsent(self.office.epoch).into_iter();
                records.extend(raw.map(|(_, raw)| Record::Change {
                    dossier: *dossier,
                    raw,
                    from_office: None,
                }));
                records.extend(held.pending.iter().map(|pending| Record::Pending {
                    dossier: *dossier,
                    id: pending.id,
                    act: pending.act.clone(),
                    at: pending.at,
                }));
            }
        }
        crate::record::seal(&records, &self.key, dice)
    }
}

/// The ground of a new dossier, with the code its person follows it by: kept before what rests on it.
pub(super) fn on_ground(now: Moment, dice: &mut Dice, dossier: DossierId, basis: Basis) -> Record {
    let act = Act::OnBehalf { basis: Box::new(basis), tracking: TrackingCode::roll(dice.bytes()) };
    Record::Pending { dossier, id: ActId(dice.bytes()), act, at: now }
}

pub(super) fn answered(answer: Answer) -> Batch {
    Batch { answers: vec![(0, answer)], ..Batch::default() }
}

/// The stay after the form: guests the form does not speak of stay as they are.
fn revised(before: &Stay, notice: &StayNotice, dice: &mut Dice) -> Stay {
    let mut guests = before.guests.clone();
    for (id, guest) in &notice.guests {
        guests.insert(id.unwrap_or_else(|| GuestId(dice.bytes())), guest.clone());
    }
    Stay { left: before.left, guests, ..notice.stay.clone() }
}
