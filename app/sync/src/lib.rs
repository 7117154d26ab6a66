//! How it travels.
pub mod base32;
pub mod case;
pub mod conflict;
pub mod device;
pub mod dice;
pub mod document;
pub mod door;
pub mod envelope;
pub mod frame;
pub mod gate;
pub mod office;
pub mod receipt;
pub mod record;
pub mod replica;
pub mod vault;
pub mod wire;
