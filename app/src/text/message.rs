//! Text messages. No name, no link, no code that opens anything: a telephone is read by others, and its SIM may stand in
//! another's name. Without diacritics, so that each fits one message of 160 signs.

use dossier::filing::status::FilingStatus;
use dossier::filing::step::ReturnWay;
use dossier::moment::Day;

/// What is told of a dossier that somebody asked to be told of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Told {
    /// It arrived.
    Receipt {
        /// On which day.
        on: Day,
    },
    /// Something is missing.
    Supplement {
        /// How many things.
        items: usize,
        /// Until when.
        until: Option<Day>,
    },
    /// There is a result, or a refusal.
    Result {
        /// On which day.
        on: Day,
        /// How it comes.
        way: Option<ReturnWay>,
    },
    /// It is late, and there is a new day.
    Apology {
        /// The new day.
        appointed: Day,
    },
    /// A fee is due; nothing goes on before it is paid.
    Fee {
        /// Đồng.
        dong: u32,
    },
    /// The result no longer stands.
    Annulled {
        /// Since which day.
        on: Day,
    },
    /// What was granted ends.
    Term {
        /// The last day.
        until: Day,
    },
}

/// The message of `number` about what is told, and whom to call.
pub fn told(number: &str, told: &Told, phone: &str) -> String {
    let words = match told {
        Told::Receipt { on } => format!("da nhan ngay {on}. Nho giu phieu co ma theo doi"),
        Told::Supplement { items, until } => {
            let until = until.map(|day| format!(" truoc ngay {day}")).unwrap_or_default();
            format!("can bo sung {items} muc{until}. Xem bang ma tren phieu")
        }
        Told::Result { on, way } => {
            let way = match way {
                Some(ReturnWay::InPerson) => ", nhan tai noi nop",
                Some(ReturnWay::Post) => ", gui qua buu chinh",
                Some(ReturnWay::Electronic) | None => ", xem bang ma tren phieu",
            };
            format!("co ket qua ngay {on}{way}")
        }
        Told::Apology { appointed } => format!("bi tre. Xin loi va hen lai ngay {appointed}"),
        Told::Fee { dong } => {
            format!("cho nop le phi {} dong. Xem bang ma tren phieu", super::filing::dong(*dong))
        }
        Told::Annulled { on } => format!("ket qua bi huy bo ngay {on}. Xem ly do bang ma tren phieu"),
        Told::Term { until } => format!("het thoi han ngay {until}. Can o tiep thi gia han truoc ngay do"),
    };
    format!("Ban Khai: ho so {number} {words}. Hoi: {phone}")
}

/// The answer to whoever sends a code: state and date.
pub fn state(number: &str, status: &FilingStatus, phone: &str) -> String {
    let word = plain(status.word());
    let appointed = status.accepted.as_ref().filter(|_| status.is_with_office());
    let day = match (appointed, &status.decision, status.submitted) {
        (Some(accepted), ..) => format!(", hen tra ngay {}", accepted.appointed),
        (None, Some(decision), _) => format!(", ngay {}", decision.at.day()),
        (None, None, Some(at)) => format!(", nop ngay {}", at.day()),
        _ => String::new(),
    };
    format!("Ban Khai: ho so {number}: {word}{day}. Hoi: {phone}")
}

/// The code is not known here.
pub const UNKNOWN: &str = "Ban Khai: chua thay ma nay. Xem lai ma 10 chu va so tren phieu roi nhan lai.";

/// The code is a stay notice's: nothing is told of it by message.
pub const NOTICE: &str =
    "Ban Khai: ma nay la cua thong bao luu tru. Xem o trang Theo doi ho so hoac hoi Cong an xa.";

/// Too many codes that are not known.
pub const SLOW: &str = "Ban Khai: da thu nhieu lan. Cho mot luc roi nhan lai.";

/// Somebody else's telephone.
pub const OTHER_PHONE: &str = "Ban Khai: chi bat duoc tin nhan cho so dien thoai ghi trong to khai.";

/// From now on messages come.
pub const ON: &str = "Ban Khai: se nhan tin khi ho so co tin moi. Muon thoi thi nhan THOI va ma theo doi.";

/// No more messages.
pub const OFF: &str = "Ban Khai: se khong nhan tin ve ho so nay nua.";

/// Without diacritics.
pub fn plain(words: &str) -> String {
    dossier::vietnamese::fold(words)
}

#[cfg(test)]
mod tests {
    use super::*;
    use dossier::moment::Moment;

    #[test]
    fn every_message_fits_one_sms_and_holds_no_link_and_nothing_but_the_number_the_state_and_days() {
        let day = Day(20_790);
        let (number, phone) = ("03394-C3D4E5F607080910-000482", "0213 000 113");
        let all = [
            Told::Receipt { on: day },
            Told::Supplement { items: 50, until: Some(day) },
            Told::Result { on: day, way: Some(ReturnWay::Electronic) },
            Told::Result { on: day, way: Some(ReturnWay::InPerson) },
            Told::Result { on: day, way: Some(ReturnWay::Post) },
            Told::Apology { appointed: day },
            Told::Term { until: day },
        ];
        let mut texts: Vec<String> = all.iter().map(|one| told(number, one, phone)).collect();
        texts.push(state(
            number,
            &FilingStatus { submitted: Some(Moment(0)), ..FilingStatus::default() },
            phone,
        ));
        texts.extend([UNKNOWN, NOTICE, SLOW, OTHER_PHONE, ON, OFF].map(str::to_owned));
        for text in texts {
            assert!(text.is_ascii() && text.len() <= 160, "{} signs: {text}", text.len());
            for link in ["http", "www", ".vn", ".com", "/theo-doi", "//"] {
                assert!(!text.contains(link), "{text}");
            }
        }
    }
}
