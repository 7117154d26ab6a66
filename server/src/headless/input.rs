//! One line of the input file: one check-in, or something that happened to a notice that is here already. Field
//! names are the law's words without diacritics; the README of the server has a table of them.

use dossier::draft::{GuestDraft, StayDraft};
use dossier::id::DossierId;
use dossier::nationality::Nationality;
use dossier::paper::PaperKind;
use dossier::reason::StayReason;
use dossier::sex::Sex;
use serde::Deserialize;

/// What a line says.
pub enum Line {
    /// A new check-in.
    New(Box<StayDraft>),
    /// A notice says something else now.
    Edit(DossierId, Box<Edit>),
    /// The guests have left now.
    Close(DossierId),
    /// Declared by mistake.
    Withdraw(DossierId),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CheckIn {
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

/// A line that names a notice.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Known {
    ho_so: String,
    /// `sua` (default), `ket_thuc` or `rut`.
    #[serde(default)]
    viec: Deed,
    #[serde(default)]
    sua: Edit,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Deed {
    #[default]
    Sua,
    KetThuc,
    Rut,
}

/// What a notice says instead; fields that are not given stay as they are.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Edit {
    ngay_den: Option<String>,
    ngay_di_du_kien: Option<String>,
    so_phong: Option<String>,
    ly_do_luu_tru: Option<u8>,
    ly_do_khac: Option<String>,
    ghi_chu: Option<String>,
    nguoi_luu_tru: Vec<GuestEdit>,
}

/// What a guest is instead, found by the number of the paper.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct GuestEdit {
    so_giay_to: String,
    ho_ten: Option<String>,
    ngay_sinh: Option<String>,
    gioi_tinh: Option<char>,
    thoi_han_tam_tru: Option<String>,
    so_dien_thoai: Option<String>,
    noi_cu_tru: Option<String>,
    da_xem_lai: Option<bool>,
    /// Taken out of the notice.
    bo: Option<bool>,
}

