//! Photographed pages on the device: kept first, then carried after the text of their dossier, one chunk at a time, and
//! shown from here or from the office.

use std::collections::BTreeSet;

use dossier::filing::PaperRef;
use dossier::filing::intent::FilingAnswer;
use dossier::id::{DossierId, PaperId};
use dossier::intent::{Answer, Refusal};
use dossier::manage::Objection;
use dossier::moment::Moment;

use super::edit::{Outcome, answered};
use super::line::Retry;
use super::looks::shown;
use super::{Batch, Device, Effect, Open, Stage};
use crate::dice::Dice;
use crate::envelope;
use crate::kept::{Kept, KeptPicture};
use crate::papers::{self, Arrived, Lying, MOST_ASKED, PaperDigest, Sender};
use crate::record::Record;
use crate::replica::Held;
use crate::request::{CallFailure, Heard, read};
use crate::slot::Slot;

/// Without an answer for so long, in milliseconds, the shell has lost what was under way.
const LOST: i64 = 120_000;
/// So long an own phone keeps a picture that is at the office, in milliseconds; a shared tablet keeps none.
const KEPT: i64 = 30 * 86_400_000;

/// Pictures on their way to the office.
#[derive(Default)]
pub(super) struct Courier {
    pub kept: Kept,
    parcel: Option<Parcel>,
    /// Asked which pictures are there.
    question: Option<(u64, Moment)>,
    pub retry: Retry,
    /// What the office does not want, until the next start: nothing new would be said.
    refused: BTreeSet<PaperDigest>,
}

impl Courier {
    /// Another office than the one that was here before: what that did not want, because it did not know the dossier yet,
    /// is asked again once the text is there.
    pub(super) fn begin_anew(&mut self) {
        self.refused.clear();
        self.parcel = None;
    }
}

/// One picture on its way.
struct Parcel {
    dossier: DossierId,
    digest: PaperDigest,
    picture: Vec<u8>,
    /// The number of what is under way, and since when; `None` while nothing is.
    step: Option<(u64, Moment)>,
    /// Where the last piece began, since somebody asked how far it is.
    brought: Option<u32>,
}

fn lost(since: Moment, now: Moment) -> bool {
    now.0.saturating_sub(since.0).abs() > LOST
}

impl Open {
    pub(super) fn sender<'a>(&'a self, handle: &'a str, now: Moment, dice: &mut Dice) -> Sender<'a> {
        Sender { handle, key: &self.signing, at: self.corrected(now), nonce: dice.bytes() }
    }

    pub(super) fn keep_paper(
        &self,
        now: Moment,
        dice: &mut Dice,
        paper: PaperRef,
        bytes: Vec<u8>,
    ) -> Outcome {
        let role = self.role();
        if !role.declares() && !role.files_for_others() {
            return Outcome::Answer(Answer::Refused(Refusal::Forbidden));
        }
        if !papers::is_picture(&bytes) {
            return Outcome::Answer(Answer::Refused(Refusal::Unknown));
        }
        let kept = KeptPicture { digest: paper.digest, bytes: paper.bytes, at: now };
        let answer = Answer::Filing(FilingAnswer::Paper(PaperId(dice.bytes()), paper));
        Outcome::Batch(Box::new(Batch {
            kept: Some(self.courier.kept.with(kept)),
            picture: Some((kept.digest, bytes)),
            ..answered(answer)
        }))
    }

    /// Bỏ ảnh này.
    pub(super) fn drop_paper(&self, paper: &PaperRef) -> Outcome {
        if self.naming(&paper.digest).next().is_some() || !self.courier.kept.has(&paper.digest) {
            return Outcome::Answer(Answer::Done);
        }
        let gone = vec![paper.digest];
        let kept = Some(self.courier.kept.without(&gone));
        Outcome::Batch(Box::new(Batch { kept, gone, ..answered(Answer::Done) }))
    }

