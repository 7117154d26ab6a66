//! People with an account, as those see them who manage accounts.

use serde::{Deserialize, Serialize};

use super::{Login, Words};
use crate::access::{AccountStatus, Area, Role};
use crate::id::{AccountId, CommuneCode};
use crate::moment::{Day, Moment};
use crate::phone::PhoneNumber;

/// Whose name the SIM of the contact telephone is in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Sim {
    /// SIM chính chủ.
    Own,
    /// Không chính chủ.
    Other,
    /// Chưa rõ.
    #[default]
    Unknown,
}

/// How to reach somebody. A call-back, never a key: many share one SIM in another's name.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contact {
    /// The telephone.
    pub phone: Option<PhoneNumber>,
    /// Whose SIM it is.
    pub sim: Sim,
}

/// A role somebody holds or held.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Held {
    /// The office's number for it.
    pub number: u32,
    /// As what.
    pub role: Role,
    /// Where.
    pub area: Area,
    /// Where, in words.
    pub place: String,
    /// The first day.
    pub from: Day,
    /// The last day.
    pub until: Option<Day>,
}

/// A person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// The account.
    pub id: AccountId,
    /// Tên đăng nhập.
    pub login: String,
    /// Their name.
    pub name: String,
    /// The commune whose office the account belongs to.
    pub commune: CommuneCode,
    /// Where the account stands.
    pub status: AccountStatus,
    /// Its last day.
    pub expires: Option<Day>,
    /// How to reach them.
    pub contact: Contact,
    /// Their roles, oldest first.
    pub roles: Vec<Held>,
    /// Devices in order.
    pub devices: u32,
    /// When one of them was last heard.
    pub last_contact: Option<Moment>,
    /// Whether the asker may change them.
    pub changeable: bool,
}

/// A role to give.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewRole {
    /// As what.
    pub role: Role,
    /// Where.
    pub area: Area,
    /// From which day; `None`: today.
    pub from: Option<Day>,
    /// The last day.
    pub until: Option<Day>,
}

/// A person to invite.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewPerson {
    /// Tên đăng nhập.
    pub login: Login,
    /// Their name.
    pub name: Words,
    /// How to reach them.
    pub contact: Contact,
    /// What they are to begin with.
    pub role: NewRole,
}

/// What may be changed of an account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum PersonChange {
    /// Tạm khóa.
    Suspend,
    /// Mở khóa.
    Resume,
    /// A new one-time code; an older one that was not used opens nothing any more.
    NewCode,
    /// The last day of the account; `None` for no end.
    Expire(Option<Day>),
    /// How to reach them.
    Reach(Contact),
}

/// A one-time code.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invited {
    /// Whose.
    pub account: AccountId,
    /// Tên đăng nhập.
    pub login: String,
    /// `7K2QD-9MXWA`.
    pub code: String,
    /// Until when it opens the door.
    pub until: Moment,
}
