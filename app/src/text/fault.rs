//! What is wrong in the form: what happened, what to do, what is safe.

use dossier::birth::BirthDateError;
use dossier::draft::{Fault, Field, Trouble};
use dossier::name::FullNameError;

use super::paper;

/// The element a fault links to.
pub fn anchor(field: Field) -> &'static str {
    match field {
        Field::Arrive => "ngay-den",
        Field::Leave => "ngay-di",
        Field::Room => "so-phong",
        Field::Reason => "ly-do",
        Field::Guests => "khach",
        Field::Name(_) => "ho-ten",
        Field::Birth(_) => "ngay-sinh",
        Field::Sex(_) => "gioi-tinh",
        Field::Number(_) => "so-giay-to",
        Field::PermittedUntil(_) => "thoi-han",
    }
}

/// The guest a fault belongs to, by place.
pub fn guest_of(field: Field) -> Option<usize> {
    match field {
        Field::Name(place)
        | Field::Birth(place)
        | Field::Sex(place)
        | Field::Number(place)
        | Field::PermittedUntil(place) => Some(place),
        Field::Arrive | Field::Leave | Field::Room | Field::Reason | Field::Guests => None,
    }
}

/// The words of a fault.
pub fn words(fault: &Fault) -> String {
    match &fault.trouble {
        Trouble::Missing => missing(fault.at).to_owned(),
        Trouble::NotADate => "Ngày giờ này chưa đủ. Ghi lại giúp nhé.".to_owned(),
        Trouble::ArrivesTooFarAhead => {
            "Ngày đến còn xa quá. Chọn hôm nay, hoặc khai khi khách đến.".to_owned()
        }
        Trouble::LeavesBeforeArrival => {
            "Ngày đi đứng trước ngày đến. Sửa ngày đi. Phần khác vẫn giữ nguyên.".to_owned()
        }
        Trouble::TooLong { max_days } => {
            format!("Lưu trú dài nhất {max_days} ngày. Ở lâu hơn cần đăng ký tạm trú.")
        }
        Trouble::PermitEndsBeforeLeaving => {
            "Thời hạn tạm trú hết trước ngày đi. Xem lại dấu hoặc thị thực, hoặc sửa ngày đi.".to_owned()
        }
        Trouble::Name(error) => name(*error),
        Trouble::Birth(error) => birth(*error).to_owned(),
        Trouble::Paper(error) => paper::error(*error),
        Trouble::Unanswered(seen) => match seen.first().map(paper::observation) {
            Some((what, do_this)) => format!("{what} {do_this}"),
            None => "Nhìn lại thẻ giúp nhé.".to_owned(),
        },
    }
}

fn missing(field: Field) -> &'static str {
    match field {
        Field::Arrive => "Chưa có ngày giờ đến.",
        Field::Leave => "Chưa có ngày đi dự kiến. Chọn +1 đêm hoặc ghi ngày.",
        Field::Room => "Chưa có số phòng.",
        Field::Reason => "Chưa chọn lý do lưu trú.",
        Field::Guests => "Chưa có khách nào. Thêm ít nhất một người.",
        Field::Name(_) => "Chưa có họ tên. Ghi như in trên giấy tờ.",
        Field::Birth(_) => "Chưa có ngày sinh. Chỉ biết năm thì ghi năm.",
        Field::Sex(_) => "Chưa chọn giới tính như trên giấy tờ.",
        Field::Number(_) => "Chưa có số giấy tờ. Ghi số in trên giấy.",
        Field::PermittedUntil(_) => "Chưa có thời hạn tạm trú. Xem dấu nhập cảnh hoặc thị thực.",
    }
}

/// Why a text is not a name, and what to do.
pub fn name(error: FullNameError) -> String {
    match error {
        FullNameError::Empty => "Chưa có họ tên. Ghi như in trên giấy tờ.".to_owned(),
        FullNameError::TooLong(_) => "Họ tên dài quá 100 ký tự. Ghi như in trên giấy tờ.".to_owned(),
        FullNameError::Character(odd) => {
            format!("Họ tên không có ký tự “{odd}”. Ghi chữ cái như in trên giấy tờ.")
        }
    }
}

/// Why a birth date cannot be one.
pub fn birth(error: BirthDateError) -> &'static str {
    match error {
        BirthDateError::YearMissing => "Cần ít nhất năm sinh.",
        BirthDateError::MonthMissing => "Có ngày thì cần cả tháng. Không biết thì để trống cả hai.",
        BirthDateError::NotANumber => "Ngày sinh chỉ gồm chữ số.",
        BirthDateError::YearDigits => "Năm sinh cần đủ 4 số, như 1941.",
        BirthDateError::NoSuchMonth => "Một năm có 12 tháng. Xem lại tháng sinh.",
        BirthDateError::NoSuchDay => "Tháng này không có ngày đó. Xem lại ngày sinh.",
        BirthDateError::Future => "Ngày sinh ở sau hôm nay. Xem lại năm sinh.",
        BirthDateError::TooOld => "Năm sinh đã hơn 120 năm. Xem lại năm sinh.",
    }
}