    /// The dossiers that name a picture.
    fn naming<'a>(&'a self, digest: &'a PaperDigest) -> impl Iterator<Item = &'a Held> {
        let cases = self.replica.cases.values().filter(|held| held.reminted.is_none());
        cases.filter(|held| {
            held.filing().is_ok_and(|filing| filing.papers.values().any(|page| page.digest == *digest))
        })
    }

    fn is_there(&self, held: &Held, digest: &PaperDigest) -> bool {
        held.pictures.has(self.office.epoch, digest)
    }

    /// The pages of a dossier whose picture is at the office, and how many pages there are.
    pub(super) fn arrived(&self, held: &Held) -> (BTreeSet<PaperId>, u32) {
        let Ok(filing) = held.filing() else { return (BTreeSet::new(), 0) };
        let there = filing.papers.iter().filter(|(_, page)| self.is_there(held, &page.digest));
        (there.map(|(id, _)| *id).collect(), filing.papers.len() as u32)
    }

    /// Pictures a dossier names that the office is not known to have.
    pub(super) fn lacking<'a>(&'a self, held: &'a Held) -> impl Iterator<Item = PaperDigest> + 'a {
        let filing = held.filing().ok().filter(|_| held.is_at_office(self.office.epoch));
        let pages = filing.into_iter().flat_map(|filing| filing.papers.values());
        pages.map(|page| page.digest).filter(|digest| !self.is_there(held, digest))
    }

    /// The next picture to carry: its text is at the office.
    fn next_picture(&self) -> Option<(DossierId, PaperDigest)> {
        let cases = self.replica.cases.iter();
        let sent = cases.filter(|(_, held)| self.authors(held) && !self.waits(held));
        let mut pictures = sent.flat_map(|(id, held)| self.lacking(held).map(|digest| (*id, digest)));
        pictures.find(|(_, digest)| self.courier.kept.has(digest) && !self.courier.refused.contains(digest))
    }

    /// The dossiers of which somebody else brings pictures.
    fn awaited(&self) -> Vec<DossierId> {
        let open = self.replica.cases.iter().filter(|(_, held)| held.filing_status().is_with_office());
        let lacks = |held: &Held| self.lacking(held).any(|digest| !self.courier.kept.has(&digest));
        open.filter(|(_, held)| lacks(held)).map(|(id, _)| *id).take(MOST_ASKED).collect()
    }

    /// Takes out of a batch's keeping what lies at the office and need not lie here, and what nobody names any more.
    pub(super) fn tidied(&self, now: Moment, shared: bool, batch: Batch) -> Batch {
        let typed: BTreeSet<PaperDigest> = self.forms.pictures().collect();
        let spent = |kept: &&KeptPicture| {
            let old = now.0.saturating_sub(kept.at.0) > KEPT;
            let mut naming = self.naming(&kept.digest).peekable();
            if typed.contains(&kept.digest) {
                return false;
            }
            let named = naming.peek().is_some();
            let done = naming.all(|held| {
                let ended = !held.filing_status().is_with_office() && !self.waits(held);
                self.is_there(held, &kept.digest) && (shared || ended || old)
            });
            if named { done } else { old }
        };
        let gone: Vec<PaperDigest> = self.courier.kept.all().filter(spent).map(|kept| kept.digest).collect();
        if gone.is_empty() {
            return batch;
        }
        Batch { kept: Some(self.courier.kept.without(&gone)), gone, ..batch }
    }
}

