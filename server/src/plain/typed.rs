//! What the plain form sends, and the draft it makes: the same draft, judged by the same parser, as on a phone.

use app::text::time::input_day;
use dossier::draft::{GuestDraft, StayDraft};
use dossier::moment::Moment;
use dossier::nationality::Nationality;
use dossier::paper::PaperKind;
use dossier::reason::StayReason;
use dossier::sex::Sex;
use serde::Deserialize;

/// The fields as they came. No `Debug`: there is a password inside.
#[derive(Clone, Default, Deserialize)]
#[serde(default)]
#[expect(missing_docs, reason = "each is the field of the draft it is named after")]
pub struct Typed {
    pub ticket: String,
    pub login: String,
    pub password: String,
    pub nationality: String,
    pub paper: String,
    pub number: String,
    pub confirmed: String,
    pub name: String,
    pub birth_day: String,
    pub birth_month: String,
    pub birth_year: String,
    pub sex: String,
    pub permitted_until: String,
    pub arrive_day: String,
    pub arrive_time: String,
    pub leave_day: String,
    pub room: String,
    pub reason: String,
    pub reason_text: String,
}

impl Typed {
    /// A blank form: the guest has just arrived and leaves tomorrow.
    pub fn blank(now: Moment) -> Typed {
        Typed {
            nationality: Nationality::VNM.code(),
            paper: PaperKind::IdentityCard.code().to_string(),
            arrive_day: input_day(now.day()),
            arrive_time: now.minute().to_string(),
            leave_day: input_day(now.day().plus(1)),
            ..Typed::default()
        }
    }

    /// The nationality chosen; Việt Nam when none was.
    pub fn nationality(&self) -> Nationality {
        self.nationality.parse().unwrap_or(Nationality::VNM)
    }

    /// The kind of paper chosen; the identity card when none was.
    pub fn paper(&self) -> PaperKind {
        self.paper.parse().ok().and_then(PaperKind::from_code).unwrap_or(PaperKind::IdentityCard)
    }

    /// The reason chosen.
    pub fn reason(&self) -> Option<StayReason> {
        self.reason.parse().ok().and_then(StayReason::from_code)
    }

    /// The sex chosen.
    pub fn sex(&self) -> Option<Sex> {
        self.sex.chars().next().and_then(Sex::from_code)
    }

    /// The draft; [`StayDraft::parse`] judges what it says.
    pub fn draft(&self) -> StayDraft {
        let guest = GuestDraft {
            name: self.name.clone(),
            birth_day: self.birth_day.clone(),
            birth_month: self.birth_month.clone(),
            birth_year: self.birth_year.clone(),
            sex: self.sex(),
            nationality: self.nationality(),
            paper: self.paper(),
            number: self.number.clone(),
            permitted_until: day(&self.permitted_until),
            confirmed: !self.confirmed.is_empty(),
            ..GuestDraft::default()
        };
        StayDraft {
            arrive_day: day(&self.arrive_day),
            arrive_time: self.arrive_time.to_lowercase().replace(['h', '.'], ":"),
            leave_day: day(&self.leave_day),
            room: self.room.clone(),
            reason: self.reason(),
            reason_text: self.reason_text.clone(),
            guests: vec![guest],
            ..StayDraft::default()
        }
    }
}

/// `24/11/2026`, as people write it where the browser has no date control, becomes `2026-11-24`; the rest stays.
pub fn day(typed: &str) -> String {
    let parts: Vec<&str> = typed.trim().split(['/', '.']).map(str::trim).collect();
    match parts[..] {
        [day, month, year] => format!("{year}-{month}-{day}"),
        _ => typed.trim().to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_understood_as_people_and_as_browsers_write_them() {
        assert_eq!(day("24/11/2026"), "2026-11-24");
        assert_eq!(day(" 4.1.2027 "), "2027-1-4");
        assert_eq!(day("2026-11-24"), "2026-11-24");
        assert_eq!(day("mai"), "mai");
        let typed = Typed { arrive_time: "21h35".into(), ..Typed::default() };
        assert_eq!(typed.draft().arrive_time, "21:35");
    }

    #[test]
    fn codes_nobody_has_are_no_answer_and_no_panic() {
        let nonsense = Typed {
            nationality: "???".into(),
            paper: "999".into(),
            reason: "-1".into(),
            sex: "ẩ".into(),
            ..Typed::default()
        };
        let draft = nonsense.draft();
        assert_eq!((draft.reason, draft.guests[0].sex), (None, None));
        assert!(draft.parse(Moment(0)).is_err());
    }
}
