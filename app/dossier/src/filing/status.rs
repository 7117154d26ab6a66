//! Tình trạng of a residence dossier: a fold of the office's ordered acts, the same on the device and at the office. An
//! act that does not apply changes nothing. The workflow is that of domain §1.14.

mod turn;

use serde::{Deserialize, Serialize};

use super::step::{Items, Outcome, Outside, Payment, Reason, ReturnWay};
use crate::act::{Act, Heads, Recorded};
use crate::id::CommuneCode;
use crate::moment::{Day, Moment};
use crate::procedure::{Agency, Exemption};

/// Where a residence dossier stands, and what of its way still matters.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FilingStatus {
    /// Where it stands.
    pub stage: Stage,
    /// The newest content submitted.
    pub heads: Heads,
    /// When it was first submitted.
    pub submitted: Option<Moment>,
    /// How it was accepted (CT04).
    pub accepted: Option<Accepted>,
    /// What became of the fee.
    pub fee: FeeState,
    /// The last answer of another commune.
    pub verified: Option<Verified>,
    /// The result, while it stands.
    pub decision: Option<Decision>,
    /// The commune it was handed on to, if it was.
    pub moved: Option<Moved>,
    /// How the declarant last asked for the result, where they said it again after handing in.
    pub chosen: Option<ReturnWay>,
    /// What was paid too much and is to be given back, in đồng.
    pub surplus: u32,
}

/// Where it stands.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Stage {
    /// Bản nháp.
    #[default]
    Draft,
    /// Chờ tiếp nhận.
    Waiting {
        /// Whether it answers a supplement request.
        supplemented: bool,
    },
    /// Yêu cầu bổ sung.
    Supplement {
        /// When it was asked.
        at: Moment,
        /// The officer's name.
        by: String,
        /// What is missing.
        items: Items,
        /// Until when.
        until: Option<Day>,
    },
    /// Đã tiếp nhận.
    Accepted,
    /// Chờ lệ phí.
    FeeDue,
    /// Đang xử lý.
    Processing,
    /// Chờ xác minh.
    Verifying {
        /// When it was asked.
        at: Moment,
        /// Which commune.
        to: CommuneCode,
        /// Which agency there.
        agency: Agency,
        /// What.
        question: Reason,
        /// Until when an answer is wanted, where a day was named.
        until: Option<Day>,
    },
    /// Chờ Ủy ban nhân dân cấp xã, or another authority whose time does not count.
    Outside {
        /// Since when.
        at: Moment,
        /// Where it lies.
        whom: Outside,
    },
    /// Đã giải quyết.
    Decided,
    /// Đã trả kết quả.
    HandedOver {
        /// When.
        at: Moment,
        /// How.
        way: ReturnWay,
    },
    /// Từ chối.
    Refused {
        /// When.
        at: Moment,
        /// The officer's name.
        by: String,
        /// Why.
        reason: Reason,
        /// The article it rests on.
        ground: Reason,
    },
    /// Công dân rút hồ sơ.
    Withdrawn {
        /// When.
        at: Moment,
    },
    /// Hủy bỏ kết quả: what was before holds again.
    Annulled {
        /// When.
        at: Moment,
        /// Who.
        by: String,
        /// Why.
        reason: Reason,
        /// The article it rests on.
        ground: Reason,
        /// The result that no longer stands.
        decision: Decision,
    },
}

/// How it was accepted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Accepted {
    /// When.
    pub at: Moment,
    /// The officer's name.
    pub by: String,
    /// The content that was accepted.
    pub heads: Heads,
    /// The day promised; the newest, after an apology.
    pub appointed: Day,
    /// How often a new day was promised.
    pub apologies: u16,
    /// How the result comes.
    pub way: ReturnWay,
}

