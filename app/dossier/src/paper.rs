//! Giấy tờ tùy thân: what a guest shows, and the shape its number must have.

use serde::{Deserialize, Serialize};

use crate::moment::Day;
use crate::personal_number::{PersonalNumber, PersonalNumberError};
use crate::vietnamese::compose;

macro_rules! kinds {
    ($($name:ident = $code:literal $label:literal $note:literal),* $(,)?) => {
        /// Loại giấy tờ. Codes 1 to 9 are the Ministry's stay portal's; 10 is ours. Kept as its code.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(into = "u8", try_from = "u8")]
        pub enum PaperKind {
            $(#[doc = concat!($label, ". ", $note)] $name = $code,)*
        }

        impl PaperKind {
            /// All kinds in the order of their codes.
            pub const ALL: &'static [PaperKind] = &[$(PaperKind::$name),*];

            /// The Vietnamese words of the portal, without the code.
            pub const fn label(self) -> &'static str {
                match self { $(PaperKind::$name => $label),* }
            }
        }
    };
}

kinds! {
    CitizenCard = 1 "Thẻ CCCD" "Twelve digits; cards of 2016 to 06-2024.",
    OldIdCard = 2 "Thẻ CMND" "Nine or twelve digits; not valid since 01-01-2025, still taken by the portal.",
    DrivingLicence = 3 "Giấy phép lái xe" "At most 20 letters and digits.",
    Passport = 4 "Hộ chiếu" "At most 10 letters and digits.",
    BirthCertificate = 5 "Giấy khai sinh" "The child's personal number.",
    HealthInsuranceCard = 6 "Thẻ BHYT" "At most 20 letters and digits.",
    PersonalNumberNotice = 7 "Thông báo số định danh cá nhân" "Twelve digits.",
    IdentityCard = 8 "Thẻ Căn Cước" "Twelve digits; cards since 01-07-2024.",
    Other = 9 "Giấy Tờ Khác" "At most 20 letters and digits.",
    GiayThongHanh = 10 "Giấy thông hành"
        "Border pass. The portal's fields cannot hold its number: it is routed to the officer desk.",
}

/// Giấy tờ tùy thân: a kind and a number of the shape that kind has.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "(PaperKind, String)", try_from = "(PaperKind, String)")]
pub struct IdentityPaper {
    kind: PaperKind,
    number: String,
}

/// Why a text is not the number of a paper of this kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum PaperError {
    /// Nothing typed.
    #[error("the number is missing")]
    Empty,
    /// Not a personal number, which this paper carries.
    #[error("not a personal number: {0}")]
    PersonalNumber(PersonalNumberError),
    /// An old card with neither nine nor twelve digits; how many there are.
    #[error("{0} digits, neither nine nor twelve")]
    OldIdCardLength(usize),
    /// More characters than this paper's number has.
    #[error("longer than {longest} characters")]
    TooLong {
        /// The most it may have.
        longest: usize,
    },
    /// A character no number of this kind has.
    #[error("a character no such number has")]
    Character(char),
}

/// A number that is no paper's code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no kind of paper has this code")]
pub struct UnknownPaperKind;

impl PaperKind {
    /// The portal's code 1 to 9, or 10.
    pub const fn code(self) -> u8 {
        self as u8
    }

    /// The kind of a code.
    pub fn from_code(code: u8) -> Option<PaperKind> {
        PaperKind::ALL.iter().copied().find(|kind| kind.code() == code)
    }

    /// Whether the Ministry's portal can take it; if not, an officer enters it by hand.
    pub const fn fits_portal(self) -> bool {
        !matches!(self, PaperKind::GiayThongHanh)
    }

    /// Whether its number is the holder's số định danh cá nhân.
    pub const fn carries_personal_number(self) -> bool {
        use PaperKind::{BirthCertificate, CitizenCard, IdentityCard, PersonalNumberNotice};
        matches!(self, CitizenCard | BirthCertificate | PersonalNumberNotice | IdentityCard)
    }

    /// The first day the paper is no longer valid, for kinds the law has ended (CMND: Law on Identity
    /// 26/2023/QH15, article 46). A warning to show, not a reason to refuse.
    pub const fn ended(self) -> Option<Day> {
        if matches!(self, PaperKind::OldIdCard) { Some(Day(20_089)) } else { None }
    }
}

impl IdentityPaper {
    const LONGEST_PASSPORT: usize = 10;
    const LONGEST_OTHER: usize = 20;
    const LONGEST_BORDER_PASS: usize = 30;

