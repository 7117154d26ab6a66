//! Bản nháp: what has been typed, maybe wrong, and the one door through which it becomes a [`Stay`].

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::birth::{BirthDate, BirthDateError};
use crate::deadline;
use crate::id::{DossierId, GuestId};
use crate::moment::{Day, MinuteOfDay, Moment};
use crate::name::{FullName, FullNameError};
use crate::nationality::Nationality;
use crate::paper::{IdentityPaper, PaperError, PaperKind};
use crate::personal_number::Observation;
use crate::reason::StayReason;
use crate::sex::Sex;
use crate::stay::{Guest, Stay};
use crate::vietnamese;

/// A notice as typed. Dates are the `yyyy-mm-dd` and `hh:mm` of the browser's own controls.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct StayDraft {
    /// The dossier being changed; `None` for a new notice.
    pub dossier: Option<DossierId>,
    /// Ngày đến.
    pub arrive_day: String,
    /// Giờ đến.
    pub arrive_time: String,
    /// Ngày đi dự kiến.
    pub leave_day: String,
    /// Số phòng.
    pub room: String,
    /// Lý do lưu trú.
    pub reason: Option<StayReason>,
    /// Words for "Mục đích khác".
    pub reason_text: String,
    /// Ghi chú.
    pub note: String,
    /// Người lưu trú, in the order typed.
    pub guests: Vec<GuestDraft>,
    /// Where the person was when the form was left: the step of the form, for the page alone.
    pub step: u8,
}

/// One guest as typed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GuestDraft {
    /// The guest being changed; `None` for a new one.
    pub guest: Option<GuestId>,
    /// Họ, chữ đệm và tên.
    pub name: String,
    /// Ngày sinh; empty when unknown.
    pub birth_day: String,
    /// Tháng sinh; empty when unknown.
    pub birth_month: String,
    /// Năm sinh.
    pub birth_year: String,
    /// Giới tính.
    pub sex: Option<Sex>,
    /// Quốc tịch.
    pub nationality: Nationality,
    /// Loại giấy tờ.
    pub paper: PaperKind,
    /// Số giấy tờ.
    pub number: String,
    /// Thời hạn tạm trú, `yyyy-mm-dd`; foreigners only.
    pub permitted_until: String,
    /// Số điện thoại.
    pub phone: String,
    /// Nơi cư trú.
    pub home: String,
    /// "Thẻ đúng vậy": the warnings were read and the paper looked at again.
    pub confirmed: bool,
    /// Taken out of the notice.
    pub removed: bool,
}

impl Default for GuestDraft {
    fn default() -> GuestDraft {
        GuestDraft {
            guest: None,
            name: String::new(),
            birth_day: String::new(),
            birth_month: String::new(),
            birth_year: String::new(),
            sex: None,
            nationality: Nationality::VNM,
            paper: PaperKind::IdentityCard,
            number: String::new(),
            permitted_until: String::new(),
            phone: String::new(),
            home: String::new(),
            confirmed: false,
            removed: false,
        }
    }
}

/// Where in the form a fault sits. Guests by their place in the draft.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Field {
    /// Ngày, giờ đến.
    Arrive,
    /// Ngày đi dự kiến.
    Leave,
    /// Số phòng.
    Room,
    /// Lý do lưu trú.
    Reason,
    /// Người lưu trú as a whole (nobody in it).
    Guests,
    /// Họ và tên of one guest.
    Name(usize),
    /// Ngày sinh of one guest.
    Birth(usize),
    /// Giới tính of one guest.
    Sex(usize),
    /// Giấy tờ of one guest.
    Number(usize),
    /// Thời hạn tạm trú of one guest.
    PermittedUntil(usize),
}

/// Something the person can fix. `app/src/text.rs` words it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Trouble {
    /// Nothing typed.
    Missing,
    /// Not a date or time.
    NotADate,
    /// The arrival lies beyond this century: a slip of the finger, whatever the clock says.
    ArrivesTooFarAhead,
    /// Ngày đi đứng trước ngày đến.
    LeavesBeforeArrival,
    /// Longer than a stay notice may be: đăng ký tạm trú instead.
    TooLong {
        /// The most days the rule in force allows.
        max_days: u16,
    },
    /// The permitted stay ends before the guest leaves.
    PermitEndsBeforeLeaving,
    /// The name cannot be one.
    Name(FullNameError),
    /// The birth date cannot be one.
    Birth(BirthDateError),
    /// The number cannot be one.
    Paper(PaperError),
    /// A warning the person has not answered yet.
    Unanswered(Vec<Observation>),
}