impl Device {
    /// Carries on with the pictures: after an exchange, and after each piece.
    pub(super) fn carry_pictures(&mut self, now: Moment, dice: &mut Dice, effects: &mut Vec<Effect>) {
        let Stage::Open(open) = &mut self.stage else { return };
        let courier = &open.courier;
        if courier.question.is_none_or(|(_, since)| lost(since, now)) {
            let awaited = open.awaited();
            if !awaited.is_empty() {
                self.exchanges += 1;
                let call = open.sender(&open.handle().to_string(), now, dice).lying(&awaited);
                open.courier.question = Some((self.exchanges, now));
                effects.push(Effect::Errand { id: self.exchanges, call });
            }
        }
        if let Some(parcel) = &open.courier.parcel {
            if parcel.step.is_none_or(|(_, since)| lost(since, now)) {
                self.ask_how_far(now, dice, effects);
            }
            return;
        }
        let Some((dossier, digest)) = open.next_picture() else { return };
        self.exchanges += 1;
        let step = Some((self.exchanges, now));
        open.courier.parcel = Some(Parcel { dossier, digest, picture: Vec::new(), step, brought: None });
        effects.push(Effect::Read { id: self.exchanges, place: open.place, slot: Slot::Paper(digest) });
    }

    fn ask_how_far(&mut self, now: Moment, dice: &mut Dice, effects: &mut Vec<Effect>) {
        let Stage::Open(open) = &mut self.stage else { return };
        let Some(parcel) = &open.courier.parcel else { return };
        self.exchanges += 1;
        let paper = (parcel.digest, parcel.picture.len() as u32);
        let call = open.sender(&open.handle().to_string(), now, dice).how_far(parcel.dossier, paper);
        self.step_on(now, call, effects);
    }

    fn step_on(&mut self, now: Moment, call: crate::request::Call, effects: &mut Vec<Effect>) {
        if let Stage::Open(open) = &mut self.stage
            && let Some(parcel) = &mut open.courier.parcel
        {
            parcel.step = Some((self.exchanges, now));
            effects.push(Effect::Errand { id: self.exchanges, call });
        }
    }

    /// A slot was read: to be carried, or to be shown.
    pub(super) fn picture_read(
        &mut self,
        now: Moment,
        dice: &mut Dice,
        (id, bytes): (u64, Option<Vec<u8>>),
        effects: &mut Vec<Effect>,
    ) {
        if let Some(look) = self.looks.0.remove(&id) {
            let picture = self.opened().and_then(|open| open.unsealed(bytes, &look.digest));
            return match picture {
                Some(picture) => effects.push(Effect::Answer { seq: look.seq, answer: shown(picture) }),
                None => self.fetch(now, dice, look, effects),
            };
        }
        let Stage::Open(open) = &mut self.stage else { return };
        let is_step = |parcel: &Parcel| parcel.step.is_some_and(|(known, _)| known == id);
        let Some(parcel) = open.courier.parcel.as_ref().filter(|parcel| is_step(parcel)) else { return };
        let digest = parcel.digest;
        match open.unsealed(bytes, &digest) {
            Some(picture) => {
                if let Some(parcel) = &mut open.courier.parcel {
                    parcel.picture = picture;
                }
                self.ask_how_far(now, dice, effects);
            }
            None => {
                // Nothing is deleted: it may be readable another day.
                open.damaged += 1;
                self.put_aside(now, dice, digest, effects);
            }
        }
    }

    fn put_aside(&mut self, now: Moment, dice: &mut Dice, digest: PaperDigest, effects: &mut Vec<Effect>) {
        if let Stage::Open(open) = &mut self.stage {
            open.courier.refused.insert(digest);
            open.courier.parcel = None;
            self.carry_pictures(now, dice, effects);
        }
    }

    /// The answer to an errand about pictures; `false` when it was about something else.
    pub(super) fn papers_told(
        &mut self,
        now: Moment,
        dice: &mut Dice,
        (id, heard): (u64, &Result<Heard, CallFailure>),
        effects: &mut Vec<Effect>,
    ) -> bool {
        if let Some(look) = self.looks.0.remove(&id) {
            effects.push(Effect::Answer { seq: look.seq, answer: self.looked(&look, heard) });
            return true;
        }
        let Stage::Open(open) = &mut self.stage else { return false };
        if open.courier.question.take_if(|(known, _)| *known == id).is_some() {
            // Nothing is lost when it fails: the next contact asks again.
            if let Some(Ok(lying)) = heard.as_ref().ok().map(read::<Vec<Lying>>) {
                self.lie_there(now, dice, lying, effects);
            }
            return true;
        }
        let is_step = |parcel: &Parcel| parcel.step.is_some_and(|(known, _)| known == id);
        if !open.courier.parcel.as_ref().is_some_and(is_step) {
            return false;
        }
        let arrived = heard.as_ref().map_err(|failure| *failure).and_then(read::<Arrived>);
        self.arrived_so_far(now, dice, arrived, effects);
        true
    }

