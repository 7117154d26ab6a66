//! The artefact `page`: what a phone fetches. It has no desk in it.
// A page is one type as deep as its elements nest; the compiler walks all of it for the layout.
#![recursion_limit = "512"]

use wasm_bindgen::prelude::wasm_bindgen;

/// Starts the page: the static shell is filled. Public pages come whole from the server and load no script: the code
/// that would hydrate them is a third of the artefact (measured: 437 KB against 290 KB brotli), and they have
/// nothing to wake up.
#[wasm_bindgen(start)]
pub fn start() {
    frontend::open(app::phone_pages);
}
