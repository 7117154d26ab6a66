//! What is done to a residence dossier after it was submitted. A step that the law binds to words cannot be built
//! without them: no refusal without reason and ground (Law on Residence art. 28.2), no supplement request without
//! items.

use serde::{Deserialize, Serialize};

use crate::act::Heads;
use crate::id::CommuneCode;
use crate::moment::{Day, Moment};
use crate::procedure::{Agency, Exemption, PaperKey};
use crate::worded::worded;

mod reason;

pub use reason::{Anchor, Item, Items, Reason, StepError};

/// One step. Those that name heads are refused when the dossier has other content by then.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Step {
    /// Tiếp nhận hồ sơ và hẹn trả kết quả (CT04).
    Accept {
        /// The content the officer had on screen.
        heads: Heads,
        /// The day the result is promised for.
        appointed: Day,
        /// How the result comes.
        way: ReturnWay,
        /// The papers received with it, by the procedure's keys.
        papers: Vec<PaperKey>,
    },
    /// Hướng dẫn bổ sung, hoàn thiện hồ sơ (CT05): all items at once.
    Supplement {
        /// The content the officer had on screen.
        heads: Heads,
        /// What is to be added or put right.
        items: Items,
        /// Until when, if a day is set.
        until: Option<Day>,
    },
    /// Từ chối tiếp nhận, giải quyết hồ sơ (CT06).
    Refuse {
        /// The content the officer had on screen.
        heads: Heads,
        /// Why.
        reason: Reason,
        /// The article it rests on.
        ground: Reason,
    },
    /// Phiếu xác minh to another commune.
    AskVerification {
        /// Which one.
        to: CommuneCode,
        /// What is asked.
        question: Reason,
    },
    /// Kết quả xác minh that came another way than through this office, as an officer of the asking commune records it.
    Verified {
        /// What came of it.
        outcome: Outcome,
        /// In the words of who answered; may be empty.
        words: String,
    },
    /// Handed to an authority whose time does not count.
    Pause {
        /// Which one.
        whom: Outside,
    },
    /// Back from there.
    Resume,
    /// Yêu cầu nộp lệ phí.
    FeeDue {
        /// How much.
        dong: u32,
    },
    /// Đã nộp lệ phí.
    FeePaid {
        /// How much.
        dong: u32,
        /// How.
        how: Payment,
    },
    /// Miễn lệ phí.
    Exempt {
        /// Why.
        reason: Exemption,
    },
    /// Giải quyết (CT08, CT07).
    Decide {
        /// The content that is decided on, and no other.
        heads: Heads,
        /// What was decided.
        words: Reason,
        /// Thời hạn tạm trú, where the decision has one.
        until: Option<Day>,
    },
    /// Trả kết quả.
    HandOver {
        /// How.
        way: ReturnWay,
    },
    /// Hủy bỏ kết quả: what was before holds again (Circular 116/2026/TT-BCA art. 13).
    Annul {
        /// Why.
        reason: Reason,
        /// The article it rests on.
        ground: Reason,
    },
    /// Chuyển cơ quan: code and clock stay.
    Transfer {
        /// The commune that is competent from now on.
        to: CommuneCode,
    },
    /// Thư xin lỗi with a new day.
    Apologise {
        /// The new day.
        appointed: Day,
        /// Why it is late.
        words: Reason,
    },
    /// Trả lời xác minh, by the commune that was asked itself.
    Reply {
        /// The commune the question names.
        from: CommuneCode,
        /// When that was asked: no other question is answered by it.
        asked: Moment,
        /// What came of it there.
        finding: Finding,
        /// More about it.
        words: Option<Reason>,
    },
    /// Đề nghị phối hợp: the police ask a People's Committee, or that asks the police or another one, of the same commune or
    /// of another, with a day to answer by.
    Consult {
        /// Which commune.
        to: CommuneCode,
        /// Which agency there.
        agency: Agency,
        /// What is asked.
        question: Reason,
        /// Until when an answer is wanted.
        until: Day,
    },
    /// Chọn cách nhận kết quả: the declarant says it again, after the form was handed in.
    ReturnBy {
        /// How.
        way: ReturnWay,
        /// Where the post brings it: there for [`ReturnWay::Post`] and for nothing else.
        address: Option<Reason>,
    },
    /// Nộp thừa: money came through the payment gateway for which nothing was to be paid any more. Only the office itself
    /// records it, from what the gateway confirms.
    PaidOver {
        /// How much.
        dong: u32,
    },
    /// Đã hoàn: what was paid too much was given back, all of it.
    Refunded {
        /// How much.
        dong: u32,
    },
    /// Đã bổ sung tại trụ sở: who was asked for a supplement came to the office, and what was missing was seen there.
    Supplemented {
        /// When that was asked for: one request, and none that was made since.
        asked: Moment,
        /// What was brought, or said.
        words: Reason,
    },
}