/// One fault and its place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fault {
    /// Where.
    pub at: Field,
    /// What.
    pub trouble: Trouble,
}

/// A notice that may be submitted. New guests have no id yet: the device mints one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StayNotice {
    /// Everything but the guests.
    pub stay: Stay,
    /// The guests in the order typed.
    pub guests: Vec<(Option<GuestId>, Guest)>,
}

/// 31-12-2099.
const LAST_DAY: Day = Day(47_481);

impl StayDraft {
    /// Parses the whole form; all faults at once. `now` is the corrected clock.
    pub fn parse(&self, now: Moment) -> Result<StayNotice, Vec<Fault>> {
        let mut faults = Vec::new();
        let arrive = note(&mut faults, Field::Arrive, self.arrive());
        let leave = note(&mut faults, Field::Leave, day(&self.leave_day));
        if let (Some(arrive), Some(leave)) = (arrive, leave) {
            let rule = deadline::stay_rule(arrive.day());
            let days = leave.0 - arrive.day().0;
            if days < 0 {
                faults.push(Fault { at: Field::Leave, trouble: Trouble::LeavesBeforeArrival });
            } else if days > i32::from(rule.max_days) {
                let trouble = Trouble::TooLong { max_days: rule.max_days };
                faults.push(Fault { at: Field::Leave, trouble });
            }
        }
        let reason = note(&mut faults, Field::Reason, self.reason.ok_or(Trouble::Missing));
        let reason_text = vietnamese::compose(&self.reason_text);
        if reason == Some(StayReason::Other) && reason_text.is_empty() {
            faults.push(Fault { at: Field::Reason, trouble: Trouble::Missing });
        }
        if self.guests.iter().all(|guest| guest.removed) {
            faults.push(Fault { at: Field::Guests, trouble: Trouble::Missing });
        }
        // Births are judged by the latest day that is known: a clock that fell back makes nobody unborn.
        let today = arrive.map_or(now.day(), |arrive| arrive.day().max(now.day()));
        let guests: Vec<_> = self
            .guests
            .iter()
            .enumerate()
            .filter_map(|(place, guest)| match guest.parse(place, today, leave) {
                Ok(parsed) => Some((guest.guest, parsed)),
                // A guest taken out of the notice is kept as it was; half-typed strangers are dropped.
                Err(_) if guest.removed => None,
                Err(more) => {
                    faults.extend(more);
                    None
                }
            })
            .collect();
        match (arrive, leave, reason, faults.is_empty()) {
            (Some(arrive), Some(leave), Some(reason), true) => {
                let room = vietnamese::compose(&self.room);
                let note = self.note.trim().to_owned();
                let guests_by_id = BTreeMap::new();
                let stay =
                    Stay { arrive, leave, left: None, room, reason, reason_text, note, guests: guests_by_id };
                Ok(StayNotice { stay, guests })
            }
            _ => Err(faults),
        }
    }

    fn arrive(&self) -> Result<Moment, Trouble> {
        let arrive = Moment::at(day(&self.arrive_day)?, minute(&self.arrive_time)?);
        // Not against the clock: a phone that is years behind must never turn a guest away.
        if arrive.day() > LAST_DAY { Err(Trouble::ArrivesTooFarAhead) } else { Ok(arrive) }
    }
}

impl GuestDraft {
    /// Parses one guest. `place` is where it stands in the form, `leave` the planned departure.
    pub fn parse(&self, place: usize, today: Day, leave: Option<Day>) -> Result<Guest, Vec<Fault>> {
        let mut faults = Vec::new();
        let name: Option<FullName> = note(&mut faults, Field::Name(place), self.parse_name());
        let birth = note(&mut faults, Field::Birth(place), self.parse_birth(today));
        let sex = note(&mut faults, Field::Sex(place), self.sex.ok_or(Trouble::Missing));
        let paper = note(&mut faults, Field::Number(place), self.parse_paper());
        let permitted = self.parse_permit(leave);
        let permitted_until = note(&mut faults, Field::PermittedUntil(place), permitted).flatten();
        if let (Some(paper), false) = (&paper, self.confirmed) {
            let seen =
                paper.personal_number().map(|number| number.observations(birth, sex)).unwrap_or_default();
            if !seen.is_empty() {
                faults.push(Fault { at: Field::Number(place), trouble: Trouble::Unanswered(seen) });
            }
        }
        match (name, birth, sex, paper, faults.is_empty()) {
            (Some(name), Some(birth), Some(sex), Some(paper), true) => Ok(Guest {
                name,
                birth,
                sex,
                nationality: self.nationality,
                paper,
                permitted_until,
                phone: vietnamese::compose(&self.phone),
                home: vietnamese::compose(&self.home),
                confirmed: self.confirmed,
                removed: self.removed,
            }),
            _ => Err(faults),
        }
    }