/// What became of the fee.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum FeeState {
    /// Nobody has asked for one.
    #[default]
    NotAsked,
    /// It is to be paid.
    Due {
        /// Đồng.
        dong: u32,
    },
    /// It was paid.
    Paid {
        /// Đồng.
        dong: u32,
        /// How.
        how: Payment,
        /// When it was recorded.
        at: Moment,
    },
    /// Nothing is to be paid.
    Exempt {
        /// Why.
        reason: Exemption,
    },
}

/// The answer of another commune.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Verified {
    /// When.
    pub at: Moment,
    /// Which commune was asked.
    pub from: CommuneCode,
    /// What came of it.
    pub outcome: Outcome,
    /// In its words.
    pub words: String,
    /// Who wrote it down.
    pub by: String,
    /// The commune that was asked said so here itself; else an officer of the asking one recorded what came another way.
    pub first_hand: bool,
}

/// The result.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decision {
    /// When.
    pub at: Moment,
    /// Who.
    pub by: String,
    /// The content decided on.
    pub heads: Heads,
    /// What was decided.
    pub words: Reason,
    /// Thời hạn tạm trú.
    pub until: Option<Day>,
}

/// Handed on to another commune.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Moved {
    /// Which.
    pub to: CommuneCode,
    /// When.
    pub at: Moment,
    /// Nothing has been done there yet.
    pub fresh: bool,
}

impl FilingStatus {
    /// Where a dossier stands after these acts, in the office's order.
    pub fn fold<'a>(acts: impl IntoIterator<Item = &'a Recorded>) -> FilingStatus {
        acts.into_iter().fold(FilingStatus::default(), FilingStatus::after)
    }

    /// Where it stands after one more act.
    #[must_use]
    pub fn after(self, recorded: &Recorded) -> FilingStatus {
        let changed = match &recorded.act {
            Act::Submit { heads, .. } => self.submit(heads, recorded.at),
            Act::Withdraw { .. } if self.is_with_office() => {
                Some(FilingStatus { stage: Stage::Withdrawn { at: recorded.at }, ..self.clone() })
            }
            Act::Step(step) => self.step(step, recorded),
            _ => None,
        };
        changed.unwrap_or(self)
    }

    /// Whether this act would change anything: the precondition of an officer's command.
    pub fn admits(&self, recorded: &Recorded) -> bool {
        self.clone().after(recorded) != *self
    }

    /// Whether the office has it and there is no result yet.
    pub fn is_with_office(&self) -> bool {
        !matches!(
            self.stage,
            Stage::Draft
                | Stage::Decided
                | Stage::HandedOver { .. }
                | Stage::Refused { .. }
                | Stage::Withdrawn { .. }
                | Stage::Annulled { .. }
        )
    }

    /// Whether the content changed after it was accepted: a decision needs a fresh look.
    pub fn changed_since_accepted(&self) -> bool {
        self.accepted.as_ref().is_some_and(|accepted| accepted.heads != self.heads)
    }

    /// Hồ sơ's word on a card (ui.md §5).
    pub fn word(&self) -> &'static str {
        if self.moved.is_some_and(|moved| moved.fresh) && self.is_with_office() {
            return "Chuyển cơ quan";
        }
        match &self.stage {
            Stage::Draft => "Bản nháp",
            Stage::Waiting { .. } => "Chờ tiếp nhận",
            Stage::Supplement { .. } => "Yêu cầu bổ sung",
            Stage::Accepted => "Đã tiếp nhận",
            Stage::FeeDue => "Chờ lệ phí",
            Stage::Processing => "Đang xử lý",
            Stage::Verifying { .. } => "Chờ xác minh",
            Stage::Outside { whom: Outside::Committee, .. } => "Chờ UBND cấp xã",
            Stage::Outside { whom: Outside::Immigration, .. } => "Chờ cơ quan quản lý xuất nhập cảnh",
            Stage::Decided => "Đã giải quyết",
            Stage::HandedOver { .. } => "Đã trả kết quả",
            Stage::Refused { .. } => "Từ chối",
            Stage::Withdrawn { .. } => "Công dân rút hồ sơ",
            Stage::Annulled { .. } => "Hủy bỏ kết quả",
        }
    }
}
