//! The record of a ground as it is typed, and the one door through which it becomes a [`Basis`].

use serde::{Deserialize, Serialize};

use super::{Authorisation, Basis, BehalfError, Consent, LONGEST_TERM, Matter, Signature};
use crate::id::EstablishmentId;
use crate::moment::{Day, Moment};
use crate::name::{FullName, FullNameError};
use crate::personal_number::{PersonalNumber, PersonalNumberError};

/// Which ground was picked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Ground {
    /// Ủy quyền.
    #[default]
    Authorised,
    /// Cha, mẹ.
    Parent,
    /// Người giám hộ.
    Guardian,
}

/// How the person said yes, as picked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Way {
    /// Ký trên màn hình.
    #[default]
    Signature,
    /// Trước người làm chứng.
    Witness,
    /// Đọc mã đồng ý.
    Code,
}

/// What has been typed of it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct BehalfDraft {
    /// The house the notice is for.
    pub house: Option<EstablishmentId>,
    /// By what right.
    pub ground: Ground,
    /// The person it is filed for.
    pub giver: String,
    /// Their số định danh, if they showed it.
    pub giver_number: String,
    /// For how many days it holds, today included.
    pub days: u16,
    /// How it was said.
    pub way: Way,
    /// The witness.
    pub witness: String,
    /// The witness's số định danh, if they showed it.
    pub witness_number: String,
    /// The strokes of the signature.
    pub strokes: Vec<Vec<(u8, u8)>>,
    /// The code that was read out.
    pub code: String,
}

/// Where something is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum BehalfField {
    /// The house.
    House,
    /// The person.
    Giver,
    /// Their number.
    GiverNumber,
    /// The days.
    Days,
    /// The witness.
    Witness,
    /// The witness's number.
    WitnessNumber,
    /// The signature.
    Signature,
    /// The code.
    Code,
}

/// What is wrong there. `app/src/text/behalf.rs` words it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum BehalfFault {
    /// Nothing chosen, typed or drawn.
    Missing(BehalfField),
    /// The name.
    Name(BehalfField, FullNameError),
    /// The number.
    Number(BehalfField, PersonalNumberError),
    /// It does not stand as a record.
    Record(BehalfField, BehalfError),
}

impl BehalfFault {
    /// Where it sits.
    pub fn at(&self) -> BehalfField {
        match self {
            BehalfFault::Missing(at)
            | BehalfFault::Name(at, _)
            | BehalfFault::Number(at, _)
            | BehalfFault::Record(at, _) => *at,
        }
    }
}

impl BehalfDraft {
    /// Days a new record holds for unless somebody says otherwise: this visit and its changes.
    pub const USUAL_DAYS: u16 = 7;

    /// All faults at once, or the house and the ground for this matter. `helper` is who types it.
    pub fn parse(
        &self,
        now: Moment,
        helper: &str,
        matter: Matter,
    ) -> Result<(EstablishmentId, Basis), Vec<BehalfFault>> {
        let mut faults = Vec::new();
        if self.house.is_none() {
            faults.push(BehalfFault::Missing(BehalfField::House));
        }
        let giver = name(&self.giver, BehalfField::Giver, &mut faults);
        let basis = match self.ground {
            Ground::Parent => giver.map(|parent| Basis::Parent { parent }),
            Ground::Guardian => giver.map(|guardian| Basis::Guardian { guardian }),
            Ground::Authorised => {
                let giver_number = number(&self.giver_number, BehalfField::GiverNumber, &mut faults);
                let until = self.until(now.day(), &mut faults);
                let consent = self.consent(helper, &mut faults);
                let parts = (giver, giver_number, until, consent);
                let (Some(giver), Some(giver_number), Some(until), Some(consent)) = parts else {
                    return Err(faults);
                };
                Some(Basis::Authorised(Authorisation {
                    giver,
                    giver_number,
                    matter,
                    until,
                    given_at: now,
                    consent,
                }))
            }
        };
        match (self.house, basis) {
            (Some(house), Some(basis)) if faults.is_empty() => Ok((house, basis)),
            _ => Err(faults),
        }
    }

