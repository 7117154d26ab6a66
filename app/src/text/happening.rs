//! The timeline in words. What only the phone says is worded as its claim ("máy ghi 21:44").

use dossier::moment::Day;
use dossier::view::{Entry, Happening};

use super::{behalf, time};
use crate::parts::icon::Icon;

/// One line of the timeline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Its pictogram; a plain point for what merely passes.
    pub icon: Option<Icon>,
    /// Its colour.
    pub tone: &'static str,
    /// What happened, with its time.
    pub what: String,
    /// How sure it is, or more about it.
    pub more: String,
}

/// The words of one entry. `due_margin` is the distance of the receipt to the limit, in minutes, when known.
pub fn line(entry: &Entry, today: Day, due_margin: Option<i64>) -> Line {
    let at = time::moment(entry.at, today);
    let line = |icon, tone, what, more| Line { icon, tone, what, more };
    match &entry.what {
        Happening::Arrived => line(None, "", format!("Khách đến lúc {at}"), String::new()),
        Happening::SavedOnDevice { last_contact } => {
            let sure = last_contact
                .map_or("máy chưa liên lạc với nơi nhận trước đó".to_owned(), |contact| {
                    format!("liên lạc gần nhất trước đó: {}", time::moment(contact, today))
                });
            line(Some(Icon::Here), "", format!("Máy ghi {at}: đã lưu trên máy"), sure)
        }
        Happening::Due => line(None, "", format!("Hạn thông báo: trước {at}"), String::new()),
        Happening::ForeignLimit => {
            line(None, "", format!("Khách nước ngoài: phải khai ngay, chậm nhất {at}"), String::new())
        }
        Happening::Receipted { number } => {
            let distance = due_margin.map(margin).unwrap_or_default();
            let more = if distance.is_empty() { number.clone() } else { format!("{number} · {distance}") };
            line(Some(Icon::Receipt), "nhan", format!("Có biên nhận lúc {at}"), more)
        }
        Happening::Called { number, answered_by } => {
            let what = format!("Máy ghi {at}: đã gọi trực ban {number}");
            line(Some(Icon::Call), "goi", what, format!("người nghe: {answered_by}"))
        }
        Happening::Received { by } => {
            line(Some(Icon::Received), "nhan", format!("Công an tiếp nhận lúc {at}"), by.clone())
        }
        Happening::Returned { by, reason } => {
            line(Some(Icon::Review), "xem", format!("Trả lại lúc {at}"), format!("{by}: {reason}"))
        }
        Happening::Supplemented => line(Some(Icon::Edit), "", format!("Bổ sung lúc {at}"), String::new()),
        Happening::Withdrawn => line(Some(Icon::Erase), "", format!("Rút thông báo lúc {at}"), String::new()),
        Happening::OnBehalf { by, basis } => line(
            Some(Icon::Guests),
            "",
            format!("Ghi việc khai thay lúc {at}"),
            format!("{by}: {}", behalf::ground(basis)),
        ),
        Happening::Merged => line(Some(Icon::Guests), "", format!("Ghép làm một lúc {at}"), String::new()),
    }
}

/// "trước hạn 53 phút", "trễ 4 phút": a fact, no blame.
pub fn margin(minutes: i64) -> String {
    match minutes {
        0.. => format!("trước hạn {}", time::span_long(minutes)),
        _ => format!("trễ {}", time::span_long(minutes)),
    }
}
