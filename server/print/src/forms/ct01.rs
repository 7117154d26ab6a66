//! CT01, the declaration of a change of residence: items and marks as on the face of Circular 116/2026. The
//! notes at its end say what the circular's say in fewer words: their full wording was not seen.

use super::{Signed, cell, circular, dated_cell, lines};
use crate::sheet::{Align, Block, Cell, Column, Field, Foot, Head, Sheet};

/// Rows the official face prints for members.
const ROWS: usize = 9;

/// One member who changes together with the declarant.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Member {
    /// Họ, chữ đệm và tên.
    pub name: String,
    /// Ngày, tháng, năm sinh, as printed.
    pub born: String,
    /// Giới tính.
    pub sex: String,
    /// Số định danh cá nhân.
    pub number: String,
    /// Mối quan hệ với chủ hộ.
    pub relation: String,
}

/// What is filled in.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ct01 {
    /// Kính gửi.
    pub to: String,
    /// Item 1.
    pub name: String,
    /// Item 2, as printed.
    pub born: String,
    /// Item 3.
    pub sex: String,
    /// Item 4.
    pub number: String,
    /// Item 5.
    pub phone: String,
    /// Item 6.
    pub email: String,
    /// Item 7.
    pub head: String,
    /// Item 8.
    pub relation: String,
    /// Item 9.
    pub head_number: String,
    /// Item 10.
    pub request: String,
    /// Item 11.
    pub members: Vec<Member>,
    /// Ý kiến của chủ hộ.
    pub head_consent: Signed,
    /// Ý kiến của chủ sở hữu chỗ ở hợp pháp.
    pub owner_consent: Signed,
    /// Ý kiến của cha hoặc mẹ hoặc người giám hộ.
    pub parent_consent: Signed,
    /// Người kê khai.
    pub declarant: Signed,
}

/// The form; `draft` prints BẢN NHÁP across it.
pub fn sheet(form: &Ct01, draft: bool) -> Sheet {
    let to =
        if form.to.is_empty() { "………………………………………………" } else { &form.to };
    Sheet {
        head: Head { form: circular("CT01"), ..Head::default() },
        title: lines(&["TỜ KHAI THAY ĐỔI THÔNG TIN CƯ TRÚ"]),
        subtitle: String::new(),
        addressee: format!("Kính gửi⁽¹⁾: {to}"),
        body: body(form),
        signatures: signatures(form),
        foot: Foot { code: None, notes: notes() },
        name: "CT01 – Tờ khai thay đổi thông tin cư trú".to_owned(),
        draft,
    }
}

fn body(form: &Ct01) -> Vec<Block> {
    vec![
        Block::field("1. Họ, chữ đệm và tên khai sinh:", &form.name),
        Block::Fields(vec![
            Field::new("2. Ngày, tháng, năm sinh:", &form.born).share(3),
            Field::new("3. Giới tính:", &form.sex).share(2),
        ]),
        Block::Boxes { label: "4. Số định danh cá nhân:".to_owned(), digits: form.number.clone() },
        Block::Fields(vec![
            Field::new("5. Số điện thoại liên hệ:", &form.phone),
            Field::new("6. Email:", &form.email),
        ]),
        Block::Fields(vec![
            Field::new("7. Họ, chữ đệm và tên chủ hộ⁽²⁾:", &form.head).share(8),
            Field::new("8. Mối quan hệ với chủ hộ:", &form.relation).share(5),
        ]),
        Block::Boxes {
            label: "9. Số định danh cá nhân của chủ hộ:".to_owned(),
            digits: form.head_number.clone(),
        },
        Block::field("10. Nội dung đề nghị⁽³⁾:", &form.request),
        Block::text("11. Những thành viên trong hộ gia đình cùng thay đổi:"),
        members(&form.members),
    ]
}

fn members(members: &[Member]) -> Block {
    let column = |head: &str, share, align| Column { head: head.to_owned(), share, align };
    let mut rows: Vec<Vec<String>> = members
        .iter()
        .enumerate()
        .map(|(place, member)| {
            vec![
                (place + 1).to_string(),
                member.name.clone(),
                member.born.clone(),
                member.sex.clone(),
                member.number.clone(),
                member.relation.clone(),
            ]
        })
        .collect();
    rows.resize(rows.len().max(ROWS), Vec::new());
    Block::Table {
        columns: vec![
            column("TT", 4, Align::Middle),
            column("Họ, chữ đệm và tên", 24, Align::Left),
            column("Ngày, tháng, năm sinh", 14, Align::Middle),
            column("Giới tính", 8, Align::Middle),
            column("Số định danh cá nhân", 18, Align::Middle),
            column("Mối quan hệ với chủ hộ", 15, Align::Middle),
        ],
        rows,
    }
}

fn signatures(form: &Ct01) -> Vec<Cell> {
    let hint = "(Ký, ghi rõ nội dung và họ tên)";
    vec![
        dated_cell(&form.head_consent, "Ý KIẾN CỦA CHỦ HỘ⁽⁴⁾", hint),
        dated_cell(
            &form.owner_consent,
            "Ý KIẾN CỦA CHỦ SỞ HỮU CHỖ Ở HỢP PHÁP⁽⁵⁾",
            "(Ký, ghi rõ nội dung và họ tên)⁽⁸⁾",
        ),
        dated_cell(&form.parent_consent, "Ý KIẾN CỦA CHA HOẶC MẸ HOẶC NGƯỜI GIÁM HỘ⁽⁶⁾", hint),
        Cell {
            place_and_date: super::dated(&form.declarant.place_and_date),
            ..cell(&form.declarant, "NGƯỜI KÊ KHAI⁽⁷⁾", "(Ký, ghi rõ họ tên)")
        },
    ]
}

fn notes() -> Vec<String> {
    lines(&[
        "Chú thích:",
        "(1) Cơ quan đăng ký cư trú.",
        "(2) Trường hợp đăng ký thường trú, đăng ký tạm trú, tách hộ: ghi chủ hộ của hộ mới.",
        "(3) Ghi rõ ràng, cụ thể nội dung đề nghị. Nếu địa giới hành chính đã thay đổi thì ghi địa chỉ theo đơn vị hành chính mới và ghi chú đơn vị hành chính cũ trên giấy tờ chứng minh.",
        "(4) Áp dụng đối với các trường hợp quy định tại khoản 2 (trừ trẻ em dưới 6 tuổi), khoản 3, khoản 5, khoản 6 Điều 20; khoản 1 Điều 25; điểm a khoản 1 Điều 26 Luật Cư trú.",
        "(5) Chỗ ở có nhiều chủ sở hữu thì tất cả cùng có ý kiến, trừ trường hợp đã thống nhất cử đại diện; trường hợp quy định tại điểm a khoản 2 Điều 20 chỉ cần ý kiến của một chủ sở hữu.",
        "(6) Áp dụng đối với người chưa thành niên, người hạn chế năng lực hành vi dân sự.",
        "(7) Không phải ký khi nộp hồ sơ trực tuyến. Người kê khai đồng thời là chủ hộ, chủ sở hữu chỗ ở, cha, mẹ hoặc người giám hộ thì không phải ký riêng từng mục.",
        "(8) Ghi họ tên và số định danh cá nhân của chủ sở hữu khi xác nhận qua ứng dụng VNeID.",
    ])
}
