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
use crate::vault::Cost;

mod asking;
mod batch;
mod book;
mod call;
mod cards;
mod carry;
mod desk;
mod detail;
mod digest;
mod dismissed;
mod door;
mod edit;
mod elsewhere;
mod exchange;
mod filing;
mod follow;
mod ground;
mod hand;
mod lease;
mod line;
mod looks;
mod open;
mod papers;
mod printing;
mod queue;
mod renew;
mod shelf;
mod stubs;
mod team;
mod told;

pub use open::Open;
pub(crate) use open::hex_key;
pub use told::{DoorFailure, DoorReply, DoorRequest, Effect, Input, Reply, Writes};

use batch::Batch;

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
    /// Every save has a sealed copy that anybody may carry. (Sabotage: it waits for its author.)
    pub seal_copies: bool,
    /// Without contact for long, what is stored stays shut on screen. (Sabotage: it is shown for ever.)
    pub heed_lease: bool,
    /// Only the office can order a device to wipe itself. (Sabotage: whoever answers can.)
    pub verify_orders: bool,
}

impl Rules {
    /// The product's rules.
    pub const PRODUCT: Rules = Rules {
        cost: Cost::FLOOR,
        fresh_actor: true,
        heed_epoch: true,
        independent_dossiers: true,
        seal_copies: true,
        heed_lease: true,
        verify_orders: true,
    };
}

/// A device.
pub struct Device {
    rules: Rules,
    /// What the device calls itself at the door.
    name: String,
    stage: Stage,
    shelves: shelf::Shelves,
    carrier: carry::Carrier,
    door: Option<door::Knock>,
    batch: Option<Batch>,
    batches: u64,
    /// Numbers of exchanges never repeat while the program runs, whoever locks in between: a late answer to an old
    /// one must not pass for the answer to a new one.
    exchanges: u64,
    calls: call::Calls,
    looks: looks::Looks,
    prints: printing::Prints,
    /// Inputs that came while a batch was being kept.
    queue: VecDeque<(Moment, [u8; 32], Input)>,
    storage: Storage,
    revision: u64,
}

/// Who is at the device.
enum Stage {
    Starting,
    /// Nobody is here yet, or somebody comes to the others.
    Fresh,
    Locked,
    /// Unlocked; the store is being read.
    Opening(Box<open::Opening>),
    Open(Box<Open>),
    /// Unlocked by who has no account yet.
    Asking(Box<asking::Applicant>),
    Elsewhere(Box<Stage>),
    Broken,
}

impl Device {
    /// A device that has not read its store yet.
    pub fn new(rules: Rules, name: &str) -> Device {
        Device {
            rules,
            name: name.to_owned(),
            stage: Stage::Starting,
            shelves: shelf::Shelves::default(),
            carrier: carry::Carrier::default(),
            door: None,
            batch: None,
            batches: 0,
            exchanges: 0,
            calls: call::Calls::default(),
            looks: looks::Looks::default(),
            prints: printing::Prints::default(),
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
        self.set_alarm(now, &mut effects);
        if effects.iter().any(|effect| matches!(effect, Effect::Show)) {
            self.revision += 1;
        }
        effects
    }

    fn take(&mut self, now: Moment, roll: [u8; 32], input: Input, effects: &mut Vec<Effect>) {
        let mut dice = Dice::new(roll);
        match input {
            Input::Kept(id) => self.kept(now, &mut dice, id, effects),
            Input::NotKept(id) => self.not_kept(id, effects),
            Input::Progress { sent, total } => self.progress(now, sent, total, effects),
            // Everything else waits for the disk: an answer given now could rest on a batch that fails.
            waiting if self.batch.is_some() => self.queue.push_back((now, roll, waiting)),
            Input::Started { slots } => self.start(now, &mut dice, slots, effects),
            Input::Ask { seq, intent } => self.ask(now, &mut dice, seq, intent, effects),
            Input::Loaded { place, slots, log } => {
                self.loaded(now, &mut dice, place, slots, log, effects);
            }
            Input::Door(reply) => self.door_answered(now, &mut dice, reply, effects),
            Input::Reply { id, reply } => self.replied(now, &mut dice, id, reply, effects),
            Input::Carried { id, reply } => self.carried(now, &mut dice, (id, reply), effects),
            Input::Nudge | Input::Wake => {
                self.sync(now, effects);
                self.inquire(now, &mut dice, matches!(input, Input::Nudge), effects);
                // An open device carries for the others once it has reached the office itself.
                if matches!(self.stage, Stage::Locked) {
                    self.carry(now, &mut dice, matches!(input, Input::Nudge), effects);
                }
            }
            Input::Errand { id, heard } if matches!(self.stage, Stage::Asking(_)) => {
                self.informed(now, &mut dice, (id, heard), effects);
            }
            Input::Errand { id, heard } => {
                if !self.form_told((id, &heard), effects)
                    && !self.papers_told(now, &mut dice, (id, &heard), effects)
                {
                    self.codes_told(now, &mut dice, (id, heard), effects);
                }
            }
            Input::Read { id, bytes } => self.picture_read(now, &mut dice, (id, bytes), effects),
            Input::Called { id, answer } => self.called(id, answer, effects),
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
            Intent::Recover { place, login, password, pin } => {
                return self.recover(seq, place, (login, password), pin, effects);
            }
            Intent::Renew { code, password } => return self.renew(dice, seq, code, password, effects),
            Intent::Unlock { place, pin } => return self.unlock(now, dice, seq, (place, &pin), effects),
            Intent::ResetByLeader { place, code, pin } => {
                return self.reset_by_leader(now, dice, seq, (place, &code, &pin), effects);
            }
            Intent::BeginAsking { pin } => return self.begin_asking(now, dice, seq, &pin, effects),
            Intent::AddPerson => self.add_person(effects),
            Intent::AddNobody => self.add_nobody(effects),
            Intent::Lock => self.lock(now, dice, effects),
            Intent::TakeOver => {
                effects.push(Effect::TakeLock);
                Answer::Done
            }
            Intent::AskPersist => Answer::Done,
            Intent::Manage(ask) => return self.manage(now, dice, seq, &ask, effects),
            intent => match self.stage {
                Stage::Open(_) => return self.ask_open(now, dice, seq, intent, effects),
                Stage::Asking(_) => return self.ask_applicant(now, dice, seq, intent, effects),
                _ => Answer::Refused(Refusal::Locked),
            },
        };
        effects.push(Effect::Answer { seq, answer });
    }

    /// What the page shows. `now` is the phone's own clock.
    pub fn view(&self, now: Moment) -> View {
        let mut view = View { revision: self.revision, storage: self.storage, ..View::default() };
        (view.shared, view.dismissed) = (self.shelves.is_shared(), self.shelves.dismissed);
        view.stage = self.stage_view(now);
        view.shut = self.is_shut(now);
        match &self.stage {
            Stage::Open(open) => open.show(now, &mut view),
            Stage::Asking(applicant) => applicant.show_link(&mut view),
            _ => {}
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
}
