//! The artefact `desk`: what a device fetches when an officer, or a team's leader, opens the desk on it. A phone's pages
//! are in it, so that one page does for everybody at the device.
// A page is one type as deep as its elements nest; the compiler walks all of it for the layout.
#![recursion_limit = "512"]

use wasm_bindgen::prelude::wasm_bindgen;

/// Starts the page, or takes the place of the phone's page that called it; the device keeps the desk from now on.
#[wasm_bindgen(start)]
pub fn start() {
    frontend::open(desk::pages);
    frontend::keep_desk();
}
