//! The words. What a card says stands in one table, [`state`]; everything else is worded beside it by subject.
pub mod aside;
pub mod asking;
pub mod behalf;
pub mod fault;
pub mod filing;
pub mod hand;
pub mod happening;
pub mod link;
pub mod message;
pub mod paper;
pub mod refusal;
pub mod role;
pub mod time;

use dossier::moment::Moment;
use dossier::view::{Asked, CardState, Link, LinkState, Rejection, Review, Standing};

use crate::parts::icon::Icon;

/// The colour of a state; never its only sign.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// On this device only.
    Here,
    /// On its way.
    Sending,
    /// Proven.
    Received,
    /// Needs a look.
    Review,
}

impl Tone {
    /// Its class.
    pub const fn class(self) -> &'static str {
        match self {
            Tone::Here => "",
            Tone::Sending => "gui",
            Tone::Received => "nhan",
            Tone::Review => "xem",
        }
    }
}

/// What a card says: icon, colour and words together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StateWords {
    /// Its silhouette.
    pub icon: Icon,
    /// Its colour.
    pub tone: Tone,
    /// Its words.
    pub words: String,
}

/// The one thing a card says. The only table of these words.
pub fn state(state: &CardState, link: &Link) -> StateWords {
    let (icon, tone, words) = match state {
        CardState::SavedHere => (Icon::Here, Tone::Here, "Đã lưu trên máy · chưa gửi".to_owned()),
        CardState::Sending => (Icon::Sending, Tone::Sending, sending(&link.state)),
        CardState::Receipted { at, .. } => {
            (Icon::Receipt, Tone::Received, format!("Đã gửi · có biên nhận, {}", clock(*at)))
        }
        CardState::Received { at, .. } => {
            (Icon::Received, Tone::Received, format!("Công an đã tiếp nhận, {}", clock(*at)))
        }
        CardState::Review(_) => (Icon::Review, Tone::Review, "Cần xem lại".to_owned()),
    };
    StateWords { icon, tone, words }
}

fn clock(at: Moment) -> String {
    at.minute().to_string()
}

/// "Đang gửi 62 %, còn 14 giây": figures of bytes truly gone.
pub fn sending(link: &LinkState) -> String {
    match link {
        LinkState::Busy { sent, total, seconds_left } if *total > 0 => {
            let percent = link::percent(*sent, *total);
            match seconds_left {
                Some(seconds) => format!("Đang gửi {percent} %, còn {seconds} giây"),
                None => format!("Đang gửi {percent} %"),
            }
        }
        LinkState::Idle
        | LinkState::Down { .. }
        | LinkState::Captive
        | LinkState::Copied
        | LinkState::Busy { .. } => "Đang gửi".to_owned(),
    }
}

/// What a receipt is not, where the office is a queue before the Ministry's portal.
pub fn standing_note(standing: Standing, state: &CardState) -> Option<&'static str> {
    match (standing, state) {
        (Standing::Queue, CardState::Receipted { .. } | CardState::Received { .. }) => {
            Some("chưa phải là thông báo lưu trú với cơ quan đăng ký cư trú")
        }
        _ => None,
    }
}

/// Why a notice needs a look, and what is safe.
pub fn review(review: &Review) -> String {
    match review {
        Review::Returned { by, reason } => format!("{by} trả lại: {reason}"),
        Review::Rejected(rejection) => rejected(*rejection).to_owned(),
        Review::Conflict => "Hai máy ghi khác nhau. Cả hai đều được giữ, chọn một giúp nhé.".to_owned(),
        Review::Twin => "Khách này có trong hai thông báo. Xem là một hay hai lần ở.".to_owned(),
        Review::Unreadable => {
            "Chưa đọc lại được thông báo này. Không mất gì: bản lưu vẫn còn trên máy.".to_owned()
        }
        Review::NotApplied { asked, why } => not_applied(*asked, *why).to_owned(),
    }
}

