//! Sáp nhập, chia tách: communes that follow each other from a day on.

use serde::{Deserialize, Serialize};

use super::Words;
use crate::id::{CommuneCode, VillageId};
use crate::moment::Day;

/// One old commune of a merger.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// Its code of before.
    pub code: CommuneCode,
    /// Whether it was divided: then only the villages named in [`NewMerger::villages`] go over for certain.
    pub divided: bool,
}

/// A village of a divided commune, and where it goes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct VillageMove {
    /// The village.
    pub village: VillageId,
    /// The commune it goes to.
    pub to: CommuneCode,
}

/// A merger to enter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewMerger {
    /// The communes of before.
    pub parts: Vec<Part>,
    /// The code of the new one; it may be one of the old codes.
    pub code: CommuneCode,
    /// "xã Sin Suối Hồ".
    pub name: Words,
    /// "Công an xã Sin Suối Hồ".
    pub agency: Words,
    /// The first day; not before today.
    pub effective: Day,
    /// Where the villages of divided communes go, as far as it is known.
    pub villages: Vec<VillageMove>,
}

/// A merger as it was entered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Merger {
    /// The office's number.
    pub number: u32,
    /// The communes of before, with their names of before.
    pub parts: Vec<(Part, String)>,
    /// The code of the new one.
    pub code: CommuneCode,
    /// Its name.
    pub name: String,
    /// The first day.
    pub effective: Day,
    /// Whether it was carried out.
    pub applied: bool,
}
