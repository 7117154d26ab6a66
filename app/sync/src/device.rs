//! The device as a state machine: `step(now, dice, input) -> effects`. It performs nothing itself. The browser's
//! worker, `bankhai device` and the simulator run this same code.
//!
//! State changes only when the store has confirmed: an intent becomes a batch of records, the batch is kept in
//! one strict transaction, and only [`Input::Kept`] folds it in, answers the person and shows the new view. So no
//! screen ever says saved before it is.

use std::collections::VecDeque;

use dossier::intent::{Answer, Intent, Refusal};
use dossier::moment::Moment;
use dossier::view::{Storage, View};

use crate::dice::Dice;
use crate::drafts::Drafts;
use crate::record::{OfficeState, Record, Slot, seal};
use crate::vault::{Cost, Vault};

mod book;
mod call;
mod cards;
mod desk;
mod detail;
mod door;
mod edit;
mod exchange;
mod line;
mod open;
mod told;

pub use open::Open;
pub use told::{DoorFailure, DoorReply, DoorRequest, Effect, Input, Reply};

/// The rules a device lives by. The product has one value of it; a sabotage of the simulator is another.
#[derive(Clone, Copy, Debug)]
pub struct Rules {
    /// How dear one guess of the PIN is.
    pub cost: Cost,
    /// A fresh random actor at every start. (Sabotage: one per device; a clone repeats it.)
    pub fresh_actor: bool,
    /// Everything is offered again to an office of another epoch. (Sabotage: the epoch is ignored.)
    pub heed_epoch: bool,
    /// A dossier the office rejects does not stop the others. (Sabotage: the queue waits for it.)
    pub independent_dossiers: bool,
}

impl Rules {
    /// The product's rules.
    pub const PRODUCT: Rules =
        Rules { cost: Cost::FLOOR, fresh_actor: true, heed_epoch: true, independent_dossiers: true };
}

/// A device.
pub struct Device {
    rules: Rules,
    /// What the device calls itself at the door.
    name: String,
    stage: Stage,
    vault: Option<Vault>,
    door: Option<door::Knock>,
    batch: Option<Batch>,
    batches: u64,
    /// Numbers of exchanges never repeat while the program runs, whoever locks in between: a late answer to an old
    /// one must not pass for the answer to a new one.
    exchanges: u64,
    calls: call::Calls,
    /// Inputs that came while a batch was being kept.
    queue: VecDeque<(Moment, [u8; 32], Input)>,
    storage: Storage,
    revision: u64,
}

/// Who is at the device.
enum Stage {
    Starting,
    Fresh,
    Locked,
    /// Unlocked; the store is being read.
    Opening(Box<open::Opening>),
    Open(Box<Open>),
    Elsewhere(Box<Stage>),
    Broken,
}

/// Records on their way to disk, and what to do once they are there.
#[derive(Default)]
struct Batch {
    id: u64,
    records: Vec<Record>,
    office: Option<OfficeState>,
    drafts: Option<Drafts>,
    vault: Option<Vault>,
    opened: Option<Box<Open>>,
    answers: Vec<(u32, Answer)>,
    sync: bool,
}

impl Device {
    /// A device that has not read its store yet.
    pub fn new(rules: Rules, name: &str) -> Device {
        Device {
            rules,
            name: name.to_owned(),
            stage: Stage::Starting,
            vault: None,
            door: None,
            batch: None,
            batches: 0,
            exchanges: 0,
            calls: call::Calls::default(),
            queue: VecDeque::new(),
            storage: Storage::default(),
            revision: 0,
        }
    }

    /// Tells the device something. `now` is the phone's own clock; `roll` are 32 fresh random bytes.
    pub fn step(&mut self, now: Moment, roll: [u8; 32], input: Input) -> Vec<Effect> {
        let mut effects = Vec::new();
        self.take(now, roll, input, &mut effects);
        while self.batch.is_none() {
            let Some((then, roll, input)) = self.queue.pop_front() else { break };
            self.take(then, roll, input, &mut effects);
        }
        if effects.iter().any(|effect| matches!(effect, Effect::Show)) {
            self.revision += 1;
        }
        effects
    }

    fn take(&mut self, now: Moment, roll: [u8; 32], input: Input, effects: &mut Vec<Effect>) {
        let mut dice = Dice::new(roll);
        match input {
            Input::Kept(id) => self.kept(now, id, effects),
            Input::NotKept(id) => self.not_kept(id, effects),
            Input::Progress { sent, total } => self.progress(now, sent, total, effects),
            // Everything else waits for the disk: an answer given now could rest on a batch that fails.
            waiting if self.batch.is_some() => self.queue.push_back((now, roll, waiting)),
            Input::Started { vault } => self.start(vault, effects),
            Input::Ask { seq, intent } => self.ask(now, &mut dice, seq, intent, effects),
            Input::Loaded { slots, log } => self.loaded(now, slots, log, effects),
            Input::Door(reply) => self.door_answered(now, &mut dice, reply, effects),
            Input::Reply { id, reply } => self.replied(now, &mut dice, id, reply, effects),
            Input::Called { id, answer } => self.called(id, answer, effects),
            Input::Nudge | Input::Wake => self.sync(now, effects),
            Input::ListenEnded => self.listen_ended(now, &mut dice, effects),
            Input::Storage(storage) => {
                let failed = self.storage.failed;
                self.storage = Storage { failed, ..storage };
                effects.push(Effect::Show);
            }
            Input::Elsewhere(elsewhere) => self.step_aside(elsewhere, effects),
        }
    }