    fn parse_name(&self) -> Result<FullName, Trouble> {
        if self.name.trim().is_empty() {
            return Err(Trouble::Missing);
        }
        self.name.parse().map_err(Trouble::Name)
    }

    fn parse_birth(&self, today: Day) -> Result<BirthDate, Trouble> {
        if [&self.birth_day, &self.birth_month, &self.birth_year].iter().all(|part| part.trim().is_empty()) {
            return Err(Trouble::Missing);
        }
        BirthDate::parse(&self.birth_day, &self.birth_month, &self.birth_year, today).map_err(Trouble::Birth)
    }

    fn parse_paper(&self) -> Result<IdentityPaper, Trouble> {
        if self.number.trim().is_empty() {
            return Err(Trouble::Missing);
        }
        IdentityPaper::parse(self.paper, &self.number).map_err(Trouble::Paper)
    }

    fn parse_permit(&self, leave: Option<Day>) -> Result<Option<Day>, Trouble> {
        if self.nationality == Nationality::VNM {
            return Ok(None);
        }
        let until = day(&self.permitted_until)?;
        match leave {
            Some(leave) if until < leave => Err(Trouble::PermitEndsBeforeLeaving),
            _ => Ok(Some(until)),
        }
    }
}

fn note<T>(faults: &mut Vec<Fault>, at: Field, parsed: Result<T, Trouble>) -> Option<T> {
    parsed.map_err(|trouble| faults.push(Fault { at, trouble })).ok()
}

/// `yyyy-mm-dd`, as the browser's date control writes it.
fn day(text: &str) -> Result<Day, Trouble> {
    let text = text.trim();
    if text.is_empty() {
        return Err(Trouble::Missing);
    }
    let mut parts = text.splitn(3, '-');
    let mut part = || parts.next().and_then(|part| part.parse::<i32>().ok());
    let (Some(year), Some(month), Some(date)) = (part(), part(), part()) else {
        return Err(Trouble::NotADate);
    };
    let (Ok(month), Ok(date)) = (u8::try_from(month), u8::try_from(date)) else {
        return Err(Trouble::NotADate);
    };
    Day::from_date(year, month, date).ok_or(Trouble::NotADate)
}

/// `hh:mm`, 24 hours.
fn minute(text: &str) -> Result<MinuteOfDay, Trouble> {
    let text = text.trim();
    if text.is_empty() {
        return Err(Trouble::Missing);
    }
    let (hour, minute) = text.split_once(':').ok_or(Trouble::NotADate)?;
    let (hour, minute): (u16, u16) =
        (hour.parse().map_err(|_| Trouble::NotADate)?, minute.parse().map_err(|_| Trouble::NotADate)?);
    if hour < 24 && minute < 60 { Ok(MinuteOfDay(hour * 60 + minute)) } else { Err(Trouble::NotADate) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_day_is_the_last_of_this_century() {
        assert_eq!(Some(LAST_DAY), Day::from_date(2099, 12, 31));
    }

    fn form() -> StayDraft {
        let guest = GuestDraft {
            name: "Sùng A Páo".into(),
            birth_year: "2022".into(),
            sex: Some(Sex::Male),
            number: "012222005873".into(),
            ..GuestDraft::default()
        };
        StayDraft {
            arrive_day: "2026-11-24".into(),
            arrive_time: "21:35".into(),
            leave_day: "2026-11-26".into(),
            reason: StayReason::from_code(1),
            guests: vec![guest],
            ..StayDraft::default()
        }
    }

    #[test]
    fn a_clock_years_behind_turns_nobody_away() {
        let long_ago = Moment::at(Day::from_date(2019, 1, 1).expect("a real day"), MinuteOfDay(0));
        assert!(form().parse(long_ago).is_ok());
    }

    #[test]
    fn all_faults_are_told_at_once() {
        let draft = StayDraft { leave_day: "2026-11-20".into(), reason: None, guests: Vec::new(), ..form() };
        let faults = draft.parse(Moment(0)).expect_err("three faults");
        let at: Vec<Field> = faults.iter().map(|fault| fault.at).collect();
        assert_eq!(at, [Field::Leave, Field::Reason, Field::Guests]);
    }
}
