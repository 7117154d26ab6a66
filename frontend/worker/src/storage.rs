//! How safe and how full the storage is, as the browser says.

use std::rc::Rc;

use dossier::view::Storage;
use js_sys::{Promise, Reflect};
use sync::device::Input;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::{JsFuture, spawn_local};

use crate::global;
use crate::shell::Shell;

/// Asks the browser and tells the device. `persisted` is what the page has just been told, if it asked.
pub fn report(shell: &Rc<Shell>, persisted: Option<bool>) {
    let shell = shell.clone();
    spawn_local(async move {
        // Old browsers have no such object; then nothing is known, and nothing is claimed.
        let manager = Reflect::get(&global().navigator(), &"storage".into());
        let mut storage = Storage { persisted, full: shell.store.is_full(), ..Storage::default() };
        if manager.is_ok_and(|manager| manager.is_object()) {
            let manager = global().navigator().storage();
            if storage.persisted.is_none() {
                storage.persisted = answer(manager.persisted()).await.and_then(|said| said.as_bool());
            }
            storage.quota = answer(manager.estimate())
                .await
                .and_then(|estimate| Some((bytes(&estimate, "usage")?, bytes(&estimate, "quota")?)));
        }
        shell.tell(Input::Storage(storage));
    });
}

async fn answer(asked: Result<Promise, JsValue>) -> Option<JsValue> {
    JsFuture::from(asked.ok()?).await.ok()
}

fn bytes(estimate: &JsValue, name: &str) -> Option<u64> {
    let bytes = Reflect::get(estimate, &name.into()).ok()?.as_f64()?;
    Some(bytes as u64)
}
