//! What is true.
//!
//! Room one of the house. Values of the law parse here, once, and illegal ones cannot be built: [`name`],
//! [`birth`], [`personal_number`], [`paper`], [`nationality`]. A [`draft`] is what was typed; a [`stay`] is what a
//! notice says; a [`filing`] is what a residence dossier says under its [`procedure`]. [`act`]s are what people did and [`status`] is their fold. [`deadline`] and [`unit`] are dated data
//! with their sources. [`access::can`] decides who may do what. [`intent`], [`view`] and [`talk`] are the words a
//! page and its device exchange.
//!
//! Never in here: automerge, a clock, dice, I/O, async, leptos, sqlx, web-sys.
pub mod access;
pub mod act;
pub mod asking;
pub mod behalf;
pub mod birth;
pub mod content;
pub mod deadline;
pub mod draft;
pub mod filing;
pub mod id;
pub mod intent;
pub mod manage;
pub mod moment;
pub mod name;
pub mod nationality;
pub mod paper;
pub mod personal_number;
pub mod phone;
pub mod place;
pub mod procedure;
pub mod province;
pub mod reason;
pub mod relation;
pub mod sex;
pub mod status;
pub mod stay;
pub mod talk;
pub mod terms;
pub mod unit;
pub mod unit_data;
pub mod vietnamese;
pub mod view;
mod worded;
pub mod working_days;