    /// Reads a number as its kind writes it: spaces, dots and hyphens dropped, letters upper case. A
    /// border pass keeps its own signs.
    pub fn parse(kind: PaperKind, number: &str) -> Result<IdentityPaper, PaperError> {
        let typed = compose(number);
        if typed.is_empty() {
            return Err(PaperError::Empty);
        }
        let number = match kind {
            PaperKind::GiayThongHanh => border_pass(&typed)?,
            PaperKind::OldIdCard => old_id_card(&typed)?,
            PaperKind::Passport => letters_and_digits(&typed, IdentityPaper::LONGEST_PASSPORT)?,
            PaperKind::DrivingLicence | PaperKind::HealthInsuranceCard | PaperKind::Other => {
                letters_and_digits(&typed, IdentityPaper::LONGEST_OTHER)?
            }
            PaperKind::CitizenCard
            | PaperKind::BirthCertificate
            | PaperKind::PersonalNumberNotice
            | PaperKind::IdentityCard => {
                typed.parse::<PersonalNumber>().map_err(PaperError::PersonalNumber)?.to_string()
            }
        };
        Ok(IdentityPaper { kind, number })
    }

    /// The kind of paper.
    pub fn kind(&self) -> PaperKind {
        self.kind
    }

    /// The number as it is sent: no spaces, upper case.
    pub fn number(&self) -> String {
        self.number.clone()
    }

    /// The number as it is read aloud: digits in groups of three.
    pub fn grouped(&self) -> String {
        let groupable = matches!(self.number.len(), 9 | 12) && self.kind != PaperKind::GiayThongHanh;
        if !groupable || self.number.bytes().any(|byte| !byte.is_ascii_digit()) {
            return self.number();
        }
        let groups = self.number.as_bytes().chunks(3).map(String::from_utf8_lossy);
        groups.collect::<Vec<_>>().join(" ")
    }

    /// The personal number on the paper; also that of a twelve-digit CMND.
    pub fn personal_number(&self) -> Option<PersonalNumber> {
        let carries = self.kind.carries_personal_number() || self.kind == PaperKind::OldIdCard;
        self.number.parse().ok().filter(|_| carries)
    }

    /// Whether the law had ended this kind of paper by that day: taken, with a warning.
    pub fn is_ended(&self, on: Day) -> bool {
        self.kind.ended().is_some_and(|ended| ended <= on)
    }
}

fn old_id_card(typed: &str) -> Result<String, PaperError> {
    let number = bare(typed);
    match number.chars().find(|c| !c.is_ascii_digit()) {
        Some(odd) => Err(PaperError::Character(odd)),
        None if matches!(number.len(), 9 | 12) => Ok(number),
        None => Err(PaperError::OldIdCardLength(number.len())),
    }
}

fn letters_and_digits(typed: &str, longest: usize) -> Result<String, PaperError> {
    let number = bare(typed);
    match number.chars().find(|c| !c.is_ascii_alphanumeric()) {
        Some(odd) => Err(PaperError::Character(odd)),
        None if number.is_empty() => Err(PaperError::Empty),
        None if number.len() > longest => Err(PaperError::TooLong { longest }),
        None => Ok(number),
    }
}

/// Chinese border passes carry signs and characters of their own.
fn border_pass(typed: &str) -> Result<String, PaperError> {
    let longest = IdentityPaper::LONGEST_BORDER_PASS;
    let number = typed.to_uppercase();
    let fits = |c: char| c.is_alphanumeric() || matches!(c, ' ' | '-' | '/' | '.' | '(' | ')');
    match number.chars().find(|c| !fits(*c)) {
        Some(odd) => Err(PaperError::Character(odd)),
        None if !number.chars().any(char::is_alphanumeric) => Err(PaperError::Empty),
        None if number.chars().count() > longest => Err(PaperError::TooLong { longest }),
        None => Ok(number),
    }
}

fn bare(typed: &str) -> String {
    typed.chars().filter(|c| !matches!(c, ' ' | '.' | '-' | '–')).flat_map(char::to_uppercase).collect()
}

impl From<PaperKind> for u8 {
    fn from(kind: PaperKind) -> u8 {
        kind.code()
    }
}

impl TryFrom<u8> for PaperKind {
    type Error = UnknownPaperKind;

    fn try_from(code: u8) -> Result<PaperKind, UnknownPaperKind> {
        PaperKind::from_code(code).ok_or(UnknownPaperKind)
    }
}

