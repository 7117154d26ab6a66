//! The worker behind the page. It may die: it is started again, and nothing that said saved was in its memory only.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;
use std::time::Duration;

use app::device::Pending;
use dossier::intent::{Answer, Intent, Refusal};
use dossier::talk::{ToDevice, ToPage};
use dossier::view::{Stage, View};
use js_sys::Uint8Array;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use web_sys::{MessageEvent, Worker, WorkerOptions, WorkerType};

use crate::answer::Slot;
use crate::handover::Left;

/// Deaths in a row, without a word in between, after which it is not started again.
const PATIENCE: u32 = 5;

/// The link to the worker.
#[derive(Clone)]
pub struct Office(Rc<RefCell<Link>>);

struct Link {
    worker: Option<Worker>,
    waiting: HashMap<u32, Slot>,
    seq: u32,
    deaths: u32,
    /// The page is gone: it starts no worker any more.
    gone: bool,
    show: WriteSignal<View>,
}

impl Office {
    /// Starts the worker; what it shows goes to `show`.
    pub fn open(show: WriteSignal<View>) -> Office {
        let office = Office::linked(0, show);
        office.start();
        office
    }

    /// Goes on with the worker of the page before, and shows what that one showed.
    pub fn take_over(left: Left, show: WriteSignal<View>) -> Office {
        let office = Office::linked(left.seq, show);
        show.set(left.view);
        office.listen(left.worker);
        office
    }

    fn linked(seq: u32, show: WriteSignal<View>) -> Office {
        let link = Link { worker: None, waiting: HashMap::new(), seq, deaths: 0, gone: false, show };
        Office(Rc::new(RefCell::new(link)))
    }

    /// Lets go of the worker, which goes on: the worker, and the number of the last question. What is on its way is
    /// answered to nobody. Nothing when the worker has just died: who comes starts another.
    pub fn leave(&self) -> Option<(Worker, u32)> {
        let mut link = self.0.borrow_mut();
        link.gone = true;
        let worker = link.worker.take()?;
        worker.set_onmessage(None);
        worker.set_onerror(None);
        Some((worker, link.seq))
    }

    /// Asks, and gives the answer when it comes.
    pub fn ask(&self, intent: Intent) -> Pending {
        let slot = Slot::default();
        let seq = {
            let mut link = self.0.borrow_mut();
            if link.worker.is_none() {
                slot.fill(Answer::Refused(Refusal::Locked));
                return Box::pin(slot);
            }
            link.seq = link.seq.wrapping_add(1);
            let seq = link.seq;
            link.waiting.insert(seq, slot.clone());
            seq
        };
        self.tell(&ToDevice::Ask { seq, intent });
        Box::pin(slot)
    }

    /// Tells without an answer.
    pub fn tell(&self, word: &ToDevice) {
        let Ok(bytes) = postcard::to_allocvec(word) else { return };
        // The worker's script keeps what is said before its module listens.
        self.0.borrow().post(&bytes);
    }

    fn start(&self) {
        if self.0.borrow().gone {
            return;
        }
        let url = document()
            .query_selector("meta[name=bk-worker]")
            .ok()
            .flatten()
            .and_then(|meta| meta.get_attribute("content"));
        let Some(url) = url else { return self.give_up("bk-worker") };
        let options = WorkerOptions::new();
        options.set_type(WorkerType::Module);
        let Ok(worker) = Worker::new_with_options(&url, &options) else { return self.give_up("Worker") };
        self.listen(worker);
    }

    fn listen(&self, worker: Worker) {
        let heard = self.clone();
        let on_message = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| heard.hear(&event));
        worker.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        on_message.forget();
        let died = self.clone();
        let on_error = Closure::<dyn Fn(web_sys::Event)>::new(move |event: web_sys::Event| {
            event.prevent_default();
            died.bury();
        });
        worker.set_onerror(Some(on_error.as_ref().unchecked_ref()));
        on_error.forget();
        self.0.borrow_mut().worker = Some(worker);
    }

    fn hear(&self, event: &MessageEvent) {
        let Ok(bytes) = event.data().dyn_into::<Uint8Array>() else { return };
        let Ok(word) = postcard::from_bytes::<ToPage>(&bytes.to_vec()) else { return };
        let mut link = self.0.borrow_mut();
        link.deaths = 0;
        let show = link.show;
        match word {
            ToPage::Answer { seq, answer } => {
                let slot = link.waiting.remove(&seq);
                drop(link);
                if let Some(slot) = slot {
                    slot.fill(answer);
                }
            }
            ToPage::Show(view) => {
                drop(link);
                show.set(*view);
            }
        }
    }

    /// The worker died. Questions on their way are answered as by a locked device, which it will be when it is
    /// back; what it had kept is kept.
    fn bury(&self) {
        let (waiting, deaths) = {
            let mut link = self.0.borrow_mut();
            if let Some(worker) = link.worker.take() {
                worker.terminate();
            }
            link.deaths += 1;
            (std::mem::take(&mut link.waiting), link.deaths)
        };
        for slot in waiting.into_values() {
            slot.fill(Answer::Refused(Refusal::Locked));
        }
        if deaths > PATIENCE {
            return self.give_up("worker");
        }
        let again = self.clone();
        set_timeout(move || again.start(), Duration::from_millis(200 << deaths));
    }

    fn give_up(&self, why: &str) {
        let show = self.0.borrow().show;
        show.update(|view| view.stage = Stage::Broken(why.to_owned()));
    }
}

impl Link {
    fn post(&self, bytes: &[u8]) {
        if let Some(worker) = &self.worker {
            // Posting fails only for what cannot be cloned; bytes always can.
            let _ = worker.post_message(&Uint8Array::from(bytes));
        }
    }
}
