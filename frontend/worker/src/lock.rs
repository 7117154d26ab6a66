//! One writer: a Web Lock held for this worker's life. A window that was frozen may still believe it holds it, so
//! every write also proves the fencing number in the database (see `store`).

use std::cell::Cell;
use std::rc::Rc;

use dossier::place::Place;
use js_sys::{Function, Object, Promise, Reflect};
use sync::device::Input;
use sync::slot::Slot;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};

use crate::shell::Shell;
use crate::{clock, global, storage};

const NAME: &str = "bankhai-writer";
/// A page that is reloaded meets its own last breath: so long the lock may take before another window has it.
const GRACE: i32 = 1_000;
/// Between two tries to open a store that does not open.
const AGAIN: i32 = 10_000;

/// Whether this window writes.
#[derive(Default)]
pub struct Lock {
    /// Counts grants; what belongs to an earlier one no longer matters.
    grants: Cell<u64>,
    held: Cell<bool>,
    in_line: Cell<bool>,
}

/// Takes the lock, or stands in line for it: when the other window closes, this one goes on.
pub fn wait(shell: &Rc<Shell>) {
    if !shell.lock.in_line.replace(true) {
        ask(shell, false);
    }
    let shell = shell.clone();
    spawn_local(async move {
        clock::sleep(GRACE).await;
        if !shell.lock.held.get() {
            shell.tell(Input::Elsewhere(true));
            shell.begun();
        }
    });
}

/// Takes the lock from the other window.
pub fn take(shell: &Rc<Shell>) {
    if !shell.lock.held.get() {
        ask(shell, true);
    }
}

/// Another window writes now.
pub fn lost(shell: &Rc<Shell>) {
    shell.lock.held.set(false);
    shell.tell(Input::Elsewhere(true));
}

fn ask(shell: &Rc<Shell>, steal: bool) {
    let given = Rc::new(Cell::new(0));
    let (holder, grant) = (shell.clone(), given.clone());
    let on_given = Closure::once_into_js(move |_lock: JsValue| -> Promise {
        grant.set(granted(&holder, steal));
        // Never settled: held until the worker ends, or until it is stolen.
        Promise::new(&mut |_, _| {})
    });
    let request = request(&on_given, steal);
    let shell = shell.clone();
    spawn_local(async move {
        let ended = match request {
            Ok(promise) => JsFuture::from(promise).await.map(|_| ()),
            Err(missing) => Err(missing),
        };
        let Err(_) = ended else { return };
        if given.get() == 0 {
            // This browser gives no lock at all; the fencing number alone must do.
            granted(&shell, steal);
        } else if given.get() == shell.lock.grants.get() {
            lost(&shell);
            wait(&shell);
        }
    });
}

fn request(on_given: &JsValue, steal: bool) -> Result<Promise, JsValue> {
    // By name: web-sys has the locks only behind a compiler flag.
    let locks = Reflect::get(&global().navigator(), &"locks".into())?;
    let request: Function = Reflect::get(&locks, &"request".into())?.dyn_into()?;
    let options = Object::new();
    Reflect::set(&options, &"steal".into(), &steal.into())?;
    request.call3(&locks, &NAME.into(), &options, on_given)?.dyn_into()
}

fn granted(shell: &Rc<Shell>, stolen: bool) -> u64 {
    let lock = &shell.lock;
    let grant = lock.grants.get() + 1;
    lock.grants.set(grant);
    lock.held.set(true);
    if !stolen {
        lock.in_line.set(false);
    }
    spawn_local(begin(shell.clone(), grant));
    grant
}

/// Reads what the store holds and starts the device on it, again after every grant.
async fn begin(shell: Rc<Shell>, grant: u64) {
    let current = |shell: &Shell| shell.lock.held.get() && shell.lock.grants.get() == grant;
    let mut told = false;
    while current(&shell) {
        match shell.store.claim(clock::roll()).await {
            Ok(slots) if current(&shell) => {
                shell.tell(Input::Started { slots });
                shell.begun();
                return storage::report(&shell, None);
            }
            Ok(_) => return,
            Err(_) if told || !current(&shell) => {}
            Err(_) => {
                // Bytes that are no vault: the device says that the store is broken, and enrols nobody over it.
                let slots = vec![(Place::FIRST, Slot::Vault, Vec::new())];
                shell.tell(Input::Started { slots });
                shell.begun();
                told = true;
            }
        }
        clock::sleep(AGAIN).await;
    }
}
