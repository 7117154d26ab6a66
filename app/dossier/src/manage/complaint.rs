//! Phản ánh, kiến nghị: what a citizen writes to an agency, by when it is answered, and the answer.

use serde::{Deserialize, Serialize};

use crate::filing::step::Reason;
use crate::moment::{Day, Moment};
use crate::worded::worded;

worded! {
    /// What it is.
    ComplaintKind {
        /// Phản ánh: something went wrong.
        Complaint = "phan-anh" "Phản ánh",
        /// Kiến nghị: something should be otherwise.
        Recommendation = "kien-nghi" "Kiến nghị",
        /// Somebody wants to see what is held about them, once an officer has seen who they are.
        OwnData = "xem-du-lieu" "Đề nghị xem dữ liệu về mình",
        /// What is held about somebody is wrong, they say.
        Correction = "sua-du-lieu" "Đề nghị sửa dữ liệu về mình",
    }
}

impl ComplaintKind {
    /// What somebody chooses from who writes to an agency; the others come from pages of their own.
    pub const WRITTEN: [ComplaintKind; 2] = [ComplaintKind::Complaint, ComplaintKind::Recommendation];
}

/// What was written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ComplaintSaid {
    /// What it is.
    pub kind: ComplaintKind,
    /// The number of the dossier it is about; empty when it is about none.
    pub dossier: String,
    /// Who writes, in their own words; empty when they do not say.
    pub from: String,
    /// What they write.
    pub words: Reason,
}

/// One, as the agency sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Complaint {
    /// The office's number.
    pub number: u32,
    /// When it came.
    pub at: Moment,
    /// The last day for an answer.
    pub due: Day,
    /// What was written.
    pub said: ComplaintSaid,
    /// The answer, when it was given and by whom.
    pub answer: Option<(Moment, String, Reason)>,
}

impl Complaint {
    /// Whether nobody has answered in time.
    pub fn is_late(&self, today: Day) -> bool {
        self.answer.is_none() && self.due < today
    }
}
