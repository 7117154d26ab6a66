//! Keys of the log. The first member's records are numbered by the database, as they always were; everybody else's
//! have `[place, fence, batch, number]`. Arrays sort after numbers and by their parts, so every place is one range.

use dossier::place::Place;
use js_sys::Array;
use sync::slot::Slot;
use wasm_bindgen::prelude::*;
use web_sys::IdbKeyRange;

use super::StoreError;

/// The key of a record; `None` where the database numbers.
pub fn record(place: Place, fence: u64, batch: u64, number: usize) -> Option<JsValue> {
    // Counters stay far below 2^53, up to which a number of JavaScript is exact.
    let parts = [f64::from(place.0), fence as f64, batch as f64, number as f64];
    (place != Place::FIRST).then(|| array(&parts))
}

/// The records of a place after a key, or all of them.
pub fn range(place: Place, after: Option<&JsValue>) -> Result<IdbKeyRange, StoreError> {
    let first = place == Place::FIRST;
    let lowest = if first { f64::NEG_INFINITY.into() } else { array(&[f64::from(place.0)]) };
    let beyond = if first { array(&[]) } else { array(&[f64::from(place.0) + 1.0]) };
    let lower = after.unwrap_or(&lowest);
    IdbKeyRange::bound_with_lower_open_and_upper_open(lower, &beyond, after.is_some(), true)
        .map_err(|_| StoreError::Aborted)
}

/// The pictures of a place, among the values by name.
pub fn pictures(place: Place) -> Result<IdbKeyRange, StoreError> {
    let (from, to) = Slot::papers(place);
    IdbKeyRange::bound_with_lower_open_and_upper_open(&from.into(), &to.into(), false, true)
        .map_err(|_| StoreError::Aborted)
}

/// Everything from the first record of this place on.
pub fn from(place: Place) -> Result<IdbKeyRange, StoreError> {
    let first = place == Place::FIRST;
    let lowest = if first { f64::NEG_INFINITY.into() } else { array(&[f64::from(place.0)]) };
    IdbKeyRange::lower_bound(&lowest).map_err(|_| StoreError::Aborted)
}

/// Whose record a key names.
pub fn place_of(key: &JsValue) -> Place {
    let first = key.dyn_ref::<Array>().and_then(|parts| parts.get(0).as_f64());
    // The database itself made the key from one byte.
    first.map_or(Place::FIRST, |first| Place(first as u8))
}

fn array(parts: &[f64]) -> JsValue {
    parts.iter().map(|part| JsValue::from_f64(*part)).collect::<Array>().into()
}
