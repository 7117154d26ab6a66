//! Statistics of residence dossiers: counts by commune, village, procedure, way and month. Nobody is named.

use std::ops::AddAssign;

use serde::{Deserialize, Serialize};

use crate::act::Channel;
use crate::filing::figure::{End, Fee, Figure, Outcome};
use crate::id::CommuneCode;
use crate::moment::Day;
use crate::procedure::ProcedureId;

/// The counts of one place in the statistics.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DossierFigures {
    /// The commune.
    pub commune: CommuneCode,
    /// "xã Sin Suối Hồ".
    pub commune_name: String,
    /// "bản Sin Suối Hồ"; `None` for who looks at many communes.
    pub village: Option<String>,
    /// The procedure.
    pub procedure: ProcedureId,
    /// Its name.
    pub title: String,
    /// The way it was handed in.
    pub channel: Channel,
    /// The first day of the month.
    pub month: Day,
    /// What was counted.
    pub tally: Tally,
}

/// Counts. What came in is counted in its month, what was settled in that of its end; what is open is open today.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tally {
    /// Tiếp nhận.
    pub received: u32,
    /// Of these, by a phone, a tablet, a program, a text message, or a page: not at the counter.
    pub online: u32,
    /// Giải quyết trước hạn.
    pub early: u32,
    /// Giải quyết đúng hạn.
    pub in_time: u32,
    /// Giải quyết quá hạn.
    pub late: u32,
    /// Từ chối.
    pub refused: u32,
    /// Công dân rút.
    pub withdrawn: u32,
    /// Đang giải quyết.
    pub open: u32,
    /// Of these, beyond their term.
    pub open_late: u32,
    /// Of the settled ones, with an electronic result.
    pub electronic: u32,
    /// Of the settled ones, with a result under the office's signature.
    pub signed: u32,
    /// Of the settled ones, without any paper.
    pub paperless: u32,
    /// Of the settled ones, with a fee that was paid.
    pub paid: u32,
    /// Of these, paid online.
    pub paid_online: u32,
}

impl AddAssign for Tally {
    fn add_assign(&mut self, more: Tally) {
        self.received += more.received;
        self.online += more.online;
        self.early += more.early;
        self.in_time += more.in_time;
        self.late += more.late;
        self.refused += more.refused;
        self.withdrawn += more.withdrawn;
        self.open += more.open;
        self.open_late += more.open_late;
        self.electronic += more.electronic;
        self.signed += more.signed;
        self.paperless += more.paperless;
        self.paid += more.paid;
        self.paid_online += more.paid_online;
    }
}

impl Tally {
    /// One dossier in the month it came in, by what it is today.
    pub fn coming(figure: &Figure, today: Day) -> Tally {
        let open = figure.end.is_none();
        Tally {
            received: 1,
            online: u32::from(figure.channel != Channel::Counter),
            open: u32::from(open),
            open_late: u32::from(open && figure.due.is_some_and(|due| due < today)),
            ..Tally::default()
        }
    }

    /// The same in the month it ended.
    pub fn ending(figure: &Figure, end: End) -> Tally {
        let settled = matches!(end.how, Outcome::Early | Outcome::InTime | Outcome::Late);
        let of = |which: Outcome| u32::from(end.how == which);
        let with = |holds: bool| u32::from(settled && holds);
        Tally {
            early: of(Outcome::Early),
            in_time: of(Outcome::InTime),
            late: of(Outcome::Late),
            refused: of(Outcome::Refused),
            withdrawn: of(Outcome::Withdrawn),
            electronic: with(figure.electronic),
            signed: with(figure.signed),
            paperless: with(figure.paperless),
            paid: with(matches!(figure.fee, Fee::Online | Fee::Cash)),
            paid_online: with(figure.fee == Fee::Online),
            ..Tally::default()
        }
    }

    /// Đã giải quyết.
    pub fn settled(&self) -> u32 {
        self.early + self.in_time + self.late
    }

    /// The rates, each with its formula in words.
    pub fn rates(&self) -> [Rate; 6] {
        let settled = self.settled();
        [
            Rate {
                label: "Giải quyết đúng hạn",
                formula: "trước hạn và đúng hạn ÷ (đã giải quyết + đang giải quyết quá hạn)",
                part: self.early + self.in_time,
                whole: settled + self.open_late,
            },
            Rate {
                label: "Nộp trực tuyến",
                formula: "không nộp tại quầy ÷ tiếp nhận",
                part: self.online,
                whole: self.received,
            },
            Rate {
                label: "Số hóa kết quả",
                formula: "trả kết quả điện tử ÷ đã giải quyết",
                part: self.electronic,
                whole: settled,
            },
            Rate {
                label: "Kết quả có ký số",
                formula: "kết quả có chữ ký số của hệ thống ÷ đã giải quyết",
                part: self.signed,
                whole: settled,
            },
            Rate {
                label: "Dùng lại dữ liệu",
                formula: "không phải nộp, xuất trình giấy tờ nào ÷ đã giải quyết",
                part: self.paperless,
                whole: settled,
            },
            Rate {
                label: "Thanh toán trực tuyến",
                formula: "nộp lệ phí trực tuyến ÷ đã nộp lệ phí",
                part: self.paid_online,
                whole: self.paid,
            },
        ]
    }
}

/// A share of something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rate {
    /// What it is called.
    pub label: &'static str,
    /// How it is counted.
    pub formula: &'static str,
    /// So many.
    pub part: u32,
    /// Of so many.
    pub whole: u32,
}

impl Rate {
    /// In tenths of a percent, rounded to the nearest; `None` of nothing.
    pub fn tenths(&self) -> Option<u32> {
        let (part, whole) = (u64::from(self.part), u64::from(self.whole));
        (whole > 0).then(|| u32::try_from((part * 2000 + whole) / (whole * 2)).unwrap_or(u32::MAX))
    }

    /// "70,7 %", or a dash of nothing.
    pub fn words(&self) -> String {
        self.tenths().map_or_else(|| "–".to_owned(), |tenths| format!("{},{} %", tenths / 10, tenths % 10))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rate_of_nothing_is_no_rate_and_the_others_are_rounded_to_tenths() {
        let rate = |part, whole| Rate { label: "", formula: "", part, whole }.words();
        assert_eq!(rate(0, 0), "–");
        assert_eq!(rate(0, 7), "0,0 %");
        assert_eq!(rate(2, 3), "66,7 %");
        assert_eq!(rate(7068, 10_000), "70,7 %");
        assert_eq!(rate(9, 9), "100,0 %");
    }

    #[test]
    fn who_is_late_and_still_open_counts_against_the_share_in_time() {
        let tally = Tally { early: 6, in_time: 2, late: 1, open: 4, open_late: 1, ..Tally::default() };
        let [in_time, ..] = tally.rates();
        assert_eq!((in_time.part, in_time.whole, in_time.words().as_str()), (8, 10, "80,0 %"));
    }
}
