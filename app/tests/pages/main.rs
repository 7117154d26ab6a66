//! Facts about what pages say, rendered without a browser; and pictures of them for the eye (`-- --ignored`).
#![allow(clippy::unwrap_used)]
#![recursion_limit = "512"]

mod facts;
mod fees;
mod preview;
mod sample;
mod stage;
