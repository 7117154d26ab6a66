//! A request for an account, in words.

use dossier::asking::{AskField, AskState};

/// What is true of it, in one line.
pub const fn state(state: &AskState) -> &'static str {
    match state {
        AskState::Typing => "Đang khai dở",
        AskState::Kept => "Đã lưu trên máy · chưa gửi",
        AskState::Waiting => "Đã gửi · chờ Công an xã duyệt",
        AskState::Refused(_) => "Chưa được duyệt",
    }
}

/// What happens next.
pub const fn next(state: &AskState) -> &'static str {
    match state {
        AskState::Typing => "",
        AskState::Kept => "Có mạng là máy tự gửi. Đóng trang cũng không mất.",
        AskState::Waiting => {
            "Công an xã gọi lại số bạn ghi, hoặc gặp bạn, rồi mới duyệt. Duyệt xong máy này dùng được ngay, không phải gõ lại gì."
        }
        AskState::Refused(_) => "Sửa rồi xin lại, hoặc hỏi Công an xã.",
    }
}

/// What a question still needs.
pub const fn missing(field: AskField) -> &'static str {
    match field {
        AskField::Name => "Ghi họ và tên.",
        AskField::Phone => "Ghi số điện thoại gọi được, ví dụ 0987 000 111.",
        AskField::Commune => "Ghi tên xã, hoặc chọn trong danh sách.",
        AskField::Village => "Ghi tên bản, thôn hoặc tổ dân phố.",
        AskField::Role => "Chọn một trong ba.",
        AskField::House => "Ghi tên cơ sở lưu trú.",
    }
}
