//! People, devices and areas under `/api/v1`: JSON in, one `Told` out. Each handler judges every place it is asked about;
//! what lies outside the asker's area is answered like what does not exist.

pub mod agency;
pub mod aside;
pub mod ask_account;
pub mod codes;
pub mod complaint;
pub mod consent;
pub mod counts;
pub mod device;
pub mod fee;
pub mod figures;
pub mod follow;
pub mod merger;
pub mod person;
pub mod place;
pub mod procedure;
pub mod push;
pub mod request;
pub mod role;
pub mod statistics;
pub mod verification;

use axum::Json;
use dossier::manage::{Objection, Told};

use crate::error::Error;

/// What every handler answers.
pub type Reply = Result<Json<Told>, Error>;

/// An objection.
pub(super) const fn objection(objection: Objection) -> Error {
    Error::Managed(objection)
}

/// Two people wrote the same name at once: the second is told so.
pub(super) fn taken(cause: sqlx::Error) -> Error {
    match &cause {
        sqlx::Error::Database(fault) if fault.is_unique_violation() => Error::Managed(Objection::Taken),
        _ => cause.into(),
    }
}
