//! Words about papers and their numbers. No check digit exists: nothing here says that a number is wrong.

use dossier::draft::GuestDraft;
use dossier::paper::{PaperError, PaperKind};
use dossier::personal_number::{Observation, PersonalNumberError};

/// What to type, above the box.
pub fn hint(kind: PaperKind) -> &'static str {
    match kind {
        PaperKind::CitizenCard | PaperKind::IdentityCard => "12 số, in trên thẻ",
        PaperKind::BirthCertificate => "12 số định danh, in trên giấy khai sinh",
        PaperKind::PersonalNumberNotice => "12 số, in trên thông báo",
        PaperKind::OldIdCard => "9 hoặc 12 số. Thẻ này đã hết hạn dùng, vẫn khai được.",
        PaperKind::Passport => "chữ và số, như C1234567",
        PaperKind::DrivingLicence | PaperKind::HealthInsuranceCard | PaperKind::Other => "như in trên giấy",
        PaperKind::GiayThongHanh => "như in trên giấy, giữ cả dấu",
    }
}

/// The label of the number.
pub fn number_label(kind: PaperKind) -> &'static str {
    if kind.carries_personal_number() { "Số định danh cá nhân" } else { "Số giấy tờ" }
}

/// Why a number cannot be one, and what to do.
pub fn error(error: PaperError) -> String {
    match error {
        PaperError::Empty => "Chưa có số giấy tờ. Ghi số in trên giấy.".to_owned(),
        PaperError::PersonalNumber(PersonalNumberError::NotDigits) => {
            "Ô này chỉ gồm chữ số. Bỏ chữ và dấu ra.".to_owned()
        }
        PaperError::PersonalNumber(PersonalNumberError::Length(typed)) => {
            format!("Thẻ có 12 số, ở đây là {typed} số. Xem lại trên thẻ.")
        }
        PaperError::PersonalNumber(PersonalNumberError::LeadingZeroLost(meant)) => {
            format!("Mới có 11 số. Có phải là {}? Nếu đúng, thêm số 0 ở đầu.", meant.grouped())
        }
        PaperError::OldIdCardLength(typed) => {
            format!("Thẻ CMND có 9 hoặc 12 số, ở đây là {typed} số. Xem lại trên thẻ.")
        }
        PaperError::TooLong { longest } => format!("Số này dài quá {longest} ký tự. Xem lại trên giấy."),
        PaperError::Character(odd) => format!("Số giấy tờ không có ký tự “{odd}”. Bỏ ra giúp nhé."),
    }
}

/// The number that is meant, grouped, when its first zero was lost.
pub fn meant(error: &PaperError) -> Option<String> {
    match error {
        PaperError::PersonalNumber(PersonalNumberError::LeadingZeroLost(meant)) => Some(meant.grouped()),
        _ => None,
    }
}

/// What was seen in a number: a bold sentence, and what to do. A warning, never a refusal.
pub fn observation(seen: &Observation) -> (String, String) {
    match seen {
        Observation::UnknownPrefix => (
            "Ba số đầu không phải mã tỉnh nào.".to_owned(),
            "Có thể khách đăng ký khai sinh ở nước ngoài. Nhìn lại thẻ giúp nhé.".to_owned(),
        ),
        Observation::YearDiffers { number_says, typed } => (
            format!("Số này thường của người sinh năm {number_says}."),
            format!("Bạn ghi {typed}. Nhìn lại thẻ giúp nhé."),
        ),
        Observation::SexDiffers { number_says } => (
            format!("Số này thường của người giới tính {}.", number_says.label().to_lowercase()),
            "Nhìn lại thẻ giúp nhé.".to_owned(),
        ),
    }
}

/// The field an observation is repaired in, and the name of that answer.
pub fn repair(seen: &[Observation]) -> (&'static str, &'static str) {
    match seen.first() {
        Some(Observation::YearDiffers { .. }) => ("Sửa năm", "nam-sinh"),
        Some(Observation::SexDiffers { .. }) => ("Sửa giới tính", "gioi-tinh"),
        Some(Observation::UnknownPrefix) | None => ("Sửa số", "so-giay-to"),
    }
}

/// A number grouped for reading while it is typed at the end; untouched elsewhere, so that the caret stays.
pub fn grouped_while_typing(kind: PaperKind, before: &str, typed: &str) -> String {
    let at_end = typed.len() > before.len() && typed.starts_with(before);
    if at_end { grouped(kind, typed) } else { typed.to_owned() }
}

/// A personal number grouped 3-3-3-3; anything else as typed.
pub fn grouped(kind: PaperKind, typed: &str) -> String {
    let digits: Vec<char> = typed.chars().filter(|c| !c.is_whitespace()).collect();
    if !kind.carries_personal_number() || digits.len() > 12 || digits.iter().any(|c| !c.is_ascii_digit()) {
        return typed.to_owned();
    }
    digits.chunks(3).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join(" ")
}

/// Whether a number has all its digits, so that it may be looked at before the field is left.
pub fn is_whole(guest: &GuestDraft) -> bool {
    guest.paper.carries_personal_number() && guest.number.chars().filter(char::is_ascii_digit).count() == 12
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_group_while_typed_at_the_end_and_never_under_the_caret() {
        let kind = PaperKind::IdentityCard;
        assert_eq!(grouped_while_typing(kind, "012", "0123"), "012 3");
        assert_eq!(grouped_while_typing(kind, "", "012304000217"), "012 304 000 217", "pasted whole");
        assert_eq!(grouped_while_typing(kind, "012 304", "01 304"), "01 304", "one erased in the middle");
        assert_eq!(grouped_while_typing(PaperKind::Passport, "C123", "C1234"), "C1234");
    }

    #[test]
    fn a_lost_zero_is_offered_and_no_number_is_called_wrong() {
        let found = dossier::paper::IdentityPaper::parse(PaperKind::IdentityCard, "12304000217");
        let words = error(found.expect_err("eleven digits"));
        assert!(words.contains("012 304 000 217") && !words.contains("sai"), "{words}");
    }
}
