//! The pages of a device.
pub mod book;
pub mod call;
pub mod check_receipt;
pub mod conflict;
pub mod detail;
pub mod form;
pub mod fresh;
pub mod home;
pub mod lock;
pub mod machine;
pub mod outbox;
pub mod pair;
pub mod pin;
pub mod public;
pub mod receipt;
pub mod still;
