//! How it travels.
//!
//! Room two of the house. [`document`] is the Automerge form of a stay and the only file that knows its keys;
//! [`frame`] is one exchange byte by byte (README.md tells it to other clients); [`gate`] measures somebody else's
//! change before anything parses it; [`envelope`], [`vault`] and [`record`] are how a device keeps things;
//! [`packed`] is how an office does; [`receipt`] is the proof. Two state machines use them all: [`device`] (`step(now, dice, input) -> effects`) and
//! [`office`] (`judge(frame, known) -> writes`). The browser's worker, `bankhai device`, the server and the
//! simulator are shells around these two.
//!
//! Never in here: a clock, dice, I/O, async, leptos, sqlx, web-sys.
pub mod asking;
pub mod base32;
pub mod case;
pub mod catalogue;
pub mod conflict;
pub mod copied;
pub mod decision;
pub mod device;
pub mod dice;
pub mod document;
pub mod door;
pub mod drafts;
pub mod envelope;
pub mod forms;
pub mod frame;
pub mod gate;
pub mod hand;
pub mod kept;
pub mod leader;
pub mod letterbox;
pub mod office;
pub mod packed;
pub mod papers;
pub mod printed;
pub mod receipt;
pub mod record;
pub mod replica;
pub mod request;
pub mod sealed;
pub mod slot;
pub mod stub;
pub mod vault;
pub mod wipe;
pub mod wire;