    fn arrived_so_far(
        &mut self,
        now: Moment,
        dice: &mut Dice,
        arrived: Result<Arrived, CallFailure>,
        effects: &mut Vec<Effect>,
    ) {
        let shared = self.shelves.is_shared();
        let Stage::Open(open) = &mut self.stage else { return };
        let Some(parcel) = &mut open.courier.parcel else { return };
        parcel.step = None;
        let (dossier, digest) = (parcel.dossier, parcel.digest);
        match arrived {
            Ok(Arrived { whole: true, .. }) => {
                open.courier.parcel = None;
                open.courier.retry = Retry::default();
                let epoch = open.office.epoch;
                let records = vec![Record::PapersThere { dossier, epoch, pictures: vec![digest] }];
                // A tablet keeps nothing that need not be there; where several dossiers name it, the next contact looks.
                let alone = open.naming(&digest).count() == 1;
                let gone = if shared && alone { vec![digest] } else { Vec::new() };
                let kept = (!gone.is_empty()).then(|| open.courier.kept.without(&gone));
                let batch = Batch { records, kept, gone, pictures: true, ..Batch::default() };
                self.keep(now, dice, batch, effects);
            }
            // A piece of which nothing stayed goes again later.
            Ok(Arrived { bytes, .. })
                if (bytes as usize) < parcel.picture.len()
                    && parcel.brought.is_none_or(|from| from < bytes) =>
            {
                if parcel.brought.replace(bytes).is_some() {
                    open.courier.retry = Retry::default();
                }
                let Some(parcel) = &open.courier.parcel else { return };
                self.exchanges += 1;
                let handle = open.handle().to_string();
                let call = open.sender(&handle, now, dice).bring(dossier, &parcel.picture, bytes);
                self.step_on(now, call, effects);
            }
            Err(CallFailure::Objected(Objection::Clock | Objection::Repeated))
            | Err(CallFailure::Unreachable | CallFailure::NotOurs | CallFailure::Busy)
            | Ok(_) => {
                parcel.brought = None;
                open.courier.retry.fail(now, dice, None, effects);
            }
            Err(CallFailure::Objected(_) | CallFailure::Forbidden) => {
                self.put_aside(now, dice, digest, effects);
            }
        }
    }

    fn lie_there(&mut self, now: Moment, dice: &mut Dice, lying: Vec<Lying>, effects: &mut Vec<Effect>) {
        let Stage::Open(open) = &self.stage else { return };
        let epoch = open.office.epoch;
        let news = lying.into_iter().filter_map(|Lying { dossier, mut pictures }| {
            let held = open.replica.cases.get(&dossier)?;
            let lacking: Vec<PaperDigest> = open.lacking(held).collect();
            pictures.retain(|picture| lacking.contains(picture));
            (!pictures.is_empty()).then_some(Record::PapersThere { dossier, epoch, pictures })
        });
        let records: Vec<Record> = news.collect();
        if !records.is_empty() {
            self.keep(now, dice, Batch { records, ..Batch::default() }, effects);
        }
    }
}

impl Open {
    /// A picture as it lay in its slot; `None` when it is not there, or not what it is called.
    pub(super) fn unsealed(&self, bytes: Option<Vec<u8>>, digest: &PaperDigest) -> Option<Vec<u8>> {
        let plain = self.key.open(&bytes?).ok()?;
        let picture = envelope::unwrap(&plain).ok()?;
        (papers::digest(picture) == *digest).then(|| picture.to_vec())
    }
}
