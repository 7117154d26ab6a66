//! What is done to a residence dossier after it was submitted. A step that the law binds to words cannot be built
//! without them: no refusal without reason and ground (Law on Residence art. 28.2), no supplement request without
//! items.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::PersonId;
use crate::act::Heads;
use crate::id::CommuneCode;
use crate::moment::{Day, Moment};
use crate::procedure::{ConsentKind, Exemption, FieldKey, PaperKey};
use crate::vietnamese::compose_lines;
use crate::worded::worded;

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
    /// Chọn cách nhận kết quả: the declarant says it again, after the form was handed in.
    ReturnBy {
        /// How.
        way: ReturnWay,
        /// Where the post brings it: there for [`ReturnWay::Post`] and for nothing else.
        address: Option<Reason>,
    },
}

impl Step {
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
            | Step::ReturnBy { .. } => None,
        }
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

/// What an item of a supplement request points at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Anchor {
    /// A field of the form.
    Answer(FieldKey),
    /// A column of one person.
    Person(PersonId, FieldKey),
    /// The table of people.
    People,
    /// A consent.
    Consent(ConsentKind),
    /// A paper.
    Paper(PaperKey),
}

/// One thing to add or put right.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Item {
    /// Where, if it has a place.
    pub at: Option<Anchor>,
    /// What.
    pub what: Reason,
}

/// What is to be added, all at once: at least one thing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "Vec<Item>", try_from = "Vec<Item>")]
pub struct Items(Vec<Item>);

/// Words that must be there (a reason, a ground, a question, an item): composed letters, at most [`Reason::MOST`] characters, never empty.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Reason(String);

/// Why a step cannot be built.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum StepError {
    /// No words where the law asks for them.
    #[error("no words")]
    NoWords,
    /// More than [`Reason::MOST`] characters; how many there are.
    #[error("{0} characters")]
    TooLong(usize),
    /// A supplement request that asks for nothing.
    #[error("no items")]
    NoItems,
    /// More than [`Items::MOST`] items; how many there are.
    #[error("{0} items")]
    TooMany(usize),
}

impl Reason {
    /// Most characters.
    pub const MOST: usize = 1_000;

    /// The words.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Reason {
    type Err = StepError;

    fn from_str(text: &str) -> Result<Reason, StepError> {
        let words = compose_lines(text);
        match words.chars().count() {
            _ if !words.chars().any(char::is_alphanumeric) => Err(StepError::NoWords),
            length if length > Reason::MOST => Err(StepError::TooLong(length)),
            _ => Ok(Reason(words)),
        }
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for Reason {
    type Error = StepError;

    fn try_from(text: String) -> Result<Reason, StepError> {
        text.parse()
    }
}

impl From<Reason> for String {
    fn from(words: Reason) -> String {
        words.0
    }
}

impl Items {
    /// Most items of one request.
    pub const MOST: usize = 50;

    /// A request.
    pub fn new(items: Vec<Item>) -> Result<Items, StepError> {
        match items.len() {
            0 => Err(StepError::NoItems),
            many if many > Items::MOST => Err(StepError::TooMany(many)),
            _ => Ok(Items(items)),
        }
    }

    /// What is asked for.
    pub fn iter(&self) -> impl Iterator<Item = &Item> {
        self.0.iter()
    }
}

impl TryFrom<Vec<Item>> for Items {
    type Error = StepError;

    fn try_from(items: Vec<Item>) -> Result<Items, StepError> {
        Items::new(items)
    }
}

impl From<Items> for Vec<Item> {
    fn from(items: Items) -> Vec<Item> {
        items.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refusal_without_a_reason_cannot_be_built() {
        for nothing in ["", "  \n\u{200b} ", "...", "-"] {
            assert_eq!(nothing.parse::<Reason>(), Err(StepError::NoWords));
        }
        assert_eq!("ạ".repeat(1_001).parse::<Reason>(), Err(StepError::TooLong(1_001)));
        let words: Reason = " Chỗ ở thuộc quy hoa\u{323}ch.\n\n\n Điều 23 ".parse().expect("words");
        assert_eq!(words.as_str(), "Chỗ ở thuộc quy hoạch.\n\nĐiều 23");
    }

    #[test]
    fn a_forged_refusal_without_words_does_not_decode() {
        let reason: Reason = "Giấy tờ đã sửa".parse().expect("words");
        let sound = Step::Refuse { heads: Heads::default(), ground: reason.clone(), reason };
        let bytes = postcard::to_allocvec(&sound).expect("plain data");
        assert_eq!(postcard::from_bytes::<Step>(&bytes), Ok(sound));
        // The variant, no heads, two empty texts.
        assert!(postcard::from_bytes::<Step>(&[2, 0, 0, 0]).is_err());
        assert!(postcard::from_bytes::<Step>(&[1, 0, 0, 0]).is_err(), "a supplement without items");
    }

    #[test]
    fn a_supplement_request_asks_for_something() {
        assert_eq!(Items::new(Vec::new()), Err(StepError::NoItems));
        let item = Item { at: None, what: "Bổ sung hợp đồng thuê".parse().expect("words") };
        assert_eq!(Items::new(vec![item.clone(); 51]), Err(StepError::TooMany(51)));
        assert!(Items::new(vec![item]).is_ok());
    }
}
