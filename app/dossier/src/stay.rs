//! Lưu trú: what a notice says, right by construction. Fields are the law's (Law on Residence art. 30.2 as
//! amended by Law 118/2025/QH15) plus room and kind of paper; the rest is what the Ministry's portal also takes.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::birth::BirthDate;
use crate::id::GuestId;
use crate::moment::{Day, Moment};
use crate::name::FullName;
use crate::nationality::Nationality;
use crate::paper::IdentityPaper;
use crate::reason::StayReason;
use crate::sex::Sex;

/// One check-in: shared dates and room, one or several guests.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stay {
    /// Thời điểm đến, to the minute.
    pub arrive: Moment,
    /// Ngày đi dự kiến.
    pub leave: Day,
    /// When the guests really left; a closed stay.
    pub left: Option<Moment>,
    /// Số phòng.
    pub room: String,
    /// Lý do lưu trú.
    pub reason: StayReason,
    /// The words that go with "Mục đích khác".
    pub reason_text: String,
    /// Ghi chú.
    pub note: String,
    /// Người lưu trú, by the id of the child in the document.
    pub guests: BTreeMap<GuestId, Guest>,
}

/// Người lưu trú.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Guest {
    /// Họ, chữ đệm và tên.
    pub name: FullName,
    /// Ngày, tháng, năm sinh, as far as known.
    pub birth: BirthDate,
    /// Giới tính.
    pub sex: Sex,
    /// Quốc tịch.
    pub nationality: Nationality,
    /// Giấy tờ shown.
    pub paper: IdentityPaper,
    /// Thời hạn tạm trú: the permitted stay of a foreigner, typed by hand from the stamp or visa.
    pub permitted_until: Option<Day>,
    /// Số điện thoại.
    pub phone: String,
    /// Nơi cư trú, as the guest says it.
    pub home: String,
    /// The person who typed looked again at the paper after a warning and confirmed it.
    pub confirmed: bool,
    /// Entered by mistake: no longer part of the notice, kept in its history.
    pub removed: bool,
}

impl Guest {
    /// Whether the foreigners' rule runs beside the stay rule.
    pub fn is_foreign(&self) -> bool {
        self.nationality != Nationality::VNM
    }
}

impl Stay {
    /// The guests that count.
    pub fn present(&self) -> impl Iterator<Item = (&GuestId, &Guest)> {
        self.guests.iter().filter(|(_, guest)| !guest.removed)
    }

    /// Whether any guest is a foreigner.
    pub fn has_foreigner(&self) -> bool {
        self.present().any(|(_, guest)| guest.is_foreign())
    }

    /// Whether the two stays overlap in time: half-open, arrival included, departure not.
    pub fn overlaps(&self, other: &Stay) -> bool {
        let end = |stay: &Stay| {
            let planned = stay.leave.max(stay.arrive.day().plus(1));
            stay.left.map_or(planned, |left| left.day().max(stay.arrive.day().plus(1)))
        };
        self.arrive.day() < end(other) && other.arrive.day() < end(self)
    }

    /// The guests of both notices that carry the same paper: what makes two notices a pair to settle.
    /// Never by name: many people of one village share one.
    pub fn same_people(&self, other: &Stay) -> Vec<(GuestId, GuestId)> {
        let mut pairs = Vec::new();
        for (mine, guest) in self.present() {
            for (theirs, twin) in other.present() {
                if guest.paper.number() == twin.paper.number() && guest.nationality == twin.nationality {
                    pairs.push((*mine, *theirs));
                }
            }
        }
        pairs
    }
}
