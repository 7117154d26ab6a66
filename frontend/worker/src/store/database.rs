//! IndexedDB with bounded waits. web-sys and not idb: idb has no durability, and frees the handlers of a failed
//! transaction before its `abort` event has come.

use std::cell::Cell;
use std::rc::Rc;

use js_sys::{Array, Function, Object, Reflect, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;
use web_sys::{
    Event, IdbDatabase, IdbKeyRange, IdbObjectStore, IdbObjectStoreParameters, IdbOpenDbRequest, IdbRequest,
    IdbTransaction,
};

use super::StoreError;
use crate::global;
use crate::promise::{settled, within};

const NAME: &str = "bankhai";
/// Grows only by adding: a window of an older build must still find what it knows.
const VERSION: u32 = 1;
/// Sealed records, numbered by the database.
pub const LOG: &str = "log";
/// Values by name.
pub const SLOT: &str = "slot";
/// How long the database may take to open: another window's upgrade may hold it for ever.
const OPEN: i32 = 5_000;
/// How long a transaction may take: a connection that was lost tells nothing.
const COMPLETE: i32 = 30_000;

/// What a transaction may do.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// Read.
    Read,
    /// Read and write.
    Write,
}

/// One connection.
#[derive(Clone)]
pub struct Database {
    inner: IdbDatabase,
    open: Rc<Cell<bool>>,
}

impl Database {
    /// Opens the database, and makes it when there is none.
    pub async fn open() -> Result<Database, StoreError> {
        let factory = global().indexed_db().ok().flatten().ok_or(StoreError::Closed)?;
        let request = factory.open_with_u32(NAME, VERSION).map_err(|_| StoreError::Closed)?;
        let opening = Box::pin(async move {
            let upgrade = Closure::once_into_js(move |event: Event| {
                // A schema that cannot be made makes the request fail, and that is heard below.
                let _ = create(&event);
            });
            request.set_onupgradeneeded(Some(upgrade.unchecked_ref()));
            ended(&request).await?.dyn_into::<IdbDatabase>().map_err(|_| StoreError::Closed)
        });
        match within(OPEN, opening).await {
            Ok(inner) => Ok(Database::connected(inner?)),
            Err(late) => {
                spawn_local(async move {
                    if let Ok(inner) = late.await {
                        inner.close();
                    }
                });
                Err(StoreError::Closed)
            }
        }
    }

    fn connected(inner: IdbDatabase) -> Database {
        let open = Rc::new(Cell::new(true));
        let database = Database { inner, open };
        // Another window wants to change the schema, or the browser cleared the origin: never stand in the way.
        let leaving = database.clone();
        let leave = Closure::once_into_js(move |_: Event| leaving.close());
        database.inner.set_onversionchange(Some(leave.unchecked_ref()));
        let closed = database.open.clone();
        let forget = Closure::once_into_js(move |_: Event| closed.set(false));
        database.inner.set_onclose(Some(forget.unchecked_ref()));
        database
    }

    /// Whether the browser has not closed it.
    pub fn is_open(&self) -> bool {
        self.open.get()
    }

    /// Closes it; what is under way still ends.
    pub fn close(&self) {
        self.open.set(false);
        self.inner.close();
    }

    /// Begins a transaction over everything, strict when it writes: done means on the disk, not in a cache of the
    /// system.
    pub fn begin(&self, mode: Mode) -> Result<IdbTransaction, StoreError> {
        let begin = || -> Result<IdbTransaction, JsValue> {
            // By name: web-sys has the options only behind a compiler flag.
            let begin: Function = Reflect::get(&self.inner, &"transaction".into())?.dyn_into()?;
            let names = Array::of2(&LOG.into(), &SLOT.into());
            let options = Object::new();
            Reflect::set(&options, &"durability".into(), &"strict".into())?;
            let mode = if mode == Mode::Write { "readwrite" } else { "readonly" };
            begin.call3(&self.inner, &names, &mode.into(), &options)?.dyn_into()
        };
        begin().map_err(|_| StoreError::Closed)
    }

    /// Waits until the transaction is on disk.
    pub async fn completed(&self, transaction: IdbTransaction) -> Result<(), StoreError> {
        let ending = Box::pin(settled(move |complete, abort| {
            transaction.set_oncomplete(Some(&complete));
            // Every error of a request ends here too.
            transaction.set_onabort(Some(&abort));
        }));
        match within(COMPLETE, ending).await {
            Ok(Ok(_)) => Ok(()),
            Ok(Err(_)) | Err(_) => Err(StoreError::Aborted),
        }
    }
}

