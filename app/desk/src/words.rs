//! The words only the desk uses. What a notice's state is called stands in [`app::text`] for the whole product.

use dossier::act::Channel;
use dossier::intent::StayField;
use dossier::moment::{Day, Moment};
use dossier::view::{Link, LinkState, Rejection, Storage, Who};

use super::filters::Filters;
use app::text::{self, time};

/// The page's title.
pub const TITLE: &str = "Sổ tiếp nhận lưu trú";
/// What the search field takes.
pub const SEARCH: &str = "Tìm tên, số giấy tờ, phòng, số biên nhận";
/// Nothing under these filters: said of this commune only, never of the person.
pub const NOTHING: &str = "Không thấy trong xã này.";
/// Why two values are only shown here.
pub const TWO_VALUES: &str = "Hai máy ghi khác nhau. Người khai chọn; cả hai đều được giữ.";
/// Under the reason box.
pub const REASON_HINT: &str = "Ghi rõ cần sửa hoặc bổ sung gì. Chủ cơ sở sẽ đọc nguyên văn.";
/// At the foot of the pane.
pub const BOTH_KEPT: &str = "Giờ máy ghi và giờ nhận đều giữ nguyên.";

/// hh:mm on the day looked at, hh:mm dd/mm on another, with the year when that differs too.
pub fn clock(at: Moment, today: Day) -> String {
    if at.day() == today {
        at.minute().to_string()
    } else {
        format!("{} {}", at.minute(), short_day(at.day(), today))
    }
}

/// dd/mm, with the year when it is not this one.
pub fn short_day(day: Day, today: Day) -> String {
    let (year, month, date) = day.date();
    if year == today.date().0 { format!("{date:02}/{month:02}") } else { day.to_string() }
}

/// The day the book is open at.
pub fn day_chip(day: Option<Day>, today: Day) -> String {
    match day {
        Some(day) if day == today => format!("Hôm nay {day}"),
        Some(day) => day.to_string(),
        None => "Chọn ngày".to_owned(),
    }
}

/// dd/mm hh:mm: the arrival column, which is read from its left edge.
pub fn arrival(at: Moment, today: Day) -> String {
    if at.day() == today {
        at.minute().to_string()
    } else {
        format!("{} {}", short_day(at.day(), today), at.minute())
    }
}

/// From when to when, with both dates.
pub fn stay(arrive: Moment, leave: Day, today: Day) -> String {
    format!("{} {} đến {leave}", short_day(arrive.day(), today), arrive.minute())
}

/// hh:mm:ss, with the day when it is not today.
pub fn clock_with_seconds(at: Moment, today: Day) -> String {
    let seconds = at.0.div_euclid(1000).rem_euclid(60);
    let time = format!("{}:{seconds:02}", at.minute());
    if at.day() == today { time } else { format!("{time} {}", short_day(at.day(), today)) }
}

/// Whole minutes late; anything past the limit is at least one.
pub fn late(margin: i64) -> String {
    format!("Trễ {}", time::span(margin.min(-1)))
}

/// The link to the office, in one line.
pub fn link(link: &Link, today: Day) -> String {
    let last = link.last_contact.map(|at| clock_with_seconds(at, today));
    let waiting = match link.waiting {
        0 => String::new(),
        count => format!(", {count} việc chờ gửi"),
    };
    match (&link.state, last) {
        (LinkState::Down { .. }, Some(_)) => {
            let since = link.last_contact.map(|at| clock(at, today)).unwrap_or_default();
            format!("Mất mạng từ {since}, vẫn dùng được{waiting}")
        }
        (LinkState::Down { .. }, None) => format!("Mất mạng, vẫn dùng được{waiting}"),
        (LinkState::Captive, _) => format!("Mạng này đòi đăng nhập. Việc của bạn vẫn ở trên máy{waiting}"),
        (LinkState::Copied, _) => format!("Máy này có bản sao. Mở Máy này để đăng nhập lại{waiting}"),
        (LinkState::Busy { total: 0, .. }, _) => "Đang cập nhật".to_owned(),
        (LinkState::Busy { .. }, _) => text::sending(&link.state),
        (LinkState::Idle, Some(last)) => format!("Cập nhật {last}{waiting}"),
        (LinkState::Idle, None) => format!("Chưa liên lạc lần nào{waiting}"),
    }
}

