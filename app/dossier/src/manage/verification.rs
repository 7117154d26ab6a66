//! Phiếu xác minh as the agency that is asked sees it: the question and whom it is about. The dossier itself stays with
//! the agency that decides.

use serde::{Deserialize, Serialize};

use crate::filing::step::{Finding, Reason};
use crate::id::{CommuneCode, DossierId};
use crate::moment::{Day, Moment};
use crate::procedure::Agency;

/// One slip.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Verification {
    /// The dossier it is about: what an answer names.
    pub dossier: DossierId,
    /// Its number, once it has one.
    pub number: String,
    /// What the procedure is called.
    pub title: String,
    /// When it was asked: what an answer names besides.
    pub asked: Moment,
    /// By whom: officer, agency and province.
    pub by: String,
    /// Where to call back.
    pub phone: String,
    /// The commune that is asked, as the question names it.
    pub to: CommuneCode,
    /// Which agency there.
    pub agency: Agency,
    /// The day an answer is wanted by, where the question names one.
    pub until: Option<Day>,
    /// What is asked.
    pub question: Reason,
    /// Whom it is about; those who move together.
    pub people: Vec<AskedPerson>,
    /// Where they say they lived before; empty when the form does not tell.
    pub old_address: String,
    /// The last day of the asking agency's own term; `None` while that stands still.
    pub due: Option<Day>,
    /// What was answered.
    pub reply: Option<(Moment, Finding)>,
}

/// Somebody a slip asks about: what a register is looked up by, and nothing more.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AskedPerson {
    /// Họ, chữ đệm và tên.
    pub name: String,
    /// Ngày sinh, as far as known, as a page writes it.
    pub birth: String,
    /// Số định danh cá nhân; empty when the form has none.
    pub number: String,
}

/// An answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct VerificationReply {
    /// The question it answers: [`Verification::asked`].
    pub asked: Moment,
    /// What was found.
    pub finding: Finding,
    /// More about it.
    pub words: Option<Reason>,
}

/// A commune somebody looks for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FoundCommune {
    /// Its code of today.
    pub code: CommuneCode,
    /// "Xã Mường Kim".
    pub name: String,
    /// "Tỉnh Lai Châu".
    pub province: String,
    /// It works with this office: a slip reaches it by itself. Else it must be sent as an official letter.
    pub here: bool,
}

impl Verification {
    /// The day that is waited for: the one named, else the last of the asking agency's own term.
    pub fn wanted_by(&self) -> Option<Day> {
        self.until.or(self.due)
    }

    /// Whether nobody has answered and that day is over.
    pub fn is_late(&self, today: Day) -> bool {
        self.reply.is_none() && self.wanted_by().is_some_and(|day| day < today)
    }
}