fn create(event: &Event) -> Result<(), JsValue> {
    let request: IdbOpenDbRequest = event.target().ok_or(JsValue::UNDEFINED)?.dyn_into()?;
    let database: IdbDatabase = request.result()?.dyn_into()?;
    let numbered = IdbObjectStoreParameters::new();
    numbered.set_auto_increment(true);
    database.create_object_store_with_optional_parameters(LOG, &numbered)?;
    database.create_object_store(SLOT)?;
    Ok(())
}

/// The value of a key; `undefined` when there is none. Asked at once, whenever it is waited for.
pub fn get(
    transaction: &IdbTransaction,
    name: &str,
    key: &JsValue,
) -> impl Future<Output = Result<JsValue, StoreError>> + use<> {
    let request = store(transaction, name).and_then(|store| store.get(key).map_err(|_| StoreError::Aborted));
    let answer = request.map(|request| answered(&request));
    async move { answer?.await }
}

/// The names of all values.
pub async fn names(transaction: &IdbTransaction) -> Result<Vec<String>, StoreError> {
    let keys = store(transaction, SLOT)?.get_all_keys().map_err(|_| StoreError::Aborted)?;
    let keys: Array = answered(&keys).await?.dyn_into().map_err(|_| StoreError::Aborted)?;
    Ok(keys.iter().filter_map(|key| key.as_string()).collect())
}

/// The first page of a range of the log: the last key of it, and the values in order.
pub async fn get_page(
    transaction: &IdbTransaction,
    range: &IdbKeyRange,
    most: u32,
) -> Result<(Option<JsValue>, Vec<JsValue>), StoreError> {
    let asked = || -> Result<(IdbRequest, IdbRequest), JsValue> {
        let log = transaction.object_store(LOG)?;
        let keys = log.get_all_keys_with_key_and_limit(range, most)?;
        Ok((keys, log.get_all_with_key_and_limit(range, most)?))
    };
    let (keys, values) = asked().map_err(|_| StoreError::Aborted)?;
    let (keys, values) = (answered(&keys), answered(&values));
    let keys: Array = keys.await?.dyn_into().map_err(|_| StoreError::Aborted)?;
    let values: Array = values.await?.dyn_into().map_err(|_| StoreError::Aborted)?;
    let last = keys.length().checked_sub(1).map(|last| keys.get(last));
    Ok((last, values.to_vec()))
}

/// Queues a write.
pub fn put(
    transaction: &IdbTransaction,
    name: &str,
    key: Option<&JsValue>,
    value: &[u8],
) -> Result<(), StoreError> {
    let store = store(transaction, name)?;
    let value = Uint8Array::from(value);
    let queued = match key {
        Some(key) => store.put_with_key(&value, key),
        None => store.add(&value),
    };
    queued.map(|_| ()).map_err(|_| StoreError::Aborted)
}

/// Queues the removal of a value; one that is not there is removed already.
pub fn drop_slot(transaction: &IdbTransaction, name: &str) -> Result<(), StoreError> {
    let queued = store(transaction, SLOT)?.delete(&name.into());
    queued.map(|_| ()).map_err(|_| StoreError::Aborted)
}

/// Queues the removal of a range of the log, or of values by name.
pub fn drop_range(transaction: &IdbTransaction, name: &str, range: &IdbKeyRange) -> Result<(), StoreError> {
    store(transaction, name)?.delete(range).map(|_| ()).map_err(|_| StoreError::Aborted)
}

fn store(transaction: &IdbTransaction, name: &str) -> Result<IdbObjectStore, StoreError> {
    transaction.object_store(name).map_err(|_| StoreError::Aborted)
}

/// The answer to a request. The handlers are set at once: the event may come while something else is waited for.
fn answered(request: &IdbRequest) -> impl Future<Output = Result<JsValue, StoreError>> + use<> {
    let request = request.clone();
    let (success, failure) = (request.clone(), request.clone());
    let answer = settled(move |resolve, reject| {
        success.set_onsuccess(Some(&resolve));
        failure.set_onerror(Some(&reject));
    });
    async move {
        match within(COMPLETE, Box::pin(answer)).await {
            Ok(Ok(_)) => request.result().map_err(|_| StoreError::Aborted),
            Ok(Err(_)) | Err(_) => Err(StoreError::Aborted),
        }
    }
}

async fn ended(request: &IdbOpenDbRequest) -> Result<JsValue, StoreError> {
    let asked: &IdbRequest = request.as_ref();
    let ends = settled(|resolve, reject| {
        asked.set_onsuccess(Some(&resolve));
        asked.set_onerror(Some(&reject));
    });
    ends.await.map_err(|_| StoreError::Closed)?;
    asked.result().map_err(|_| StoreError::Closed)
}
