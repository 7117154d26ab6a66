//! What people see. A page reads the device's view through memos and tells it intents; unfinished typing is the
//! only thing a page holds, and the place is in the address. No storage, no network, no clock of its own.
// A page is one type as deep as its elements nest; the compiler walks all of it for the layout.
#![recursion_limit = "512"]

pub mod announce;
pub mod browser;
pub mod clock;
pub mod desk;
pub mod device;
pub mod live;
pub mod pages;
pub mod parts;
pub mod routes;
pub mod text;

pub use routes::{DeviceApp, PublicApp, at, pages_with, phone_pages};
