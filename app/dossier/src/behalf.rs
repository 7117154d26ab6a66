//! Khai thay: on what ground somebody files for another person. A citizen who does not file himself may authorise
//! another (ủy quyền); parents, guardians and lawful representatives need no authorisation (Circular 116/2026/TT-BCA
//! art. 3.4). The record is an act of the dossier: kept with it, ordered by the office, printed on it.

use serde::{Deserialize, Serialize};

use crate::act::{Act, Recorded};
use crate::id::AccountId;
use crate::moment::{Day, Moment};
use crate::name::FullName;
use crate::personal_number::PersonalNumber;
use crate::vietnamese;

mod child;
mod consent_code;
mod draft;
mod tracking;

pub use consent_code::ConsentCode;
pub use draft::{BehalfDraft, BehalfFault, BehalfField, Ground, Way};
pub use tracking::TrackingCode;

/// What is filed under it. Further procedures come at the end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Matter {
    /// Thông báo lưu trú.
    StayNotice,
    /// Hồ sơ: the residence dossier the record lies in, whatever its procedure.
    Filing,
}

/// By what right one person files for another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Basis {
    /// Cha, mẹ khai cho con chưa thành niên: no authorisation is needed.
    Parent {
        /// The parent, as they say their name.
        parent: FullName,
    },
    /// Người giám hộ, người đại diện theo pháp luật: none is needed either.
    Guardian {
        /// The guardian.
        guardian: FullName,
    },
    /// Ủy quyền.
    Authorised(Authorisation),
}

/// Bản ghi ủy quyền: who lets somebody file for them, for what, until when, and how that was said.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Authorisation {
    /// Người ủy quyền.
    pub giver: FullName,
    /// Their số định danh, if they showed it.
    pub giver_number: Option<PersonalNumber>,
    /// Việc được ủy quyền.
    pub matter: Matter,
    /// The last day it holds.
    pub until: Day,
    /// When it was given, by the tablet's own clock: a claim.
    pub given_at: Moment,
    /// How it was said.
    pub consent: Consent,
}

/// How a person said yes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Consent {
    /// Ký trên màn hình.
    Signature(Signature),
    /// Trước người làm chứng.
    Witness {
        /// Who saw it.
        name: FullName,
        /// Their số định danh, if they showed it.
        number: Option<PersonalNumber>,
    },
    /// Đọc mã đồng ý: typed here as it was said, and looked at by the office when it arrives.
    Code(ConsentCode),
}

/// A signature drawn on the screen: points on a field of 256 × 96, a stroke a list. A picture, not a digital signature
/// (Law on e-Transactions 20/2023): it says that a person was there and drew it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "Vec<Vec<(u8, u8)>>", try_from = "Vec<Vec<(u8, u8)>>")]
pub struct Signature(Vec<Vec<(u8, u8)>>);

/// Why a record of authorisation cannot stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum BehalfError {
    /// Nothing, or a mere dot, was drawn.
    #[error("no signature")]
    NoSignature,
    /// More points than a signature has.
    #[error("too much drawn")]
    TooMuch,
    /// It has ended, or it was written to hold for longer than a year.
    #[error("does not hold")]
    Term,
    /// It is for something else.
    #[error("for another matter")]
    Matter,
    /// The helper witnessed, or authorised, themselves.
    #[error("a helper cannot stand for the other side")]
    OwnWitness,
    /// A code has eight digits.
    #[error("not a code")]
    Code,
    /// Who is of age files themselves or authorises somebody, though it is their parent's child.
    #[error("of age")]
    OfAge,
    /// This procedure is not filed by a parent or a guardian.
    #[error("not theirs to file")]
    NotTheirs,
}

impl Signature {
    /// The field it is drawn on, in points.
    pub const WIDTH: u8 = 255;
    /// Its height.
    pub const HEIGHT: u8 = 95;
    /// Most points; a long name drawn slowly has 200 after thinning.
    pub const MOST_POINTS: usize = 512;

    /// A drawing; one with fewer than eight points is a slip of the finger.
    pub fn new(strokes: Vec<Vec<(u8, u8)>>) -> Result<Signature, BehalfError> {
        let points: usize = strokes.iter().map(Vec::len).sum();
        if points > Signature::MOST_POINTS {
            return Err(BehalfError::TooMuch);
        }
        let inside = strokes.iter().flatten().all(|(_, y)| *y <= Signature::HEIGHT);
        if points < 8 || !inside { Err(BehalfError::NoSignature) } else { Ok(Signature(strokes)) }
    }

    /// Its strokes.
    pub fn strokes(&self) -> &[Vec<(u8, u8)>] {
        &self.0
    }
}

impl TryFrom<Vec<Vec<(u8, u8)>>> for Signature {
    type Error = BehalfError;

    fn try_from(strokes: Vec<Vec<(u8, u8)>>) -> Result<Signature, BehalfError> {
        Signature::new(strokes)
    }
}

impl From<Signature> for Vec<Vec<(u8, u8)>> {
    fn from(signature: Signature) -> Vec<Vec<(u8, u8)>> {
        signature.0
    }
}

/// The longest an authorisation may be written for, in days. The circular sets no term; the Civil Code art. 563 gives
/// one year where the parties do not say.
pub const LONGEST_TERM: i32 = 365;

