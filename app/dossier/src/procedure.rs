//! Thủ tục: procedures as data. A definition is a dated file of the folder `procedures`; it drives screens, checks on
//! both sides, printing and statistics. A filing is pinned to the version it was started under.

use serde::{Deserialize, Serialize};

use crate::filing::Filing;
use crate::moment::Day;

pub mod amend;
pub mod condition;
pub mod field;
pub mod following;
pub mod load;
mod need;
mod remark;
mod slug;

pub use condition::{Condition, Facts};
pub use field::{Choice, Field, FieldKind, Need};
pub use need::{
    Agency, Between, ConsentKind, ConsentNeeded, Counting, Duty, Exemption, Fee, Filer, FilingChannel,
    PaperNeeded, People, Per, Period, ResultForm, Span, Term, Terms, Verification,
};
pub use remark::Remark;
pub use slug::{FieldKey, PaperKey, ProcedureId, SlugError};

/// One version of a procedure.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Procedure {
    /// The same through all versions.
    pub id: ProcedureId,
    /// Tên thủ tục.
    pub title: String,
    /// Its code on the national portal, where one is known.
    pub code: Option<String>,
    /// The form it is filed on: CT01.
    pub form: String,
    /// First day of submission it governs.
    pub valid_from: Day,
    /// Last day, if it has ended.
    pub valid_to: Option<Day>,
    /// Căn cứ pháp lý.
    pub basis: String,
    /// How certain this definition is; it says so where the text of the law was not seen.
    pub source: String,
    /// The competent agency.
    pub agency: Agency,
    /// By which ways it may be filed.
    pub channels: Vec<FilingChannel>,
    /// Who may file.
    pub filers: Vec<Filer>,
    /// What it is, in a few plain lines.
    pub intro: Vec<String>,
    /// What to have at hand, in a few plain lines.
    pub needed: Vec<String>,
    /// The form's fields, in order.
    pub fields: Vec<Field>,
    /// The form's table of people.
    pub people: Option<People>,
    /// Whose consent.
    pub consents: Vec<ConsentNeeded>,
    /// Which papers.
    pub papers: Vec<PaperNeeded>,
    /// How long it takes.
    pub term: Terms,
    /// What it costs.
    pub fees: Vec<Fee>,
    /// What comes back.
    pub result: ResultForm,
    /// Whether another commune may be asked to verify.
    pub verification: Verification,
    /// Periods to keep; they mark and never stop.
    pub duties: Vec<Duty>,
    /// Days that follow each other.
    pub between: Vec<Between>,
}

/// What a filing is pinned to: the version that begins on this day.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Version {
    /// Which procedure.
    pub procedure: ProcedureId,
    /// Its first day.
    pub from: Day,
}

/// What one filing costs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Charge {
    /// Đồng to pay.
    pub dong: u32,
    /// Why it is nothing, where a reason was given that the fee knows.
    pub exempt: Option<Exemption>,
}

impl Procedure {
    /// What a filing started now is pinned to.
    pub fn version(&self) -> Version {
        Version { procedure: self.id.clone(), from: self.valid_from }
    }

    /// Whether it governs what is submitted on a day.
    pub fn holds(&self, on: Day) -> bool {
        self.valid_from <= on && self.valid_to.is_none_or(|last| on <= last)
    }

    /// Whether its result is, or comes with, Xác nhận thông tin về cư trú (CT07).
    pub fn confirms(&self) -> bool {
        matches!(self.result, ResultForm::Ct07 | ResultForm::Ct08AndCt07)
    }

    /// Whether it is one of residence: its slips and its result are papers of the CT series, whatever form it is declared on.
    pub fn is_of_residence(&self) -> bool {
        self.result.codes().is_some()
    }

    /// Whether any commune of the province receives it for the competent one.
    pub fn is_received_anywhere(&self) -> bool {
        self.channels.contains(&FilingChannel::AnyCommune)
    }

    /// Whether it is handed in over a counter at all.
    pub fn is_received_by_hand(&self) -> bool {
        self.is_received_anywhere() || self.channels.contains(&FilingChannel::InPerson)
    }

    /// A field by its key.
    pub fn field(&self, key: &FieldKey) -> Option<&Field> {
        self.fields.iter().find(|field| field.key == *key)
    }

    /// A column of the table of people by its key.
    pub fn column(&self, key: &FieldKey) -> Option<&Field> {
        self.people.iter().flat_map(|people| &people.columns).find(|field| field.key == *key)
    }

    /// A paper by its key.
    pub fn paper(&self, key: &PaperKey) -> Option<&PaperNeeded> {
        self.papers.iter().find(|paper| paper.key == *key)
    }

    /// What it costs by this way for so many people. A reason the fee does not know exempts nobody.
    pub fn charge(&self, channel: FilingChannel, people: u32, reason: Option<Exemption>) -> Charge {
        let Some(fee) = self.fees.iter().find(|fee| fee.channel == channel) else {
            return Charge { dong: 0, exempt: None };
        };
        match reason.filter(|reason| fee.exempt.contains(reason)) {
            Some(reason) => Charge { dong: 0, exempt: Some(reason) },
            None => {
                let times = if fee.per == Per::Person { people } else { 1 };
                Charge { dong: fee.dong.saturating_mul(times), exempt: None }
            }
        }
    }

    /// The term of this filing.
    pub fn term_of(&self, filing: &Filing, on: Day) -> Term {
        filing.with_facts(None, |facts| self.term_under(facts, on))
    }

    /// The term where this is so.
    pub fn term_under(&self, facts: &Facts<'_>, on: Day) -> Term {
        let longer = self.term.longer.filter(|(condition, _)| condition.holds(facts, on));
        Term {
            ordinary: longer.map_or(self.term.ordinary, |(_, span)| span),
            verified: self.term.verified.filter(|_| self.term.longer.is_none() || longer.is_some()),
            counting: self.term.counting,
        }
    }

    /// Whether the agency may ask another commune, or another agency, about this filing: not for a child under six at a
    /// parent's place (Decree 154/2024/NĐ-CP as amended by 58/2026/NĐ-CP). Slips go between the agencies of communes; the
    /// police of a province ask by letter.
    pub fn may_verify(&self, filing: &Filing, today: Day) -> bool {
        match self.verification {
            _ if self.agency == Agency::ProvincePolice => false,
            Verification::Never => false,
            Verification::May => true,
            Verification::Unless(condition) => {
                !filing.with_facts(None, |facts| condition.holds(facts, today))
            }
        }
    }
}

/// The key of Văn bản đồng ý riêng: of a procedure that asks for a consent and for this paper, a consent that is said to be
/// written apart needs it.
pub const CONSENT_PAPER: &str = "consent";

/// The definition of a procedure that governs a submission of that day.
pub fn in_force<'a>(procedures: &'a [Procedure], id: &ProcedureId, on: Day) -> Option<&'a Procedure> {
    procedures.iter().find(|procedure| procedure.id == *id && procedure.holds(on))
}

/// The definition a filing is pinned to.
pub fn pinned<'a>(procedures: &'a [Procedure], version: &Version) -> Option<&'a Procedure> {
    procedures.iter().find(|procedure| procedure.version() == *version)
}
