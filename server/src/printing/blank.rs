//! Blank forms for anybody: the same words as the filled ones, dotted lines where something is to be written. Each is
//! drawn once while the office runs.

use std::sync::OnceLock;

use print::Sheet;
use print::forms::{authorisation, ct01, ct03, ct04, ct05, ct06, ct07, ct08};

use super::on_paper;
use crate::error::Error;

/// Who fills a form in.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// Whoever declares.
    Citizen,
    /// The agency.
    Agency,
}

/// A form as it is offered.
pub struct Blank {
    /// Its file: "ct01.pdf".
    pub file: &'static str,
    /// Its code and name.
    pub title: &'static str,
    /// What it is for, in one sentence.
    pub what: &'static str,
    /// Who fills it in.
    pub by: By,
    sheet: fn() -> Sheet,
    drawn: OnceLock<Vec<u8>>,
}

const fn blank(
    file: &'static str,
    title: &'static str,
    what: &'static str,
    by: By,
    sheet: fn() -> Sheet,
) -> Blank {
    Blank { file, title, what, by, sheet, drawn: OnceLock::new() }
}

/// All of them, in the order offered.
pub static BLANKS: [Blank; 8] = [
    blank(
        "ct01.pdf",
        "CT01 · Tờ khai thay đổi thông tin cư trú",
        "Dùng khi đăng ký thường trú, tạm trú, gia hạn, tách hộ, xóa đăng ký, xác nhận hoặc điều chỉnh thông tin.",
        By::Citizen,
        || ct01::sheet(&ct01::Ct01::default(), false),
    ),
    blank(
        "giay-uy-quyen.pdf",
        "Giấy ủy quyền kê khai, nộp hồ sơ",
        "Khi nhờ người khác khai và nộp thay. Pháp luật không định mẫu; đây là mẫu của Bản Khai.",
        By::Citizen,
        || authorisation::sheet(&authorisation::Authorisation::default(), false),
    ),
    blank(
        "ct03.pdf",
        "CT03 · Phiếu khai báo tạm vắng",
        "Cấp cho người khai báo tạm vắng, cùng với thông báo kết quả.",
        By::Agency,
        || ct03::sheet(&ct03::Ct03::default(), false),
    ),
    blank(
        "ct04.pdf",
        "CT04 · Phiếu tiếp nhận hồ sơ và hẹn trả kết quả",
        "Nơi nhận đưa khi đã nhận đủ hồ sơ, có ngày hẹn.",
        By::Agency,
        || ct04::sheet(&ct04::Ct04::default(), false),
    ),
    blank(
        "ct05.pdf",
        "CT05 · Phiếu hướng dẫn bổ sung, hoàn thiện hồ sơ",
        "Nơi nhận đưa khi hồ sơ còn thiếu, ghi một lần cho đủ.",
        By::Agency,
        || ct05::sheet(&ct05::Ct05::default(), false),
    ),
    blank(
        "ct06.pdf",
        "CT06 · Phiếu từ chối tiếp nhận, giải quyết hồ sơ",
        "Nơi nhận đưa khi từ chối, phải có lý do và căn cứ pháp luật.",
        By::Agency,
        || ct06::sheet(&ct06::Ct06::default(), false),
    ),
    blank(
        "ct07.pdf",
        "CT07 · Xác nhận thông tin về cư trú",
        "Kết quả của thủ tục xác nhận thông tin về cư trú.",
        By::Agency,
        || ct07::sheet(&ct07::Ct07::default(), false),
    ),
    blank(
        "ct08.pdf",
        "CT08 · Thông báo về kết quả giải quyết, hủy bỏ đăng ký cư trú",
        "Kết quả của các thủ tục đăng ký, gia hạn, tách hộ, xóa đăng ký.",
        By::Agency,
        || ct08::sheet(&ct08::Ct08::default(), false),
    ),
];

/// The form of this file name as a PDF.
///
/// # Errors
/// [`Error::NotFound`] when no form is called so.
pub async fn drawn(file: &str) -> Result<&'static [u8], Error> {
    let blank = BLANKS.iter().find(|blank| blank.file == file).ok_or(Error::NotFound)?;
    if let Some(drawn) = blank.drawn.get() {
        return Ok(drawn);
    }
    let drawn = on_paper(false, blank.sheet).await?;
    Ok(blank.drawn.get_or_init(|| drawn))
}