impl Basis {
    /// Whether something of this kind may be filed under it on a day.
    pub fn allows(&self, matter: Matter, today: Day) -> Result<(), BehalfError> {
        let Basis::Authorised(authorisation) = self else { return Ok(()) };
        if authorisation.matter != matter {
            return Err(BehalfError::Matter);
        }
        let given = authorisation.given_at.day();
        let sensible = given.plus(LONGEST_TERM) >= authorisation.until;
        if today <= authorisation.until && sensible { Ok(()) } else { Err(BehalfError::Term) }
    }

    /// When an authorisation was given, by the device's own clock; the other grounds are not given by anybody.
    pub fn given_at(&self) -> Option<Moment> {
        match self {
            Basis::Authorised(authorisation) => Some(authorisation.given_at),
            Basis::Parent { .. } | Basis::Guardian { .. } => None,
        }
    }

    /// Whether the helper stands on both sides of it.
    pub fn check(&self, helper: &str) -> Result<(), BehalfError> {
        match self {
            Basis::Authorised(Authorisation { consent: Consent::Witness { name, .. }, .. })
                if same_person(name, helper) =>
            {
                Err(BehalfError::OwnWitness)
            }
            _ => Ok(()),
        }
    }

    /// The code they said yes with, and when they said it.
    pub fn code(&self) -> Option<(ConsentCode, Moment)> {
        match self {
            Basis::Authorised(Authorisation { consent: Consent::Code(code), given_at, .. }) => {
                Some((*code, *given_at))
            }
            _ => None,
        }
    }

    /// The person it is filed for, as they are named in it.
    pub fn principal(&self) -> &FullName {
        match self {
            Basis::Parent { parent } => parent,
            Basis::Guardian { guardian } => guardian,
            Basis::Authorised(authorisation) => &authorisation.giver,
        }
    }
}

/// Whether a name is the helper's own, however it was typed. Two people of one village may share a name: then another
/// witness is found.
fn same_person(name: &FullName, helper: &str) -> bool {
    name.as_str().to_lowercase() == vietnamese::compose(helper).to_lowercase()
}

/// The newest basis somebody recorded in these acts.
pub fn recorded<'a>(acts: impl IntoIterator<Item = &'a Recorded>, by: AccountId) -> Option<&'a Basis> {
    let bases = acts.into_iter().filter(|recorded| recorded.by.account == by);
    let bases = bases.filter_map(|recorded| match &recorded.act {
        Act::OnBehalf { basis, .. } => Some(&**basis),
        _ => None,
    });
    bases.last()
}

#[cfg(test)]
mod tests {
    use super::*;

    const TODAY: Day = Day(20_783);

    fn name(text: &str) -> FullName {
        text.parse().unwrap()
    }

    fn given(until: Day, consent: Consent) -> Basis {
        let given_at = Moment(i64::from(TODAY.0) * 86_400_000);
        Basis::Authorised(Authorisation {
            giver: name("Giàng Thị Chẳn"),
            giver_number: None,
            matter: Matter::StayNotice,
            until,
            given_at,
            consent,
        })
    }

    fn witness() -> Consent {
        Consent::Witness { name: name("Vàng A Chỉnh"), number: None }
    }

    #[test]
    fn an_authorisation_holds_to_its_last_day_and_never_longer_than_a_year() {
        let basis = given(TODAY.plus(3), witness());
        assert_eq!(basis.allows(Matter::StayNotice, TODAY.plus(3)), Ok(()));
        assert_eq!(basis.allows(Matter::StayNotice, TODAY.plus(4)), Err(BehalfError::Term));
        assert_eq!(
            given(TODAY.plus(400), witness()).allows(Matter::StayNotice, TODAY),
            Err(BehalfError::Term)
        );
    }

    #[test]
    fn a_parent_needs_none() {
        let basis = Basis::Parent { parent: name("Lý Văn Tả") };
        assert_eq!(basis.allows(Matter::StayNotice, TODAY), Ok(()));
    }

    #[test]
    fn a_village_dossier_needs_a_record_of_its_own_and_a_parent_none() {
        let for_a_notice = given(TODAY, witness());
        assert_eq!(for_a_notice.allows(Matter::Filing, TODAY), Err(BehalfError::Matter));
        let Basis::Authorised(given) = for_a_notice else { panic!("an authorisation") };
        let for_a_dossier = Basis::Authorised(Authorisation { matter: Matter::Filing, ..given });
        assert_eq!(for_a_dossier.allows(Matter::Filing, TODAY), Ok(()));
        let parent = Basis::Parent { parent: name("Lý Văn Tả") };
        assert_eq!(parent.allows(Matter::Filing, TODAY), Ok(()));
    }

    #[test]
    fn a_helper_is_no_witness_of_what_they_wrote_themselves() {
        assert_eq!(given(TODAY, witness()).check("Vàng A Chỉnh"), Err(BehalfError::OwnWitness));
        assert_eq!(given(TODAY, witness()).check("Hảng Thị Sú"), Ok(()));
    }

    #[test]
    fn a_dot_is_no_signature_and_a_scribble_without_end_is_not_kept() {
        assert_eq!(Signature::new(vec![vec![(3, 4)]]), Err(BehalfError::NoSignature));
        assert_eq!(Signature::new(vec![vec![(3, 96); 20]]), Err(BehalfError::NoSignature));
        assert_eq!(Signature::new(vec![vec![(3, 4); 513]]), Err(BehalfError::TooMuch));
        assert!(Signature::new(vec![vec![(3, 4); 9]]).is_ok());
    }
}
