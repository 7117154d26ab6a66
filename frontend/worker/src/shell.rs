//! The pump: inputs wait in a queue, the device takes one step for each, and what it asks for is set going.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::Rc;

use dossier::place::Place;
use dossier::talk::{ToDevice, ToPage};
use sync::device::{Device, Effect, Input, Rules, Writes};
use sync::slot::Slot;
use wasm_bindgen_futures::spawn_local;

use crate::clock::Alarm;
use crate::door::Door;
use crate::link::Link;
use crate::listen::Ear;
use crate::lock::Lock;
use crate::screen::{self, Screen};
use crate::store::{Kept, Store};
use crate::{call, carry, clock, door, global, lock, name, storage};

/// Batches between two looks at how full the storage is.
const BATCHES: u64 = 20;

/// Everything this worker holds.
pub struct Shell {
    pub device: RefCell<Device>,
    pub store: Store,
    pub lock: Lock,
    pub screen: Screen,
    link: Link,
    ear: Ear,
    door: Door,
    alarm: Alarm,
    inbox: RefCell<VecDeque<Input>>,
    stepping: Cell<bool>,
    /// What the page said before it was known what the store holds; `None` from then on.
    early: RefCell<Option<Vec<Input>>>,
}

impl Shell {
    /// A shell around a device that has not read its store yet.
    pub fn new() -> Shell {
        let agent = global().navigator().user_agent().unwrap_or_default();
        Shell {
            device: RefCell::new(Device::new(Rules::PRODUCT, &name::of(&agent))),
            store: Store::default(),
            lock: Lock::default(),
            screen: Screen::default(),
            link: Link::default(),
            ear: Ear::default(),
            door: Door::default(),
            alarm: Alarm::default(),
            inbox: RefCell::default(),
            stepping: Cell::new(false),
            early: RefCell::new(Some(Vec::new())),
        }
    }

    /// The page says something.
    pub fn hear(self: &Rc<Self>, said: ToDevice) {
        let input = match said {
            ToDevice::Ask { seq, intent } => Input::Ask { seq, intent },
            ToDevice::Nudge => Input::Nudge,
            ToDevice::Persisted(persisted) => return storage::report(self, Some(persisted)),
        };
        if let Some(early) = self.early.borrow_mut().as_mut() {
            return early.push(input);
        }
        self.tell(input);
    }

    /// It is known who is at the device: what the page said before that is heard now.
    pub fn begun(self: &Rc<Self>) {
        let early = self.early.take();
        for input in early.into_iter().flatten() {
            self.tell(input);
        }
    }

    /// Tells the device something, and sets going whatever it asks for.
    pub fn tell(self: &Rc<Self>, input: Input) {
        self.inbox.borrow_mut().push_back(input);
        if self.stepping.replace(true) {
            return;
        }
        let (mut show, mut only_a_bar) = (false, true);
        while let Some(input) = self.next() {
            let bar = matches!(input, Input::Progress { .. });
            let effects = self.device.borrow_mut().step(clock::now(), clock::roll(), input);
            for effect in effects {
                if matches!(effect, Effect::Show) {
                    show = true;
                    only_a_bar &= bar;
                } else {
                    self.perform(effect);
                }
            }
        }
        self.stepping.set(false);
        if self.device.borrow().opened().is_none() {
            // Locked or elsewhere: hints are for nobody, and a late reply must not meet the next unlocking.
            self.ear.close();
            self.link.mute();
        }
        if show {
            self.screen.show(self, only_a_bar);
        }
    }

    /// The exchange under way.
    pub fn link(&self) -> &Link {
        &self.link
    }

    /// The question at the door.
    pub fn door(&self) -> &Door {
        &self.door
    }

    fn next(&self) -> Option<Input> {
        self.inbox.borrow_mut().pop_front()
    }

    fn perform(self: &Rc<Self>, effect: Effect) {
        match effect {
            Effect::Keep { batch, writes } => self.keep(batch, writes),
            Effect::Load(place) => self.load(place),
            Effect::Read { id, place, slot } => self.read(id, place, slot),
            Effect::Door(request) => door::knock(self, &self.door, request),
            Effect::Post { id, body } => self.link.post(self, id, body),
            Effect::PostSealed { id, body } => carry::post(self, id, body),
            Effect::Call { id, call } => call::make(self, id, call),
            Effect::Errand { id, call } => call::run(self, id, call),
            Effect::Listen(body) => self.ear.listen(self, body),
            Effect::Wake(at) => self.alarm.set(self, at),
            Effect::Answer { seq, answer } => screen::say(&ToPage::Answer { seq, answer }),
            Effect::TakeLock => lock::take(self),
            // Gathered by `tell`: one view for all effects of a turn.
            Effect::Show => {}
        }
    }

    fn keep(self: &Rc<Self>, batch: u64, writes: Writes) {
        let shell = self.clone();
        spawn_local(async move {
            match shell.store.keep(batch, writes).await {
                Kept::Yes => shell.tell(Input::Kept(batch)),
                Kept::No => shell.tell(Input::NotKept(batch)),
                Kept::Overtaken => {
                    shell.tell(Input::NotKept(batch));
                    lock::lost(&shell);
                }
            }
            if batch.is_multiple_of(BATCHES) {
                storage::report(&shell, None);
            }
        });
    }

    fn read(self: &Rc<Self>, id: u64, place: Place, slot: Slot) {
        let shell = self.clone();
        spawn_local(async move {
            let bytes = shell.store.slot(place, slot).await;
            shell.tell(Input::Read { id, bytes });
        });
    }

    fn load(self: &Rc<Self>, place: Place) {
        let shell = self.clone();
        spawn_local(async move {
            // What cannot be read after all is told as nothing: the device then says that its store is broken,
            // and writes nothing over it.
            let (slots, log) = shell.store.load(place).await.unwrap_or_default();
            shell.tell(Input::Loaded { place, slots, log });
        });
    }
}
