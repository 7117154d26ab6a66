//! CT05, the guide to what a dossier still needs. Its face under Circular 116/2026 was not seen.

use super::{Issue, Signed, cell, issued, lines};
use crate::sheet::{Block, Cell, Foot, Sheet};

/// What is filled in.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ct05 {
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
    /// The procedure.
    pub procedure: String,
    /// Everything that is missing, asked once.
    pub items: Vec<String>,
    /// Until when, as printed.
    pub due: String,
    /// The officer's signature.
    pub officer: Signed,
}

/// The form; `draft` prints BẢN NHÁP across it.
pub fn sheet(form: &Ct05, draft: bool) -> Sheet {
    let items = if form.items.is_empty() {
        vec![Block::field("1.", ""), Block::field("2.", ""), Block::field("3.", "")]
    } else {
        let number = |(place, item): (usize, &String)| Block::text(format!("{}. {item}", place + 1));
        form.items.iter().enumerate().map(number).collect()
    };
    let mut body = vec![
        Block::field("Mã hồ sơ:", &form.dossier),
        Block::field("Họ, chữ đệm và tên người nộp hồ sơ:", &form.filer),
        Block::Boxes { label: "Số định danh cá nhân:".to_owned(), digits: form.filer_number.clone() },
        Block::field("Nơi cư trú:", &form.address),
        Block::field("Thủ tục:", &form.procedure),
        Block::heading("Để có căn cứ giải quyết, đề nghị ông/bà bổ sung, hoàn thiện những nội dung sau:"),
    ];
    body.extend(items);
    body.push(Block::field("Thời hạn bổ sung, hoàn thiện:", &form.due));
    body.push(Block::text(
        "Sau khi bổ sung đầy đủ, ông/bà nộp lại tại cơ quan đã tiếp nhận hoặc trên Cổng dịch vụ công quốc gia, ứng dụng VNeID.",
    ));
    Sheet {
        head: issued(&form.issue, "CT05"),
        title: lines(&["PHIẾU HƯỚNG DẪN BỔ SUNG, HOÀN THIỆN HỒ SƠ"]),
        subtitle: String::new(),
        addressee: String::new(),
        body,
        signatures: vec![Cell::default(), cell(&form.officer, "NGƯỜI HƯỚNG DẪN", "(Ký, ghi rõ họ tên)")],
        foot: Foot::default(),
        name: "CT05 – Phiếu hướng dẫn bổ sung, hoàn thiện hồ sơ".to_owned(),
        draft,
    }
}
