//! CT04, the receipt with the appointment. Its face under Circular 116/2026 was not seen: the contents follow
//! what the procedure pages name (code, filer, procedure, papers, times, officer, way of return).

use super::{Issue, Signed, cell, issued, lines};
use crate::sheet::{Block, Code, Field, Foot, Sheet};

/// What is filled in.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ct04 {
    /// Who issues it.
    pub issue: Issue,
    /// Mã hồ sơ.
    pub dossier: String,
    /// Who filed.
    pub filer: String,
    /// The filer's number.
    pub filer_number: String,
    /// Where the filer lives.
    pub address: String,
    /// The filer's telephone.
    pub phone: String,
    /// The procedure.
    pub procedure: String,
    /// Who received it and who decides, where these are not one agency.
    pub elsewhere: Option<Elsewhere>,
    /// The papers handed in.
    pub papers: Vec<String>,
    /// Papers whose original is shown and compared: looked at and not collected (Circular 116/2026/TT-BCA art. 3.6).
    pub originals: Vec<String>,
    /// When it was received, as printed.
    pub received: String,
    /// When the result is promised, as printed.
    pub promised: String,
    /// How the result comes.
    pub way: String,
    /// The fee, as printed.
    pub fee: String,
    /// The filer's signature.
    pub filer_signed: Signed,
    /// The officer's signature.
    pub officer: Signed,
    /// The receipt, which the QR code says; empty for none.
    pub code: String,
}

/// Received by one agency, decided by another (phi địa giới).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Elsewhere {
    /// Who received it.
    pub received: String,
    /// Who decides.
    pub decides: String,
}

/// The form; `draft` prints BẢN NHÁP across it.
pub fn sheet(form: &Ct04, draft: bool) -> Sheet {
    let mut body = vec![
        Block::Fields(vec![
            Field::new("1. Đã tiếp nhận hồ sơ của ông/bà:", &form.filer).share(8),
            Field::new("Điện thoại:", &form.phone).share(4),
        ]),
        Block::Boxes {
            label: "2. Số định danh cá nhân:".to_owned(), digits: form.filer_number.clone()
        },
        Block::field("3. Nơi cư trú:", &form.address),
        Block::field("4. Thủ tục:", &form.procedure),
    ];
    if let Some(elsewhere) = &form.elsewhere {
        body.push(Block::field("Cơ quan tiếp nhận:", &elsewhere.received));
        body.push(Block::field("Cơ quan giải quyết:", &elsewhere.decides));
    }
    body.push(Block::text("5. Giấy tờ trong hồ sơ gồm:"));
    body.push(if form.papers.is_empty() {
        Block::field("–", "")
    } else {
        Block::Bullets(form.papers.clone())
    });
    if !form.originals.is_empty() {
        body.push(Block::text("Bản chính công dân xuất trình để đối chiếu, cơ quan không thu giữ:"));
        body.push(Block::Bullets(form.originals.clone()));
    }
    body.extend([
        Block::field("6. Thời gian tiếp nhận:", &form.received),
        Block::field("7. Thời gian hẹn trả kết quả:", &form.promised),
        Block::field("8. Hình thức trả kết quả:", &form.way),
        Block::field("9. Lệ phí:", &form.fee),
    ]);
    let code = (!form.code.is_empty()).then(|| Code {
        text: form.code.clone(),
        lines: lines(&[
            "Mã QR là biên nhận: ai cũng kiểm tra được ở trang “Kiểm tra biên nhận”.",
            "Mang theo phiếu này khi đến nhận kết quả.",
        ]),
    });
    Sheet {
        head: issued(&form.issue, "CT04"),
        title: lines(&["PHIẾU TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ"]),
        subtitle: if form.dossier.is_empty() {
            "Mã hồ sơ: ……………………".to_owned()
        } else {
            format!("Mã hồ sơ: {}", form.dossier)
        },
        addressee: String::new(),
        body,
        signatures: vec![
            cell(&form.filer_signed, "NGƯỜI NỘP HỒ SƠ", "(Ký, ghi rõ họ tên)"),
            cell(&form.officer, "NGƯỜI TIẾP NHẬN HỒ SƠ", "(Ký, ghi rõ họ tên)"),
        ],
        foot: Foot { code, notes: Vec::new() },
        name: "CT04 – Phiếu tiếp nhận hồ sơ và hẹn trả kết quả".to_owned(),
        draft,
    }
}