/// The sentence of the live region: how many, and from where.
pub fn news(houses: &[String]) -> String {
    let mut names: Vec<&str> = houses.iter().map(String::as_str).collect();
    names.sort_unstable();
    names.dedup();
    let count = houses.len();
    match names.as_slice() {
        [] => String::new(),
        [one] => format!("Có {count} thông báo mới từ {one}."),
        [first, rest @ ..] => format!("Có {count} thông báo mới từ {first} và {} cơ sở khác.", rest.len()),
    }
}

/// Why an officer's tap was not applied.
pub fn refused_tap(why: Rejection) -> &'static str {
    match why {
        Rejection::OutOfOrder | Rejection::Invalid => {
            "Việc tiếp nhận của bạn không áp dụng: thông báo đã được sửa / rút trước đó."
        }
        Rejection::Forbidden | Rejection::NoAuthorisation => {
            "Việc tiếp nhận của bạn không áp dụng: tài khoản này không được nhận thông báo đó."
        }
        Rejection::TooLarge | Rejection::Malformed | Rejection::IdTaken => {
            "Việc tiếp nhận của bạn không áp dụng: cơ quan không đọc được. Mở thông báo và làm lại."
        }
    }
}

/// By which way a notice came.
pub const fn channel(channel: Channel) -> &'static str {
    match channel {
        Channel::OwnPhone => "máy của người khai",
        Channel::Team => "tổ công nghệ số khai hộ",
        Channel::Counter => "tại quầy",
        Channel::PlainForm => "biểu mẫu trên web",
        Channel::Program => "phần mềm của cơ sở",
        Channel::Sms => "tin nhắn",
        Channel::Code => "mã theo dõi",
    }
}

/// A field, as its label on the form.
pub fn field(field: StayField) -> &'static str {
    match field {
        StayField::Arrive => "Thời điểm đến",
        StayField::Leave => "Ngày đi dự kiến",
        StayField::Left => "Lúc đi",
        StayField::Room => "Số phòng",
        StayField::Reason => "Lý do lưu trú",
        StayField::ReasonText => "Lý do khác",
        StayField::Name(_) => "Họ và tên",
        StayField::Birth(_) => "Ngày sinh",
        StayField::Sex(_) => "Giới tính",
        StayField::Nationality(_) => "Quốc tịch",
        StayField::PaperKind(_) => "Loại giấy tờ",
        StayField::PaperNumber(_) => "Số giấy tờ",
        StayField::PermittedUntil(_) => "Thời hạn tạm trú",
        StayField::Phone(_) => "Số điện thoại",
        StayField::Home(_) => "Nơi cư trú",
        StayField::Removed(_) => "Còn trong thông báo",
        StayField::Confirmed(_) => "Đã xem lại giấy tờ",
    }
}

/// What the empty table is filtered by.
pub fn filters_on(filters: &Filters, search: bool, today: Day) -> String {
    let mut on = Vec::new();
    on.push(match filters.on_day(today) {
        Some(day) if day == today => format!("hôm nay {day}"),
        Some(day) => format!("ngày {day}"),
        None => "mọi ngày".to_owned(),
    });
    on.extend(filters.village.as_ref().map(|village| format!("bản {village}")));
    on.extend(filters.establishment.map(|_| "một cơ sở".to_owned()));
    on.extend(filters.nationality.map(|nationality| format!("quốc tịch {}", nationality.vi_name())));
    let flags = [
        (filters.overdue, "quá hạn, trễ"),
        (filters.waiting, "chờ tiếp nhận"),
        (filters.review, "cần xem lại"),
    ];
    on.extend(flags.iter().filter(|(flag, _)| *flag).map(|(_, words)| (*words).to_owned()));
    on.extend(search.then(|| "chữ đang tìm".to_owned()));
    format!("Đang lọc: {}.", on.join(" · "))
}

