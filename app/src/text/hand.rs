//! A half-filled form that goes to another tablet, in words.

use dossier::filing::hand::{HandTrouble, HandedView};
use dossier::moment::Day;

use super::time;

/// Why it was not handed over, and what to do. Nothing typed is lost on either device.
pub const fn trouble(trouble: HandTrouble) -> &'static str {
    match trouble {
        HandTrouble::OtherCode => "Đây không phải mã của tờ khai. Đưa máy ảnh vào mã trên máy kia.",
        HandTrouble::NoOffer => "Mã của máy này hết dùng được. Mở lại trang này, cho máy kia quét mã mới.",
        HandTrouble::ForAnother => {
            "Máy kia đang hiện tờ khai theo mã cũ. Cho máy kia quét lại mã của máy này. Tờ khai vẫn còn ở máy kia."
        }
        HandTrouble::Damaged => "Mã đọc được chưa trọn. Làm lại từ đầu; tờ khai vẫn còn ở máy kia.",
        HandTrouble::OtherVersion => {
            "Hai máy dùng hai bản Bản Khai khác nhau. Cho cả hai máy gặp mạng một lần."
        }
        HandTrouble::NoProcedure => {
            "Máy này chưa có mẫu của thủ tục ấy. Cho máy gặp mạng một lần rồi làm lại. Tờ khai vẫn còn ở máy kia."
        }
        HandTrouble::OtherPlace => {
            "Máy này không có nhà ghi trong tờ khai. Nhờ người phụ trách nơi đó nhận. Tờ khai vẫn còn ở máy kia."
        }
        HandTrouble::HasForm => {
            "Máy này đang có một tờ khai cùng thủ tục làm dở. Nộp tờ đó trước rồi mới nhận. Cả hai tờ vẫn còn nguyên."
        }
        HandTrouble::NoForm => "Không thấy tờ khai này đang làm dở trên máy.",
        HandTrouble::TooLong => "Tờ khai này dài quá, không chuyển bằng mã được. Làm tiếp trên máy này.",
        HandTrouble::OtherSlip => {
            "Số chưa đúng. Xem lại số trên máy kia. Tờ khai có sửa sau khi chuyển thì chuyển lại. Máy này vẫn giữ."
        }
    }
}

/// What a browser without a reader of codes says, and what can be done instead.
pub const NO_READER: &str = "Trình duyệt trên máy này chưa đọc được mã, nên chưa chuyển tờ khai từ máy này sang máy kia được. \
    Mở Bản Khai bằng Chrome trên máy Android thì được. Tờ khai vẫn còn nguyên và làm tiếp được trên máy đang có nó.";

/// The camera gave nothing, or was given back: the page had gone out of sight.
pub const DARK: &str = "Máy ảnh đang tắt. Cho phép trang này dùng máy ảnh rồi làm lại. Không mất gì.";

/// The line of a form that is on another device.
pub fn handed(one: &HandedView, today: Day) -> String {
    format!("Đã chuyển sang máy khác lúc {}", time::moment(one.at, today))
}
