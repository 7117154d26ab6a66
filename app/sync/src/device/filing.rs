//! What a person does to residence dossiers, and what a page shows of them.

use dossier::access::Action;
use dossier::act::{Act, Heads};
use dossier::behalf::BehalfDraft;
use dossier::filing::clock::{self, Clock};
use dossier::filing::conflict::{FilingConflict, FilingPlace};
use dossier::filing::draft::FilingDraft;
use dossier::filing::intent::{FilingAnswer, FilingIntent, FormOf, OpenForm};
use dossier::filing::migrate::migrate;
use dossier::filing::status::{FilingStatus, Stage};
use dossier::filing::step::{Item, Step};
use dossier::filing::view::{FilingCard, FilingDetail, FilingState};
use dossier::filing::{Answers, Filing, PaperRef};
use dossier::id::{DossierId, GuestId};
use dossier::intent::{Answer, Refusal};
use dossier::moment::Moment;
use dossier::procedure::{self, Procedure, Version};
use dossier::view::ReceiptView;
use dossier::working_days::WorkingDays;

use super::edit::{Outcome, answered, on_ground};
use super::{Batch, Open, detail};
use crate::case::History;
use crate::conflict;
use crate::dice::Dice;
use crate::document;
use crate::papers;
use crate::record::Record;
use crate::replica::Held;

fn told(answer: FilingAnswer) -> Outcome {
    Outcome::Answer(Answer::Filing(answer))
}

fn refused(refusal: Refusal) -> Outcome {
    Outcome::Answer(Answer::Refused(refusal))
}

impl Open {
    pub(super) fn carry_out_filing(&mut self, now: Moment, dice: &mut Dice, intent: FilingIntent) -> Outcome {
        let (owner, officer) = (self.role().declares(), self.role().works_on_dossiers());
        let (helper, team) = (self.role().files_for_others(), self.role().is_team());
        let own = |id: &DossierId| self.replica.cases.get(id).is_some_and(|held| self.authors(held));
        match intent {
            FilingIntent::Procedures => told(FilingAnswer::Procedures(self.in_force(now))),
            FilingIntent::Load(of) => self.form(now, &of),
            FilingIntent::Follow(id, procedure) if own(&id) => self.follow(now, id, &procedure),
            FilingIntent::Keep(draft) => {
                let began = draft.dossier.and_then(|id| self.form_began(id));
                let forms = Some(self.forms.with(*draft, began));
                Outcome::Batch(Box::new(Batch { forms, ..answered(Answer::Done) }))
            }
            FilingIntent::Drop(of) => {
                let forms = Some(self.forms.without(&of));
                Outcome::Batch(Box::new(Batch { forms, ..answered(Answer::Done) }))
            }
            FilingIntent::LoadGround(procedure) if helper => {
                let new = || BehalfDraft { days: BehalfDraft::USUAL_DAYS, ..BehalfDraft::default() };
                let behalf = self.forms.ground(&procedure).cloned().unwrap_or_else(new);
                Outcome::Answer(Answer::Behalf(Box::new(behalf), self.houses_for(now, &procedure)))
            }
            FilingIntent::KeepGround(procedure, behalf) if helper => {
                let forms = Some(self.forms.on_ground(procedure, *behalf));
                Outcome::Batch(Box::new(Batch { forms, ..answered(Answer::Done) }))
            }
            FilingIntent::Submit(draft) => match draft.dossier {
                Some(id) if own(&id) => self.submit_change(now, dice, id, &draft),
                None if owner || helper => self.submit_filing(now, dice, &draft),
                _ => refused(Refusal::Forbidden),
            },
            FilingIntent::Open(id) => match self.filing_detail(now, id) {
                Some(detail) => told(FilingAnswer::Detail(Box::new(detail))),
                None => refused(Refusal::Unknown),
            },
            FilingIntent::Choose(id, place, choice) if own(&id) => {
                self.choose_with(now, id, |doc| document::filing::choose(doc, &place, choice))
            }
            FilingIntent::Queue(query) if officer => {
                told(FilingAnswer::Queue(Box::new(self.queue(now, &query))))
            }
            FilingIntent::Step(id, step) if officer => self.take_step(now, dice, id, *step),
            FilingIntent::KeepPaper(paper, bytes) => {
                let digest = papers::digest(&bytes);
                let length = u32::try_from(bytes.len()).unwrap_or(u32::MAX);
                self.keep_paper(now, dice, PaperRef { paper, digest, bytes: length }, bytes)
            }
            FilingIntent::DropPaper(paper) => self.drop_paper(&paper),
            FilingIntent::Hand(intent) if team => self.hand(now, dice, intent),
            // Pictures are read from the store, or asked of the office, before anything else is.
            FilingIntent::KeptPaper(_)
            | FilingIntent::Picture(..)
            | FilingIntent::Print(..)
            | FilingIntent::PrintDraft(_) => refused(Refusal::Unknown),
            FilingIntent::LoadGround(_)
            | FilingIntent::KeepGround(..)
            | FilingIntent::Follow(..)
            | FilingIntent::Choose(..)
            | FilingIntent::Queue(_)
            | FilingIntent::Hand(_)
            | FilingIntent::Step(..) => refused(Refusal::Forbidden),
        }
    }