/// What the office did not apply, and what can be done.
pub fn not_applied(asked: Asked, why: Rejection) -> &'static str {
    match (asked, why) {
        (_, Rejection::NoAuthorisation) => rejected(Rejection::NoAuthorisation),
        (_, Rejection::Forbidden) => "Tài khoản này không làm được việc vừa bấm. Hỏi Công an xã.",
        (Asked::Withdrawal, _) => {
            "Chưa rút được: thông báo đã được tiếp nhận, rút hoặc ghép trước đó. Cần rút thì gọi trực ban."
        }
        (Asked::Pair, _) => {
            "Chưa ghép được: một trong hai thông báo đã rút hoặc ghép trước đó. Xem lại cả hai."
        }
        (Asked::Call, _) => "Chưa ghi được cuộc gọi vào sổ của nơi nhận. Thông báo vẫn giữ nguyên.",
        (Asked::Change, _) => "Nơi nhận chưa nhận lần sửa này. Bản lưu vẫn còn; báo trực ban giúp nhé.",
    }
}

/// Why the office did not take a notice.
pub fn rejected(rejection: Rejection) -> &'static str {
    match rejection {
        Rejection::TooLarge => "Thông báo này dài quá. Rút ghi chú ngắn lại. Phần khác vẫn giữ nguyên.",
        Rejection::Malformed => {
            "Nơi nhận chưa đọc được thông báo này. Mở ra sửa rồi gửi lại; bản lưu vẫn còn."
        }
        Rejection::OutOfOrder => "Nơi nhận còn thiếu phần trước. Máy sẽ tự gửi bù.",
        Rejection::Invalid => "Có chỗ chưa khớp. Mở ra xem chỗ được đánh dấu. Phần khác vẫn giữ nguyên.",
        Rejection::Forbidden => "Thông báo này không thuộc cơ sở của bạn. Hỏi Công an xã; bản lưu vẫn còn.",
        Rejection::NoAuthorisation => {
            "Nơi nhận chưa thấy sự đồng ý còn hiệu lực: mã sai, đã dùng hay quá 15 phút, hoặc ủy quyền đã hết hạn. Ghi lại, ký trên màn hình là chắc nhất; phần đã khai vẫn còn."
        }
        Rejection::IdTaken => "Máy đang cấp lại mã cho thông báo này rồi tự gửi. Không mất gì.",
    }
}

/// "3 người".
pub fn people(count: usize) -> String {
    format!("{count} người")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(card: &CardState, link: &LinkState) -> String {
        state(card, &Link { state: link.clone(), ..Link::default() }).words
    }

    #[test]
    fn a_card_says_one_of_five_things() {
        let at = Moment::at(dossier::moment::Day(20_000), dossier::moment::MinuteOfDay(22 * 60 + 7));
        let busy = LinkState::Busy { sent: 620, total: 1_000, seconds_left: Some(14) };
        assert_eq!(words(&CardState::SavedHere, &busy), "Đã lưu trên máy · chưa gửi");
        assert_eq!(words(&CardState::Sending, &busy), "Đang gửi 62 %, còn 14 giây");
        let receipted = CardState::Receipted { at, number: String::new() };
        assert_eq!(words(&receipted, &busy), "Đã gửi · có biên nhận, 22:07");
        let received = CardState::Received { at, by: String::new() };
        assert_eq!(words(&received, &busy), "Công an đã tiếp nhận, 22:07");
        assert_eq!(words(&CardState::Review(Review::Conflict), &busy), "Cần xem lại");
    }

    #[test]
    fn a_queue_never_says_the_authority_was_notified() {
        let receipted = CardState::Receipted { at: Moment(0), number: String::new() };
        assert!(standing_note(Standing::Queue, &receipted).is_some());
        assert_eq!(standing_note(Standing::Announced, &receipted), None);
        assert_eq!(standing_note(Standing::Queue, &CardState::SavedHere), None);
    }
}
