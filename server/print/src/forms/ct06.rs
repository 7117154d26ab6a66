//! CT06, the refusal with its reason and its ground in law. Its face under Circular 116/2026 was not seen.

use super::{Issue, Signed, cell, head_of_agency, issued, lines};
use crate::sheet::{Block, Cell, Foot, Sheet};

/// What is filled in.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ct06 {
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
    /// Why.
    pub reason: String,
    /// By which article.
    pub ground: String,
    /// The filer's signature.
    pub filer_signed: Signed,
    /// The signature of the agency's head; without a name the place is left for it.
    pub signed: Signed,
}

/// The form; `draft` prints BẢN NHÁP across it.
pub fn sheet(form: &Ct06, draft: bool) -> Sheet {
    Sheet {
        head: issued(&form.issue, "CT06"),
        title: lines(&["PHIẾU TỪ CHỐI TIẾP NHẬN, GIẢI QUYẾT HỒ SƠ"]),
        subtitle: String::new(),
        addressee: String::new(),
        body: vec![
            Block::field("Mã hồ sơ:", &form.dossier),
            Block::field("Họ, chữ đệm và tên người nộp hồ sơ:", &form.filer),
            Block::Boxes {
                label: "Số định danh cá nhân:".to_owned(), digits: form.filer_number.clone()
            },
            Block::field("Nơi cư trú:", &form.address),
            Block::field("Thủ tục:", &form.procedure),
            Block::heading("Hồ sơ không được tiếp nhận, giải quyết vì lý do sau đây:"),
            Block::field("1. Lý do:", &form.reason),
            Block::field("2. Căn cứ pháp luật:", &form.ground),
            Block::text(
                "Xin thông báo để ông/bà được biết và thực hiện. Ông/bà có quyền khiếu nại quyết định này theo quy định của pháp luật về khiếu nại.",
            ),
        ],
        signatures: signatures(form),
        foot: Foot::default(),
        name: "CT06 – Phiếu từ chối tiếp nhận, giải quyết hồ sơ".to_owned(),
        draft,
    }
}

fn signatures(form: &Ct06) -> Vec<Cell> {
    vec![cell(&form.filer_signed, "NGƯỜI NỘP HỒ SƠ", "(Ký, ghi rõ họ tên)"), head_of_agency(&form.signed)]
}