/// Why a line is not understood.
#[derive(Debug, thiserror::Error)]
pub enum InputError {
    /// Not JSON of this form.
    #[error("không đúng dạng JSON: {0}")]
    Json(#[from] serde_json::Error),
    /// A code that stands for nothing.
    #[error("mã không có trong danh mục: {0}")]
    Code(&'static str),
}

/// One line; [`StayDraft::parse`] judges what it says.
pub fn parse(line: &str) -> Result<Line, InputError> {
    let value: serde_json::Value = serde_json::from_str(line)?;
    if value.get("ho_so").is_none() {
        return Ok(Line::New(Box::new(check_in(serde_json::from_value(value)?)?)));
    }
    let known: Known = serde_json::from_value(value)?;
    let id = known.ho_so.parse().map_err(|_| InputError::Code("ho_so"))?;
    Ok(match known.viec {
        Deed::Sua => Line::Edit(id, Box::new(known.sua)),
        Deed::KetThuc => Line::Close(id),
        Deed::Rut => Line::Withdraw(id),
    })
}

fn check_in(line: CheckIn) -> Result<StayDraft, InputError> {
    let (arrive_day, arrive_time) = arrival(&line.ngay_den)?;
    let guests: Result<Vec<GuestDraft>, InputError> = line.nguoi_luu_tru.iter().map(guest).collect();
    Ok(StayDraft {
        dossier: None,
        arrive_day,
        arrive_time,
        leave_day: line.ngay_di_du_kien,
        room: line.so_phong,
        reason: Some(reason(line.ly_do_luu_tru)?),
        reason_text: line.ly_do_khac,
        note: line.ghi_chu,
        guests: guests?,
        step: 0,
    })
}

impl Edit {
    /// The form of a notice with what this line says instead.
    pub fn apply(&self, draft: &mut StayDraft) -> Result<(), InputError> {
        if let Some(text) = &self.ngay_den {
            (draft.arrive_day, draft.arrive_time) = arrival(text)?;
        }
        if let Some(code) = self.ly_do_luu_tru {
            draft.reason = Some(reason(code)?);
        }
        set(&mut draft.leave_day, &self.ngay_di_du_kien);
        set(&mut draft.room, &self.so_phong);
        set(&mut draft.reason_text, &self.ly_do_khac);
        set(&mut draft.note, &self.ghi_chu);
        for edit in &self.nguoi_luu_tru {
            let wanted = signs(&edit.so_giay_to);
            let guest = draft.guests.iter_mut().find(|guest| signs(&guest.number) == wanted);
            edit.apply(guest.ok_or(InputError::Code("so_giay_to"))?)?;
        }
        Ok(())
    }
}

impl GuestEdit {
    fn apply(&self, guest: &mut GuestDraft) -> Result<(), InputError> {
        if let Some(text) = &self.ngay_sinh {
            (guest.birth_year, guest.birth_month, guest.birth_day) = birth(text);
        }
        if let Some(code) = self.gioi_tinh {
            guest.sex = Some(sex(code)?);
        }
        set(&mut guest.name, &self.ho_ten);
        set(&mut guest.permitted_until, &self.thoi_han_tam_tru);
        set(&mut guest.phone, &self.so_dien_thoai);
        set(&mut guest.home, &self.noi_cu_tru);
        guest.confirmed = self.da_xem_lai.unwrap_or(guest.confirmed);
        guest.removed = self.bo.unwrap_or(guest.removed);
        Ok(())
    }
}

fn set(field: &mut String, text: &Option<String>) {
    if let Some(text) = text {
        field.clone_from(text);
    }
}

/// The letters and digits of a paper's number, however they are grouped.
fn signs(number: &str) -> String {
    number.chars().filter(|sign| sign.is_alphanumeric()).flat_map(char::to_uppercase).collect()
}

fn arrival(text: &str) -> Result<(String, String), InputError> {
    let (day, time) = text.split_once('T').ok_or(InputError::Code("ngay_den"))?;
    Ok((day.to_owned(), time.to_owned()))
}

fn reason(code: u8) -> Result<StayReason, InputError> {
    StayReason::from_code(code).ok_or(InputError::Code("ly_do_luu_tru"))
}

fn sex(code: char) -> Result<Sex, InputError> {
    Sex::from_code(code).ok_or(InputError::Code("gioi_tinh"))
}

/// Year, month and day; what is not known is empty.
fn birth(text: &str) -> (String, String, String) {
    let mut parts = text.rsplit('/').map(str::to_owned);
    let mut part = || parts.next().unwrap_or_default();
    (part(), part(), part())
}

fn guest(person: &Person) -> Result<GuestDraft, InputError> {
    let (birth_year, birth_month, birth_day) = birth(&person.ngay_sinh);
    Ok(GuestDraft {
        guest: None,
        name: person.ho_ten.clone(),
        birth_day,
        birth_month,
        birth_year,
        sex: Some(sex(person.gioi_tinh)?),
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

    const LINE: &str = r#"{"ngay_den":"2026-11-24T21:35","ngay_di_du_kien":"2026-11-26","so_phong":"5",
        "ly_do_luu_tru":1,"nguoi_luu_tru":[{"ho_ten":"Vàng Văn Ún","ngay_sinh":"1941","gioi_tinh":"M",
        "loai_giay_to":8,"so_giay_to":"012041000066"}]}"#;
    const KNOWN: &str = "0102030405060708";

    fn draft() -> StayDraft {
        match parse(LINE) {
            Ok(Line::New(draft)) => *draft,
            _ => panic!("a check-in"),
        }
    }

    fn edit(what: &str) -> Result<StayDraft, InputError> {
        let Line::Edit(id, edit) = parse(&format!(r#"{{"ho_so":"{KNOWN}","sua":{what}}}"#))? else {
            panic!("an edit")
        };
        assert_eq!(id.to_string(), KNOWN);
        let mut draft = draft();
        edit.apply(&mut draft)?;
        Ok(draft)
    }

    #[test]
    fn a_line_becomes_a_draft_and_a_birth_year_alone_stays_a_year() {
        let draft = draft();
        assert_eq!(draft.guests[0].birth_year, "1941");
        assert_eq!(draft.guests[0].birth_day, "");
        assert_eq!(draft.arrive_time, "21:35");
    }

    #[test]
    fn an_unknown_field_or_code_is_refused_by_name() {
        assert!(matches!(parse(r#"{"ngay":1}"#), Err(InputError::Json(_))));
        assert!(matches!(parse(r#"{"ho_so":"0102030405060708","so_phong":"5"}"#), Err(InputError::Json(_))));
        let line = LINE.replace(r#""ly_do_luu_tru":1"#, r#""ly_do_luu_tru":77"#);
        assert!(matches!(parse(&line), Err(InputError::Code("ly_do_luu_tru"))));
        assert!(matches!(parse(r#"{"ho_so":"nhà 5"}"#), Err(InputError::Code("ho_so"))));
    }

    #[test]
    fn an_edit_changes_what_it_names_and_nothing_else() {
        let before = draft();
        let after = edit(r#"{"ngay_di_du_kien":"2026-11-28"}"#).expect("a good line");
        assert_eq!(after, StayDraft { leave_day: "2026-11-28".into(), ..before.clone() });
        let guest = r#"{"nguoi_luu_tru":[{"so_giay_to":"012 041 000 066","ho_ten":"Vàng Văn Ú"}]}"#;
        let after = edit(guest).expect("a good line");
        assert_eq!(after.guests[0], GuestDraft { name: "Vàng Văn Ú".into(), ..before.guests[0].clone() });
    }

    #[test]
    fn an_edit_of_a_guest_who_is_not_there_is_refused() {
        let nobody = r#"{"nguoi_luu_tru":[{"so_giay_to":"012041000067","ho_ten":"Ai"}]}"#;
        assert!(matches!(edit(nobody), Err(InputError::Code("so_giay_to"))));
    }

    #[test]
    fn leaving_and_withdrawing_are_deeds() {
        let line = |deed: &str| parse(&format!(r#"{{"ho_so":"{KNOWN}","viec":"{deed}"}}"#));
        assert!(matches!(line("ket_thuc"), Ok(Line::Close(_))));
        assert!(matches!(line("rut"), Ok(Line::Withdraw(_))));
        assert!(matches!(line("xoa"), Err(InputError::Json(_))));
    }
}
