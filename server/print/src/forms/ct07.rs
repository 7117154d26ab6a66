//! CT07, the confirmation of residence: items as in the layout of 2023; its face of 2026 was not seen.

use super::{Issue, Signed, head_of_agency, issued, lines, verifiable};
use crate::sheet::{Align, Block, Cell, Column, Field, Foot, Sheet};

/// Another member of the household.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Member {
    /// Họ tên.
    pub name: String,
    /// Ngày sinh, as printed.
    pub born: String,
    /// Giới tính.
    pub sex: String,
    /// Số định danh cá nhân.
    pub number: String,
    /// Quan hệ với chủ hộ.
    pub relation: String,
}

/// What is filled in; the fields follow the form's items 1 to 16.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[expect(
    missing_docs,
    reason = "each field is the item of the form that its place names; code is the text of the signed result"
)]
pub struct Ct07 {
    pub issue: Issue,
    pub name: String,
    pub born: String,
    pub sex: String,
    pub number: String,
    pub ethnicity: String,
    pub religion: String,
    pub nationality: String,
    pub origin: String,
    pub permanent: String,
    pub temporary: String,
    pub present: String,
    pub head: String,
    pub relation: String,
    pub head_number: String,
    pub members: Vec<Member>,
    pub other: String,
    pub valid_until: String,
    pub signed: Signed,
    pub code: String,
}

/// The form; `draft` prints BẢN NHÁP across it.
pub fn sheet(form: &Ct07, draft: bool) -> Sheet {
    Sheet {
        head: issued(&form.issue, "CT07"),
        title: lines(&["XÁC NHẬN THÔNG TIN VỀ CƯ TRÚ"]),
        subtitle: String::new(),
        addressee: String::new(),
        body: body(form),
        signatures: vec![Cell::default(), head_of_agency(&form.signed)],
        foot: Foot { code: verifiable(&form.code), notes: Vec::new() },
        name: "CT07 – Xác nhận thông tin về cư trú".to_owned(),
        draft,
    }
}

fn body(form: &Ct07) -> Vec<Block> {
    vec![
        Block::text(
            "Theo đề nghị của công dân và thông tin trong Cơ sở dữ liệu về cư trú, cơ quan đăng ký cư trú xác nhận:",
        ),
        Block::field("1. Họ, chữ đệm và tên:", &form.name),
        Block::Fields(vec![
            Field::new("2. Ngày, tháng, năm sinh:", &form.born).share(3),
            Field::new("3. Giới tính:", &form.sex).share(2),
        ]),
        Block::Boxes { label: "4. Số định danh cá nhân:".to_owned(), digits: form.number.clone() },
        Block::Fields(vec![
            Field::new("5. Dân tộc:", &form.ethnicity),
            Field::new("6. Tôn giáo:", &form.religion),
            Field::new("7. Quốc tịch:", &form.nationality),
        ]),
        Block::field("8. Quê quán:", &form.origin),
        Block::field("9. Nơi thường trú:", &form.permanent),
        Block::field("10. Nơi tạm trú:", &form.temporary),
        Block::field("11. Nơi ở hiện tại:", &form.present),
        Block::Fields(vec![
            Field::new("12. Họ, chữ đệm và tên chủ hộ:", &form.head).share(8),
            Field::new("13. Quan hệ với chủ hộ:", &form.relation).share(5),
        ]),
        Block::Boxes {
            label: "14. Số định danh cá nhân của chủ hộ:".to_owned(),
            digits: form.head_number.clone(),
        },
        Block::text("15. Thông tin các thành viên khác trong hộ gia đình:"),
        members(&form.members),
        Block::field("16. Nội dung xác nhận khác:", &form.other),
        Block::field("Xác nhận này có giá trị đến hết ngày:", &form.valid_until),
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
    rows.resize(rows.len().max(3), Vec::new());
    Block::Table {
        columns: vec![
            column("TT", 4, Align::Middle),
            column("Họ, chữ đệm và tên", 24, Align::Left),
            column("Ngày, tháng, năm sinh", 14, Align::Middle),
            column("Giới tính", 8, Align::Middle),
            column("Số định danh cá nhân", 18, Align::Middle),
            column("Quan hệ với chủ hộ", 15, Align::Middle),
        ],
        rows,
    }
}
