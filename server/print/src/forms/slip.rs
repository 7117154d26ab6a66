//! The provisional slip left with a villager before the dossier has arrived, on A5: the project's own paper. It
//! says that it is no receipt.

use super::lines;
use crate::sheet::{Align, Block, Code, Foot, Head, Paper, Sheet, Style};

/// What is filled in.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Slip {
    /// The slip's own code.
    pub code: String,
    /// The procedure.
    pub procedure: String,
    /// Who declared.
    pub person: String,
    /// Which agency it goes to.
    pub to: String,
    /// When it was filled in, as printed.
    pub filled: String,
    /// Who helped.
    pub team: String,
    /// What the QR code says.
    pub text: String,
}

/// The slip; `draft` prints BẢN NHÁP across it.
pub fn sheet(form: &Slip, draft: bool) -> Sheet {
    Sheet {
        paper: Paper::A5,
        head: Head { plain: true, ..Head::default() },
        title: lines(&["PHIẾU GIỮ TẠM"]),
        subtitle: "Chưa phải phiếu tiếp nhận hồ sơ".to_owned(),
        addressee: String::new(),
        body: vec![
            Block::field("Mã phiếu:", &form.code),
            Block::field("Thủ tục:", &form.procedure),
            Block::field("Người kê khai:", &form.person),
            Block::field("Gửi đến:", &form.to),
            Block::field("Ghi lúc:", &form.filled),
            Block::field("Người hỗ trợ:", &form.team),
            Block::Text {
                style: Style::Italic,
                align: Align::Left,
                text: "Tờ khai đang nằm trong máy của người hỗ trợ và sẽ được gửi khi có mạng. Khi cơ quan tiếp nhận, mã bên dưới cho xem phiếu tiếp nhận và ngày hẹn.".to_owned(),
            },
            Block::Gap(5),
        ],
        signatures: Vec::new(),
        foot: Foot {
            code: Some(Code {
                text: form.text.clone(),
                lines: lines(&["Quét mã để xem hồ sơ đã được tiếp nhận hay chưa.", "Giữ phiếu này đến khi nhận kết quả."]),
            }),
            notes: Vec::new(),
        },
        name: "Phiếu giữ tạm".to_owned(),
        draft,
    }
}
