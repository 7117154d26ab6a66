//! The pump: performs one effect after the other and tells the device what came of it.

use std::collections::VecDeque;
use std::path::Path;

use dossier::intent::{Answer, Intent};
use dossier::view::View;
use sync::device::{Device, Effect, Input, Rules};

use super::link::Link;
use super::store::Store;
use crate::cli::CliError;
use crate::{clock, dice};

/// Somebody who looks at the device after every step.
pub type Watcher = Box<dyn FnMut(&Device) + Send>;

/// A device, its store and its line.
pub struct Pump {
    device: Device,
    store: Store,
    link: Link,
    seq: u32,
    watcher: Option<Watcher>,
}

impl Pump {
    /// Opens the state directory.
    pub fn open(state: &Path, server: &str) -> Result<Pump, CliError> {
        let store = Store::open(state)?;
        let device = Device::new(Rules::PRODUCT, "bankhai device");
        let mut pump = Pump { device, store, link: Link::new(server), seq: 0, watcher: None };
        let mut slots = pump.store.slots()?;
        slots.retain(|(_, slot, _)| slot.is_clear());
        pump.tell(Input::Started { slots })?;
        Ok(pump)
    }

    /// The device itself, for whoever must look inside.
    pub fn device(&self) -> &Device {
        &self.device
    }

    /// From now on `watcher` is called after every step of the device, before its effects are performed.
    pub fn watch(&mut self, watcher: Watcher) {
        self.watcher = Some(watcher);
    }

    /// What the device shows.
    pub fn view(&self) -> View {
        self.device.view(clock::now())
    }

    /// Asks the device and performs everything that follows, exchanges included.
    pub fn ask(&mut self, intent: Intent) -> Result<Answer, CliError> {
        self.seq += 1;
        let seq = self.seq;
        let answers = self.tell(Input::Ask { seq, intent })?;
        let answer = answers.into_iter().find_map(|(to, answer)| (to == seq).then_some(answer));
        answer.ok_or_else(|| CliError::Words("thiết bị không trả lời".into()))
    }

    fn tell(&mut self, input: Input) -> Result<Vec<(u32, Answer)>, CliError> {
        let mut inputs = VecDeque::from([input]);
        let mut answers = Vec::new();
        while let Some(input) = inputs.pop_front() {
            let effects = self.device.step(clock::now(), dice::roll(), input);
            if let Some(watcher) = &mut self.watcher {
                watcher(&self.device);
            }
            for effect in effects {
                match effect {
                    Effect::Keep { batch, writes } => {
                        let kept = self.store.keep(&writes);
                        inputs.push_back(if kept.is_ok() {
                            Input::Kept(batch)
                        } else {
                            Input::NotKept(batch)
                        });
                    }
                    Effect::Load(place) => {
                        let own = self
                            .store
                            .slots()?
                            .into_iter()
                            .filter(|(whose, slot, _)| *whose == place && !slot.is_clear());
                        let slots = own.map(|(_, slot, bytes)| (slot, bytes)).collect();
                        inputs.push_back(Input::Loaded { place, slots, log: self.store.log(place)? });
                    }
                    Effect::Read { id, place, slot } => {
                        inputs.push_back(Input::Read { id, bytes: self.store.slot(place, slot) });
                    }
                    Effect::Door(request) => inputs.push_back(Input::Door(self.link.knock(&request))),
                    Effect::Post { id, body } => {
                        inputs.push_back(Input::Reply { id, reply: self.link.post(&body) });
                    }
                    Effect::PostSealed { id, body } => {
                        inputs.push_back(Input::Carried { id, reply: self.link.carry(&body) });
                    }
                    Effect::Call { id, call } => {
                        inputs.push_back(Input::Called { id, answer: self.link.call(&call) });
                    }
                    Effect::Errand { id, call } => {
                        inputs.push_back(Input::Errand { id, heard: self.link.errand(&call) });
                    }
                    Effect::Answer { seq, answer } => answers.push((seq, answer)),
                    // Nobody watches, nobody waits: the next command tries again.
                    Effect::Listen(_) | Effect::Wake(_) | Effect::Show | Effect::TakeLock => {}
                }
            }
        }
        Ok(answers)
    }
}
