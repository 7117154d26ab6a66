//! A place of somebody the office does not know yet: what they type is kept like any work, goes out by itself, and
//! turns into a member's place when the office says yes.

use dossier::asking::{AskDraft, AskState, Asking};
use dossier::id::DeviceHandle;
use dossier::intent::{Answer, Intent, Refusal};
use dossier::manage::{Objection, OpenCommune, Verdict};
use dossier::moment::Moment;
use dossier::place::{Badge, Place};
use dossier::view::View;
use ed25519_dalek::SigningKey;

use super::dismissed::Wish;
use super::door::LEAST_PIN;
use super::line::Retry;
use super::open::{hex_key, roll_of};
use super::{Batch, Device, Effect, Input, Open, Stage, Writes};
use crate::asking::{self, Asked, Taken};
use crate::dice::Dice;
use crate::door::Membership;
use crate::drafts::Drafts;
use crate::record::{Member, seal};
use crate::request::{Call, CallFailure, Heard, read};
use crate::slot::Slot;
use crate::vault::{DataKey, Vault};

/// Without an answer for so long, in milliseconds, the shell has lost the question.
const LOST: i64 = 120_000;

/// Somebody who asks, unlocked.
pub(super) struct Applicant {
    pub place: Place,
    key: DataKey,
    asked: Asked,
    line: Line,
}

/// The line of an applicant: not stored.
#[derive(Default)]
struct Line {
    question: Option<(u64, Question, Moment)>,
    retry: Retry,
    /// The office's clock minus the phone's.
    clock_offset: i64,
    clock_off: bool,
    /// The last question was answered: a pause now is only patience.
    answered: bool,
    /// The communes were asked since the last wish of the person's.
    looked: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Question {
    Communes,
    Ask,
    Answer,
}

impl Applicant {
    /// As the store has them.
    pub(super) fn opened(place: Place, key: DataKey, asked: Asked) -> Applicant {
        Applicant { place, key, asked, line: Line::default() }
    }

    pub(super) fn write(&self, writes: &mut Writes, dice: &mut Dice) {
        writes.place = self.place;
        writes.slots.push((self.place, Slot::Asking, seal(&self.asked, &self.key, dice)));
    }

    /// What has to be asked next, if anything.
    fn question(&self) -> Option<Question> {
        let Asked { draft, state, communes, .. } = &self.asked;
        let astray = draft.find(communes).is_none();
        match state {
            AskState::Kept if !astray => Some(Question::Ask),
            AskState::Kept if !self.line.looked => Some(Question::Communes),
            AskState::Typing | AskState::Refused(_) if communes.is_empty() && !self.line.looked => {
                Some(Question::Communes)
            }
            AskState::Waiting => Some(Question::Answer),
            AskState::Kept | AskState::Typing | AskState::Refused(_) => None,
        }
    }

    /// When it is asked again by itself.
    pub(super) fn alarm(&self) -> Option<Moment> {
        self.line.retry.at
    }

    /// What the page shows.
    pub(super) fn show(&self) -> Asking {
        let Asked { draft, state, communes, .. } = &self.asked;
        let astray = *state == AskState::Kept && !communes.is_empty() && draft.find(communes).is_none();
        Asking {
            draft: draft.clone(),
            state: state.clone(),
            communes: communes.clone(),
            astray,
            clock_off: self.line.clock_off,
        }
    }

    pub(super) fn show_link(&self, view: &mut View) {
        if !self.line.answered {
            view.link.state = self.line.retry.state(self.line.clock_offset);
        }
        view.link.waiting = u32::from(self.asked.state == AskState::Kept);
        view.clock_offset = self.line.clock_offset;
    }

    fn with(&self, draft: AskDraft, state: AskState) -> Asked {
        Asked { draft, state, ..self.asked.clone() }
    }
}

impl Device {
    /// Somebody wants an account: what they type from now on lies behind their PIN.
    pub(super) fn begin_asking(
        &mut self,
        now: Moment,
        dice: &mut Dice,
        seq: u32,
        pin: &str,
        effects: &mut Vec<Effect>,
    ) {
        let refusal = match (&self.stage, &self.door, self.shelves.free()) {
            _ if pin.chars().count() < LEAST_PIN => Refusal::WeakPin,
            (Stage::Fresh, None, Some(place)) => {
                let key = DataKey::roll(dice);
                let vault = Vault::alone(&key, pin, self.rules.cost, dice);
                let asked = Asked {
                    signing_key: dice.bytes(),
                    draft: AskDraft::default(),
                    state: AskState::Typing,
                    communes: Vec::new(),
                };
                let applicant = Some(Box::new(Applicant::opened(place, key, asked)));
                let (vault, answers) = (Some((place, vault)), vec![(seq, Answer::Done)]);
                let batch = Batch { vault, applicant, answers, sync: true, ..Batch::default() };
                return self.keep(now, dice, batch, effects);
            }
            (Stage::Fresh, Some(_), _) => Refusal::Busy,
            _ => Refusal::Forbidden,
        };
        effects.push(Effect::Answer { seq, answer: Answer::Refused(refusal) });
    }