impl From<IdentityPaper> for (PaperKind, String) {
    fn from(paper: IdentityPaper) -> (PaperKind, String) {
        (paper.kind, paper.number)
    }
}

impl TryFrom<(PaperKind, String)> for IdentityPaper {
    type Error = PaperError;

    fn try_from((kind, number): (PaperKind, String)) -> Result<IdentityPaper, PaperError> {
        IdentityPaper::parse(kind, &number)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(kind: PaperKind, typed: &str, shown: Result<&str, PaperError>) {
        assert_eq!(
            IdentityPaper::parse(kind, typed).map(|paper| paper.grouped()),
            shown.map(str::to_owned),
            "{typed}"
        );
    }

    #[test]
    fn the_ten_codes_read_back() {
        let found: Vec<_> = (0..=255).filter_map(PaperKind::from_code).collect();
        assert_eq!(found, PaperKind::ALL);
        assert_eq!((PaperKind::IdentityCard.code(), PaperKind::IdentityCard.label()), (8, "Thẻ Căn Cước"));
    }

    #[test]
    fn papers_with_a_personal_number_take_nothing_else() {
        for kind in PaperKind::ALL.iter().copied().filter(|kind| kind.carries_personal_number()) {
            check(kind, "012304000217", Ok("012 304 000 217"));
            check(kind, "C1234567", Err(PaperError::PersonalNumber(PersonalNumberError::NotDigits)));
            check(kind, "0123040002171", Err(PaperError::PersonalNumber(PersonalNumberError::Length(13))));
        }
    }

    #[test]
    fn a_child_without_a_card_is_known_by_the_number_on_the_birth_certificate() {
        let paper = IdentityPaper::parse(PaperKind::BirthCertificate, "012 323 000 217").unwrap();
        assert_eq!(paper.personal_number().map(|number| number.birth_year()), Some(2023));
    }

    #[test]
    fn an_old_card_has_nine_or_twelve_digits_and_is_ended_since_2025() {
        check(PaperKind::OldIdCard, "045 123 456", Ok("045 123 456"));
        check(PaperKind::OldIdCard, "012304000217", Ok("012 304 000 217"));
        check(PaperKind::OldIdCard, "0451234567", Err(PaperError::OldIdCardLength(10)));
        let paper = IdentityPaper::parse(PaperKind::OldIdCard, "045123456").unwrap();
        let ended = Day::from_date(2025, 1, 1).unwrap();
        assert!(paper.is_ended(ended) && !paper.is_ended(ended.plus(-1)));
        assert_eq!(paper.personal_number(), None);
    }

    #[test]
    fn a_passport_has_at_most_ten_letters_and_digits() {
        check(PaperKind::Passport, "c1234567", Ok("C1234567"));
        check(PaperKind::Passport, "E A 1234567", Ok("EA1234567"));
        check(PaperKind::Passport, "123456789", Ok("123 456 789"));
        check(PaperKind::Passport, "12345678901", Err(PaperError::TooLong { longest: 10 }));
        check(PaperKind::Passport, "C123456Đ", Err(PaperError::Character('Đ')));
        check(PaperKind::Passport, " ", Err(PaperError::Empty));
    }

    #[test]
    fn a_border_pass_of_twelve_characters_is_kept_and_not_forced_into_the_passport_field() {
        check(PaperKind::GiayThongHanh, "滇HK00123/26", Ok("滇HK00123/26"));
        check(PaperKind::GiayThongHanh, "123456789012", Ok("123456789012"));
        check(PaperKind::GiayThongHanh, &"1".repeat(31), Err(PaperError::TooLong { longest: 30 }));
        assert!(!PaperKind::GiayThongHanh.fits_portal() && PaperKind::Passport.fits_portal());
        let paper = IdentityPaper::parse(PaperKind::GiayThongHanh, "123456789012").unwrap();
        assert_eq!(paper.personal_number(), None, "twelve digits of a pass are no personal number");
    }

    #[test]
    fn a_paper_read_again_is_the_same_paper() {
        for (kind, number) in [
            (PaperKind::Other, "79-012.345"),
            (PaperKind::GiayThongHanh, "a-1/b"),
            (PaperKind::Passport, "123456789"),
        ] {
            let paper = IdentityPaper::parse(kind, number).unwrap();
            assert_eq!(IdentityPaper::parse(kind, &paper.number()), Ok(paper.clone()));
            assert_eq!(IdentityPaper::parse(kind, &paper.grouped()), Ok(paper));
        }
    }
}
