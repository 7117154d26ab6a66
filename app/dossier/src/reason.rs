//! Lý do lưu trú, asked by article 30.2 of the Law on Residence; codes of the Ministry's stay portal.

use serde::{Deserialize, Serialize};

macro_rules! reasons {
    ($($name:ident = $code:literal $label:literal),* $(,)?) => {
        /// Lý do lưu trú, one of the portal's twenty. Kept and exchanged as its code.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(into = "u8", try_from = "u8")]
        pub enum StayReason {
            $(#[doc = $label] $name = $code,)*
        }

        impl StayReason {
            /// All twenty in the order of their codes.
            pub const ALL: &'static [StayReason] = &[$(StayReason::$name),*];

            /// The Vietnamese words of the portal, without the code.
            pub const fn label(self) -> &'static str {
                match self { $(StayReason::$name => $label),* }
            }
        }
    };
}

reasons! {
    Tourism = 1 "Du lịch",
    Business = 2 "Công tác",
    Study = 3 "Học tập",
    Visit = 4 "Thăm viếng",
    Conference = 5 "Hội nghị",
    FamilyVisit = 6 "Thăm thân",
    Charity = 7 "Từ thiện",
    InternationalOrganisation = 8 "Tổ chức quốc tế",
    Marriage = 9 "Kết hôn",
    Consulate = 10 "Lãnh sự quán",
    Aid = 11 "Viện trợ",
    Embassy = 12 "Đại sứ quán",
    Settlement = 13 "Định cư",
    Marketing = 14 "Tiếp thị",
    Press = 15 "Báo chí, phóng viên",
    Trade = 16 "Thương mại",
    VisaExtension = 17 "Gia hạn thị thực",
    Treatment = 18 "Chữa bệnh",
    Labour = 19 "Lao động",
    Other = 20 "Mục đích khác",
}

impl StayReason {
    /// The portal's code, 1 to 20.
    pub const fn code(self) -> u8 {
        self as u8
    }

    /// The reason of a portal code.
    pub fn from_code(code: u8) -> Option<StayReason> {
        StayReason::ALL.iter().copied().find(|reason| reason.code() == code)
    }
}

/// A number that is no reason's code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no stay reason has this code")]
pub struct UnknownReason;

impl From<StayReason> for u8 {
    fn from(reason: StayReason) -> u8 {
        reason.code()
    }
}

impl TryFrom<u8> for StayReason {
    type Error = UnknownReason;

    fn try_from(code: u8) -> Result<StayReason, UnknownReason> {
        StayReason::from_code(code).ok_or(UnknownReason)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_twenty_codes_of_the_portal_read_back() {
        let found: Vec<_> = (0..=255).filter_map(StayReason::from_code).collect();
        assert_eq!(found, StayReason::ALL);
        assert_eq!(StayReason::ALL.len(), 20);
        assert_eq!(StayReason::from_code(18).map(StayReason::label), Some("Chữa bệnh"));
        assert_eq!(StayReason::try_from(21), Err(UnknownReason));
    }
}
