//! Tình trạng: where a dossier stands. A fold of the office's ordered acts; the same function on the device
//! and at the office. An act that does not apply changes nothing.

use serde::{Deserialize, Serialize};

use crate::act::{Act, Heads, PairVerdict, Recorded};
use crate::id::DossierId;
use crate::moment::Moment;

/// Where the dossier stands.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Status {
    /// Bản nháp: nothing submitted yet.
    #[default]
    Draft,
    /// Đã nộp: the office holds the content, nobody has looked yet.
    Submitted {
        /// When the office recorded it.
        at: Moment,
        /// What was submitted.
        heads: Heads,
        /// Whether an officer had already received an earlier content (a supplement).
        supplement: bool,
    },
    /// Công an đã tiếp nhận.
    Received {
        /// When.
        at: Moment,
        /// The officer's name, or the dated rule's.
        by: String,
        /// What was received.
        heads: Heads,
    },
    /// Trả lại, yêu cầu bổ sung.
    Returned {
        /// When.
        at: Moment,
        /// The officer's name.
        by: String,
        /// Why.
        reason: String,
    },
    /// Đã rút.
    Withdrawn {
        /// When.
        at: Moment,
    },
    /// Đã ghép: closed in favour of the other notice of the same stay.
    Merged {
        /// When.
        at: Moment,
        /// The notice that stands.
        into: DossierId,
    },
}

impl Status {
    /// Where a dossier stands after these acts, in the office's order.
    pub fn fold<'a>(acts: impl IntoIterator<Item = &'a Recorded>) -> Status {
        acts.into_iter().fold(Status::Draft, Status::after)
    }

    /// Where it stands after one more act.
    #[must_use]
    pub fn after(self, recorded: &Recorded) -> Status {
        let at = recorded.at;
        let by = || recorded.by.name.clone();
        match (self, &recorded.act) {
            // The same content handed in twice is one submission: a repeat says nothing new.
            (Status::Submitted { at, heads, supplement }, Act::Submit { heads: again, .. })
                if heads == *again =>
            {
                Status::Submitted { at, heads, supplement }
            }
            (Status::Received { at, by, heads }, Act::Submit { heads: again, .. }) if heads == *again => {
                Status::Received { at, by, heads }
            }
            (Status::Submitted { supplement, .. }, Act::Submit { heads, .. }) => {
                Status::Submitted { at, heads: heads.clone(), supplement }
            }
            (Status::Draft, Act::Submit { heads, .. }) => {
                Status::Submitted { at, heads: heads.clone(), supplement: false }
            }
            (Status::Received { .. } | Status::Returned { .. }, Act::Submit { heads, .. }) => {
                Status::Submitted { at, heads: heads.clone(), supplement: true }
            }
            (Status::Submitted { .. }, Act::Receive { heads }) => {
                Status::Received { at, by: by(), heads: heads.clone() }
            }
            (Status::Submitted { .. } | Status::Received { .. }, Act::Return { reason, .. }) => {
                Status::Returned { at, by: by(), reason: reason.clone() }
            }
            (Status::Submitted { .. } | Status::Returned { .. }, Act::Withdraw { .. }) => {
                Status::Withdrawn { at }
            }
            (
                Status::Submitted { .. } | Status::Received { .. } | Status::Returned { .. },
                Act::Settle { other, verdict: PairVerdict::SameStay },
            ) => Status::Merged { at, into: *other },
            (unchanged, _) => unchanged,
        }
    }

    /// Whether this act would change anything: the precondition of an officer's command.
    pub fn admits(&self, recorded: &Recorded) -> bool {
        self.clone().after(recorded) != *self
    }

    /// Whether the stay still counts in the book.
    pub fn is_open(&self) -> bool {
        !matches!(self, Status::Withdrawn { .. } | Status::Merged { .. })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::access::Role;
    use crate::act::{Actor, Channel};
    use crate::id::AccountId;

    fn recorded(order: u32, act: Act) -> Recorded {
        let by = Actor { account: AccountId(1), role: Role::Officer, name: "Lò Văn Chung".into() };
        Recorded { order, at: Moment(i64::from(order)), by, act }
    }

    fn submit(mark: u8) -> Act {
        let heads = Heads(vec![[mark; 32]]);
        Act::Submit { heads, channel: Channel::OwnPhone, claimed_at: Moment(0), last_contact: None }
    }

    #[test]
    fn a_notice_is_submitted_then_received_and_a_repeat_changes_nothing() {
        let acts = [
            recorded(1, submit(1)),
            recorded(2, submit(1)),
            recorded(3, Act::Receive { heads: Heads(vec![[1; 32]]) }),
            recorded(4, submit(1)),
        ];
        assert_eq!(
            Status::fold(&acts),
            Status::Received { at: Moment(3), by: "Lò Văn Chung".into(), heads: Heads(vec![[1; 32]]) }
        );
    }

    #[test]
    fn an_edit_after_reception_is_a_supplement_for_the_officer() {
        let acts = [
            recorded(1, submit(1)),
            recorded(2, Act::Receive { heads: Heads(vec![[1; 32]]) }),
            recorded(3, submit(2)),
        ];
        assert!(matches!(Status::fold(&acts), Status::Submitted { supplement: true, .. }));
    }

    #[test]
    fn nothing_is_received_before_it_is_submitted_or_after_it_is_withdrawn() {
        let receive = recorded(9, Act::Receive { heads: Heads(vec![[1; 32]]) });
        assert!(!Status::Draft.admits(&receive));
        let withdrawn =
            Status::fold(&[recorded(1, submit(1)), recorded(2, Act::Withdraw { claimed_at: Moment(0) })]);
        assert!(!withdrawn.admits(&receive) && !withdrawn.is_open());
    }
}