    /// What an applicant wants.
    pub(super) fn ask_applicant(
        &mut self,
        now: Moment,
        dice: &mut Dice,
        seq: u32,
        intent: Intent,
        effects: &mut Vec<Effect>,
    ) {
        let Stage::Asking(applicant) = &mut self.stage else { return };
        let done = vec![(seq, Answer::Done)];
        let (asked, sync) = match intent {
            // What is at the office is not what is being typed: typing again takes it back here.
            Intent::KeepAsking(draft) => (applicant.with(*draft, AskState::Typing), false),
            Intent::SendAsking(draft) => {
                let faults = draft.faults();
                if !faults.is_empty() {
                    let answers = vec![(seq, Answer::AskFaults(faults))];
                    let asked = applicant.with(*draft, AskState::Typing);
                    return self.keep_asked(now, dice, Batch { answers, ..Batch::default() }, asked, effects);
                }
                applicant.line.retry = Retry::default();
                applicant.line.looked = false;
                (applicant.with(*draft, AskState::Kept), true)
            }
            Intent::DropAsking => {
                let wiped = Some((applicant.place, Wish::Own));
                return self.keep(now, dice, Batch { wiped, answers: done, ..Batch::default() }, effects);
            }
            Intent::SyncNow => {
                effects.push(Effect::Answer { seq, answer: Answer::Done });
                return self.inquire(now, dice, true, effects);
            }
            _ => {
                return effects.push(Effect::Answer { seq, answer: Answer::Refused(Refusal::Forbidden) });
            }
        };
        self.keep_asked(now, dice, Batch { answers: done, sync, ..Batch::default() }, asked, effects);
    }

    /// Keeps what became of the request, besides what else a batch does.
    fn keep_asked(
        &mut self,
        now: Moment,
        dice: &mut Dice,
        batch: Batch,
        asked: Asked,
        effects: &mut Vec<Effect>,
    ) {
        let Stage::Asking(applicant) = &mut self.stage else { return };
        // The line outlives what is kept: nothing is told while a batch is on its way.
        let line = std::mem::take(&mut applicant.line);
        let applicant =
            Some(Box::new(Applicant { place: applicant.place, key: applicant.key.clone(), asked, line }));
        self.keep(now, dice, Batch { applicant, ..batch }, effects);
    }

    /// Something was kept that the office is asked about next.
    pub(super) fn inquire_soon(&mut self, now: Moment, batch: u64) {
        if matches!(self.stage, Stage::Asking(_)) {
            self.queue.push_back((now, roll_of(batch, now), Input::Wake));
        }
    }

    /// Asks the office what an applicant needs to know, unless it was tried a moment ago.
    pub(super) fn inquire(&mut self, now: Moment, dice: &mut Dice, at_once: bool, effects: &mut Vec<Effect>) {
        let Stage::Asking(applicant) = &mut self.stage else { return };
        let line = &mut applicant.line;
        let lost = |began: Moment| now.0.saturating_sub(began.0).abs() > LOST;
        if line.question.is_some_and(|(_, _, began)| !lost(began)) {
            return;
        }
        line.looked &= !at_once;
        if let Some(at) = line.retry.at.filter(|at| !at_once && now < *at) {
            return effects.push(Effect::Wake(at));
        }
        let Some(question) = applicant.question() else { return };
        let Asked { draft, communes, signing_key, .. } = &applicant.asked;
        let request = match question {
            Question::Communes => Some(asking::communes()),
            Question::Answer => Some(asking::answer()),
            Question::Ask => draft.request(communes, &self.name).as_ref().map(asking::ask),
        };
        let Some(request) = request else { return };
        let at = Moment(now.0.saturating_add(applicant.line.clock_offset));
        let call = Call::by_key(request, &SigningKey::from_bytes(signing_key), at, dice.bytes());
        self.exchanges += 1;
        let id = self.exchanges;
        applicant.line.question = Some((id, question, now));
        effects.push(Effect::Errand { id, call });
    }