    fn ask(&mut self, now: Moment, dice: &mut Dice, seq: u32, intent: Intent, effects: &mut Vec<Effect>) {
        let answer = match intent {
            Intent::Enrol { code, password, pin } => {
                return self.enrol(dice, seq, code, password, pin, effects);
            }
            Intent::SignIn { login, password, pin } => {
                return self.sign_in(dice, seq, login, password, pin, effects);
            }
            Intent::Recover { login, password, pin } => {
                return self.recover(seq, login, password, pin, effects);
            }
            Intent::Unlock { pin } => return self.unlock(now, dice, seq, &pin, effects),
            Intent::Lock => self.lock(effects),
            Intent::TakeOver => {
                effects.push(Effect::TakeLock);
                Answer::Done
            }
            Intent::AskPersist => Answer::Done,
            Intent::Manage(ask) => return self.manage(now, dice, seq, &ask, effects),
            intent => match self.stage {
                Stage::Open(_) => return self.ask_open(now, dice, seq, intent, effects),
                _ => Answer::Refused(Refusal::Locked),
            },
        };
        effects.push(Effect::Answer { seq, answer });
    }

    /// Sends a batch to the disk. An empty one is done at once.
    fn keep(&mut self, now: Moment, dice: &mut Dice, mut batch: Batch, effects: &mut Vec<Effect>) {
        let mut append = Vec::new();
        let mut slots = Vec::new();
        if let Some(vault) = &batch.vault {
            slots.push((Slot::Vault, vault.to_bytes()));
        }
        let open = match (&batch.opened, &self.stage) {
            (Some(open), _) | (None, Stage::Open(open)) => Some(open),
            _ => None, // locked: nothing can be sealed, only the vault's own slot is written
        };
        if let Some(open) = open {
            append.extend(batch.records.iter().map(|record| seal(record, &open.key, dice)));
            if batch.opened.is_some() {
                slots.push((Slot::Member, seal(&open.member, &open.key, dice)));
            }
            if let Some(office) = &batch.office {
                slots.push((Slot::Office, seal(office, &open.key, dice)));
            }
            if let Some(drafts) = &batch.drafts {
                slots.push((Slot::Draft, seal(drafts, &open.key, dice)));
            }
        }
        self.batches += 1;
        batch.id = self.batches;
        let id = batch.id;
        let empty = append.is_empty() && slots.is_empty();
        self.batch = Some(batch);
        if empty {
            self.kept(now, id, effects);
        } else {
            effects.push(Effect::Keep { batch: id, append, slots });
        }
    }

    fn kept(&mut self, now: Moment, id: u64, effects: &mut Vec<Effect>) {
        let Some(batch) = self.batch.take_if(|batch| batch.id == id) else { return };
        if let Some(vault) = batch.vault {
            self.vault = Some(vault);
        }
        if let Some(open) = batch.opened {
            self.stage = Stage::Open(open);
        }
        self.storage = Storage { failed: false, full: false, ..self.storage };
        if let Stage::Open(open) = &mut self.stage {
            open.replica.apply_all(batch.records);
            if let Some(office) = batch.office {
                open.office = office;
            }
            if let Some(drafts) = batch.drafts {
                open.drafts = drafts;
            }
        }
        effects.extend(batch.answers.into_iter().map(|(seq, answer)| Effect::Answer { seq, answer }));
        effects.push(Effect::Show);
        if batch.sync {
            self.sync(now, effects);
        }
    }

    fn not_kept(&mut self, id: u64, effects: &mut Vec<Effect>) {
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

    /// What the page shows. `now` is the phone's own clock.
    pub fn view(&self, now: Moment) -> View {
        let mut view = View { revision: self.revision, storage: self.storage, ..View::default() };
        view.stage = self.stage_view(now);
        if let Stage::Open(open) = &self.stage {
            open.show(now, &mut view);
        }
        view
    }

    /// What is known, for drivers that look inside: `bankhai device` and the simulator.
    pub fn opened(&self) -> Option<&Open> {
        match &self.stage {
            Stage::Open(open) => Some(open),
            _ => None,
        }
    }

    fn step_aside(&mut self, elsewhere: bool, effects: &mut Vec<Effect>) {
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
