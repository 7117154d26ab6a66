//! What the last column of a row says: the state with its time, in the officer's words.

use dossier::moment::Day;
use dossier::view::{BookRow, CardState, Link, Review};

use super::words;
use app::parts::icon::Icon;
use app::text;

/// Icon, colour and words of a row's state; never one of them alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// Its silhouette.
    pub icon: Icon,
    /// The class of its colour.
    pub tone: &'static str,
    /// Its words.
    pub words: String,
    /// A second fact behind the state: how late it came.
    pub late: Option<String>,
}

/// What is said of a row.
pub fn of_row(row: &BookRow, today: Day) -> Mark {
    if row.pending {
        return Mark { icon: Icon::Here, tone: "", words: "Chờ gửi".to_owned(), late: None };
    }
    of_state(&row.state, row.margin, today)
}

/// What is said of a state with its distance to the limit.
pub fn of_state(state: &CardState, margin: Option<i64>, today: Day) -> Mark {
    let late = margin.filter(|margin| *margin < 0).map(words::late);
    match (state, late) {
        (CardState::Receipted { .. }, Some(words)) => {
            Mark { icon: Icon::Overdue, tone: "qua", words, late: None }
        }
        (CardState::Receipted { at, .. }, None) => {
            let words = format!("Chờ tiếp nhận {}", words::clock(*at, today));
            Mark { icon: Icon::Receipt, tone: "gui", words, late: None }
        }
        (CardState::Received { at, .. }, late) => {
            let words = format!("Tiếp nhận {}", words::clock(*at, today));
            Mark { icon: Icon::Received, tone: "nhan", words, late }
        }
        (CardState::Review(review), late) => {
            Mark { icon: Icon::Review, tone: "xem", words: short(review).to_owned(), late }
        }
        (CardState::SavedHere | CardState::Sending, late) => {
            let said = text::state(state, &Link::default());
            Mark { icon: said.icon, tone: said.tone.class(), words: said.words, late }
        }
    }
}

fn short(review: &Review) -> &'static str {
    match review {
        Review::Returned { .. } => "Đã trả lại",
        Review::Rejected(_) => "Cần xem lại",
        Review::Conflict => "2 giá trị",
        Review::Twin => "Khai hai lần",
        Review::Unreadable => "Chưa đọc được",
        Review::NotApplied { .. } => "Chưa áp dụng",
    }
}

#[cfg(test)]
mod tests {
    use dossier::moment::{MinuteOfDay, Moment};

    use super::*;

    fn day() -> Day {
        Day::from_date(2026, 11, 24).expect("as written here")
    }

    fn at(hour: u16, minute: u16) -> Moment {
        Moment::at(day(), MinuteOfDay(hour * 60 + minute))
    }

    fn said(state: CardState, margin: Option<i64>) -> (Icon, String) {
        let mark = of_state(&state, margin, day());
        (mark.icon, mark.words)
    }

    #[test]
    fn a_waiting_notice_says_since_when_and_a_late_one_how_late() {
        let receipted = CardState::Receipted { at: at(22, 7), number: String::new() };
        assert_eq!(said(receipted.clone(), Some(53)), (Icon::Receipt, "Chờ tiếp nhận 22:07".to_owned()));
        assert_eq!(said(receipted, Some(-4)), (Icon::Overdue, "Trễ 4 phút".to_owned()));
    }

    #[test]
    fn a_received_notice_keeps_its_lateness_as_a_second_fact() {
        let received = CardState::Received { at: at(22, 21), by: "Lò Văn Chung".to_owned() };
        let mark = of_state(&received, Some(-4), day());
        assert_eq!((mark.icon, mark.words.as_str()), (Icon::Received, "Tiếp nhận 22:21"));
        assert_eq!(mark.late.as_deref(), Some("Trễ 4 phút"));
    }

    #[test]
    fn another_day_is_said_with_its_date() {
        let receipted = CardState::Receipted { at: at(22, 7), number: String::new() };
        assert_eq!(of_state(&receipted, None, day().plus(1)).words, "Chờ tiếp nhận 22:07 24/11");
    }
}
