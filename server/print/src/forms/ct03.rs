//! CT03, the slip of a temporary absence, which comes with the notice of the result. Its face under Circular
//! 116/2026 was not seen: the items are those that article 15 wants declared.

use super::{Issue, Signed, cell, head_of_agency, issued, lines};
use crate::sheet::{Block, Field, Foot, Sheet};

/// What is filled in.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ct03 {
    /// Who issues it.
    pub issue: Issue,
    /// Mã hồ sơ.
    pub dossier: String,
    /// Who is away.
    pub name: String,
    /// Ngày, tháng, năm sinh, as printed.
    pub born: String,
    /// Số định danh cá nhân.
    pub number: String,
    /// Nơi cư trú.
    pub home: String,
    /// Lý do tạm vắng.
    pub reason: String,
    /// From when, as printed.
    pub from: String,
    /// Until when, as printed.
    pub until: String,
    /// Địa chỉ nơi đến.
    pub destination: String,
    /// The signature of who declares it.
    pub declarant: Signed,
    /// The signature of the agency's head; without a name the place is left for it.
    pub signed: Signed,
}

/// The form; `draft` prints BẢN NHÁP across it.
pub fn sheet(form: &Ct03, draft: bool) -> Sheet {
    Sheet {
        head: issued(&form.issue, "CT03"),
        title: lines(&["PHIẾU KHAI BÁO TẠM VẮNG"]),
        subtitle: String::new(),
        addressee: String::new(),
        body: vec![
            Block::field("Mã hồ sơ:", &form.dossier),
            Block::field("1. Họ, chữ đệm và tên:", &form.name),
            Block::field("2. Ngày, tháng, năm sinh:", &form.born),
            Block::Boxes { label: "3. Số định danh cá nhân:".to_owned(), digits: form.number.clone() },
            Block::field("4. Nơi cư trú:", &form.home),
            Block::field("5. Lý do tạm vắng:", &form.reason),
            Block::Fields(vec![
                Field::new("6. Thời gian tạm vắng, từ ngày:", &form.from).share(4),
                Field::new("đến ngày:", &form.until).share(3),
            ]),
            Block::field("7. Địa chỉ nơi đến:", &form.destination),
        ],
        signatures: vec![
            cell(&form.declarant, "NGƯỜI KHAI BÁO", "(Ký, ghi rõ họ tên)"),
            head_of_agency(&form.signed),
        ],
        foot: Foot::default(),
        name: "CT03 – Phiếu khai báo tạm vắng".to_owned(),
        draft,
    }
}