    /// The procedures that may be filed here today; at a counter those that are taken in there.
    fn in_force(&self, now: Moment) -> Vec<Procedure> {
        let today = self.corrected(now).day();
        let here = |procedure: &&Procedure| self.takes(procedure) && procedure.holds(today);
        self.catalogue.procedures.iter().filter(here).cloned().collect()
    }

    /// Whether somebody of this role may file it: who files for others, as far as that is their counter's.
    pub(super) fn takes(&self, procedure: &Procedure) -> bool {
        let role = self.role();
        let counter = role.works_on_dossiers() && !procedure.is_received_by_hand();
        !role.files_for_others() || role.may(Action::for_another(Some(procedure.agency))) && !counter
    }

    pub(super) fn pinned(&self, version: &Version) -> Option<&Procedure> {
        procedure::pinned(&self.catalogue.procedures, version)
    }

    /// What the dossier said when the form that changes it was opened.
    fn form_began(&self, id: DossierId) -> Option<Heads> {
        let kept = self.forms.of(&FormOf::Change(id)).and_then(|form| form.began.clone());
        kept.or_else(|| self.opened.get(&id).cloned())
    }

    /// A form to go on with. One that was begun under a version that has ended is brought over, and what changed is told.
    fn form(&mut self, now: Moment, of: &FormOf) -> Outcome {
        let kept = self.forms.of(of).map(|form| form.draft.clone());
        let today = self.corrected(now).day();
        let procedures = &self.catalogue.procedures;
        let (draft, changes) = match (of, kept) {
            (FormOf::New(id), kept) => {
                let Some(current) = procedure::in_force(procedures, id, today) else {
                    return refused(Refusal::Unknown);
                };
                let kept = kept.unwrap_or_else(|| FilingDraft::new(current));
                match self.pinned(&kept.version) {
                    Some(before) if kept.version != current.version() => migrate(kept, before, current),
                    _ => (kept, Vec::new()),
                }
            }
            (FormOf::Change(_), Some(kept)) => (kept, Vec::new()),
            (FormOf::Change(id), None) => {
                let Some((filing, heads)) = self
                    .replica
                    .cases
                    .get(id)
                    .and_then(|held| Some((held.filing().ok()?.clone(), held.history.heads())))
                else {
                    return refused(Refusal::Unknown);
                };
                self.opened.insert(*id, heads);
                (FilingDraft { dossier: Some(*id), ..FilingDraft::of(&filing) }, Vec::new())
            }
        };
        match self.pinned(&draft.version).cloned() {
            Some(procedure) => {
                let asked = self.asked(&draft);
                let came = self.forms.came(of).cloned();
                told(FilingAnswer::Form(Box::new(OpenForm { draft, procedure, changes, asked, came })))
            }
            None => refused(Refusal::Unknown),
        }
    }

    /// What the agency waits for in the dossier of this form.
    fn asked(&self, draft: &FilingDraft) -> Vec<Item> {
        let held = draft.dossier.and_then(|id| self.replica.cases.get(&id));
        match held.map(|held| held.filing_status().stage) {
            Some(Stage::Supplement { items, .. }) => items.into(),
            _ => Vec::new(),
        }
    }

    /// The parsed form, or what there is to put right.
    fn parsed(&self, now: Moment, draft: &FilingDraft) -> Result<(Filing, Vec<Answers>), Outcome> {
        let Some(procedure) = self.pinned(&draft.version) else { return Err(refused(Refusal::Unknown)) };
        let least = self.office.last_contact.unwrap_or_default();
        draft
            .parse(procedure, self.corrected(now).max(least))
            .map_err(|faults| told(FilingAnswer::Faults(faults)))
    }

