//! The office: what a commune's police and its administrators run. It lets people in, takes filings, keeps them and
//! answers with receipts; everything it judges lives in `dossier`, everything it reads from devices in `sync`.
// A page is one type as deep as its elements nest; the compiler walks all of it for the layout.
#![recursion_limit = "512"]

pub mod access;
pub mod admin;
pub mod arrivals;
pub mod asked;
pub mod atlas;
pub mod cli;
pub mod client;
pub mod clock;
pub mod code;
pub mod copied;
pub mod demo;
pub mod dice;
pub mod epoch;
pub mod error;
pub mod exchange;
pub mod handed;
pub mod headers;
pub mod headless;
pub mod hex;
pub mod invite;
pub mod keys;
pub mod lane;
pub mod logs;
pub mod membership;
pub mod merger;
pub mod metrics;
pub mod nonces;
pub mod objects;
pub mod office;
pub mod origin;
pub mod password;
pub mod pictures;
pub mod plain;
pub mod premises;
pub mod procedures;
pub mod receipt;
pub mod revoked;
pub mod routes;
pub mod serve;
pub mod store;
pub mod territory;
pub mod throttle;
pub mod tls;
