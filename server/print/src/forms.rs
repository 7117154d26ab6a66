//! The fixed words of each form. Each takes plain values and gives a [`Sheet`](crate::Sheet); an empty value
//! prints a dotted line, so that no values at all give the blank form.

pub mod authorisation;
pub mod ct01;
pub mod ct03;
pub mod ct04;
pub mod ct05;
pub mod ct06;
pub mod ct07;
pub mod ct08;

use crate::sheet::{Cell, Code, Head, Signature};

/// Who issues a paper, from where and when.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Issue {
    /// The agency above, in capitals: "CÔNG AN TỈNH LAI CHÂU".
    pub above: String,
    /// The agency, in capitals: "CÔNG AN XÃ SIN SUỐI HỒ".
    pub agency: String,
    /// The paper's number: "15/TNHS"; empty leaves room.
    pub number: String,
    /// "Sin Suối Hồ, ngày 06 tháng 7 năm 2026"; empty leaves room.
    pub place_and_date: String,
}

/// A signature with all that belongs to it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Signed {
    /// "Sin Suối Hồ, ngày 06 tháng 7 năm 2026"; empty leaves room.
    pub place_and_date: String,
    /// The consent's own words: "Đồng ý"; empty for none.
    pub words: String,
    /// What was drawn.
    pub signature: Signature,
    /// The signer's name.
    pub name: String,
    /// Lines under the name.
    pub under: Vec<String>,
}

const UNDATED: &str = "……………………, ngày …… tháng …… năm ……";

fn dated(place_and_date: &str) -> String {
    if place_and_date.is_empty() { UNDATED.to_owned() } else { place_and_date.to_owned() }
}

fn issued(issue: &Issue, code: &str) -> Head {
    let or = |text: &str, dots: &str| if text.is_empty() { dots.to_owned() } else { text.to_owned() };
    Head {
        agency: vec![or(&issue.above, "……………………"), or(&issue.agency, "……………………")],
        number: format!("Số: {}", or(&issue.number, "……/……")),
        place_and_date: dated(&issue.place_and_date),
        form: circular(code),
    }
}

fn circular(code: &str) -> String {
    format!(
        "Mẫu {code} ban hành kèm theo Thông tư số 116/2026/TT-BCA ngày 29 tháng 6 năm 2026 của Bộ trưởng Bộ Công an"
    )
}

fn cell(signed: &Signed, heading: &str, hint: &str) -> Cell {
    Cell {
        place_and_date: signed.place_and_date.clone(),
        heading: heading.to_owned(),
        hint: hint.to_owned(),
        words: signed.words.clone(),
        signature: signed.signature.clone(),
        name: signed.name.clone(),
        under: signed.under.clone(),
    }
}

fn dated_cell(signed: &Signed, heading: &str, hint: &str) -> Cell {
    Cell { place_and_date: dated(&signed.place_and_date), ..cell(signed, heading, hint) }
}

/// The place of the agency's head, who signs and seals; without a name it is left for the hand.
fn head_of_agency(signed: &Signed) -> Cell {
    cell(signed, "THỦ TRƯỞNG CƠ QUAN ĐĂNG KÝ CƯ TRÚ", "(Ký, ghi rõ họ tên, đóng dấu)")
}

fn lines(words: &[&str]) -> Vec<String> {
    words.iter().map(|line| (*line).to_owned()).collect()
}

/// The QR code of a signed result; none without its text.
fn verifiable(signed: &str) -> Option<Code> {
    (!signed.is_empty()).then(|| Code {
        text: signed.to_owned(),
        lines: lines(&[
            "Mã QR là kết quả có chữ ký số: ai cũng kiểm tra được",
            "ở trang “Kiểm tra biên nhận”. Trong ứng dụng không cần mạng.",
        ]),
    })
}