    fn submit_filing(&mut self, now: Moment, dice: &mut Dice, draft: &FilingDraft) -> Outcome {
        let (mut filing, people) = match self.parsed(now, draft) {
            Ok(parsed) => parsed,
            Err(outcome) => return outcome,
        };
        let (house, basis) = match self.filing_ground(now, &draft.version.procedure) {
            Ok(sound) => sound,
            Err(outcome) => return outcome,
        };
        let id = DossierId::mint(self.handle(), dice.bytes());
        filing.people.extend(people.into_iter().map(|row| (GuestId(dice.bytes()), row)));
        if let Some(fault) = self.turned_back(now, basis.as_ref(), &filing) {
            return told(FilingAnswer::Faults(vec![fault]));
        }
        let mut history = History::new();
        let mut doc = self.edit(&history);
        let Some(change) = document::filing::write(&mut doc, None, &filing) else {
            return refused(Refusal::Unknown);
        };
        let mut records = vec![Record::Begun { dossier: id, establishment: house }];
        records.extend(basis.map(|basis| on_ground(now, dice, id, basis)));
        self.changed(now, id, &mut history, change, &mut records);
        let forms = Some(self.forms.without(&draft.of_what()));
        Outcome::Batch(Box::new(Batch { records, forms, sync: true, ..answered(Answer::Saved(id)) }))
    }

    /// A change of what the dossier said when its form was opened: only what differs from there is written.
    fn submit_change(&mut self, now: Moment, dice: &mut Dice, id: DossierId, draft: &FilingDraft) -> Outcome {
        let (mut filing, people) = match self.parsed(now, draft) {
            Ok(parsed) => parsed,
            Err(outcome) => return outcome,
        };
        filing.people.extend(people.into_iter().map(|row| (GuestId(dice.bytes()), row)));
        let Some(held) = self.replica.cases.get(&id) else { return refused(Refusal::Unknown) };
        let forms = Some(self.forms.without(&draft.of_what()));
        if held.filing() == Ok(&filing) {
            // Pressed twice: what is there is already kept. What was turned back is handed in again as it stands.
            let sync = held.rejected.is_some() || !held.refused.is_empty();
            let mut records = Vec::new();
            if sync {
                records.push(Record::PutAway(id));
                records.extend(self.handed_in(now, id, held.history.heads()));
            }
            return Outcome::Batch(Box::new(Batch { records, forms, sync, ..answered(Answer::Saved(id)) }));
        }
        let mut history = held.history.clone();
        let began = self.form_began(id).filter(|began| *began != history.heads());
        let mut doc = match began.and_then(|began| history.at(&began)) {
            Some(mut past) => {
                past.set_actor(document::actor(self.handle(), dice.bytes()));
                past
            }
            None => self.edit(&history),
        };
        let before = match document::read_any(&doc) {
            Ok(dossier::content::Content::Filing(before)) => before,
            _ => return refused(Refusal::Unknown),
        };
        let mut records = Vec::new();
        if let Some(change) = document::filing::write(&mut doc, Some(&before), &filing) {
            self.changed(now, id, &mut history, change, &mut records);
        }
        Outcome::Batch(Box::new(Batch { records, forms, sync: true, ..answered(Answer::Saved(id)) }))
    }

    /// An officer's step, on exactly what was on the screen: what has changed since must be looked at first.
    fn take_step(&self, now: Moment, dice: &mut Dice, id: DossierId, step: Step) -> Outcome {
        let Some(held) = self.replica.cases.get(&id).filter(|held| held.filing().is_ok()) else {
            return refused(Refusal::Unknown);
        };
        if step.heads().is_some_and(|heads| *heads != held.history.heads()) {
            return refused(Refusal::Overtaken);
        }
        self.act(now, dice, &[id], |_| Some(Act::Step(Box::new(step.clone()))))
    }

    pub(super) fn filing_cards(&self, now: Moment) -> Vec<FilingCard> {
        let filings = self.replica.cases.iter().filter(|(_, held)| held.reminted.is_none());
        let mut cards: Vec<(Option<Moment>, FilingCard)> = filings
            .filter_map(|(id, held)| {
                Some((self.received(held).map(|(at, _)| at), self.filing_card(now, *id, held)?))
            })
            .collect();
        // What is not at the office yet comes first, then the newest.
        cards.sort_by_key(|(at, card)| (at.is_some(), std::cmp::Reverse(*at), card.dossier));
        cards.into_iter().map(|(_, card)| card).collect()
    }

    /// One dossier as a list shows it; `None` when it is a notice.
    pub(super) fn filing_card(&self, now: Moment, dossier: DossierId, held: &Held) -> Option<FilingCard> {
        let filing = held.filing().ok()?;
        let status = held.filing_status();
        let (arrived, pages) = self.arrived(held);
        let procedure = self.pinned(&filing.version);
        let names = filing.answers.iter().filter(|(key, _)| key.as_str() == "name").map(|(_, name)| name);
        let rows = filing.present().filter_map(|(_, row)| row.get("name"));
        let mut names = names.chain(rows);
        let name = names.next().cloned().unwrap_or_default();
        Some(FilingCard {
            dossier,
            version: filing.version.clone(),
            title: procedure
                .map_or_else(|| filing.version.procedure.to_string(), |known| known.title.clone()),
            name,
            others: names.count() as u32,
            state: self.filing_state(dossier, held, &status),
            clock: procedure.and_then(|known| self.clock(now, held, filing, known)),
            papers: (arrived.len() as u32, pages),
            elsewhere: self.elsewhere(held, procedure),
            status,
        })
    }

