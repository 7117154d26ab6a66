//! Words of the link to the office. No network is weather, never an error.

use dossier::view::{Link, LinkState};

/// Whole per cent of bytes truly gone; never 100 before the end.
pub fn percent(sent: u32, total: u32) -> u32 {
    let percent = u64::from(sent) * 100 / u64::from(total.max(1));
    u32::try_from(percent).unwrap_or(100).min(if sent < total { 99 } else { 100 })
}

/// "18 KB", "1,1 KB", "320 byte".
pub fn bytes(count: u64) -> String {
    match count {
        0..1_000 => format!("{count} byte"),
        1_000..10_000 => format!("{},{} KB", count / 1_000, count % 1_000 / 100),
        10_000..1_000_000 => format!("{} KB", count / 1_000),
        _ => format!("{},{} MB", count / 1_000_000, count % 1_000_000 / 100_000),
    }
}

/// The strip under the bar: a first word that stands out, and the rest. Gone when nothing waits and nothing is
/// wrong.
pub fn strip(link: &Link) -> Option<(&'static str, String)> {
    let waiting = match link.waiting {
        0 => String::new(),
        count => format!(" {count} chờ gửi"),
    };
    match &link.state {
        LinkState::Idle if link.waiting == 0 => None,
        LinkState::Idle => Some(("", format!("{} chờ gửi. Có mạng là máy tự gửi.", link.waiting))),
        LinkState::Down { retry_at: None } => Some(("Mất mạng", format!(", vẫn khai được.{waiting}"))),
        LinkState::Down { retry_at: Some(at) } => {
            let again =
                if link.waiting == 0 { String::new() } else { format!(", thử lại lúc {}", at.minute()) };
            Some(("Mất mạng", format!(", vẫn khai được.{waiting}{again}")))
        }
        LinkState::Captive => Some(("Mạng này đòi đăng nhập.", " Việc của bạn vẫn ở trên máy.".to_owned())),
        LinkState::Busy { .. } => Some(("", super::sending(&link.state))),
        LinkState::Copied => {
            Some(("Máy này có bản sao.", format!(" Việc của bạn vẫn ở trên máy.{}", ended(&waiting))))
        }
    }
}

fn ended(words: &str) -> String {
    if words.is_empty() { String::new() } else { format!("{words}.") }
}

/// One sentence about the network above the sending button.
pub fn before_sending(state: &LinkState) -> &'static str {
    match state {
        LinkState::Down { .. } => "Đang mất mạng. Bấm gửi: máy giữ lại và tự gửi khi có mạng.",
        LinkState::Captive => "Mạng này đòi đăng nhập. Bấm gửi: máy giữ lại và tự gửi sau.",
        LinkState::Copied => "Bấm gửi: máy giữ lại. Đăng nhập lại là máy gửi tiếp.",
        LinkState::Idle | LinkState::Busy { .. } => "Bấm gửi: máy lưu lại trước, rồi gửi ngay khi có mạng.",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn link(state: LinkState, waiting: u32) -> Link {
        Link { state, waiting, ..Link::default() }
    }

    #[test]
    fn the_strip_says_the_weather_and_goes_when_there_is_nothing_to_say() {
        let said =
            |state, waiting| strip(&link(state, waiting)).map(|(first, rest)| format!("{first}{rest}"));
        assert_eq!(said(LinkState::Idle, 0), None);
        let down = LinkState::Down { retry_at: None };
        assert_eq!(said(down, 2).as_deref(), Some("Mất mạng, vẫn khai được. 2 chờ gửi"));
        let busy = LinkState::Busy { sent: 62, total: 100, seconds_left: Some(14) };
        assert_eq!(said(busy, 1).as_deref(), Some("Đang gửi 62 %, còn 14 giây"));
        let copied = said(LinkState::Copied, 2);
        assert_eq!(copied.as_deref(), Some("Máy này có bản sao. Việc của bạn vẫn ở trên máy. 2 chờ gửi."));
        let captive = said(LinkState::Captive, 1);
        assert_eq!(captive.as_deref(), Some("Mạng này đòi đăng nhập. Việc của bạn vẫn ở trên máy."));
    }

    #[test]
    fn a_hundred_per_cent_is_said_only_at_the_end() {
        assert_eq!((percent(999, 1_000), percent(1_000, 1_000), percent(0, 0)), (99, 100, 0));
        assert_eq!(percent(u32::MAX, u32::MAX), 100);
    }

    #[test]
    fn bytes_are_printed_with_a_comma() {
        assert_eq!(
            (bytes(1_100), bytes(18_200), bytes(320)),
            ("1,1 KB".into(), "18 KB".into(), "320 byte".into())
        );
    }
}
