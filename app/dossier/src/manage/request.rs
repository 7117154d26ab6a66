//! Who asks for an account, and what becomes of it. The applicant's device signs with the key it will be known by.

use serde::{Deserialize, Serialize};

use super::{Contact, Login, Words};
use crate::access::Role;
use crate::id::{CommuneCode, EstablishmentId, VillageId};
use crate::moment::{Day, Moment};

/// What an applicant sends.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewRequest {
    /// Họ và tên.
    pub name: Words,
    /// How to call back.
    pub contact: Contact,
    /// The commune.
    pub commune: CommuneCode,
    /// Bản, thôn, in the applicant's words.
    pub village: Words,
    /// As what: owner, household or tenant.
    pub role: Role,
    /// The establishment, in the applicant's words.
    pub house: Option<Words>,
    /// What the device calls itself.
    pub device_name: Words,
    /// A word to who decides.
    pub note: Option<Words>,
}

/// A request that waits.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountRequest {
    /// The office's number.
    pub number: u32,
    /// When it came.
    pub at: Moment,
    /// What the applicant said.
    pub said: NewRequest,
}

/// Where an approved person declares.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Where {
    /// An establishment that is known.
    House(EstablishmentId),
    /// One that is added with the approval.
    New {
        /// Where it lies.
        village: VillageId,
        /// Its name.
        name: Words,
        /// "homestay", "nhà nghỉ" …
        kind: Words,
    },
}

/// An approval.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Approval {
    /// Tên đăng nhập.
    pub login: Login,
    /// As what.
    pub role: Role,
    /// Where.
    pub at: Where,
    /// The last day of the role.
    pub until: Option<Day>,
}

/// What the waiting device hears; the membership itself travels as the door's answers do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Verdict<M> {
    /// Nobody has decided yet.
    Waiting,
    /// No, and why.
    Refused(String),
    /// Yes.
    Approved(M),
}
