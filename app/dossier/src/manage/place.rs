//! Villages and establishments, and which of them declare.

use serde::{Deserialize, Serialize};

use super::Words;
use crate::id::{CommuneCode, EstablishmentId, VillageId};
use crate::moment::Moment;

/// A commune, by its name of today.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Commune {
    /// Mã đơn vị.
    pub code: CommuneCode,
    /// "xã Sin Suối Hồ".
    pub name: String,
}

/// A commune as somebody sees it who is nobody to the office yet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenCommune {
    /// Mã đơn vị.
    pub code: CommuneCode,
    /// "xã Sin Suối Hồ".
    pub name: String,
    /// Số trực ban: the way to give notice for who has no account.
    #[serde(default)]
    pub duty_phone: String,
}

/// Who declares in a village. Establishments are counted, nobody is named.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Adoption {
    /// Establishments with an account in use.
    pub with_account: u32,
    /// Establishments whose last notice is more than thirty days old.
    pub silent: u32,
    /// Establishments that never sent one.
    pub never: u32,
    /// When the last notice began.
    pub last_notice: Option<Moment>,
}

/// Bản, thôn, tổ dân phố.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Village {
    /// The office's number.
    pub id: VillageId,
    /// Its commune, in the units of today.
    pub commune: CommuneCode,
    /// "bản Sin Suối Hồ".
    pub name: String,
    /// Establishments in it.
    pub houses: u32,
    /// Who declares; `None` where the asker may not know.
    pub adoption: Option<Adoption>,
}

/// A village to add.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewVillage {
    /// Its commune.
    pub commune: CommuneCode,
    /// "bản Sin Suối Hồ".
    pub name: Words,
}

/// What may be changed of a village.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum VillageChange {
    /// A new name.
    Rename(Words),
    /// The commune it went to when its own was divided.
    Join(CommuneCode),
}

/// Cơ sở lưu trú.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct House {
    /// The office's number.
    pub id: EstablishmentId,
    /// Its commune, in the units of today.
    pub commune: CommuneCode,
    /// The village.
    pub village: VillageId,
    /// The village by its name.
    pub village_name: String,
    /// Its name.
    pub name: String,
    /// "homestay", "nhà nghỉ", "khách sạn", "hộ gia đình" …
    pub kind: String,
    /// Its telephone.
    pub phone: String,
    /// Where the page for its guests is, and the paper for its wall: `/co-so/…`.
    pub poster: String,
    /// Whether an account in use declares for it.
    pub has_account: bool,
    /// When its last notice began; `None` also where the asker may not know.
    pub last_notice: Option<Moment>,
}

/// An establishment to add.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewHouse {
    /// Where.
    pub village: VillageId,
    /// Its name.
    pub name: Words,
    /// "homestay", "nhà nghỉ", "khách sạn", "hộ gia đình" …
    pub kind: Words,
    /// Its telephone.
    pub phone: Option<crate::phone::PhoneNumber>,
    /// Its address.
    pub address: Option<Words>,
}
