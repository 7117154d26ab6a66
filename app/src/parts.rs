//! The parts pages are built from.
pub mod behalf;
pub mod camera;
pub mod consent;
pub mod deadline;
pub mod either;
pub mod field;
pub mod guest;
pub mod icon;
pub mod photo;
pub mod pick;
pub mod qr;
pub mod scan;
pub mod shell;
pub mod signature;
pub mod slip;
pub mod state;