    /// What the office says to an applicant.
    pub(super) fn informed(
        &mut self,
        now: Moment,
        dice: &mut Dice,
        (id, heard): (u64, Result<Heard, CallFailure>),
        effects: &mut Vec<Effect>,
    ) {
        let Stage::Asking(applicant) = &mut self.stage else { return };
        let Some((_, question, _)) = applicant.line.question.take_if(|(known, ..)| *known == id) else {
            return;
        };
        effects.push(Effect::Show);
        let offset = applicant.line.clock_offset;
        let told = heard.and_then(|heard| {
            applicant.line.hear(now, &heard);
            match question {
                Question::Communes => read(&heard).map(Said::Communes),
                Question::Ask => read::<Taken>(&heard).map(|_| Said::Verdict(Verdict::Waiting)),
                Question::Answer => read(&heard).map(Said::Verdict),
            }
        });
        applicant.line.answered = told.is_ok();
        applicant.line.retry.captive = matches!(told, Err(CallFailure::NotOurs));
        applicant.line.clock_off = matches!(told, Err(CallFailure::Objected(Objection::Clock)));
        let (draft, state) = (applicant.asked.draft.clone(), applicant.asked.state.clone());
        let asked = match told {
            Ok(Said::Communes(communes)) => {
                applicant.line.looked = true;
                applicant.line.retry.at = None;
                Asked { communes, ..applicant.with(draft, state) }
            }
            Ok(Said::Verdict(Verdict::Approved(membership))) => {
                return self.approved(now, dice, *membership, effects);
            }
            Ok(Said::Verdict(Verdict::Refused(why))) => {
                applicant.line.retry = Retry::default();
                applicant.with(draft, AskState::Refused(why))
            }
            Ok(Said::Verdict(Verdict::Waiting)) => {
                // Nobody decides within a second: the next question waits as a broken exchange does.
                applicant.line.retry.fail(now, dice, None, effects);
                if state == AskState::Waiting {
                    return;
                }
                applicant.with(draft, AskState::Waiting)
            }
            // The office was restored from before it was asked: it is asked again.
            Err(CallFailure::Objected(Objection::Unknown)) if question == Question::Answer => {
                applicant.line.retry.at = None;
                applicant.with(draft, AskState::Kept)
            }
            // Signed again with the office's time.
            Err(CallFailure::Objected(Objection::Clock)) if applicant.line.clock_offset != offset => {
                return self.inquire(now, dice, true, effects);
            }
            // The commune has merged meanwhile.
            Err(CallFailure::Objected(Objection::Unknown)) => {
                applicant.line.looked = false;
                applicant.line.retry.fail(now, dice, None, effects);
                Asked { communes: Vec::new(), ..applicant.with(draft, state) }
            }
            Err(_) => return applicant.line.retry.fail(now, dice, None, effects),
        };
        let sync = asked.state != AskState::Waiting;
        self.keep_asked(now, dice, Batch { sync, ..Batch::default() }, asked, effects);
    }

    /// The office said yes: the place is a member's, under the same PIN.
    fn approved(&mut self, now: Moment, dice: &mut Dice, membership: Membership, effects: &mut Vec<Effect>) {
        let Stage::Asking(applicant) = &mut self.stage else { return };
        let (place, key) = (applicant.place, applicant.key.clone());
        let known = membership.handle.parse::<DeviceHandle>().ok().zip(hex_key(&membership.box_key));
        let vault =
            self.shelves.by_place.get(&place).zip(known).and_then(|(shelf, (handle, box_key))| {
                shelf.vault.rebound(&key, handle, &box_key, dice).ok()
            });
        let Some(vault) = vault else {
            applicant.line.retry.captive = true;
            return applicant.line.retry.fail(now, dice, None, effects);
        };
        let member = Member { membership, signing_key: applicant.asked.signing_key };
        let shared = self.shelves.by_place.len() > 1;
        let (name, role) = (&member.membership.name, member.membership.role);
        let badge = shared.then(|| (place, Badge::of(name, role)));
        let opened = Some(Box::new(Open::new(place, key, member, self.roll_actor(dice))));
        let batch = Batch {
            vault: Some((place, vault)),
            badge,
            opened,
            drafts: Some(Drafts::default()),
            answered_asking: true,
            sync: true,
            ..Batch::default()
        };
        self.keep(now, dice, batch, effects);
    }
}

/// What was said to a question.
enum Said {
    Communes(Vec<OpenCommune>),
    Verdict(Verdict<Box<Membership>>),
}

impl Line {
    /// The phone's clock may be wrong by days, and nobody has told it yet: who answers says what time it is. Only what is
    /// signed for the office follows it.
    fn hear(&mut self, now: Moment, heard: &Heard) {
        let Some(at) = heard.at else { return };
        let offset = at.0.saturating_sub(now.0);
        // Within a minute of what is held already it is the same: the line's own delay must not look like news.
        if offset.abs_diff(self.clock_offset) > 60_000 {
            self.clock_offset = offset;
        }
    }
}
