//! Where a role holds, and where something lies.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::id::{CommuneCode, EstablishmentId, VillageId};

/// Where a role holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Area {
    /// One establishment, or one household that takes guests.
    Establishment(EstablishmentId),
    /// Bản, thôn, tổ dân phố.
    Village(VillageId),
    /// Xã, phường, đặc khu, as it is named today: a merger rewrites the grant on its day.
    Commune(CommuneCode),
    /// Tỉnh, thành phố: two digits.
    Province(u8),
    /// Everything this office serves.
    Everywhere,
}

/// Địa phương: where something lies, in the units of today.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Locality {
    /// The establishment, where it is one's.
    pub establishment: Option<EstablishmentId>,
    /// The village, where it is known.
    pub village: Option<VillageId>,
    /// The commune.
    pub commune: CommuneCode,
    /// Two-digit code of the province.
    pub province: u8,
}

impl Area {
    /// Whether a place lies inside. A commune does not lie inside one of its villages.
    pub fn covers(self, place: &Locality) -> bool {
        match self {
            Area::Establishment(id) => place.establishment == Some(id),
            Area::Village(id) => place.village == Some(id),
            Area::Commune(code) => place.commune == code,
            Area::Province(code) => place.province == code,
            Area::Everywhere => true,
        }
    }
}

/// Why a text names no area.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not an area")]
pub struct AreaError;

impl fmt::Display for Area {
    /// As an address names it: `commune-3394`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Area::Establishment(id) => write!(f, "establishment-{}", id.0),
            Area::Village(id) => write!(f, "village-{}", id.0),
            Area::Commune(code) => write!(f, "commune-{}", code.0),
            Area::Province(code) => write!(f, "province-{code}"),
            Area::Everywhere => f.write_str("everywhere"),
        }
    }
}

impl FromStr for Area {
    type Err = AreaError;

    fn from_str(text: &str) -> Result<Area, AreaError> {
        if text == "everywhere" {
            return Ok(Area::Everywhere);
        }
        let (kind, number) = text.split_once('-').ok_or(AreaError)?;
        let number: u32 = number.parse().map_err(|_| AreaError)?;
        match kind {
            "establishment" => Ok(Area::Establishment(EstablishmentId(number))),
            "village" => Ok(Area::Village(VillageId(number))),
            "commune" => Ok(Area::Commune(CommuneCode(number))),
            "province" => u8::try_from(number).map(Area::Province).map_err(|_| AreaError),
            _ => Err(AreaError),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_area_reads_back_from_the_address_that_names_it() {
        for area in [
            Area::Establishment(EstablishmentId(7)),
            Area::Village(VillageId(7)),
            Area::Commune(CommuneCode(3394)),
            Area::Province(12),
            Area::Everywhere,
        ] {
            assert_eq!(area.to_string().parse(), Ok(area));
        }
        for wrong in ["", "commune", "commune-", "commune-x", "province-300", "king-1"] {
            assert_eq!(wrong.parse::<Area>(), Err(AreaError), "{wrong}");
        }
    }
}