/// "1–100 / 240".
pub fn range(first: u32, rows: usize, total: u32) -> String {
    if rows == 0 {
        return format!("0 / {total}");
    }
    let last = first.saturating_add(u32::try_from(rows).unwrap_or(u32::MAX));
    format!("{}–{last} / {total}", first.saturating_add(1))
}

/// What stands under the title on paper.
pub fn printed(who: Option<&Who>, now: Moment) -> String {
    match who {
        Some(who) => format!("{}, {} · {} in lúc {now}", who.agency, who.province, who.name),
        None => format!("In lúc {now}"),
    }
}

/// The storage, when it is not safe.
pub fn storage(storage: &Storage) -> Option<&'static str> {
    match (storage.failed, storage.nearly_full()) {
        (true, _) => Some("Chưa lưu được. Đừng đóng trang."),
        (false, true) => Some("Máy sắp đầy. Đã lưu, nhưng hãy gửi và xóa bớt dữ liệu trước khi làm tiếp."),
        (false, false) => None,
    }
}

/// The button of the bulk bar; empty when nothing chosen can be received.
pub fn receive_chosen(chosen: usize, receivable: usize) -> String {
    match (chosen, receivable) {
        (_, 0) => String::new(),
        (1, 1) => "Tiếp nhận".to_owned(),
        (all, some) if all == some => format!("Tiếp nhận cả {all}"),
        (all, some) => format!("Tiếp nhận {some} trong {all}"),
    }
}

#[cfg(test)]
mod tests {
    use dossier::moment::MinuteOfDay;

    use super::*;

    fn day() -> Day {
        Day::from_date(2026, 11, 24).expect("as written here")
    }

    fn at(hour: u16, minute: u16) -> Moment {
        Moment::at(day(), MinuteOfDay(hour * 60 + minute))
    }

    #[test]
    fn the_link_is_said_with_its_times_and_never_as_a_fault() {
        let mut state = Link { last_contact: Some(Moment(at(23, 41).0 + 6000)), ..Link::default() };
        assert_eq!(link(&state, day()), "Cập nhật 23:41:06");
        state.state = LinkState::Down { retry_at: None };
        state.waiting = 2;
        assert_eq!(link(&state, day()), "Mất mạng từ 23:41, vẫn dùng được, 2 việc chờ gửi");
        assert_eq!(link(&state, day().plus(1)), "Mất mạng từ 23:41 24/11, vẫn dùng được, 2 việc chờ gửi");
        state.state = LinkState::Busy { sent: 0, total: 0, seconds_left: None };
        assert_eq!(link(&state, day()), "Đang cập nhật", "no per cent of nothing");
    }

    #[test]
    fn late_is_a_length_of_time() {
        assert_eq!(late(-4), "Trễ 4 phút");
        assert_eq!(late(-540), "Trễ 9 giờ");
        assert_eq!(late(-150), "Trễ 2 giờ 30");
        assert_eq!(late(-3 * 1440), "Trễ 3 ngày");
        assert_eq!(late(0), "Trễ 1 phút", "some seconds late are late");
    }

    #[test]
    fn news_names_one_house_and_counts_the_others() {
        let houses = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
        assert_eq!(news(&houses(&["Suối Mây"])), "Có 1 thông báo mới từ Suối Mây.");
        assert_eq!(news(&houses(&["Suối Mây", "Suối Mây"])), "Có 2 thông báo mới từ Suối Mây.");
        assert_eq!(news(&houses(&["Mây Núi", "Suối Mây"])), "Có 2 thông báo mới từ Mây Núi và 1 cơ sở khác.");
    }

    #[test]
    fn the_button_says_how_many_will_be_received() {
        assert_eq!(receive_chosen(2, 2), "Tiếp nhận cả 2");
        assert_eq!(receive_chosen(3, 2), "Tiếp nhận 2 trong 3");
        assert_eq!(receive_chosen(3, 0), "");
    }
}