    fn clock(&self, now: Moment, held: &Held, filing: &Filing, procedure: &Procedure) -> Option<Clock> {
        let acts: Vec<_> = held.acts.iter().map(|ordered| ordered.recorded.clone()).collect();
        Clock::of(&acts, |on| procedure.term_of(filing, on), WorkingDays::calendar(), self.corrected(now))
    }

    fn filing_state(&self, id: DossierId, held: &Held, status: &FilingStatus) -> FilingState {
        if let Some(why) = held.rejected {
            return FilingState::Rejected(why);
        }
        if self.waits(held) && self.authors(held) {
            let sending = self.exchange.as_ref().is_some_and(|exchange| exchange.carries(id));
            return if sending { FilingState::Sending } else { FilingState::SavedHere };
        }
        if let (Some(refused), true) = (held.refused.last(), status.is_with_office()) {
            return FilingState::NotApplied(refused.why);
        }
        if !held.conflicting_places().is_empty() && self.authors(held) {
            return FilingState::Conflict;
        }
        match self.received(held) {
            Some((at, number)) => FilingState::AtOffice { at, number },
            // At the office, and no verified receipt here yet: nothing more than saved may be said.
            None => FilingState::SavedHere,
        }
    }

    fn filing_detail(&self, now: Moment, id: DossierId) -> Option<FilingDetail> {
        let held = self.replica.cases.get(&id)?;
        let officer = self.role().works_on_dossiers();
        if officer && !self.at_desk().any(|(here, _)| *here == id) {
            return None;
        }
        let filing = held.filing().ok()?;
        let procedure = self.pinned(&filing.version)?;
        let declarant = held.acts.iter().find_map(|ordered| match ordered.recorded.act {
            Act::Submit { .. } => Some(ordered.recorded.by.name.clone()),
            _ => None,
        });
        let card = self.filing_card(now, id, held)?;
        let decides = officer && held.pending.is_empty() && card.status.submitted.is_some();
        let house = self.house(held.establishment).cloned();
        Some(FilingDetail {
            filing: filing.clone(),
            procedure: procedure.clone(),
            heads: held.history.heads(),
            draft: FilingDraft { dossier: Some(id), ..FilingDraft::of(filing) },
            house: house.unwrap_or_else(|| detail::nowhere(held.establishment)),
            declarant: declarant.unwrap_or_else(|| self.member.membership.name.clone()),
            behalf: self.behalf(held),
            channel: detail::channel(held),
            receipt: held.receipt().map(|receipt| ReceiptView {
                number: receipt.number().to_string(),
                received_at: receipt.root.received_at,
                qr: receipt.to_text(),
                current: held.is_proven_now(receipt),
            }),
            acts: held.acts.iter().map(|ordered| ordered.recorded.clone()).collect(),
            appointment: clock::appointment(
                self.corrected(now),
                procedure.term_of(filing, self.corrected(now).day()),
                WorkingDays::calendar(),
            ),
            decides,
            may_verify: procedure.may_verify(filing, self.corrected(now).day()),
            owns: self.authors(held),
            following: self.following(held, &card.status),
            conflicts: self.filing_conflicts(held, filing, procedure),
            arrived: self.arrived(held).0,
            card,
        })
    }

    fn filing_conflicts(&self, held: &Held, filing: &Filing, procedure: &Procedure) -> Vec<FilingConflict> {
        let places = held.conflicting_places();
        if places.is_empty() {
            return Vec::new();
        }
        let (doc, handle) = (held.history.open(), self.handle());
        let told = |place: &FilingPlace| {
            let (label, whose) = match place {
                FilingPlace::Answer(key) => (procedure.field(key).map(|field| field.label.clone()), None),
                FilingPlace::Person(id, key) => {
                    let name = filing.people.get(id).and_then(|row| row.get("name"));
                    (procedure.column(key).map(|field| field.label.clone()), name.cloned())
                }
                FilingPlace::Consent(kind) => (Some(kind.label().to_owned()), None),
            };
            FilingConflict {
                place: place.clone(),
                label: label.unwrap_or_default(),
                whose,
                values: conflict::filing_values(&doc, place, procedure, |one| one.by == Some(handle)),
            }
        };
        places.iter().map(told).collect()
    }
}