/// What an agency of a commune was asked, by whichever step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Question<'a> {
    /// Which commune.
    pub to: CommuneCode,
    /// Which agency there.
    pub agency: Agency,
    /// What.
    pub words: &'a Reason,
    /// Until when an answer is wanted; `None` where only the asking agency's own term counts.
    pub until: Option<Day>,
}

impl Step {
    /// Whether it is a one-stop desk's, too: what is taken in and handed out over its counter.
    pub const fn is_of_reception(&self) -> bool {
        matches!(self, Step::Accept { .. } | Step::Supplemented { .. } | Step::HandOver { .. })
    }

    /// Whether it is the head's alone where the agency has one: a result is annulled by a decision (Circular
    /// 116/2026/TT-BCA art. 13).
    pub const fn is_of_the_head(&self) -> bool {
        matches!(self, Step::Annul { .. })
    }

    /// What it asks of another agency or commune, if it asks.
    pub fn question(&self) -> Option<Question<'_>> {
        match self {
            Step::AskVerification { to, question } => {
                Some(Question { to: *to, agency: Agency::Police, words: question, until: None })
            }
            Step::Consult { to, agency, question, until } => {
                Some(Question { to: *to, agency: *agency, words: question, until: Some(*until) })
            }
            _ => None,
        }
    }

    /// The content it was taken on, where it rests on one.
    pub fn heads(&self) -> Option<&Heads> {
        match self {
            Step::Accept { heads, .. }
            | Step::Supplement { heads, .. }
            | Step::Refuse { heads, .. }
            | Step::Decide { heads, .. } => Some(heads),
            Step::AskVerification { .. }
            | Step::Verified { .. }
            | Step::Pause { .. }
            | Step::Resume
            | Step::FeeDue { .. }
            | Step::FeePaid { .. }
            | Step::Exempt { .. }
            | Step::HandOver { .. }
            | Step::Annul { .. }
            | Step::Transfer { .. }
            | Step::Apologise { .. }
            | Step::Reply { .. }
            | Step::Consult { .. }
            | Step::ReturnBy { .. }
            | Step::PaidOver { .. }
            | Step::Refunded { .. }
            | Step::Supplemented { .. } => None,
        }
    }

    /// Whether the payment gateway's word alone is behind it: no officer has looked at the dossier.
    pub const fn is_of_the_gateway(&self) -> bool {
        matches!(self, Step::FeePaid { how: Payment::Online, .. } | Step::PaidOver { .. })
    }
}

worded! {
    /// What came of asking another commune.
    Outcome {
        /// Khớp.
        Match = "match" "Khớp",
        /// Không khớp.
        NoMatch = "no-match" "Không khớp",
        /// Không tìm thấy.
        NotFound = "not-found" "Không tìm thấy",
        /// Quá hạn: no answer came, and the dossier goes on without it.
        NoAnswer = "no-answer" "Quá hạn, chưa có trả lời",
    }
}

worded! {
    /// What a commune that was asked has found. Not answering is nothing it could say.
    Finding {
        /// Khớp.
        Match = "match" "Khớp",
        /// Không khớp.
        NoMatch = "no-match" "Không khớp",
        /// Không tìm thấy.
        NotFound = "not-found" "Không tìm thấy",
    }
}

impl From<Finding> for Outcome {
    fn from(finding: Finding) -> Outcome {
        match finding {
            Finding::Match => Outcome::Match,
            Finding::NoMatch => Outcome::NoMatch,
            Finding::NotFound => Outcome::NotFound,
        }
    }
}

worded! {
    /// An authority whose time does not count.
    Outside {
        /// Ủy ban nhân dân cấp xã.
        Committee = "committee" "Ủy ban nhân dân cấp xã",
        /// Cơ quan quản lý xuất nhập cảnh.
        Immigration = "immigration" "Cơ quan quản lý xuất nhập cảnh",
    }
}

worded! {
    /// How a fee was paid.
    Payment {
        /// Tiền mặt.
        Cash = "cash" "Tiền mặt",
        /// Trực tuyến.
        Online = "online" "Thanh toán trực tuyến",
    }
}

worded! {
    /// How a result comes: what the field `return` of a form offers.
    ReturnWay {
        /// Bản điện tử.
        Electronic = "dien-tu" "Bản điện tử",
        /// Nhận trực tiếp.
        InPerson = "truc-tiep" "Nhận trực tiếp tại nơi nộp",
        /// Dịch vụ bưu chính.
        Post = "buu-chinh" "Qua dịch vụ bưu chính",
    }
}
