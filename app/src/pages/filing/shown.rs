//! The form as it is shown to who learns: which sections it has, and what is done in each.

use dossier::filing::draft::FilingDraft;
use dossier::procedure::Procedure;

use super::{Section, Sheet};

/// One section of a form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// Where the form draws it.
    pub address: String,
    /// What is done there, in a sentence or two.
    pub says: &'static str,
}

/// The sections of this form in the order a person meets them: the list of tasks first, the check last.
pub fn steps(draft: FilingDraft, procedure: Procedure) -> Vec<Step> {
    let people = draft.people.len();
    let sheet = Sheet::of(draft, procedure);
    let mut sections = vec![Section::Tasks];
    for section in sheet.sections() {
        sections.push(section);
        if section == Section::People {
            sections.extend((0..people).map(Section::Person));
        }
    }
    sections
        .into_iter()
        .map(|section| Step { address: sheet.address(section), says: says(section) })
        .collect()
}

const fn says(section: Section) -> &'static str {
    match section {
        Section::Tasks => {
            "Danh sách việc. Làm phần nào trước cũng được; máy tự lưu, nghỉ giữa chừng không mất gì."
        }
        Section::Fields(_) => "Ghi như trên giấy. Chỗ nào chưa đúng, máy nói ngay dưới ô đó.",
        Section::People => "Thêm từng người cùng trong hồ sơ.",
        Section::Person(_) => "Mỗi người một trang. Quay lại sửa lúc nào cũng được.",
        Section::Consent(_) => {
            "Người đó nghe đọc rồi ký bằng ngón tay trên màn hình, hoặc có giấy viết riêng."
        }
        Section::Papers => "Chụp giấy tờ, hoặc đánh dấu là sẽ mang bản chính đến.",
        Section::Check => {
            "Xem lại tất cả rồi bấm Nộp hồ sơ. Không có mạng vẫn nộp được: máy giữ lại và tự gửi."
        }
    }
}
