//! CT08, the notice of the result. Its face under Circular 116/2026 was not seen; its title is the one commonly
//! cited.

use super::{Issue, Signed, head_of_agency, issued, lines, verifiable};
use crate::sheet::{Block, Cell, Foot, Sheet};

/// What is filled in.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ct08 {
    /// Who issues it.
    pub issue: Issue,
    /// Mã hồ sơ.
    pub dossier: String,
    /// Who it is for.
    pub person: String,
    /// That person's number.
    pub number: String,
    /// The procedure.
    pub procedure: String,
    /// The result in words.
    pub result: String,
    /// From when it holds, as printed.
    pub from: String,
    /// Until when it holds, as printed.
    pub until: String,
    /// The address it holds for.
    pub address: String,
    /// The ground in law.
    pub ground: String,
    /// The signature of the agency's head; without a name the place is left for it.
    pub signed: Signed,
    /// The signed result, which the QR code says; empty for none.
    pub code: String,
}

/// The form; `draft` prints BẢN NHÁP across it.
pub fn sheet(form: &Ct08, draft: bool) -> Sheet {
    let to = if form.person.is_empty() {
        "………………………………………………"
    } else {
        &form.person
    };
    Sheet {
        head: issued(&form.issue, "CT08"),
        title: lines(&["THÔNG BÁO", "Về kết quả giải quyết, hủy bỏ đăng ký cư trú"]),
        subtitle: String::new(),
        addressee: format!("Kính gửi: {to}"),
        body: vec![
            Block::Boxes { label: "Số định danh cá nhân:".to_owned(), digits: form.number.clone() },
            Block::field("Mã hồ sơ:", &form.dossier),
            Block::field("Căn cứ:", &form.ground),
            Block::field("Cơ quan đăng ký cư trú thông báo kết quả giải quyết thủ tục:", &form.procedure),
            Block::field("1. Kết quả:", &form.result),
            Block::field("2. Địa chỉ:", &form.address),
            Block::field("3. Từ ngày:", &form.from),
            Block::field("4. Đến ngày:", &form.until),
            // Only who writes into that database knows that it was done: the day is written in by hand.
            Block::field("5. Ngày cập nhật vào Cơ sở dữ liệu về cư trú (cán bộ ghi khi đã cập nhật):", ""),
            Block::text("Xin thông báo để ông/bà được biết."),
        ],
        signatures: vec![Cell::default(), head_of_agency(&form.signed)],
        foot: Foot { code: verifiable(&form.code), notes: Vec::new() },
        name: "CT08 – Thông báo về kết quả giải quyết, hủy bỏ đăng ký cư trú".to_owned(),
        draft,
    }
}