    fn until(&self, today: Day, faults: &mut Vec<BehalfFault>) -> Option<Day> {
        let days = i32::from(self.days);
        if (1..=LONGEST_TERM).contains(&days) {
            return Some(today.plus(days - 1));
        }
        faults.push(BehalfFault::Record(BehalfField::Days, BehalfError::Term));
        None
    }

    fn consent(&self, helper: &str, faults: &mut Vec<BehalfFault>) -> Option<Consent> {
        match self.way {
            Way::Signature => match Signature::new(self.strokes.clone()) {
                Ok(signature) => Some(Consent::Signature(signature)),
                Err(error) => {
                    faults.push(BehalfFault::Record(BehalfField::Signature, error));
                    None
                }
            },
            Way::Code => {
                let code = self.code.parse();
                let fault = |error| match self.code.trim().is_empty() {
                    true => BehalfFault::Missing(BehalfField::Code),
                    false => BehalfFault::Record(BehalfField::Code, error),
                };
                code.map_err(|error| faults.push(fault(error))).ok().map(Consent::Code)
            }
            Way::Witness => {
                let witness = name(&self.witness, BehalfField::Witness, faults);
                let number = number(&self.witness_number, BehalfField::WitnessNumber, faults);
                let witness = witness.filter(|witness| {
                    let own = super::same_person(witness, helper);
                    if own {
                        faults.push(BehalfFault::Record(BehalfField::Witness, BehalfError::OwnWitness));
                    }
                    !own
                });
                Some(Consent::Witness { name: witness?, number: number? })
            }
        }
    }
}

fn name(text: &str, at: BehalfField, faults: &mut Vec<BehalfFault>) -> Option<FullName> {
    if text.trim().is_empty() {
        faults.push(BehalfFault::Missing(at));
        return None;
    }
    text.parse().map_err(|error| faults.push(BehalfFault::Name(at, error))).ok()
}

/// A number that may be left out: `Some(None)`.
fn number(text: &str, at: BehalfField, faults: &mut Vec<BehalfFault>) -> Option<Option<PersonalNumber>> {
    if text.trim().is_empty() {
        return Some(None);
    }
    text.parse().map(Some).map_err(|error| faults.push(BehalfFault::Number(at, error))).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn now() -> Moment {
        Moment::at(Day::from_date(2026, 11, 25).expect("a real day"), crate::moment::MinuteOfDay(600))
    }

    fn witnessed() -> BehalfDraft {
        BehalfDraft {
            house: Some(EstablishmentId(3)),
            giver: "Giàng Thị Chẳn".into(),
            days: 7,
            way: Way::Witness,
            witness: "Hảng A Chư".into(),
            ..BehalfDraft::default()
        }
    }

    #[test]
    fn seven_days_count_today() {
        let (house, basis) = witnessed().parse(now(), "Vàng A Páo", Matter::Filing).expect("a sound record");
        let Basis::Authorised(given) = basis else { panic!("an authorisation") };
        assert_eq!((house, given.until), (EstablishmentId(3), now().day().plus(6)));
        assert_eq!(given.matter, Matter::Filing);
    }

    #[test]
    fn all_faults_are_told_at_once() {
        let draft = BehalfDraft { giver_number: "12".into(), ..BehalfDraft::default() };
        let at: Vec<BehalfField> = draft
            .parse(now(), "", Matter::StayNotice)
            .expect_err("faults")
            .iter()
            .map(BehalfFault::at)
            .collect();
        use BehalfField::{Days, Giver, GiverNumber, House, Signature};
        assert_eq!(at, [House, Giver, GiverNumber, Days, Signature]);
    }

    #[test]
    fn a_parent_needs_no_signature_and_a_helper_is_no_witness() {
        let parent = BehalfDraft {
            house: Some(EstablishmentId(3)),
            ground: Ground::Parent,
            giver: "Lý Văn Tả".into(),
            ..BehalfDraft::default()
        };
        assert!(parent.parse(now(), "Vàng A Páo", Matter::StayNotice).is_ok());
        let faults =
            witnessed().parse(now(), "hảng a chư", Matter::StayNotice).expect_err("the helper's own name");
        assert_eq!(faults, [BehalfFault::Record(BehalfField::Witness, BehalfError::OwnWitness)]);
    }
}
