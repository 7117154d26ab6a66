//! The authorisation to file for somebody else. No official face is prescribed: this one is the project's own.

use super::{Signed, dated_cell, lines};
use crate::sheet::{Block, Foot, Head, Sheet};

/// One of the two sides.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Side {
    /// Họ, chữ đệm và tên.
    pub name: String,
    /// Số định danh cá nhân.
    pub number: String,
    /// Nơi cư trú.
    pub address: String,
}

/// What is filled in.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Authorisation {
    /// Who authorises.
    pub from: Side,
    /// Who is authorised.
    pub to: Side,
    /// The procedure it is for.
    pub procedure: String,
    /// How the consent was given.
    pub given: String,
    /// Until when, as printed.
    pub until: String,
    /// The signature of who authorises.
    pub from_signed: Signed,
    /// The signature of who is authorised.
    pub to_signed: Signed,
    /// The witness.
    pub witness: Signed,
}

/// The paper; `draft` prints BẢN NHÁP across it.
pub fn sheet(form: &Authorisation, draft: bool) -> Sheet {
    let mut body = vec![Block::heading("I. BÊN ỦY QUYỀN")];
    body.extend(side(&form.from));
    body.push(Block::Gap(4));
    body.push(Block::heading("II. BÊN ĐƯỢC ỦY QUYỀN"));
    body.extend(side(&form.to));
    body.push(Block::Gap(4));
    body.extend([
        Block::heading("III. NỘI DUNG ỦY QUYỀN"),
        Block::field("1. Thay mặt bên ủy quyền kê khai, nộp hồ sơ và nhận kết quả thủ tục:", &form.procedure),
        Block::field("2. Cách thể hiện sự đồng ý:", &form.given),
        Block::field("3. Có hiệu lực đến hết ngày:", &form.until),
        Block::text("Bên được ủy quyền không giữ, không sử dụng mật khẩu VNeID của bên ủy quyền và chỉ làm những việc ghi trong giấy này."),
    ]);
    let hint = "(Ký hoặc điểm chỉ, ghi rõ họ tên)";
    Sheet {
        head: Head::default(),
        title: lines(&["GIẤY ỦY QUYỀN", "Kê khai, nộp hồ sơ về cư trú"]),
        subtitle: String::new(),
        addressee: String::new(),
        body,
        signatures: vec![
            dated_cell(&form.from_signed, "BÊN ỦY QUYỀN", hint),
            dated_cell(&form.to_signed, "BÊN ĐƯỢC ỦY QUYỀN", hint),
            dated_cell(&form.witness, "NGƯỜI LÀM CHỨNG", hint),
        ],
        foot: Foot::default(),
        name: "Giấy ủy quyền kê khai, nộp hồ sơ về cư trú".to_owned(),
        draft,
    }
}

fn side(side: &Side) -> Vec<Block> {
    vec![
        Block::field("Họ, chữ đệm và tên:", &side.name),
        Block::Boxes { label: "Số định danh cá nhân:".to_owned(), digits: side.number.clone() },
        Block::field("Nơi cư trú:", &side.address),
    ]
}
