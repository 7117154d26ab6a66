//! One line of the input file: one check-in. Field names are the law's words without diacritics; the README of
//! the server has a table of them.

use dossier::draft::{GuestDraft, StayDraft};
use dossier::nationality::Nationality;
use dossier::paper::PaperKind;
use dossier::reason::StayReason;
use dossier::sex::Sex;
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    /// `yyyy-mm-ddThh:mm`, Việt Nam time.
    ngay_den: String,
    /// `yyyy-mm-dd`.
    ngay_di_du_kien: String,
    #[serde(default)]
    so_phong: String,
    /// 1 to 20.
    ly_do_luu_tru: u8,
    #[serde(default)]
    ly_do_khac: String,
    #[serde(default)]
    ghi_chu: String,
    nguoi_luu_tru: Vec<Person>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Person {
    ho_ten: String,
    /// `dd/mm/yyyy`, `mm/yyyy` or `yyyy`.
    ngay_sinh: String,
    /// `M` or `F`.
    gioi_tinh: char,
    /// Alpha-3.
    #[serde(default = "vietnam")]
    quoc_tich: String,
    /// 1 to 10.
    loai_giay_to: u8,
    so_giay_to: String,
    #[serde(default)]
    thoi_han_tam_tru: String,
    #[serde(default)]
    so_dien_thoai: String,
    #[serde(default)]
    noi_cu_tru: String,
    /// The paper was looked at again after a warning.
    #[serde(default)]
    da_xem_lai: bool,
}

fn vietnam() -> String {
    "VNM".to_owned()
}

/// Why a line is not a check-in.
#[derive(Debug, thiserror::Error)]
pub enum InputError {
    /// Not JSON of this form.
    #[error("không đúng dạng JSON: {0}")]
    Json(#[from] serde_json::Error),
    /// A code that stands for nothing.
    #[error("mã không có trong danh mục: {0}")]
    Code(&'static str),
}

/// The draft of one line; [`StayDraft::parse`] judges what it says.
pub fn parse(line: &str) -> Result<StayDraft, InputError> {
    let line: Line = serde_json::from_str(line)?;
    let (arrive_day, arrive_time) = line.ngay_den.split_once('T').ok_or(InputError::Code("ngay_den"))?;
    let guests: Result<Vec<GuestDraft>, InputError> = line.nguoi_luu_tru.iter().map(guest).collect();
    Ok(StayDraft {
        dossier: None,
        arrive_day: arrive_day.to_owned(),
        arrive_time: arrive_time.to_owned(),
        leave_day: line.ngay_di_du_kien,
        room: line.so_phong,
        reason: Some(StayReason::from_code(line.ly_do_luu_tru).ok_or(InputError::Code("ly_do_luu_tru"))?),
        reason_text: line.ly_do_khac,
        note: line.ghi_chu,
        guests: guests?,
        step: 0,
    })
}

fn guest(person: &Person) -> Result<GuestDraft, InputError> {
    let mut parts = person.ngay_sinh.rsplit('/').map(str::to_owned);
    let mut part = || parts.next().unwrap_or_default();
    let (birth_year, birth_month, birth_day) = (part(), part(), part());
    Ok(GuestDraft {
        guest: None,
        name: person.ho_ten.clone(),
        birth_day,
        birth_month,
        birth_year,
        sex: Some(Sex::from_code(person.gioi_tinh).ok_or(InputError::Code("gioi_tinh"))?),
        nationality: person.quoc_tich.parse::<Nationality>().map_err(|_| InputError::Code("quoc_tich"))?,
        paper: PaperKind::from_code(person.loai_giay_to).ok_or(InputError::Code("loai_giay_to"))?,
        number: person.so_giay_to.clone(),
        permitted_until: person.thoi_han_tam_tru.clone(),
        phone: person.so_dien_thoai.clone(),
        home: person.noi_cu_tru.clone(),
        confirmed: person.da_xem_lai,
        removed: false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_becomes_a_draft_and_a_birth_year_alone_stays_a_year() {
        let line = r#"{"ngay_den":"2026-11-24T21:35","ngay_di_du_kien":"2026-11-26","so_phong":"5","ly_do_luu_tru":1,
            "nguoi_luu_tru":[{"ho_ten":"Vàng Văn Ún","ngay_sinh":"1941","gioi_tinh":"M","loai_giay_to":8,
            "so_giay_to":"012041000066"}]}"#;
        let draft = parse(line).expect("a good line");
        assert_eq!(draft.guests[0].birth_year, "1941");
        assert_eq!(draft.guests[0].birth_day, "");
        assert_eq!(draft.arrive_time, "21:35");
    }

    #[test]
    fn an_unknown_field_or_code_is_refused_by_name() {
        assert!(matches!(parse(r#"{"ngay":1}"#), Err(InputError::Json(_))));
        let line = r#"{"ngay_den":"2026-11-24T21:35","ngay_di_du_kien":"2026-11-26","ly_do_luu_tru":77,"nguoi_luu_tru":[]}"#;
        assert!(matches!(parse(line), Err(InputError::Code("ly_do_luu_tru"))));
    }
}
